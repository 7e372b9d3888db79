"""Replace sections that stand where docutils allows none by rubrics."""

from docutils import nodes
from sphinx.transforms import SphinxTransform


class MisplacedSections(SphinxTransform):
    """Replace sections of our directives in lists, cards and tabs by a rubric and their content.

    A directive cannot know where it stands: MyST gives it no parent.
    """

    default_priority = 265

    def apply(self, **kwargs: object) -> None:
        for section in list(self.document.findall(nodes.section)):
            is_misplaced = not isinstance(section.parent, nodes.section | nodes.document)
            if is_misplaced and section.get("event_made"):
                title = next(iter(section.findall(nodes.title)))
                # With a second child: writers drop a rubric whose only child says “Footnotes”.
                heading = nodes.rubric("", "", *title.children, nodes.Text(""), ids=section["ids"])
                heading["translatable"] = title.get("translatable", True)
                heading.source, heading.line = title.source, title.line
                section.replace_self([heading, *section[1:]])
