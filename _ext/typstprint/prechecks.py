"""What may fail on its own, such as a formula, is compiled before it costs the whole document."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import typst

from .compiler import IN_MEMORY, CompileError, Standards, guarded
from .markup import string, strings
from .mathematics import evaluated, to_typst

#: PDF/UA asks for a title.
_HEAD: Final = '#set document(title: "precheck")\n'
_PLACE: Final = re.compile(rf"┌─ [^\n]*?{re.escape(IN_MEMORY)}:(\d+):")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
#: This standard asks that fonts have each character.
_ALL_SHOWN: Final[Standards] = ("ua-1",)


class Prechecks:
    """Compiles expressions of Typst, many at once, and each but once.

    :param root: The folder that paths in expressions start from.
    :param standards: Those that PDFs keep, as Typst names them.
    :param fonts: The fonts that documents may use.
    """

    def __init__(self, root: Path, standards: Standards, fonts: typst.Fonts) -> None:
        self._root = str(root)
        self._standards = tuple(standards)
        self._fonts = fonts
        self._known: dict[tuple[str, Standards], bool] = {}

    def formulas(self, texts: Iterable[str]) -> dict[str, str]:
        """Return formulas as Typst has them, by their TeX: those that can be compiled."""
        made = {tex: one for tex in dict.fromkeys(texts) if (one := to_typst(tex)) is not None}
        tried = {tex: f'math.equation(alt: "x", {evaluated(one)})' for tex, one in made.items()}
        failing = self.failing(tried.values(), self._standards)
        return {tex: one for tex, one in made.items() if tried[tex] not in failing}

    def broken_images(self, files: Iterable[Path]) -> set[Path]:
        """Return those of some images, which are below the root, that Typst cannot show."""
        tried = {}
        for file in files:
            path = string(f"/{file.relative_to(self._root).as_posix()}")
            # Its state is named, so that another image of the same name is compiled, too.
            state = file.stat()
            tried[file] = f'image({path}, alt: "x") /* {state.st_size} {state.st_mtime_ns} */'
        failing = self.failing(tried.values(), self._standards)
        return {file for file, one in tried.items() if one in failing}

    def missing(self, characters: Iterable[str]) -> set[str]:
        """Return those of some characters that no font has."""
        return self._not_shown({string(one): one for one in characters}, _ALL_SHOWN)

    def refused(self, characters: Iterable[str]) -> set[str]:
        """Return those of some characters that the standards do not allow."""
        return self._not_shown({string(one): one for one in characters}, self._standards)

    def incomplete(self, clusters: Iterable[str], fonts: Sequence[str]) -> set[str]:
        """Return those of some clusters that these fonts, or those of code, do not show as one."""
        text = f"text(font: {strings(fonts)}, {{0}})"
        shown = f'{{{{ import "/template.typ": mono; {text}; mono({{0}}) }}}}'
        return self._not_shown({shown.format(string(one)): one for one in clusters}, _ALL_SHOWN)

    def _not_shown(self, texts: Mapping[str, str], standards: Standards) -> set[str]:
        # ASCII is in all fonts, and surrogates are not printed.
        asked = (
            expression
            for expression, text in texts.items()
            if not text.isascii() and not _SURROGATE.search(text)
        )
        return {texts[one] for one in self.failing(asked, standards)}

    def failing(self, expressions: Iterable[str], standards: Standards) -> set[str]:
        """Return those of some expressions of code mode that cannot be compiled."""
        given = dict.fromkeys(expressions)
        rest = [one for one in given if (one, standards) not in self._known]
        self._known |= {(one, standards): True for one in rest}
        # Some errors are reported only where there are no others.
        while rest and (found := self._found(rest, standards)):
            self._known |= {(one, standards): False for one in found}
            rest = [one for one in rest if one not in found]
        return {one for one in given if not self._known[one, standards]}

    def _found(self, expressions: Sequence[str], standards: Standards) -> set[str]:
        """Return some of the expressions that fail; nothing where none does."""
        # With ``context`` an error in one does not keep those in others from being reported.
        source = _HEAD + "".join(f"#context {one}\n" for one in expressions)
        compiler = typst.Compiler(source.encode(), root=self._root, font_paths=self._fonts)
        try:
            guarded(compiler.compile, format="pdf", pdf_standards=list(standards))
        except CompileError as error:
            first = _HEAD.count("\n") + 1
            lines = {int(match[1]) - first for match in _PLACE.finditer(error.diagnostic)}
            found = {expressions[line] for line in lines if 0 <= line < len(expressions)}
            if found or len(expressions) == 1:
                return found or set(expressions)
            # In no line, such as that of an image: it is in this half or that.
            half = len(expressions) // 2
            parts = expressions[:half], expressions[half:]
            return {one for part in parts for one in self._found(part, standards)}
        return set()
