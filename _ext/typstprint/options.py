"""How a document is set: the keys of ``typstprint_options`` and of a document's own options."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from string import Formatter
from typing import Any, Final

from sphinxcommon.messages import Message
from sphinxcommon.setting_kinds import FLAG, NUMBER, TEXT, Kind, one_of
from sphinxcommon.settings import Declaration, setting

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

_PAPER: Final = replace(
    one_of(*sorted(PAPERS)),
    words=Message("a paper that Typst knows, such as “a4”, “a5”, “us-letter” or “jis-b5”"),
)
_COLOR: Final = Kind(
    Message("a colour such as “#1f5fa8”"),
    (str,),
    re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})").fullmatch,
)
_LENGTH: Final = Kind(
    Message("a length such as “10mm”"),
    (str,),
    re.compile(r"\d+(?:\.\d+)?(?:mm|cm|in|pt)").fullmatch,
)
_PATTERN: Final = Kind(
    Message("a pattern of Typst's such as “1.1”, or “”"),
    (str,),
    lambda text: not text or not _COUNTING.isdisjoint(text),
)
_LINE: Final = Kind(
    Message(
        "“left|centre|right”, with any of {names}",
        names=" ".join(f"{{{name}}}" for name in PLACEHOLDERS),
    ),
    (str,),
    lambda text: _is_line(text),
)


@dataclass(frozen=True)
class Options(Declaration):
    """The options of one document."""

    paper: str = setting(
        "a4", _PAPER, Message("The sheet, as Typst names it: `a4`, `a5`, `us-letter`, `jis-b5`, …")
    )
    accent: str = setting(
        "#1f5fa8", _COLOR, Message("The colour of links, of emphasis, and of what is to be noted.")
    )
    cover: bool = setting(
        False,
        FLAG,
        Message("Whether the title has a page of its own."),
        shown=Message("`False`; of a book `True`"),
    )
    contents: int = setting(
        0,
        Kind(Message("a number from 0 (none) to 6"), (int,), range(7).__contains__),
        Message("How many levels of headings the table of contents has; with `0` there is none."),
        shown=Message("`0`; of a book `4`"),
    )
    index: bool = setting(
        False,
        FLAG,
        Message("Whether the entries of Sphinx's index stand at the end, with their pages."),
        shown=Message("`False`; of a book `True`"),
    )
    numbering: str = setting(
        "", _PATTERN, Message("How headings are numbered, as a pattern of Typst's such as `1.1`.")
    )
    header: str = setting(
        "{title}",
        _LINE,
        Message(
            "The line above the text, on all pages but the first: what stands left, in the middle"
            " and right, with bars between. It may have `{title}`, `{section}`, `{page}`,"
            " `{pages}`, `{date}`, `{revision}` and `{author}`."
        ),
    )
    footer: str = setting(
        "|{page} / {pages}|{date}",
        _LINE,
        Message("The line below the text, on all pages but the cover; written as `header` is."),
    )
    marking: str = setting(
        "",
        TEXT,
        Message(
            "Stands in a box at the top right of each page: how secret it is, or that it is a"
            " draft."
        ),
    )
    binding: str = setting("0mm", _LENGTH, Message("How much more margin there is for holes."))
    two_sided: bool = setting(
        False,
        FLAG,
        Message("Whether both sides of a sheet are printed: margins and page breaks fit that."),
    )
    date: str | dt.date = setting(
        "",
        Kind(Message("a text or a date"), (str, dt.date)),
        Message(
            "The date that is printed: a text, or a `datetime.date`, which is written as the site's"
            " language has it. Without one it is Sphinx's `today`, or else the day of"
            " `SOURCE_DATE_EPOCH`."
        ),
    )
    fit: int = setting(
        0,
        NUMBER,
        Message("On so many pages it is to stand: the type gets smaller, down to 7 points."),
    )

    @property
    def line_length(self) -> int:
        """Return about how many letters a line of text has."""
        return 58 if self.paper in _SMALL else 84


def merged(site: Mapping[str, Any], own: Mapping[str, Any], *, is_book: bool) -> Options:
    """Return the options of a document: its own prevail over those of the site.

    A book has a cover, contents and an index where nothing else is said.
    """
    default = {"cover": is_book, "contents": 4 if is_book else 0, "index": is_book}
    return Options(**{**default, **site, **own})


def running_line(line: str, facts: Mapping[str, str]) -> str:
    """Return the left, middle and right part of a page's header or footer, as Typst expressions.

    :param line: The line, as the options have it.
    :param facts: What the placeholders stand for that are the same on each page.
    :return: An array of the three parts.
    :raises ValueError: There are more parts, a brace is alone, or there is no such placeholder.
    """
    parts = line.split("|")
    if len(parts) > 3:
        raise ValueError(line)
    parts += [""] * (3 - len(parts))
    return array(array(_expressions(part.strip(), facts)) for part in parts)


def _expressions(part: str, facts: Mapping[str, str]) -> Iterator[str]:
    for text, name, form, conversion in Formatter().parse(part):
        if text:
            yield string(text)
        if name is not None and (name not in PLACEHOLDERS or form or conversion):
            raise ValueError(name)
        if name is not None:
            yield _OF_THE_PAGE.get(name) or string(facts[name])


def _is_line(line: str) -> bool:
    try:
        return bool(running_line(line, dict.fromkeys(PLACEHOLDERS, "")))
    except ValueError:
        return False
