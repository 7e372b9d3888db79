"""Typst source: every text is a string literal, every element a call, in code mode alone.

Typst's markup is never written, so no character of a text can be taken for it;
a string literal has two characters that need an escape, and line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

#: Opens a block of content; nothing in it would be no content.
OPEN: Final = "{[]\n"
CLOSE: Final = "}"

_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: That end a line of a source, and so would move the lines after.
_LINE_ENDS: Final = "\x85\u2028\u2029"
_NEEDS_ESCAPE: Final = re.compile(f'["\\\\\x00-\x1f\x7f{_LINE_ENDS}\ud800-\udfff]')


def string(text: str) -> str:
    """A string literal (Typst reference, “String”). Control characters, which no PDF has, are left
    out, and halves of surrogate pairs, which are no characters."""

    def escape(match: re.Match[str]) -> str:
        char = match[0]
        return _ESCAPES.get(char, f"\\u{{{ord(char):x}}}" if char in _LINE_ENDS else "")

    return f'"{_NEEDS_ESCAPE.sub(escape, text)}"'


def array(items: Iterable[str]) -> str:
    """An array of expressions; the comma makes one of one item."""
    return f"({''.join(f'{item}, ' for item in items)})"


def dictionary(items: Mapping[str, str]) -> str:
    """A dictionary of expressions; the colon makes one of none."""
    return f"({''.join(f'{string(key)}: {item}, ' for key, item in items.items()) or ':'})"


def boolean(value: object) -> str:
    return "true" if value else "false"


def arguments(*positional: str, **named: str) -> str:
    """The arguments of a call; ``_`` in a name stands for ``-``."""
    pairs = (f"{name.replace('_', '-')}: {value}" for name, value in named.items())
    return ", ".join((*positional, *pairs))


def call(function: str, *positional: str, **named: str) -> str:
    """A call as a statement of its own."""
    return f"{function}({arguments(*positional, **named)})\n"
