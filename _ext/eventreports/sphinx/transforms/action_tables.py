"""Tables of actions: what is to be done, who does it, and by when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from babel import Locale
from docutils import nodes

from ...core.dates import PartialDate
from ...core.note_items import Action
from ...render.context import joined, plain, table
from ...render.labels import _
from .note_copies import cut_ends
from .note_lists import first_line, is_ticked


class Task(NamedTuple):
    """An action, in a row of a table.

    :param action: What it says.
    :param blocks: What is to be done, without what other columns say.
    :param noted: Where it is noted, or by whom.
    """

    action: Action
    blocks: Sequence[nodes.Node]
    noted: Sequence[nodes.Node] = ()

    @classmethod
    def of(
        cls, action: Action, blocks: Sequence[nodes.Node], noted: Sequence[nodes.Node] = ()
    ) -> "Task":
        """Return a task of the blocks of an item, which are changed."""
        line = first_line(nodes.container("", *blocks))
        if line is not None:
            if is_ticked(line) is not None:
                line.pop(0)
            cut_ends(line, action.head, action.tail)
        return cls(action, blocks, noted)

    @property
    def order(self) -> tuple[bool, PartialDate | tuple[()]]:
        """The sort key: first what has a date, the earliest first."""
        return self.action.due is None, self.action.due or ()


def action_tables(tasks: Iterable[Task], locale: Locale) -> Iterator[tuple[str, nodes.table]]:
    """Yield what is to be done (``open``), and what has been (``done``), where there is any.

    :param tasks: The actions.
    :param locale: The site's locale.
    :yields: Which it is, and a table, by date.
    """
    by_date = sorted(tasks, key=lambda task: task.order)
    for status in ("open", "done"):
        if chosen := [one for one in by_date if one.action.is_done == (status == "done")]:
            yield status, _table(chosen, locale, f"event-actions-{status}")


def _table(tasks: Sequence[Task], locale: Locale, name: str) -> nodes.table:
    """Return a table of actions, without the columns that would be empty."""
    cells: Mapping[str, list[Sequence[nodes.Node]]] = {
        "action": [one.blocks for one in tasks],
        "who": [joined([plain(who, "event-who") for who in one.action.who]) for one in tasks],
        "due": [_due(one.action, locale) for one in tasks],
        "noted": [one.noted for one in tasks],
    }
    columns = {
        "action": (_("Action"), 46),
        "who": (_("Who"), 16),
        "due": (_("By"), 14),
        "noted": (_("Notes"), 24),
    }
    shown = {key: column for key, column in cells.items() if any(column)}
    heads = {key: columns[key] for key in shown}
    return table(heads, zip(*shown.values(), strict=True), name)


def _due(action: Action, locale: Locale) -> list[nodes.Node]:
    return [plain(action.due.format_short(locale))] if action.due else []
