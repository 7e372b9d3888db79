"""Pages in Markdown that others have written, as notes below a title: links, headings, code."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final
from urllib.parse import unquote, urlsplit

from pygments import lexers
from pygments.token import Error
from pygments.util import ClassNotFound

_LINK: Final = re.compile(
    r"(!?\[(?:[^\[\]]|\[[^\[\]]*\](?:\([^()\n]*\))?)*\]\()"
    r"(<[^>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)((?:\s+\"[^\"]*\")?\))"
)
_IMAGE: Final = re.compile(
    r"(!\[[^\[\]]*\]\()(<[^>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)((?:\s+\"[^\"]*\")?\))"
)
#: Code, between which every second part of a text is none.
_CODE: Final = re.compile(
    r"(^[ \t]*(?:`{3,}|~{3,})[\s\S]*?^[ \t]*(?:`{3,}|~{3,})[ \t]*$|`[^`\n]+`)", re.MULTILINE
)
_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})")
_RULE: Final = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_SOURCE: Final = re.compile(
    r"""(<(?:img|a|video|source)\b[^>]*?\b(?:src|href)=)(["'])([^"']+)(\2)""", re.IGNORECASE
)


def links_in(body: str) -> tuple[str, ...]:
    """Return the addresses of local files, and of headings that are not there, once each.

    :param body: Markdown.
    :returns: The addresses.
    """
    found: list[str] = []
    for text in _outside_code(body):
        found += [match[2] for pattern in (_IMAGE, _LINK) for match in pattern.finditer(text)]
        found += [match[3] for match in _SOURCE.finditer(text)]
    anchors = {_anchor(line) for line in body.split("\n") if re.match(r"#{1,3}\s", line)}
    lost = (link for link in found if link.startswith("#") and unquote(link) not in anchors)
    return tuple(dict.fromkeys([*filter(_is_local, found), *lost]))


def with_links(body: str, targets: Mapping[str, str], missing: Set[str]) -> str:
    """Return Markdown with other addresses.

    :param body: The text.
    :param targets: The new addresses, by those that :func:`links_in` returns.
    :param missing: Addresses that lead nowhere: links with them stay readable, as code.
    :returns: The text.
    """

    def link(found: re.Match[str]) -> str:
        if found[2] in missing:
            return f"`{found[0]}`"
        return f"{found[1]}{targets.get(found[2], found[2])}{found[3]}"

    def source(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}{targets.get(found[3], found[3])}{found[4]}"

    parts = _CODE.split(body)
    # Every second part is code.
    parts[::2] = [
        _SOURCE.sub(source, _LINK.sub(link, _IMAGE.sub(link, part))) for part in parts[::2]
    ]
    return "".join(parts)


def _outside_code(body: str) -> list[str]:
    return _CODE.split(body)[::2]


def _anchor(heading: str) -> str:
    """Return the address of a heading, as MyST makes it of its text."""
    plain = heading.lstrip("#").strip().lower().replace(" ", "-")
    return "#" + re.sub(r"[^\w\u4e00-\u9fff\- ]", "", plain)


def _is_local(link: str) -> bool:
    plain = link.strip("<>")
    is_elsewhere = plain.startswith(("#", "//", "mailto:", "data:")) or urlsplit(plain).scheme
    return not is_elsewhere


def as_notes(lines: Sequence[str], above: int = 1) -> str:
    """Return lines of Markdown as they stand below a heading.

    No heading is more than one level deeper than the one before it; rules part paragraphs, and
    neither begin nor end a section. Nothing else changes.

    :param lines: The lines.
    :param above: The level of the heading; all others are deeper.
    :returns: The text.
    """
    found: list[str] = []
    level = above
    for block in _blocks(lines):
        line = block[0]
        heading = re.match(r"(#{1,6})(\s.*|$)", line)
        if _FENCE.match(line):
            found += _code(block)
        elif heading:
            level = min(max(len(heading[1]), above + 1), level + 1, 6)
            _remove_end(found)
            found += ["", f"{'#' * level}{heading[2]}"]
        elif not (_RULE.fullmatch(line.strip()) and _is_at_beginning(found)):
            found.append(line)
    _remove_end(found)
    return "\n".join(found).strip("\n")


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each block of code together, and each other line."""
    code: list[str] = []
    for line in lines:
        fence = _FENCE.match(line)
        if not code and not fence:
            yield [line]
            continue
        code.append(line)
        opened = _FENCE.match(code[0])
        is_end = fence and opened and len(code) > 1 and fence[1].startswith(opened[1])
        if is_end and not line.strip().strip("`~"):
            yield code
            code = []
    if code:
        yield code


def _remove_end(lines: list[str]) -> None:
    """Remove blank lines and rules from the end."""
    while lines and (not lines[-1].strip() or _RULE.fullmatch(lines[-1].strip())):
        lines.pop()


def _code(block: Sequence[str]) -> list[str]:
    """Return a block of code in a language that is known, and that it is in.

    Qiita has the language before a file's name, or that alone; the name then stands above.
    """
    fence = _FENCE.match(block[0])
    info = block[0][fence.end() :].strip() if fence else ""
    if fence is None or not info or info.startswith("{"):
        return list(block)
    language, _colon, name = info.partition(":")
    if not name and not _is_language(language) and "." in language:
        name = language
    language = language if _is_language(language) else _language_of_file(name)
    if not _is_in(language, "\n".join(block[1:-1])):
        language = "text"
    named = [f"`{name}`", ""] if name else []
    return [*named, f"{fence[0]}{language}", *block[1:]]


def _is_language(name: str) -> bool:
    try:
        lexers.find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True


def _language_of_file(name: str) -> str:
    known = lexers.find_lexer_class_for_filename(name) if name else None
    return known.aliases[0] if known and known.aliases else "text"


def _is_in(language: str, code: str) -> bool:
    """Return whether code is in a language, as far as its highlighting says so."""
    lexer = lexers.get_lexer_by_name(language)
    return all(kind is not Error for kind, _text in lexer.get_tokens(code))


def _is_at_beginning(lines: Sequence[str]) -> bool:
    """Return whether nothing stands behind the last heading yet, or another rule does."""
    before = next((line for line in reversed(lines) if line.strip()), "")
    return (
        not before or bool(re.match(r"#{1,6}\s", before)) or bool(_RULE.fullmatch(before.strip()))
    )
