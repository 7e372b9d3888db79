"""``event:sessions``, ``event:session``, ``event:slides``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import ClassVar

from docutils.nodes import Element
from sphinx_design.grids import row_columns_option

from ...core.messages import Message
from ...core.model import Event, Session
from ...core.names import comparable, composed
from ...core.problems import Code, Problem
from ...core.scalars import LocalizedText
from ...core.schedule import schedule_days
from ...core.suggestions import did_you_mean
from ...render import cards, facts, inline, lists, schedule
from ...render.context import Context
from ...render.labels import _
from ...render.markdown import described
from ...render.nodes import session_facts
from ..domain.data import ObjectQuery
from ..domain.object_types import SESSION
from .base import EventDirective
from .options import OptionSpec, choice, names, words, words_of

_NamesOf = Callable[[Event, Session], Sequence[LocalizedText | str]]

#: What sessions can be chosen by: an option, and the names that it compares.
_CHOICES: dict[str, _NamesOf] = {
    "topics": lambda _event, session: session.topics,
    "rooms": lambda event, session: _given(session.room, event.room_name(session.room)),
    "tracks": lambda event, session: _given(session.track, event.track_name(session.track)),
}


def _given(*names: LocalizedText | None) -> list[LocalizedText]:
    return [name for name in names if name]


def _any_says(found: Sequence[LocalizedText | str], wanted: Sequence[str]) -> bool:
    texts = {comparable(text) for text in wanted}
    return any(
        comparable(name) in texts if isinstance(name, str) else any(map(name.says, wanted))
        for name in found
    )


def _saying(
    event: Event, sessions: Iterable[Session], names_of: _NamesOf, wanted: Sequence[str]
) -> Iterator[Session]:
    """The sessions that have one of the names; of one that has none, those within it that have."""
    for session in sessions:
        if _any_says(names_of(event, event.placed(session)), wanted):
            yield session
        else:
            yield from _saying(event, session.children, names_of, wanted)


def _without(sessions: Iterable[Session], ids: Set[str]) -> list[Session]:
    """The sessions, and those within them, but for those of some ids."""
    return [
        session.model_copy(update={"children": tuple(_without(session.children, ids))})
        for session in sessions
        if session.id not in ids
    ]


def _time(event: Event, session: Session) -> tuple[tuple[int, ...], str]:
    date = event.placed(session).date or event.first_date
    return date or (), session.begins or ""


class SessionsDirective(EventDirective):
    """What shows several sessions, and lets the author choose which."""

    option_spec: ClassVar[OptionSpec] = {
        **EventDirective.option_spec,
        "only": words,
        "exclude": words,
        "topics": names,
        "rooms": names,
        "tracks": names,
        "sort": choice("given", "time", "title", "speaker"),
    }

    def chosen(self, context: Context, event: Event) -> list[Session]:
        """What the options leave of the event's sessions, as they are to be shown."""
        sessions = list(event.sessions)
        if "only" in self.options:
            sessions = self._named(context, event, "only")
        if "exclude" in self.options:
            excluded = self._named(context, event, "exclude")
            sessions = _without(sessions, {session.id for session in excluded})
        for option, names_of in _CHOICES.items():
            if option in self.options:
                known = [name for one in event.all_sessions for name in names_of(event, one)]
                wanted = self.chosen_names(option, known)
                sessions = list(_saying(event, sessions, names_of, wanted))
        sessions = self.spread(sessions)
        match self.options.get("sort", "given"):
            case "time":
                sessions.sort(key=lambda session: _time(event, session))
            case "title":
                sessions.sort(key=lambda s: context.name(s.title).casefold())
            case "speaker":
                sessions.sort(key=lambda s: [context.name(p.name).casefold() for p in s.speakers])
        return sessions

    @property
    def is_narrowed(self) -> bool:
        """Whether the author asked for some of the sessions alone."""
        return any(option in self.options for option in ("only", *_CHOICES))

    def spread(self, sessions: list[Session]) -> list[Session]:
        """Those that have a place of their own; the others are shown within them."""
        return sessions

    def _named(self, context: Context, event: Event, option: str) -> list[Session]:
        """The sessions whose ids an option lists, in its order; a problem for each that is none."""
        found = (self.find(context, event, session_id) for session_id in self.options[option])
        return [session for session in found if session]

    def find(self, context: Context, event: Event, session_id: str) -> Session | None:
        """The event's session of that id; a problem where there is none."""
        session = event.session(session_id)
        if session is None and context.is_whole:
            ids = [session.id for session in event.all_sessions]
            message = Message(
                "the event “{event}” has no session “{session}”",
                event=event.id,
                session=session_id,
            )
            self.problem(Code.UNKNOWN_SESSION, did_you_mean(message, session_id, ids))
        return session


