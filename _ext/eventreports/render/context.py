"""What rendering needs to know of the page and of the event's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from babel import Locale
from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..labels import _, site_locale
from ..loader import LoadedEvent
from ..model import Entity, LocalizedText
from ..problems import Mark

N = TypeVar("N", bound=nodes.Element)


@dataclass(frozen=True)
class Context:
    """The page that is read, and where the event's data is from.

    ``folder`` is the event's folder relative to ``root`` (the source
    directory), with ``/``; ``source`` the path of the event's file.
    """

    docname: str
    event_id: str
    language: str
    locale: Locale
    root: Path
    folder: str
    source: str

    @classmethod
    def of_page(cls, env: BuildEnvironment, folder: str, loaded: LoadedEvent) -> Context:
        """For the page that ``env`` is reading."""
        language = env.config.language
        return cls(
            docname=env.docname,
            event_id=loaded.event.id if loaded.event else "",
            language=language,
            locale=site_locale(language),
            root=Path(env.srcdir),
            folder=folder,
            source=str(loaded.path),
        )

    def text(self, text: LocalizedText | None) -> str:
        """A leaf text in the site's language."""
        return text.in_language(self.language) if text else ""

    def place(self, node: N, mark: Mark) -> N:
        """Say of a node that it stands in the event's file."""
        node.source, node.line = self.source, mark.line
        return node


def plain(text: str, *classes: str) -> nodes.inline:
    return nodes.inline(text, text, classes=list(classes))


def paragraph(children: Iterable[nodes.Node], *classes: str) -> nodes.paragraph:
    return nodes.paragraph("", "", *children, classes=list(classes))


def joined(items: Sequence[nodes.Node]) -> list[nodes.Node]:
    """The items with the language's list separator between them."""
    separated: list[nodes.Node] = []
    for item in items:
        if separated:
            separated.append(plain(_(", "), "event-separator"))
        separated.append(item)
    return separated


def finished(root: N, context: Context, entity: Entity) -> N:
    """Keep what a node holds as it is: no smart quotes, no translation of the data.

    Whatever has no place of its own stands where ``entity`` stands.
    """
    root["support_smartquotes"] = False
    for node in root.findall(nodes.Element):
        if node.line is None:
            context.place(node, entity.mark())
        # Inline nodes are translated only on request, and dissolved where they have the attribute.
        if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
            node["translatable"] = False
    return root
