"""What notes and data name outside the project is in no output, and is reported at its place."""

import base64
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CONF, Built, Site

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows"),
    # MyST's own include (5.2) asks the environment for its application.
    pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app:PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app:DeprecationWarning"),
]

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
#: Stands in all that is outside, in drafts and in ``conf.py``.
SECRET = "s3cret"
BUILDERS = ("html", "dirhtml", "singlehtml", "epub", "latex", "text", "typstprint-src")

#: Markdown that names what is not to be published.
NOTES = [
    "![a](link.png)",
    "![a](../../../outside/secret.png)",
    "![a](folder/secret.png)",
    "![a](link.*)",
    '<img src="link.png" alt="a">',
    "```{image} ../../../outside/secret.png\n```",
    "```{figure} link.png\n:target: https://example.com\n\nIts caption.\n```",
    "[text](link.txt)",
    "[text](chain.txt)",
    "[text](../../../outside/secret.txt)",
    "[text](../../conf.py)",
    "[text](../../.env)",
    "{download}`text <../../../outside/secret.txt>`",
    "{download}`text <folder/secret.txt>`",
    "```{include} ../../../outside/secret.txt\n```",
    "```{include} chain.txt\n:literal:\n```",
    "```{include} link.txt\n:code: text\n```",
    "```{include} </../../../../../../../../../../../../../etc/hosts>\n```",
    "```{literalinclude} link.txt\n```",
    "```{literalinclude} inside.txt\n:diff: link.txt\n```",
    "```{csv-table}\n:file: ../../../outside/secret.txt\n```",
    "```{csv-table}\n:url: file:///etc/hosts\n```",
    "```{raw} html\n:file: link.txt\n```",
    "```{raw} html\n:url: file:///etc/hosts\n```",
    "```{graphviz} ../../../outside/secret.txt\n```",
    "```{eval-rst}\n.. include:: ../../../outside/secret.txt\n```",
    "```{eval-rst}\n.. image:: link.png\n```",
    # Two slashes begin an absolute path.
    "![a](/OUTSIDE/secret.png)",
    "{download}`text </OUTSIDE/secret.txt>`",
    "![a](../../../outs*/secret.*)",
    "```{image} link.png\n:class: large\n```",
    "```{figure} link.png\n:name: named\n\nIts caption.\n```",
    "```{card} Title\n:img-top: ../../../outside/secret.png\n```",
    "```{eval-rst}\n.. image:: file:///etc/hosts\n```",
    "```{eval-rst}\n:download:`text <file:///etc/hosts>`\n```",
]
TEXT = """\
.. include:: ../outside/secret.txt

.. literalinclude:: /../outside/secret.txt

.. csv-table::
   :file: /etc/hosts

.. raw:: html
   :file: ../outside/secret.txt

.. |picture| image:: ../outside/secret.png

|picture| and |picture|

:download:`text <../outside/secret.txt>`
"""
#: What is named inside the project, and is shown.
FINE = """\
![fine](inside.png) [fine](inside.txt) [fine](within.txt)

```{include} within.txt
```

```{literalinclude} /shared/words.txt
```

```{csv-table}
:file: within.txt
```

```{raw} html
:file: ../../shared/words.txt
```

```{eval-rst}
.. include:: <isonum.txt>

.. include:: /shared/words.txt
```
"""


def write_outside(site: Site) -> None:
    outside = site.folder.parent / "outside"
    outside.mkdir()
    for name in ("secret.txt", "secret.rst", "secret.md"):
        (outside / name).write_text(f"# {SECRET}\n", encoding="utf-8")
    (outside / "secret.png").write_bytes(PICTURE)


def link(site: Site, path: str, target: str) -> None:
    (site.folder / path).parent.mkdir(parents=True, exist_ok=True)
    (site.folder / path).symlink_to(target)


def leaks(outdir: Path) -> list[str]:
    """The files of an output that hold, or are named for, what is not to be published."""
    return [
        path.name
        for path in outdir.rglob("*")
        if "doctree" not in path.suffix
        and path.is_file()
        and (SECRET in path.read_text(encoding="utf-8", errors="ignore") or "secret" in path.name)
    ]


