"""Markdown: of its inline markup the text, and text as it says the same in Markdown."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..core.quoting import INLINE_MARKUP
from .lines import Line, Link

_PARSER: Final = MarkdownIt("commonmark").enable("strikethrough")
#: What would be markup at the beginning of a line; of numbers the sign behind them.
_BEGINNING: Final = re.compile(
    r"(?P<number>\d{1,9})(?=[.)](\s|$))|(?=[#>+=-]|:{3}|%|\+{3}|[!-/:-@]{3})"
)
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ADDRESS: Final = re.compile(r"<https?://[^\s<>]+>|https?://[^\s<>\"'）」、。]+")


def escaped(text: str) -> str:
    """Return a line of Markdown that shows a text as it is; addresses stay readable."""
    parts = []
    end = 0
    for address in _ADDRESS.finditer(text):
        parts += [INLINE_MARKUP.sub(r"\\\g<0>", text[end : address.start()]), address[0]]
        end = address.end()
    parts.append(INLINE_MARKUP.sub(r"\\\g<0>", text[end:]))
    inline = "".join(parts)
    beginning = _BEGINNING.match(inline)
    if beginning is None:
        return inline
    at = beginning.end()
    return f"{inline[:at]}\\{inline[at:]}"


def raised(text: str) -> str:
    """Return numbers as they look when they are raised; any other text stays as it is."""
    return text.translate(_RAISED) if re.fullmatch(r"[\d,\s]+", text) else text


def read_inline(markdown: str) -> Line:
    """Return a line of Markdown as a line of text, with its links."""
    (inline,) = _PARSER.parseInline(markdown)
    tokens = _with_raised(inline.children or [])
    text = "".join(map(_text, tokens))
    content = [token for token in tokens if _text(token).strip()]
    is_strong = bool(content) and tokens[0].type == "strong_open" and _ends_strong(tokens)
    return Line(text.strip(), links=tuple(_links(tokens)), is_strong=is_strong)


def _with_raised(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return tokens with the numbers raised that stand within ``<sup>``."""
    for before, token in pairwise(tokens):
        if before.content == "<sup>" and token.type == "text":
            token.content = raised(token.content)
    return tokens


def _text(token: Token) -> str:
    match token.type:
        case "text" | "code_inline":
            return token.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "image":
            return "".join(map(_text, token.children or []))
        case "html_inline":
            return "\n" if re.fullmatch(r"<br\s*/?>", token.content, re.IGNORECASE) else ""
        case _:
            return ""


def _ends_strong(tokens: Sequence[Token]) -> bool:
    closings = [number for number, token in enumerate(tokens) if token.type == "strong_close"]
    return not any(_text(token).strip() for token in tokens[closings[0] :])


def _links(tokens: Iterable[Token]) -> Iterable[Link]:
    url, text = "", ""
    for token in tokens:
        if token.type == "link_open":
            url, text = str(token.attrs.get("href", "")), ""
        elif token.type == "link_close":
            yield Link(text.strip(), url)
            url = ""
        elif url:
            text += _text(token)
