"""Where events name people, organizations, topics and series, in their normal form."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from .model import SubjectKind
from .normal_form import UNDETERMINED

#: An event, session, person or organization as :mod:`.normal_form` has it.
Form = Mapping[str, Any]
#: A text by language, as the normal form has it.
Texts = Mapping[str, str]
#: What a subject is at an event.
Role = Literal[
    "speaker",
    "reporter",
    "participant",
    "affiliation",
    "organizer",
    "supporter",
    "sponsor",
    "media-partner",
    "member",
    "topic",
    "series",
]
_NOTHING: Final[Texts] = {}
#: By the event's key, what organizations are.
_ORGANIZATIONS: Final[Mapping[str, Role]] = {
    "organizers": "organizer",
    "supporters": "supporter",
    "sponsors": "sponsor",
    "media_partners": "media-partner",
}


class Appearance(NamedTuple):
    """A place at which an event names a subject.

    :param kind: The subject's kind.
    :param texts: Its name there, by language.
    :param event: The event's id.
    :param session: The session's id; empty for the event as a whole.
    :param role: What it is there.
    :param date: The session's beginning or date, else the event's first day (ISO 8601); empty if
        none is known.
    :param group: The name of the tier of a sponsor, or of the group of a member.
    :param form: The person or organization there, with ``url``, ``links``, ``reading``,
        ``aliases``, ``affiliation``, ``job_title``; of an affiliation the person who has it.
    """

    kind: SubjectKind
    texts: Texts
    event: str
    session: str
    role: Role
    date: str = ""
    group: Texts = _NOTHING
    form: Form = _NOTHING

    @property
    def names(self) -> tuple[str, ...]:
        """Its name there, in all languages, in the author's order."""
        return tuple(dict.fromkeys(self.texts.values()))

    @property
    def is_of_itself(self) -> bool:
        """Whether the form is its own, and not that of somebody who belongs to it."""
        return self.role != "affiliation"


def appearances(form: Form) -> Iterator[Appearance]:
    """Yield all places at which an event names a subject, in the order of the event's keys.

    :param form: The normal form of the event.
    :yields: The appearances.
    """
    event: str = form["id"]
    date: str = form.get("start_date", "")
    if series := form.get("series"):
        yield Appearance("series", series, event, "", "series", date)
    yield from _of_topics(form, event, "", date)
    for key, role in _ORGANIZATIONS.items():
        yield from _of_organizations(form.get(key, ()), event, role, date)
    for tier in form.get("sponsor_tiers", ()):
        within = tier.get("name", _NOTHING)
        yield from _of_organizations(tier.get("sponsors", ()), event, "sponsor", date, within)
    for group in form.get("groups", ()):
        within = group.get("name", _NOTHING)
        yield from _of_organizations(group.get("members", ()), event, "member", date, within)
    yield from _of_people(form.get("reporters", ()), event, "", "reporter", date)
    for one in form.get("participants", ()):
        if "name" in one:
            yield Appearance("person", one["name"], event, "", "participant", date, form=one)
    yield from _of_sessions(form.get("sessions", ()), event, date)


def _of_sessions(sessions: Iterable[Form], event: str, date_of_event: str) -> Iterator[Appearance]:
    for one in sessions:
        session = one["id"]
        date = one.get("starts_at") or one.get("date") or date_of_event
        yield from _of_topics(one, event, session, date)
        yield from _of_people(one.get("speakers", ()), event, session, "speaker", date)
        if within := one.get("children"):
            yield from _of_sessions(within, event, date)


def _of_topics(form: Form, event: str, session: str, date: str) -> Iterator[Appearance]:
    for topic in form.get("topics", ()):
        yield Appearance("topic", _text(topic), event, session, "topic", date)


@lru_cache(maxsize=4096)
def _text(topic: str) -> Texts:
    """Return a topic as a text by language; events have the same ones again and again."""
    return {UNDETERMINED: topic}


def _of_people(
    people: Iterable[Form], event: str, session: str, role: Role, date: str
) -> Iterator[Appearance]:
    """Yield people, each followed by whom they belong to."""
    for one in people:
        if "name" in one:
            yield Appearance("person", one["name"], event, session, role, date, _NOTHING, one)
        if work := one.get("affiliation"):
            yield Appearance(
                "organization", work, event, session, "affiliation", date, _NOTHING, one
            )


def _of_organizations(
    organizations: Iterable[Form], event: str, role: Role, date: str, group: Texts = _NOTHING
) -> Iterator[Appearance]:
    for one in organizations:
        if "name" in one:
            yield Appearance("organization", one["name"], event, "", role, date, group, one)


def in_language(texts: Texts, language: str) -> str:
    """Return a text of the normal form in a language, else in its base language, else the first."""
    if len(texts) > 1:
        by_tag = {tag.lower(): text for tag, text in texts.items()}
        wanted = language.replace("_", "-").lower()
        if text := by_tag.get(wanted) or by_tag.get(wanted.partition("-")[0]):
            return text
    return next(iter(texts.values()), "")
