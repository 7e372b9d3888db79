"""Links to slides and videos in one list; the attachments in one table."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from docutils import nodes

from ..core.model import Attachment, Session
from . import inline
from .cards import resource_lines
from .context import Context, line, paragraph, table
from .facts import label


def resource_list(
    context: Context, sessions: Iterable[Session], kinds: Sequence[str]
) -> nodes.bullet_list:
    """List the sessions that have resources of some kinds, with their links.

    :param context: The page.
    :param sessions: The sessions, of which those without are left out.
    :param kinds: Keys of a session: ``slides``, ``videos``.
    :returns: The list, which may be empty.
    """
    items = nodes.bullet_list(classes=["event-resources"], bullet="-")
    for session in sessions:
        if lines := resource_lines(context, session, kinds):
            item = nodes.list_item(
                "",
                paragraph([inline.session_link(context, session, "card")]),
                *line(inline.people(context, session.speakers), "event-card-people"),
                *lines,
            )
            items += context.place(item, session.mark())
    return items


Column = Callable[[Context, Attachment], nodes.Node | str]


def _file(context: Context, attachment: Attachment) -> nodes.Node:
    name = attachment.name or attachment.path or attachment.url or ""
    if attachment.path:
        shown = inline.local(context, attachment, attachment.path, name)
    else:
        shown = inline.linked(context, attachment, name)
    restriction = inline.restriction(attachment.visibility)
    return nodes.inline("", "", shown, *restriction) if restriction else shown


def _date(context: Context, attachment: Attachment) -> str:
    return attachment.date.format_short(context.locale) if attachment.date else ""


#: What each column shows, and its share of the width.
_COLUMNS: Final[dict[str, tuple[Column, int]]] = {
    "files": (_file, 40),
    "description": (lambda context, file: context.text(file.description), 30),
    "size": (lambda context, file: file.size or inline.size_on_disk(context, file.path), 12),
    "added": (_date, 14),
    "uploader": (lambda context, file: context.text(file.uploader), 16),
}


def file_table(context: Context, files: Sequence[Attachment]) -> nodes.table:
    """Return a table of files, without the columns that would be empty."""
    shown = {
        key: [column(context, file) for file in files] for key, (column, _width) in _COLUMNS.items()
    }
    cells = {key: [_body(cell) for cell in column] for key, column in shown.items() if any(column)}
    columns = {key: (label(key), _COLUMNS[key][1]) for key in cells}
    made = table(columns, zip(*cells.values(), strict=True), "event-file-table")
    (body,) = made.findall(nodes.tbody)
    for row, file in zip(body.findall(nodes.row), files, strict=True):
        context.place(row, file.mark())
    return made


def _body(cell: nodes.Node | str) -> list[nodes.Node]:
    if isinstance(cell, str):
        return [nodes.Text(cell)] if cell else []
    return [cell]
