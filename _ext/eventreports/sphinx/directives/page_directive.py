"""The base of the directives for pages: they report themselves how they are written wrong.

Parsers would leave out a directive, or what is wrong in it, with messages in their own words.
"""

import re
from typing import Any, ClassVar, Final, TypeVar

from docutils.nodes import Node
from sphinx.util.docutils import SphinxDirective

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean, nearest, suggesting

from ...core.problems import Code
from ..domain import event_domain
from ..logging import report_at
from .options import InvalidOption, LenientOptions, OptionSpec

_LIKENESS_OF_TYPO: Final = 0.75
D = TypeVar("D", bound=SphinxDirective)


class PageDirective(SphinxDirective):
    """A directive that takes any argument, options and body, and reports what it has no use for."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    #: Whether the argument says what is shown; that of others is reported.
    has_argument: ClassVar[bool] = False
    option_spec: ClassVar[OptionSpec]  # type: ignore[assignment]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not isinstance(cls.option_spec, LenientOptions):
            cls.option_spec = LenientOptions(cls.option_spec)

    def run(self) -> list[Node]:
        self._report_options()
        return [*self.make(), *self._body()]

    def make(self) -> list[Node]:
        """Return what the directive shows."""
        raise NotImplementedError

    def take_argument(self) -> str:
        """Return the text behind the directive's name, which is no part of the body then."""
        return self.arguments.pop().strip() if self.arguments else ""

    def another(self, directive: type[D], name: str, argument: str = "", **options: object) -> D:
        r"""Return another directive that stands where this one does.

        :param directive: Its class.
        :param name: Its name.
        :param argument: Its argument.
        :param \**options: Its options.
        :returns: The directive.
        """
        return directive(
            name,
            [argument] if argument else [],
            options,
            self.content,
            self.lineno,
            self.content_offset,
            self.block_text,
            self.state,
            self.state_machine,
        )

    def event_folder(self, event_id: str) -> str | None:
        """Return the folder of an event that is named; report it if there is none.

        :param event_id: The event's id.
        :returns: Its folder; ``None`` if it is unknown, or not for the audience of the build.
        """
        domain = event_domain(self.env)
        folder = domain.library.folder_of_event(event_id)
        domain.borrowed.setdefault(self.env.docname, {})[event_id] = folder
        if folder is None and not domain.library.leaves_out_event(event_id):
            message = Message("there is no event “{event}”", event=event_id)
            message = did_you_mean(message, event_id, domain.library.event_ids)
            self.report(Code.UNKNOWN_EVENT, message)
        return folder

    def report(self, code: Code, message: Message) -> None:
        """Report a problem at the directive."""
        report_at(self.get_location(), code, message)

    def _report_options(self) -> None:
        """Report and remove what cannot be used of the options; a typo is read as what is meant."""
        given, self.options = self.options, {}
        for option, value in given.items():
            meant: str | None = option
            if option not in self.option_spec:
                meant = nearest(option, self.option_spec.keys() - given.keys(), _LIKENESS_OF_TYPO)
                self._report_option(option, self._unknown(option, meant))
                value = self.option_spec[meant](value.text) if meant else value
            if meant and not isinstance(value, InvalidOption):
                self.options[meant] = value
            elif value.reason:
                message = Message("“:{option}:”: {problem}", option=option, problem=value.reason)
                self._report_option(option, message)

    def _unknown(self, option: str, meant: str | None) -> Message:
        """Return the message of an option that there is not."""
        message = Message(
            "“{directive}” has no option “:{option}:”", directive=self.name, option=option
        )
        if meant is None:
            return suggesting(message, nearest(option, self.option_spec), self.option_spec)
        return Message("{problem}; it is read as what is meant", problem=suggesting(message, meant))

    def _report_option(self, option: str, message: Message) -> None:
        """Report a problem at an option's line and column, or else at the directive."""
        place = self.get_location()
        source, line = self.get_source_info()
        for number, text in enumerate(self.block_text.splitlines()):
            if found := re.match(rf"(\s*):?{re.escape(option)}\s*:", text):
                place = f"{source}:{line + number}:{found.end(1) + 1}"
                break
        report_at(place, Code.OPTION, message)

    def _body(self) -> list[Node]:
        """Return what the directive has of a body, which it shows although none belongs there."""
        argument = "" if self.has_argument else self.take_argument()
        if not argument and not any(line.strip() for line in self.content):
            return []
        self.report(
            Code.DIRECTIVE,
            Message(
                "“{directive}” takes no text; write “{text}” below it, with a blank line between",
                directive=self.name,
                text=argument or next(line.strip() for line in self.content if line.strip()),
            ),
        )
        shown = self.parse_text_to_nodes(argument) if argument else []
        return [*shown, *self.parse_content_to_nodes()]
