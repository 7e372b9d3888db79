"""The actions in a summary: tables that say who does what by when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from babel import Locale
from docutils import nodes

from ...core.model import Event
from ...core.note_items import Action
from ...render.context import Context, plain, rubric
from ...render.labels import _
from ..transforms.action_tables import Task, action_tables
from ..transforms.note_lists import LISTS, action_of, called_names, lists_of
from .notes_together import of_page, page_of
from .reporters import Reporters

_KIND: Final = "actions"


class SummaryActions:
    """Sets who does something, and by when, apart from what it is.

    :param context: The event's page.
    :param event: The event.
    :param reporters: Who wrote the notes.
    """

    def __init__(self, context: Context, event: Event, reporters: Reporters) -> None:
        self._locale: Locale = context.locale
        self._names: Mapping[str, str] = called_names(event, context.languages[0])
        self._reporters = reporters

    def bodies(self, sections: Sequence[nodes.section]) -> list[nodes.Node]:
        """Return what stands below the headings of sections with actions.

        What several reporters have is one table that says whose it is, if they have nothing else.
        """
        below = [one for section in sections for one in section[1:]]
        lists = [one for one in below if isinstance(one, LISTS)]
        have_others = len(lists) < len(below)
        is_alone = len({page_of(one) for one in lists}) == 1
        if not have_others and not is_alone and (made := self._tables(lists, says_whose=True)):
            return made
        for section in sections:
            for found in list(lists_of(section, _KIND)):
                place = found.parent.index(found)
                found.parent[place : place + 1] = self._tables([found]) or [found]
        return self._reporters.bodies(sections)

    def _tables(
        self, lists: Sequence[nodes.Element], *, says_whose: bool = False
    ) -> list[nodes.Node]:
        """Return tables of the items of lists; none where nobody is named, and no date."""
        items = [
            one for found in lists for one in found.children if isinstance(one, nodes.list_item)
        ]
        actions = [action_of(item, self._names) for item in items]
        if not any(one.who or one.due for one in actions):
            return []
        pairs = zip(items, actions, strict=True)
        tasks = [self._task(item, action, says_whose=says_whose) for item, action in pairs]
        made = list(self._with_headings(tasks))
        made[-1]["ids"] += [one for found in lists for one in found["ids"]]
        return [*made]

    def _task(self, item: nodes.Element, action: Action, *, says_whose: bool) -> Task:
        task = Task.of(action, item.children)
        if not says_whose:
            return task
        page = page_of(item)
        whose = plain(self._reporters.name_of(page))
        return task._replace(blocks=of_page(page, *task.blocks), noted=[whose])

    def _with_headings(self, tasks: Iterable[Task]) -> Iterator[nodes.Element]:
        for status, made in action_tables(tasks, self._locale):
            if status == "done":
                yield rubric(_("Completed"))
            yield made
