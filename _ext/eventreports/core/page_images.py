"""The images of a page, as they stand in its text: where each is, and whether it has a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt

from .page_sections import block_parser

#: Directives of images; and those whose content is shown as it is written.
_DIRECTIVE: Final = re.compile(r"\{(?P<name>image|figure)\}\s*(?P<path>.*)")
_OF_CODE: Final = re.compile(r"\{(code|sourcecode|raw|math|mermaid|graphviz|parsed-literal)")
_RST_DIRECTIVE: Final = re.compile(r"\s*\.\.\s+(?:\|.+\|\s+)?(?:image|figure)::\s+(?P<path>\S.*)")
_RST_CODE: Final = re.compile(
    r"\s*\.\.\s+(code|sourcecode|raw|math|parsed-literal)\S*::|(?!\s*\.\. ).*::\s*$"
)
_ALT: Final = re.compile(r"\s*:?alt:\s*\S")


class PageImage(NamedTuple):
    """An image: in which line, from 1; its path or address; whether it has an alternative text."""

    line: int
    path: str
    has_text: bool


def images(lines: Sequence[str], *, is_markdown: bool) -> Iterator[PageImage]:
    """Find the images of a page.

    :param lines: The lines of the page, without their ends.
    :param is_markdown: Whether it is Markdown, rather than reStructuredText.
    :returns: The images.
    """
    if is_markdown:
        return _of_markdown(block_parser(only_blocks=False), "\n".join([*lines, ""]), 1)
    return _of_restructuredtext(lines)


def _of_markdown(parser: MarkdownIt, text: str, first: int) -> Iterator[PageImage]:
    for token in parser.parse(text):
        line = first + (token.map or [0])[0]
        info = token.info.strip() if token.type.endswith("fence") else ""
        if found := _DIRECTIVE.fullmatch(info):
            yield PageImage(line, found["path"].strip(), _has_alt(token.content.split("\n")))
        elif info.startswith("{") and not _OF_CODE.match(info):
            yield from _of_markdown(parser, token.content, line + 1)
        for below in token.children or ():
            if below.type == "image":
                path = unquote(str(below.attrs.get("src", "")))
                yield PageImage(line, path, bool(below.content.strip()))


def _has_alt(options: Iterable[str]) -> bool:
    return any(map(_ALT.match, options))


def _of_restructuredtext(lines: Sequence[str]) -> Iterator[PageImage]:
    code: int | None = None
    for number, line in enumerate(lines, 1):
        depth = len(line) - len(line.lstrip())
        if not line.strip() or (code is not None and depth > code):
            continue
        code = depth if _RST_CODE.match(line) else None
        if found := _RST_DIRECTIVE.fullmatch(line):
            below = []
            for option in lines[number:]:
                if not re.match(r"\s+:", option):
                    break
                below.append(option)
            yield PageImage(number, found["path"].strip(), _has_alt(below))
