"""What goes in as text comes out as text: no data becomes markup or code, in any builder.

The strongest form of it is that structure does not depend on data. The same
site is built twice: with a mark in every text field of the model, and with the
texts that are tried. What a builder makes of the first, with each mark
replaced by its text, must be what it makes of the second.

Descriptions in Markdown, addresses, files' names and ids have tests of their own.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sphinx.util import texescape
from sphinx.util.inventory import InventoryFile
from sphinx.writers import text as text_writer

from browsers import serving
from building import sphinx_build
from conftest import ROOT, Built, Site
from eventreports import loader
from eventreports.core import model
from eventreports.core.entity import Entity
from typstprint.characters import composed
from typstprint.markup import string

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page


pytestmark = pytest.mark.once

# The texts that are tried

#: Tells, in a browser, that data has run as a script.
CANARY: Final = "window.pwned=1"

ATTACKS: Final = [
    # HTML
    f"<script>{CANARY}</script>",
    f"</script><script>{CANARY}</script>",
    f"<img src=x onerror={CANARY}>",
    f'"><svg onload={CANARY}>',
    f"'><svg/onload={CANARY}>",
    f'" onmouseover="{CANARY}" x="',
    f"' autofocus onfocus='{CANARY}",
    "</p></div></body></html>",
    "</title><h1>x</h1>",
    "</textarea></style></noscript><b>x</b>",
    "<!-- x",
    "--> x",
    "<![CDATA[ x ]]>",
    "]]>",
    "<?xml version='1.0'?>",
    "<?php x ?>",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>",
    "<iframe srcdoc='<b>x</b>'></iframe>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "&lt;b&gt;",
    "&amp;amp;",
    "&#60;b&#62;",
    "&notanentity; &copy &",
    "a < b > c & d",
    f"javascript:{CANARY}",
    f"<a href=javascript:{CANARY}>x</a>",
    "data:text/html,<b>x</b>",
    # Markdown and MyST
    "**x** *y* __z__ _w_ ~~v~~",
    "`x` ``y`` ```z```",
    "[x](https://evil.example/)",
    "![x](https://evil.example/x.png)",
    "<https://evil.example/>",
    "[x]: https://evil.example/",
    "[^1]: x",
    "# x",
    "- x",
    "1. x",
    "> x",
    "---",
    "===",
    "| x | y |",
    "```{raw} html <b>x</b> ```",
    "{event:event}`x`",
    "{download}`conf.py`",
    "(x)=",
    "[x]{.y}",
    "$x^2$ $$y$$",
    "% x",
    "+++",
    "{#x .y}",
    # Jinja, format strings, gettext
    "{{ 7*7 }} {% raw %} {# x #}",
    "{{ substituted }}",
    "{0} {name} {number} {} {",
    "%s %d %(x)s %% %",
    "$HOME ${x} $(x) `x`",
    '#, fuzzy msgid "" msgstr "x"',
    # reStructuredText
    "`x <https://evil.example/>`_",
    "|substituted| x_ [1]_ :ref:`x`",
    ".. raw:: html",
    ".. _x:",
    "*x* **y** ``z`` `w`",
    "::",
    "__ x",
    # LaTeX
    "\\input{/etc/passwd}",
    "\\end{document}",
    "\\write18{x} \\csname x\\endcsname",
    "} { }} {{",
    "\\",
    "\\\\ \\% \\{",
    "^^5cinput ^^M",
    '% & _ # ~ ^ $ < > | "',
    "``x'' ,,y'' --- -- ?` !`",
    "] [ \\item[x]",
    "\\sphinxstyleemphasis{x}",
    # Typst
    '#import "x" #eval("1")',
    "$ x $ @y <z> #[w]",
    # roff
    ".so /etc/passwd",
    "'so /etc/passwd",
    ".sp",
    "\\fBx\\fP \\n(.k \\X'x' \\*(aq",
    "\\&. \\e \\- \\(aq",
    "...",
    # What programs take for something of their own
    "Footnotes",
    "脚注",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "-",
    ".",
    "/",
    "#",
    "0",
    "null",
    "true",
    "~",
    "1. 2. 3.",
    "=1+1",
    "@x",
    "a.b.c",
    "a/b",
    # Typography that nobody asked for
    "\"x\" 'y' it's -- --- ... (c) (tm) +-",
    "https://evil.example/ www.evil.example x@evil.example",
    "x  y   z",
    "x\u00a0y\u3000z",
    "日本語 の「題」、と〜—…",
    "😀 e\u0301 ﷽ \ufb01",
    "x\u202fy\u2003z",
]

#: Texts in which each character means something to somebody.
PIECES: Final = (
    "< > & \" ' ` * _ ~ ^ $ % # @ ! ? = + - -- --- . .. ... , ; : :: / \\ | ( ) [ ] { } {{ }} {% "
    "%} <!-- --> ]]> </ /> &lt; &#60; &amp; %s %(x)s {0} {raw} \\fB \\n \\\\ \\end{x} $x$ ]( ]: "
    "``` :ref: `_ |x| __ javascript: https://x data: <b> </b> <script> onload= a b Z 0 日 語 é 😀"
).split(" ")


def _is_kept(text: str) -> bool:
    """Whether reading changes nothing of it: blanks around a text are no part of it."""
    return bool(text) and text == text.strip()


#: Anything visible; what is not is refused, or taken out, when a file is read.
VISIBLE: Final = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"]), max_size=60
)
MARKUP: Final = st.lists(st.sampled_from([*PIECES, " "]), max_size=20).map("".join)
TEXTS: Final = (VISIBLE | MARKUP).map(lambda text: text[:60].strip()).filter(_is_kept)
#: Enough of them that no list of an event has the same text twice.
POOLS: Final = st.lists(TEXTS, min_size=19, max_size=19, unique_by=str.casefold)


def examples(number: int) -> settings:
    """So many sites, always the same; one that fails is shown as it is."""
    return settings(
        max_examples=number,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


QUICK: Final = settings(max_examples=300)

# An event in which every text of the model is filled

#: Gives the text of a field, such as ``Person.name``.
Fill = Callable[[str], str]
Data = dict[str, Any]

HOST: Final = "https://site.example/"
#: What has no text of its own, or not any text.
UNFILLED: Final = frozenset(
    # Addresses, files and ids: below.
    "id old_ids url archived path image logo logo_dark logo_url maps "
    # Closed sets, numbers and dates: below.
    "format status capacity attendance date start_date end_date start end duration timezone "
    "language slides_language kind seen visibility attendance_mode color latitude longitude "
    "published updated "
    # What has texts in it.
    "venue organizers supporters sponsors sponsor_tiers reporters participants recipients speakers "
    "links slides videos sessions files days tracks slots groups media_partners members rooms "
    "children".split()
)
#: What may have markup: below.
MARKDOWN: Final = frozenset(
    f"{kind}.description" for kind in "Day Event Group Session Slot SponsorTier Track".split()
)
#: A number, where the key of another kind is a text.
NUMBER: Final = "SponsorTier.level"


def address(fill: Fill) -> str:
    """Whatever stands between the host and the end, which tell the name of a link."""
    return f"{HOST}{fill('address')}/"


def person(fill: Fill) -> Data:
    keys = ("name", "reading", "affiliation", "job_title", "role")
    aliases = [fill("Person.aliases"), fill("Person.aliases")]
    texts = {key: fill(f"Person.{key}") for key in keys}
    links = [address(fill), {"url": address(fill), "title": fill("Resource.title")}]
    return {"url": address(fill), **texts, "aliases": aliases, "links": links}


def venue(fill: Fill) -> Data:
    return {key: fill(f"Venue.{key}") for key in ("name", "address", "locality")} | {
        "url": address(fill)
    }


def organization(fill: Fill, **more: str) -> Data:
    return {"name": fill("Organization.name"), **more}


def resources(fill: Fill) -> list[Data]:
    """One of each kind."""

    def titled(*texts: str, **more: str) -> Data:
        return {key: fill(f"Resource.{key}") for key in ("title", *texts)} | more

    return [
        titled(url=address(fill), start="12:34", language="en"),
        titled(path="handout.pdf"),
        titled("text", status="later"),
        titled("text", status="gone", url=address(fill), archived=address(fill)),
    ]


def session(fill: Fill, identifier: str) -> Data:
    return {
        "id": identifier,
        "title": fill("Session.title"),
        "speakers": [{"name": fill("Person.name")}],
        "slides": resources(fill)[0],
    }


def full_session(fill: Fill, identifier: str) -> Data:
    return session(fill, identifier) | {
        "description": "Harmless.",
        "speakers": [person(fill), {"name": fill("Person.name")}],
        "date": "2020-01-02",
        "start": "10:00",
        "room": fill("Session.room"),
        "venue": venue(fill),
        "subtitle": fill("Session.subtitle"),
        "kind_text": fill("Session.kind_text"),
        "track": fill("Session.track"),
        "level": fill("Session.level"),
        "status": "moved",
        "status_text": fill("Session.status_text"),
        "children": [session(fill, f"{identifier}-child")],
        "topics": [fill("Session.topics"), fill("Session.topics")],
        "slides": resources(fill),
        "videos": resources(fill)[0],
        "links": resources(fill)[0],
    }


def attachment(fill: Fill, **more: str) -> Data:
    texts = ("name", "size", "uploader", "description")
    return {key: fill(f"Attachment.{key}") for key in texts} | more


def event(fill: Fill) -> Data:
    tiers = [
        {
            "name": fill("SponsorTier.name"),
            "description": "Harmless.",
            "sponsors": [
                organization(fill, **more)
                | {
                    "badges": [fill("Organization.badges")],
                    "description": fill("Organization.description"),
                },
                organization(fill, url=address(fill)),
            ],
        }
        for more in ({"logo": "logo.png"}, {})
    ]
    return {
        "name": fill("Event.name"),
        "title": fill("Event.title"),
        "date": "2020-01-02",
        "date_text": fill("Event.date_text"),
        "timezone": "Asia/Tokyo",
        "series": fill("Event.series"),
        "status": "moved",
        "status_text": fill("Event.status_text"),
        "days": [{"date": "2020-01-02", "name": fill("Day.name"), "description": "Harmless."}],
        "attendance_text": fill("Event.attendance_text"),
        "purpose": fill("Event.purpose"),
        "visibility_text": fill("Event.visibility_text"),
        "recipients": [person(fill)],
        "license": fill("Event.license"),
        "media_partners": [organization(fill)],
        "groups": [{"name": fill("Group.name"), "members": [organization(fill)]}],
        "tracks": [{"name": fill("Track.name"), "description": "Harmless."}],
        "slots": [{"title": fill("Slot.title"), "room": fill("Slot.room"), "start": "9:00"}],
        "venue": venue(fill)
        | {"rooms": [{"name": fill("Room.name"), "description": fill("Room.description")}]},
        "url": address(fill),
        "hashtag": fill("Event.hashtag"),
        "capacity_text": fill("Event.capacity_text"),
        "organizers": [organization(fill, url=address(fill)), organization(fill)],
        "supporters": [organization(fill)],
        "sponsors": [organization(fill)],
        "sponsor_tiers": tiers,
        "reporters": [person(fill)],
        "participants": [{"name": fill("Person.name")}],
        "topics": [fill("Event.topics"), fill("Event.topics")],
        "description": "Harmless.",
        "links": resources(fill),
        "sessions": [
            full_session(fill, "home"),
            session(fill, "facts"),
            session(fill, "card"),
        ],
        "files": [
            attachment(fill, path="handout.pdf"),
            attachment(fill, url=address(fill)),
            attachment(fill, date="2020-01-02"),
        ],
    }


def short_event(fill: Fill) -> Data:
    """What an event has one of, and little else: so there may be many of them."""
    return {
        "name": fill("Event.name"),
        "date": "2020-01-02",
        "date_text": fill("Event.date_text"),
        "venue": fill("Venue.name"),
        "hashtag": fill("Event.hashtag"),
        "capacity_text": fill("Event.capacity_text"),
        "sponsor_tiers": {"name": fill("SponsorTier.name"), "sponsors": fill("Organization.name")},
        "sessions": [{"id": "home", "title": fill("Session.title"), "room": fill("Session.room")}],
    }


PAGE: Final = """
# Report

