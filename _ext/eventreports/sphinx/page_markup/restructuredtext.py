"""Faults of a reStructuredText page: directives and roles that are none."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from sphinxcommon.messages import Message

from ...core.page_blocks import places_of_text
from ...core.problems import Code, Finding, Mark
from .names import DOMAIN, Names
from .repairs import Fault, Repair

_PREFIX: Final = r"(?P<prefix>\s*(?:(?:[-*+]|\d+[.)])\s+)*)"
_FENCE: Final = re.compile(
    rf"{_PREFIX}(?P<marks>`{{3,}}|~{{3,}}|:{{3,}})\s*\{{(?P<name>[^{{}}]+)\}}(?P<rest>[^`]*)`*\s*"
)
_DIRECTIVE: Final = re.compile(
    rf"{_PREFIX}\.\.(?P<space>\s*)(?P<name>[A-Za-z][\w.-]*(?:\s*:\s*[\w-]+)?)\s*(?P<end>::?)"
    r"(?:\s+(?P<rest>.*))?"
)
#: Cells of tables may have directives.
_IN_LINE: Final = re.compile(r"(?<=[^\s|] )\.\.\s+(?P<name>event:[\w-]+)::")
_ROLE: Final = re.compile(r"(?<![`\w])[{｛](?P<name>[^{}｛｝`]+)[}｝](?=`[^`]+`)")
_OPTION: Final = re.compile(r"\s*:(?!:)[^:`]+:(\s|$)")
#: An underline of a heading, or a border of a table.
_LINE: Final = re.compile(r"\s*([^\w\s])[\s\1+|-]*")


def faults(lines: Sequence[str], names: Names) -> Iterator[Fault]:
    """Find what is wrong in the lines of a page.

    :param lines: The lines.
    :param names: The directives and roles that there are.
    :yields: The faults.
    """
    for place in places_of_text(lines):
        text = unicodedata.normalize("NFKC", lines[place])
        if (found := _FENCE.fullmatch(text)) and not names.are_with_body(text):
            yield from _fence(lines, place, found, names)
        elif found := _DIRECTIVE.fullmatch(text):
            yield from _directive(lines, place, found, names)
        elif found := _IN_LINE.search(text):
            yield _within(place, found)
        yield from _role(lines, place, names)


def _meant(name: str, names: Names) -> str | None:
    """Return the directive that a name means, which need not be wrong."""
    plain = re.sub(r"\s*:\s*", ":", name.strip().lower())
    return plain if plain.startswith(f"{DOMAIN}:") else names.directive_meant(plain)


def _fence(lines: Sequence[str], place: int, found: re.Match[str], names: Names) -> Iterator[Fault]:
    """Find a directive as Markdown has it; its fence and its options become a directive."""
    name = found["name"].strip()
    meant = _meant(name, names)
    message = Message(
        "“{written}” is Markdown; in reStructuredText write “{right}”",
        written=lines[place].strip(),
        right=_opening(meant or name, found["rest"]),
    )
    if meant is None:
        if names.is_directive(name):
            yield _fault(place, len(found["prefix"]), message)
        return
    right = _opening(meant, found["rest"])
    behind = place + 1
    while behind < len(lines) and _OPTION.match(lines[behind]):
        behind += 1
    indent = re.sub(r"\S", " ", found["prefix"])
    options = [f"{indent}   {text.strip()}" for text in lines[place + 1 : behind]]
    following = "".join(lines[behind : behind + 1]).strip()
    closing = [""] if following and not following.strip("`~:") else []
    if closing:
        message = Message(
            "{problem}, and nothing for “{marks}” below it", problem=message, marks=following
        )
    message = Message("{problem}; it is read as what is meant", problem=message)
    new = [found["prefix"] + right, *options, *closing]
    fixed = Repair(place, behind + len(closing), new)
    yield _fault(place, len(found["prefix"]), message, fixed)


def _directive(
    lines: Sequence[str], place: int, found: re.Match[str], names: Names
) -> Iterator[Fault]:
    """Find a directive that docutils takes for a comment or a text, or does not know."""
    meant = _meant(found["name"], names)
    if meant is None and found["end"] == "::":
        meant = names.near_directive(found["name"])
    if meant is None or (found["end"] == ":" and ":" not in found["name"]):
        return
    right = _opening(meant, found["rest"])
    written = lines[place].strip()
    column = len(found["prefix"])
    head = f"{found['prefix']}.. {found['name']}::"
    is_right = found["name"].lower() == meant and lines[place].startswith(head)
    if not is_right:
        message = Message(
            "“{written}” is no directive; write “{right}”; it is read as such",
            written=written,
            right=right,
        )
        fixed = Repair(place, place + 1, [found["prefix"] + right])
        yield _fault(place, column, message, fixed)
    elif place and _is_paragraph(lines, place, column):
        message = Message(
            "“{written}” belongs to the line above: leave a blank line between; it is read as such",
            written=written,
        )
        yield _fault(place, column, message, Repair(place, place + 1, ["", lines[place]]))
    else:
        yield from _options(lines, place, column, names)


def _options(lines: Sequence[str], place: int, column: int, names: Names) -> Iterator[Fault]:
    """Find the first option of a directive that stands too far left, or below a blank line."""
    top = place + 1
    while (
        top < len(lines) and _OPTION.match(lines[top]) and lines[top].startswith(" " * (column + 1))
    ):
        top += 1
    line = next((n for n, text in enumerate(lines[top:], top) if text.strip()), len(lines))
    text = lines[line] if line < len(lines) else ""
    found = re.match(r"\s*[:：]([A-Za-z][\w-]*)[:：]\s*(.*)", text)
    if not found or not names.is_option(found[1]) or (line > top and len(lines[place:top]) > 1):
        return
    right = f":{found[1]}: {found[2]}".rstrip()
    message = Message(
        "“{written}” is no option here; write “{right}” right below the name of the directive, "
        "indented by three spaces; it is read as such",
        written=text.strip(),
        right=right,
    )
    new = [f"{' ' * column}   {right}", *lines[top:line]]
    own = len(text) - len(text.lstrip())
    yield Fault(Finding(Mark(line + 1, own + 1), Code.OPTION, message), Repair(top, line + 1, new))


def _is_paragraph(lines: Sequence[str], place: int, column: int) -> bool:
    """Return whether the line above is one of text, as deep as the directive."""
    above = lines[place - 1]
    is_as_deep = len(above) - len(above.lstrip()) == column
    is_text = above.strip() and not _LINE.fullmatch(above)
    return bool(is_text) and is_as_deep and not above.lstrip().startswith("..")


def _within(place: int, found: re.Match[str]) -> Fault:
    message = Message(
        "“{written}” stands in a line of text, where there are no directives; write it on a line "
        "of its own, with blank lines around",
        written=found[0],
    )
    return _fault(place, found.start(), message)


def _role(lines: Sequence[str], place: int, names: Names) -> Iterator[Fault]:
    """Find a role as Markdown has it."""
    text = lines[place]
    for found in _ROLE.finditer(text):
        plain = unicodedata.normalize("NFKC", found["name"]).strip()
        is_right = plain.startswith(f"{DOMAIN}:") or names.is_role(plain)
        name = plain if is_right else names.role_meant(plain)
        if name is None:
            continue
        message = Message(
            "“{written}” is Markdown; in reStructuredText write “{right}”; it is read as such",
            written=found[0],
            right=f":{name}:",
        )
        new = f"{text[: found.start()]}:{name}:{text[found.end() :]}"
        yield _fault(place, found.start(), message, Repair(place, place + 1, [new]))
        return


def _opening(directive: str, argument: str | None) -> str:
    return f".. {directive}:: {(argument or '').strip()}".rstrip()


def _fault(line: int, column: int, message: Message, fixed: Repair | None = None) -> Fault:
    return Fault(Finding(Mark(line + 1, column + 1), Code.MARKUP, message), fixed)
