"""Find the sections of a document that are about sessions."""

from collections.abc import Collection, Iterable, Iterator

from .outline import Section
from .slots import Slot


def session_sections(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield the sections that are about sessions."""
    for section in sections:
        if section.is_session:
            yield section
        else:
            yield from session_sections(section.sections)


def labelled_sections(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield the sections of which words before their lines say what a session has."""
    for section in sections:
        if section.has_labels:
            yield section
        else:
            yield from labelled_sections(section.sections)


def with_role(sections: Iterable[Section], roles: Collection[str]) -> Iterator[Section]:
    """Yield the sections that are of some roles, but for those of sessions."""
    for section in sections:
        if section.role in roles:
            yield section
        elif not section.is_session:
            yield from with_role(section.sections, roles)


def slot_of(section: Section) -> Slot:
    """Return the slot of a section: its heading, its lines, and those about slides and videos."""
    resources = [
        line
        for one in section.sections
        if one.role in ("slides", "videos")
        for line in one.all_lines()
    ]
    return Slot((section.heading, *section.lines, *resources))
