"""``event:…``: places in a page where an event's facts appear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx_design.grids import row_columns_option

from .domain import EVERY_EVENT, EventDomain
from .labels import _, label
from .loader import FILE_NAME, LoadedEvent
from .model import Entity, Event, LocalizedText, Organization, Session, SponsorTier
from .nodes import event_block, event_listing, session_facts
from .problems import Code, Severity, did_you_mean
from .render import cards, facts, lists
from .render.context import Context, finished, paragraph, plain
from .render.markdown import markdown
from .reports import report_at

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

OptionSpec = dict[str, Callable[[str], Any]]

_ROLES = ("organizers", "supporters", "sponsors")


def words(argument: str) -> list[str]:
    """A list separated by commas, or else by blanks."""
    text = directives.unchanged_required(argument).strip()
    parts = text.split(",") if "," in text else text.split()
    return [part.strip() for part in parts if part.strip()]


def names(argument: str) -> list[str]:
    """A list separated by commas; a name may have blanks."""
    text = directives.unchanged_required(argument)
    return [part.strip() for part in text.split(",") if part.strip()]


def words_of(*known: str) -> Callable[[str], list[str]]:
    """A list of words of a closed set."""

    def option(argument: str) -> list[str]:
        given = words(argument)
        for word in given:
            if word not in known:
                hint = did_you_mean(word, known)
                raise ValueError(f"“{word}” is none of {', '.join(known)}{hint}")
        return given

    return option


def choice(*known: str) -> Callable[[str], str]:
    def option(argument: str) -> str:
        return directives.choice(argument, known)

    return option


class EventDirective(SphinxDirective):
    """The frame of all: finds the event, tells what is wrong, shows the rest."""

    option_spec: ClassVar[OptionSpec] = {
        "event": directives.unchanged_required,
        "heading": directives.unchanged_required,
        "class": directives.class_option,
    }
    #: The key whose label heads the directive's facts where it makes its own heading.
    heading_key: ClassVar[str] = ""

    @property
    def domain(self) -> EventDomain:
        return cast(EventDomain, self.env.get_domain("event"))

    def run(self) -> list[Node]:
        folder = self._folder()
        if folder is None:
            return []
        self.env.note_dependency(f"{folder}/{FILE_NAME}")
        loaded = self.domain.library.load(folder)
        if any(problem.code.severity is not Severity.HINT for problem in loaded.problems):
            self.domain.faulty.add(self.env.docname)
        if loaded.event is None:
            return [self._unreadable(loaded)]
        context = Context.of_page(self.env, folder, loaded)
        shown = self.show(context, loaded.event)
        return [finished(node, context, loaded.event) for node in self._headed(shown)]

    def show(self, context: Context, event: Event) -> list[Element]:
        """The nodes of the facts; none where there is nothing to show."""
        raise NotImplementedError

    def _headed(self, shown: list[Element]) -> list[Element]:
        """The facts under a heading of their own, where the author asks for one."""
        heading = self.options.get("heading")
        if heading is None or not shown:
            return shown
        return [section(self.state.document, heading, shown)]

    def _folder(self) -> str | None:
        """The folder of the event that the directive belongs to."""
        library = self.domain.library
        event_id = self.options.get("event")
        if event_id is None:
            folder = library.folder_of_page(self.env.docname)
            if folder is None:
                self.problem(
                    Code.NO_EVENT,
                    f"no {FILE_NAME} stands beside this page or in a folder above it; "
                    "write one, or name an event with “:event: ID”",
                )
            return folder
        folder = library.folder_of_event(event_id)
        self.domain.borrowed.setdefault(self.env.docname, {})[event_id] = folder
        if folder is None:
            hint = did_you_mean(event_id, library.event_ids)
            self.problem(Code.UNKNOWN_EVENT, f"there is no event “{event_id}”{hint}")
        return folder

    def _unreadable(self, loaded: LoadedEvent) -> Element:
        """Where the facts would stand: why there are none."""
        where = [nodes.literal(p.place, p.place) for p in loaded.problems[-1:]]
        said = [nodes.Text(" " + problem.message) for problem in loaded.problems[-1:]]
        return event_block("", paragraph([*where, *said]), classes=["event-fault"])

    def problem(self, code: Code, message: str) -> None:
        self.domain.faulty.add(self.env.docname)
        report_at(self.get_location(), code, message)

    def chosen_names(self, option: str, known: Sequence[LocalizedText | str]) -> list[str]:
        """The names that an option lists; a problem for each that the data has not."""
        wanted: list[str] = self.options.get(option, [])
        texts = [
            name for one in known for name in ([one] if isinstance(one, str) else one.root.values())
        ]
        for name in wanted:
            if name not in texts:
                hint = did_you_mean(name, texts)
                self.problem(Code.UNKNOWN_NAME, f"{option}: there is no “{name}” in the data{hint}")
        return wanted

    def block(self, *children: Node) -> event_block:
        name = self.name.replace(":", "-")
        classes = [name, *self.options.get("class", [])]
        return event_block("", *children, classes=classes)

    def nothing(self, message: str) -> list[Element]:
        """What stands where there is nothing to show, lest a heading stand over a hole."""
        if "heading" in self.options:
            return []
        return [self.block(paragraph([plain(message)], "event-nothing"))]


def section(document: nodes.document, heading: str, children: Sequence[Node]) -> Element:
    """A section of the page; where none may stand, a transform makes it a rubric."""
    made = nodes.section("", nodes.title(heading, heading), *children)
    made["names"].append(nodes.fully_normalize_name(heading))
    document.note_implicit_target(made, made)
    return made


def described(context: Context, entity: Entity, text: LocalizedText) -> event_block:
    about = markdown(context, context.text(text), entity.mark("description"))
    return event_block("", *about, classes=["event-description"])


class Info(EventDirective):
    """The facts of the event, in the author's order."""

    option_spec: ClassVar[OptionSpec] = {
        **EventDirective.option_spec,
        "fields": words_of(*facts.EVENT_FIELDS),
        "exclude": words_of(*facts.EVENT_FIELDS),
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        keys = self.options.get("fields") or facts.given_keys(event)
        keys = [key for key in keys if key not in self.options.get("exclude", [])]
        block = self.block()
        if (fields := facts.event_facts(context, event, keys)).children:
            block += fields
        if event.description and "fields" not in self.options:
            block += described(context, event, event.description)
        return [block] if block.children else self.nothing(_("Nothing is known of this event yet."))


@dataclass(frozen=True)
class _Group:
    """Those who have one role, or are of one tier."""

    role: str
    tier: SponsorTier | None
    members: Sequence[Organization]

    @property
    def name(self) -> LocalizedText | None:
        return self.tier.name if self.tier else None


class Sponsors(EventDirective):
    """Who made the event possible, by tier or role."""

    option_spec: ClassVar[OptionSpec] = {
        **EventDirective.option_spec,
        "roles": words_of(*_ROLES),
        "tiers": names,
        "columns": row_columns_option,
        "sort": choice("given", "name"),
        "headings": choice("show", "none"),
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        roles = self.options.get("roles", ["sponsors"])
        groups = [group for role in roles for group in self._groups(event, role)]
        groups = [group for group in groups if group.members]
        if not groups:
            return self.nothing(_("There are no sponsors."))
        block = self.block()
        # One group needs no name: the heading above has said it.
        named = len(groups) > 1 and self.options.get("headings") != "none"
        columns = self.options.get("columns") or row_columns_option("2 2 3 4")
        for group in groups:
            heading = context.text(group.name) or label(group.role)
            members = group.members
            if named:
                block += nodes.rubric(heading, heading, classes=["event-tier"])
            if group.tier and group.tier.description:
                block += described(context, group.tier, group.tier.description)
            if self.options.get("sort") == "name":
                members = sorted(members, key=lambda member: context.text(member.name).casefold())
            block += cards.organization_cards(context, members, columns)
        return [block]

    def _groups(self, event: Event, role: str) -> list[_Group]:
        if role != "sponsors":
            return [_Group(role, None, getattr(event, role))]
        groups = [_Group(role, tier, tier.sponsors) for tier in event.tiers]
        if "tiers" not in self.options:
            return groups
        known = [group.name for group in groups if group.name]
        return [
            group
            for wanted in self.chosen_names("tiers", known)
            for group in groups
            if group.name and group.name.says(wanted)
        ]


#: What sessions can be chosen by: an option, and the names that it compares.
_CHOICES: dict[str, Callable[[Session], Sequence[LocalizedText | str]]] = {
    "topics": lambda session: session.topics,
    "rooms": lambda session: [session.room] if session.room else [],
    "tracks": lambda session: [session.track] if session.track else [],
}


def _any_says(found: Sequence[LocalizedText | str], wanted: Sequence[str]) -> bool:
    return any(
        name in wanted if isinstance(name, str) else any(map(name.says, wanted)) for name in found
    )


class _SessionsDirective(EventDirective):
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
        sessions = list(event.sessions)
        for session_id in (*self.options.get("only", []), *self.options.get("exclude", [])):
            self.find(event, session_id)
        if excluded := self.options.get("exclude"):
            sessions = [session for session in sessions if session.id not in excluded]
        if only := self.options.get("only"):
            sessions = [session for session in sessions if session.id in only]
            sessions.sort(key=lambda session: only.index(session.id))
        for option, names_of in _CHOICES.items():
            if option in self.options:
                known = [name for session in event.sessions for name in names_of(session)]
                wanted = self.chosen_names(option, known)
                sessions = [one for one in sessions if _any_says(names_of(one), wanted)]
        match self.options.get("sort", "given"):
            case "time":
                sessions.sort(key=lambda s: (s.date or event.first_date or (), s.start or ""))
            case "title":
                sessions.sort(key=lambda s: context.text(s.title).casefold())
            case "speaker":
                sessions.sort(key=lambda s: [context.text(p.name).casefold() for p in s.speakers])
        return sessions

    def find(self, event: Event, session_id: str) -> Session | None:
        """The event's session of that id; a problem where there is none."""
        session = event.session(session_id)
        if session is None:
            ids = [session.id for session in event.sessions]
            message = f"the event “{event.id}” has no session “{session_id}”"
            self.problem(Code.UNKNOWN_SESSION, message + did_you_mean(session_id, ids))
        return session


class Sessions(_SessionsDirective):
    """Session cards; each leads to its notes where there are any."""

    option_spec: ClassVar[OptionSpec] = {
        **_SessionsDirective.option_spec,
        "columns": row_columns_option,
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        sessions = self.chosen(context, event)
        if not sessions:
            return self.nothing(_("There are no sessions."))
        self.domain.note_use(self.env.docname, event.id)
        columns = self.options.get("columns") or row_columns_option("1 1 2 2")
        return [self.block(cards.session_cards(context, sessions, columns))]


class SessionDirective(_SessionsDirective):
    """One session's facts; first under a heading, it makes that section the session's home."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = EventDirective.option_spec

    def show(self, context: Context, event: Event) -> list[Element]:
        session = self.find(event, self.arguments[0])
        if session is None:
            return []
        block = session_facts(
            event=event.id,
            session=session.id,
            title=cards.session_title(context, session),
            classes=["event-session", *self.options.get("class", [])],
        )
        if (fields := facts.session_facts(context, session)).children:
            block += fields
        if session.description:
            block += described(context, session, session.description)
        return [context.place(block, session.mark())]


class Slides(_SessionsDirective):
    """Slide and video links, in one list."""

    option_spec: ClassVar[OptionSpec] = {
        **_SessionsDirective.option_spec,
        "kinds": words_of("slides", "videos"),
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        kinds = self.options.get("kinds", ["slides", "videos"])
        items = lists.resource_list(context, self.chosen(context, event), kinds)
        if not items.children:
            return self.nothing(_("There are no slides."))
        self.domain.note_use(self.env.docname, event.id)
        return [self.block(items)]


class Files(EventDirective):
    """The attachments."""

    def show(self, context: Context, event: Event) -> list[Element]:
        if not event.files:
            return self.nothing(_("There are no files."))
        return [self.block(lists.file_table(context, event.files))]


class Report(EventDirective):
    """All of it at once, for an event without notes of its own."""

    _parts: ClassVar[dict[str, type[EventDirective]]] = {
        "info": Info,
        "sponsors": Sponsors,
        "sessions": Sessions,
        "slides": Slides,
        "files": Files,
    }
    option_spec: ClassVar[OptionSpec] = {
        **EventDirective.option_spec,
        "parts": words_of(*_parts),
        "columns": row_columns_option,
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        shown: list[Element] = []
        for part in self.options.get("parts", ["info", "sessions", "files"]):
            shown += self._part(part, context, event)
        return shown

    def _part(self, part: str, context: Context, event: Event) -> list[Element]:
        kind = self._parts[part]
        passed = {key: value for key, value in self.options.items() if key in ("columns", "class")}
        options = {**passed, "heading": label(part)}
        directive = kind(
            f"event:{part}",
            [],
            options,
            self.content,
            self.lineno,
            self.content_offset,
            self.block_text,
            self.state,
            self.state_machine,
        )
        return directive._headed(directive.show(context, event))


class ListDirective(SphinxDirective):
    """The events of the site, newest first."""

    option_spec: ClassVar[OptionSpec] = {
        "year": directives.nonnegative_int,
        "limit": directives.positive_int,
        "class": directives.class_option,
    }

    def run(self) -> list[Node]:
        domain = cast(EventDomain, self.env.get_domain("event"))
        domain.note_use(self.env.docname, EVERY_EVENT)
        listing = event_listing(
            year=self.options.get("year"),
            limit=self.options.get("limit"),
            refdoc=self.env.docname,
            classes=["event-list", *self.options.get("class", [])],
        )
        self.set_source_info(listing)
        return [listing]


DIRECTIVES = {
    "info": Info,
    "sponsors": Sponsors,
    "sessions": Sessions,
    "session": SessionDirective,
    "slides": Slides,
    "files": Files,
    "report": Report,
    "list": ListDirective,
}
