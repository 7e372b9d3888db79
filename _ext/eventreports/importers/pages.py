"""Read exported pages of wikis and blogs: title, date and author are facts, all else are notes."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from ..core.audience import LEVELS
from ..core.key_words import FALSE, PUBLISHED, TRUE, flag, is_among
from ..core.names import comparable
from ..core.written_times import read, read_beginning
from .facts import facts_of
from .front_matter import front_matter
from .keys import event_key
from .lines import Line
from .notes import as_notes
from .people import people_in

#: Keys of front matter and properties, in the order in which they are believed.
_TITLES: Final = ("title", "name", "タイトル")
_DATES: Final = ("date", "event_date", "開催日", "日付", "日時", "when")
_WRITTEN: Final = (
    "published_at",
    "published",
    "created_at",
    "created",
    "created_time",
    "作成日時",
    "作成日",
    "updated_at",
    "updated",
    "last_edited_time",
    "最終更新日時",
)
_AUTHORS: Final = (
    "author",
    "authors",
    "reporter",
    "created_by",
    "user",
    "作成者",
    "報告者",
    "著者",
    "writer",
)
_TOPICS: Final = ("tags", "topics", "categories", "category", "タグ", "keywords")
_HASH: Final = re.compile(r"[ _-]*[0-9a-f]{32}$")
_PROPERTY: Final = re.compile(r"(?P<key>[^:：\n]{1,30})[:：]\s+(?P<value>\S.*)")
_BYLINE: Final = re.compile(
    r"(?:Created by|作成者)[:：]?\s+(?P<author>[^,、\n]{2,60}?)"
    r"(?:[,、]\s*(?:last modified (?:by [^,]{2,60}? )?on|最終更新[^\s:：]*[:：]?)"
    r"\s*(?P<date>.{4,30}))?\s*$"
    r"|(?:Created|作成)\s+by\s+(?P<author_2>.+?)\s+on\s+(?P<date_2>.{4,30})"
)
_PATH_ABOVE: Final = re.compile(r"(\d+\.|[-*])?\s*\[[^\]]*\]\([^)]*\)")
_FIRST_LINES: Final = 10
#: Where pages of tools have what somebody wrote.
_CONTENTS: Final = (
    "#main-content",
    ".page-body",
    ".wiki-content",
    "article",
    "main",
    "[role=main]",
    "body",
)
_CHROME: Final = (
    "script, style, nav, header, footer, .toc-macro, #breadcrumb-section, .page-metadata, #footer, "
    "#attachments"
)


@dataclass(frozen=True)
class Page:
    """An exported page: its facts by key, and its notes in Markdown.

    ``unknown`` are values of its front matter that are no facts here. ``guessed`` are keys of facts
    that the page says in other words.
    """

    path: PurePosixPath
    facts: Mapping[str, Any]
    body: str
    unknown: Mapping[str, Any] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()


def pages_of(text: str, path: PurePosixPath) -> Iterator[Page]:
    """Read the pages of an exported file.

    :param text: Its text.
    :param path: Its path in the folder that was exported.
    :yields: The page, or each of a file with several.
    """
    match path.suffix.lower():
        case ".json":
            yield from _cosense_pages(text, path)
        case ".html" | ".htm":
            yield _html_page(text, path)
        case ".txt":
            yield _page(path, {}, _from_cosense(text.splitlines()))
        case _:
            lines, front = front_matter(text.splitlines())
            yield _page(path, front, lines)


def _page(
    path: PurePosixPath,
    front: Mapping[str, Any],
    lines: Iterable[str],
    title: str = "",
    byline: str = "",
) -> Page:
    left = list(lines)
    heading = _taken_heading(left)
    properties = {} if front else _taken_properties(left)
    heading = heading or _taken_heading(left)
    byline = byline or _taken_byline(left)
    reader = _Facts({**front, **properties}, path.stem)
    name = reader.take(_TITLES) or heading or title or _HASH.sub("", path.stem).replace("_", " ")
    if heading and name and comparable(heading) != comparable(name):
        # Both were shown: one as the page's title, one as its first heading.
        left.insert(0, f"# {heading}")
    facts = reader.facts(str(name).strip(), byline)
    return Page(path, facts, as_notes(left), reader.unknown(), tuple(reader.guessed))


def _taken_heading(lines: list[str]) -> str:
    """Take out the heading that a page begins with, behind links to the pages above it."""
    for number, line in enumerate(lines):
        if match := re.fullmatch(r"#\s+(.*?)\s*#*", line.strip()):
            del lines[number]
            # Confluence has the space before the title.
            return match[1].rpartition(" : ")[2]
        if line.strip() and not _PATH_ABOVE.fullmatch(line.strip()):
            break
    return ""


def _taken_byline(lines: list[str]) -> str:
    """Take out the line that says who wrote the page and when, if it is among the first."""
    for number, line in enumerate(lines[:_FIRST_LINES]):
        plain = re.sub(r"<[^>]+>", "", line).strip()
        if _BYLINE.fullmatch(plain):
            del lines[number]
            return plain
    return ""


def _taken_properties(lines: list[str]) -> dict[str, str]:
    """Take out the lines ``Key: value`` that stand below the title, up to the first blank line."""
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    found: dict[str, str] = {}
    number = first
    while number < len(lines) and (match := _PROPERTY.fullmatch(lines[number].strip())):
        found[match["key"].strip()] = match["value"].strip()
        number += 1
    is_block = bool(found) and (number == len(lines) or not lines[number].strip())
    if not is_block or not any(_is_known(key) for key in found):
        return {}
    del lines[:number]
    return found


def _is_known(key: str) -> bool:
    plain = _plain(key)
    return plain in (*_TITLES, *_DATES, *_WRITTEN, *_AUTHORS, *_TOPICS) or bool(event_key(key))


def _plain(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip().lower())


class _Facts:
    """Values by their keys, which become facts one after another."""

    def __init__(self, values: Mapping[str, Any], stem: str) -> None:
        self._values = dict(values)
        self._stem = stem
        self.guessed: list[str] = []

    def take(self, keys: Iterable[str]) -> Any:
        """Return the value of the first of some keys that is there, and take it out."""
        for wanted in keys:
            for key in list(self._values):
                if _plain(key) == wanted and self._values[key] not in ("", [], None):
                    return self._values.pop(key)
        return None

    def facts(self, name: str, byline: str) -> dict[str, Any]:
        """Return the facts of a page."""
        match = _BYLINE.search(byline)
        author, written = (
            ((match["author"] or match["author_2"]), (match["date"] or match["date_2"]))
            if match
            else ("", "")
        )
        found: dict[str, Any] = {"name": name}
        found |= self._dates(name, written or "")
        authors = self.take(_AUTHORS) or author
        if people := _people(authors):
            found["reporters"] = people
        if topics := _list(self.take(_TOPICS)):
            found["topics"] = topics
        found |= self._flags()
        for key in list(self._values):
            if (known := event_key(key)) in (
                "venue",
                "url",
                "hashtag",
                "series",
                "capacity",
                "purpose",
            ) and isinstance(self._values[key], str):
                found |= facts_of(known, Line(self._values[key])) if self._values[key] else {}
                del self._values[key]
        return found

    def _dates(self, name: str, byline: str) -> dict[str, Any]:
        """Return the day of the event, or else that on which the page was written."""
        if (said := self.take(_DATES)) and (days := _days(str(said))):
            return (
                {"date": days[0]}
                if len(days) == 1
                else {"start_date": days[0], "end_date": days[-1]}
            )
        written = self._written() or _days(byline)
        parts = (
            part for text in (name, self._stem) for part in re.split(r"[\s_【】\[\]()（）]+", text)
        )
        titled = next((days for part in parts if (days := _days(part, whole=True))), [])
        if not titled and (dated := re.match(r"\d{4}-\d{2}-\d{2}(?=-)", self._stem)):
            titled = _days(dated[0])
        if titled:
            return {"date": titled[0], **({"published": written[0]} if written else {})}
        if written:
            self.guessed.append("date")
            return {"date": written[0], "published": written[0]}
        return {}

    def _written(self) -> list[str]:
        """Return the day on which a page was written: of the values that are days, the first."""
        for wanted in _WRITTEN:
            for key, value in list(self._values.items()):
                if _plain(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key)) == wanted and (
                    days := _days(str(value))
                ):
                    del self._values[key]
                    return days
        return []

    def _flags(self) -> dict[str, Any]:
        """Return for whom a page is: drafts and private pages stay that."""
        levels = set()
        for key, value in list(self._values.items()):
            text = str(value)
            is_said = is_among(text, TRUE) or is_among(text, FALSE)
            named = {said for what, said in flag(key) if what == "visibility"}
            if is_said and (named or is_among(key, PUBLISHED)):
                del self._values[key]
                if is_among(text, FALSE) and is_among(key, PUBLISHED):
                    levels.add("draft")
                elif is_among(text, TRUE):
                    levels |= named - {"public"}
        return {"visibility": max(levels, key=LEVELS.index)} if levels else {}

    def unknown(self) -> dict[str, Any]:
        """Return what has become no fact."""
        return {key: value for key, value in self._values.items() if value not in ("", [], None)}


def _days(text: str, *, whole: bool = False) -> list[str]:
    stripped = re.sub(r"(?<=\d)T.*$", "", text.strip().strip("\"'"))
    found = read(stripped) or (None if whole else read_beginning(stripped))
    if (
        found is None
        and not whole
        and (match := re.match(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", stripped))
    ):
        found = read(match[0])
    return [day.isoformat() for day in found.days if day.day] if found else []


def _people(value: Any) -> list[Any]:
    names = [
        one.get("name", "") if isinstance(one, Mapping) else str(one)
        for one in (value if isinstance(value, list) else [value or ""])
    ]
    return [person for name in names if name.strip() for person in people_in([Line(name.strip())])]


def _list(value: Any) -> list[str]:
    if isinstance(value, list):
        return [
            str(one.get("name", "")) if isinstance(one, Mapping) else str(one)
            for one in value
            if one
        ]
    return [
        part.strip() for part in re.split(r"[,、]", str(value or "").strip("[]")) if part.strip()
    ]


# HTML


def _html_page(text: str, path: PurePosixPath) -> Page:
    soup = BeautifulSoup(text, "html.parser")
    content = next((found for one in _CONTENTS if (found := soup.select_one(one))), soup)
    heading = soup.select_one("#title-text, .page-title, h1")
    # Confluence has the space before the title.
    title = _said(heading or soup.title).rpartition(" : ")[2]
    byline = _said(soup.select_one(".page-metadata"))
    values = dict(_table_of_properties(soup))
    attachments = [
        _attachment(link) for link in soup.select("#attachments a[href], .attachments a[href]")
    ]
    for one in content.select(_CHROME):
        if one is not content:
            one.decompose()
    if heading is not None:
        heading.extract()
    converter = _Converter(heading_style="ATX", bullets="-", escape_underscores=False)
    markdown = str(converter.convert_soup(content))
    if attachments:
        markdown += "\n\n" + "\n".join(attachments)
    lines = re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", markdown)).split("\n")
    return _page(path, values, lines, title, byline)


class _Converter(MarkdownConverter):
    """Writes code with its language, as Confluence and others keep it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(code_language_callback=_language, **options)