{{event:event}}`{id}`, {{event:session}}`home`, {{event:session}}`card`, [](#{id}/facts), [](#{id}).

```{{event:info}}
```

## Sponsors

```{{event:sponsors}}
:roles: organizers supporters sponsors media_partners groups
```

## Schedule

```{{event:schedule}}
```

## Sessions

```{{event:sessions}}
```

```{{event:slides}}
```

## Home

```{{event:session}} home
```

### Facts

```{{event:session}} facts
```

## Files

```{{event:files}}
```
"""
SHORT_PAGE: Final = """
# Report

{{event:event}}`{id}`, {{event:session}}`home`

```{{event:report}}
:parts: info sponsors sessions
```
"""
REPORT: Final = """
# All of it

```{event:report}
:parts: info sponsors schedule sessions slides files
```
"""
INDEX: Final = """
# Site

```{toctree}
events/years/index
events/event-000/all
```

```{event:list}
```

{event:event}`event-000`, {event:session}`event-000/home`
"""
#: The smallest picture that there is.
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)

_MARK: Final = re.compile(r"zq(\d{5})zq")


def _as_shown(field: str, text: str) -> str:
    if field == "address":
        return text
    # Letters and their marks are shown as one.
    text = unicodedata.normalize("NFC", text)
    return text.lstrip("#") if field == "Event.hashtag" else text


def _as_address(text: str) -> str:
    """The text without what no address may have: blanks, and the slash that leans back."""
    return "".join(text.split()).replace("\\", "/")


class Fields:
    """Gives each field a text of the pool, each time the next; without a pool, a mark.

    So after as many events as there are texts, each text has stood in each field.
    """

    def __init__(self, pool: Sequence[str] = ()) -> None:
        self.pool = pool
        #: What is to be seen in the place of each mark, and of which field it is.
        self.shown: list[tuple[str, str]] = []
        self._next: dict[str, int] = {}

    def __call__(self, field: str) -> str:
        # The fields begin at different texts, lest an event's texts be all the same.
        place = self._next.setdefault(field, 7 * len(self._next))
        self._next[field] += 1
        text = self.pool[place % len(self.pool)] if self.pool else f"zq{len(self.shown):05}zq"
        if field == "address":
            text = _as_address(text)
        self.shown.append((field, _as_shown(field, text)))
        return text

    @property
    def names(self) -> set[str]:
        return set(self._next)

    def of(self, *wanted: str) -> list[str]:
        """What is shown of some fields."""
        return [text for field, text in self.shown if field in wanted]

    def put_into(self, text: str, escape: Callable[[str], str] = str) -> str:
        """``text`` with the marks replaced."""
        return _MARK.sub(lambda mark: escape(self.shown[int(mark[1])][1]), text)


def test_every_text_of_the_model_is_tried() -> None:
    """A field that is added to the model is added here."""
    fields = Fields()
    event(fields)
    entities = model.ENTITIES
    known = {f"{kind.__name__}.{key}" for kind in entities for key in kind.model_fields}
    unfilled = {field for field in known if field.partition(".")[2] in UNFILLED}
    assert fields.names - {"address"} == known - unfilled - MARKDOWN - {NUMBER}


# A site of such events

#: Whatever could make something of a text is switched on.
CONF: Final = """
project = "Site"
version = "1"
copyright = "2020, the authors"
extensions = ["myst_parser", "eventreports", "typstprint"]
exclude_patterns = ["_build"]
locale_dirs = ["locale"]
smartquotes = True
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "html_admonition", "html_image", "replacements", "smartquotes", "strikethrough",
    "substitution", "tasklist",
]
myst_substitutions = {"substituted": "**SUBSTITUTED**"}
# Their names come of names: tests/eventreports/test_subject_pages.py.
eventreports_subject_pages = False
myst_heading_anchors = 3
rst_epilog = ".. |substituted| replace:: SUBSTITUTED"
# A text may well have a letter that no font has.
suppress_warnings = [
    "event.heading", "event.unknown-name", "myst.strikethrough", "typstprint.font"
]
man_pages = [("index", "book", "Book", ["A"], 1)]
man_show_urls = True
latex_documents = [("index", "book.tex", "Book", "A", "manual")]
latex_show_urls = "footnote"
epub_show_urls = "inline"
texinfo_documents = [("index", "book", "Book", "A", "book", "Book")]
"""


def yaml_of(data: Data) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def new_site(folder: Path) -> Site:
    folder.mkdir(parents=True)
    site = Site(folder)
    site.write({"conf.py": CONF, "index.md": INDEX, "events/event-000/all.md": REPORT})
    return site


def write_event(site: Site, number: int, data: Data, page: str = PAGE) -> None:
    name = f"event-{number:03}"
    folder = site.folder / "events" / name
    if not (folder / "event.yaml").exists():
        site.event(name, "", page.format(id=name))
        (folder / "logo.png").write_bytes(PNG)
        (folder / "handout.pdf").write_bytes(bytes(1_234_567))
    (folder / "event.yaml").write_text(yaml_of(data), encoding="utf-8")


def build(site: Site, builder: str, **conf: Any) -> Built:
    # Of a text that says wrongly for whom it is, too.
    all_of_it = {"eventreports_audience": "draft"}
    built = site.build(builder, **{"language": "en", **all_of_it, **conf})
    # A text may well be an odd name; nobody else has reason to say anything of it.
    assert [line for line in built.warnings if "[event." not in line] == []
    return built


# What builders make, taken apart

#: What stands in a file, in order; the kind of each step is its first character.
Shape = list[str]
#: The shape of each file, by its name.
Shapes = dict[str, Shape]


class _HtmlShape(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shape: Shape = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape += [f"<{tag}>", *(f"@{name}={value}" for name, value in attrs)]

    def handle_endtag(self, tag: str) -> None:
        self.shape.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        said = self.shape.pop()[1:] if self.shape and self.shape[-1].startswith("=") else ""
        self.shape.append(f"={said}{data}")

    def handle_comment(self, data: str) -> None:
        self.shape.append(f"!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.shape.append(f"!{decl}")

    def handle_pi(self, data: str) -> None:
        self.shape.append(f"?{data}")

    def unknown_decl(self, data: str) -> None:
        self.shape.append(f"![{data}")


def html_shape(text: str) -> Shape:
    parser = _HtmlShape()
    # Where titles may break depends on what they say.
    parser.feed(re.sub(r'<wbr />| class="event-phrases"| event-phrases\b', "", text))
    parser.close()
    return without_derived(parser.shape)


def without_derived(shape: Shape) -> Shape:
    """Leave out what depends on what a text says: initials, where a description ends, languages."""
    initials = ["@class=event-initials", "@aria-hidden=true"]
    kept = [
        "=" if shape[max(0, at - 2) : at] == initials else step for at, step in enumerate(shape)
    ]
    kept = [step for step in kept if not step.startswith("@lang=")]
    return ["@content=" if step.startswith("@content=") else step for step in kept]


def xml_shape(text: str) -> Shape:
    """Of what is well-formed; anything else is an error."""

    def steps(element: ElementTree.Element) -> Iterator[str]:
        if element.tag == "index":  # of entries, as Python writes them
            return
        yield f"<{element.tag}>"
        yield from (f"@{name}={value}" for name, value in element.attrib.items())
        yield f"={element.text or ''}"
        for child in element:
            yield from steps(child)
            yield f"={child.tail or ''}"

    return list(steps(ElementTree.fromstring(text)))


def line_shape(text: str) -> Shape:
    return [line for line in text.split("\n") if not line.lstrip().startswith("<index ")]


def plain_shape(text: str) -> Shape:
    """Lines of plain text, in which the number of blanks and the length of rules say nothing."""
    rule = re.compile(r"[+|]([-=]+[+|])+")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return ["----" if rule.fullmatch(line) else line for line in lines]


#: What is a character in a manual page, or nothing at all.
_ROFF: Final = {
    "e": "\\",
    "-": "-",
    "(aq": "'",
    "(ga": "`",
    "(dq": '"',
    "'": "´",
    "(dg": "†",
    " ": "\u00a0",
    "&": "",
    ":": "",
    "%": "",
}


def roff_shape(text: str) -> Shape:
    """The requests, and the lines of text with their escapes resolved."""

    def resolved(match: re.Match[str]) -> str:
        # Fonts, and whatever else is no character, are structure.
        return _ROFF.get(match[1], f"\0{match[1]}")

    def step(line: str) -> str:
        kind = "." if line.startswith((".", "'")) else "="
        return kind + re.sub(r"\\(\(..|f.|.)", resolved, line)

    return [step(line) for line in text.split("\n")]


def _as_in_links(text: str) -> str:
    """In addresses LaTeX has some characters as they are."""
    characters = {
        r"\textasciitilde{}": "~",
        r"\sphinxhyphen{}": "-",
        r"\textquotesingle{}": "'",
    }
    for escaped, character in characters.items():
        text = text.replace(escaped, character)
    return text


def latex_shape(text: str) -> Shape:
    """Lines, without the entries of the index: there Sphinx escapes what an index needs, too."""
    return _as_in_links(re.sub(r"\\index\{.*", "", text)).split("\n")


def latex(text: str) -> str:
    return _as_in_links(texescape.escape(text, "pdflatex"))


def _as_in_arguments(text: str) -> str:
    """Arguments of Texinfo's commands have neither commas nor colons nor rows of blanks."""
    return " ".join(text.replace("@comma{}", ",").replace(":", ";").split())


