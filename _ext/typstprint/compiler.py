"""Typst's compiler: the same fonts on every machine, and faults at their place in the sources."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import manimgx_fonts
import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst

if TYPE_CHECKING:
    from typst import PDFStandard

#: Of the compiler.
VERSION: Final = version("typst")
#: A place in a source, as the compiler draws it.
_PLACE: Final = re.compile(r"┌─ [^\n]*?(?P<file>[^\s\\/]+):(?P<line>\d+):(?P<column>\d+)")
#: A comment of the translator's: where the lines that follow come from.
_ORIGIN: Final = re.compile(r"\s*// (?P<docname>.+):(?P<line>\d+)")

#: What the compiler says of pages that come out another way each time.
_UNSETTLED: Final = "did not converge"
#: For the template, which looks for it.
_ALL_PAGES: Final = {"all-pages": "yes"}
#: Of the type, the largest first: at the least it has seven points.
_SCALES: Final = [f"{hundredths / 100:.2f}" for hundredths in range(100, 69, -3)]


class Remark(NamedTuple):
    """What the compiler says of a document, and where: (docname, line), or nowhere."""

    message: str
    location: tuple[str, int] | None


class Fault(Exception):
    """Why there can be no PDF."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.message)
        self.remark = remark


def fonts_with(folders: Iterable[Path]) -> typst.Fonts:
    """Typst's own fonts, those of this project's packages (Japanese; other scripts and emoji),
    and those in some folders: never the machine's."""
    cjk = (noto_cjk_sans_jp_regular.FONT_PATH, noto_cjk_sans_jp_bold.FONT_PATH)
    packaged = [Path(str(path)).parent for path in (*cjk, manimgx_fonts.__file__)]
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in (*packaged, *folders)],
    )


class Compiler:
    """Compiles sources below ``root``; ``standards`` as Typst names them (``ua-1``)."""

    def __init__(self, root: Path, standards: Sequence[PDFStandard], fonts: typst.Fonts) -> None:
        self._standards = list(standards)
        self._root = str(root)
        self._fonts = fonts
        self._compiler = typst.Compiler(root=self._root, font_paths=fonts)

    def compile(self, source: Path, pdf: Path, timestamp: int, fit: int = 0) -> list[Remark]:
        """Write the PDF, which says that it is of ``timestamp``; returns what is warned of.

        ``fit``: the pages on which it is to stand, if its type can be made so small; 0 for any.

        :raises Fault: where there can be no PDF.
        """
        scaled = {"scale": self._scale(source, fit)} if fit else {}
        warnings = self._compiled(source, pdf, timestamp, scaled)
        if any(_UNSETTLED in warning.message for warning in warnings):
            # A reference says its page where that is another; and may so push itself onto
            # that page, where it does not, and comes back. Then all of them are to say it.
            warnings = self._compiled(source, pdf, timestamp, {**scaled, **_ALL_PAGES})
        return [_remark(source, warning) for warning in warnings]

    def _scale(self, source: Path, pages: int) -> str:
        """The largest of the scales with which a document has no more pages; or the least."""

        def is_too_large(scale: str) -> bool:
            return self._page_count(source, {"scale": scale}) > pages

        place = bisect_left(_SCALES, True, key=lambda scale: not is_too_large(scale))
        return _SCALES[min(place, len(_SCALES) - 1)]

    def _page_count(self, source: Path, inputs: dict[str, str]) -> int:
        try:
            told = typst.query(
                str(source),
                "<page-total>",
                field="value",
                one=True,
                root=self._root,
                font_paths=self._fonts,
                sys_inputs=inputs,
            )
        except typst.TypstError as error:
            raise Fault(_remark(source, error)) from None
        return int(json.loads(told))

    def _compiled(
        self, source: Path, pdf: Path, timestamp: int, inputs: dict[str, str]
    ) -> list[typst.TypstWarning]:
        try:
            _data, warnings = self._compiler.compile_with_warnings(
                input=str(source),
                output=str(pdf),
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=self._standards,
                timestamp=timestamp,
            )
        except typst.TypstError as error:
            raise Fault(_remark(source, error)) from None
        return warnings


def _remark(source: Path, told: typst.TypstError | typst.TypstWarning) -> Remark:
    message = "; ".join([told.message, *told.hints])
    return Remark(message, _location(source, told.diagnostic))


def _location(source: Path, diagnostic: str) -> tuple[str, int] | None:
    """The page and line that a fault is in: of the source, or of a picture that it shows."""
    lines = source.read_text(encoding="utf-8").splitlines()
    for place in _PLACE.finditer(diagnostic):
        if place["file"] == source.name:
            return _origin(lines[: int(place["line"])])
        shown = f'/{place["file"]}"'
        number = next((number for number, line in enumerate(lines) if shown in line), None)
        if number is not None and not shown.endswith('.typ"'):
            return _origin(lines[:number])
    return None


def _origin(lines: Sequence[str]) -> tuple[str, int] | None:
    """The page and line that the last of some lines of a source was made from."""
    found = (match for line in reversed(lines) if (match := _ORIGIN.fullmatch(line)))
    match = next(found, None)
    return (match["docname"], int(match["line"])) if match else None
