"""What stands for a directive or role that the domain does not have: it reports that."""

from collections.abc import Collection, Iterable
from typing import ClassVar, Final

from docutils import nodes
from docutils.nodes import Node, system_message
from docutils.parsers.rst import Directive, directives
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import RoleFunction

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import suggesting

from ...core.problems import Code
from ..logging import report_at

_DOMAIN: Final = "event:"


class _AnyOptions(dict[str, object]):
    """The options of a directive that takes all."""

    def __missing__(self, name: str) -> object:
        return directives.unchanged


class Unknown(SphinxDirective):
    """A directive of which nobody knows what is meant: it shows nothing."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _AnyOptions(any=directives.unchanged)  # type: ignore[assignment]
    message: ClassVar[Message]

    def run(self) -> list[Node]:
        report_at(self.get_location(), Code.DIRECTIVE, self.message)
        return []


def unknown_directive(
    name: str, meant: str, directive: type[Directive] | None, known: Iterable[str]
) -> type[Directive]:
    """Return the class that reports an unknown directive, and shows the one that is meant.

    :param name: The name as it is written, with its domain.
    :param meant: The name that is meant, with its domain.
    :param directive: The directive of that name; ``None`` if nobody knows what is meant.
    :param known: The names of all directives of the domain.
    :returns: The class.
    """
    problem = Message("there is no directive “{name}”", name=name)
    if directive is None:
        return type("Unknown", (Unknown,), {"message": _among(problem, known)})

    class Misspelled(directive):  # type: ignore[valid-type,misc]
        def run(self) -> list[Node]:
            report_at(self.get_location(), Code.DIRECTIVE, _read_as(problem, meant))
            return list(super().run())

    return Misspelled


class UnknownRole(SphinxRole):
    """A role that the domain does not have: it reports that, and does what the one meant does."""

    def __init__(self, problem: Message, meant: RoleFunction | None) -> None:
        super().__init__()
        self._problem = problem
        self._meant = meant

    def run(self) -> tuple[list[Node], list[system_message]]:
        report_at(self.get_location(), Code.DIRECTIVE, self._problem)
        if self._meant is None:
            return [nodes.Text(self.text)], []
        text, options = self.text, self.options
        return self._meant(
            self.name, self.rawtext, text, self.lineno, self.inliner, options, self.content
        )


def unknown_role(
    name: str,
    meant: str,
    role: RoleFunction | None,
    known: Iterable[str],
    directives: Collection[str],
) -> UnknownRole:
    """Return what reports an unknown role, and does what the one that is meant does.

    :param name: The name as it is written, with its domain.
    :param meant: The name that is meant, with its domain.
    :param role: The role of that name; ``None`` if nobody knows what is meant.
    :param known: The names of all roles of the domain.
    :param directives: The names of its directives.
    :returns: The role.
    """
    if name.removeprefix(_DOMAIN) in directives:
        problem = Message(
            "“{name}” is a directive: it stands on lines of its own, and not in a text", name=name
        )
        return UnknownRole(problem, None)
    problem = Message("there is no role “{name}”", name=name)
    return UnknownRole(_read_as(problem, meant) if role else _among(problem, known), role)


def _read_as(problem: Message, meant: str) -> Message:
    return Message("{problem}; it is read as what is meant", problem=suggesting(problem, meant))


def _among(problem: Message, known: Iterable[str]) -> Message:
    return suggesting(problem, None, [f"{_DOMAIN}{name}" for name in known])
