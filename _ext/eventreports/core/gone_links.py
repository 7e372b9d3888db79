"""Links of an event that lead nowhere any longer: where they stand, and what to write instead."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sphinxcommon.messages import Message

from .entity import Entity, shape
from .model import Event, Resource
from .problems import Code, Mark
from .quoting import as_line, in_flow
from .services import started_at
from .value_types import ValueType


class DataLink(NamedTuple):
    """A link of an event: the value of a key of an entity.

    :param entity: The entity.
    :param key: The key.
    :param url: The value.
    """

    entity: Entity
    key: str
    url: str

    @property
    def address(self) -> str:
        """What pages link to: of a video, the time at which it begins is a part of it."""
        if isinstance(self.entity, Resource) and self.key == "url":
            return started_at(self.url, self.entity.start)
        return self.url

    @property
    def mark(self) -> Mark:
        """Where the URL stands."""
        return self.entity.mark(self.key)

    @property
    def has_status(self) -> bool:
        """Whether the file can say that it is gone."""
        return isinstance(self.entity, Resource) and self.key == "url"

    @property
    def has_copy(self) -> bool:
        """Whether the file names a copy in an archive already."""
        return isinstance(self.entity, Resource) and self.entity.archived is not None


def links_of(event: Event) -> Iterator[DataLink]:
    """Yield the links that pages show of an event; what is known to be gone is none."""
    for entity in event.entities():
        for key in type(entity).model_fields:
            value, of = getattr(entity, key), shape(type(entity), key).of
            is_url = isinstance(of, ValueType) and of.code is Code.URL
            is_known = isinstance(entity, Resource) and entity.status == "gone" and key == "url"
            if is_url and value and not is_known:
                yield DataLink(entity, key, value)


def gone_message(link: DataLink, reason: Message, copy: str, text: str) -> Message:
    """Return that a link is gone, and what to write.

    :param link: The link.
    :param reason: How that is known.
    :param copy: The address of a copy in an archive; empty if none is known.
    :param text: The text of the file.
    :returns: The message.
    """
    problem = Message("{url} is gone ({reason})", url=link.url, reason=reason)
    added = {"status": "gone", **({"archived": copy} if copy else {})}
    if not link.has_status:
        if not copy:
            return Message("{problem}; write where it is now, or remove it", problem=problem)
        line = _line_with(link, in_flow(copy), text)
    elif not link.entity.keys_in_order:
        line = _line_with(link, in_flow({"url": link.url, **added}), text)
    else:
        lines = [as_line(key, value) for key, value in added.items()]
        is_flow = _line(link.entity.mark(), text)[link.entity.mark().column - 1 :].startswith("{")
        if not is_flow or "status" in link.entity.keys_in_order or not _around(link, text):
            return Message(
                "{problem}; write where it is now, or beside it “{lines}”",
                problem=problem,
                lines=lines,
            )
        line = _line_with(link, ", ".join((in_flow(link.url), *lines)), text)
    return Message("{problem}; write where it is now, or {line}", problem=problem, line=line)


#: Stands for the URL in the line of a file.
_WRITTEN: Final = r"(?P<quote>[\"']?){}(?P=quote)"


def _line_with(link: DataLink, instead: str, text: str) -> str:
    """Return the line of a link with something else in the place of its URL, or that alone."""
    around = _around(link, text)
    return instead.join(around).strip() if around else instead


def _around(link: DataLink, text: str) -> tuple[str, str] | None:
    """Return what stands before and after a URL in its line.

    :param link: The link.
    :param text: The text of the file.
    :returns: Both; nothing if the URL goes on in another line, or others stand in this one, whose
        own messages would have the same line.
    """
    line, place = _line(link.mark, text), link.mark.column - 1
    written = re.compile(_WRITTEN.format(re.escape(link.url))).match(line, place)
    if written is None:
        return None
    before, after = line[:place], line[written.end() :]
    return None if "://" in before + after else (before, after)


def _line(mark: Mark, text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[mark.line - 1] if mark.line <= len(lines) else ""
