"""``linkcheck``: where the links of events stand, and what to write of those that are gone."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import Built, Site
from eventreports.core.gone_links import gone_message, links_of
from eventreports.loader import load
from eventreports.sphinx.builders import web_archive
from sphinxcommon.messages import Message

COPY: Final = "https://web.archive.org/web/20180420/http://slides.example.com/gone"
PAGE: Final = "# X\n\n```{event:report}\n```\n\n```{event:slides}\n```\n\n"


class Web:
    """Hosts that this machine plays: what is asked of the archive, and what it answers."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.address = f"http://slides.example.com:{port}"
        self.asked: list[dict[str, str]] = []
        self.answer: bytes | None = b'{"archived_snapshots": {}}'

    def copy(self) -> None:
        """Let the archive have a copy of anything."""
        self.answer = answer(available=True, url=COPY.replace("https:", "http:", 1), status="200")


class _Handler(BaseHTTPRequestHandler):
    web: Web

    def do_HEAD(self) -> None:
        status = next((int(one) for one in re.findall(r"/(\d{3})", self.path)), 200)
        self.send_response(404 if "gone" in self.path else status)
        self.end_headers()

    def do_GET(self) -> None:
        if not self.path.startswith("/available"):
            self.do_HEAD()
            return
        query = parse_qs(urlsplit(self.path).query)
        self.web.asked.append({key: value for key, (value,) in query.items()})
        if self.web.answer is None:
            # It hangs up.
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.web.answer)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def playing() -> Iterator[Web]:
    http = HTTPServer(("127.0.0.1", 0), _Handler)
    _Handler.web = Web(http.server_port)
    thread = threading.Thread(target=partial(http.serve_forever, poll_interval=0.05))
    thread.start()
    try:
        yield _Handler.web
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """All hosts of ``example.com`` are this machine; there is no host ``*.example.net``."""
    ask = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name.endswith(("example.net", ".internal")):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if name.endswith("example.org"):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        here = name.endswith("example.com") or name == "127.0.0.1"
        assert here, f"the test asks for {name}"
        return ask("127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with playing() as played:
        monkeypatch.setattr(web_archive, "ADDRESS", f"http://127.0.0.1:{played.port}/available")
        yield played


def reported(built: Built) -> list[str]:
    """What is reported of events, without the folder."""
    return [line.partition("events/conf/")[2] for line in built.warnings]


def test_linkcheck_names_the_datas_file_and_line(site: Site, web: Web) -> None:
    facts = f"""
        name: X
        url: {web.address}/gone
        sessions:
          - title: A
            slides: {web.address}/gone.pdf
            videos: [{web.address}/there]
        description: See [this]({web.address}/gone-again).
        """
    site.event("conf", facts, f"{PAGE}[notes]({web.address}/gone-too)\n")
    built = site.build("linkcheck")
    output = built.text("output.txt")
    assert f"events/conf/event.yaml:2: [broken] {web.address}/gone: " in output
    assert f"events/conf/event.yaml:5: [broken] {web.address}/gone.pdf: " in output
    assert f"events/conf/index.md:9: [broken] {web.address}/gone-too: " in output
    found = [json.loads(line) for line in built.text("output.json").splitlines()]
    assert {(entry["uri"], entry["filename"], entry["lineno"]) for entry in found} == {
        (f"{web.address}/gone", "events/conf/event.yaml", 2),
        (f"{web.address}/gone.pdf", "events/conf/event.yaml", 5),
        (f"{web.address}/there", "events/conf/event.yaml", 6),
        (f"{web.address}/gone-again", "events/conf/event.yaml", 7),
        (f"{web.address}/gone-too", "events/conf/index.md", 9),
    }
    assert built.app.statuscode == 1


def test_what_is_gone_is_named_with_the_line_to_write(site: Site, web: Web) -> None:
    facts = f"""
        name: X
        date: 2018-04-19
        sessions:
          - title: A
            slides: {web.address}/gone.pdf
          - title: B
            slides: [{web.address}/there, "{web.address}/410"]
        """
    site.event("conf", facts, PAGE)
    # The same link in another event, which Sphinx names once.
    site.event("other", f"name: Y\nlinks: ['{web.address}/410']\n")
    web.copy()
    built = site.build("linkcheck")
    told = re.compile(r"events/(\S+): WARNING: (\S+) is gone \((.*)\); write .*, or (.*) \[.*\]")
    gone = f"status: gone, archived: {COPY}}}"
    place = len("    slides: [, ") + len(f"{web.address}/there") + 1
    assert [told.findall(line)[0] for line in built.warnings] == [
        (
            "conf/event.yaml:5:13",
            f"{web.address}/gone.pdf",
            "status 404",
            f"slides: {{url: {web.address}/gone.pdf, {gone}",
        ),
        (
            f"conf/event.yaml:7:{place}",
            f"{web.address}/410",
            "status 410",
            f"{{url: {web.address}/410, {gone}",
        ),
        (
            "other/event.yaml:2:9",
            f"{web.address}/410",
            "status 410",
            f"links: [{{url: {web.address}/410, {gone}]",
        ),
    ]
    assert all(line.endswith("[event.link-gone]") for line in built.warnings)
    assert web.asked[0] == {"url": f"{web.address}/gone.pdf", "timestamp": "20180419"}
    assert web.asked[-1] == {"url": f"{web.address}/410"}


def test_what_is_known_to_be_gone_is_not_asked_again_and_readers_see_it(
    site: Site, web: Web
) -> None:
    web.copy()
    line = f"slides: {web.address}/gone.pdf"
    site.event("conf", f"name: X\nsessions:\n  - title: A\n    {line}\n", PAGE)
    (said,) = reported(site.build("linkcheck", linkcheck_ignore=[r"https://web\.archive"]))
    advised = said.partition(", or ")[2].removesuffix(" [event.link-gone]")
    site.event("conf", f"name: X\nsessions:\n  - title: A\n    {advised}\n", PAGE)
    built = site.build("linkcheck", linkcheck_ignore=[r"https://web\.archive"])
    assert built.warnings == []
    assert f"{web.address}/gone" not in built.text("output.json").replace(COPY, "")
    assert built.app.statuscode == 0
    for builder, name in (("html", "index.html"), ("text", "index.txt")):
        text = site.build(builder, language="en").text(f"events/conf/{name}")
        assert "No longer available" in text
        assert COPY in re.sub(r"\s", "", text)
        assert f'href="{web.address}' not in text


@pytest.mark.parametrize(
    "path", ["/401", "/403", "/429?", "/500", "/503", "/there#no-such-part", "/200"]
)
def test_what_may_come_back_is_not_called_gone(site: Site, web: Web, path: str) -> None:
    site.event("conf", f"name: X\nurl: {web.address}{path}\n", PAGE)
    built = site.build("linkcheck", linkcheck_rate_limit_timeout=0)
    assert built.warnings == []
    assert web.asked == []


@pytest.mark.parametrize(
    ("url", "is_gone"),
    [
        ("https://slides.example.net/a", True),
        # Its name cannot be looked up now.
        ("https://slides.example.org/a", False),
        # It answers, and not on this port.
        ("http://slides.example.com:9/a", False),
    ],
)
def test_a_host_that_is_not_there_is_gone_one_that_does_not_answer_is_not(
    site: Site, web: Web, url: str, is_gone: bool
) -> None:
    site.event("conf", f"name: X\nlinks: [{url}, {web.address}/there]\n", PAGE)
    assert ["there is no such host" in line for line in reported(site.build("linkcheck"))] == (
        [True] if is_gone else []
    )


def test_without_a_network_nothing_is_gone(site: Site, web: Web) -> None:
    site.event("conf", "name: X\nlinks: [https://a.example.net/, https://b.example.net/]\n", PAGE)
    built = site.build("linkcheck")
    assert built.warnings == []
    assert built.text("output.txt").count("[broken]") == 2
    assert web.asked == []


# The archive


def answer(**closest: Any) -> bytes:
    """An answer of the archive, with this copy."""
    return json.dumps({"archived_snapshots": {"closest": closest}}).encode()


@pytest.mark.parametrize(
    "said",
    [
        *(None, b"", b"<html>", b"[]", b"null", b"{}", b"\xff\xfe\x00"),
        answer(available=False, url="http://web.archive.org/web/1/a"),
        answer(available=True, url=3),
        answer(available=True, url="https://evil.example/web/1/a"),
        answer(available=True, url="https://evil.example/web.archive.org/web/1/a"),
        answer(available=True, url="javascript:alert(1)"),
        answer(available=True, url="http://web.archive.org/web/1/a\u202eb"),
        answer(available=True, url="http://web.archive.org/web/1/a b"),
    ],
)
def test_an_archive_that_has_nothing_or_fails_is_not_mentioned(
    site: Site, web: Web, said: bytes | None
) -> None:
    site.event("conf", f"name: X\nlinks: ['{web.address}/gone', '{web.address}/410']\n", PAGE)
    web.answer = said
    found = reported(site.build("linkcheck"))
    assert len(found) == 2
    for line in found:
        assert "status: gone}" in line
        assert "archived" not in line
    # One that does not answer is asked once.
    assert len(web.asked) == (1 if said is None else 2)


@pytest.mark.parametrize(
    ("url", "conf"),
    [
        ("{}/gone", {"eventreports_audience": "internal"}),
        ("{}/gone", {"linkcheck_ignore": [r"http://127\.0\.0\.1"]}),
        ("http://reader:secret@slides.example.com:{port}/gone", {}),
        ("http://127.0.0.1:{port}/gone", {}),
        ("http://wiki.internal/a", {}),
    ],
)
def test_the_archive_is_told_of_no_address_that_is_not_public(
    site: Site, web: Web, url: str, conf: dict[str, Any]
) -> None:
    web.copy()
    url = url.replace("{port}", str(web.port)).replace("{}", web.address)
    there = web.address if "linkcheck_ignore" not in conf else f"{web.address}/"
    site.event("conf", f"name: X\nlinks: ['{url}', '{there}']\n", PAGE)
    assert len(reported(site.build("linkcheck", **conf))) == 1
    assert web.asked == []


# What to write

GONE: Final = "https://a.example/gone"


@pytest.mark.parametrize("copy", ["", COPY])
@pytest.mark.parametrize(
    "facts",
    [
        "links: URL\n",
        "links: 'URL'  # why\n",
        "links:\n  - URL\n",
        'links:\n  - "URL"\n',
        "links: [URL, {url: https://b.example/}]\n",
        "links: [{url: URL, title: A}]\n",
        "links: [{url: URL, title: A}, 'https://b.example/']\n",
        "links: [{title: A, url: 'URL'}]\n",
        "links:\n  - url: URL\n    title: A\n",
        "links:\n  - title: A\n    url: URL\n",
        "links:\n  - url: URL\n    status: later\n",
        "links: [{url: URL, status: later}]\n",
        "url: URL\n",
        "url: 'URL' # why\n",
        "venue: {name: A, url: URL}\n",
        "reporters: [{name: A, url: URL}]\n",
        "reporters: [{name: A, links: [URL]}]\n",
        "files: [URL]\n",
        "files: [{name: A, url: URL}]\n",
        "sponsors:\n  - name: A\n    logo_url: URL\n",
        "links: [{url: https://b.example/, archived: URL}]\n",
        "sessions: [{title: T, slides: URL}]\n",
        "sessions:\n  - title: T\n    videos:\n      - {url: URL, start: 12:34}\n",
    ],
)
def test_what_it_says_to_write_is_right(
    facts: str, copy: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The line in the place of that of the link, or more keys beside it."""
    folder = tmp_path_factory.mktemp("event")
    file = folder / "event.yaml"

    def read(text: str) -> Any:
        file.write_text(f"name: X\n{text}", encoding="utf-8")
        loaded = load(file, folder)
        assert loaded.event
        return loaded

    before = facts.replace("URL", GONE)
    event = read(before).event
    faults = {one.code for one in read(before).problems}
    (link,) = [one for one in links_of(event) if one.url == GONE]
    message = gone_message(link, Message("status 404"), copy, f"name: X\n{before}")
    given = dict(message.values())
    after = followed(before, link.mark.line - 2, link.mark.column - 1, given)
    if after is None:
        assert not copy
        assert not link.has_status
        return
    loaded = read(after)
    assert {one.code for one in loaded.problems} <= faults
    assert not [one for one in links_of(loaded.event) if one.url == GONE]
    if link.has_status:
        (resource,) = [one for one in loaded.event.entities() if getattr(one, "url", "") == GONE]
        assert (resource.status, resource.archived or "") == ("gone", copy)
    else:
        assert copy in after


def test_where_a_url_goes_on_the_value_alone_is_written(tmp_path: Path) -> None:
    text = f"name: X\nlinks:\n  - >-\n    {GONE}\n"
    (tmp_path / "event.yaml").write_text(text, encoding="utf-8")
    event = load(tmp_path / "event.yaml", tmp_path).event
    assert event
    (link,) = links_of(event)
    message = gone_message(link, Message("status 404"), "", text)
    assert str(message).endswith(f", or {{url: {GONE}, status: gone}}")


def followed(text: str, line: int, column: int, given: dict[str, Any]) -> str | None:
    """The text with what a message says to write; ``None`` if it is to be removed."""
    lines = text.splitlines()
    if "line" in given:
        indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
        has_others = lines[line].count("://") > 1
        whole = lines[line].replace(GONE, given["line"]) if has_others else indent + given["line"]
        lines[line] = whole
    elif "lines" in given:
        status, *more = given["lines"]
        if "status: later" in text:
            lines = text.replace("status: later", status).splitlines()
        else:
            more.append(status)
        if "{" in lines[line]:
            lines[line] = lines[line].replace("}", "".join(f", {one}" for one in more) + "}")
        else:
            lines[line + 1 : line + 1] = [" " * (column - len("url: ")) + one for one in more]
    else:
        return None
    return "\n".join(lines) + "\n"
