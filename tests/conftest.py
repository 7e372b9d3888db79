"""Sites made of a few files, built in a folder of their own."""

from __future__ import annotations

import logging
import os
import random
import re
import shutil
import sys
import textwrap
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from gettext import NullTranslations
from importlib.abc import MetaPathFinder
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from docutils import nodes
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from sphinx import locale
from sphinx.testing.util import SphinxTestApp

from browsers import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from rendering import Rendered

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SHARED = ROOT.parent / "shared"

# Tests that run ``make`` say with which variables; ``make test VENV=…`` would overrule these.
os.environ.pop("MAKEFLAGS", None)

# The same inputs each time, however long they take.
settings.register_profile(
    "same",
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same")

CONF = """\
project = "Site"
version = "1"
copyright = "2020, the authors"
extensions = ["myst_parser", "eventreports"]
exclude_patterns = ["_build"]
"""


class Missing(MetaPathFinder):
    """Lets imports of some packages fail, as if they were not installed."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname.partition(".")[0] in self._names:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("matrices")
    group.addoption("--slice", type=int, metavar="PERCENT", help="of the tests marked “matrix”")
    group.addoption("--seed", type=int, default=1, help="chooses what is in the slice")
    parser.addoption(
        "--without",
        action="append",
        choices=["eventreports", "typstprint", "cjksearch"],
        default=[],
        help="an extension that cannot be imported; the others pass their tests without it",
    )


def pytest_configure(config: pytest.Config) -> None:
    # What messages say to run is the same wherever the tests run, be it by `make`.
    os.environ["EVENTREPORTS_COMMAND"] = "eventreports"
    if names := config.getoption("--without"):
        sys.meta_path.insert(0, Missing(names))


def pytest_report_header(config: pytest.Config) -> list[str]:
    percent, seed = config.getoption("slice"), config.getoption("seed")
    return [f"matrices: --slice {percent} --seed {seed}"] if percent else []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave of each matrix the cases that the seed chooses, at least one."""
    if not (percent := config.getoption("slice")):
        return
    matrices: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("matrix"):
            matrices[item.nodeid.partition("[")[0]].append(item)
    left_out: set[pytest.Item] = set()
    for name, cases in matrices.items():
        choose = random.Random(f"{config.getoption('seed')} {name}")
        left_out.update(choose.sample(cases, len(cases) * (100 - percent) // 100))
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI nothing is skipped: what would be fails, and says why it could not run."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if os.environ.get("CI") and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"


class _Templates(BytecodeCache):
    """Compiled templates, for all builds of a process: a third of what a small build takes."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def quick_builds() -> Iterator[None]:
    """Leave out of each build what is the same in all of them, or read by nobody."""
    environment = partial(SandboxedEnvironment, bytecode_cache=_Templates())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sphinx.jinja2glue.SandboxedEnvironment", environment)
        logging.disable(logging.DEBUG)
        yield
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material that the project is tried on; people's own clones have none."""
    if not SHARED.is_dir():
        pytest.skip("there is no ../shared")
    return SHARED


@pytest.fixture(scope="session")
def node() -> str:
    """Node.js, for scripts that need no page."""
    return shutil.which("node") or pytest.skip("needs Node.js 18 or later")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@dataclass
class Built:
    """One build: what it said, and what it made."""

    app: SphinxTestApp
    warnings: list[str]
    status: str = ""
    read: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    @property
    def outdir(self) -> Path:
        return Path(self.app.outdir)

    def text(self, name: str) -> str:
        return (self.outdir / name).read_text(encoding="utf-8")

    def doctree(self, docname: str) -> nodes.document:
        return self.app.env.get_doctree(docname)


class Site:
    """A source folder that tests write to, and build as often as they like."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write({"conf.py": CONF})

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")

    def event(self, name: str, facts: str, page: str | None = None) -> None:
        """An event in ``events/<name>``; without ``page``, one that shows all of it."""
        page = page if page is not None else f"# {name}\n\n```{{event:report}}\n```\n"
        self.write({f"events/{name}/event.yaml": facts, f"events/{name}/index.md": page})

    def build(
        self, builder: str = "html", parallel: int = 0, messages: str | None = "en", **conf: Any
    ) -> Built:
        """Build; settings that are not given are the test's own plain ones.

        Messages are in English, whatever the site's language is; with ``None`` in that.
        """
        if not any((self.folder / f"index{suffix}").exists() for suffix in (".md", ".rst")):
            toctree = "```{toctree}\nevents/years/index\n```\n"
            self.write({"index.md": f"# Site\n\n{toctree}"})
        # gettext has other transforms: doctrees are no common ground with it.
        doctrees = "gettext-doctrees" if builder == "gettext" else "doctrees"
        settings = {"html_theme": "basic", "language": "ja", **conf}
        warning, status = StringIO(), StringIO()
        with messages_in(messages):
            app = SphinxTestApp(
                buildername=builder,
                srcdir=self.folder,
                builddir=self.folder / "_build",
                confoverrides=settings,
                warning=warning,
                status=status,
                parallel=parallel,
            )
        app.doctreedir = type(app.doctreedir)(self.folder / "_build" / doctrees)
        built = Built(app, [])
        app.connect("env-before-read-docs", lambda _app, _env, docs: built.read.extend(docs))
        before = _times(Path(app.outdir))
        try:
            app.build()
        finally:
            app.cleanup()
        after = _times(Path(app.outdir))
        built.written = sorted(name for name in after if after[name] != before.get(name))
        plain = re.sub(r"\x1b\[[0-9;]*m", "", warning.getvalue())
        built.status = status.getvalue()
        built.warnings = [line for line in plain.splitlines() if line.strip()]
        return built


@contextmanager
def messages_in(language: str | None) -> Iterator[None]:
    """Have the messages of sites that are set up in a language; with ``None`` in the site's."""
    init = locale.init

    def init_in(
        folders: Iterable[str], of_site: str, catalog: str = "sphinx", namespace: str = "general"
    ) -> tuple[object, bool]:
        is_ours = namespace == "console" and catalog != "sphinx"
        return init(folders, language or of_site if is_ours else of_site, catalog, namespace)

    with mock.patch.object(locale, "init", init_in):
        yield


def _times(outdir: Path) -> dict[str, int]:
    """When each page was written: {docname: mtime in ns}; of builders that write a file a page."""
    made = [p for p in outdir.rglob("*") if p.suffix in (".html", ".xhtml", ".txt", ".xml")]
    pages = {path.relative_to(outdir).with_suffix("").as_posix(): path for path in made}
    known = ("index", "other", "events/", "page")
    return {
        name.removesuffix("/index") if outdir.name == "dirhtml" else name: path.stat().st_mtime_ns
        for name, path in pages.items()
        if name.startswith(known)
    }


@pytest.fixture(autouse=True)
def locale_of_users(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line writes in English, for people, wherever the tests run."""
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    folder.mkdir()
    return Site(folder)


@pytest.fixture
def render(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Rendered]:
    """What a directive shows, by ``rendering.render``; the language of words is this test's own."""
    # Not at the top: other extensions are tested without eventreports.
    from rendering import render

    monkeypatch.setattr(locale, "translators", defaultdict(NullTranslations))
    return partial(render, tmp_path)


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[[str], Site]:
    """Several sites in one test."""

    def make(name: str) -> Site:
        folder = tmp_path / name
        folder.mkdir()
        return Site(folder)

    return make
