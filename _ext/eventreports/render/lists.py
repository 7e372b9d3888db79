"""Slide links in one list; the attachments in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from docutils import nodes

from ..core.model import Attachment, Session
from . import inline
from .cards import resource_lines
from .context import Context, paragraph
from .labels import label
from .tables import table


def resource_list(
    context: Context, sessions: Iterable[Session], kinds: Sequence[str]
) -> nodes.bullet_list:
    """Each session that has something of ``kinds`` (``slides``, ``videos``), with its links."""
    items = nodes.bullet_list(classes=["event-resources"], bullet="-")
    for session in sessions:
        if lines := resource_lines(context, session, kinds):
            item = nodes.list_item("", paragraph([inline.session_link(context, session, "card")]))
            if session.speakers:
                item += paragraph(inline.people(context, session.speakers), "event-card-people")
            item += lines
            items += context.place(item, session.mark())
    return items


Column = Callable[[Context, Attachment], list[nodes.Node]]


def _file(context: Context, attachment: Attachment) -> list[nodes.Node]:
    name = attachment.name or attachment.path or attachment.url or ""
    if attachment.path:
        return [inline.local(context, attachment, attachment.path, name)]
    if attachment.url:
        return [inline.link(context, attachment, name, attachment.url)]
    return [nodes.Text(name)]


def _size(context: Context, attachment: Attachment) -> list[nodes.Node]:
    size = attachment.size or inline.size_on_disk(context, attachment.path)
    return [nodes.Text(size)] if size else []


def _date(context: Context, attachment: Attachment) -> list[nodes.Node]:
    return [nodes.Text(attachment.date.format_short(context.locale))] if attachment.date else []


def _uploader(context: Context, attachment: Attachment) -> list[nodes.Node]:
    return [nodes.Text(context.text(attachment.uploader))] if attachment.uploader else []


def _description(context: Context, attachment: Attachment) -> list[nodes.Node]:
    return [nodes.Text(context.text(attachment.description))] if attachment.description else []


_COLUMNS: Final[dict[str, tuple[Column, int]]] = {
    "files": (_file, 40),
    "description": (_description, 30),
    "size": (_size, 12),
    "added": (_date, 14),
    "uploader": (_uploader, 16),
}


def file_table(context: Context, files: Sequence[Attachment]) -> nodes.table:
    """The files, with the columns of which at least one file has something to say."""
    cells = {
        key: bodies
        for key, (column, _width) in _COLUMNS.items()
        if any(bodies := [column(context, file) for file in files])
    }
    columns = {key: (label(key), _COLUMNS[key][1]) for key in cells}
    made = table(columns, zip(*cells.values(), strict=True), "event-file-table")
    (body,) = made.findall(nodes.tbody)
    for row, file in zip(body.findall(nodes.row), files, strict=True):
        context.place(row, file.mark())
    return made
