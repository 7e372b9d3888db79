"""``event:sessions``, ``event:session``, ``event:schedule``, ``event:slides``."""

from collections.abc import Callable, Iterable, Iterator, Set
from functools import cached_property
from typing import ClassVar

from docutils import nodes
from docutils.nodes import Element, Node
from docutils.statemachine import StringList
from sphinx.errors import ExtensionError

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean, suggesting

from ...core.headings import titles_of
from ...core.model import Event, Session
from ...core.names import comparable, composed
from ...core.problems import Code, Problem
from ...core.schedule_grid import schedule_days
from ...core.texts import all_texts
from ...loader import FILE_NAME
from ...render import cards, facts, inline, resource_lists, schedule
from ...render.context import Context
from ...render.labels import _, message_text
from ...render.markdown import described
from ...render.nodes import UNSEEN, resource_listing, session_facts
from ..domain.data import RESOURCES, ObjectQuery
from ..domain.object_types import EVENT, SESSION
from ..markups import first_line
from .base import EventDirective, section
from .choosing import CHOOSING, OF_LISTS, choice_of
from .options import OptionSpec, choice, columns, names, words, words_of

#: The keys of what ``event:slides`` shows.
_RESOURCES = ("slides", "videos")
_NamesOf = Callable[[Event, Session], Iterable[str]]

#: What sessions can be chosen by: an option, and the names that it compares.
_CHOICES: dict[str, _NamesOf] = {
    "topics": lambda _event, session: session.topics,
    "rooms": lambda event, session: all_texts(session.room, event.room_name(session.room)),
    "tracks": lambda event, session: all_texts(session.track, event.track_name(session.track)),
}


def _saying(
    event: Event, sessions: Iterable[Session], names_of: _NamesOf, wanted: Set[str]
) -> Iterator[Session]:
    """Yield the sessions that have one of the names, and those within others that have one."""
    for session in sessions:
        names = names_of(event, event.placed(session))
        if not wanted.isdisjoint(map(comparable, names)):
            yield session
        else:
            yield from _saying(event, session.children, names_of, wanted)


def _without(sessions: Iterable[Session], ids: Set[str]) -> list[Session]:
    """Return the sessions, and those within them, without some."""
    return [
        session.model_copy(update={"children": tuple(_without(session.children, ids))})
        for session in sessions
        if session.id not in ids
    ]


def _time(event: Event, session: Session) -> tuple[tuple[int, ...], str]:
    date = event.placed(session).date or event.first_date
    return date or (), session.begins or ""


class SessionsDirective(EventDirective):
    """A directive that shows sessions, with options that choose them."""

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
        """Return the sessions that the options choose, in their order."""
        sessions = list(event.sessions)
        if "only" in self.options:
            sessions = self._named(context, event, "only")
        if "exclude" in self.options:
            excluded = self._named(context, event, "exclude")
            sessions = _without(sessions, {session.id for session in excluded})
        for option, names_of in _CHOICES.items():
            if option in self.options:
                known = [name for one in event.all_sessions for name in names_of(event, one)]
                unsaid = {name for one in context.left_out for name in names_of(event, one)}
                wanted = set(map(comparable, self.chosen_names(option, known, unsaid)))
                sessions = list(_saying(event, sessions, names_of, wanted))
        sessions = self.flattened(sessions)
        match self.options.get("sort", "given"):
            case "time":
                sessions.sort(key=lambda session: _time(event, session))
            case "title":
                sessions.sort(key=lambda s: context.name(s.title).casefold())
            case "speaker":
                sessions.sort(key=lambda s: [context.name(p.name).casefold() for p in s.speakers])
        return sessions

    def flattened(self, sessions: list[Session]) -> list[Session]:
        """Return the sessions that are listed; those within others are shown within them."""
        return sessions

    def titled(self, event: Event) -> Session | None:
        """Return the session without a written id that a heading around the directive names."""
        return None

    def _named(self, context: Context, event: Event, option: str) -> list[Session]:
        """Return the sessions whose ids an option lists; report ids of none."""
        found = (self.find(context, event, session_id) for session_id in self.options[option])
        return [session for session in found if session]

    def find(self, context: Context, event: Event, session_id: str) -> Session | None:
        """Return the event's session of an id; report it if there is none."""
        session = event.session(session_id)
        if session is None and context.leaves_out(session_id):
            return None
        if session is None and context.is_whole:
            message = Message(
                "the event “{event}” has no session “{session}”",
                event=event.id,
                session=session_id,
            )
            session = _session_meant(event, session_id)
            if session is None and (session := self.titled(event)):
                reported = Message(
                    "{problem}; give the session in line {line} of {file} this id: write “{id}”; "
                    "it is read as such",
                    problem=message,
                    line=session.mark().line,
                    file=FILE_NAME,
                    id=f"id: {session_id}",
                )
            elif session:
                reported = Message(
                    "{problem}; it is read as what is meant",
                    problem=suggesting(message, session.id),
                )
            else:
                ids = [one.id for one in event.all_sessions]
                reported = did_you_mean(message, session_id, ids)
            self.report(Code.UNKNOWN_SESSION, reported)
        return session