def texinfo_shape(text: str) -> Shape:
    lines = (line for line in text.split("\n") if not line.startswith("@geindex"))
    return [_as_in_arguments(line) for line in lines]


def texinfo(text: str) -> str:
    escaped = re.sub(r"[@{}]", r"@\g<0>", text)
    return _as_in_arguments(escaped.replace("``", "`@w{`}").replace("''", "'@w{'}"))


def typst_shape(text: str) -> Shape:
    """Lines; a code's picture is named for its address; how long a text is tells where it may
    break, whether it is justified, and whether what it stands in stays whole, and close to what
    is below, and how wide its column is; its last letter, how far code stands off. Which letters
    no font has is said before all.

    The index at the end is in the order of its names.
    """
    plain = re.sub(r"/qr-[0-9a-f]{16}\.svg", "/qr.svg", composed(text))
    plain = plain.replace("ragged: true, ", "")
    plain = re.sub(r'breakable\((".*")\)', r"\1", plain).replace('"\n"', "")
    plain = re.sub(r'\(\d+, \((?:"(?:[^"\\]|\\.)*", )*\), \), ', "auto, ", plain)
    plain = re.sub(r", shared: \d+%", "", plain)
    plain = plain.replace("whole: true", "whole: false").replace("cjk-gap()\n", "")
    plain = re.sub(r'#show regex\("[^"]*"\): missing-character\n', "", plain)
    plain = plain.replace("close: true, ", "").replace("leads: true, ", "")
    return plain.partition("index-of(")[0].split("\n")


def of_files(pattern: str, shape: Callable[[str], Shape]) -> Callable[[Built], Shapes]:
    def read(built: Built) -> Shapes:
        # The twins stand in folders of their own.
        here = str(built.app.srcdir)
        names = (path.relative_to(built.outdir) for path in built.outdir.rglob(pattern))
        return {
            name.as_posix(): shape(built.text(str(name)).replace(here, ""))
            for name in sorted(names)
            # In the order of its names, by their letters: see the test of its own.
            if "genindex" not in name.as_posix()
        }

    return read


