"""Keep files that must not be published out of all outputs.

These are files outside the project, hidden ones and its configuration: pages, and what pages name
(images, downloads, files that directives read). Files that data names are checked when it is
loaded. The rule for all of them is in ``core/paths.py``.
"""

import os
from collections.abc import Iterable, Iterator
from glob import glob
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, ClassVar, Final, NamedTuple, cast
from urllib.parse import urlsplit

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives.misc import Include, adapt_path
from docutils.parsers.rst.languages import en as english
from docutils.utils import new_document
from myst_parser.mocking import MockIncludeDirective, MockState
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import search_image_for_language

from sphinxcommon.messages import Message

from ..core.encodings import decode, is_utf_8
from ..core.names import composed
from ..core.paths import Tree, is_there, literal_pattern, refusal
from ..core.problems import Code, Finding, Mark, Problem
from ..importers.forms import FOLDER as FORMS_FOLDER
from ..loader import FILE_NAME
from ..render.nodes import ancestors
from .audience.parts import parts_left_out
from .domain import event_domain
from .exclusion import exclusion
from .logging import report, report_at
from .settings import Settings


def setup(app: Sphinx) -> None:
    """Register the transform, and connect the handlers."""
    app.add_transform(NamedFiles)
    # When extensions have changed the settings (800).
    app.connect("config-inited", leave_out_pages, priority=850)
    app.connect("config-inited", guard_directives, priority=850)


# Pages


def leave_out_pages(app: Sphinx, config: Config) -> None:
    """Exclude the folders and pages that must not be published, and report them."""
    root = Path(app.srcdir)
    events = PurePosixPath(Settings.of(config).folder).as_posix()
    below = "" if events == "." else f"{literal_pattern(events)}/"
    hidden = [f"{below}{depth}{sign}*/**" for depth in ("", "**/") for sign in "._"]
    patterns = [*config.exclude_patterns, f"{FORMS_FOLDER}/**", *hidden]
    tree = Tree(root, events, tuple(config.source_suffix), exclusion(patterns))
    for path, reason in tree.refused():
        patterns.append(literal_pattern(path))
        if reason:
            message = Message("{problem}; it is left out", problem=reason)
            report(Problem(path, Mark(), Code.PATH, message), root, config)
    config.exclude_patterns = patterns


# Files that directives read


class Reader(NamedTuple):
    """Where a directive names the files that it reads: in its argument, or in options."""

    in_argument: bool
    options: tuple[str, ...] = ()


READERS: Final = {
    "include": Reader(in_argument=True),
    "literalinclude": Reader(in_argument=True, options=("diff",)),
    "csv-table": Reader(in_argument=False, options=("file", "url")),
    "raw": Reader(in_argument=False, options=("file", "url")),
    "graphviz": Reader(in_argument=True),
    "mermaid": Reader(in_argument=True),
}


#: The options with which the text of an included file does not reach the handlers as a whole.
_AS_TEXT: Final = frozenset({
    *("literal", "code", "parser"),
    *("start-line", "end-line", "start-after", "end-before", "lines"),
})  # fmt: skip