class Sessions(SessionsDirective):
    """Session cards; each leads to its notes where there are any."""

    option_spec: ClassVar[OptionSpec] = {
        **SessionsDirective.option_spec,
        "columns": row_columns_option,
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        sessions = self.chosen(context, event)
        if not sessions:
            return self.nothing(_("There are no sessions."))
        columns = self.options.get("columns") or row_columns_option("1 1 2 2")
        return [self.block(cards.session_cards(context, sessions, columns))]

    def tells_of(self, event: Event, problem: Problem) -> bool:
        return event.key_at(problem.mark) == "sessions"


class SessionDirective(SessionsDirective):
    """One session's facts; first under a heading, it makes that section the session's."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = EventDirective.option_spec

    def show(self, context: Context, event: Event) -> list[Element]:
        session = self.find(context, event, composed(self.arguments[0]))
        if session is None:
            return []
        query = ObjectQuery(SESSION.name, (event.id, session.id))
        self.domain.note_query(self.env.docname, query)
        block = session_facts(
            **inline.session_attributes(context, session),
            titles="\n".join(session.title.root.values()) if session.title else "",
            classes=["event-session", *self.options.get("class", [])],
        )
        fields = facts.session_facts(context, event, session)
        if fields.children:
            block += fields
        if session.children:
            block += cards.children_list(context, session)
        if session.description:
            block += described(context, session, session.description)
        return [context.place(block, session.mark())]

    def tells_of(self, event: Event, problem: Problem) -> bool:
        session = event.session(composed(self.arguments[0]))
        return session is not None and session.holds(problem.mark)


class Schedule(SessionsDirective):
    """The programme: days × rooms, with breaks."""

    option_spec: ClassVar[OptionSpec] = {
        **SessionsDirective.option_spec,
        "days": choice("list", "tabs"),
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        as_tabs = self.options.get("days") == "tabs"
        chosen = self.chosen(context, event)
        days = schedule_days(event, chosen, is_whole=not self.is_narrowed)
        shown = schedule.schedule(context, event, days, as_tabs=as_tabs)
        if not shown:
            return self.nothing(_("There is no schedule."))
        return [self.block(*shown)]

    def tells_of(self, event: Event, problem: Problem) -> bool:
        return event.key_at(problem.mark) in ("days", "slots", "tracks")


class Slides(SessionsDirective):
    """Slide and video links, in one list."""

    option_spec: ClassVar[OptionSpec] = {
        **SessionsDirective.option_spec,
        "kinds": words_of("slides", "videos"),
    }

    def spread(self, sessions: list[Session]) -> list[Session]:
        """Those within others too, each once: they have slides of their own."""
        found = {one.id: one for session in sessions for one in session.with_children()}
        return list(found.values())

    def show(self, context: Context, event: Event) -> list[Element]:
        kinds = self.options.get("kinds", ["slides", "videos"])
        items = lists.resource_list(context, self.chosen(context, event), kinds)
        if not items.children:
            return self.nothing(_("There are no slides."))
        return [self.block(items)]

    def tells_of(self, event: Event, problem: Problem) -> bool:
        """The cards and the sessions themselves tell of theirs."""
        return False