def _said(element: Tag | None) -> str:
    return " ".join(element.get_text().split()) if element else ""


def _language(code: Tag) -> str:
    names = f"{code.get('class')} {code.get('data-syntaxhighlighter-params')}"
    match = re.search(r"(?:language-|brush:\s*)([\w+#-]+)", names)
    return match[1] if match else ""


def _table_of_properties(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield the properties that a page of Notion has in a table, and take that out."""
    for table in soup.select("table.properties"):
        for row in table.select("tr"):
            cells = [_said(cell) for cell in row.select("th, td")]
            if len(cells) == 2 and cells[1]:
                yield cells[0], cells[1].lstrip("@")
        table.decompose()


def _attachment(link: Tag) -> str:
    return f"- [{' '.join(link.get_text().split()) or link['href']}](<{link['href']}>)"


# Cosense (Scrapbox)


def _cosense_pages(text: str, path: PurePosixPath) -> Iterator[Page]:
    try:
        data = json.loads(text)
        # An export has many pages, the page by itself is one.
        pages = data.get("pages", [data] if "lines" in data else [])
    except (ValueError, AttributeError):
        return
    for number, page in enumerate(pages):
        lines = [
            line.get("text", "") if isinstance(line, Mapping) else str(line)
            for line in page.get("lines", [])
        ]
        title = str(page.get("title", ""))
        if lines and lines[0] == title:
            lines = lines[1:]
        created = page.get("created")
        front = {
            "title": title,
            **({"created": _day_of(created)} if isinstance(created, int) else {}),
        }
        yield _page(path.with_name(f"{path.stem}-{number}"), front, _from_cosense(lines))


def _day_of(seconds: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _from_cosense(lines: Iterable[str]) -> list[str]:
    """Write lines of Cosense in Markdown: blanks before a line are the depth of its item."""
    found: list[str] = []
    code_depth: int | None = None
    for line in lines:
        depth = len(line) - len(line.lstrip(" \t\u3000"))
        content = line.strip()
        if code_depth is not None and depth <= code_depth:
            found.append("```")
            code_depth = None
        if code_depth is not None:
            found.append(line[code_depth + 1 :])
        elif match := re.fullmatch(r"code:(.+)", content):
            found += [f"```{match[1].rpartition('.')[2]}"]
            code_depth = depth
        elif match := re.fullmatch(r"\[(\*{2,5}) ([^\]]+)\]", content):
            found += ["", f"{'#' * (6 - len(match[1]))} {match[2]}", ""]
        else:
            text = _cosense_inline(content)
            found.append(f"{'  ' * (depth - 1)}- {text}" if depth and text else text)
            if not depth and text:
                found.append("")
    return [*found, "```"] if code_depth is not None else found


def _cosense_inline(text: str) -> str:
    text = re.sub(r"\[\*+ ([^\]]+)\]", r"**\1**", text)
    text = re.sub(
        r"\[(https?://\S+\.(?:png|jpe?g|gif|webp|svg)|https://gyazo\.com/\S+)\]", r"<\1>", text
    )
    text = re.sub(r"\[(https?://\S+) ([^\]]+)\]", r"[\2](\1)", text)
    text = re.sub(r"\[([^\]]+) (https?://[^\s\]]+)\]", r"[\1](\2)", text)
    return re.sub(r"\[\[([^\]]+)\]\]", r"**\1**", text)
