"""What rendering needs to know of the page and of the event's file; helpers for nodes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from docutils import nodes
from docutils.utils import Reporter
from sphinx.environment import BuildEnvironment

from ..core.dates import PartialDate
from ..core.entity import Entity
from ..core.languages import base_of
from ..core.model import Event, Session
from ..core.paths import IsContent, is_content
from ..core.problems import Mark, Problem, Severity
from ..core.texts import LocalizedText
from ..loader import LoadedEvent
from .labels import _, message_text, site_locale

N = TypeVar("N", bound=nodes.Element)


@dataclass(frozen=True)
class Context:
    """The page that is read, and the event whose data it shows.

    :param docname: The page.
    :param event_id: The event's id; empty if its file could not be read.
    :param languages: Languages in which texts are shown, the first before the others.
    :param locale: The site's locale.
    :param root: The source directory.
    :param folder: The event's folder, relative to ``root``, with ``/``.
    :param source: The path of the event's file.
    :param is_whole: Whether all of the file could be read.
    :param event: The event; ``None`` if its file could not be read.
    :param problems: The faults of the file.
    :param is_content: Whether data may name a path, relative to ``root``.
    :param left_out: The event's sessions that are not for the audience of the build.
    :param leaves_out: Whether an id, or a title, is that of one of these.
    """

    docname: str
    event_id: str
    languages: Sequence[str]
    locale: Locale
    root: Path
    folder: str
    source: str
    is_whole: bool = True
    event: Event | None = None
    problems: tuple[Problem, ...] = ()
    is_content: IsContent = is_content
    left_out: tuple[Session, ...] = ()
    leaves_out: Callable[[str], bool] = lambda _named: False

    @classmethod
    def of_page(
        cls,
        env: BuildEnvironment,
        docname: str,
        folder: str,
        loaded: LoadedEvent,
        languages: Sequence[str] = (),
    ) -> "Context":
        """Make the context of a page that shows an event.

        :param env: The environment.
        :param docname: The page.
        :param folder: The event's folder, relative to the source directory.
        :param loaded: The event, and the problems of its file.
        :param languages: Languages to show instead of the site's.
        :returns: The context.
        """
        site = env.config.language
        return cls(
            docname=docname,
            event_id=loaded.event.id if loaded.event else "",
            languages=languages or (site, *env.config.eventreports_languages),
            locale=site_locale(site),
            root=Path(env.srcdir),
            folder=folder,
            source=str(loaded.path),
            is_whole=loaded.is_whole,
            event=loaded.event,
            problems=tuple(problem for problem in loaded.problems if problem.is_fault),
            is_content=loaded.is_content,
            left_out=loaded.left_out_sessions,
            leaves_out=loaded.leaves_out,
        )

    def text(self, text: LocalizedText | None) -> str:
        """Return a text in the languages that are shown."""
        return " / ".join(self.texts(text))

    def texts(self, text: LocalizedText | None) -> list[str]:
        """Return a text in each of the languages that are shown."""
        return text.in_languages(self.languages) if text else []

    def name(self, text: LocalizedText | None) -> str:
        """Return a text in one language, for other pages and for sorting."""
        return text.in_language(self.languages[0]) if text else ""

    def language_class(self, tag: str) -> list[str]:
        """Return the class of what is in another language than the page, as docutils calls it."""
        return [f"language-{tag}"] if tag and base_of(tag) != self.locale.language else []

    def room(self, named: LocalizedText | None) -> str:
        """Return a session's room, as the venue's list of rooms calls it."""
        return self.text(self.event.room_name(named) if self.event else named)

    def date(self, date: PartialDate | None) -> str:
        """Return a date as the site's language writes it."""
        return date.format(self.locale) if date else ""

    def place(self, node: N, mark: Mark) -> N:
        """Set the source and line of a node to a place in the event's file, and return the node."""
        node.source, node.line = self.source, mark.line
        return node


def language_name(tag: str, locale: Locale) -> str:
    """Return a language's name (``ja``: 日本語), or its tag if Babel knows none."""
    try:
        return Locale.parse(tag.replace("-", "_")).get_display_name(locale) or tag
    except (ValueError, UnknownLocaleError):
        return tag


