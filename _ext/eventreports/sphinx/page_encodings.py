"""Read pages whose source Sphinx cannot take as it is: not in UTF-8, with control characters.

Sphinx ends the build at a page that is not UTF-8. If the page were left out, links to it, and pages
that only its contents name, would be reported instead of the cause.
"""

import codecs
from typing import Any, Final

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..core.characters import NOT_XML
from ..core.encodings import decode, decode_anyway, is_utf_8
from ..core.problems import Finding, Problem
from ..render.labels import _
from .domain import event_domain
from .logging import is_suppressed, report

#: The name of a codec for ``decode_anyway``: Sphinx asks for the name of one.
_ANYWAY: Final = "eventreports_anyway"


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    # After those that change which pages are read.
    app.connect("env-before-read-docs", read_undecodable, priority=950)
    app.connect("source-read", remove_control_characters, priority=100)
    app.connect("env-updated", pages_read)


def remove_control_characters(_app: Sphinx, _docname: str, source: list[str]) -> None:
    """Remove the characters of a page that XML cannot hold, and nobody sees."""
    # Office programs break lines with these two.
    source[0] = NOT_XML.sub("", source[0].replace("\v", " ").replace("\f", " "))


def read_undecodable(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read and report the pages that are not UTF-8, and take them off Sphinx's list."""
    if not is_utf_8(app.config.source_encoding):
        return
    for docname in list(docnames):
        path = env.doc2path(docname)
        fault = decode(path.read_bytes())
        if isinstance(fault, Finding):
            docnames.remove(docname)
            _read(app, env, docname)
            shown = env.doc2path(docname, base=False).as_posix()
            problem = Problem(shown, *fault)
            report(problem, app.srcdir, app.config)
            if not is_suppressed(problem.code, app.config):
                app.statuscode = 1


def _read(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Read one page as Sphinx does, and have it read and reported in the next build, too."""
    app.emit("env-purge-doc", env, docname)
    env.clear_doc(docname)
    usual = env.settings["input_encoding"]
    env.settings["input_encoding"] = _ANYWAY
    try:
        app.builder.read_doc(docname)
    finally:
        env.settings["input_encoding"] = usual
    env.reread_always.add(docname)
    event_domain(env).undecodable.append(docname)


def pages_read(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that were read here, for Sphinx to write them."""
    return event_domain(env).undecodable


def _placeholder() -> str:
    """Return a page that says that its file is not text, in Markdown and reStructuredText alike."""
    title, text = _("Unreadable page"), _("The file of this page is not text.")
    return f"{title}\n{'=' * 2 * len(title)}\n\n{text}\n"


class _Decoder(codecs.IncrementalDecoder):
    """Decodes a file that is read as a whole."""

    def decode(self, data: Any, final: bool = False) -> str:
        text = decode_anyway(bytes(data))
        return _placeholder() if text is None else text


def _search(name: str) -> codecs.CodecInfo | None:
    if name != _ANYWAY:
        return None
    return codecs.CodecInfo(codecs.utf_8_encode, codecs.utf_8_decode, incrementaldecoder=_Decoder)


codecs.register(_search)
