"""Lists and mappings in brackets, which YAML calls flow collections."""

import re
from typing import Final

from sphinxcommon.messages import Message

from ...core.problems import Mark
from ...core.quoting import quoted, shortened, shown_in_quotes, unquoted
from ...core.urls import MARKDOWN_LINK
from .. import model_keys
from ..failures import COMMA_IN_TEXT, Failure
from ..lines import CLOSING, LEFT_OUT_VALUE, Lines, value_start, with_deeper
from .base import Repair, neither_key_nor_item

#: A key and its colon after what should have ended with a comma.
_PAIR: Final = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*'|[\w-]+)\s*:\s")
#: A text and what follows it, up to the next key.
_UP_TO_KEY: Final = re.compile(r".+?(?=\s*(?:,\s*[\w-]+\s*:\s|[\]}]))")
#: A text of which a part is a comment, or all of it.
_WITH_COMMENT: Final = re.compile(
    r"(?P<lead>[\[{,]\s*(?:[\w-]+:\s+)?)"
    r"(?P<text>(?:[^\s\[\]{},\"'#][^\[\]{},\"']*\s)?#[^,\[\]{}]*)"
)
_PLACEHOLDER: Final = re.compile(r"\{\{[^{}]*\}\}|\{%.*?%\}")
#: The key before a value in brackets.
_KEY_BEFORE: Final = re.compile(r"([\w-]+):\s+$")
_COMMENT: Final = re.compile(r"\s#")
_REST_OF_ITEM: Final = re.compile(r"(?:\[[^\[\],]*\]|\{[^{},]*\}|[^,\]}])+(?=[,\]}])")


def replace_links(failure: Failure, lines: Lines) -> Repair | None:
    """Write links of Markdown as URLs, or as the mappings in brackets that they stand for."""
    number = failure.at.line
    line = lines[number - 1]
    start = value_start(line)
    key = model_keys.key_at(number, lines)
    links = list(MARKDOWN_LINK.finditer(line, start))
    if links and links[0].start() > start and line[start] in CLOSING:
        return _replace_link(number, start, links[0], lines)
    between = MARKDOWN_LINK.sub("", line[start:]).strip()
    if not links or between.strip("[], "):
        return None
    written = [model_keys.link(key, link["text"], link["url"]) for link in links]
    if not all(written) or (len(links) > 1 and not model_keys.is_list(key)):
        return None
    whole = ", ".join(filter(None, written))
    if len(links) > 1 or between:
        whole = f"[{whole}]"
    return Repair(
        Mark(number, links[0].start() + 1),
        Message("a link of Markdown; write {whole}", whole=whole),
        {number: f"{line[:start]}{whole}"},
    )


def _replace_link(number: int, start: int, link: re.Match[str], lines: Lines) -> Repair | None:
    """Write a link of Markdown in brackets as what it stands for; others follow one by one."""
    line = lines[number - 1]
    key = _KEY_BEFORE.search(line[start : link.start()])
    whole = model_keys.link(
        key[1] if key else model_keys.key_at(number, lines), link["text"], link["url"]
    )
    if whole is None:
        return None
    return Repair(
        Mark(number, link.start() + 1),
        Message("a link of Markdown; write {whole}", whole=whole),
        {number: line[: link.start()] + whole + line[link.end() :]},
    )


def remove_comma(failure: Failure, lines: Lines) -> Repair | None:
    """Remove a comma between two others, or after the closing bracket."""
    number, column = failure.at
    line = lines[number - 1]
    before, comma, after = line[: column - 1], line[column - 1 : column], line[column:]
    if comma != ",":
        return None
    if failure.context == "while parsing a flow node":
        message = Message("nothing stands between two commas; remove one")
    elif not after.strip() and before.rstrip().endswith(("]", "}", '"', "'")):
        message = Message("nothing goes on after this comma; remove it")
    else:
        return None
    return Repair(failure.at, message, {number: before + after})


def quote_reserved(failure: Failure, lines: Lines) -> Repair | None:
    """Quote a text in brackets that begins with a sign of YAML."""
    number, column = failure.at
    line = lines[number - 1]
    item = re.match(r"([@`%]|[|>*&!](?=\w))[^,\]}]*", line[column - 1 :])
    if item is None or not _opening(failure, lines):
        return None
    text = item[0].rstrip()
    return Repair(
        failure.at,
        Message(
            "a text that begins with “{sign}” needs quotes: {whole}",
            sign=item[1],
            whole=shown_in_quotes(text),
        ),
        {number: _quoted_within(line, column - 1, text)},
    )


def quote_comma(failure: Failure, lines: Lines) -> Repair | None:
    """Quote a text in brackets with a comma of its own."""
    number, column = failure.at
    line = lines[number - 1]
    text = COMMA_IN_TEXT.match(line, column - 1) or _UP_TO_KEY.match(line, column - 1)
    if text is None:
        return None
    whole = shown_in_quotes(unquoted(text[0].rstrip()))
    return Repair(
        failure.at,
        Message("a comma ends a text within brackets; the text needs quotes: {whole}", whole=whole),
        {number: _quoted_within(line, column - 1, text[0].rstrip())},
    )


def quote_comments(failure: Failure, lines: Lines) -> Repair | None:
    """Quote the texts in brackets that have a “#” which begins a comment."""
    mark = _opening(failure, lines)
    if mark is None:
        return None
    line = lines[mark.line - 1]
    value = line[mark.column - 1 :]
    whole = _WITH_COMMENT.sub(lambda found: found["lead"] + quoted(found["text"].rstrip()), value)
    first = _WITH_COMMENT.search(value)
    if first is None or _closing_place(whole) < len(whole.rstrip()):
        return None
    # One after the other: each is reported.
    text, start = first["text"].rstrip(), mark.column - 1 + first.start("text")
    return Repair(
        Mark(mark.line, start + 1),
        Message(
            "“ #” begins a comment within brackets too; the text needs quotes: {whole}",
            whole=shown_in_quotes(text),
        ),
        {mark.line: _quoted_within(line, start, text)},
    )