def _session_meant(event: Event, written: str) -> Session | None:
    """Return the session that is named with its event, or the only one that has a title."""
    if named := event.session(written.removeprefix(f"{event.id}/")):
        return named
    found = [one for one in event.all_sessions if one.title and one.title.says(written)]
    return found[0] if len(found) == 1 else None


class Sessions(SessionsDirective):
    """Session cards; each leads to its notes where there are any."""

    option_spec: ClassVar[OptionSpec] = {
        **SessionsDirective.option_spec,
        "columns": columns,
    }
    keys = ("sessions",)

    def show(self, context: Context, event: Event) -> list[Element]:
        if self.arguments and event.session(composed(self.arguments[0])):
            return self._only_one(context, event)
        sessions = self.chosen(context, event)
        if not sessions:
            return self.nothing(_("There are no sessions."))
        in_row = self.options.get("columns") or columns("1 1 2 2")
        return [self.block(*cards.session_cards(context, event, sessions, in_row))]

    def _only_one(self, context: Context, event: Event) -> list[Element]:
        """Return the session whose id is the argument, as ``event:session`` does; report that."""
        message = Message(
            "“{directive}” shows all sessions; for one of them write “{right}”; it is read as such",
            directive=self.name,
            right=first_line(self.env, "event:session", self.arguments[0]),
        )
        self.report(Code.DIRECTIVE, message)
        argument = self.take_argument()
        return self.another(SessionDirective, "event:session", argument).show(context, event)


class SessionDirective(SessionsDirective):
    """One session's facts; first under a heading, it makes the section the session's home."""

    has_argument = True
    option_spec: ClassVar[OptionSpec] = EventDirective.option_spec

    @cached_property
    def session_id(self) -> str:
        """The argument."""
        return composed(self.take_argument())

    def titled(self, event: Event) -> Session | None:
        around: object = self.state_machine.node
        heading = around.next_node(nodes.title) if isinstance(around, nodes.section) else None
        session = _session_meant(event, heading.astext()) if heading else None
        return session if session and "id" not in session.keys_in_order else None

    def show(self, context: Context, event: Event) -> list[Element]:
        if context.leaves_out(self.session_id):
            self._end_below_heading()
            # Nor is text that is written into it.
            self.content = StringList()
            return []
        if self.session_id:
            return [
                self._facts(context, event, one) for one in self._named_by_argument(context, event)
            ]
        if session := event.session(composed("".join(self.content).strip())):
            message = Message(
                "the id stands behind the name of the directive: write “{right}”; it is read as "
                "such",
                right=first_line(self.env, self.name, session.id),
            )
            self.report(Code.UNKNOWN_SESSION, message)
            self.content = StringList()
            return [self._facts(context, event, session)]
        ids = [one.id for one in event.all_sessions]
        message = Message(
            "“{directive}” shows one session; write its id behind it", directive=self.name
        )
        self.report(Code.UNKNOWN_SESSION, suggesting(message, None, ids))
        return []

    def _end_below_heading(self) -> None:
        """End the build where the notes of a session that is left out would be shown.

        They have been cut before the page is parsed, but where that could not see them.
        """
        around: object = self.state_machine.node
        if isinstance(around, nodes.section) and all(isinstance(one, UNSEEN) for one in around):
            message = Message(
                "{place}: the notes of the session “{session}”, which is not for this build, "
                "cannot be left out here; write them below a heading of the event's page",
                place=self.get_location(),
                session=self.session_id,
            )
            raise ExtensionError(message_text(message), modname="eventreports")

    def _named_by_argument(self, context: Context, event: Event) -> list[Session]:
        """Return the session of the argument's id; of several ids, which is reported, all."""
        several = [event.session(word) for word in words(self.session_id)]
        if len(several) > 1 and not event.session(self.session_id) and all(several):
            message = Message(
                "“{directive}” shows one session; write it once for each: {ids}",
                directive=self.name,
                ids=words(self.session_id),
            )
            self.report(Code.DIRECTIVE, message)
            return [session for session in several if session]
        session = self.find(context, event, self.session_id)
        return [session] if session else []

    def _facts(self, context: Context, event: Event, session: Session) -> Element:
        query = ObjectQuery(SESSION.name, (event.id, session.id))
        self.domain.note_query(self.env.docname, query)
        attributes = inline.session_attributes(context, session)
        attributes["classes"] = ["event-session", *self.options.get("class", [])]
        titles = "\n".join(titles_of(session))
        block = session_facts("", titles=titles, **attributes)
        fields = facts.session_facts(context, event, session)
        if fields.children:
            block += fields
        block += cards.children_list(context, session)
        if session.description:
            block += described(context, session, session.description)
        return context.place(block, session.mark())

    def is_about(self, event: Event, problem: Problem) -> bool:
        session = event.session(self.session_id)
        return session is not None and session.holds(problem.mark)


