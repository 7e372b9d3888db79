"""TeX mathematics → Typst mathematics.

Tylax takes the words within a formula for Typst markup, and commas for the ends of arguments;
so these are put aside before, and put back as texts. What is made is evaluated as mathematics
alone (``eval``), in which it cannot end what it stands in.
"""

import re
from functools import partial
from typing import Final

from tylax import latex_to_typst

from .compiler import CompileError, guarded
from .markup import string

#: Commands for words, and what makes such words of Typst's.
_WORDS: Final = {
    "text": "#text({})",
    "textrm": "#text({})",
    "textnormal": "#text({})",
    "textup": "#text({})",
    "textmd": "#text({})",
    "textsf": "#text({})",
    "textsc": "#smallcaps({})",
    "textbf": '#text(weight: "bold", {})',
    "textit": '#text(style: "italic", {})',
    "textsl": '#text(style: "italic", {})',
    "emph": '#text(style: "italic", {})',
    "texttt": "#raw({})",
    "mbox": "#text({})",
    "hbox": "#text({})",
    "operatorname": "#math.op({})",
    "operatorname*": "#math.op({}, limits: true)",
}
#: Marks that would end an argument, or begin a text.
_MARKS: Final = {",": "comma", ";": "semi", '"': '\\"'}
#: What shows nothing: numbers are Sphinx's; rules of tables, sizes and colours are left out.
_NOTHING: Final = re.compile(
    r"\\(?:nonumber|notag|hline|[bB]igg?[lrm]?|allowdisplaybreaks|shove(?:left|right))(?![A-Za-z])"
    r"|\\label\{[^{}]*\}|\\(?:text)?color\{[^{}]*\}"
)
_CASES: Final = re.compile(
    r"\\left\s*\\(?:\{|lbrace)\s*\\begin\{(array|aligned|gathered|split)\}(?:\{[^{}]*\})?(.*?)"
    r"\\end\{\1\}\s*\\right\s*\.",
    re.DOTALL,
)
#: Environments of several lines. Where one is all of a formula, its lines are the formula's;
#: within a formula it is a matrix.
_LINES: Final = (
    "align|alignat|aligned|alignedat|displaymath|eqnarray|equation|flalign|gather|gathered|math"
    "|multline|multlined|split|subarray|subequations|xalignat|xxalignat"
)
_BEGINNING: Final = re.compile(
    rf"\\begin\{{(?P<name>{_LINES})\*?\}}(?:\[[^\[\]]*\])?(?:\{{[\dlcr]*\}})?"
)
_ENDING: Final = re.compile(rf"\\end\{{(?:{_LINES})\*?\}}")
_ANY_BEGINNING: Final = re.compile(r"\\begin(?![A-Za-z])")
_ANY_ENDING: Final = re.compile(r"\\end(?![A-Za-z])\s*\{[^{}]*\}")
#: A number that an author gives to a line.
_TAG: Final = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
#: Words between two lines.
_INTERTEXT: Final = re.compile(r"\\(?:short)?intertext\s*(\{[^{}]*\})")
#: What a line break says of the space below it.
_SPACE: Final = re.compile(r"(\\\\)(?:\*|\s*\[\s*-?[\d.]+\s*[a-z]+\s*\])+")
#: Columns of ``eqnarray``, of which there are three.
_THREE: Final = re.compile(r"(?<!\\)&([^&\\]*)(?<!\\)&")
_EMPTY_LINE: Final = re.compile(r"\n[ \t]*\n")
_DELIMITER: Final = re.compile(r"\\(left|right)(?![A-Za-z])\s*(\\[A-Za-z]+|\\.|.)", re.DOTALL)
_COMMAND: Final = re.compile(r"\\([A-Za-z]+\*?|.)|[,;\"]", re.DOTALL)
_DOLLAR: Final = re.compile(r"(?<!\\)\$")
#: A line break before, and what need not be kept apart after, are looked at (see ``_put_back``).
_KEPT: Final = re.compile(r"(\\?) *#text\[KEPT(\d+)\] *(?=([\w^&,)]?))")
#: What tylax writes of Typst's code; nothing else is taken from it.
_OF_TYLAX: Final = re.compile(r"#(?:none|h\([\d.]+\w+\)|hide\[\$|box\([\w.:,% ]*\)\[\$)")
#: How TeX writes what a text has.
_TEXT_ESCAPE: Final = re.compile(r"\\([$%&_#{} ])|\\textbackslash(?:\{\})?|\\[,:;!]|~|``|''|[{}]")
_TEXT_SIGNS: Final[dict[str, str]] = {
    "~": "\N{NO-BREAK SPACE}",
    "``": "“",
    "''": "”",
    "\\textbackslash": "\\",
} | {f"\\{mark}": "\N{THIN SPACE}" for mark in ",:;"}


