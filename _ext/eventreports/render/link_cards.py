"""The card of a link, which chats and timelines show of a page: what is on it, and how large."""

import re
from dataclasses import dataclass
from typing import Any, Final

from sphinxcommon.east_asian import columns_in
from sphinxcommon.phrases import phrases, shortened

from ..core.dates import DateBlock, PartialDate
from .covers import Size, cover

#: How wide the title may be, in pixels: the moon is beside it (``sphinx/web/link_cards.typ``).
_LINE: Final = 790
#: The sizes of titles in pixels, each with the columns that the longest title has.
_SIZES: Final = ((74, 22), (59, 39), (48, 150))
#: So that two facts of usual length stand in a line.
_COLUMNS_OF_FACT: Final = 36
#: Where a phrase may break that is wider than a line: between scripts.
_SCRIPTS: Final = re.compile(r"(?<=[!-~])(?=[\u3041-\u9fff])|(?<=[\u3041-\u9fff])(?=[!-~])")


@dataclass(frozen=True)
class LinkCard:
    """What is on a card.

    :param title: The page's title.
    :param cover: Whose cover it is: the event's id, its first day, its own colour.
    :param date: The days, as covers show them.
    :param facts: What stands below the title.
    :param site: The name of the site.
    """

    title: str
    cover: tuple[str, PartialDate | None, str | None]
    date: DateBlock | None = None
    facts: tuple[str, ...] = ()
    site: str = ""

    def data(self) -> dict[str, Any]:
        """Return it as the template reads it."""
        size, lines = _title(self.title)
        return {
            "cover": cover(*self.cover, Size.LINK),
            "day": self.date.large if self.date else "",
            "beside": self.date.beside if self.date else (),
            "size": size,
            "title": lines,
            "facts": [shortened(fact, _COLUMNS_OF_FACT) for fact in self.facts],
            "site": self.site,
        }


def _title(text: str) -> tuple[int, list[str]]:
    """Return the size of a title, and the parts between which it may break."""
    parts = [part for phrase in phrases(shortened(text, _SIZES[-1][1])) for part in _parts(phrase)]
    widest = max((columns_in(word) for part in parts for word in part.split()), default=0)
    fitting = (
        size
        for size, longest in _SIZES
        if columns_in(text) <= longest and widest <= _columns_of_line(size)
    )
    return next(fitting, _SIZES[-1][0]), parts


def _parts(phrase: str) -> list[str]:
    """Return a phrase, or its parts if it is wider than a line even in the smallest size."""
    limit = _columns_of_line(_SIZES[-1][0])
    is_wide = any(columns_in(word) > limit for word in phrase.split(" "))
    return _SCRIPTS.split(phrase) if is_wide else [phrase]


def _columns_of_line(size: int) -> int:
    return 2 * _LINE // size
