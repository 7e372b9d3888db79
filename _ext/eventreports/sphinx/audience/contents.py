"""Tables of contents without the pages that are left out, and without a word on these."""

from collections.abc import Set

from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.directives.other import TocTree
from sphinx.util import docname_join
from sphinx.util.matching import patfilter
from sphinx.util.nodes import explicit_title_re

from ..domain import event_domain


def setup(app: Sphinx) -> None:
    """Replace the directive by one that names no page that is left out."""
    app.add_directive("toctree", Contents, override=True)


class Contents(TocTree):
    """``toctree`` without entries that mean nothing but pages that are left out."""

    def run(self) -> list[Node]:
        left_out = event_domain(self.env).left_out_pages.keys()
        if left_out:
            named = [
                n for n, entry in enumerate(self.content) if self._is_left_out(entry, left_out)
            ]
            for number in reversed(named):
                del self.content[number]
        return super().run()

    def _is_left_out(self, entry: str, left_out: Set[str]) -> bool:
        explicit = explicit_title_re.match(entry)
        named = explicit[2] if explicit else entry
        for suffix in self.config.source_suffix:
            named = named.removesuffix(suffix)
        docname = docname_join(self.env.docname, named)
        if "glob" in self.options and not explicit:
            others = patfilter(self.env.found_docs - {self.env.docname}, docname)
            return not list(others) and bool(list(patfilter(left_out, docname)))
        return docname in left_out
