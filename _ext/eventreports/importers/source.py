"""Read files and pasted texts of any format that is known."""

import re
from pathlib import PurePath
from typing import Final

from sphinxcommon.messages import Message

from ..core.encodings import decode_anyway
from ..core.problems import InvalidValueError
from .delimited import read_delimited
from .html import read_html
from .lines import Document
from .text import read_text

#: More is no timetable; the largest of a thousand sessions has half of it.
MAX_BYTES: Final = 8_000_000
TOO_DEEP: Final = Message("its elements are nested too deeply to be read")
_HTML: Final = (".html", ".htm", ".xhtml")
_MARKDOWN: Final = (".md", ".markdown")
_DELIMITED: Final = (".csv", ".tsv")
_LIKE_HTML: Final = re.compile(
    r"\s*(<!doctype html|<html|<\?xml|<(head|body|table|div|section|article|ul|ol|dl|h[1-6]|p)\b)",
    re.IGNORECASE,
)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.ASCII | re.IGNORECASE)


def text_of(raw: bytes, name: str = "") -> str:
    """Return the text of a file, in whatever encoding it is.

    :param raw: The content of the file.
    :param name: Its name in messages.
    :returns: The text.
    :raises InvalidValueError: if it is no text, or too large.
    """
    if len(raw) > MAX_BYTES:
        raise InvalidValueError(Message("{path} is larger than 8 MB, so it is not read", path=name))
    text = decode_anyway(raw)
    if text is None or "\0" in text:
        text = _decoded_as_said(raw)
    if text is None:
        raise InvalidValueError(Message("{path} is no text", path=name))
    return text


def _decoded_as_said(raw: bytes) -> str | None:
    """Decode a page as it says in itself."""
    said = _CHARSET.search(raw[:4096])
    if said is None or b"\0" in raw:
        return None
    try:
        return raw.decode(said[1].decode("ascii"), errors="replace")
    except LookupError:
        return None


def read_document(text: str, name: str = "") -> Document:
    """Read a text in the format that its name says, or else as it looks.

    :param text: The text.
    :param name: The name of its file; nothing if it was pasted.
    :returns: Its lines.
    :raises InvalidValueError: if its elements are nested too deeply.
    """
    try:
        return _document(text, name)
    except RecursionError:
        raise InvalidValueError(TOO_DEEP) from None


def _document(text: str, name: str) -> Document:
    suffix = PurePath(name).suffix.lower()
    if suffix in _HTML or (suffix not in (*_MARKDOWN, *_DELIMITED) and _LIKE_HTML.match(text)):
        return read_html(text)
    if suffix in _DELIMITED or (not suffix and _is_delimited(text)):
        return read_delimited(text)
    return read_text(text, is_markdown=True if suffix in _MARKDOWN else None)


def _is_delimited(text: str) -> bool:
    """Return whether a text is a table: each of its first lines has as many commas."""
    lines = [line for line in text.splitlines() if line.strip()][:5]
    counts = {line.count(",") for line in lines}
    return len(lines) > 2 and len(counts) == 1 and counts.pop() > 1