def plain(text: str, *classes: str) -> nodes.inline:
    """Return a text with classes."""
    return nodes.inline(text, text, classes=list(classes))


def rubric(heading: str, *classes: str) -> nodes.rubric:
    """Return a heading outside the sections of the page, which may say “Footnotes”.

    Writers drop a rubric whose only child says so, as that of the page's own footnotes.
    """
    return nodes.rubric(heading, "", nodes.Text(heading), nodes.Text(""), classes=list(classes))


def paragraph(children: Iterable[nodes.Node], *classes: str) -> nodes.paragraph:
    """Return a paragraph with classes."""
    return nodes.paragraph("", "", *children, classes=list(classes))


def line(children: Sequence[nodes.Node], *classes: str) -> list[nodes.paragraph]:
    """Return a paragraph with classes, or none if it would be empty."""
    return [paragraph(children, *classes)] if children else []


def in_brackets(text: str, *classes: str) -> list[nodes.Node]:
    """Return a space and a text in brackets; nothing if there is no text."""
    return [nodes.Text(" "), plain(f"({text})", *classes)] if text else []


def joined(items: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return items with the language's list separator behind each but the last."""
    joined = [
        nodes.inline("", "", item, plain(_(", "), "event-separator"), classes=["event-joined"])
        for item in items[:-1]
    ]
    return [*joined, *items[-1:]]


def table(
    columns: Mapping[str, tuple[str, int]],
    rows: Iterable[Sequence[Sequence[nodes.Node]]],
    *classes: str,
) -> nodes.table:
    r"""Make a table with a head.

    :param columns: By the class of each column, its head and its share of the width.
    :param rows: Each with the content of a cell for each column, which may be empty: blocks, or
        what stands in a paragraph.
    :param \*classes: The classes of the table.
    :returns: The table.
    """
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=width) for _head, width in columns.values()]
    heads = [[nodes.Text(head)] for head, _width in columns.values()]
    group += nodes.thead("", _table_row(columns, heads))
    group += nodes.tbody("", *(_table_row(columns, row) for row in rows))
    return nodes.table("", group, classes=list(classes))


def _table_row(columns: Iterable[str], bodies: Iterable[Sequence[nodes.Node]]) -> nodes.row:
    entries = (
        nodes.entry("", *_cell(body), classes=[f"event-{column}"])
        for column, body in zip(columns, bodies, strict=True)
    )
    return nodes.row("", *entries)


def _cell(body: Sequence[nodes.Node]) -> Sequence[nodes.Node]:
    """Return blocks as they are, and what stands in a line in a paragraph."""
    is_line = any(isinstance(one, nodes.Text | nodes.Inline) for one in body)
    return [paragraph(body)] if is_line else body


def finished(root: N, context: Context, entity: Entity) -> N:
    """Return facts as they go into the page; nodes without a place get that of ``entity``."""
    for node in root.findall(nodes.Element):
        if node.line is None:
            context.place(node, entity.mark())
    return verbatim(root)


def verbatim(root: N) -> N:
    """Exempt a node and all in it from smart quotes and from the translation of pages."""
    root["support_smartquotes"] = False
    for node in root.findall(nodes.TextElement):
        # Inline nodes are translated only on request, and removed if they have the attribute.
        if not isinstance(node, nodes.Inline):
            node["translatable"] = False
    return root


def fault_message(problem: Problem) -> nodes.system_message:
    """Return a problem as a system message, which pages show only with ``keep_warnings``."""
    is_error = problem.code.severity is Severity.ERROR
    text = f"{message_text(problem.message)} [event.{problem.code.label}]"
    return nodes.system_message(
        "",
        paragraph([nodes.Text(text)]),
        level=Reporter.ERROR_LEVEL if is_error else Reporter.WARNING_LEVEL,
        type=problem.code.severity.upper(),
        source=problem.path,
        line=problem.mark.line,
        classes=["event-fault"],
    )
