"""Names and titles: placeholders, unbalanced brackets, the same name twice."""

import itertools
import re
from collections.abc import Iterator

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import folded

from ..core.entity import Entity
from ..core.model import Event, Organization, Person, Room, Venue
from ..core.names import is_balanced, is_company_form, is_placeholder, similar
from ..core.problems import Code, Finding
from ..core.quoting import quoted, shown_in_quotes
from ..core.short_people import Alternatives, alternatives, is_company_or_job
from ..core.texts import LocalizedText
from .base import Checked, repeats


def _texts(entity: Entity) -> Iterator[tuple[str, str]]:
    """Return the names and titles of an entity in each language, as (key, text)."""
    for key in ("name", "title"):
        match getattr(entity, key, None):
            case LocalizedText() as text:
                yield from ((key, one) for one in text.root.values())
            case str() as text:
                yield key, text


def placeholders(checked: Checked[Entity]) -> Iterator[Finding]:
    """Find names such as TODO."""
    for entity in checked.entities:
        for key, text in _texts(entity):
            if is_placeholder(text):
                yield Finding(
                    entity.mark(key),
                    Code.PLACEHOLDER,
                    Message(
                        "“{text}” keeps the place of a {key}; write the real one",
                        text=text,
                        key=key,
                    ),
                )


def unbalanced_brackets(checked: Checked[Event]) -> Iterator[Finding]:
    """Find names in the short form, in which brackets hold an affiliation, that lack a bracket."""
    for entity in checked.entities:
        if isinstance(entity, Person | Organization | Venue | Room) and not entity.keys_in_order:
            for _, text in _texts(entity):
                if not is_balanced(text):
                    yield Finding(
                        entity.mark(),
                        Code.BRACKETS,
                        Message(
                            "a bracket of “{text}” has no counterpart; close it, or write "
                            "“{whole}” if it is part of the name",
                            text=text,
                            whole=f"{{name: {quoted(text)}}}",
                        ),
                    )


def unclear_people(checked: Checked[Event]) -> Iterator[Finding]:
    """Find people in the short form that may be several, or a person and an affiliation."""
    for entity in checked.entities:
        if isinstance(entity, Person) and not entity.keys_in_order and entity.name:
            name = str(entity.name)
            if meant := alternatives(name):
                yield Finding(entity.mark(), Code.PERSON, _proposal(name, meant))
    for session in checked.document.all_sessions:
        for before, speaker in itertools.pairwise(session.speakers):
            name = str(speaker.name or "")
            is_name_alone = before.model_fields_set == {"name"} and not speaker.keys_in_order
            if is_name_alone and is_company_or_job(name):
                message = Message(
                    "“{name}” is read as a person; if it belongs to the one before, write for both "
                    "“{both}”",
                    name=name,
                    both=f"{before.name} ({name})",
                )
                yield Finding(speaker.mark(), Code.PERSON, message)


def _proposal(name: str, meant: Alternatives) -> Message:
    """Say how to write what a name may mean."""
    people, affiliation = (_scalar(text) for text in meant)
    whole = f"{{name: {quoted(name)}}}"
    if not any(meant):
        return Message(
            "“{name}” is read as one name; write “{whole}”, and what is no part of it behind keys "
            "of its own: {keys}",
            name=name,
            whole=whole,
            keys=("affiliation", "job_title", "aliases"),
        )
    if not meant.affiliation:
        return Message(
            "“{name}” is read as one name; write “{people}” for several people, or “{whole}” if it "
            "is right",
            name=name,
            people=people,
            whole=whole,
        )
    if not meant.people:
        return Message(
            "“{name}” is read as one name; write “{short}” for a name and an affiliation, or "
            "“{whole}” if it is right",
            name=name,
            short=affiliation,
            whole=whole,
        )
    return Message(
        "“{name}” is read as one name; write “{people}” for several people, “{short}” for a name "
        "and an affiliation, or “{whole}” if it is right",
        name=name,
        people=people,
        short=affiliation,
        whole=whole,
    )


def _scalar(text: str) -> str:
    """Return a text as a scalar of YAML, in quotes where a list in brackets needs them."""
    return quoted(text) if re.search(r"[][{},:#&*!|>@%`\"']", text) else text


def repeated_or_similar(checked: Checked[Event]) -> Iterator[Finding]:
    """Find names that are twice in a list, are parts of a name, or differ in one letter alone."""
    found = []
    for members in _lists_of_names(checked.document):
        found += [*_repeated(members), *_company_forms(members)]
    marks = {finding.mark for finding in found}
    yield from found
    yield from (finding for finding in _similar(checked) if finding.mark not in marks)


_Members = tuple[Person | Organization, ...]


def _lists_of_names(event: Event) -> Iterator[_Members]:
    yield from (event.organizers, event.supporters, event.media_partners)
    yield from (group.members for group in event.groups)
    yield from (tier.sponsors for tier in event.tiers)
    yield from (event.reporters, event.participants)
    yield from (session.speakers for session in event.all_sessions)


def _repeated(members: _Members) -> Iterator[Finding]:
    named = (
        ((folded(str(one.name)), folded(str(getattr(one, "affiliation", None) or ""))), one)
        for one in members
        if one.name
    )
    for member, first in repeats(named):
        yield Finding(
            member.mark("name"),
            Code.DUPLICATE_NAME,
            Message(
                "“{name}” stands here again; the first is in line {line}",
                name=str(member.name),
                line=first.mark().line,
            ),
        )


def _company_forms(members: _Members) -> Iterator[Finding]:
    for before, member in itertools.pairwise(members):
        if is_company_form(name := str(member.name or "")):
            yield Finding(
                member.mark("name"),
                Code.QUOTING,
                Message(
                    "“{name}” is no name: a comma between brackets parts two items; it needs "
                    "quotes: {whole}",
                    name=name,
                    whole=shown_in_quotes(f"{before.name}, {name}"),
                ),
            )


def _similar(checked: Checked[Event]) -> Iterator[Finding]:
    for kind in (Person, Organization):
        first: dict[str, Entity] = {}
        for entity in sorted(checked.entities, key=Entity.mark):
            if isinstance(entity, kind) and entity.name:
                first.setdefault(str(entity.name), entity)
        for name, earlier in similar(first):
            yield Finding(
                first[name].mark("name"),
                Code.SIMILAR_NAME,
                Message(
                    "“{name}” is much like “{earlier}” in line {line}; if it is the same, "
                    "write it so",
                    name=name,
                    earlier=earlier,
                    line=first[earlier].mark().line,
                ),
            )
