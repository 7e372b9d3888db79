"""The blocks of pages that are for some (``event:only``), found before anything parses the page.

What seems to begin a block and is none, and what does not clearly end, is found, too: nobody knows
for whom the text below it is.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sphinxcommon.messages import Message

from .audience import LEVELS
from .model import STRICTEST
from .names import comparable, is_typo_of
from .problems import Code, Finding, Mark

DIRECTIVE: Final = "event:only"
_INFO: Final = re.compile(rf"\{{{DIRECTIVE}\}}(?P<level>.*)")
#: With what may stand before it in a list.
_OF_REST: Final = re.compile(
    rf"(?P<indent>\s*(?:(?:[-*+•]|[#\w]{{1,3}}[.)])\s+)*)\.\.\s+{DIRECTIVE}::(?P<level>.*)"
)
#: A directive with what stands behind it, and the first words of a line, in any markup.
_ANY_INFO: Final = re.compile(r"\{?(?P<name>[^\s{}]+)\}?\s+(?P<level>\w+)")
_ANY_OF_REST: Final = re.compile(r"\s*\.\.\s+(?P<name>[^\s:]\S*?)\s*::?\s+(?P<level>\w+)\s*")
_WORDS: Final = re.compile(
    r"(?P<marks>[\W_]*)(?P<first>[a-z0-9]+)(?:[\W_]{1,4}(?P<second>[a-z0-9]+))?"
)
#: What begins a directive: a fence, dots, a brace.
_MARKS: Final = re.compile(r"[:`~']{2,}|\.|\{")
_ALONE: Final = re.compile(rf"[\W_]*(?:(?:{'|'.join(LEVELS)})[\W_]*)+")
_IN_LINE: Final = re.compile(r"[{:]\s*event\s*[:.]\s*only\s*[:}]|\bevent\s*[:.]\s*only\s*::")
#: Code in a line, of which three signs may be a fence that is closed in its line.
_IN_CODE: Final = re.compile(r"(?<![`}｝:])(?P<signs>`{1,2})(?!`).+?(?<!`)(?P=signs)(?!`)")
#: Directives whose bodies are no markup.
_OF_CODE: Final = re.compile(r"\{(code.*|sourcecode|parsed-literal|literalinclude|math|raw)\}")
_REST_IN_MARKDOWN: Final = "{eval-rst}"
#: A line of reStructuredText above code: one that ends so and is no directive, or is one of code.
_ABOVE_CODE: Final = re.compile(
    r"(?!\s*(?:(?:[-*+|]|\w+[.)])\s+)*\.\.).*::\s*"
    r"|.*\.\.\s+(?:code.*|sourcecode|parsed-literal|math|raw|highlight)::.*"
)

#: What every such page has.
_SIGN: Final = re.compile(rf"event|onl|{'|'.join(LEVELS[1:])}", re.IGNORECASE)

#: Returns whether pages may use a directive, given what stands behind its name.
IsDirective = Callable[[str, str], bool]


class Block(NamedTuple):
    """A block of a page, as lines from 0.

    :param start: The line that begins it.
    :param body: The lines of its text.
    :param level: For whom it says to be, rightly or not.
    :param doubt: Why nobody knows for whom the rest of the page is, if so.
    :param around: The line that begins the outermost directive around it, or itself.
    """

    start: int
    body: range
    level: str
    doubt: Message | None
    around: int


def may_have_blocks(text: str) -> bool:
    """Return whether a text may have blocks, or what seems to be one."""
    return _SIGN.search(unicodedata.normalize("NFKC", text)) is not None


def finding_of(block: Block) -> Finding | None:
    """Return what is wrong with a block, if nobody knows for whom the rest of the page is."""
    if block.doubt is None:
        return None
    message = Message(
        "{problem}; until then the rest of the page counts as “{value}”",
        problem=block.doubt,
        value=STRICTEST,
    )
    return Finding(Mark(block.start + 1), Code.VISIBILITY, message)


def is_not_ours(name: str, _argument: str) -> bool:
    """Return whether a directive is another extension's, where no site says which there are."""
    return not name.startswith("event")


