"""Titles: where their lines may end, and in which language they are, if not in the page's."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx

from sphinxcommon.east_asian import columns_in
from sphinxcommon.phrases import phrases

from ...core.languages import base_of, language_of
from ...render.nodes import event_block, is_home, title_text
from .base import WebTransform, session_of

#: The class of what is broken between phrases alone.
_PHRASES: Final = "event-phrases"
#: The class of titles that take more columns, which a letter of Japanese takes two of.
_LONG: Final = "event-long"
_COLUMNS: Final = 60
#: Classes of titles that are no headings.
_TITLES: Final = frozenset(
    {"event-card-title", "event-child-title", "event-quote-of", "event-gathered-session", _PHRASES}
)
#: Within a phrase, where browsers end a line all the same: before a mark behind Japanese (せよ~),
#: behind one that opens (〜入門), and between a bracket and a particle (）の).
_UNBROKEN: Final = re.compile(
    r"[\u3041-\u9fff][~～'\"]|〜[\w「『（【]|[）)］\]｝}」』】〉》〕”][\u3041-\u3096]"
)
#: What is no text in the HTML of a page's contents: tags, code and formulas.
_TEXT: Final = re.compile(r"<(code|span)\b[^>]*\bnotranslate\b.*?</\1>|<[^>]*>|([^<]+)", re.DOTALL)


def setup(app: Sphinx) -> None:
    """Register the transform, and connect the handler."""
    app.add_post_transform(Titles)
    app.connect("html-page-context", add_to_contents)


class Titles(WebTransform):
    """Have titles broken between phrases; runs when the other transforms have made theirs."""

    default_priority = 900

    def run(self, **kwargs: object) -> None:
        site = base_of(self.config.language)
        # On pages in other languages, headings with some English words may be in neither.
        is_sure = site in ("ja", "en")
        titles = [one for one in self.document.findall(nodes.Element) if _is_title(one)]
        for title in [*titles, *_mottos(self.document)]:
            texts = [text for text in title.findall(nodes.Text) if _is_set(text)]
            if isinstance(title, nodes.title) and is_sure and not _has_language(title):
                found = language_of(title.astext(), self._spoken(title.parent))
                if found and base_of(found) != site:
                    title["classes"].append(f"language-{found}")
            if columns_in(title.astext()) > _COLUMNS:
                title["classes"].append(_LONG)
            if any(len(phrases(text)) > 1 for text in texts):
                title["classes"].append(_PHRASES)
                for text in texts:
                    text.parent.replace(text, title_text("", text))

    def _spoken(self, section: nodes.Element) -> Sequence[str]:
        """Return the languages of the session whose notes a section has."""
        context = self.context_of(section["event"]) if is_home(section) else None
        session = session_of(context.event, section["session"]) if context else None
        return session.language if session else ()


def add_to_contents(
    _app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Have the headings in the contents of a page broken as those in its text."""
    if "toc" in context and not context.get("embedded"):
        context["toc"] = _TEXT.sub(_with_breaks, context["toc"])


def with_breaks(text: str) -> str:
    """Return the HTML of a text that may be broken between its phrases."""
    return "<wbr />".join(
        _UNBROKEN.sub(r"<span class='event-unbroken'>\g<0></span>", escape(part, quote=False))
        for part in phrases(text)
    )


def _with_breaks(found: re.Match[str]) -> str:
    return with_breaks(unescape(found[2])) if found[2] else found[0]


def _mottos(document: nodes.document) -> Iterator[nodes.paragraph]:
    """Yield what pages are for, where it is as large as a title: above the field to search."""
    for block in document.findall(event_block):
        if "event-overview-search" in block["classes"]:
            siblings = block.parent.parent.children
            before = siblings[siblings.index(block.parent) - 1]
            if isinstance(before, nodes.paragraph):
                yield before


def _is_title(node: nodes.Element) -> bool:
    if isinstance(node, nodes.title):
        return isinstance(node.parent, nodes.section)
    return not _TITLES.isdisjoint(node["classes"])


def _has_language(node: nodes.Element) -> bool:
    """Return whether the language of a part is known."""
    return any(
        name.startswith("language-")
        for part in node.findall(nodes.Element)
        for name in part["classes"]
    )


def _is_set(text: nodes.Text) -> bool:
    """Return whether a text is neither code, nor a formula, nor markup."""
    return not isinstance(
        text.parent, nodes.literal | nodes.math | nodes.raw | nodes.FixedTextElement
    )
