"""Tables of events: when and where they were, who was there, and how many of all there are."""

from collections.abc import Sequence
from typing import NamedTuple

from babel import Locale
from babel.numbers import format_decimal
from docutils import nodes

from ...render.context import joined, plain, table
from ...render.facts import label
from ...render.labels import _, count_text

#: The columns, each with its share of the width.
_WIDTHS = {"date": 16, "name": 28, "venue": 16, "reporters": 14, "participants": 16, "sessions": 10}
#: The columns of people.
_PEOPLE = ("reporters", "participants")


class NamedPerson(NamedTuple):
    """A person in a table: which one, and the name as it is shown there."""

    key: str
    name: nodes.Node


class EventRow(NamedTuple):
    """An event in a table."""

    date: str
    name: Sequence[nodes.Node]
    venue: str
    reporters: Sequence[NamedPerson]
    participants: Sequence[NamedPerson]
    sessions: int


def event_table(rows: Sequence[EventRow], locale: Locale) -> nodes.table:
    """Return a table of events, without the columns that would be empty.

    :param rows: The events.
    :param locale: The site's locale.
    :returns: The table; its last row says how many of all there are, where it has several events.
    """
    cells = [_cells(row, locale) for row in rows]
    shown = [column for column in _WIDTHS if any(row[column] for row in cells)]
    if len(rows) > 1:
        totals = _totals(rows, locale)
        cells.append({key: [nodes.strong(text, text)] for key, text in totals.items()})
    columns = {column: (label(column), _WIDTHS[column]) for column in shown}
    made = table(columns, ([row.get(one, []) for one in shown] for row in cells), "event-table")
    if len(rows) > 1:
        *_others, last = made.findall(nodes.row)
        last["classes"].append("event-total")
    return made


def _cells(row: EventRow, locale: Locale) -> dict[str, list[nodes.Node]]:
    return {
        "date": _text(row.date),
        "name": [*row.name],
        "venue": _text(row.venue),
        "reporters": joined([one.name for one in row.reporters]),
        "participants": joined([one.name for one in row.participants]),
        "sessions": _text(format_decimal(row.sessions, locale=locale) if row.sessions else ""),
    }


def _totals(rows: Sequence[EventRow], locale: Locale) -> dict[str, str]:
    """Return the texts of the last row; whoever was at several events counts once."""
    people = {
        column: len({one.key for row in rows for one in getattr(row, column)}) for column in _PEOPLE
    }
    sessions = sum(row.sessions for row in rows)
    return {
        "date": _("Total"),
        "name": count_text("events", len(rows), locale),
        **{column: count_text("people", number, locale) for column, number in people.items()},
        "sessions": format_decimal(sessions, locale=locale),
    }


def _text(text: str) -> list[nodes.Node]:
    return [plain(text)] if text else []
