"""References to what is left out are their texts: without a link, and without a warning.

What a page defines that is not read is not known; but a name that stands in nothing but what is
left out can be of nothing else.
"""

import re
from collections.abc import Iterator, Set
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join

from ...core.encodings import decode_anyway
from ..domain import event_domain
from .parts import LEFT_OUT, parts_left_out

#: References within a page, which docutils resolves by names.
_LOCAL = (
    nodes.reference,
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.substitution_reference,
)

#: What the pages of a build refer to is looked for once.
_NAMES: WeakKeyDictionary[BuildEnvironment, "Names"] = WeakKeyDictionary()


def setup(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(LocalReferences)
    app.add_post_transform(References)
    # When all others have been asked.
    app.connect("missing-reference", as_text, priority=950)


class LocalReferences(SphinxTransform):
    """Replace references to what a part of the same page defines that is left out.

    It runs before the first of docutils' transforms that resolve references.
    """

    default_priority = 215

    def apply(self, **kwargs: object) -> None:
        if self.env.docname not in event_domain(self.env).with_left_out:
            return
        for image in list(self.document.findall(nodes.image)):
            if image["uri"] == f"#{LEFT_OUT}":
                image.replace_self(nodes.inline("", image.get("alt", "")))
        names = Names(self.env, {self.env.docname})
        for kind in _LOCAL:
            for node in list(self.document.findall(kind)):
                name = node.get("refname", "")
                if name and name not in self._defined and names.has(name):
                    node.replace_self(nodes.inline("", "", *node.children))
                    self._forget(node)

    def _forget(self, node: nodes.Element) -> None:
        """Take a reference off the lists by which docutils numbers footnotes."""
        document, name = self.document, node["refname"]
        noted: list[list[Any]] = [document.autofootnote_refs, document.symbol_footnote_refs]
        noted += [document.footnote_refs.get(name, []), document.citation_refs.get(name, [])]
        for nodes_noted in (*noted, document.refnames.get(name, [])):
            if node in nodes_noted:
                nodes_noted.remove(node)

    @cached_property
    def _defined(self) -> Set[str]:
        document = self.document
        return {*document.nameids, *document.substitution_names, *document.substitution_defs}


class References(SphinxPostTransform):
    """Replace references of MyST to what is left out, before it looks for their targets.

    Others are asked for when nobody has found them.
    """

    default_priority = 8

    def run(self, **kwargs: object) -> None:
        domain = event_domain(self.env)
        if not (domain.left_out_pages or domain.with_left_out):
            return
        for node in list(self.document.findall(pending_xref)):
            if node["reftype"] == "myst" and is_left_out(self.env, node):
                node.replace_self(node.children or nodes.Text(""))


def as_text(
    _app: Sphinx, env: BuildEnvironment, node: pending_xref, text: nodes.Element
) -> nodes.Element | None:
    """Return the text of a reference that nobody has resolved, if it is to what is left out."""
    domain = event_domain(env)
    if node.get("refdomain") == domain.name or not (domain.left_out_pages or domain.with_left_out):
        return None
    return text if is_left_out(env, node) else None


def is_left_out(env: BuildEnvironment, node: pending_xref) -> bool:
    """Return whether a reference is to what is left out, as far as can be told by its name."""
    domain, docname, target = event_domain(env), env.docname, node["reftarget"]
    if target == LEFT_OUT:
        return True
    if "doc" in (node["reftype"], node.get("refdomain")):
        is_of_myst = node["reftype"] == "myst"
        docname = target if is_of_myst else docname_join(node["refdoc"], target)
        if docname in domain.left_out_pages:
            return True
        target = node.get("reftargetid") or ""
    if not target or target in env.metadata.get(docname, {}).get("myst_slugs", {}):
        return False
    event_id = domain.library.event_of_page(docname)
    anchor = target.removeprefix("session-")
    if event_id and anchor != target and domain.library.leaves_out(event_id, anchor):
        return True
    return _names(env).has(target) and target.casefold() not in _names(env).defined


def _names(env: BuildEnvironment) -> "Names":
    if env not in _NAMES:
        domain = event_domain(env)
        _NAMES[env] = Names(env, {*domain.left_out_pages, *domain.with_left_out})
    return _NAMES[env]


class Names:
    """The names in the pages, and parts of pages, that a build leaves out.

    :param env: The environment.
    :param pages: The pages that are left out, or have parts that are.
    """

    def __init__(self, env: BuildEnvironment, pages: Set[str]) -> None:
        self._env = env
        self._pages = pages

    def has(self, name: str) -> bool:
        """Return whether a name, or the heading that it was made from, stands in what is left out.

        Such a name is a slug (MyST), or has the page before it (``sphinx.ext.autosectionlabel``).
        """
        if {_letters(name), _letters(name.partition(":")[2])} & self._lines:
            return True
        pattern = rf"(?<![^\W_])(?<!-){re.escape(name.casefold())}(?![\w-])"
        return any(re.search(pattern, text) for text in self._texts)

    @cached_property
    def defined(self) -> Set[str]:
        """The names of all objects of the pages that are read, in no case."""
        env = self._env
        std, math = env.get_domain("std"), env.get_domain("math")
        found = {name for domain in env.domains.sorted() for name, *_ in domain.get_objects()}
        found |= {*std.data["labels"], *std.data["anonlabels"], *math.data["objects"]}
        return {name.casefold() for name in found}

    @cached_property
    def _lines(self) -> Set[str]:
        lines = (line for text in self._texts for line in text.splitlines())
        return {_letters(line) for line in lines} - {""}

    @cached_property
    def _texts(self) -> list[str]:
        return [text.casefold() for text in self._all_texts()]

    def _all_texts(self) -> Iterator[str]:
        left_out = event_domain(self._env).left_out_pages
        for docname in sorted(self._pages):
            if path := left_out.get(docname):
                yield decode_anyway(Path(self._env.srcdir, path).read_bytes()) or ""
            else:
                yield from parts_left_out(self._env, Path(self._env.doc2path(docname)), docname)


def _letters(text: str) -> str:
    """Return the letters and figures of a text, in no case."""
    return re.sub(r"[\W_]+", "", text.casefold())