def of_book(built: Built) -> Shapes:
    (path,) = built.outdir.glob("*.epub")
    with zipfile.ZipFile(path) as book:
        kinds = (".xhtml", ".opf", ".ncx")
        names = [one for one in book.namelist() if one.endswith(kinds) and "genindex" not in one]
        texts = {name: book.read(name).decode() for name in names}
    now = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z")
    # Addresses are written as RFC 3986 has them.
    return {
        name: [unquote(line) if line.startswith("@href=http") else line for line in shape]
        for name, shape in ((name, xml_shape(now.sub("", text))) for name, text in texts.items())
    }


_read_html: Final = of_files("*.html", html_shape)
#: How what a builder makes is read, and how it writes a text.
BUILDERS: Final[Mapping[str, tuple[Callable[[Built], Shapes], Callable[[str], str]]]] = {
    "html": (_read_html, str),
    "dirhtml": (_read_html, str),
    "singlehtml": (_read_html, str),
    "epub": (of_book, str),
    "xml": (of_files("*.xml", xml_shape), str),
    "pseudoxml": (of_files("*.pseudoxml", line_shape), str),
    "text": (of_files("*.txt", plain_shape), lambda text: " ".join(text.split())),
    "man": (of_files("*.1", roff_shape), str),
    "latex": (of_files("*.tex", latex_shape), latex),
    "texinfo": (of_files("*.texi", texinfo_shape), texinfo),
    "gettext": (of_files("*.pot", line_shape), str),
    "typstprint-src": (of_files("*.typ", typst_shape), lambda text: string(composed(text))[1:-1]),
}


def assert_same(expected: Shapes, found: Shapes) -> None:
    """As ``==``, saying where the first difference is."""
    assert list(expected) == list(found)
    for name, shape in found.items():
        for place, (one, other) in enumerate(zip_longest(expected[name], shape)):
            if one != other:
                before = shape[max(0, place - 3) : place]
                pytest.fail(f"{name}: after {before}\nexpected {one!r}\nfound    {other!r}")


class Twins:
    """A site of marks, and sites of the same shape with the texts that are tried."""

    def __init__(
        self, folder: Path, number: int, make: Callable[[Fill], Data] = event, page: str = PAGE
    ) -> None:
        self.folder = folder
        self.number = number
        self.make = make
        self.page = page
        self._written: dict[tuple[str, ...], tuple[Site, Fields]] = {}
        self._of_marks: dict[tuple[str, str], Shapes] = {}

    def written(self, pool: Sequence[str] = (), kind: str = "") -> tuple[Site, Fields]:
        """The site of these texts, and which of them is where."""
        key = (kind, *pool)
        if key not in self._written:
            site, fields = new_site(self.folder / f"site-{len(self._written)}"), Fields(pool)
            for number in range(self.number):
                write_event(site, number, self.make(fields), self.page)
            self._written[key] = (site, fields)
        return self._written[key]

    def compare(self, builder: str, pool: Sequence[str], language: str = "en") -> None:
        """The structure is the same, and each text where its mark is."""
        read, escape = BUILDERS[builder]
        # Doctrees for translators are others than those for readers.
        kind = f"{builder}-{language}" if builder == "gettext" else language
        if (builder, language) not in self._of_marks:
            site, _marks = self.written((), kind)
            self._of_marks[builder, language] = read(build(site, builder, language=language))
        site, fields = self.written(pool, kind)
        found = read(build(site, builder, language=language))
        expected = {
            name: [fields.put_into(step, escape) for step in shape]
            for name, shape in self._of_marks[builder, language].items()
        }
        assert_same(expected, found)