# Markdown


def blocks_of_markdown(
    parser: MarkdownIt, lines: Sequence[str], is_directive: IsDirective = is_not_ours
) -> Iterator[Block]:
    """Find the blocks of a page in Markdown, also those within other directives.

    :param parser: A parser of its blocks.
    :param lines: Its lines.
    :param is_directive: Tells directives that there are from typos.
    :yields: The blocks, in their order; those within a block behind it.
    """
    yield from _Markdown(parser, is_directive).blocks(lines, 0)


class _Markdown:
    def __init__(self, parser: MarkdownIt, is_directive: IsDirective) -> None:
        self._parser = parser
        self._is_directive = is_directive

    def blocks(self, lines: Sequence[str], first: int) -> Iterator[Block]:
        """Find blocks in some lines, of which the first has a number in the page."""
        seen: set[int] = set()
        for token in self._tokens(lines):
            assert token.map
            start, end = token.map
            if token.type.endswith("fence"):
                has_more = first > 0 or any(line.strip() for line in lines[end:])
                yield from self._of_fence(token, first + start, has_more=has_more)
            elif token.content:
                # The cells of a row are of one line.
                for number in sorted({*range(start, end)} - seen):
                    seen.add(number)
                    if written := begins_block(lines[number]):
                        yield _none(first + number, written, "markdown")

    def _tokens(self, lines: Sequence[str]) -> list[Token]:
        return [one for one in self._parser.parse("\n".join([*lines, ""])) if one.map]

    def _of_fence(self, token: Token, start: int, *, has_more: bool) -> Iterator[Block]:
        info = token.info.strip()
        if found := _INFO.match(info):
            body = range(start + 1, start + 1 + token.content.count("\n"))
            level = found["level"].strip()
            doubt = self._doubt(token) if has_more and level != LEVELS[0] else None
            yield Block(start, body, level, doubt, start)
        elif written := begins_block(f"```{info}") or self._seems_for_some(info):
            yield _none(start, written, "markdown")
            return
        lines = token.content.split("\n")
        if info == _REST_IN_MARKDOWN:
            of_rest = blocks_of_restructuredtext(lines, self._is_directive)
            yield from (_moved(one, start + 1)._replace(around=start) for one in of_rest)
        elif info.startswith("{") and not _OF_CODE.match(info):
            within = self.blocks(lines, start + 1) if may_have_blocks(token.content) else ()
            for one in within:
                yield one._replace(around=start)
        else:
            # An example in code; or code that is not closed before a block.
            for number, line in enumerate(lines, start + 1):
                # What is indented by four is code, wherever it stands.
                is_fence = line[:4].strip() and line.lstrip().startswith(token.markup)
                opens = is_fence or not _is_closed(token)
                if opens and (written := begins_block(line)):
                    yield _none(number, written, "markdown")

    def _seems_for_some(self, info: str) -> str:
        found = _ANY_INFO.fullmatch(info)
        is_for_some = found and _is_for_some(found["name"], found["level"], self._is_directive)
        return found["name"] if found and is_for_some else ""

    def _doubt(self, token: Token) -> Message | None:
        """Return why it is not clear where a block ends."""
        written = f"{token.markup}{{{DIRECTIVE}}}"
        within = self._tokens(token.content.split("\n")[:-1])
        fences = [token, *(one for one in within if one.type.endswith("fence"))]
        if not all(map(_is_closed, fences)):
            return Message(
                "nobody can tell where the text of “{written}” ends; write “{marks}” below it, "
                "indented as it is, and fewer of these signs around directives within it",
                written=written,
                marks=token.markup,
            )
        if not token.content.strip():
            return Message(
                "“{written}” has no text; write the text above “{marks}”",
                written=written,
                marks=token.markup,
            )
        return None


def _is_closed(token: Token) -> bool:
    assert token.map
    return token.map[1] - token.map[0] == token.content.count("\n") + 2


# reStructuredText


