"""Sessions in the normal form of an event, with those within them."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from .appearances import Form

_RESOURCES: Final = ("slides", "videos")
#: What lists of slides and videos show of a session.
_SHOWN: Final = ("id", "title", "language", "speakers", *_RESOURCES)


def with_resources(form: Form, chosen: Collection[str] | None) -> Iterator[Form]:
    """Yield the sessions of an event that have slides or videos, with what lists of these show.

    :param form: The normal form of the event.
    :param chosen: The ids of the sessions that may be among them; ``None``: all.
    :yields: Parts of their normal forms.
    """
    for one in all_sessions(form.get("sessions", ())):
        is_chosen = chosen is None or one["id"] in chosen
        if is_chosen and any(resources_of(one)):
            yield {key: one[key] for key in _SHOWN if key in one}


def resources_of(session: Form) -> Iterator[Form]:
    """Yield the slides and videos of a session."""
    for key in _RESOURCES:
        yield from session.get(key, ())


def all_sessions(sessions: Iterable[Form]) -> Iterator[Form]:
    """Yield sessions, each followed by those within it."""
    for one in sessions:
        yield one
        yield from all_sessions(one.get("children", ()))


def with_parts(sessions: Iterable[Form], ids: Collection[str]) -> Iterator[str]:
    """Yield the ids of some of the sessions, and of all those within them."""
    for one in sessions:
        within = one.get("children", ())
        if one["id"] in ids:
            yield from (part["id"] for part in all_sessions([one]))
        else:
            yield from with_parts(within, ids)
