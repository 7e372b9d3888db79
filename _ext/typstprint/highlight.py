"""Code in the colours of Pygments, by the style that Sphinx has for the site."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from pygments.formatter import Formatter
from pygments.token import Operator
from sphinx.highlighting import PygmentsBridge

from .markup import arguments, array, boolean, string


class TypstFormatter(Formatter[str]):
    """Writes an array of lines, each an array of ``token(…)`` calls."""

    def format(self, tokensource: Iterable[tuple[Any, str]], outfile: Any) -> None:
        """Write tokens as Typst source."""
        lines: list[list[str]] = [[]]
        styles = dict(self.style)
        for kind, value in _whole_operators(tokensource):
            # A lexer may have kinds of its own; their parents are everybody's.
            while kind not in styles:
                kind = kind.parent
            style = styles[kind]
            for number, text in enumerate(value.split("\n")):
                if number:
                    lines.append([])
                if text:
                    lines[-1].append(_token(text, style))
        while len(lines) > 1 and not lines[-1]:
            lines.pop()
        outfile.write(array(array(line) for line in lines))


def _whole_operators(tokens: Iterable[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
    """Yield tokens, with those of one operator joined: a line may end after each token."""
    for is_operator, some in groupby(tokens, lambda token: token[0] in Operator):
        if is_operator:
            kinds, values = zip(*some, strict=True)
            yield kinds[0], "".join(values)
        else:
            yield from some


def _token(text: str, style: Mapping[str, Any]) -> str:
    fill = f'rgb("#{style["color"]}")' if style["color"] else ""
    weight = boolean(True) if style["bold"] else ""
    return f"token({arguments(string(text), fill=fill, weight=weight)})"


class Highlighter(PygmentsBridge):
    """Sphinx's choice of lexers and its warnings, with this formatter."""

    def get_formatter(self, **kwargs: Any) -> TypstFormatter:
        """Return a formatter for the style of the site."""
        return TypstFormatter(style=self.formatter_args["style"])
