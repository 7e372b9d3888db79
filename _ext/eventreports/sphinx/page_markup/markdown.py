"""Faults of a Markdown page: fences that stay open, directives that are none."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import folded, suggesting

from ...core.problems import Code, Finding, Mark
from .names import DOMAIN, Names
from .repairs import Fault, Repair

_FENCE: Final = "```"
#: What may stand before a line of a list or quote.
_PREFIX: Final = r"(?P<prefix>\s*(?:(?:[-*+]|\d+[.)])\s+|>\s?)*)"
_OPTION: Final = re.compile(r"\s*:(?!:)[^:`]+:(\s|$)")
_OPTION_LIKE: Final = re.compile(
    r"(?P<prefix>[\s>]*)(?P<colon>:?)\s*(?P<name>[A-Za-z][\w-]*)\s*:(?!:)\s*(?P<value>.*)"
)
#: The first line of a fence, and one that only seems to close it.
_OPENING: Final = re.compile(rf"{_PREFIX}(?P<marks>`{{3,}}|~{{3,}}|:{{3,}})\s*\S")
_FENCE_WITHIN: Final = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,})\s*\{")
_CLOSING: Final = re.compile(r"[\s>]*(?P<marks>`{2,}|~{3,}|:{2,}|['´‘’ˋ]{3,})\s*")
#: What programs make of the marks of a fence, and keyboards have beside them.
_QUOTES: Final = re.compile(r"^(\s*)['´‘’ˋ]{3}(?=\s*[{｛]|\s*$)")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+\S")
#: Behind the marks of a fence: ``{event:info} …``, its braces of any kind or left out.
_INFO: Final = re.compile(
    r"(?:[{\[(<]\s*(?P<braced>[^{}\[\]()<>]+?)\s*(?:[}\])>](?P<behind>.*)|$)"
    r"|(?P<bare>events?\s*[:._-]\s*[\w-]+)(?P<rest>(?:\s.*)?)$)"
)
#: Directives that are alone in their line, and others: ``text ```{event:info}`` ``.
_IN_REST: Final = re.compile(
    rf"{_PREFIX}\.\.\s*(?P<name>[\w.-]+(?:\s*:\s*[\w-]+)?)\s*(?P<end>::?)(?:\s+(?P<rest>.*))?"
)
_BRACED: Final = (
    r"(?P<marks>`{2,}|~{3,}|:{3,})\s*\{\s*(?P<name>[^{}`]+?)\s*\}(?P<rest>[^`|]*)(?P<end>`{3,})?\s*"
)
_ALONE: Final = re.compile(_PREFIX + _BRACED)
_BARE: Final = re.compile(
    rf"{_PREFIX}\{{\s*(?P<name>events?\W[^{{}}`]+?)\s*\}}(?P<rest>[^`|]*)", re.IGNORECASE
)
_IN_LINE: Final = re.compile(rf"(?P<prefix>)(?<!\S){_BRACED}")
_IN_CELL: Final = re.compile(r"(?<=[|\s])\{(?P<name>events?\W[^{}`|]+)\}(?=\s*(?:\||$))")
_REST_IN_LINE: Final = re.compile(r"(?<!\S)\.\.\s+(?P<name>event:[\w-]+)::")
_ROLE: Final = re.compile(
    r"(?<![\w`:])(?P<written>[{｛](?P<name>[^{}｛｝`]+)[}｝]|:(?P<of_rest>[a-z][\w:+-]*):)(?=`[^`]+`)"
)
#: Code in a line, which may be the text of a role.
_CODE: Final = re.compile(
    r"(?P<role>[}｝]|:\w[\w:]*:)?(?<!`)(?P<marks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=marks)(?!`)"
)
#: What takes the place of code.
_HIDDEN: Final = "\ufffc"
#: What lines have in which something may be wrong.
_SIGN: Final = re.compile(rf"\{{|\.\.|:`|{DOMAIN}", re.IGNORECASE)
#: A name with its domain, which has the directive or reports it.
_RIGHT: Final = re.compile(rf"{DOMAIN}:[\w-]+")


def faults(
    lines: Sequence[str], parser: MarkdownIt, names: Names, heading: str | None = None
) -> Iterator[Fault]:
    """Find what is wrong in the lines of a page.

    :param lines: The lines.
    :param parser: A parser of blocks.
    :param names: The directives and roles that there are.
    :param heading: What the page is called if it does not say so; ``None`` if it need not.
    :yields: The faults.
    """
    page = _Page(lines, names)
    is_table = False
    seen: set[int] = set()
    tokens = parser.parse("\n".join([*lines, ""]))
    if heading:
        yield from page.heading(tokens, heading)
    for token in tokens:
        if token.type in ("table_open", "table_close"):
            is_table = token.type == "table_open"
        elif token.type in ("fence", "colon_fence"):
            yield from page.fence(token)
        elif token.type == "html_block":
            yield from page.comment(token)
        elif token.type == "inline" and token.map:
            # The cells of a row are of one line.
            for place in set(range(*token.map)) - seen:
                seen.add(place)
                yield from page.line(place, is_table=is_table)


class _Page:
    """The lines of a page, and what there is to name in them."""

    def __init__(self, lines: Sequence[str], names: Names) -> None:
        self._lines = lines
        self._names = names

    def heading(self, tokens: Sequence[Token], name: str) -> Iterator[Fault]:
        """Find a first heading that is that of a part of the page."""
        places = (n for n, token in enumerate(tokens) if token.type == "heading_open")
        place = next(places, None)
        if place is None or tokens[place].tag == "h1" or tokens[0].map is None:
            return
        line = (tokens[place].map or [0])[0]
        if folded(tokens[place + 1].content) == folded(name):
            return
        message = Message(
            "the page has no heading above “{written}”, and is called “{name}”; begin it with "
            "“# {name}”",
            written=self._lines[line].strip(),
            name=name,
        )
        top = tokens[0].map[1] if tokens[0].type == "front_matter" else 0
        is_free = not self._lines[top].strip()
        fixed = Repair(top, top + is_free, [f"# {name}"])
        yield self._fault(line, 0, Code.NO_HEADING, message, fixed)

    # Fences

    def fence(self, token: Token) -> Iterator[Fault]:
        """Find what is wrong with a fence."""
        assert token.map
        start = token.map[0]
        info = token.info.strip()
        plain = unicodedata.normalize("NFKC", info)
        if found := _INFO.match(plain):
            written = (found["braced"] or found["bare"]).strip()
            behind = (found["behind"] or found["rest"] or "").strip()
            if found["braced"] and found["behind"] is None:
                written, _, behind = written.partition(" ")
            if with_id := re.fullmatch(rf"({_RIGHT.pattern}):(.+)", written):
                written, behind = with_id[1], f"{with_id[2]} {behind}".rstrip()
            if _RIGHT.fullmatch(written) and re.match(rf"\{{{written}\}}(\s|$)", info):
                has_body = self._names.has_body(written)
                yield from (self._other_fence if has_body else self._bodiless)(token, start)
                return
            # Others are languages of code, which some programs have in braces.
            if plain.startswith("{") or re.match(r"events?\W", written):
                meant = self._named(written) or self._names.near_directive(written)
                if meant:
                    yield self._misnamed(start, token.markup, info, meant, behind)
                    return
        yield from self._other_fence(token, start)

    def _misnamed(self, line: int, marks: str, info: str, meant: str, behind: str) -> Fault:
        """Return the fault of a fence whose name is that of no directive."""
        right = f"{marks}{{{meant}}} {behind}".rstrip()
        text = self._lines[line]
        column = text.find(marks)
        problem = Message("there is no directive “{name}”", name=info)
        message = Message(
            "{problem}; it is read as what is meant", problem=suggesting(problem, right)
        )
        fixed = Repair(line, line + 1, [text[:column] + right])
        return self._fault(line, column, Code.DIRECTIVE, message, fixed)

    def _bodiless(self, token: Token, start: int) -> Iterator[Fault]:
        """Find a directive of the domain that is not closed below its options."""
        content = self._content(token, start)
        if fault := self._option(start, content):
            yield fault
            return
        below = start + 1 + _option_lines(content)
        body = self._lines[below : start + 1 + len(content)]
        swallows = any(map(_HEADING.match, body)) or any(map(_OPENING.match, body))
        if _is_closed(token) and not swallows:
            return
        closing = next((text for text in body if text.strip()), "")
        if (short := _CLOSING.fullmatch(closing)) and short["marks"] != token.markup:
            yield self._badly_closed(body.index(closing) + below, short["marks"], token.markup)
            return
        with_text = re.fullmatch(rf"([\s>]*){token.markup}\s*([^\s{{`~:].*)", closing)
        if with_text:
            line = body.index(closing) + below
            prefix, behind = with_text.groups()
            fixed = Repair(line, line + 1, [prefix + token.markup, prefix + behind])
            message = Message(
                "“{written}” does not close the fence that “{marks}” opens: write “{marks}”, and "
                "“{text}” below it; it is read as such",
                written=closing.strip(),
                marks=token.markup,
                text=behind,
            )
            column = len(prefix)
            yield self._fault(line, column, Code.FENCE, message, fixed)
            return
        message = Message(
            "the directive is not closed: write “{marks}” in a line of its own, here below it; it "
            "is read as such",
            marks=token.markup,
        )
        column = self._lines[start].find(token.markup)
        prefix = _continued(self._lines[start][:column])
        is_free = below < len(self._lines) and not self._lines[below].strip()
        fixed = Repair(below, below + is_free, [prefix + token.markup])
        yield self._fault(start, column, Code.FENCE, message, fixed)

    def _other_fence(self, token: Token, start: int) -> Iterator[Fault]:
        """Find a fence that takes in what does not seem to belong to it."""
        content = self._content(token, start)
        marks = token.markup
        column = self._lines[start].find(marks)
        if _is_closed(token):
            # Without what stands before it in an item of a list.
            inner = next(
                (one for one in token.content.split("\n") if _opens_within(one, marks)), None
            )
            if inner is not None and token.type == "fence":
                line = start + 1 + token.content.split("\n").index(inner)
                message = Message(
                    "the fence “{marks}” is not closed before “{inner}” in line {line}: write "
                    "“{marks}” where it ends",
                    marks=marks,
                    inner=inner.strip(),
                    line=line + 1,
                )
                yield self._fault(start, column, Code.FENCE, message)
            return
        if not any(text.strip() for text in content):
            return
        for number, text in enumerate(content):
            short = _CLOSING.fullmatch(text)
            if short and short["marks"][0] == marks[0]:
                yield self._badly_closed(start + 1 + number, short["marks"], marks)
                return
        above = self._lines[start - 1].strip() if start else ""
        message = Message(
            "the fence “{marks}” is not closed, and takes in all that follows: write “{marks}” "
            "where it ends",
            marks=marks,
        )
        if above and not token.info.strip() and not above.startswith(("#", "`", "~", ":")):
            message = Message(
                "{problem}; or, if it underlines a heading, write “## {heading}” instead",
                problem=message,
                heading=above,
            )
        taken = next((text.strip() for text in content if f"{{{DOMAIN}:" in text), None)
        if taken:
            message = Message("{problem} (“{taken}” is in it)", problem=message, taken=taken)
        yield self._fault(start, column, Code.FENCE, message)

    def _option(self, start: int, content: Sequence[str]) -> Fault | None:
        """Return the first fault of how an option of a directive of the domain is written."""
        first = next((n for n, text in enumerate(content) if text.strip()), 0)
        for number, text in enumerate(content[first:], first):
            written = _OPTION_LIKE.fullmatch(unicodedata.normalize("NFKC", text))
            if not written or (first and not self._names.is_option(written["name"])):
                return None
            is_right = _OPTION.match(text) is not None
            if is_right and not first:
                continue
            if not (written["colon"] or self._names.is_option(written["name"])):
                return None
            right = f":{written['name']}: {written['value']}".rstrip()
            message = Message(
                "“{written}” is no option here; write “{right}” right below the name of the "
                "directive; it is read as such",
                written=text.strip(),
                right=right,
            )
            line = start + 1 + number
            # A blank line above it goes below it.
            fixed = Repair(start + 1, line + 1, self._moved(start + 1, line, right))
            return self._fault(line, len(written["prefix"]), Code.OPTION, message, fixed)
        return None

    def _moved(self, top: int, line: int, right: str) -> list[str]:
        """Return the lines from the top on with an option at its end, without blank ones above."""
        above = self._lines[top:line]
        kept = [text for text in above if text.strip()]
        prefix = re.match(r"[\s>]*", self._lines[line])
        return [*kept, (prefix[0] if prefix else "") + right, *[""] * (len(above) - len(kept))]

    def _badly_closed(self, line: int, written: str, marks: str) -> Fault:
        text = self._lines[line]
        fixed = Repair(line, line + 1, [text[: text.find(written)] + marks])
        return self._not_closing(line, written, marks, fixed)

    def _not_closing(self, line: int, written: str, marks: str, fixed: Repair) -> Fault:
        message = Message(
            "“{written}” does not close the fence that “{marks}” opens: write “{marks}”; it is "
            "read as such",
            written=written,
            marks=marks,
        )
        column = self._lines[line].find(written)
        return self._fault(line, column, Code.FENCE, message, fixed)

    def comment(self, token: Token) -> Iterator[Fault]:
        """Find a comment that takes in what follows."""
        if token.map and token.content.lstrip().startswith("<!--") and "-->" not in token.content:
            message = Message(
                "the comment “<!--” is not closed, and takes in all that follows: write “-->” "
                "where it ends"
            )
            column = self._lines[token.map[0]].find("<!--")
            yield self._fault(token.map[0], column, Code.FENCE, message)

    def _content(self, token: Token, start: int) -> Sequence[str]:
        return self._lines[start + 1 : start + 1 + token.content.count("\n")]

    # Lines of text

    def line(self, place: int, *, is_table: bool) -> Iterator[Fault]:
        """Find directives and roles in a line of text that are none."""
        written = _QUOTES.sub(rf"\1{_FENCE}", self._lines[place])
        text = unicodedata.normalize("NFKC", _CODE.sub(_without_code, written))
        if not _SIGN.search(text) or self._names.are_with_body(text):
            return
        if not is_table and (fault := self._alone(place, text)):
            yield fault
            return
        for pattern in (_IN_LINE, _REST_IN_LINE, *([_IN_CELL] if is_table else [])):
            found = pattern.search(text)
            if found and (meant := self._named(found["name"])):
                yield self._within(place, text, found, meant, is_table=is_table)
                return
        yield from self._roles(place)

    def _named(self, name: str) -> str | None:
        """Return the directive that a name means, which need not be wrong."""
        name = name.strip()
        if _RIGHT.fullmatch(name.lower()):
            return name.lower()
        return self._names.directive_meant(name)

    def _alone(self, place: int, text: str) -> Fault | None:
        """Return the fault of a line that has a directive alone, as no directive is written."""
        written = self._lines[place].strip()
        if found := _IN_REST.fullmatch(text):
            return self._of_rest(place, found)
        found = _ALONE.fullmatch(text) or _BARE.fullmatch(text)
        if not found or not (meant := self._named(found["name"])):
            return None
        message = Message(
            "“{written}” is no directive; write “{right}”, and “{marks}” below it; it is read as "
            "such",
            written=written,
            right=_opening(meant, found["rest"]),
            marks=_FENCE,
        )
        return self._as_fence(place, found, meant, message)

    def _of_rest(self, place: int, found: re.Match[str]) -> Fault | None:
        """Return the fault of a directive as reStructuredText has it."""
        written, name = self._lines[place].strip(), found["name"]
        meant = self._named(name)
        message = Message(
            "“{written}” is reStructuredText; in Markdown write “{right}”, and “{marks}” below it",
            written=written,
            right=_opening(meant or name, found["rest"]),
            marks=_FENCE,
        )
        if meant and (found["end"] == "::" or ":" in name):
            message = Message("{problem}; it is read as what is meant", problem=message)
            return self._as_fence(place, found, meant, message)
        if found["end"] == "::" and self._names.is_directive(name):
            return self._fault(place, len(found["prefix"]), Code.MARKUP, message)
        return None

    def _as_fence(self, place: int, found: re.Match[str], meant: str, message: Message) -> Fault:
        """Return a fault whose directive becomes a fence, with the options in the lines below."""
        indent, behind = _continued(found["prefix"]), place + 1
        while behind < len(self._lines) and _OPTION.match(self._lines[behind]):
            behind += 1
        options = [indent + text.strip() for text in self._lines[place + 1 : behind]]
        following = unicodedata.normalize("NFKC", "".join(self._lines[behind : behind + 1]))
        behind += not following.strip() or _CLOSING.fullmatch(following) is not None
        column = found.start() + len(found["prefix"])
        before = self._lines[place][: found.start()].rstrip()
        opening = found["prefix"] + _opening(meant, found["rest"])
        lines = [*([before] if before else []), opening, *options, indent + _FENCE]
        fixed = Repair(place, min(behind, len(self._lines)), lines)
        return self._fault(place, column, Code.MARKUP, message, fixed)

    def _within(
        self, place: int, text: str, found: re.Match[str], meant: str, *, is_table: bool
    ) -> Fault:
        """Return the fault of a directive that stands among other text."""
        written = found[0].partition("}")[0] + "}" if "{" in found[0] else found[0]
        right = _opening(meant, "")
        if is_table:
            message = Message(
                "“{written}” stands in a table, where there are no directives; write “{right}” and "
                "“{marks}” on lines of their own, above or below the table",
                written=written,
                right=right,
                marks=_FENCE,
            )
            return self._fault(place, found.start(), Code.MARKUP, message)
        message = Message(
            "“{written}” stands in a line of text, where there are no directives; write “{right}” "
            "and “{marks}” on lines of their own",
            written=written,
            right=right,
            marks=_FENCE,
        )
        if "{" in found[0] and found.end() == len(text) == len(self._lines[place]):
            message = Message("{problem}; it is read as what is meant", problem=message)
            return self._as_fence(place, found, meant, message)
        return self._fault(place, found.start(), Code.MARKUP, message)

    def _roles(self, place: int) -> Iterator[Fault]:
        text = self._lines[place]
        for found in _ROLE.finditer(_CODE.sub(_without_code, text)):
            right = self._role_meant(found)
            if right is None:
                continue
            message = Message(
                "“{written}” is no role; write “{right}”; it is read as such",
                written=found["written"],
                right=f"{{{right}}}",
            )
            new = f"{text[: found.start()]}{{{right}}}{text[found.end() :]}"
            fixed = Repair(place, place + 1, [new])
            yield self._fault(place, found.start(), Code.MARKUP, message, fixed)
            return

    def _role_meant(self, found: re.Match[str]) -> str | None:
        """Return the role that is meant by what is none."""
        if name := found["of_rest"]:
            is_role = name.startswith(f"{DOMAIN}:") or self._names.is_role(name)
            return name if is_role else None
        plain = unicodedata.normalize("NFKC", found["name"]).strip()
        if found["written"] == f"{{{plain}}}" and plain.startswith(f"{DOMAIN}:"):
            # The domain itself reports a name that it does not have.
            return None
        return plain if plain.startswith(f"{DOMAIN}:") else self._names.role_meant(plain)

    def _fault(
        self, line: int, column: int, code: Code, message: Message, fixed: Repair | None = None
    ) -> Fault:
        return Fault(Finding(Mark(line + 1, max(column, 0) + 1), code, message), fixed)


def _without_code(found: re.Match[str]) -> str:
    """Return code in a line without what it says, unless a role or a directive is meant."""
    is_directive = len(found["marks"]) >= len(_FENCE) and found["code"].lstrip().startswith("{")
    return found[0] if found["role"] or is_directive else _HIDDEN * len(found[0])


def _opening(directive: str, argument: str | None) -> str:
    return f"{_FENCE}{{{directive}}} {(argument or '').strip()}".rstrip()


def _continued(prefix: str) -> str:
    """Return what stands before the further lines of an item of a list, or of a quote."""
    return re.sub(r"[^\s>]", " ", prefix)


def _is_closed(token: Token) -> bool:
    assert token.map
    return token.map[1] - token.map[0] == token.content.count("\n") + 2


def _opens_within(text: str, marks: str) -> bool:
    """Return whether a line opens a directive with the marks of a fence around it, or more."""
    found = _FENCE_WITHIN.match(text)
    return found is not None and found["marks"].startswith(marks)


def _option_lines(content: Sequence[str]) -> int:
    """Return how many lines of options a directive begins with."""
    if content and content[0].strip().startswith("---"):
        ends = (n for n, text in enumerate(content[1:], 2) if text.strip().startswith("---"))
        return next(ends, 1)
    return next((n for n, text in enumerate(content) if not _OPTION.match(text)), len(content))
