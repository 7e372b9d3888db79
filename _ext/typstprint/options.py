"""How a document is set: the keys of ``typstprint_options`` and of a document's own sixth element.

Nothing here knows Sphinx: what is wrong is told in words, and what is right is used.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from string import Formatter
from typing import Any, Final, NamedTuple

from .markup import array, string

#: What may stand in braces in the lines at a page's head and foot.
PLACEHOLDERS: Final = ("title", "section", "page", "pages", "date", "revision", "author")
#: Of them, those that are another on each page: functions of the template's.
_OF_THE_PAGE: Final = {
    "section": "section-title()",
    "page": "page-number()",
    "pages": "page-count()",
}
#: The characters that count, of Typst's numbering patterns (Typst reference, “Numbering”).
_COUNTING: Final = frozenset("1aAiIαΑ一壹あいアイא가ㄱ*١۱१১ক①⓵")
#: The sheets that Typst knows (Typst reference, “Page”).
PAPERS: Final = frozenset(
    "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 iso-b1 iso-b2 iso-b3 iso-b4 iso-b5 iso-b6 iso-b7 iso-b8"
    " iso-c3 iso-c4 iso-c5 iso-c6 iso-c7 iso-c8 din-d3 din-d4 din-d5 din-d6 din-d7 din-d8 sis-g5"
    " sis-e5 ansi-a ansi-b ansi-c ansi-d ansi-e arch-a arch-b arch-c arch-d arch-e1 arch-e jis-b0"
    " jis-b1 jis-b2 jis-b3 jis-b4 jis-b5 jis-b6 jis-b7 jis-b8 jis-b9 jis-b10 jis-b11 sac-d0 sac-d1"
    " sac-d2 sac-d3 sac-d4 sac-d5 sac-d6 iso-id-1 iso-id-2 iso-id-3 asia-f4 jp-shiroku-ban-4"
    " jp-shiroku-ban-5 jp-shiroku-ban-6 jp-kiku-4 jp-kiku-5 jp-business-card cn-business-card"
    " eu-business-card fr-tellière fr-couronne-écriture fr-couronne-édition fr-raisin fr-carré"
    " fr-jésus uk-brief uk-draft uk-foolscap uk-quarto uk-crown uk-book-a uk-book-b us-letter"
    " us-legal us-tabloid us-executive us-foolscap-folio us-statement us-ledger us-oficio"
    " us-gov-letter us-gov-legal us-business-card us-digest us-trade newspaper-compact"
    " newspaper-berliner newspaper-broadsheet presentation-16-9 presentation-4-3".split()
)
#: Sheets that are about half as large; the template has smaller margins there.
_SMALL: Final = frozenset({"a5", "a6", "iso-b6", "jis-b6"})
_COLOR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_LENGTH: Final = re.compile(r"\d+(?:\.\d+)?(?:mm|cm|in|pt)")


class Kind(NamedTuple):
    """What the value of an option must be: in words, and as a test; of a closed set, its words."""

    words: str
    fits: Callable[[Any], bool]
    choices: Sequence[str] = ()

    def meant(self, value: object) -> str:
        """Return the word that a wrong one is like, of those that there are."""
        texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        wrong = (one for one in texts if isinstance(one, str) and one not in self.choices)
        return next(filter(None, (did_you_mean(one, self.choices) for one in wrong)), "")


def one_of(*choices: str) -> Kind:
    words = f"one of {', '.join(map(repr, choices))}"
    return Kind(words, lambda value: isinstance(value, str) and value in choices, choices)


def some_of(*choices: str, such_as: str) -> Kind:
    return Kind(
        f"a list, such as {[such_as]}, of some of {', '.join(choices)}",
        lambda value: isinstance(value, list | tuple) and all(one in choices for one in value),
        choices,
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


TEXT: Final = Kind("a text", lambda value: isinstance(value, str))
SWITCH: Final = Kind("True or False", lambda value: isinstance(value, bool))
_DATE: Final = Kind("a text or a date", lambda value: isinstance(value, str | date))
_PAPER: Final = Kind(
    "a paper that Typst knows, such as “a4”, “a5”, “us-letter” or “jis-b5”",
    lambda value: isinstance(value, str) and value in PAPERS,
    sorted(PAPERS),
)
_COLORS: Final = Kind(
    "a colour such as “#1f5fa8”",
    lambda value: isinstance(value, str) and _COLOR.fullmatch(value) is not None,
)
_DEPTH: Final = Kind(
    "a number from 0 (none) to 6",
    lambda value: type(value) is int and 0 <= value <= 6,
)
_PAGES: Final = Kind(
    "a number of pages, 0 for as many as there are",
    lambda value: type(value) is int and value >= 0,
)
_PATTERN: Final = Kind(
    "a pattern of Typst's such as “1.1”, or “”",
    lambda value: isinstance(value, str) and (not value or not _COUNTING.isdisjoint(value)),
)
_LENGTHS: Final = Kind(
    "a length such as “10mm”",
    lambda value: isinstance(value, str) and _LENGTH.fullmatch(value) is not None,
)
_LINE: Final = Kind(
    "“left|centre|right”, with any of " + " ".join(f"{{{name}}}" for name in PLACEHOLDERS),
    lambda value: isinstance(value, str) and _parsed(value) is not None,
)

#: What each key must be.
KINDS: Final = {
    "paper": _PAPER,
    "accent": _COLORS,
    "cover": SWITCH,
    "contents": _DEPTH,
    "numbering": _PATTERN,
    "header": _LINE,
    "footer": _LINE,
    "marking": TEXT,
    "binding": _LENGTHS,
    "two_sided": SWITCH,
    "date": _DATE,
    "fit": _PAGES,
    "index": SWITCH,
}


@dataclass(frozen=True)
class Options:
    """What has been settled for one document."""

    #: As Typst names them: ``a4``, ``a5``, ``us-letter``, ``jis-b5``.
    paper: str = "a4"
    #: The colour of links, of words with emphasis, and of what is to be noted.
    accent: str = "#1f5fa8"
    #: Whether the title has a page of its own.
    cover: bool = False
    #: How many levels of headings the table of contents has; with 0 there is none.
    contents: int = 0
    #: How headings are numbered, as a pattern of Typst's; with nothing they are not.
    numbering: str = ""
    #: The line above the text, on all pages but the first.
    header: str = "{title}"
    #: The line below the text, on all pages but the cover.
    footer: str = "|{page} / {pages}|{date}"
    #: Stands in a box at the top right of each page: how secret it is, or that it is a draft.
    marking: str = ""
    #: How much more margin there is for holes.
    binding: str = "0mm"
    #: Whether both sides of a sheet are printed: the binding is then inside.
    two_sided: bool = False
    #: What ``{date}`` says: a text, or a date in the site's words. With nothing it is ``today`` or
    #: ``SOURCE_DATE_EPOCH``, as Sphinx knows them, or else empty.
    date: str | date = ""
    #: On so many pages it is to stand: the type gets smaller, as far as it can be read.
    fit: int = 0
    #: Whether the entries of Sphinx's index stand at the end, with their pages.
    index: bool = False


def checked(given: object) -> tuple[dict[str, Any], list[str]]:
    """The options that are right, and what is wrong with the others."""
    if not isinstance(given, Mapping):
        return {}, [f"the options must be a dictionary, not {given!r}"]
    right: dict[str, Any] = {}
    problems: list[str] = []
    for key, value in given.items():
        kind = KINDS.get(key)
        if kind is None:
            problems.append(f"there is no option {key!r}{_meant(key)}")
        elif not kind.fits(value):
            problems.append(f"{key!r} must be {kind.words}, not {value!r}{kind.meant(value)}")
        else:
            right[key] = value
    return right, problems


def settled(*given: Mapping[str, Any], is_book: bool) -> Options:
    """The options of a document, of which later ones come before earlier ones.

    A book has a cover, contents and an index where nothing else is said.
    """
    contents = 4 if is_book else 0
    merged: dict[str, Any] = {"cover": is_book, "contents": contents, "index": is_book}
    for one in given:
        merged |= one
    return Options(**merged)


def line_length(paper: str) -> int:
    """About how many letters a line of text has."""
    return 58 if paper in _SMALL else 84


def running_line(line: str, facts: Mapping[str, str]) -> str:
    """The left, middle and right part of a page's head or foot, as expressions of Typst's.

    ``facts`` has what the placeholders say that are the same on each page.
    """
    parts = _parsed(line) or []
    filled = (
        array(
            _OF_THE_PAGE.get(piece.name) or string(facts[piece.name])
            if isinstance(piece, _Field)
            else string(piece)
            for piece in part
        )
        for part in [*parts, *[()] * (3 - len(parts))]
    )
    return array(filled)


class _Field(NamedTuple):
    name: str


_Part = Sequence[str | _Field]


def _parsed(line: str) -> list[_Part] | None:
    """What stands left, in the middle and right; ``None`` where it cannot be read."""
    parts = line.split("|")
    if len(parts) > 3:
        return None
    try:
        return [list(_pieces(part.strip())) for part in parts]
    except ValueError:
        return None


def _pieces(part: str) -> Iterator[str | _Field]:
    """:raises ValueError: of a brace that is alone, and of a placeholder that there is not."""
    for text, name, form, conversion in Formatter().parse(part):
        if text:
            yield text
        if name is None:
            continue
        if name not in PLACEHOLDERS or form or conversion:
            raise ValueError(name)
        yield _Field(name)


def _meant(key: object) -> str:
    return did_you_mean(str(key), KINDS) or f": there are {', '.join(KINDS)}"


assert set(KINDS) == {field.name for field in fields(Options)}