class GuardedDirective(SphinxDirective):
    """A directive that runs another one unless that names a file that must not be published."""

    guarded: ClassVar[type[Directive]]
    reader: ClassVar[Reader]

    def run(self) -> list[nodes.Node]:
        # Others read it as it is written, or so that nobody is asked for its text.
        is_page = issubclass(self.guarded, Include) and not _AS_TEXT & self.options.keys()
        source, settings = self.state.document.current_source, self.state.document.settings
        for named in self._named():
            beside = adapt_path(named, source or "", settings.root_prefix)
            if any(_is_left_out(self.env, one, as_page=is_page) for one in (named, beside)):
                return []
            try:
                fault = self._fault(named)
            except (OSError, ValueError):
                reason = Message(
                    "“{path}” cannot be the name of a file, nor an address", path=named
                )
                fault = Code.PATH, reason
            if fault:
                code, reason = fault
                report_at(
                    self.get_location(),
                    code,
                    Message("{problem}; nothing of it is shown", problem=reason),
                )
                return []
        return list(self._directive().run())

    def _named(self) -> Iterator[str]:
        if self.reader.in_argument:
            yield from self.arguments[:1]
        yield from (self.options[key] for key in self.reader.options if key in self.options)

    def _fault(self, named: str) -> tuple[Code, Message] | None:
        if scheme := urlsplit(named).scheme:
            is_remote = scheme.lower() in ("http", "https")
            return None if is_remote else (Code.PATH, _no_address(named))
        if named.startswith("<") and named.endswith(">"):
            standard = Path(Include.standard_include_path)
            reason = refusal(standard / named[1:-1].lstrip("/"), standard, named)
            return (Code.PATH, reason) if reason else None
        # Directives differ in what a path is relative to: check each file that it may be.
        source, settings = self.state.document.current_source, self.state.document.settings
        found = (
            adapt_path(named, source or "", settings.root_prefix),
            self.env.relfn2path(named)[1],
        )
        # The first is relative to the working directory; links are not followed here.
        paths = [Path(os.path.abspath(path)) for path in found]  # noqa: PTH100
        existing = [path for path in paths if path.exists() and not path.is_dir()]
        if reason := _refusal_noted(existing, self.env, named):
            return Code.PATH, reason
        if "encoding" in self.options or not is_utf_8(self.config.source_encoding):
            return None
        for path in existing:
            fault = decode(path.read_bytes())
            if isinstance(fault, Finding):
                self.env.note_dependency(path)
                message = Message(
                    "“{path}” (line {line}): {problem}",
                    path=named,
                    line=fault.mark.line,
                    problem=fault.message,
                )
                return Code.ENCODING, message
        return None

    def _directive(self) -> Directive | MockIncludeDirective:
        if issubclass(self.guarded, Include) and isinstance(self.state, MockState):
            # In Markdown, MyST runs another class instead of this directive.
            return MockIncludeDirective(
                self.state._renderer,
                name=self.name,
                klass=self.guarded,
                arguments=self.arguments,
                options=self.options,
                body=list(self.content),
                lineno=self.lineno,
            )
        return self.guarded(
            self.name,
            self.arguments,
            self.options,
            self.content,
            self.lineno,
            self.content_offset,
            self.block_text,
            self.state,
            self.state_machine,
        )


def guard_directives(app: Sphinx, _config: Config) -> None:
    """Replace each directive that reads files, of any extension, by a guarded one."""
    document, language = new_document(""), cast("Any", english)
    for name, reader in READERS.items():
        found, _messages = directives.directive(name, language, document)
        if found is not None and not issubclass(found, GuardedDirective):
            app.add_directive(name, _guarded(found, reader), override=True)


def _guarded(directive: type[Directive], reader: Reader) -> type[GuardedDirective]:
    read_by_parsers = (
        "required_arguments",
        "optional_arguments",
        "final_argument_whitespace",
        "option_spec",
        "has_content",
    )
    taken = {name: getattr(directive, name) for name in read_by_parsers}
    return type(
        f"Guarded{directive.__name__}",
        (GuardedDirective,),
        {**taken, "guarded": directive, "reader": reader},
    )


# Pictures and downloads


class NamedFiles(SphinxTransform):
    """Replace images and downloads of files that must not be published by their texts.

    Runs before Sphinx notes which files to copy (``doctree-read``, 880).
    """

    default_priority = 870

    def apply(self, **kwargs: object) -> None:
        # An image of a substitution is in the document several times, at the same place.
        self._reported: set[tuple[str, int | None]] = set()
        for image in list(self.document.findall(nodes.image)):
            # That of the site's language is the same picture.
            names = (image["uri"], search_image_for_language(image["uri"], self.env))
            if any(self._is_refused(image, name) for name in names):
                _replace(image, image.get("alt", ""))
        for link in list(self.document.findall(addnodes.download_reference)):
            if self._is_refused(link, link["reftarget"]):
                _put_in_place(link, nodes.inline("", "", *link.children))

    def _is_refused(self, node: nodes.Element, named: str) -> bool:
        if named.startswith("file:"):
            self._report(node, _no_address(named))
            return True
        if "://" in named or named.startswith("data:"):
            return False
        # As ``relfn2path`` does, but without following links.
        if _is_left_out(self.env, named):
            return True
        root, *parts = PurePath(named).parts or [""]
        page = Path(self.env.doc2path(self.env.docname))
        is_of_site = root in ("/", "\\")
        path = self.env.srcdir.joinpath(*parts) if is_of_site else page.parent / named
        # Of ``picture.*`` Sphinx takes the whole path for a pattern.
        found = map(Path, glob(str(path))) if named.endswith(".*") else [path]  # noqa: PTH207
        reason = _refusal_noted(found, self.env, named)
        if reason and (named, node.line) not in self._reported:
            self._reported.add((named, node.line))
            self._report(node, reason)
        return bool(reason)

    def _report(self, node: nodes.Element, reason: Message) -> None:
        report_at(_place_of(node), Code.PATH, Message("{problem}; it is not shown", problem=reason))


