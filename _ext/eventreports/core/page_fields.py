"""Where the fields of a page stand: front matter in Markdown, a list of fields elsewhere."""

import re
from collections.abc import Sequence
from typing import Final

#: Lines of a page in reStructuredText among which its fields are looked for.
MOST_LINES: Final = 200
#: A field as docutils has it, with colons of any width.
FIELD: Final = re.compile(r"\s{0,3}[:：](?P<key>[^\W\d][\w-]{2,30})\s*[:：]\s*(?P<value>.*)")
#: What fences the front matter of a page (MyST).
_FENCE: Final = re.compile(r"\ufeff?-{3,}\s*")
_END: Final = re.compile(r"(-{3,}|\.{3})\s*")


def has_front_matter(lines: Sequence[str]) -> bool:
    """Return whether a page begins with a fence of front matter."""
    return bool(lines) and _FENCE.fullmatch(lines[0]) is not None


def front_matter(lines: Sequence[str]) -> tuple[Sequence[str], bool]:
    """Return the lines behind the fence that a page begins with, and whether they end.

    :param lines: The lines of the page, which begins with a fence.
    :returns: The lines up to the second fence, which are all others if there is none.
    """
    end = next((n for n, line in enumerate(lines[1:], 1) if _END.fullmatch(line)), None)
    return lines[1:end], end is not None


def body_of_field(lines: Sequence[str], number: int, value: str) -> str:
    """Return what a field says, which may begin in the line below its name.

    :param lines: The lines of the page.
    :param number: The line of the field, from 1.
    :param value: What stands behind its name.
    :returns: The text.
    """
    if value:
        return value
    below = lines[number] if number < len(lines) else ""
    return below.strip() if below[:1].isspace() else ""
