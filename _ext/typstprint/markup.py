"""Typst source: every text is a string literal, every element a call, in code mode alone.

Typst's markup is never written, so no character of a text can be taken for it;
a string literal has two characters that need an escape, and line breaks.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

#: Opens a block of content; nothing in it would be no content.
OPEN: Final = "{[]\n"
CLOSE: Final = "}"
#: Closes a call that ``opening`` began.
CLOSING: Final = f"{CLOSE})\n"

_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: That end a line of a source, and so would move the lines after.
_LINE_ENDS: Final = "\x85\u2028\u2029"
_NEEDS_ESCAPE: Final = re.compile(f'["\\\\\x00-\x1f\x7f{_LINE_ENDS}\ud800-\udfff]')


def string(text: str) -> str:
    """Return a string literal (Typst reference, “String”).

    Left out are control characters, which no PDF has, and surrogates, which are no characters.
    """

    def escape(match: re.Match[str]) -> str:
        char = match[0]
        return _ESCAPES.get(char, f"\\u{{{ord(char):x}}}" if char in _LINE_ENDS else "")

    return f'"{_NEEDS_ESCAPE.sub(escape, text)}"'


def array(items: Iterable[str]) -> str:
    """Return an array of expressions; the comma makes one of one item."""
    return f"({''.join(f'{item}, ' for item in items)})"


def strings(texts: Iterable[str]) -> str:
    """Return an array of string literals."""
    return array(map(string, texts))


def dictionary(items: Mapping[str, str]) -> str:
    """Return a dictionary of expressions; the colon makes one of none."""
    return f"({''.join(f'{string(key)}: {item}, ' for key, item in items.items()) or ':'})"


def boolean(value: object) -> str:
    """Return ``true`` or ``false``."""
    return "true" if value else "false"


def arguments(*positional: str, **named: str) -> str:
    """Return the arguments of a call.

    :param *positional: Expressions.
    :param **named: Expressions; ``_`` in a name stands for ``-``, an empty one is left out.
    :return: What stands between the parentheses.
    """
    pairs = (f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value)
    return ", ".join((*positional, *pairs))


def call(function: str, *positional: str, **named: str) -> str:
    """Return a call as a statement of its own."""
    return f"{function}({arguments(*positional, **named)})\n"


def content(expression: str) -> str:
    """Return the content that shows the value of an expression."""
    return f"{OPEN}{expression}\n{CLOSE}"


def opening(function: str, *positional: str, **named: str) -> str:
    """Return the beginning of a call whose last argument is content, up to the content."""
    before = arguments(*positional, **named)
    return f"{function}({before}{', ' if before else ''}{OPEN}"
