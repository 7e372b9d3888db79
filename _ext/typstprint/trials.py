"""What may fail by itself, such as a formula, is tried before it costs the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typst

from .compiler import IN_MEMORY, Fault, guarded
from .markup import array, string
from .mathematics import evaluated, to_typst

if TYPE_CHECKING:
    from typst import PDFStandard

    _Standards = tuple[PDFStandard, ...]

#: Without a title there is no PDF for everybody.
_HEAD: Final = '#set document(title: "trial")\n'
_PLACE: Final = re.compile(rf"┌─ [^\n]*?{re.escape(IN_MEMORY)}:(\d+):")
_HALF: Final = re.compile("[\ud800-\udfff]")
#: This standard asks that each character be shown.
_ALL_SHOWN: Final[_Standards] = ("ua-1",)


class Trials:
    """Tries expressions of Typst's, many at once, and each but once."""

    def __init__(self, root: Path, standards: Sequence[PDFStandard], fonts: typst.Fonts) -> None:
        self._root = str(root)
        self._standards = tuple(standards)
        self._fonts = fonts
        self._known: dict[tuple[str, _Standards], bool] = {}

    def failing(self, expressions: Iterable[str]) -> set[str]:
        """Those of some expressions that there can be no PDF of."""
        return self._failing(expressions, self._standards)

    def formulas(self, texts: Iterable[str]) -> dict[str, str]:
        """Formulas in Typst's words, by their TeX: those that can be printed."""
        made = {tex: one for tex in dict.fromkeys(texts) if (one := to_typst(tex)) is not None}
        tried = {tex: f'math.equation(alt: "x", {evaluated(one)})' for tex, one in made.items()}
        failing = self.failing(tried.values())
        return {tex: one for tex, one in made.items() if tried[tex] not in failing}

    def broken(self, pictures: Iterable[Path]) -> set[Path]:
        """Those of some pictures, which are below the root, that cannot be printed."""
        tried = {}
        for file in pictures:
            path = string(f"/{file.relative_to(self._root).as_posix()}")
            # Its state is said, so that another picture of the same name is tried, too.
            state = file.stat()
            tried[file] = f'image({path}, alt: "x") /* {state.st_size} {state.st_mtime_ns} */'
        failing = self.failing(tried.values())
        return {file for file, one in tried.items() if one in failing}

    def missing(self, characters: Iterable[str]) -> set[str]:
        """Those of some characters that no font has."""
        return self._not_shown({string(one): one for one in characters}, _ALL_SHOWN)

    def refused(self, characters: Iterable[str]) -> set[str]:
        """Those of some characters that the standards do not allow."""
        return self._not_shown({string(one): one for one in characters}, self._standards)

    def incomplete(self, clusters: Iterable[str], fonts: Sequence[str]) -> set[str]:
        """Those of some clusters that are not shown in these fonts, or in those of code."""
        text = f"text(font: {array(map(string, fonts))}, {{0}})"
        shown = f'{{{{ import "/template.typ": mono; {text}; mono({{0}}) }}}}'
        return self._not_shown({shown.format(string(one)): one for one in clusters}, _ALL_SHOWN)

    def _not_shown(self, texts: Mapping[str, str], standards: _Standards) -> set[str]:
        # ASCII is in all fonts, and halves of characters are not printed.
        asked = (
            expression
            for expression, text in texts.items()
            if not text.isascii() and not _HALF.search(text)
        )
        return {texts[one] for one in self._failing(asked, standards)}

    def _failing(self, expressions: Iterable[str], standards: _Standards) -> set[str]:
        given = dict.fromkeys(expressions)
        rest = [one for one in given if (one, standards) not in self._known]
        self._known |= {(one, standards): True for one in rest}
        # Some faults are told only where there are no others.
        while rest and (found := self._found(rest, standards)):
            self._known |= {(one, standards): False for one in found}
            rest = [one for one in rest if one not in found]
        return {one for one in given if not self._known[one, standards]}

    def _found(self, expressions: Sequence[str], standards: _Standards) -> set[str]:
        """Some of the expressions that fail; nothing where none does."""
        # With ``context`` a fault of one does not keep the others from being told.
        source = _HEAD + "".join(f"#context {one}\n" for one in expressions)
        compiler = typst.Compiler(source.encode(), root=self._root, font_paths=self._fonts)
        try:
            guarded(compiler.compile, format="pdf", pdf_standards=list(standards))
        except Fault as error:
            first = _HEAD.count("\n") + 1
            lines = {int(match[1]) - first for match in _PLACE.finditer(error.diagnostic)}
            found = {expressions[line] for line in lines if 0 <= line < len(expressions)}
            if found or len(expressions) == 1:
                return found or set(expressions)
            # Of no line, such as that of a picture: it is in this half or that.
            half = len(expressions) // 2
            parts = expressions[:half], expressions[half:]
            return {one for part in parts for one in self._found(part, standards)}
        return set()
