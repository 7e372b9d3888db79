"""Links of a page to where it is changed: in the editors of the host of its repository."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from docutils import nodes

from ..core.repository import Repository
from .context import line, paragraph
from .labels import _
from .nodes import event_icon, fold, page_links

#: The folder of a new report, until its author writes another.
NEW_FOLDER = "event-name"


class ChangedPage(NamedTuple):
    """A page that readers may change.

    :param title: Its title.
    :param address: Where it is read: its URL, or at least its file.
    :param source: Its file, from ``conf.py``.
    :param facts: The event's file, from ``conf.py``, and the event's id; empty if it has none.
    """

    title: str
    address: str
    source: str
    facts: tuple[str, str] | None = None


def repository_links(repository: Repository, page: ChangedPage, *, has_edit: bool) -> page_links:
    """Return links to edit a page, and the facts that it shows, and to report a mistake.

    :param repository: The site's repository.
    :param page: The page.
    :param has_edit: Whether the theme has a link to edit the page itself.
    :returns: The links.
    """
    links = []
    if not has_edit:
        links.append(_link(repository.edit_address(page.source), "pen", _("Edit this page")))
    if page.facts:
        file, _event_id = page.facts
        name = PurePosixPath(file).name
        text = _("Edit {file}").format(file=name)
        links.append(_link(repository.edit_address(file), "notes", text))
    issue = repository.new_issue_address(_subject(page), _report(page))
    links.append(_link(issue, "flag", _("Report a mistake")))
    return page_links("", *line(links), label=_("Improve this page"), classes=["event-page-links"])


def _subject(page: ChangedPage) -> str:
    return _("Mistake: {title}").format(title=page.title)


def _report(page: ChangedPage) -> str:
    """Return what stands in a report before its author says what is wrong."""
    lines = [
        _("What is wrong:"),
        "",
        "",
        _("What is right:"),
        "",
        "",
        _("Page: {address}").format(address=page.address),
    ]
    if page.facts:
        file, event_id = page.facts
        lines.append(_("Event: {id} ({file})").format(id=event_id, file=file))
    return "\n".join(lines)


def new_report(repository: Repository, folder: str, form: Mapping[str, str]) -> fold:
    """Return how a report is begun in the browser, folded.

    :param repository: The site's repository.
    :param folder: The folder of events, from ``conf.py``.
    :param form: The texts of a report's files by their names.
    :returns: A fold with a step for each file.
    """
    hint = _(
        "Name the folder after the event, such as “search-meetup-12”, and put both files into it, "
        "on one branch."
    )
    steps = [
        nodes.list_item("", *_step(repository, f"{folder}/{NEW_FOLDER}/{name}", text))
        for name, text in form.items()
    ]
    listed = nodes.enumerated_list("", *steps, enumtype="arabic", prefix="", suffix=".")
    return fold(
        "",
        paragraph([nodes.Text(hint)]),
        listed,
        label=_("New report"),
        classes=["event-new-report"],
    )


def _step(repository: Repository, path: str, text: str) -> Iterable[nodes.Node]:
    new = repository.new_file(path, text)
    yield paragraph([_link(new.address, "plus", path)])
    if not new.is_filled:
        yield paragraph([nodes.Text(_("Where the editor is empty, copy this into it:"))])
        yield nodes.literal_block(text, text, language="text")


def _link(address: str, icon: str, text: str) -> nodes.reference:
    return nodes.reference(
        "", "", event_icon(name=icon), nodes.inline(text, text), refuri=address, internal=False
    )