def _is_left_out(env: BuildEnvironment, named: str, *, as_page: bool = False) -> bool:
    """Return whether a file that a page names, or a part of it, is not for the audience.

    :param env: The environment.
    :param named: What the page says, or an absolute path.
    :param as_page: Whether the file is read as a page, of which parts can be left out.
    :returns: Whether it is.
    """
    if "://" in named or "\0" in named:
        return False
    root = Path(env.srcdir).resolve()
    here = Path(named)
    path = here if is_there(Path.is_file, here) else Path(env.relfn2path(named)[1])
    if not is_there(Path.exists, path.parent):
        return False
    found = [path, *map(Path, glob(str(path)))] if "*" in path.name else [path]  # noqa: PTH207
    domain = event_domain(env)
    library = domain.library
    for one in (other for each in found for other in {each.absolute(), each.resolve()}):
        base = next((top for top in (Path(env.srcdir), root) if one.is_relative_to(top)), None)
        if base is None:
            continue
        name = one.relative_to(base).as_posix()
        if library.is_left_out(name) or composed(name) in domain.left_out_pages.values():
            return True
        if not as_page and _has_left_out(env, one, name):
            return True
    return False


def _has_left_out(env: BuildEnvironment, path: Path, name: str) -> bool:
    """Return whether a part of an event's file, or of a page, is not for the audience."""
    is_page = path.suffix in env.config.source_suffix
    if not is_there(Path.is_file, path) or not (is_page or path.name == FILE_NAME):
        return False
    if event_domain(env).library.has_left_out(name):
        return True
    if not is_page or env.path2doc(path) not in env.found_docs:
        return False
    # Another part may be left out one day.
    env.note_dependency(path)
    return any(parts_left_out(env, path))


def _no_address(named: str) -> Message:
    return Message("“{path}” is no address on the web", path=named)


def _refusal_noted(files: Iterable[Path], env: BuildEnvironment, named: str) -> Message | None:
    """Return why a file must not be published, and have the page read again if that changes."""
    for path in files:
        if reason := refusal(path, Path(env.srcdir), named):
            if is_there(Path.exists, path):
                env.note_dependency(path)
            return reason
    return None


def _place_of(node: nodes.Element) -> nodes.Node:
    """Return the nearest node with a line: around this one, or else after it."""
    near = (node, *ancestors(node), *node.findall(ascend=True))
    return next((one for one in near if one.line), node)


def _replace(image: nodes.image, text: str) -> None:
    """Replace an image by its text, within the link if it has one."""
    shown: nodes.Element = image
    words: list[nodes.Node] = [nodes.Text(text)] if text else []
    if isinstance(image.parent, nodes.reference):
        shown = image.parent
        link = shown.copy()
        link += words or [nodes.Text(link.get("refuri", ""))]
        words = [link]
    is_in_line = isinstance(shown.parent, nodes.TextElement)
    _put_in_place(shown, (nodes.inline if is_in_line else nodes.paragraph)("", "", *words))


def _put_in_place(node: nodes.Element, shown: nodes.Element) -> None:
    """Replace a node by another, or by nothing if that has neither content nor an id."""
    node.replace_self(shown)
    if not shown.children and not shown["ids"]:
        shown.parent.remove(shown)
