"""Sections where docutils allows none become rubrics."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms import SphinxTransform


class MisplacedSections(SphinxTransform):
    """Make a rubric of a section that stands within a list, a card or a tab.

    A directive cannot know where it stands (MyST gives it no parent), so the
    sections that our directives make are set right afterwards.
    """

    default_priority = 265

    def apply(self, **kwargs: object) -> None:
        for section in list(self.document.findall(nodes.section)):
            is_misplaced = not isinstance(section.parent, nodes.section | nodes.document)
            if is_misplaced and section.get("event_made"):
                title = next(iter(section.findall(nodes.title)))
                # A second child: writers leave out a rubric that says “Footnotes” and no more.
                heading = nodes.rubric("", "", *title.children, nodes.Text(""), ids=section["ids"])
                heading["translatable"] = title.get("translatable", True)
                heading.source, heading.line = title.source, title.line
                section.replace_self([heading, *section[1:]])
