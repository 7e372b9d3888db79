"""The options of directives that show many events: which of them."""

from typing import Final, get_args

from ...core.model.event import EventKind
from ..domain import event_domain
from ..domain.data import Choice, NotedChoice
from .options import OptionSpec, classes, names, number, words_of, years
from .page_directive import PageDirective

_KINDS: Final[tuple[str, ...]] = get_args(get_args(EventKind)[0])
#: The options that choose events, each of which takes several values.
CHOOSING: Final[OptionSpec] = {
    "year": years,
    "series": names,
    "place": names,
    "topic": names,
    "reporter": names,
    "kind": words_of(*_KINDS),
}
#: All options of a list of what there is at the chosen events.
OF_LISTS: Final[OptionSpec] = {**CHOOSING, "limit": number, "class": classes}


def choice_of(directive: PageDirective) -> Choice:
    """Return which events a directive is of; names that none has are reported later."""
    given = {
        option: tuple(value) for option, value in directive.options.items() if option in CHOOSING
    }
    choice = Choice(**given)
    if any(choice):
        noted = NotedChoice(choice, directive.get_location())
        event_domain(directive.env).note_choice(directive.env.docname, noted)
    return choice
