"""Pages in Markdown that others have written, as notes below a title: links, headings, code."""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Final
from urllib.parse import unquote, urlsplit

from pygments import lexers
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
    fence = ""
    level = above
    for line in lines:
        opened = re.match(r"\s*(`{3,}|~{3,})", line)
        heading = re.match(r"(#{1,6})(\s.*|$)", line)
        if opened and not fence:
            fence = opened[1]
            found += _with_name(line[opened.end() :].strip())
            line = f"{line[: opened.end()]}{_lexer(line[opened.end() :].strip())}"
        elif opened and opened[1].startswith(fence):
            fence = ""
        elif not fence and heading:
            level = min(max(len(heading[1]), above + 1), level + 1, 6)
            line = f"{'#' * level}{heading[2]}"
            while found and (not found[-1].strip() or _RULE.fullmatch(found[-1].strip())):
                found.pop()
            found.append("")
        elif not fence and _RULE.fullmatch(line.strip()) and _is_at_beginning(found):
            continue
        found.append(line)
    while found and (not found[-1].strip() or _RULE.fullmatch(found[-1].strip())):
        found.pop()
    return "\n".join(found).strip("\n")


def _is_lexer(name: str) -> bool:
    try:
        lexers.find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True


def _lexer(info: str) -> str:
    """Return the language of a block of code: Qiita has it before a file's name, or that alone."""
    language, colon, name = info.partition(":")
    if not info or info.startswith("{") or _is_lexer(language):
        return language if colon and not info.startswith("{") else info
    known = lexers.find_lexer_class_for_filename(name or language)
    return known.aliases[0] if known and known.aliases else "text"


def _with_name(info: str) -> list[str]:
    """Return the lines that keep the name of a file, which stands behind a fence."""
    language, _colon, name = info.partition(":")
    named = name or (language if "." in language else "")
    return [f"`{named}`", ""] if named and not info.startswith("{") else []


def _is_at_beginning(lines: Sequence[str]) -> bool:
    """Return whether nothing stands behind the last heading yet, or another rule does."""
    before = next((line for line in reversed(lines) if line.strip()), "")
    return (
        not before or bool(re.match(r"#{1,6}\s", before)) or bool(_RULE.fullmatch(before.strip()))
    )