def quote_templates(failure: Failure, lines: Lines) -> Repair | None:
    """Quote the placeholders of a template; leave out a line that is nothing else."""
    number = failure.at.line
    line = lines[number - 1]
    start = value_start(line)
    value = line[start:].rstrip()
    if not _PLACEHOLDER.search(value):
        return None
    if _PLACEHOLDER.match(value):
        if not line[:start].strip():
            return Repair(
                Mark(number, start + 1),
                neither_key_nor_item(line),
                left_out=range(number, number + 1),
            )
        whole = quoted(value)
    else:
        whole = _PLACEHOLDER.sub(lambda found: quoted(found[0]), value)
    return Repair(
        Mark(number, start + 1),
        Message(
            "a placeholder of a template stands here; write what it stands for, or put it in "
            "quotes: {whole}",
            whole=shortened(whole),
        ),
        {number: line[:start] + whole},
    )


def add_comma(failure: Failure, lines: Lines) -> Repair | None:
    """Add the comma before a key in brackets."""
    last = failure.last
    if last.start < failure.around or last.start.line != last.end.line:
        return None
    number, column = last.end
    line = lines[number - 1]
    rest = line[column - 1 :]
    is_at_end = number < failure.at.line and not rest.strip()
    if not _PAIR.match(lines[failure.at.line - 1] if is_at_end else rest):
        return None
    return Repair(
        last.end, Message("a comma is missing here"), {number: f"{line[: column - 1]},{rest}"}
    )


def quote_item(failure: Failure, lines: Lines) -> Repair | None:
    """Quote a text in brackets that goes on where it cannot."""
    last = failure.last
    number, column = failure.at
    if last.start < failure.around or last.start.line < number:
        return None
    line = lines[number - 1]
    start, end = last.start.column - 1, last.end.column - 1
    rest = _REST_OF_ITEM.match(line, column - 1)
    if rest is None or last.end.line > number or "," in line[end : column - 1]:
        return None
    text = line[start : rest.end()].rstrip()
    if text[-1:] in "[{#" or _COMMENT.search(text):
        return None
    whole = shown_in_quotes(unquoted(text))
    return Repair(
        last.start,
        Message("a text within brackets needs quotes: {whole}", whole=whole),
        {number: _quoted_within(line, start, text)},
    )


def _quoted_within(line: str, start: int, text: str) -> str:
    """Quote the ``text`` at ``start`` of a line."""
    return line[:start] + quoted(unquoted(text)) + line[start + len(text) :]


def close_brackets(failure: Failure, lines: Lines) -> Repair | None:
    """Add the closing bracket; where there is one, leave out what stands in the brackets."""
    if not (mark := _opening(failure, lines)):
        return None
    line = lines[mark.line - 1]
    opening = line[mark.column - 1]
    closing = CLOSING[opening]
    within = with_deeper(mark.line, lines)[: max(1, failure.at.line - mark.line)]
    text = "\n".join(lines[n - 1] for n in within)[mark.column - 1 :]
    has_comment = _COMMENT.search(text)
    if closing not in text and not has_comment:
        last = within[-1]
        closed = lines[last - 1].rstrip().removesuffix(",") + closing
        return Repair(
            mark,
            Message(
                "the “{opening}” that opens here is not closed; write “{closing}” at the end of "
                "line {line}",
                opening=opening,
                closing=closing,
                line=last,
            ),
            {last: closed},
        )
    message = Message(
        "what stands between the brackets cannot be read; a text in it may need quotes; all of "
        "it is left out"
    )
    if has_comment:
        message = Message(
            "“ #” begins a comment within brackets too; the text needs quotes; all of it is left "
            "out"
        )
    left_out = f"{line[: mark.column - 1].rstrip()} *{LEFT_OUT_VALUE}"
    return Repair(mark, message, {mark.line: left_out}, within[1:])


def remove_bracket(failure: Failure, lines: Lines) -> Repair | None:
    """Remove brackets after the closing one."""
    number = failure.at.line
    line = lines[number - 1]
    start = value_start(line)
    end = start + _closing_place(line[start:])
    rest = line[end:].strip()
    if end == start or failure.at.column <= start or rest.strip("]}),") or not rest.strip(","):
        return None
    return Repair(
        Mark(number, end + 1),
        Message("“{rest}” stands after the closing bracket; remove it", rest=rest),
        {number: line[:end]},
    )


def _opening(failure: Failure, lines: Lines) -> Mark | None:
    """Return where the brackets open in which YAML gave up, which it may not have known yet."""
    line = lines[failure.at.line - 1]
    start = value_start(line)
    mark = Mark(failure.at.line, start + 1)
    if " flow " in failure.context:
        mark = failure.around
    elif _closing_place(line[start:]) < len(line[start:].rstrip()) or mark >= failure.at:
        return None
    return mark if lines[mark.line - 1][mark.column - 1 : mark.column] in CLOSING else None


def _closing_place(value: str) -> int:
    """Return how long the brackets are that a value begins with; 0 if it begins with none."""
    level = 0
    for place, char in enumerate(value, start=1):
        level += (char in CLOSING) - (char in CLOSING.values())
        if level == 0:
            return place if place > 1 else 0
    return 0
