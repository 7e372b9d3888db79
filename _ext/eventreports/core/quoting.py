"""Texts as an author writes them: in quotes of YAML, and as headings of pages."""

import re
from collections.abc import Mapping
from typing import Any, Final

_LONGEST: Final = 60
#: Quotes that an input method closes a text with.
_CLOSING: Final = "”’＂"
#: What would be markup within a line, in Markdown or in reStructuredText.
INLINE_MARKUP: Final = re.compile(r"[\\`*\[\]<$~{|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
#: What closes a heading of Markdown.
_CLOSING_SIGNS: Final = re.compile(r"(?<=\s)#(?=#*$)")
#: Where a line would begin an item of a list, or the like.
_BEGINNING: Final = re.compile(r"^(?:(?P<word>\w{1,3})(?=[.)](?:\s|$))|(?=[-+>#=.]+(?:\s|$)|:))")


def as_heading(title: str, *, begins_line: bool = False) -> str:
    """Return a title as a heading of a page, with what would be markup escaped.

    :param title: The title.
    :param begins_line: Whether it stands at the beginning of a line.
    :returns: The text of the heading, on one line.
    """
    heading = INLINE_MARKUP.sub(r"\\\g<0>", " ".join(title.split()))
    heading = _CLOSING_SIGNS.sub(r"\\\g<0>", heading)
    return _BEGINNING.sub(r"\g<word>\\", heading) if begins_line else heading


def quoted(text: str) -> str:
    """Return ``text`` as a scalar of YAML that says nothing else."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def as_line(key: str, value: Any) -> str:
    """Return the line of a key and its value."""
    if isinstance(value, str) and re.fullmatch(r"[^\W_][^\n]*", value) and not _says_more(value):
        return f"{key}: {value}"
    return f"{key}: {in_flow(value)}"


def in_flow(value: Any) -> str:
    """Return a value as it stands within brackets."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {in_flow(below)}' for key, below in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_flow, value))}]"
    text = value or ""
    is_plain = re.fullmatch(r"[^\W_][^\n,\[\]{}]*", text) and not _says_more(text)
    return text if is_plain else quoted(text)


def _says_more(text: str) -> bool:
    """Return whether YAML, or a reader, would take a part of a text for something else."""
    return bool(re.search(r":\s|\s#|[:：]\Z|\s\Z", text))


def unquoted(value: str) -> str:
    """Strip quotes that were meant to surround the whole value, as far as that can be told."""
    quote = value[:1]
    if quote not in ("'", '"'):
        return value
    within = value.strip(quote)
    if quote not in within and value.endswith(quote) and value != quote:
        # As many as there may be.
        return within
    count = value.count(quote)
    if count == 1:
        return value[1:].rstrip(_CLOSING)
    opens_another = value[value.index(quote, 1) - 1].isspace()
    return value[1:-1] if value.endswith(quote) and (count % 2 or opens_another) else value


def shown_in_quotes(text: str) -> str:
    """Return how ``text`` looks in quotes; of a long one the beginning."""
    return quoted(shortened(text))


def shortened(text: str) -> str:
    """Return the beginning of a long text, and any other as it is."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