def lines_of(built: Built, file: str) -> list[int]:
    """The lines of a file at which something was reported, each as often as it was."""
    found = re.findall(rf"{re.escape(file)}:(\d+):(?:\d+:)? WARNING", "\n".join(built.warnings))
    return sorted(map(int, found))


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose notes name a lot that is not to be published."""
    folder = tmp_path_factory.mktemp("noted") / "site"
    folder.mkdir()
    site = Site(folder)
    write_outside(site)
    conf = CONF.replace('"eventreports"]', '"eventreports", "typstprint", "sphinx.ext.graphviz"]')
    secret = f'myst_enable_extensions = ["html_image"]\nsecret = "{SECRET}"\n'
    site.write({"conf.py": conf + secret, ".env": SECRET, "shared/words.txt": "inner words\n"})
    for path, target in {
        "link.png": "../../../outside/secret.png",
        "link.txt": "../../../outside/secret.txt",
        "chain.txt": "link.txt",
        "folder": "../../../outside",
        "within.txt": "../../shared/words.txt",
    }.items():
        link(site, f"events/x/{path}", target)
    page = "# X\n\n" + "".join(f"Before {n}.\n\n{note}\n\n" for n, note in enumerate(NOTES))
    page = page.replace("OUTSIDE", str(folder.parent / "outside"))
    site.write({"events/x/index.md": f"{page}{FINE}\nThe end.\n", "events/x/event.yaml": "name: X"})
    site.write({"events/x/inside.txt": "inner words\n"})
    (folder / "events/x/inside.png").write_bytes(PICTURE)
    site.write({"other.rst": f"Other\n=====\n\n{TEXT}\nThe end.\n"})
    toctree = "```{toctree}\nevents/years/index\nother\n```\n"
    site.write({"index.md": f"# Site\n\n{toctree}"})
    return site


@pytest.mark.parametrize("builder", BUILDERS)
def test_what_notes_name_outside_is_in_no_output(noted: Site, builder: str) -> None:
    built = noted.build(builder)
    # The folder that notes name parts of is reported once, as a folder of pages.
    assert leaks(built.outdir) == []
    if not built.read:
        return
    starts, line = [], 3
    for note in NOTES:
        starts.append(line + 2)
        line += 4 + note.count("\n")
    reported = lines_of(built, "events/x/index.md")
    places = [max(start for start in starts if start <= one) for one in reported]
    assert places == starts, built.warnings
    assert lines_of(built, "other.rst") == [4, 6, 8, 11, 14, 18]
    others = [one for one in built.warnings if "index.md:" not in one and "other.rst:" not in one]
    assert len(others) == 1
    assert "events/x/folder" in others[0]


def test_the_rest_of_the_page_is_there(noted: Site) -> None:
    noted.build("text")
    said = (noted.folder / "_build/text/events/x/index.txt").read_text(encoding="utf-8")
    assert [f"Before {n}." in said for n in range(len(NOTES))] == [True] * len(NOTES)
    assert "Its caption." in said
    assert said.count("inner words") == 4
    assert "The end." in said


def test_a_pipe_is_reported_and_nobody_waits_for_it(site: Site) -> None:
    named = [
        "```{include} pipe.txt\n```",
        "```{literalinclude} pipe.txt\n```",
        "![a](pipe.png)",
        "{download}`text <pipe.txt>`",
    ]
    page = "# X\n\n" + "\n\n".join(named) + "\n\nThe end.\n"
    site.event("x", "name: X\nfiles: [pipe.txt]\n", page)
    for name in ("events/x/pipe.txt", "events/x/pipe.png", "page.md", "events/y/event.yaml"):
        (site.folder / name).parent.mkdir(exist_ok=True)
        os.mkfifo(site.folder / name)
    built = site.build("text")
    assert lines_of(built, "events/x/index.md") == [3, 6, 9, 11]
    assert lines_of(built, "event.yaml") == [1, 1, 2]
    assert lines_of(built, "page.md") == [1]
    assert "The end." in built.text("events/x/index.txt")


@pytest.mark.parametrize(
    "note",
    [
        f"```{{include}} {'long' * 1000}\n```",
        f"![a]({'long' * 1000}.png)",
        f"{{download}}`text <{'long' * 1000}>`",
        "```{include} http://[x\n```",
        "```{raw} html\n:url: http://[x\n```",
    ],
)
def test_what_can_be_no_name_is_reported_at_its_place(site: Site, note: str) -> None:
    site.write({"index.md": f"# Site\n\n{note}\n\nThe end.\n"})
    built = site.build("text")
    assert lines_of(built, "index.md") == [3]
    assert "The end." in built.text("index.txt")


def test_data_names_what_is_beside_it_or_content(site: Site) -> None:
    write_outside(site)
    link(site, "events/x/link.txt", "../../../outside/secret.txt")
    link(site, "events/x/link.png", "../../../outside/secret.png")
    link(site, "events/x/ext.py", "../../_ext/x.py")
    wrong = [
        *("../../conf.py", "link.txt", "../../../outside/secret.txt", "/etc/hosts", "../../.env"),
        *("../../_ext/x.py", "ext.py", "../_draft/x/plan.txt", "../../old/plan.txt"),
    ]
    right = ["_own.txt", "../y/a.txt", "../../shared/b.txt", "../../static/c.txt"]
    conf = 'exclude_patterns = ["_build", "old", "static"]\nhtml_static_path = ["static"]\n'
    site.write({"conf.py": f"{CONF}{conf}secret = '{SECRET}'\n", ".env": SECRET})
    for name in ("_ext/x.py", "events/_draft/x/plan.txt", "old/plan.txt"):
        site.write({name: SECRET})
    for name in ("events/x/_own.txt", "events/y/a.txt", "shared/b.txt", "static/c.txt"):
        site.write({name: "fine"})
    files = "".join(f"  - {path}\n" for path in [*wrong, *right])
    logo = "sponsors: [{name: Y, logo: link.png}]\nsessions: [{title: T, slides: link.txt}]\n"
    facts = f"name: X\nfiles:\n{files}{logo}"
    site.event("x", facts, "# X\n\n```{event:report}\n:parts: sponsors sessions files\n```\n")
    built = site.build("html")
    last = 2 + len(wrong) + len(right)
    assert lines_of(built, "event.yaml") == [*range(3, 3 + len(wrong)), last + 1, last + 2]
    assert leaks(built.outdir) == []
    copied = {path.name for path in built.outdir.glob("_downloads/*/*")}
    assert copied == {Path(path).name for path in right}


@pytest.mark.parametrize("builder", ["html", "text", "epub"])
def test_drafts_are_not_published(site: Site, builder: str) -> None:
    for name in ("_draft/x", ".hid/x", "2026/_later/x", "2026/.x"):
        site.event(name, f"name: {SECRET}\n", f"# {SECRET}\n")
        site.write({f"events/{name}/more.md": f"---\norphan: true\n---\n# {SECRET}\n"})
    site.event("shown", "name: Shown\n")
    site.event("2026/shown_too", "name: Shown\n")
    built = site.build(builder)
    assert built.warnings == []
    assert leaks(built.outdir) == []
    assert built.app.env.found_docs >= {"events/shown/index", "events/2026/shown_too/index"}
    assert SECRET not in str(built.app.env.domaindata["event"])


@pytest.mark.parametrize("builder", ["html", "text"])
def test_events_and_pages_behind_links_are_not_published(site: Site, builder: str) -> None:
    write_outside(site)
    outside = site.folder.parent / "outside"
    (outside / "event.yaml").write_text(f"name: {SECRET}\n", encoding="utf-8")
    (outside / "index.md").write_text(f"# {SECRET}\n", encoding="utf-8")
    link(site, "events/folder", "../../outside")
    link(site, "events/page/index.md", "../../../outside/index.md")
    site.write({"events/page/event.yaml": "name: Page\n"})
    link(site, "events/facts/event.yaml", "../../../outside/event.yaml")
    site.write({"events/facts/index.md": "# Facts\n\n```{event:report}\n```\n"})
    link(site, "events/whole/event.yaml", "../_inner/event.yaml")
    site.write({"events/_inner/event.yaml": "name: Whole\n", "events/whole/index.md": "# Whole\n"})
    built = site.build(builder)
    assert leaks(built.outdir) == []
    assert len(built.warnings) == 3, built.warnings
    for path in ("events/folder:", "events/page/index.md:", "events/facts/event.yaml:"):
        assert sum(path in one for one in built.warnings) == 1, path


def test_a_loop_of_links_shows_each_event_once(site: Site) -> None:
    site.event("x", "name: X\n")
    site.event("y", "name: Y\n")
    link(site, "events/x/up", "..")
    link(site, "events/x/other", "../y")
    link(site, "events/y/other", "../x")
    built = site.build("html")
    assert built.warnings == []
    docs = built.app.env.found_docs
    assert {name for name in docs if name.endswith("/index") and "years" not in name} == {
        "events/x/index",
        "events/y/index",
    }
    assert built.text("events/years/index.html").count("event-card-title") == 2


@pytest.mark.parametrize(
    ("folder", "arrange"),
    [
        ("../elsewhere", None),
        ("{parent}/elsewhere", None),
        ("events", lambda site: link(site, "events", "../elsewhere")),
        ("reports", lambda site: link(site, "reports", "../elsewhere")),
        ("events", lambda site: link(site, "events/years", "../../elsewhere")),
    ],
)
def test_nothing_is_written_outside(
    site: Site, folder: str, arrange: Callable[[Site], None] | None
) -> None:
    elsewhere = site.folder.parent / "elsewhere"
    (elsewhere / "x").mkdir(parents=True)
    (elsewhere / "x/event.yaml").write_text(f"name: {SECRET}\n", encoding="utf-8")
    before = sorted(elsewhere.rglob("*"))
    if arrange:
        arrange(site)
    site.write({"index.md": "# Site\n"})
    built = site.build("html", eventreports_folder=folder.format(parent=site.folder.parent))
    assert sorted(elsewhere.rglob("*")) == before
    assert len(built.warnings) == 1, built.warnings
    assert leaks(built.outdir) == []