class Schedule(SessionsDirective):
    """The programme: days × rooms, with breaks."""

    option_spec: ClassVar[OptionSpec] = {
        **SessionsDirective.option_spec,
        "days": choice("list", "tabs"),
    }
    keys = ("days", "slots", "tracks")

    def show(self, context: Context, event: Event) -> list[Element]:
        as_tabs = self.options.get("days") == "tabs"
        chosen = self.chosen(context, event)
        is_whole = not any(option in self.options for option in ("only", *_CHOICES))
        days = schedule_days(event, chosen, is_whole=is_whole)
        shown = schedule.schedule(context, event, days, as_tabs=as_tabs)
        if not shown:
            return self.nothing(_("There is no schedule."))
        return [self.block(*shown)]


class Slides(SessionsDirective):
    """Links to slides and videos, of one event or of all; cards and sessions show their faults."""

    option_spec: ClassVar[OptionSpec] = {
        **OF_LISTS,
        **SessionsDirective.option_spec,
        "kinds": words_of(*_RESOURCES),
    }

    def make(self) -> list[Node]:
        is_of_one = "event" in self.options or self.arguments
        own = self.domain.library.folder_of_page(self.env.docname)
        chooses = not {*CHOOSING, "limit"}.isdisjoint(self.options)
        if is_of_one or (own and not chooses):
            return super().make()
        return [self._of_many_events()]

    def _of_many_events(self) -> Element:
        """Return a placeholder for those of all events, or of the chosen ones."""
        for option in (*_CHOICES, "only", "exclude", "sort"):
            if option in self.options:
                message = Message(
                    "“:{option}:” chooses sessions of one event; write “:event: ID” too",
                    option=option,
                )
                self.report(Code.OPTION, message)
        chosen, docname = choice_of(self), self.env.docname
        self.domain.note_query(docname, ObjectQuery(EVENT.name, choice=chosen))
        query = ObjectQuery(EVENT.name, group=RESOURCES, choice=chosen)
        self.domain.note_query(docname, query)
        listing = resource_listing(
            kinds=self.options.get("kinds", _RESOURCES),
            languages=self.options.get("languages", ()),
            choice=chosen,
            limit=self.options.get("limit"),
            refdoc=docname,
            classes=["event-slides", *self.options.get("class", [])],
        )
        self.set_source_info(listing)
        heading = self.options.get("heading")
        return section(self.state.document, heading, [listing]) if heading else listing

    def flattened(self, sessions: list[Session]) -> list[Session]:
        """Return the sessions and those within them, each once."""
        found = {one.id: one for session in sessions for one in session.with_children()}
        return list(found.values())

    def show(self, context: Context, event: Event) -> list[Element]:
        kinds = self.options.get("kinds", _RESOURCES)
        items = resource_lists.resource_list(context, self.chosen(context, event), kinds)
        if not items.children:
            return self.nothing(_("There are no slides."))
        return [self.block(items)]