@pytest.fixture(autouse=True)
def unwrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of plain text are as long as they are: where they end depends on what they say."""

    def my_wrap(text: str, *_width: object, **_how: object) -> list[str]:
        return [" ".join(text.split())]

    monkeypatch.setattr(text_writer, "my_wrap", my_wrap)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    return Twins(tmp_path_factory.mktemp("several"), 3)


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    return Twins(tmp_path_factory.mktemp("single"), 1)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    """As many as there are attacks."""
    return Twins(tmp_path_factory.mktemp("many"), len(ATTACKS), short_event, SHORT_PAGE)


@pytest.mark.matrix
@pytest.mark.slow
@pytest.mark.parametrize("builder", BUILDERS)
def test_attacks_are_text(several: Twins, builder: str) -> None:
    several.compare(builder, ATTACKS)


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "latex", "man"])
def test_each_attack_in_each_field_is_text(many: Twins, builder: str) -> None:
    """In Japanese: all else here is in English."""
    many.compare(builder, ATTACKS, "ja")


@pytest.mark.matrix
@pytest.mark.slow
@pytest.mark.parametrize("builder", "html epub xml text man latex texinfo typstprint-src".split())
def test_any_text_is_text(single: Twins, builder: str) -> None:
    """For each builder the same texts: a site is read once for all of them."""

    @examples(4)
    @given(POOLS)
    def check(pool: list[str]) -> None:
        single.compare(builder, pool)

    check()


@pytest.mark.slow
def test_in_the_index_names_are_text(several: Twins) -> None:
    site, fields = several.written(ATTACKS, "en")
    page = html_shape(build(site, "html").text("genindex.html"))
    marks, _fields = several.written((), "en")
    plain = html_shape(build(marks, "html").text("genindex.html"))
    # No element but those that it has anyhow, and each name is there.
    assert vocabulary({"": page}) <= vocabulary({"": plain})
    said = {" ".join(step[1:].split()) for step in page if step.startswith("=")}
    names = {" ".join(text.replace(";", ",").split()) for text in fields.of("Person.name")}
    spoke = {name for name in names if name in said}
    assert len(spoke) > 5
    assert_safe(links({"": page}))


# LaTeX: that the escaped form is no markup is not taken on trust

texescape.init()
_TEX_ESCAPES: Final = re.compile(
    r"\\(text[a-z]+|sphinxhyphen|PYGZ[a-z]+|P|S){}|\\[$%&#_{}]|{[][]}|\\\((\\[a-z]+|[{}0-9])+\\\)"
)


def test_what_latex_is_given_has_no_markup_of_its_own() -> None:
    @QUICK
    @given(st.sampled_from(ATTACKS) | TEXTS, st.sampled_from(["pdflatex", "lualatex"]))
    def check(text: str, engine: str) -> None:
        rest = _TEX_ESCAPES.sub("", texescape.escape(text, engine))
        assert set(rest).isdisjoint("\\{}$%&#_^~")

    check()


# Translators and typography


def test_nothing_of_the_data_is_for_translators(single: Twins) -> None:
    site, fields = single.written((), "gettext-en")
    build(site, "gettext")
    catalogs = (site.folder / "_build" / "gettext").glob("*.pot")
    said = "".join(path.read_text(encoding="utf-8") for path in catalogs)
    assert "All of it" in said
    assert "Harmless." not in said
    assert [text for _field, text in fields.shown if text in said] == []


def po(messages: Mapping[str, str]) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    pairs = (f"msgid {json.dumps(key)}\nmsgstr {json.dumps(to)}\n" for key, to in messages.items())
    return "\n".join((head, *pairs))


def test_no_catalog_changes_the_data(single: Twins) -> None:
    """Though it has the very words of the data."""
    site, fields = single.written((), "catalogs")
    before = _read_html(build(site, "html", language="de"))
    own = {"All of it": "Alles", "Sponsors": "Geldgeber"}
    data = {text: "TRANSLATED" for _field, text in fields.shown} | {"Harmless.": "TRANSLATED"}
    for name in ("index", "events", "sphinx"):
        site.write({f"locale/de/LC_MESSAGES/{name}.po": po(own | data)})
    found = _read_html(build(site, "html", language="de"))
    # The catalog is in use: the page's own words are others.
    assert "=Alles" in found["events/event-000/all.html"]
    expected = {name: [_put_into(step, own) for step in shape] for name, shape in before.items()}
    translated = {name: [_put_into(step, own) for step in shape] for name, shape in found.items()}
    assert_same(expected, translated)


def _put_into(step: str, words: Mapping[str, str]) -> str:
    for word, other in words.items():
        step = step.replace(word, other)
    return step


# What programs read: search, and other sites


def index_of(built: Built) -> dict[str, Any]:
    text = built.text("searchindex.js")
    assert text.startswith("Search.setIndex(")
    assert text.rstrip().endswith(")")
    found: dict[str, Any] = json.loads(text.rstrip()[len("Search.setIndex(") : -1])
    return found


@pytest.mark.slow
def test_the_search_index_has_names_as_text(many: Twins) -> None:
    marks, _fields = many.written((), "ja")
    of_marks = index_of(build(marks, "html", language="ja"))
    site, fields = many.written(ATTACKS, "ja")
    found = index_of(build(site, "html", language="ja"))
    assert list(found) == list(of_marks)
    depends_on_data = ("objects", "terms")
    for key in of_marks.keys() - set(depends_on_data):
        assert found[key] == of_marks[key], key
    names = [
        f"{prefix}.{name}" if prefix else name
        for prefix, objects in found["objects"].items()
        for *_place, name in objects
    ]
    # Search takes what stands before the last dot for a module; without any, it drops the dot.
    texts = map(html.escape, fields.of("Event.name", "Session.title"))
    wanted = (text if text.rpartition(".")[0] else text.removeprefix(".") for text in texts)
    assert sorted(names) == sorted(wanted)
    assert all(isinstance(pages, int | list) for pages in found["terms"].values())


def inventory_of(built: Built) -> dict[tuple[str, str], tuple[str, str]]:
    """Where each object is, and what it is called."""
    data = (built.outdir / "objects.inv").read_bytes()
    found = InventoryFile.loads(data, uri="").data
    return {
        (kind, name): (item.uri, item.display_name)
        for kind, items in found.items()
        for name, item in items.items()
        if kind.startswith("event:")
    }


@pytest.mark.slow
def test_the_inventory_has_names_as_text(many: Twins) -> None:
    marks, _fields = many.written((), "ja")
    of_marks = inventory_of(build(marks, "html", language="ja"))
    site, fields = many.written(ATTACKS, "ja")
    found = inventory_of(build(site, "html", language="ja"))
    assert {key: uri for key, (uri, _name) in found.items()} == {
        key: uri for key, (uri, _name) in of_marks.items()
    }
    assert {key: name for key, (_uri, name) in found.items()} == {
        key: fields.put_into(name) for key, (_uri, name) in of_marks.items()
    }


LINE_ENDS: Final = ["\n", "\r", "\r\n", "\v", "\f", "\x1e", "\x85", "\u2028", "\u2029"]


def test_no_line_of_a_name_is_an_entry_of_its_own(tmp_path: Path) -> None:
    """Neither in the inventory nor in the log."""
    site = new_site(tmp_path / "site")
    site.write({"index.md": ODD_INDEX})
    ids = [f"event-{number:03}" for number in range(len(LINE_ENDS))]
    for name, end in zip(ids, LINE_ENDS, strict=True):
        evil = f"evil-{ord(end[0])}"
        said = f"X{end}{evil} event:event 1 https://evil.example/ -"
        date = f"2020{end}{evil}:1:1: wrong [event.date]"
        # As JSON every character arrives, by its number.
        site.event(name, json.dumps({"name": said, "date": date}), ODD_PAGE.format())
    built = build(site, "html")
    assert [name for _kind, name in inventory_of(built)] == ids
    assert [line for line in built.warnings if line.startswith("evil")] == []


# Anything anywhere: what is no address, date or id, and keys that nobody knows


MARKDOWN_SAMPLE: Final = """\
*x* **y** `z` [w](https://site.example/) <https://site.example/>

- a
  - b

3. c

> d

```
code
```

\\
a\\
b
"""


def rich_event(fill: Fill) -> Data:
    """All that may stand on a page, also where something is missing."""
    data = event(fill)
    data["links"] += [{"path": "missing.pdf", "title": "x"}, {"status": "not-shared"}]
    data["files"] += [{"path": "missing.pdf", "name": "x"}]
    data["sessions"][0]["track"] = data["tracks"][0]["name"]
    # What a value that is not known counts as.
    data["visibility"] = "draft"
    for described in (data, data["sessions"][0], data["sponsor_tiers"][0]):
        described["description"] = MARKDOWN_SAMPLE
    return data


#: Attributes that carry a text or an address, or number things.
_FREE: Final = frozenset(
    (
        *(
            "alt",
            "aria-label",
            "content",
            "data-title",
            "download",
            "href",
            "id",
            "src",
            "start",
            "title",
        ),
        # Of covers.
        *("cx", "cy", "d", "fill", "stroke", "stroke-dasharray", "stroke-width"),
    )
)


def vocabulary(shapes: Shapes) -> set[str]:
    """The elements, attributes and classes of pages."""
    found = set()
    for step in (step for shape in shapes.values() for step in shape):
        name, _is, value = step.partition("=")
        if name == "@class":
            found |= {f"class {word}" for word in value.split()}
        elif name == "@style" and re.fullmatch(r"--event-[a-z]+: (#[0-9a-f]{6}|\d+)", value):
            found.add("@style, a colour or a number")
        elif name[:1] == "@":
            found.add(name if name[1:] in _FREE else step)
        elif name:
            found.add(step)
    return found


def links(shapes: Shapes) -> set[str]:
    steps = (step for shape in shapes.values() for step in shape)
    named = (step.partition("=") for step in steps if step.startswith("@"))
    return {value for name, _is, value in named if name in ("@href", "@src")}


def assert_safe(links: set[str]) -> None:
    """As a browser reads them: it leaves out blanks and controls, and turns slashes."""
    for link in links:
        read = re.sub(r"[\x00-\x20]", "", link).replace("\\", "/").lower()
        assert not read.startswith("//"), link
        scheme = re.match(r"[^/?#]*:", read)
        assert scheme is None or scheme[0] in ("http:", "https:", "mailto:"), link


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Whatever may stand on a page: what is on those of a rich event, and all classes of ours."""
    site, _marks = Twins(tmp_path_factory.mktemp("rich"), 1, rich_event).written()
    site.event("renamed", "name: R\nold_ids: [former]\n")
    styles = (ROOT / "_ext/eventreports/static/eventreports.css").read_text(encoding="utf-8")
    classes = {f"class {name}" for name in re.findall(r"\.(event-[a-z-]+)", styles)}
    return vocabulary(_read_html(build(site, "html"))) | classes


def assert_tame(found: Shapes, known: set[str]) -> None:
    """Nothing is on the pages but what may be, and no link leads astray."""
    assert vocabulary(found) - known == set()
    assert_safe(links(found))


def odd_event(fill: Fill) -> Data:
    """A text for every key, whatever should stand there, and for every short form."""

    def keys(entity: type[Entity]) -> Data:
        return {key: fill(f"{entity.__name__}.{key}") for key in entity.model_fields}

    def both(entity: type[Entity]) -> list[Any]:
        return [fill(entity.__name__), keys(entity), {fill("key"): fill("value")}]

    resources, people = both(model.Resource), both(model.Person)
    session = {"slides": resources, "videos": resources, "links": resources, "speakers": people}
    return {
        **keys(model.Event),
        fill("key"): fill("value"),
        "name": {"en": fill("Event.name"), fill("language"): fill("Event.name")},
        "venue": keys(model.Venue),
        "organizers": both(model.Organization),
        "sponsor_tiers": [keys(model.SponsorTier), {"sponsors": both(model.Organization)}],
        "groups": [keys(model.Group), {"members": both(model.Organization)}],
        "tracks": both(model.Track),
        "days": both(model.Day),
        "slots": both(model.Slot),
        "reporters": people,
        "links": resources,
        "sessions": [
            *both(model.Session),
            {**keys(model.Session), **session},
            {"title": fill("Session.title"), "children": both(model.Session)},
        ],
        "files": both(model.Attachment),
    }


#: Without references: events and sessions may have other ids than the page thinks.
ODD_PAGE: Final = "# Report\n" + REPORT.partition("\n\n")[2].replace("{", "{{").replace("}", "}}")
ODD_INDEX: Final = INDEX.partition("{event:event}")[0]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    return Twins(tmp_path_factory.mktemp("odd"), 6, odd_event, ODD_PAGE)


@pytest.mark.slow
def test_attacks_where_no_text_belongs_do_nothing(odd: Twins, known: set[str]) -> None:
    site, _fields = odd.written(ATTACKS)
    site.write({"index.md": ODD_INDEX})
    assert_tame(_read_html(build(site, "html")), known)
    # What cannot be parsed is an error.
    of_book(build(site, "epub"))


@pytest.mark.slow
def test_any_text_where_no_text_belongs_does_nothing(odd: Twins, known: set[str]) -> None:
    site = new_site(odd.folder / "any")
    site.write({"index.md": ODD_INDEX})

    @examples(4)
    @given(POOLS)
    def check(pool: list[str]) -> None:
        for number in range(2):
            write_event(site, number, odd_event(Fields(pool[number:])), ODD_PAGE)
        assert_tame(_read_html(build(site, "html")), known)

    check()


BROKEN: Final = [
    f'name: "<script>{CANARY}</script>',
    f"name: [<img src=x onerror={CANARY}>",
    f"- <script>{CANARY}</script>",
    f"<script>{CANARY}</script>",
    f"name: x\n<script>{CANARY}</script>\nvenue: y",
    "name: *<b>x</b>",
    "name: !<b>x</b> y",
    "name: !!python/object/apply:os.system ['x']",
    "%<b>x</b>\n---\nname: x",
    "name: x\n--- <b>y</b>\nname: z",
    "{{ name }}: [x]",
    'name: "\\u0000<b>"',
    'name: "\\ud800<b>"',
    "'<b>': &<b>x</b> *y",
    f"<b>x</b>: {{'<i>y</i>': <script>{CANARY}</script>}}",
]


def test_broken_files_are_reported_of_in_words(tmp_path: Path, known: set[str]) -> None:
    site = new_site(tmp_path / "site")
    site.write({"index.md": ODD_INDEX})
    for number, broken in enumerate(BROKEN):
        site.event(f"event-{number:03}", broken, ODD_PAGE.format())
    found = _read_html(build(site, "html"))
    assert_tame(found, known | {"class event-fault"})


# Addresses

NO_ADDRESSES: Final = [
    f"javascript:{CANARY}",
    f"JaVaScRiPt:{CANARY}",
    f" javascript:{CANARY}",
    f"\tjavascript:{CANARY}",
    f"java\tscript:{CANARY}",
    f"java\nscript:{CANARY}",
    f"\x01javascript:{CANARY}",
    f"\u200bjavascript:{CANARY}",
    f"javascript&colon;{CANARY}",
    f"&#106;avascript:{CANARY}",
    f"javascript%3A{CANARY}",
    f"javascript://site.example/%0A{CANARY}",
    f"\uff4aavascript:{CANARY}",
    f"https:javascript:{CANARY}",
    f"view-source:javascript:{CANARY}",
    f"vbscript:{CANARY}",
    f"data:text/html,<script>{CANARY}</script>",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "blob:https://evil.example/x",
    "file:///etc/passwd",
    "ftp://evil.example/",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "/etc/passwd",
    "../../conf.py",
    "https:///x",
    "https://",
    "https:\\\\evil.example",
    "https://evil.example\\@site.example/",
    "https://site.example/ x",
    'https://site.example/" onclick="x',
    "https://site.example/\nx",
    "https://[x/",
    "mailto:",
    "x:y",
    ":",
    "#",
    "?x",
]


def linked_event(url: str) -> Data:
    """An event with the address in each place that takes one, or a path."""
    person = {"name": "x", "url": url}
    resources = [url, {"url": url}, {"path": url}, {"url": url, "status": "gone"}]
    resources += [{"url": f"{HOST}x", "archived": url}]
    session = {"speakers": person, "slides": resources, "videos": url, "links": url}
    return {
        "name": "x",
        "url": url,
        "venue": {"name": "x", "url": url},
        "organizers": person,
        "supporters": person,
        "sponsors": [person, {"name": "y", "logo": url}],
        "reporters": person,
        "participants": person,
        "recipients": person,
        "links": resources,
        "sessions": [{"title": "x", **session}],
        "files": [url, {"name": "y", "url": url}, {"name": "z", "path": url}],
    }


def addresses_in(data: Any) -> set[str | None]:
    """What stands under the keys for addresses, however deep."""
    if not isinstance(data, dict | list | tuple):
        return set()
    found: set[str | None] = set()
    if isinstance(data, dict):
        found = {data[key] for key in ("url", "archived") if key in data}
        data = list(data.values())
    return found.union(*map(addresses_in, data))


def outward(built: Built) -> set[str]:
    """Where pages lead, out of the site."""
    found = links(_read_html(built))
    outward = {link for link in found if re.match(r"[^/?#]*:|[/\\]{2}", link.strip())}
    # What the theme says of itself.
    return outward - {"https://www.sphinx-doc.org/"}


@pytest.mark.slow
def test_what_is_no_address_is_no_link(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    site.write({"index.md": ODD_INDEX})
    for number, url in enumerate(NO_ADDRESSES):
        write_event(site, number, linked_event(url), ODD_PAGE)
        facts = site.folder / f"events/event-{number:03}/event.yaml"
        loaded = loader.load(facts, site.folder).event
        assert loaded is not None
        assert addresses_in(loaded.model_dump()) == {None, f"{HOST}x"}, url
    built = build(site, "html")
    assert outward(built) == {f"{HOST}x"}
    assert not list(built.outdir.rglob("passwd"))


@pytest.mark.parametrize("url", ["https://evil.example\\@youtube.com/", "https:\\\\evil.example/"])
def test_an_address_that_browsers_read_otherwise_is_refused(tmp_path: Path, url: str) -> None:
    """Its words, which say where it leads, would not be true."""
    site = new_site(tmp_path / "site")
    site.event("x", yaml_of({"name": "X", "url": url}))
    loaded = loader.load(site.folder / "events/x/event.yaml", site.folder)
    assert loaded.event is not None
    assert loaded.event.url is None


# Files' names

FILE_NAMES: Final = [
    "x y",
    "x&y",
    "x'y",
    'x"y',
    f"<img src=x onerror={CANARY}>",
    "#x",
    "x#y",
    "100%",
    "%41",
    "?x=y",
    "$x^2$",
    "x}y{",
    "x_y~z",
    f"x javascript:{CANARY}",
    "x;y",
    "{{ x }}",
    "`x` *y*",
    "[x](y)",
    "|substituted|",
    "-x",
    "'x",
    "日本",
    "&amp;",
]


def write_files(site: Site, names: Sequence[str]) -> Site:
    """An event with files of such names."""
    logos = [{"name": f"x{n}", "logo": f"{name}.png"} for n, name in enumerate(names)]
    paths = [{"path": f"{name}.pdf"} for name in names]
    data: Data = {"name": "x", "sponsors": logos, "links": paths, "files": paths}
    write_event(site, 0, data, ODD_PAGE)
    site.write({"index.md": ODD_INDEX})
    for name in names:
        (site.folder / "events/event-000" / f"{name}.png").write_bytes(PNG)
        (site.folder / "events/event-000" / f"{name}.pdf").write_bytes(b"x")
    return site


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return write_files(new_site(tmp_path_factory.mktemp("files") / "site"), FILE_NAMES)


def test_files_of_any_name_are_found_and_their_names_are_text(files: Site, known: set[str]) -> None:
    built = build(files, "html")
    assert built.warnings == []
    found = _read_html(built)
    assert_tame(found, known)
    names = {name for name in links({"": found["events/event-000/index.html"]}) if "_" in name}
    local = {name for name in names if name.startswith(("../../_images/", "../../_downloads/"))}
    assert len(local) == 2 * len(FILE_NAMES)
    for name in local:
        assert (built.outdir / "events/event-000" / unquote(name)).is_file(), name
    said = [step[1:] for step in found["events/event-000/index.html"] if step.startswith("=")]
    assert {f"{name}.pdf" for name in FILE_NAMES} <= set(said)


def tex_words(text: str) -> set[str]:
    """The control sequences, and what opens a comment."""
    return set(re.findall(r"\\(?:[A-Za-z@]+|.)|(?<!\\)%(?=.)|\^\^", text))


def body_of(tex: str) -> str:
    return tex[tex.index(r"\begin{document}") :]


def is_balanced(tex: str) -> bool:
    plain = re.sub(r"\\.|(?<!\\)%.*", "", tex)
    return plain.count("{") == plain.count("}")


def test_files_of_any_name_are_no_latex(files: Site, tmp_path: Path) -> None:
    names = [f"x{number}" for number in range(len(FILE_NAMES))]
    plain = write_files(new_site(tmp_path / "site"), names)
    known, body = (body_of(build(one, "latex").text("book.tex")) for one in (plain, files))
    assert is_balanced(known)
    assert is_balanced(body)
    assert tex_words(_TEX_ESCAPES.sub("", body)) - tex_words(known) == set()
    # A name that is not escaped is in the way of TeX, also where it has no words of its own.
    pictures = re.findall(r"\\sphinxincludegraphics(?:\[width=\S*\])?{{(.*)}\.png}", body)
    assert len(set(pictures)) == len(FILE_NAMES)
    assert [name for name in pictures if re.search(r"[\\{}%#$&~^]", name)] == []


# Markdown: what may be, and no more

MARKDOWN_ATTACKS: Final = [
    *ATTACKS,
    *(
        f"[x]({url})\n\n[x](<{url}>)\n\n<{url}>\n\n[x][y]\n\n[y]: {url}"
        for url in NO_ADDRESSES
        # Of an invisible character alone the whole description would be refused.
        if "".join(url.split()).isprintable()
    ),
    *(f"![x]({url})" for url in ("x.png", f"{HOST}x.png", NO_ADDRESSES[0])),
    *(f"[![x]({url})]({url})" for url in ("x.png", NO_ADDRESSES[0])),
    f"[x](java&Tab;script:{CANARY})",
    f"[x](java&#10;script:{CANARY})",
    f"[x](&#1;javascript:{CANARY})",
    f"[x](\\javascript:{CANARY})",
    f"[x](javascript\\:{CANARY})",
    f'[x]({HOST} "<b>x</b>")',
    f'[x]({HOST} "\\" onclick=\\"{CANARY}")',
    f"[<b>x</b>]({HOST})",
    f"<x@site.example?body=<script>{CANARY}</script>>",
    f"[x](mailto:x@site.example?subject=%0d%0aBcc:y&body=<script>{CANARY}</script>)",
    "[x](conf.py)",
    "[x](../../conf.py)",
    "[](#home)",
    "[x](#home)",
    "[x](inv:#x)",
    "[x](project:x.md)",
    "<project:#home>",
    "<details>\n<summary>x</summary>\n\n*y*\n\n</details>",
    f"<div onclick={CANARY}>\n\n*x*\n\n</div>",
    '<img src="x.png" alt="x">',
    '<div class="admonition">\n<p>x</p>\n</div>',
    "<!-- x\n\n-->\n\ny",
    "```{raw} html\n<b>x</b>\n```",
    "```{raw} latex\n\\input{x}\n```",
    "```{include} conf.py\n```",
    "```{literalinclude} conf.py\n```",
    "```{eval-rst}\n.. raw:: html\n\n   <b>x</b>\n```",
    "```{image} x.png\n```",
    "```{note}\nx\n```",
    "```{event:list}\n```",
    "```{toctree}\nindex\n```",
    "```{math}\nx\n```",
    '```"><script>\nx\n```',
    "~~~{note}\nx\n~~~",
    ":::{note}\nx\n:::",
    "{raw}`<b>x</b>` {eval}`1` {doc}`index` {sub}`x` {math}`x`",
    "{{ substituted }}\n\n{{ env }}",
    "(x)=\n\ny",
    "# x\n\n## y\n\nz\n===\n\nw\n---",
    "---\nx: y\n---\n\nz",
    "***\n\n___",
    "% x\n\n+++\n\ny",
    "$$\nx\n$$\n\n$y$",
    "\\begin{align}\nx\n\\end{align}",
    "x[^1]\n\n[^1]: y",
    "x\n: y\n\n:z: w",
    "- [ ] x\n- [x] y",
    "~~x~~",
    "[x]{.y #z}\n\n{.y #z}\nw",
    "`x`{.y}\n\n![](x.png){width=1}",
    "| x | y |\n| --- | --- |\n| z | w |",
    "\"x\" -- 'y'... (c) (tm)",
    ".. raw:: html\n\n   <b>x</b>",
    ".so /etc/passwd",
    "x\n.so /etc/passwd\n'so /etc/passwd",
    "x\\\n.so /etc/passwd\\\n'so /etc/passwd",
    "*x*\n.so /etc/passwd",
    "```\n.so /etc/passwd\n'so /etc/passwd\n\n.so x\n```",
    "- .so /etc/passwd\n-  'so /etc/passwd\n1. .sp",
    "`.so /etc/passwd`\n`'so`",
    "> .so /etc/passwd\n> 'so /etc/passwd",
    "```\n\\end{sphinxVerbatim}\\input{x}\n\\fBx\\fP \\n(.k\n```",
    "`\\end{x}` `\\fB` `{` `}` `%`",
    "```\n</pre><script>window.pwned=1</script>\n```",
    "99999999999. x",
    "0. x\n1. y",
    "1) x\n2) y",
]

_LINES: Final = ["\n", "\n\n", "\\\n", "  \n", "    ", "- ", "1. ", "> ", "# ", "```\n", "(x)=\n"]
_LINKS: Final = ["[x](", "](", "[x]: ", "![", "[^1]", "<a href=", "{note}", ":::", "| x |\n| - |\n"]
MARKDOWN_PIECES: Final = st.sampled_from(PIECES) | st.sampled_from(_LINES) | st.sampled_from(_LINKS)
MARKDOWN_TEXTS: Final = (
    (st.lists(MARKDOWN_PIECES, max_size=25).map("".join) | VISIBLE).map(str.strip).filter(_is_kept)
)


def described_event(texts: Sequence[str]) -> Data:
    """Each text as the description of a tier; the first and the last elsewhere too."""
    tiers = [{"name": f"t{n}", "sponsors": "x", "description": t} for n, t in enumerate(texts)]
    sessions = [{"id": "home", "title": "Home", "description": texts[0]}]
    return {"name": "x", "description": texts[-1], "sessions": sessions, "sponsor_tiers": tiers}


DESCRIBED_PAGE: Final = """
# Page

```{{event:info}}
```

```{{event:sponsors}}
```

## Home

```{{event:session}} home
```

## More

The end.
"""


def outside_descriptions(shape: Shape) -> Shape:
    """The page without what the descriptions say."""
    kept: Shape = []
    depth = 0
    for place, step in enumerate(shape):
        if step == "<div>":
            opens = "event-description" in shape[place + 1]
            depth += 1 if depth or opens else 0
        if not depth:
            kept.append(step)
        if step == "</div>" and depth:
            depth -= 1
    return kept


class Described:
    """Sites that differ in their descriptions alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sites: dict[tuple[str, ...], Site] = {}

    def built(self, builder: str, texts: Sequence[str]) -> Built:
        if (key := tuple(texts)) not in self._sites:
            self._sites[key] = new_site(self.folder / f"site-{len(self._sites)}")
            self._sites[key].write({"index.md": ODD_INDEX})
            write_event(self._sites[key], 0, described_event(texts), DESCRIBED_PAGE)
        return build(self._sites[key], builder)

    def pages(self, builder: str, texts: Sequence[str]) -> Shapes:
        return BUILDERS[builder][0](self.built(builder, texts))


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Described:
    return Described(tmp_path_factory.mktemp("described"))


def check_html(described: Described, texts: Sequence[str], known: set[str]) -> None:
    found = described.pages("html", texts)
    assert_tame(found, known)
    tame = described.pages("html", ["Harmless."] * len(texts))
    outside = [
        {name: outside_descriptions(shape) for name, shape in shapes.items()}
        for shapes in (tame, found)
    ]
    assert_same(*outside)


def check_epub_and_xml(described: Described, texts: Sequence[str], _known: set[str]) -> None:
    """Well-formed, and of the same elements."""
    for builder in ("epub", "xml"):
        tame, found = (
            {word for word in vocabulary(described.pages(builder, said)) if word[0] == "<"}
            for said in ([MARKDOWN_SAMPLE], texts)
        )
        assert found - tame == set()


def requests(page: str) -> set[str]:
    """The first words of the lines that roff takes for requests."""
    return {line.split()[0] for line in page.split("\n") if re.match(r"[.']\s*\S", line)}


def check_man(described: Described, texts: Sequence[str], _known: set[str]) -> None:
    tame, found = (
        requests(described.built("man", said).text("book.1")) for said in ([MARKDOWN_SAMPLE], texts)
    )
    assert found - tame == set()


def check_latex(described: Described, texts: Sequence[str], _known: set[str]) -> None:
    tame, found = (
        body_of(described.built("latex", said).text("book.tex"))
        for said in ([MARKDOWN_SAMPLE], texts)
    )
    assert is_balanced(found)
    assert tex_words(_TEX_ESCAPES.sub("", found)) - tex_words(tame) == set()


CHECKS: Final = {
    "html": check_html,
    "epub-and-xml": check_epub_and_xml,
    "man": check_man,
    "latex": check_latex,
}


@pytest.mark.matrix
@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_attacks_in_markdown_do_nothing(
    described: Described, known: set[str], check: Callable[..., None]
) -> None:
    check(described, MARKDOWN_ATTACKS, known)


@pytest.mark.matrix
@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_any_markdown_does_nothing(
    described: Described, known: set[str], check: Callable[..., None]
) -> None:
    @examples(4)
    @given(st.lists(MARKDOWN_TEXTS, min_size=25, max_size=25))
    def run(texts: list[str]) -> None:
        check(described, texts, known)

    run()


# A real browser

#: The page as the browser has it, in steps, without what the theme's scripts set: how far they
#: are, and whether a box scrolls, depends on time and on how long texts are.
DOM: Final = """() => {
    const steps = [];
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) steps.push("=" + node.data);
        else if (node.nodeType === Node.COMMENT_NODE) steps.push("!--" + node.data);
        else if (node.nodeType === Node.ELEMENT_NODE) {
            steps.push(`<${node.localName}>`);
            for (const {name, value} of node.attributes)
                if (name !== "style" && name !== "tabindex") steps.push(`@${name}=${value}`);
            node.childNodes.forEach(walk);
            steps.push(`</${node.localName}>`);
        }
    };
    walk(document.documentElement);
    return steps;
}"""

#: Where titles may break depends on what they say.
JOIN_PHRASES: Final = """() => {
    for (const one of document.querySelectorAll("wbr")) one.remove()
    for (const one of document.querySelectorAll(".event-phrases")) {
        one.classList.remove("event-phrases")
        if (!one.className) one.removeAttribute("class")
    }
    document.body.normalize()
}"""


class Watched:
    """A page that keeps what it asks for, and what it complains of."""

    def __init__(self, browser: Browser) -> None:
        self.page: Page = browser.new_context().new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        # Reported as it happens: the next page has a window of its own.
        self.page.add_init_script(
            "Object.defineProperty(window, 'pwned', {set: () => console.error('a script ran')})"
        )
        # Browsers ask for it by themselves.
        self.page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, url: str) -> Shape:
        self.page.goto(url)
        self.page.evaluate(JOIN_PHRASES)
        steps: Shape = self.page.evaluate(DOM)
        return without_derived(steps)

    def assert_quiet(self, address: str) -> None:
        """No script of the data ran, nothing failed, and nothing came from elsewhere."""
        # Once the server has ended, what the page still asks for would fail.
        self.page.goto("about:blank")
        assert self.complaints == []
        assert [url for url in self.asked if not url.startswith((address, "about:"))] == []


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    made = Watched(browser)
    yield made
    made.page.context.close()


def pages_in(folder: Path) -> list[str]:
    found = [folder / "index.html", *folder.glob("events/event-*/index.html")]
    return sorted(path.relative_to(folder).as_posix() for path in found)


def build_with_theme(site: Site, theme: str) -> Path:
    settings = {"html_theme": theme, "html_context.default_mode": "auto", "language": "en"}
    settings["eventreports_audience"] = "draft"
    options = [f"-D{name}={value}" for name, value in settings.items()]
    built = site.folder / "_build" / "themed"
    sphinx_build(*options, site.folder, built)
    return built


@pytest.mark.slow
@pytest.mark.browser
def test_attacks_are_text_to_a_browser(several: Twins, watched: Watched) -> None:
    """With the theme that readers see."""
    shapes: list[Shapes] = []
    for pool in ((), ATTACKS):
        site, fields = several.written(pool, "themed")
        folder = build_with_theme(site, "eventreports")
        with serving(folder) as address:
            shapes.append({name: watched.open(address + name) for name in pages_in(folder)})
            watched.assert_quiet(address)
            watched.asked.clear()
    of_marks, found = shapes
    expected = {name: [fields.put_into(step) for step in of_marks[name]] for name in of_marks}
    assert_same(expected, found)


@pytest.mark.slow
@pytest.mark.browser
def test_markdown_does_nothing_in_a_browser(described: Described, watched: Watched) -> None:
    shapes: list[Shapes] = []
    for texts in ([MARKDOWN_SAMPLE], MARKDOWN_ATTACKS):
        built = described.built("html", texts)
        with serving(built.outdir) as address:
            shapes.append({"": watched.open(f"{address}events/event-000/index.html")})
            watched.assert_quiet(address)
            watched.asked.clear()
    tame, found = shapes
    assert vocabulary(found) - vocabulary(tame) == set()
    assert_safe(links(found))


@pytest.mark.slow
@pytest.mark.browser
def test_what_search_finds_is_text(several: Twins, watched: Watched) -> None:
    site, _fields = several.written(ATTACKS, "en")
    built = build(site, "html")
    with serving(built.outdir) as address:
        for query in ("window", "script", "evil", "event"):
            watched.open(f"{address}search.html?q={query}")
            watched.page.wait_for_selector("#search-results li")
            watched.page.wait_for_load_state("networkidle")
            found = watched.page.eval_on_selector_all(
                "#search-results *", "all => [...new Set(all.map(one => one.localName))].sort()"
            )
            assert set(found) <= {"h2", "p", "ul", "li", "a", "span", "strong"}, found
        watched.assert_quiet(address)


@pytest.mark.slow
@pytest.mark.browser
def test_the_script_of_a_picture_does_not_run(tmp_path: Path, watched: Watched) -> None:
    site = new_site(tmp_path / "site")
    site.write({"index.md": ODD_INDEX})
    sponsor = {"name": "x", "logo": "logo.svg", "url": HOST}
    write_event(site, 0, {"name": "x", "sponsors": sponsor}, ODD_PAGE)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" onload="{CANARY}"><script>{CANARY}</script></svg>'
    )
    (site.folder / "events/event-000/logo.svg").write_text(svg, encoding="utf-8")
    built = build(site, "html")
    with serving(built.outdir) as address:
        shape = watched.open(f"{address}events/event-000/index.html")
        watched.assert_quiet(address)
    assert "<img>" in shape


@pytest.mark.slow
@pytest.mark.browser
def test_files_of_any_name_are_shown_by_a_browser(files: Site, watched: Watched) -> None:
    built = build(files, "html")
    with serving(built.outdir) as address:
        watched.open(f"{address}events/event-000/index.html")
        watched.assert_quiet(address)
        # Those far below wait until they are near.
        broken = watched.page.evaluate(
            """async () => {
                const images = [...document.images];
                images.forEach((image) => { image.loading = "eager"; });
                await Promise.allSettled(images.map((image) => image.decode()));
                return images.filter((image) => !image.naturalWidth).map((image) => image.src);
            }"""
        )
        assert broken == []
