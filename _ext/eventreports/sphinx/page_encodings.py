"""Read the pages that are not UTF-8 as what they seem to be, and report them.

Sphinx ends the build at such a page. Without the page, what leads to it and what only it leads to
would be reported in its stead.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ..core.encodings import DecodingFault, decode, decode_anyway, is_utf_8
from ..core.problems import Code, Problem
from ..render.labels import _
from .domain import event_domain
from .logging import is_told, report

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from typing_extensions import Buffer

#: A codec for ``decode_anyway``, since Sphinx takes the name of a codec.
_ANYWAY: Final = "eventreports_anyway"


def read_undecodable(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read and report those of the pages that are not UTF-8, and take them off Sphinx's list."""
    if not is_utf_8(app.config.source_encoding):
        return
    for docname in list(docnames):
        path = env.doc2path(docname)
        fault = decode(path.read_bytes())
        if isinstance(fault, DecodingFault):
            docnames.remove(docname)
            _read(app, env, docname)
            shown = env.doc2path(docname, base=False).as_posix()
            problem = Problem(shown, fault.mark, Code.ENCODING, fault.message)
            report(problem, app.srcdir, app.config)
            if is_told(problem.code, app.config):
                app.statuscode = 1


def _read(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Read one page as Sphinx does; it is read and reported in the next build, too."""
    app.emit("env-purge-doc", env, docname)
    env.clear_doc(docname)
    with _input_encoding(env, _ANYWAY):
        app.builder.read_doc(docname)
    env.reread_always.add(docname)
    event_domain(env).undecodable.append(docname)


@contextmanager
def _input_encoding(env: BuildEnvironment, encoding: str) -> Iterator[None]:
    usual = env.settings["input_encoding"]
    env.settings["input_encoding"] = encoding
    try:
        yield
    finally:
        env.settings["input_encoding"] = usual


def updated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that were read here, which Sphinx is to write."""
    return event_domain(env).undecodable


def _decode_page(raw: Buffer, _errors: str = "strict") -> tuple[str, int]:
    data = bytes(raw)
    text = decode_anyway(data)
    return _placeholder() if text is None else text, len(data)


def _placeholder() -> str:
    """Return a page that says that there is none, in both Markdown and reStructuredText."""
    title, text = _("Unreadable page"), _("The file of this page is not text.")
    return f"{title}\n{'=' * 2 * len(title)}\n\n{text}\n"


class _Decoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, data: Buffer, errors: str, final: bool) -> tuple[str, int]:
        return _decode_page(data) if final else ("", 0)


def _search(name: str) -> codecs.CodecInfo | None:
    if name != _ANYWAY:
        return None
    return codecs.CodecInfo(codecs.utf_8_encode, _decode_page, incrementaldecoder=_Decoder)


codecs.register(_search)
