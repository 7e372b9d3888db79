"""What rendering needs to know of the page and of the event's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from docutils import nodes
from docutils.utils import Reporter
from sphinx.environment import BuildEnvironment

from ..core.entity import Entity
from ..core.model import Event, Track
from ..core.paths import IsContent, is_content
from ..core.problems import Mark, Problem, Severity
from ..core.scalars import LocalizedText
from ..loader import LoadedEvent
from .labels import _, message_text, site_locale

N = TypeVar("N", bound=nodes.Element)


@dataclass(frozen=True)
class Context:
    """The page that is read, and where the event's data is from.

    ``languages`` are those in which texts are shown, the first before all, ``locale`` that of the
    site; ``folder`` is the event's folder relative to ``root`` (the source
    directory), with ``/``; ``source`` the path of the event's file,
    ``event`` what it holds, ``problems`` its faults; ``is_whole`` tells
    whether all of it could be read; ``is_content`` of paths from the root
    whether data may name them.
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

    @classmethod
    def of_page(
        cls,
        env: BuildEnvironment,
        docname: str,
        folder: str,
        loaded: LoadedEvent,
        languages: Sequence[str] = (),
    ) -> Context:
        """For what a page shows of an event; ``languages`` instead of the site's."""
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
        )

    def text(self, text: LocalizedText | None) -> str:
        """A leaf text in the languages that are shown."""
        return " / ".join(self.texts(text))

    def texts(self, text: LocalizedText | None) -> list[str]:
        """The same, each for itself."""
        return text.in_languages(self.languages) if text else []

    def name(self, text: LocalizedText | None) -> str:
        """In one language, as other pages and lists in order of their names know it."""
        return text.in_language(self.languages[0]) if text else ""

    def room(self, named: LocalizedText | None) -> str:
        """What a session calls its room, as the venue's list calls it."""
        return self.text(self.event.room_name(named) if self.event else named)

    def track(self, named: LocalizedText | None) -> Track | None:
        """The track that a session names."""
        return self.event.track(named) if self.event else None

    def place(self, node: N, mark: Mark) -> N:
        """Say of a node that it stands in the event's file."""
        node.source, node.line = self.source, mark.line
        return node


def language_name(tag: str, locale: Locale) -> str:
    """``ja`` → 日本語; as written where it is no tag that Babel knows."""
    try:
        return Locale.parse(tag.replace("-", "_")).get_display_name(locale) or tag
    except (ValueError, UnknownLocaleError):
        return tag


def plain(text: str, *classes: str) -> nodes.inline:
    return nodes.inline(text, text, classes=list(classes))


def rubric(heading: str, *classes: str) -> nodes.rubric:
    """A heading that stays what it is even where it says “Footnotes”.

    Writers take a rubric for that of the page's footnotes whose only child says so.
    """
    return nodes.rubric(heading, "", nodes.Text(heading), nodes.Text(""), classes=list(classes))


def paragraph(children: Iterable[nodes.Node], *classes: str) -> nodes.paragraph:
    return nodes.paragraph("", "", *children, classes=list(classes))


def joined(items: Sequence[nodes.Node]) -> list[nodes.Node]:
    """The items with the language's list separator between them, each bound to the one before."""
    joined = [
        nodes.inline("", "", item, plain(_(", "), "event-separator"), classes=["event-joined"])
        for item in items[:-1]
    ]
    return [*joined, *items[-1:]]


def finished(root: N, context: Context, entity: Entity) -> N:
    """Facts as they go into the page; what has no place of its own stands where ``entity`` does."""
    for node in root.findall(nodes.Element):
        if node.line is None:
            context.place(node, entity.mark())
    return as_it_is(root)


def as_it_is(root: N) -> N:
    """Keep what a node holds from smart quotes, and from the translations of pages."""
    root["support_smartquotes"] = False
    for node in root.findall(nodes.TextElement):
        # Inline nodes are translated only on request, and dissolved where they have the attribute.
        if not isinstance(node, nodes.Inline):
            node["translatable"] = False
    return root


def fault_message(problem: Problem) -> nodes.system_message:
    """What is wrong, for those who preview the page (``keep_warnings``): others do not see it."""
    is_error = problem.code.severity is Severity.ERROR
    said = f"{message_text(problem.message)} [event.{problem.code.label}]"
    return nodes.system_message(
        "",
        paragraph([nodes.Text(said)]),
        level=Reporter.ERROR_LEVEL if is_error else Reporter.WARNING_LEVEL,
        type=problem.code.severity.upper(),
        source=problem.path,
        line=problem.mark.line,
        classes=["event-fault"],
    )