def to_typst(tex: str) -> str | None:
    """Return a formula, to be evaluated as mathematics; ``None`` where the TeX cannot be read."""
    kept: list[str] = []
    plain = _SPACE.sub(r"\1", _INTERTEXT.sub(r"\\text\1 \\\\", _TAG.sub(_tagged, tex)))
    lines = _lines(_CASES.sub(r"\\begin{cases}\2\\end{cases}", plain))
    prepared = _put_aside(_one_sided(_NOTHING.sub("", lines)), kept)
    try:
        made = guarded(latex_to_typst, prepared).strip().removeprefix("$").removesuffix("$").strip()
    except CompileError:
        return None
    # What it says of faults stands in comments; code can only be the author's words.
    if not made or "/*" in made or "#" in _OF_TYLAX.sub("", _KEPT.sub("", made)).replace("\\#", ""):
        return None
    # An author may have written such a sign.
    if any(int(match[2]) >= len(kept) for match in _KEPT.finditer(made)):
        return None
    return _KEPT.sub(partial(_put_back, kept), made).strip()


def evaluated(formula: str) -> str:
    """Return a formula as an expression."""
    return f'eval({string(formula)}, mode: "math").body'


def _tagged(match: re.Match[str]) -> str:
    return rf"\qquad\text{{{match[2] if match[1] else f'({match[2]})'}}}"


def _lines(tex: str) -> str:
    """Return the lines of a formula without the environments that only say where these are.

    Tylax knows but some of them. Sphinx has several formulas in one, with empty lines between them.
    """
    parts: list[str] = []
    for part in _EMPTY_LINE.split(tex.strip()):
        # Such a line within an environment has no meaning.
        if parts and _depth(parts[-1]):
            parts[-1] += f"\n{part}"
        else:
            parts.append(part)
    return r" \\ ".join(_without_environments(part.strip()) for part in parts)


def _without_environments(tex: str) -> str:
    while (first := _BEGINNING.match(tex)) and _end_of_first(tex) == len(tex):
        inner = tex[first.end() : tex.rindex(r"\end")].strip().removesuffix(r"\\")
        tex = _THREE.sub(r"&\1", inner) if first["name"] == "eqnarray" else inner
    return _ENDING.sub(r"\\end{matrix}", _BEGINNING.sub(r"\\begin{matrix}", tex))


def _depth(tex: str) -> int:
    """Return how many environments are open at the end."""
    return len(_ANY_BEGINNING.findall(tex)) - len(_ANY_ENDING.findall(tex))


def _end_of_first(tex: str) -> int | None:
    """Return where the environment ends that a formula begins with."""
    ends = (match.end() for match in _ANY_ENDING.finditer(tex))
    return next((end for end in ends if _depth(tex[:end]) == 0), None)


def _one_sided(tex: str) -> str:
    """Leave out the half of a pair of delimiters that is not shown; the other keeps its size."""
    opened: list[re.Match[str]] = []
    plain: set[int] = set()
    for match in _DELIMITER.finditer(tex):
        if match[1] == "left":
            opened.append(match)
        elif opened:
            pair = opened.pop(), match
            if any(one[2] == "." for one in pair):
                plain |= {one.start() for one in pair}
    return _DELIMITER.sub(
        lambda match: match[2].removeprefix(".") if match.start() in plain else match[0], tex
    )


def _put_aside(tex: str, kept: list[str]) -> str:
    """Return the formula with placeholders for words and marks, which are put into ``kept``."""

    def keep(made: str) -> str:
        kept.append(made)
        return rf"\text{{KEPT{len(kept) - 1}}}"

    pieces = []
    place = 0
    while match := _COMMAND.search(tex, place):
        pieces.append(tex[place : match.start()])
        place = match.end()
        argument = _argument(tex, place) if match[1] in _WORDS else None
        if argument:
            words, place = argument
            made = _WORDS[match[1]]
            # Between dollar signs there is mathematics again.
            for number, part in enumerate(_DOLLAR.split(words)):
                if number % 2:
                    pieces.append(_put_aside(part, kept))
                elif part:
                    pieces.append(keep(made.format(string(_plain(part)))))
        else:
            mark = _MARKS.get(match[0])
            pieces.append(keep(mark) if mark else match[0])
    return "".join((*pieces, tex[place:]))


def _put_back(kept: list[str], match: re.Match[str]) -> str:
    escape, number, after = match.groups()
    made = kept[int(number)]
    if not made.startswith("#text"):
        return f"{escape} {made} "
    # A space beside words is shown; but what follows is no part of the call that makes them.
    return f"{escape}{' ' if escape else ''}{made}{'' if after else ' '}"


def _argument(tex: str, place: int) -> tuple[str, int] | None:
    """Return what stands in the braces that open at a place, and where they end."""
    opening = re.compile(r"\s*\{").match(tex, place)
    if opening is None:
        return None
    depth = 1
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(tex, opening.end()):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return tex[opening.end() : match.start()], match.end()
    return None


def _plain(words: str) -> str:
    """Return words as TeX shows them."""

    def shown(match: re.Match[str]) -> str:
        return match[1] or _TEXT_SIGNS.get(match[0].removesuffix("{}"), "")

    return _TEXT_ESCAPE.sub(shown, words)