def blocks_of_restructuredtext(
    lines: Sequence[str], is_directive: IsDirective = is_not_ours
) -> Iterator[Block]:
    """Find the blocks of a page in reStructuredText.

    :param lines: The lines of the page.
    :param is_directive: Tells directives that there are from typos.
    :yields: The blocks, in their order; those within a block behind it.
    """
    for start in places_of_text(lines):
        if found := _OF_REST.fullmatch(lines[start]):
            yield _block_of_restructuredtext(lines, start, found)
        elif written := begins_block(lines[start]):
            yield _none(start, written, "restructuredtext")
        elif (found := _ANY_OF_REST.fullmatch(comparable(lines[start]))) and _is_for_some(
            found["name"], found["level"], is_directive
        ):
            yield _none(start, found["name"], "restructuredtext")


def _block_of_restructuredtext(lines: Sequence[str], start: int, found: re.Match[str]) -> Block:
    indent, level = len(found["indent"]), found["level"].strip()
    end = start + 1
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent
    ):
        end += 1
    body = range(start + 1, end)
    above = lines[start + 1] if start + 1 < end else ""
    has_text = any(lines[number].strip() for number in body)
    has_more = any(line.strip() for line in lines[end:])
    doubt = None
    if level and above.strip():
        doubt = Message(
            "the text of “{written}” belongs to what is behind it; leave a blank line above it",
            written=f".. {DIRECTIVE}::",
        )
    elif not has_text and has_more and level != LEVELS[0]:
        doubt = Message(
            "“{written}” has no text; indent the text by three spaces more",
            written=f".. {DIRECTIVE}::",
        )
    return Block(start, body, level, doubt, start)


def places_of_text(lines: Sequence[str]) -> Iterator[int]:
    """Yield the indexes of lines that are no code: indented below a line that ends with ``::``."""
    indent: int | None = None
    for place, text in enumerate(lines):
        own = len(text) - len(text.lstrip())
        if indent is not None and (not text.strip() or own > indent):
            continue
        indent = None
        yield place
        if _ABOVE_CODE.fullmatch(text):
            indent = own


# Both


def _moved(block: Block, by: int) -> Block:
    body = range(block.body.start + by, block.body.stop + by)
    return block._replace(start=block.start + by, body=body)


def _none(start: int, written: str, markup: str) -> Block:
    """Return what seems to be a block, and is none."""
    message = Message(
        "“{written}” is no directive as it is written here; write “{right}”, its text, and “{end}” "
        "(or add “colon_fence” to “myst_enable_extensions”)",
        written=written,
        right=f"```{{{DIRECTIVE}}} {LEVELS[1]}",
        end="```",
    )
    if markup == "restructuredtext":
        message = Message(
            "“{written}” is no directive as it is written here; write “{right}”, and below a blank "
            "line its text, indented by three spaces",
            written=written,
            right=f".. {DIRECTIVE}:: {LEVELS[1]}",
        )
    return Block(start, range(0), "", message, start)


def begins_block(line: str) -> str:
    """Return what of a line seems to begin a block, however it is misspelled; else nothing."""
    if not may_have_blocks(line):
        return ""
    plain = comparable(_IN_CODE.sub("", line)).casefold()
    if found := _WORDS.match(plain):
        # In one word, or in two.
        end = found.end("first" if _is_name(found["first"]) or not found["second"] else "second")
        word = re.sub(r"[\W_]", "", plain[found.start("first") : end])
        if _is_name(word) and (_MARKS.search(found["marks"]) or _ALONE.fullmatch(plain[end:])):
            return plain[:end].strip()
    within = _IN_LINE.search(plain)
    return within[0] if within else ""


def _is_name(word: str) -> bool:
    plain = DIRECTIVE.replace(":", "")
    return is_typo_of(word, plain) or is_typo_of(word, plain.replace("event", "events"))


def _is_for_some(name: str, level: str, is_directive: IsDirective) -> bool:
    """Return whether what is no directive has a level behind its name."""
    return level in LEVELS[1:] and not is_directive(name, level)
