"""Measure searching: indexers, and readers on a slow line; ours compared with Sphinx's own.

    python bench/search.py [--records 10 1000 20000] [--readers 5] [--patience 120]
                           [--latency 60] [--megabits 10] [--uncompressed]

Makes records in Japanese and English, the same ones each time, indexes them in the build of a site
of one page, and prints for each number of records:

- indexing: seconds, the peak memory, the files and the size on disk; and what a build after an edit
  takes: of a line, of a new page that is the newest, and of one amid the others;
- searching, in Chromium: the medians and the maxima of several readers. Each comes from the front
  page, opens the search page, searches at once, then for something else, then for the first again,
  for which all files are loaded by then. Bytes are those that were transferred until the results
  are shown; ``later`` ones are transferred after that;
- the files that these bytes belong to.

The server emulates the line, with its latency and its speed. It compresses text, as most hosts do,
or with ``--uncompressed`` does not. It speaks HTTP/1.1, in which a browser fetches six files at a
time; hosts with HTTP/2 are faster.

Left out is what would take longer than ``--patience`` seconds, estimated from fewer records;
without Chromium also searching.
"""

from __future__ import annotations

import argparse
import gzip
import mimetypes
import random
import re
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from sites import ROOT
from texts import Words

sys.path.insert(0, str(ROOT / "_ext"))

