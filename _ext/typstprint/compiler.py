"""Typst's compiler: the same fonts on every machine, and errors at their place in the sources."""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, ParamSpec, TypeAlias, TypeVar

import typst

from .fragments import origin

if TYPE_CHECKING:
    from typst import PDFStandard

#: Of PDF, as Typst names them (``ua-1``).
Standards: TypeAlias = "Sequence[PDFStandard]"

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

#: Of the compiler.
VERSION: Final = version("typst")
#: A place in a source, as the compiler draws it.
_PLACE: Final = re.compile(r"┌─ [^\n]*?(?P<file>[^\s\\/]+):(?P<line>\d+):(?P<column>\d+)")
#: What the compiler calls a source that is no file.
IN_MEMORY: Final = "__typst_py_bytes__.typ"

#: What the compiler says of pages that come out another way each time.
_UNSETTLED: Final = "did not converge"
#: For the template, which looks for it.
_ALL_PAGES: Final = {"all-pages": "yes"}
#: Of the type, the largest first: at the least it has seven points.
_SCALES: Final = [f"{hundredths / 100:.2f}" for hundredths in range(100, 69, -3)]


class CompilerWarning(NamedTuple):
    """What the compiler warns of, and where: (page or path, line), or nowhere."""

    message: str
    origin: tuple[str, int] | None


class CompileError(Exception):
    """Why there can be no PDF.

    :param message: What the compiler says.
    :param diagnostic: What the compiler shows of the place, if it knows that.
    """

    def __init__(self, message: str, diagnostic: str = "") -> None:
        super().__init__(message)
        self.diagnostic = diagnostic


def guarded(
    function: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs
) -> _Made:
    """Call a function of Rust's: the compiler, or tylax.

    :param function: The function.
    :param *given: Its positional arguments.
    :param **named: Its keyword arguments.
    :return: What it returns.
    :raises CompileError: For whatever it raises; panics are no ``Exception``.
    """
    try:
        return function(*given, **named)
    except typst.TypstError as error:
        raise CompileError("; ".join([error.message, *error.hints]), error.diagnostic) from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise CompileError(f"{type(error).__name__}: {error}") from error


class Compiled(NamedTuple):
    """A PDF, and what is to be reported of it."""

    data: bytes
    warnings: list[CompilerWarning]
    #: How many pages it has, where these are too many; else 0.
    pages: int


class Compiler:
    """Compiles sources.

    :param root: The folder that paths in sources start from.
    :param standards: Those that PDFs keep, as Typst names them (``ua-1``).
    :param fonts: The fonts that sources may use.
    """

    def __init__(self, root: Path, standards: Standards, fonts: typst.Fonts) -> None:
        self._standards = list(standards)
        self._root = str(root)
        self._fonts = fonts
        self._compiler = typst.Compiler(root=self._root, font_paths=fonts)

    def compile(self, source: str, fit: int = 0) -> Compiled:
        """Compile a source.

        :param source: The source.
        :param fit: The pages on which it is to stand, if its type can be made so small; 0 for any.
        :return: The PDF, with what is to be reported.
        :raises CompileError: There can be no PDF.
        """
        scaled, pages = self._scaled(source, fit) if fit else ({}, 0)
        data, warnings = self._compiled(source, scaled)
        if any(_UNSETTLED in warning.message for warning in warnings):
            # A reference says its page where that is another; and may so push itself onto
            # that page, where it does not, and comes back. Then all of them are to say it.
            data, warnings = self._compiled(source, {**scaled, **_ALL_PAGES})
        return Compiled(data, [_located(source, warning) for warning in warnings], pages)

    def _scaled(self, source: str, fit: int) -> tuple[dict[str, str], int]:
        """Return the largest scale with which a document has no more pages.

        :return: An input of the template; and, where even the smallest type needs more pages, how
            many these are.
        """

        place = bisect_left(_SCALES, True, key=lambda scale: self._page_count(source, scale) <= fit)
        if place < len(_SCALES):
            return {"scale": _SCALES[place]}, 0
        return {"scale": _SCALES[-1]}, self._page_count(source, _SCALES[-1])

    def _page_count(self, source: str, scale: str) -> int:
        compiler = guarded(
            typst.Compiler,
            source.encode(),
            root=self._root,
            font_paths=self._fonts,
            sys_inputs={"scale": scale},
        )
        return int(json.loads(guarded(compiler.query, "<page-total>", field="value", one=True)))

    def _compiled(
        self, source: str, inputs: dict[str, str]
    ) -> tuple[bytes, list[typst.TypstWarning]]:
        # Bytes in and out: so no name of a file can be one that the compiler does not take.
        made: tuple[Any, list[typst.TypstWarning]] = guarded(
            self._compiler.compile_with_warnings,
            input=source.encode(),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=self._standards,
            # Only asked for by templates of a site's own that do not give the document's day.
            timestamp=0,
        )
        return made


def _located(source: str, warning: typst.TypstWarning) -> CompilerWarning:
    lines = source.splitlines()
    place = place_in(lines, warning.diagnostic)
    found = None if place is None else origin(lines[: place + 1])
    return CompilerWarning("; ".join([warning.message, *warning.hints]), found)


def place_in(lines: Sequence[str], diagnostic: str) -> int | None:
    """Return the line of a source that an error is in, or one that shows an image that it is in.

    :param lines: The lines of the source.
    :param diagnostic: What the compiler shows of the place.
    :return: The index of the line, ``None`` if there is none such.
    """
    for place in _PLACE.finditer(diagnostic):
        if place["file"] == IN_MEMORY:
            return int(place["line"]) - 1
        shown = f'/{place["file"]}"'
        number = next((number for number, line in enumerate(lines) if shown in line), None)
        if number is not None and not shown.endswith('.typ"'):
            return number
    return None
