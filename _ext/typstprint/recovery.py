"""Compilation that replaces the fragments of a source that cannot be compiled."""

from collections.abc import Callable, Sequence
from typing import Final

from docutils import nodes

from .compiler import Compiled, CompileError, Compiler, place_in
from .fragments import Fragment, as_text, culprit, fragment_at, fragments_of, origin, replaced
from .messages import __

#: In the place of what cannot be printed, not even as text.
_MARK: Final = "missing-character\n"
#: So many fragments of a document are replaced: each takes some time.
_MOST_ERRORS: Final = 100


def compile_replacing(
    compiler: Compiler,
    source: str,
    fit: int,
    fragments: Sequence[nodes.Element],
    report: Callable[[str, tuple[str, int] | None], None],
) -> tuple[Compiled, bool]:
    """Compile a source, of which a fragment that fails becomes its text, or else a mark.

    :param compiler: The compiler.
    :param source: A source with comments around its fragments.
    :param fit: As ``Compiler.compile`` has it.
    :param fragments: The nodes of the fragments, by their numbers.
    :param report: Called for each fragment that is replaced, with the error, and its page or path
        and line, if these are known.
    :return: The PDF, and whether some fragments were replaced.
    :raises CompileError: An error is in no fragment, or there are too many.
    """
    instead: dict[int, str] = {}
    for _error in range(_MOST_ERRORS):
        text = replaced(source, instead)
        try:
            return compiler.compile(text, fit), bool(instead)
        except CompileError as error:
            fragment = _fragment_at_fault(compiler, text, error)
            if fragment is None or instead.get(fragment.number) == _MARK:
                raise
            if fragment.number in instead:
                instead[fragment.number] = _MARK
            else:
                instead[fragment.number] = as_text(fragments[fragment.number])
                report(str(error), origin(text.splitlines()[: fragment.first + 1]))
    raise CompileError(__("there are more than %d faults") % _MOST_ERRORS)


def _fragment_at_fault(compiler: Compiler, source: str, error: CompileError) -> Fragment | None:
    lines = source.splitlines()
    place = place_in(lines, error.diagnostic)
    if place is not None and (fragment := fragment_at(fragments_of(lines), place)):
        return fragment

    def shows(text: str) -> bool:
        try:
            compiler.compile(text)
        except CompileError as found:
            return str(found) == str(error)
        return False

    return culprit(source, shows)
