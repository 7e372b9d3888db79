"""Sites of reStructuredText alone, and which files of a checkout are pages."""

import runpy
import shutil
from pathlib import Path

import pytest
from sphinx.project import Project

from conftest import ROOT, Site

PAGE = """\
Conf
====

.. event:info::

Talk
----

.. event:session:: talk

Points
~~~~~~

- One point
"""
FACTS = """\
name: Conf
date: 2018-04-19
sessions:
  - {id: talk, title: Talk, description: "**bold** [link](https://example.com)"}
"""
INDEX = "Site\n====\n\n.. toctree::\n\n   events/years/index\n\n:event:session:`conf/talk`\n"
SUFFIXES = {".rst": "restructuredtext", ".md": "markdown"}
MARKDOWN = "# Not read\n\n```{event:info}\n```\n"


@pytest.fixture
def rest(site: Site) -> Site:
    """A site whose pages are in reStructuredText, with Markdown beside them."""
    site.write({
        "conf.py": 'extensions = ["eventreports"]\nexclude_patterns = ["_build"]\n',
        "index.rst": INDEX,
        "README.md": MARKDOWN,
        "node_modules/x/README.md": MARKDOWN,
        "events/conf/event.yaml": FACTS,
        "events/conf/index.rst": PAGE,
        "events/conf/notes.md": MARKDOWN,
    })  # fmt: skip
    return site


def test_no_markdown_is_a_page(rest: Site) -> None:
    built = rest.build("text", language="en")
    assert built.warnings == []
    pages = {"index", "events/conf/index", "events/years/index", "events/years/2018"}
    assert built.app.env.found_docs == pages
    text = built.text("events/conf/index.txt")
    assert "bold" in text
    assert "One point" in text
    assert "Conf" in built.text("events/years/2018.txt")
    assert "Talk" in built.text("index.txt")
    assert {path.suffix for path in (rest.folder / "events" / "years").iterdir()} == {".rst"}
    assert rest.build("text", language="en").read == []


@pytest.mark.parametrize(
    "conf",
    [
        'extensions = ["myst_parser", "eventreports"]',
        'extensions = ["eventreports", "myst_parser"]',
        f'extensions = ["eventreports"]\nsource_suffix = {SUFFIXES}',
        'extensions = ["eventreports"]\nsource_suffix = [".rst", ".md"]',
    ],
)
def test_where_the_site_names_markdown_it_is_read(rest: Site, conf: str) -> None:
    exclude = 'exclude_patterns = ["_build", "README.md", "node_modules", "events/conf/notes.md"]\n'
    rest.write({"conf.py": f"{conf}\n{exclude}", "events/b/event.yaml": "name: Second\n"})
    rest.write({"events/b/index.md": "# Second\n\n```{event:info}\n```\n"})
    built = rest.build("text", language="en")
    assert built.warnings == []
    assert "Second" in built.text("events/b/index.txt")
    assert "```" not in built.text("events/b/index.txt")
    assert {path.suffix for path in (rest.folder / "events" / "years").iterdir()} == {".md"}


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("index.md", "add “myst_parser” to “extensions” in conf.py"),
        ("other.md", "write events/b/index.rst"),
    ],
)
def test_an_event_whose_page_is_not_read_says_how_it_is(rest: Site, name: str, advice: str) -> None:
    rest.write({"events/b/event.yaml": "name: Second\n", f"events/b/{name}": MARKDOWN})
    (line,) = rest.build("text", language="en").warnings
    assert "events/b/event.yaml" in line
    assert advice in line


@pytest.mark.parametrize("builder", ["html", "gettext", "man"])
def test_it_is_so_in_other_builders(rest: Site, builder: str) -> None:
    built = rest.build(builder, language="en", man_pages=[("index", "site", "Site", "A", 7)])
    assert built.warnings == []


def test_of_a_checkout_only_the_sites_own_pages_are_read(tmp_path: Path) -> None:
    shutil.copy2(ROOT / "conf.py", tmp_path)
    pages = {"index.md", "about.rst", "guide/index.md", "events/x/index.md", "environment.md"}
    others = {
        *(f"{name}/lib/x.md" for name in ("venv", "venv-3.13", "env", ".venv", ".tox", "dist")),
        *(
            f"{name}/x.rst"
            for name in ("build", "x.egg-info", "_build", "tests", "bench", "_ext", "docs")
        ),
        "node_modules/x/README.md",
        "events/x/slides/node_modules/y/readme.md",
        ".github/x.md",
        *("README.md", "README.ja.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
    }
    for name in pages | others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    conf = runpy.run_path(str(tmp_path / "conf.py"))
    found = Project(tmp_path, [".md", ".rst"]).discover(conf["exclude_patterns"])
    assert found == {name.rpartition(".")[0] for name in pages}