from cjksearch.extension import store_of, write
from cjksearch.records import Facts, Record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: The bytes of a response's headers, approximately.
HEADERS: Final = 300
#: The searches that are compared, with their names and settings.
OURS, SPHINX = "cjksearch", "Sphinx's own"
FILTERS: Final = {"year": "Year", "person": "Person", "topic": "Topic"}
PAGES_OF: Final = 20
SCRIPTS: Final = {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--records", nargs="+", type=int, default=[10, 1000, 20_000], metavar="N")
    parser.add_argument("--readers", type=int, default=5, metavar="N")
    parser.add_argument("--patience", type=float, default=120, metavar="SECONDS")
    parser.add_argument("--latency", type=float, default=60, metavar="MS")
    parser.add_argument("--megabits", type=float, default=10, metavar="N")
    parser.add_argument("--uncompressed", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        bench = Bench(Path(name), browser, given)
        bench.show_sizes(sorted(given.records))


@dataclass
class Indexing:
    """The cost of a build: seconds, MiB and bytes."""

    seconds: float = 0
    memory: float = 0
    files: int = 0
    size: int = 0
    #: Seconds of processor time after an edit of a line, of the newest page, of another new page.
    edits: tuple[float, ...] = ()


@dataclass
class Reading:
    """The cost of a search: milliseconds, bytes, and the number of results."""

    opening: float = 0
    opening_bytes: int = 0
    first: float = 0
    first_bytes: int = 0
    later_bytes: int = 0
    next: float = 0
    next_bytes: int = 0
    again: float = 0
    memory: float = 0
    found: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


# The texts


class Corpus:
    """Records with random texts."""

    def __init__(self) -> None:
        self._words = Words()

    def queries(self, count: int) -> list[str]:
        """Return words that are neither frequent nor rare, of all kinds in turns."""
        chance = random.Random(2)
        words = self._words.words
        return chance.sample(words[20 : len(words) // 10], count)

    def records(self, count: int) -> list[Record]:
        chance = random.Random(count)
        return [self._record(chance, number) for number in range(count)]

    def _record(self, chance: random.Random, number: int) -> Record:
        event, within = divmod(number, PAGES_OF)
        persons = tuple(self._words.some(chance, chance.randint(1, 2)))
        date = f"{2005 + event % 20}-{1 + event % 12:02}-{1 + event % 28:02}"
        facts = Facts(
            names=persons,
            date=date,
            filters={
                "year": (date[:4],),
                "person": persons,
                "topic": tuple(self._words.words[n] for n in chance.sample(range(40), 2)),
            },
        )
        title = " ".join(self._words.some(chance, chance.randint(3, 6)))
        text = self._words.text(chance, chance.randint(400, 700))
        page = f"events/event-{event:05}/index"
        return Record(page, f"session-{within}", title, (f"Event {event}",), text, facts)


# Indexing


def indexed(who: str, folder: Path, count: int) -> Indexing:
    """Measure the indexing of a number of records, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(index_here, who, folder, count).result()


def index_here(who: str, folder: Path, count: int) -> Indexing:
    app = site_of(who, folder, Corpus().records(count))
    before = time.perf_counter()
    app.build()
    found = Indexing(time.perf_counter() - before, peak_memory())
    if who == OURS:
        found.edits = tuple(edited(app))
    measure_files(found, folder / "_build")
    return found


def site_of(who: str, folder: Path, records: Sequence[Record]) -> Any:
    """Return the Sphinx application of a site of one page whose build indexes the records."""
    from sphinx.application import Sphinx

    folder.mkdir(parents=True)
    (folder / "index.rst").write_text("Site\n====\n\nText.\n", "utf-8")
    (folder / "conf.py").write_text("", "utf-8")
    settings: dict[str, Any] = {"language": "ja"}
    if who != SPHINX:
        settings |= {"extensions": ["cjksearch"], "cjksearch_filters": FILTERS}
    out = folder / "_build"
    app = Sphinx(folder, folder, out, out / "doctrees", "html", settings, status=None, warning=None)
    if who == SPHINX:
        put_into_sphinx(app, records)
    else:
        app.connect("build-finished", lambda app, _error: give(app, records), priority=100)
    return app


def give(app: Any, records: Sequence[Record]) -> None:
    """Replace the records of pages by these."""
    store = store_of(app)
    pages = defaultdict(list)
    for record in records:
        pages[record.docname].append(record)
    for page, some in pages.items():
        store.put(page, some)
    app.env.found_docs.clear()
    app.env.found_docs.update(pages)


def edited(app: Any) -> Iterator[float]:
    """Yield what edits cost the search, each after the other."""
    store = store_of(app)
    pages = sorted(app.env.found_docs)
    some = store.latest(pages[len(pages) // 2])
    line = replace(some[0], text=f"{some[0].text} zebra")
    for page, records in (
        (some[0].docname, [line, *some[1:]]),
        ("events/newest", [_of(one, "events/newest", "2040-01-01") for one in some]),
        ("events/amid", [_of(one, "events/amid", "2012-06-01") for one in some]),
    ):
        store.put(page, records)
        app.env.found_docs.add(page)
        before = time.process_time()
        write(app, None)
        yield time.process_time() - before


def _of(record: Record, page: str, date: str) -> Record:
    return replace(record, docname=page, facts=replace(record.facts, date=date))


def put_into_sphinx(app: Any, records: Sequence[Record]) -> None:
    """Feed Sphinx's own indexer with the records, each as a document."""
    from docutils import nodes
    from sphinx.search import IndexBuilder
    from sphinx.util.docutils import new_document

    class Fed(IndexBuilder):
        def load(self, stream: Any, format: Any) -> None:  # noqa: A002
            """Do nothing: the index is made from scratch."""

        def prune(self, docnames: Any) -> None:
            """Do nothing: records are not documents of the site."""

        def dump(self, stream: Any, format: Any) -> None:  # noqa: A002
            for row, record in enumerate(records):
                document = new_document("")
                text = "\n".join((*record.facts.names, record.text))
                title = nodes.title("", record.title)
                document += nodes.section("", title, nodes.paragraph("", text), ids=["one"])
                self.feed(f"record-{row:06}", f"record-{row:06}.rst", record.title, document)
            super().dump(stream, format)

    def load_indexer(_docnames: object) -> None:
        app.builder.indexer = Fed(app.env, app.config.language, {}, "")

    app.builder.load_indexer = load_indexer


def measure_files(found: Indexing, out: Path) -> None:
    scripts = [*out.glob("_static/cjksearch*"), *out.glob("searchindex.js")]
    scripts += [out / "_static" / name for name in ("searchtools.js", "language_data.js")]
    files = [*scripts, *(file for file in out.glob("cjksearch/**/*") if file.is_file())]
    found.files = len(files)
    found.size = sum(file.stat().st_size for file in files)


def peak_memory() -> float:
    """Return the peak memory, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


# Searching


class Line:
    """The traffic to the browser, at the speed of a line."""

    def __init__(self, latency: float, megabits: float) -> None:
        self._latency = latency / 1000
        self._rate = megabits * 1_000_000 / 8
        self._free_at = 0.0
        self._lock = threading.Lock()
        self.sent: Counter[str] = Counter()

    def wait(self) -> None:
        time.sleep(self._latency)

    def passes(self, path: str, size: int) -> None:
        with self._lock:
            self.sent[path] += size
            now = time.perf_counter()
            self._free_at = max(self._free_at, now) + size / self._rate
            rest = self._free_at - now
        time.sleep(rest)

    def take(self) -> Counter[str]:
        """Return the traffic since the last call."""
        with self._lock:
            sent, self.sent = self.sent, Counter()
        return sent


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(
        self, *arguments: Any, line: Line, packed: dict[Path, bytes] | None, **options: Any
    ) -> None:
        self._line = line
        self._packed = packed
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file = Path(self.translate_path(path))
        self._line.wait()
        if not file.is_file():
            body, kind = b"", "text/plain"
        else:
            body, kind = file.read_bytes(), mimetypes.guess_type(file)[0] or ""
        self.send_response(200 if file.is_file() else 404)
        if kind in SCRIPTS and self._packed is not None:
            if file not in self._packed:
                self._packed[file] = gzip.compress(body, 6, mtime=0)
            body = self._packed[file]
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        # Only an isolated page can measure its memory, with that of its workers.
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        try:
            self.end_headers()
            self._line.passes(path, HEADERS)
            for start in range(0, len(body), 4096):
                part = body[start : start + 4096]
                self._line.passes(path, len(part))
                self.wfile.write(part)
        except OSError:
            # The browser has left the page.
            self.close_connection = True

    def handle(self) -> None:
        # A browser that leaves a page may reset its connections.
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *_arguments: object) -> None:
        """Log nothing."""


@contextmanager
def serving(folder: Path, line: Line, is_packed: bool) -> Iterator[str]:
    packed: dict[Path, bytes] | None = {} if is_packed else None
    handler = partial(Handler, directory=str(folder), line=line, packed=packed)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser | None]:
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        yield None
        return
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-sync", "--disable-quic"]
    # Measure memory at once, and not when the browser is idle.
    flags += ["--enable-blink-features=ForceEagerMeasureMemory"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=flags)
        yield started
        started.close()


#: Types a query and presses Enter; the page may be left for another.
ASK = """query => {
  const fields = [...document.querySelectorAll('form input[name="q"]')];
  const field = fields.find((one) => one.checkVisibility());
  window.askedQuery = query;
  window.askedAt = performance.now();
  window.shownAt = null;
  field.value = query;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.form.requestSubmit();
}"""
#: Notes in each page when the results for the query in its address are shown.
WATCH = """
window.askedAt = 0;
window.shownAt = null;
new MutationObserver(() => {
  const query = new URLSearchParams(location.search).get("q");
  const ours = document.querySelector(".cjksearch-found");
  const found = ours
    ? ours.dataset.query === query
    : document.querySelector("#search-results li, #search-results .search-summary:not(:empty)");
  // Until the address has the new query, what is shown is the answer to the one before it.
  const isAsked = (window.askedQuery ?? query) === query;
  if (query && found && isAsked) window.shownAt ??= performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
SHOWN = """query => window.shownAt !== null
  && new URLSearchParams(location.search).get("q") === query && window.shownAt - window.askedAt"""
#: The number of results: ours shows it, Sphinx's shows all results one by one.
FOUND = r"""() => {
  const status = document.querySelector(".cjksearch-status")?.innerText;
  return status === undefined
    ? document.querySelectorAll("#search-results ul.search > li").length
    : Number(status.replace(/[,.]/g, "").match(/\d+/)?.[0] ?? 0);
}"""
#: Not every Chromium measures it.
MEMORY = """async () => {
  try {
    return (await performance.measureUserAgentSpecificMemory()).bytes;
  } catch {
    return 0;
  }
}"""


def read(browser: Browser, address: str, line: Line, queries: Sequence[str]) -> Reading:
    """Measure the searches of a reader who has opened only the front page."""
    first, other = queries
    found = Reading()
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.goto(f"{address}index.html", wait_until="networkidle")
    line.take()
    page.goto(f"{address}search.html", wait_until="domcontentloaded")
    page.wait_for_function(
        "() => !document.querySelector('script[src*=cjksearch]')"
        " || document.querySelector('.cjksearch-page')"
    )
    found.opening = page.evaluate("performance.now()")
    found.first = asked(page, first)
    sent = line.take()
    # What there is to choose by is read once results are shown.
    for path in [path for path in sent if path.endswith("/facets.js")]:
        found.later_bytes += sent.pop(path)
    found.kinds.update(by_kind(sent))
    found.first_bytes = sum(sent.values())
    page.wait_for_load_state("networkidle")
    found.found = page.evaluate(FOUND)
    later = line.take()
    found.later_bytes += sum(later.values())
    found.kinds.update({f"later: {kind}": size for kind, size in by_kind(later).items()})
    found.next = asked(page, other)
    found.next_bytes = sum(line.take().values())
    page.wait_for_load_state("networkidle")
    found.again = asked(page, first)
    page.wait_for_load_state("networkidle")
    found.memory = page.evaluate(MEMORY) / (1 << 20)
    context.close()
    return found


def asked(page: Page, query: str) -> float:
    """Return the milliseconds from Enter until the results are shown."""
    page.evaluate(ASK, query)
    shown: float = page.wait_for_function(SHOWN, arg=query).json_value()
    return shown


def by_kind(sent: Counter[str]) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for path, size in sent.items():
        kinds[kind_of(path)] += size
    return kinds


def kind_of(path: str) -> str:
    """Return the kind of a file by its name."""
    name = path.rpartition("/")[2]
    if found := re.search("/cjksearch/([ir])/", path):
        return {"i": "index", "r": "records"}[found[1]]
    return "cjksearch-*.js" if name.startswith("cjksearch-") else name


# The report


class Bench:
    def __init__(self, folder: Path, browser: Browser | None, given: argparse.Namespace) -> None:
        self._folder = folder
        self._browser = browser
        self._readers: int = given.readers
        self._patience: float = given.patience
        self._line = (given.latency, given.megabits)
        self._is_packed = not given.uncompressed
        self._seconds_each: dict[str, float] = {}

    def show_sizes(self, sizes: Sequence[int]) -> None:
        print("Indexing; what edits cost in seconds of processor time")
        print_row(("records", "", "seconds", "MiB", "files", "KB", "line", "newest", "amid"))
        made: list[tuple[str, int, Path]] = []
        for size in sizes:
            for who in (OURS, SPHINX):
                if self._may_index(who, size):
                    folder = self._folder / f"{size}-{who}"
                    costs = indexed(who, folder, size)
                    self._seconds_each[who] = costs.seconds / size
                    made.append((who, size, folder))
                    disk = (round(costs.memory), costs.files, round(costs.size / 1000))
                    print_row((size, who, costs.seconds, *disk, *costs.edits))
        print()
        if self._browser is None:
            print("Searching is not measured: there is no Chromium, or no Playwright")
            return
        self._show_readers(made)

    def _may_index(self, who: str, size: int) -> bool:
        expected = self._seconds_each.get(who, 0) * size
        if who != OURS and expected > self._patience:
            print_row((size, who, f"not measured: would take about {expected:.0f} s"))
            return False
        return True

    def _show_readers(self, made: Sequence[tuple[str, int, Path]]) -> None:
        latency, megabits = self._line
        print(
            f"Searching, {latency:g} ms and {megabits:g} Mbit/s away;"
            f" medians of {self._readers} readers, and the worst"
        )
        print_row(("records", "", *HEADS))
        kinds = {}
        for who, size, folder in made:
            readings = self._read(folder)
            print_row((size, who, *summary(readings)))
            if who == OURS:
                kinds[size] = readings
        print()
        print("What the bytes of the first query are, in KB (medians)")
        print(f"{'':28}", *(f"{size:>10}" for size in kinds))
        names = dict.fromkeys(name for some in kinds.values() for one in some for name in one.kinds)
        for name in sorted(names, key=lambda name: (name.startswith("later"), name)):
            sizes = [median(one.kinds[name] for one in some) / 1000 for some in kinds.values()]
            print(f"{name:28}", *(f"{size:10.1f}" for size in sizes))
        print()

    def _read(self, folder: Path) -> list[Reading]:
        assert self._browser
        queries = Corpus().queries(2 * self._readers)
        line = Line(*self._line)
        with serving(folder / "_build", line, self._is_packed) as address:
            return [
                read(self._browser, address, line, queries[at : at + 2])
                for at in range(0, len(queries), 2)
            ]


HEADS: Final = (
    *("found", "open ms", "first KB", "worst", "first ms", "worst", "later KB"),
    *("next KB", "next ms", "worst", "again ms", "MiB"),
)


def summary(all_: Sequence[Reading]) -> tuple[object, ...]:
    def of(name: str, scale: float = 1, most: bool = False) -> int:
        values: list[float] = [getattr(one, name) / scale for one in all_]
        return round(max(values) if most else median(values))

    return (
        *(of("found"), of("opening")),
        *(of("first_bytes", 1000), of("first_bytes", 1000, most=True)),
        *(of("first"), of("first", most=True), of("later_bytes", 1000)),
        *(of("next_bytes", 1000), of("next"), of("next", most=True), of("again"), of("memory")),
    )


def print_row(values: Sequence[object]) -> None:
    cells = [f"{one:.2f}" if isinstance(one, float) else str(one) for one in values]
    if len(cells) > 1:
        print(f"{cells[0]:>8}", f"{cells[1]:12}", *(f"{cell:>10}" for cell in cells[2:]))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
