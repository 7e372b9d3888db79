"""Names and titles: placeholders, unbalanced brackets, the same name twice."""

import itertools
from collections.abc import Iterator

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import folded

from ..core.entity import Entity
from ..core.model import Event, Organization, Person, Room, Venue
from ..core.names import is_balanced, is_company_form, is_placeholder, similar
from ..core.problems import Code, Finding
from ..core.texts import LocalizedText
from ..yaml.quoting import shown_in_quotes
from .base import Subject, repeats


def _texts(entity: Entity) -> Iterator[tuple[str, str]]:
    """Return the names and titles of an entity in each language, as (key, text)."""
    for key in ("name", "title"):
        match getattr(entity, key, None):
            case LocalizedText() as text:
                yield from ((key, one) for one in text.root.values())
            case str() as text:
                yield key, text


def placeholders(subject: Subject) -> Iterator[Finding]:
    """Find names such as TODO."""
    for entity in subject.entities:
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


def unbalanced_brackets(subject: Subject) -> Iterator[Finding]:
    """Find names in the short form, in which brackets hold an affiliation, that lack a bracket."""
    for entity in subject.entities:
        if isinstance(entity, Person | Organization | Venue | Room) and not entity.keys_in_order:
            for _, text in _texts(entity):
                if not is_balanced(text):
                    yield Finding(
                        entity.mark(),
                        Code.BRACKETS,
                        Message(
                            "a bracket of “{text}” has no counterpart; close it, or write "
                            "“{name: …}” if it is part of the name",
                            text=text,
                        ),
                    )


def repeated_or_similar(subject: Subject) -> Iterator[Finding]:
    """Find names that are twice in a list, are parts of a name, or differ in one letter alone."""
    found = []
    for members in _lists_of_names(subject.event):
        found += [*_repeated(members), *_company_forms(members)]
    marks = {finding.mark for finding in found}
    yield from found
    yield from (finding for finding in _similar(subject) if finding.mark not in marks)


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


def _similar(subject: Subject) -> Iterator[Finding]:
    for kind in (Person, Organization):
        first: dict[str, Entity] = {}
        for entity in sorted(subject.entities, key=Entity.mark):
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
