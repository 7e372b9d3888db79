"""A folder of exported pages → the files of one event for each page."""

import posixpath
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urlsplit

import yaml

from sphinxcommon.messages import Message

from ..core.problems import InvalidValueError
from ..yaml.dump import dump
from .checked import checked
from .folders import folder_name
from .markdown import escaped
from .notes import links_in, with_links
from .pages import Page, pages_of
from .source import TOO_DEEP, text_of

_SUFFIXES: Final = (".md", ".markdown", ".html", ".htm", ".json")
#: What a file's name may have in an address without being written in another way.
_ODD: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Report:
    """The files of an event that was an exported page.

    ``files`` are the attachments by their paths in the event's folder. ``remarks`` say what was
    not understood.
    """

    source: PurePosixPath
    folder: Path
    facts: str
    text: str
    files: Mapping[str, Path] = field(default_factory=dict)
    remarks: tuple[Message, ...] = ()


class Exported(NamedTuple):
    """What a folder of exported pages holds: a report for each page, and why some have none."""

    reports: list[Report]
    unread: list[Message]


def reports_of(folder: Path, events: Path) -> Exported:
    """Return a report for each page of a folder.

    :param folder: The folder that a tool has exported.
    :param events: The folder of the site's events.
    :returns: The reports, in the order of the pages' paths; nothing is written yet.
    """
    pages: list[Page] = []
    unread: list[Message] = []
    for path in _files(folder):
        try:
            pages += pages_of(text_of((folder / path).read_bytes(), str(path)), path)
        except (OSError, InvalidValueError) as error:
            reason = error.message if isinstance(error, InvalidValueError) else error.strerror
            unread.append(Message("{path}: {reason}", path=str(path), reason=reason or ""))
        except RecursionError:
            unread.append(Message("{path}: {reason}", path=str(path), reason=TOO_DEEP))
    taken: set[str] = set()
    targets = {page.path: folder_name(page.facts, events, taken) for page in pages}
    return Exported([_report(page, targets, folder, events) for page in pages], unread)


def _files(folder: Path) -> list[PurePosixPath]:
    found = (
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix.lower() in _SUFFIXES
    )
    return sorted(
        PurePosixPath(path.as_posix())
        for path in found
        if not any(part.startswith(".") for part in path.parts)
    )


def _report(page: Page, targets: Mapping[PurePosixPath, str], source: Path, events: Path) -> Report:
    folder = events / targets[page.path]
    remarks = []
    if page.unknown:
        remarks.append(
            Message(
                "what is not known here stays at the head of the page: {keys}",
                keys=list(page.unknown),
            )
        )
    remarks += [
        Message("the day is that on which the page was written")
        for key in page.guessed
        if key == "date"
    ]
    facts, wrong = checked(page.facts)
    remarks += [Message("{text} is no value that the file may have", text=one) for one in wrong]
    links: dict[str, str] = {}
    files: dict[str, Path] = {}
    missing = set()
    for link in links_in(page.body):
        found = _found(link, page.path, source)
        if found and found in targets:
            links[link] = f"../{targets[found]}/index.md"
        elif found and (source / found).is_file():
            name = _name(found, page.path, files)
            links[link], files[name] = name, source / found
        else:
            missing.add(link)
            remarks.append(Message("“{path}” leads to nothing that was exported", path=link))
    text = _text(page, facts, links, missing)
    return Report(page.path, folder, dump(facts), text, files, tuple(remarks))


def _found(link: str, page: PurePosixPath, source: Path) -> PurePosixPath | None:
    """Return the exported file that a link leads to, from the page or from the top."""
    # Pelican has the top of the site in braces.
    target = re.sub(r"^\{\w+\}", "", unquote(urlsplit(link.strip("<>")).path))
    for start in (page.parent.as_posix(), "."):
        path = posixpath.normpath(posixpath.join(start, target.lstrip("/")))
        if not path.startswith("..") and (source / path).is_file():
            return PurePosixPath(path)
    return None


def _name(path: PurePosixPath, page: PurePosixPath, files: Mapping[str, Path]) -> str:
    """Return the path that an attachment has in the event's folder, which nothing else has."""
    beside = (
        path.relative_to(page.parent)
        if path.is_relative_to(page.parent)
        else PurePosixPath("files", path.name)
    )
    plain = PurePosixPath(*(_ODD.sub("-", part).strip("-") or "file" for part in beside.parts))
    number, name = 1, plain.as_posix()
    while name in files:
        number += 1
        name = plain.with_stem(f"{plain.stem}-{number}").as_posix()
    return name


def _text(page: Page, facts: Mapping[str, Any], links: Mapping[str, str], missing: Set[str]) -> str:
    body = with_links(page.body, links, missing)
    front = (
        f"---\n{yaml.safe_dump(dict(page.unknown), allow_unicode=True, sort_keys=False)}---\n\n"
        if page.unknown
        else ""
    )
    name = str(facts.get("name", ""))
    return f"{front}# {escaped(name)}\n\n```{{event:info}}\n```\n\n{body}\n"
