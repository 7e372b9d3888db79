"""What an author does who follows a message to the letter: message → edit → new text.

What to write is taken from the message's arguments, and from what its template has in “…” behind
“write”. Where it belongs is found as a person finds it: at the place of the message, where the same
words stand, or else the words that the message quotes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eventreports.core.problems import Code, Finding, Mark, Problem
from eventreports.core.urls import MARKDOWN_LINK
from sphinxcommon.messages import Argument, Message

#: Arguments that are what to write.
WRITTEN = ("whole", "right", "suggestion", "people", "short")
#: In a template, what is to be written: a text with arguments, or one in quotation marks.
_WRITE = re.compile(
    r"\b(?:write|goes into|(?:begin it|name an event) with) "
    r"(?:“(?P<quoted>[^”]+)”|(?P<bare>\{\w+\}))"
)
#: Where an author fills in a fact that only they know.
_OPEN = re.compile("…")
#: In words, what need not be the same: quotes, spaces, and a bullet.
_INSIGNIFICANT = re.compile(r"[\s\"'“”‘’＂\\]")
_ENTRY = re.compile(r"(?P<key>[a-z_]+): (?P<value>\S.*)", re.DOTALL)
_QUOTES = (*"'\"“”‘’＂\\",)
#: The key of the value that begins at the end of a text.
_KEY_BEFORE = re.compile(r"(?P<key>[\w-]+)\s*:\s+$")


class Span(NamedTuple):
    """A part of a text."""

    start: int
    end: int


def messages_in(message: Message) -> Iterator[Message]:
    """Yield a message, and those that are in it, the outer ones first."""
    yield message
    for _, value in message.arguments:
        if isinstance(value, Message):
            yield from messages_in(value)


def prescribed(message: Message) -> list[str]:
    """Return what a message says to write, in its order; several are alternatives."""
    found: dict[str, None] = {}
    for one in messages_in(message):
        arguments = {name: value for name, value in one.arguments if isinstance(value, str | int)}
        places = {
            one.template.find(f"{{{name}}}"): str(value)
            for name, value in arguments.items()
            if name in WRITTEN
        }
        for match in _WRITE.finditer(one.template):
            template = match["quoted"] or match["bare"]
            text = template
            for name, value in arguments.items():
                text = text.replace(f"{{{name}}}", str(value))
            places.setdefault(match.start(1 if match["quoted"] else 2), text)
        found |= dict.fromkeys(text for _, text in sorted(places.items()))
    return list(found)


def arguments_of(message: Message) -> dict[str, Argument]:
    """Return the arguments of a message, and of those that are in it."""
    return {name: value for one in messages_in(message) for name, value in one.arguments}


def quoted_in(message: Message) -> list[str]:
    """Return the texts of the file that a message quotes, the innermost first."""
    texts = [
        value
        for one in messages_in(message)
        for name, value in one.arguments
        if name not in WRITTEN and isinstance(value, str)
    ]
    return list(dict.fromkeys(reversed(texts)))


def offset_of(text: str, mark: Mark) -> int:
    """Return the index of a place in a text."""
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: mark.line - 1]) + mark.column - 1


def words_of(text: str) -> str:
    """Return a text without what may change when advice is followed."""
    return _INSIGNIFICANT.sub("", unicodedata.normalize("NFKC", text))


def find(text: str, words: str, near: int, *, is_cut: bool = False) -> Span | None:
    """Return where some words stand, whatever quotes and spaces are between, nearest to a place."""
    needle = words_of(words)
    low, end = text.rfind("\n", 0, near) + 1, _line_end(text, near)
    part = text[low : end + len(words)]
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(part):
        kept = words_of(char)
        chars += kept
        places += [place] * len(kept)
    joined = "".join(chars)
    starts = [match.start() for match in re.finditer(f"(?={re.escape(needle)})", joined)]
    if not needle or not starts:
        return None
    spans = [
        Span(low + places[start], low + places[start + len(needle) - 1] + 1) for start in starts
    ]
    spans = [
        span
        for span in spans
        if span.start <= end and _is_apart(text, span.start, span.start if is_cut else span.end)
    ]
    if not spans:
        return None
    around = [span for span in spans if span.start <= near < span.end]
    return (around or sorted(spans, key=lambda span: abs(span.start - near)))[0]


def _is_apart(text: str, start: int, end: int) -> bool:
    """Return whether a span begins and ends no word of Latin letters in its middle."""
    return not any(re.fullmatch(r"[A-Za-z0-9]{2}", text[n - 1 : n + 1]) for n in (start, end))


def follow(text: str, problem: Problem | Finding, choice: int = 0) -> str | None:
    """Return a text after one did what a message says; ``None`` if it says nothing exact.

    :param text: The text of the file.
    :param problem: What is wrong with it.
    :param choice: Which of several alternatives to take.
    """
    done = _by_place(text, problem)
    if done is not None:
        return done
    written = prescribed(problem.message)
    return _write(text, problem, written[choice]) if len(written) > choice else None


def _write(text: str, problem: Problem | Finding, what: str) -> str | None:
    near = min(offset_of(text, problem.mark), len(text))
    entry = _ENTRY.fullmatch(what)
    if link := MARKDOWN_LINK.match(text, near):
        end = _line_end(text, near) if what.startswith("[") else link.end()
        return text[:near] + what + text[end:]
    words = what.removeprefix("- ").rstrip("…\"'")
    is_cut = "…" in what
    if span := find(text, words, near, is_cut=is_cut) or find(text, words.removesuffix(":"), near):
        new = _replaced(text, _with_quotes(text, span, what, near), what)
        # Where it stands already, it is to stand alone.
        return _replaced(text, _value_at(text, near), what) if new == text else new
    if entry and _OPEN.search(entry["value"]):
        return None
    if entry:
        return _with_entry(text, near, entry)
    spans = [span for one in quoted_in(problem.message) if (span := find(text, one, near))]
    if what[0] in "{[" and not spans:
        spans = [_value_at(text, near)]
    spans.sort(key=lambda span: abs(span.start - near))
    return _replaced(text, _with_quotes(text, spans[0], what, near), what) if spans else None


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _with_quotes(text: str, span: Span, what: str, near: int) -> Span:
    """Return the span of some words with what stands around them: quotes, brackets, a bullet."""
    start, end = span
    if what[:1] in "\"'" and text[near : near + 1] in ("{", "[") and near < start:
        return Span(near, end + 1)
    while what[:1] in "\"'" and text[start - 1 : start] in _QUOTES:
        start -= 1
    while what[-1:] in "\"'" and text[end : end + 1] in _QUOTES:
        end += 1
    if what.startswith("- "):
        line = text.rfind("\n", 0, start) + 1
        lead = text[line:start]
        if not lead.strip():
            # Beside other items, or else before the key, which stays with those below it.
            is_beside = re.search(rf"^{lead}- ", text, re.MULTILINE)
            start -= 0 if is_beside else min(2, len(lead))
        elif not re.search(r"\w", lead):
            start = line + len(lead) - len(lead.lstrip())
    return Span(start, end)


def _replaced(text: str, span: Span, what: str) -> str:
    if "…" in what and "…" not in text[span.start : span.end]:
        # The beginning of a long text: the author writes all of it so.
        end = _line_end(text, span.start)
        quote = what[0] if what[0] in "\"'" else ""
        start, rest = span.start, text[span.end : end].rstrip()
        rest = rest.rstrip("\"'") if quote else rest
        return text[:start] + what.rstrip(f"…{quote}") + rest + quote + text[end:]
    return text[: span.start] + what + text[span.end :]


def _value_at(text: str, place: int) -> Span:
    """Return the span of the value that begins at a place."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    ends = re.compile(r"[,}\]\n]|$" if re.search(r"[{\[]", line) else r"\n|$")
    if text[place : place + 1] in ("'", '"'):
        ends = re.compile(rf"(?<={text[place]})[,}}\]\n]|\n|$")
    found = ends.search(text, place)
    return Span(place, found.start() if found else len(text))


def _with_entry(text: str, place: int, entry: re.Match[str]) -> str:
    """Write an entry in the place of the one whose value is here, or else into the mapping here."""
    line = text.rfind("\n", 0, place) + 1
    column = place - line
    before = _KEY_BEFORE.search(text[line:place])
    if text[place : place + 1] == "{":
        return f"{text[: place + 1]}{entry[0]}, {text[place + 1 :]}"
    if before:
        return text[: line + before.start()] + entry[0] + text[_value_at(text, place).end :]
    return f"{text[:place]}{entry[0]}\n{' ' * column}{text[place:]}"


def _by_place(text: str, problem: Problem | Finding) -> str | None:
    """Do what a message says whose arguments are places or signs."""
    near = offset_of(text, problem.mark)
    lines = text.split("\n")
    number = problem.mark.line
    match arguments_of(problem.message):
        case {"line": int(), "depth": int(depth), **others}:
            return _indented(text, number, depth, int(str(others.get("count", 0))))
        case {"both": str(both), "name": str(name)}:
            start = text.rindex(both.partition(" (")[0], 0, near)
            return text[:start] + both + text[near + len(name) :]
        case {"closing": str(closing), "line": int(line)}:
            lines[line - 1] = lines[line - 1].rstrip().removesuffix(",") + closing
            return "\n".join(lines)
        case {"rest": str(rest)} if text.startswith(rest, near):
            return text[:near] + text[near + len(rest) :]
        case {"tag": str(tag), **others} if "whole" not in others and problem.code is Code.TAG:
            return text[:near] + text[near + len(tag) :].lstrip(" ")
        case {"start": int(start), "middle": int(middle), "end": int(end)}:
            kept = (*range(start), *range(middle, end - 1), *range(end, len(lines)))
            return "\n".join(lines[n] for n in sorted({*kept} - {start - 1, middle - 1, end - 1}))
        case {"lines": tuple(entries)}:
            return _instead_of_entry(text, near, entries)
        case {"line": int(line), "whole": tuple(entries)}:
            return _in_lines(lines, line, number, entries)
        case {"sign": str(), "whole": str(head)} if head.rpartition(" ")[2] in ("|", ">-"):
            key = head.rpartition(" ")[0]
            line = next(n for n in range(number, 0, -1) if lines[n - 1].strip().startswith(key))
            before, value = lines[line - 1].split(head.rpartition(" ")[0] + " ", 1)
            depth = problem.mark.column - 1
            lines[line - 1 : line] = [before + head, " " * depth + value]
            return "\n".join(lines)
    if problem.code is Code.SYNTAX and text[near : near + 1] == ",":
        return text[:near] + text[near + 1 :]
    if problem.code is Code.INVISIBLE:
        return _without_invisible(text, problem)
    if problem.code is Code.SYNTAX and text[near : near + 1] in ("\t", "\u3000"):
        return "\n".join(map(_with_spaces, lines))
    return None


def _instead_of_entry(text: str, near: int, entries: Sequence[str]) -> str:
    """Write entries in the place of the one whose key or value begins at a place."""
    line = text.rfind("\n", 0, near) + 1
    before = _KEY_BEFORE.search(text[line:near])
    start = line + before.start() if before else near
    key = re.compile(r"[^\s:：]+\s*[:：]\s*").match(text, start)
    value = _value_at(text, key.end() if key else near)
    lead = text[line:start]
    within = re.search(r"[{\[]", lead)
    joint = ", " if within else "\n" + re.sub("[^ ]", " ", lead)
    return text[:start] + joint.join(entries) + text[value.end :]


def _with_spaces(line: str) -> str:
    own = len(line) - len(line.lstrip(" \t\u3000-"))
    lead = line[:own].replace("-\t", "- ").replace("\t", "  ").replace("\u3000", "  ")
    return lead + line[own:]


def _in_lines(lines: list[str], head: int, child: int, entries: Sequence[str]) -> str:
    """Write the text of a line as entries beside those below it."""
    line = lines[head - 1]
    deep = len(lines[child - 1]) - len(lines[child - 1].lstrip())
    key = re.match(r"(\s*(?:- )*[\w-]+:) ", line)
    if key:
        lines[head - 1] = key[1]
        lines[child - 1 : child - 1] = [" " * deep + entry for entry in entries]
        return "\n".join(lines)
    own = line.index("- ")
    moved = _indented("\n".join(lines), child, own + 2).split("\n")
    moved[head - 1 : head] = [
        " " * (own if entry.startswith("- ") else own + 2) + entry for entry in entries
    ]
    return "\n".join(moved)


def _without_invisible(text: str, problem: Problem | Finding) -> str:
    """Remove the character at a place."""
    near = offset_of(text, problem.mark)
    new = " " if "space instead" in problem.message.text() else ""
    return text[:near] + new + text[near + 1 :]


def _indented(text: str, number: int, depth: int, count: int | None = None) -> str:
    """Indent a line, and some below it, as deep as a message says; else those that are deeper."""
    lines = text.split("\n")
    own = _depth(lines[number - 1])
    below = [n for n in range(number, len(lines)) if lines[n].strip()]
    if count is None:
        first = next((n for n in below if _depth(lines[n]) <= own), len(lines))
        count = len([n for n in below if n < first])
    for n in (number - 1, *below[:count]):
        lines[n] = " " * max(0, _depth(lines[n]) + depth - own) + lines[n].lstrip()
    return "\n".join(lines)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def lost_words(before: str, after: str) -> list[str]:
    """Return the words of a text that another one lacks."""
    kept = re.findall(r"\w+", unicodedata.normalize("NFKC", after))
    missing = []
    for word in re.findall(r"\w+", unicodedata.normalize("NFKC", before)):
        if word in kept:
            kept.remove(word)
        else:
            missing.append(word)
    return missing


# Pages


def follow_page(text: str, finding: Finding) -> str | None:
    """Return the text of a page after one did what a message says; ``None`` if that is not exact.

    :param text: The text of the page.
    :param finding: What is wrong with it.
    """
    lines = text.split("\n")
    place = finding.mark.line - 1
    written = prescribed(finding.message)
    if finding.code is Code.NO_HEADING:
        underline = [str(v) for k, v in finding.message.arguments if k == "underline"]
        return "\n".join([*written, *underline, "", *lines])
    match arguments_of(finding.message):
        case {"written": str(old), "right": str(right)} if right.startswith((".. ", ":event")) and (
            finding.code is Code.MARKUP
        ):
            return _in_line(lines, finding.mark, old, right)
        case {"written": str(old), "marks": str(marks), "text": str(behind)} if (
            "right" not in written
        ):
            return text.replace(old, f"{marks}\n{behind}", 1)
        case {"written": str(old), "right": str(right)} if finding.code is Code.OPTION:
            return _with_option(lines, place, right)
        case {"written": str(old), "right": str(right), "marks": str(marks)}:
            return _as_block(lines, place, old, right, marks)
        case {"written": str(old), "right": str(right)}:
            return _in_line(lines, finding.mark, old, right)
        case {"written": str(old), "marks": str(marks)}:
            return _in_line(lines, finding.mark, old, marks)
        case {"marks": str(marks), **others} if "{event:" in lines[place] and "inner" not in others:
            below = _below_options(lines, place)
            return "\n".join([*lines[:below], marks, *lines[below:]])
        case {"written": str(old)} if old in lines[place]:
            # It belongs to the line above, or stands in one of text.
            before, behind = lines[place].split(old, 1)
            new = [before.rstrip(), "", old, "", behind.strip()] if before else ["", lines[place]]
            return "\n".join([*lines[:place], *new, *lines[place + 1 :]])
        case {"directive": str(), "right": str(right)} | {
            "name": str(),
            "suggestion": str(right),
        } if finding.code is Code.DIRECTIVE and right.startswith("```"):
            return "\n".join([*lines[:place], right, *lines[place + 1 :]])
        case {"directive": str(), "event": str(event)}:
            lines[place] = lines[place].replace(f" {event}", "", 1)
            return _with_option(
                [*lines[: place + 1], "", *lines[place + 1 :]], place + 1, written[0]
            )
        case {"directive": str(), "text": str(reported)}:
            return _below(lines, place, reported)
        case {"directive": str(), "ids": tuple(ids)}:
            end = next((n for n in range(place + 1, len(lines)) if lines[n].startswith("```")), 0)
            one = lines[place].partition("} ")[0]
            blocks = [
                line for name in ids for line in (f"{one}}} {name}", *lines[place + 1 : end + 1])
            ]
            return "\n".join([*lines[:place], *blocks, *lines[end + 1 :]])
        case {"right": str(right)} if finding.code is Code.UNKNOWN_SESSION and "{" in right:
            end = next(n for n in range(place + 1, len(lines)) if lines[n].startswith("```"))
            return "\n".join([*lines[:place], right, *lines[end:]])
        case {"title": str(title)} if finding.code is Code.HEADING:
            lines[place] = re.sub(r"(#+ ).*", lambda found: found[1] + title, lines[place])
            return "\n".join(lines)
    return _suggested(text, finding, written)


def _suggested(text: str, finding: Finding, written: Sequence[str]) -> str | None:
    """Write what is suggested in the place of what a message quotes, here or in lines below."""
    near = offset_of(text, finding.mark)
    for quoted in quoted_in(finding.message) if written else ():
        for found in re.finditer(r"[^\s`{}<>,:]+(?::[^\s`{}<>,:]+)?", text[near:]):
            if words_of(found[0]) == words_of(quoted):
                start, end = (near + place for place in found.span())
                return text[:start] + written[0] + text[end:]
    return None


def _below_options(lines: Sequence[str], place: int) -> int:
    below = place + 1
    while below < len(lines) and re.match(r"\s*:[\w-]+:", lines[below]):
        below += 1
    return below


def _with_option(lines: list[str], place: int, right: str) -> str:
    """Write an option below the directive above a line, and not in that line."""
    head = next(n for n in range(place, -1, -1) if "event:" in lines[n] and n < place)
    indent = "   " if lines[head].lstrip().startswith("..") else ""
    del lines[place]
    return "\n".join([*lines[: head + 1], indent + right, *lines[head + 1 :]])


def _in_line(lines: list[str], mark: Mark, old: str, new: str) -> str | None:
    """Write something in the place of a part of a line, and in reStructuredText close no fence."""
    place = mark.line - 1
    start = lines[place].find(old, max(0, mark.column - 1))
    if start < 0:
        return None
    lines[place] = lines[place][:start] + new + lines[place][start + len(old) :]
    if new.startswith("..") and lines[place + 1 :] and not lines[place + 1].strip("`~:"):
        lines[place + 1] = ""
    return "\n".join(lines)


def _as_block(lines: list[str], place: int, old: str, right: str, marks: str) -> str:
    """Write a directive on lines of its own, in the place of what stands in a line."""
    before, _, behind = lines[place].partition(old)
    if lines[place].lstrip().startswith("|"):
        lines[place] = before + behind.lstrip("`")
        below = next((n for n in range(place, len(lines)) if not lines[n].strip()), len(lines))
        return "\n".join([*lines[:below], "", right, marks, *lines[below:]])
    below = _below_options(lines, place)
    is_closed = below < len(lines) and lines[below].strip("`｀’'") == "" and lines[below].strip()
    rest = [behind.strip().strip("`")] if behind.strip().strip("`") else []
    block = [right, *lines[place + 1 : below], marks, *rest]
    above = [before.rstrip(), ""] if before.strip() else []
    return "\n".join([*lines[:place], *above, *block, *lines[below + bool(is_closed) :]])


def _below(lines: list[str], place: int, reported: str) -> str:
    """Write the text of a directive below it."""
    if reported in lines[place]:
        head = lines[place].replace(reported, "", 1).rstrip()
        end = next((n for n in range(place + 1, len(lines)) if lines[n].startswith("```")), place)
        return "\n".join(
            [*lines[:place], head, *lines[place + 1 : end + 1], "", reported, *lines[end + 1 :]]
        )
    top = next(n for n in range(place, len(lines)) if reported in lines[n])
    end = next(n for n in range(top, len(lines)) if lines[n].startswith("```"))
    return "\n".join([*lines[:top], lines[end], "", *lines[top:end], *lines[end + 1 :]])
