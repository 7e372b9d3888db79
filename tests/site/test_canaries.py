"""A build for an audience has no byte of what is not for them, wherever that stands."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from building import sphinx_build
from conftest import ROOT, Site
from copies import EVERY_KEY, add_every_key
from eventreports.core.audience import LEVELS
from eventreports.core.model import ENTITIES

pytestmark = pytest.mark.slow

CONF: Final = """\
project = "Site"
author = "The authors"
version = "1"
epub_copyright = "2020"
extensions = ["myst_parser", "sphinx.ext.mathjax", "eventreports", "typstprint", "cjksearch"]
myst_enable_extensions = ["colon_fence", "dollarmath", "attrs_inline", "deflist"]
exclude_patterns = ["_build"]
suppress_warnings = ["epub.unknown_project_files"]
html_theme = "eventreports"
html_copy_source = True
html_baseurl = "https://reports.example/"
eventreports_link_cards = False
linkcheck_ignore = ["https?://"]
eventreports_repository_url = "https://gitlab.com/example/reports"
latex_engine = "lualatex"
"""

#: What notes may hold; each place where a word can be hidden has one, with its own beginning.
NOTES: Final = """\
{0}words in a paragraph, `{0}code`, **{0}bold**, $x_{{{0}formula}}$, [{0}linked](https://{0}address.example/).

({0}label)=

```{{py:function}} {0}function({0}parameter)
```

```{{glossary}}
{0}term
: {0}meaning
```

```{{math}}
:label: {0}equation
a = b
```

```{{index}} {0}entry
```

```{{figure}} {1}{0}picture.png
:alt: {0}alternative

{0}caption
```

```{{code-block}} python
:caption: {0}codecaption

{0}program()
```

```{{versionadded}} 1
{0}change
```

A footnote[^{0}note].

[^{0}note]: {0}footnote

% {0}comment

| {0}head | B |
| --- | --- |
| {0}cell | C |
"""
#: In reStructuredText.
NOTES_OF_REST: Final = """\
{0}words, ``{0}code``, :index:`{0}entry`, |{0}substitution|, [#{0}note]_

.. |{0}substitution| replace:: {0}substituted

.. _{0}label:

.. py:function:: {0}function()

.. glossary::

   {0}term
      {0}meaning

.. math::
   :label: {0}equation

   a = b

.. figure:: {1}{0}picture.png
   :alt: {0}alternative

   {0}caption

.. versionadded:: 1
   {0}change

.. [#{0}note] {0}footnote

.. {0}comment
"""
#: What others may see, with references to all of it.
REFERENCES: Final = """\
See {{ref}}`the label <{0}label>`, [this](#{0}label), {{py:func}}`~{0}function`,
{{term}}`the term <{0}term>` and {{eq}}`{0}equation`.
"""

#: The beginnings of the canaries: of each place the file, the word, and the level.
SECTION, BLOCK, PAGE, OF_EVENT, REST_SECTION, REST_BLOCK, REST_PAGE, INCLUDED = (
    f"qz{name}qz"
    for name in ("section", "block", "page", "event", "restsec", "restblock", "restpage", "incl")
)
WORD: Final = re.compile(r"qz[a-z]+qz[a-z]+", re.IGNORECASE)
#: Words of references, which their authors have written into public pages. In pickled data other
#: letters may follow, and in a search index the last ones are missing.
SEEN: Final = re.compile(r"qz[a-z]+qz(lab|func|ter|equ|anch)[a-z]*|qz(page|rest)qznam[a-z]*")


def every_key() -> dict[str, Any]:
    """The event with every key; its times are texts."""
    text = (EVERY_KEY / "event.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return data


def hidden_event() -> dict[str, Any]:
    """The event with every key, as parts of one that is public."""
    data = every_key()
    sessions = [{**one, "visibility": "internal"} for one in data["sessions"]]
    files = [{**one, "visibility": "internal"} for one in map(as_file, data["files"])]
    link = {"url": "https://qzlinkqzurl.example/", "title": "qzlinkqztitle", "visibility": "draft"}
    return {
        "name": "Open Days",
        "date": "2020-01-02",
        "links": [link],
        "reporters": ["Ann", "Bob"],
        "sessions": [
            {"id": "open", "title": "An open talk", "slides": [link], "videos": [link]},
            {
                "id": "hidden",
                "title": "qzdataqztitle",
                "subtitle": "qzdataqzsubtitle",
                "speakers": ["qzdataqzspeaker (qzdataqzcompany)"],
                "topics": ["qzdataqztopic"],
                "track": "qzdataqztrack",
                "visibility": "private",
                "slides": [{"path": "qzfileqzslides.pdf"}],
            },
            *sessions,
        ],
        "files": [*files, {"path": "qzfileqzname.pdf", "visibility": "internal"}],
    }


def as_file(one: object) -> dict[str, Any]:
    return dict(one) if isinstance(one, Mapping) else {"path": str(one)}


#: Of people and topics some are known from hidden sessions alone, and some have hidden links.
PEOPLE: Final = """\
# qzdataqzcomment
people:
  - name: qzdataqzspeaker
    aliases: [qzdataqzalias]
    at: [open/hidden]
    description: qzdataqzdescription
    url: https://qzdataqzhome.example/
    image: qzdataqzface.png
  - name: Ann
    links: [{url: "https://qzlinkqzurl.example/ann", visibility: draft}]
    description: Somebody.
"""
TOPICS: Final = (
    "topics: [{name: qzdataqztopic, description: qzdataqzabout, old_ids: [qzdataqzold]}]\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("audience"))
    site.write({
        "conf.py": CONF,
        "index.md": (
            "# Site\n\n"
            "{event:event}`hidden` {event:session}`open/hidden` {doc}`qzpageqzname`"
            " [page](qzpageqzname.md) {event:event}`kumo-2026`\n\n"
            f"{''.join(REFERENCES.format(one) for one in (SECTION, BLOCK, PAGE))}\n"
            "```{event:points}\n```\n\n```{event:actions}\n```\n\n"
            "```{versionadded} 1\nA change.\n```\n\n"
            "```{event:people}\n```\n\n```{event:organizations}\n```\n\n"
            "```{event:topics}\n```\n\n```{event:slides}\n```\n\n"
            "```{event:list}\n:layout: table\n```\n\n"
            "```{toctree}\nevents/years/index\nqzpageqzname\nqzrestqzname\nopen\nnotes\n```\n"
        ),
        "qzpageqzname.md": (
            f"---\nvisibility: internal\n---\n\n# {PAGE}title\n\n{NOTES.format(PAGE, '')}"
        ),
        "qzrestqzname.rst": (
            f":visibility: draft\n\n{REST_PAGE}title\n{'=' * 40}\n\n"
            f"{NOTES_OF_REST.format(REST_PAGE, '')}"
        ),
        "open.rst": (
            f"Open\n====\n\nWords. :ref:`there <{REST_BLOCK}label>`\n\n"
            ".. event:only:: internal\n\n"
            + "".join(
                f"   {line}".rstrip() + "\n"
                for line in NOTES_OF_REST.format(REST_BLOCK, "").splitlines()
            )
            + f"\n   .. include:: {INCLUDED}name.txt\n\nMore words.\n"
        ),
        f"{INCLUDED}name.txt": f"{INCLUDED}words\n",
        "notes.rst": (
            "Notes\n=====\n\n.. event:info::\n   :event: open\n\n"
            f".. _{REST_SECTION}anchor:\n\n{REST_SECTION}title\n{'-' * 40}\n\n"
            ".. event:session:: hidden\n   :event: open\n\n"
            f"{NOTES_OF_REST.format(REST_SECTION, '')}\n"
            f"{REST_SECTION}sub\n{'~' * 40}\n\n{REST_SECTION}subwords\n\nAfter\n-----\n\nKept.\n"
        ),
        "events/open/index.md": (
            "# Open Days\n\n```{event:info}\n```\n\n```{event:sessions}\n```\n\n"
            "```{event:schedule}\n```\n\n```{event:slides}\n```\n\n## Notes\n\n### An open talk\n\n"
            "```{event:session} open\n```\n\n#### Points\n\n- A public point.\n\n"
            f":::{{event:only}} internal\n- {BLOCK}point\n\n{NOTES.format(BLOCK, '/')}\n:::\n\n"
            "#### Actions\n\n- [12:34] Do @ken 2020-02-03\n\n"
            f":::{{event:only}} internal\n- [x] {BLOCK}action @qzblockqzperson\n:::\n\n"
            f"({SECTION}anchor)=\n### qzdataqztitle\n\n```{{event:session}} hidden\n```\n\n"
            f"{NOTES.format(SECTION, '/')}\n\n#### Points\n\n- {SECTION}point\n\n"
            f"#### Actions\n\n- [1:00] {SECTION}action @qzsectionqzperson\n\n"
            "### Third\n\nThe end.\n\n```{event:files}\n```\n"
        ),
        "events/open/qzcolleagueqzname.md": (
            "---\nvisibility: internal\nreporter: Ann\n---\n\n# qzcolleagueqztitle\n\n"
            "## An open talk\n\n```{event:session} open\n```\n\n### Points\n\n"
            "- qzcolleagueqzpoint\n"
        ),
        "events/open/open.md": (
            "---\nreporter: Bob\n---\n\n# Notes of Bob\n\n"
            "## An open talk\n\n```{event:session} open\n```\n\nWords.\n\n"
            "## qzdataqztitle\n\n```{event:session} hidden\n```\n\nqzreporterqznotes\n"
        ),
        "events/people.yaml": PEOPLE,
        "events/topics.yaml": TOPICS,
        "events/hidden/event.yaml": (
            f"# {OF_EVENT}comment\nname: {OF_EVENT}name\ndate: 2020-01-03\nvisibility: internal\n"
            f"sessions: [{{id: one, title: {OF_EVENT}session}}]\n"
        ),
        "events/hidden/index.md": (
            f"# {OF_EVENT}title\n\n```{{event:report}}\n```\n\n{NOTES.format(OF_EVENT, '/')}"
        ),
        "events/hidden/qzbelowqzname.md": "---\norphan: true\n---\n\n# qzbelowqztitle\n",
    })  # fmt: skip
    add_every_key(site.folder)
    open_event = yaml.safe_dump(hidden_event(), allow_unicode=True, sort_keys=False)
    site.write({"events/open/event.yaml": f"# qzdataqzcomment\n{open_event}"})
    for path in ("qzfileqzslides.pdf", "qzfileqzname.pdf"):
        (site.folder / "events/open" / path).write_bytes(b"%PDF qzfileqzcontent")
    for name in site.folder.glob("events/every-key/*"):
        if name.suffix in (".pdf", ".svg"):
            shutil.copy(name, site.folder / "events/open" / name.name)
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
        "0000000049454e44ae426082"
    )
    for start in (SECTION, BLOCK, PAGE, OF_EVENT, REST_SECTION, REST_BLOCK, REST_PAGE):
        (site.folder / f"{start}picture.png").write_bytes(png)
    (site.folder / "events/qzdataqzface.png").write_bytes(png)
    return site


def build(site: Site, builder: str, audience: str, to: str, *options: str) -> Path:
    """Build as people do, with the doctrees in the output."""
    outdir = site.folder / "_build" / to
    level = f"eventreports_audience={audience}"
    assert sphinx_build("-b", builder, *options, "-D", level, site.folder, outdir) == ""
    return outdir


def texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The content of all files of an output, and their names."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield "the names", path.relative_to(folder).as_posix().encode()
            yield from read(str(path.relative_to(folder)), path.read_bytes(), path)


def read(name: str, content: bytes, path: Path) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            for one in archive.namelist():
                yield name, one.encode()
                yield f"{name}: {one}", archive.read(one)
    elif content.startswith(b"\x1f\x8b"):
        yield f"{name} (gzip)", gzip.decompress(content)
    elif content.startswith(b"# Sphinx inventory"):
        yield f"{name} (zlib)", zlib.decompress(content.split(b"\n", 4)[4])
    elif content.startswith(b"%PDF-1.") and path.suffix == ".pdf" and len(content) > 100:
        for program in (["pdftotext", str(path), "-"], ["pdfinfo", "-dests", str(path)]):
            yield (
                f"{name} ({program[0]})",
                subprocess.run(program, capture_output=True, check=True).stdout,
            )


def canaries(folder: Path) -> dict[str, set[str]]:
    """The canaries in an output, with where they are."""
    found: dict[str, set[str]] = {}
    for name, content in texts(folder):
        for word in WORD.findall(content.decode(errors="ignore")):
            if not SEEN.fullmatch(word.lower()):
                found.setdefault(word.lower(), set()).add(name)
    return found


BUILDERS: Final = (
    *("html", "dirhtml", "singlehtml", "json", "pickle", "epub", "htmlhelp", "qthelp", "devhelp"),
    *("text", "man", "latex", "texinfo", "xml", "pseudoxml", "gettext", "changes"),
    *("linkcheck", "dummy", "typstprint", "typstprint-src"),
)


def test_no_builder_is_forgotten() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from make import BUILDERS as KNOWN
    finally:
        sys.path.pop(0)
    run_programs = {"applehelp", "info", "latexpdf", "latexpdfja", "doctest"}
    assert {*KNOWN} - run_programs <= {*BUILDERS}


@pytest.mark.matrix
@pytest.mark.parametrize("audience", LEVELS[:-1])
@pytest.mark.parametrize("builder", BUILDERS)
def test_no_byte_of_what_is_not_for_them(site: Site, builder: str, audience: str) -> None:
    options = ["-j", "4"] if audience == "public" else []
    # The theme that ours inherits from has no pages for these.
    options += ["-D", "html_theme=basic"] if builder in ("json", "pickle") else []
    found = canaries(build(site, builder, audience, f"{builder}-{audience}", *options))
    allowed = allowed_for(audience)
    assert {word: names for word, names in found.items() if not word.startswith(allowed)} == {}


def allowed_for(audience: str) -> tuple[str, ...]:
    """The beginnings of canaries that an audience may see."""
    internal: tuple[str, ...] = (BLOCK, PAGE, OF_EVENT, REST_BLOCK, INCLUDED)
    internal += ("qzpageqz", "qzbelowqz", "qzcolleagueqz", "qzfileqznam", "qzfileqzcontent")
    private = (SECTION, "qzdataqz", "qzfileqz", "qzreporterqz", REST_SECTION)
    return {"public": (), "internal": internal, "private": (*internal, *private)}[audience] or (
        "-",
    )


def test_all_is_there_for_those_who_may_see_all(site: Site) -> None:
    """Or a canary that no builder ever shows would prove nothing."""
    found = canaries(out := build(site, "html", "draft", "all"))
    front = (out / "index.html").read_text(encoding="utf-8")
    gathered = {f"{one}{kind}" for one in (SECTION, BLOCK) for kind in ("point", "action")}
    assert gathered <= {*WORD.findall(front)}
    wanted = {
        f"{start}{place}"
        for start in (SECTION, BLOCK, PAGE, OF_EVENT)
        for place in (
            *("words", "code", "bold", "linked", "address", "parameter", "meaning", "entry"),
            *("picture", "alternative", "caption", "program", "footnote", "head", "cell"),
        )
    }
    wanted |= {
        f"{start}{place}"
        for start in (REST_SECTION, REST_BLOCK, REST_PAGE)
        for place in ("words", "code", "entry", "substituted", "meaning", "alternative", "caption")
    }
    wanted |= {f"{one}{word}" for one in (SECTION, BLOCK) for word in ("point", "action", "person")}
    wanted |= {f"{INCLUDED}words", "qzlinkqztitle", "qzlinkqzurl", "qzfileqzname"}
    wanted |= {"qzcolleagueqztitle", "qzcolleagueqzpoint", "qzreporterqznotes"}
    wanted |= {f"qzdataqz{name}" for name in ("title", "subtitle", "speaker", "topic", "track")}
    wanted |= {
        f"qzdataqz{name}" for name in ("alias", "description", "home", "face", "about", "old")
    }
    assert wanted - found.keys() == set()
    # That other programs get none of them proves something, too.
    assert {"events.json", "feed.xml"} <= found[f"{SECTION}point"]
    assert {"events.json", "feed.xml"} <= found["qzdataqztitle"]
    assert {f"{OF_EVENT}session", "qzdataqzcompany", "qzlinkqzurl"} <= {
        word for word, names in found.items() if "events.json" in names
    }


def with_other_secrets(site: Site, folder: Path) -> Site:
    """The site with other words, names and numbers of all that is not for the public."""
    ignored = shutil.ignore_patterns("_build", "years", "every-key")
    shutil.copytree(site.folder, folder, ignore=ignored)

    def other(text: str) -> str:
        return WORD.sub(lambda one: one[0] if SEEN.fullmatch(one[0]) else f"{one[0]}more", text)

    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path.suffix != ".png":
            path.write_text(other(path.read_text(encoding="utf-8")), encoding="utf-8")
        path.rename(path.with_name(other(path.name)))
    varied = Site.__new__(Site)
    varied.folder = folder
    # The front page names it.
    varied.write({"events/every-key/event.yaml": "id: kumo-2026\nvisibility: internal\n"})
    path = folder / "events/open/event.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["sessions"], data["files"] = data["sessions"][:2], []
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    path.write_text(f"# A comment\n{text}", encoding="utf-8")
    return varied


@pytest.mark.parametrize(
    "builder",
    [
        pytest.param(one, marks=[] if one in ("html", "typstprint") else pytest.mark.matrix)
        for one in BUILDERS
    ],
)
def test_no_byte_tells_of_what_is_left_out(
    site: Site,
    builder: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nor does a picture, a digest, a number or an order, whatever keys and outputs there are."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1550000000")
    varied = with_other_secrets(site, tmp_path_factory.mktemp("varied") / "site")
    options = ["-D", "html_theme=basic"] if builder in ("json", "pickle") else []
    options += ["-D", "eventreports_link_cards=1"]
    made = []
    for one in (site, varied):
        doctrees = one.folder / "_build" / f"doctrees-{builder}-varied"
        out = build(one, builder, "public", f"{builder}-varied", "-d", str(doctrees), *options)
        names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
        # Not the records of what a PDF was made from, nor the environment.
        names = {name for name in names if not name.endswith((".digest", ".pickle"))}
        # Some say where the sources are.
        place = str(one.folder).encode()
        made.append({name: (out / name).read_bytes().replace(place, b"") for name in names})
        if builder == "linkcheck":
            # In the order of the answers.
            made[-1] = {name: bytes(sorted(content)) for name, content in made[-1].items()}
    first, second = made
    assert first.keys() == second.keys()
    # The records have digests of the printed pages, and so of where they are.
    kept = (".json",) if builder.startswith("typstprint") else ()
    assert [one for one in first if first[one] != second[one] and not one.endswith(kept)] == []


def test_all_that_may_be_for_some_is_in_these_tests() -> None:
    """A new type of object with a level has to be hidden in :func:`hidden_event`, too."""
    types = {one.__name__ for one in ENTITIES if "visibility" in one.model_fields}
    assert types == {"Event", "Session", "Resource", "Attachment"}


@pytest.mark.parametrize("builder", ["html", "epub", "typstprint", "text"])
def test_nothing_is_left_of_a_build_for_others_in_the_same_folder(site: Site, builder: str) -> None:
    own = site.folder / "_build" / "turns" / builder
    own.mkdir(parents=True)
    (own / "CNAME").write_text("reports.example\n")
    (own / ".git").mkdir()
    (own / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    for audience in ("draft", "internal", "public"):
        found = canaries(build(site, builder, audience, f"turns/{builder}"))
        assert bool(found) == (audience != "public")
    assert (own / "CNAME").exists()
    assert (own / ".git/HEAD").exists()
