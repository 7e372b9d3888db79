"""Ids of sessions: as they are written, or else made from the title."""

import hashlib
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import Final

from sphinxcommon.suggestions import folded

from .model import Event, Session
from .problems import Mark

_LONGEST_SLUG: Final = 60
_HASH_DIGITS: Final = 8


def title_id(title: str) -> str:
    """Return the id that a title gives a session.

    A title in ASCII gives its slug: letters and digits in lower case, with ``-`` between words. Any
    other title, and one without letters and digits, gives the first hexadecimal digits of the
    SHA-256 of the folded title.
    """
    words = re.findall("[a-z0-9]+", title.lower()) if title.isascii() else []
    slug = "-".join(words)[:_LONGEST_SLUG].strip("-")
    return slug or hashlib.sha256(folded(title).encode()).hexdigest()[:_HASH_DIGITS]


def with_ids(event: Event, folder_name: str) -> Event:
    """Return the event with an id for itself and for each of its sessions.

    A written id belongs to the first session that has it. The others get that of their title, the
    first text of several languages: the site's language does not matter. Where that is taken,
    also by a former id, ``-2``, ``-3`` and so on follow it, in the file's order. Different titles
    do not change each other's ids.

    :param event: The event as it was read.
    :param folder_name: The name of its folder, which is its id if it has none.
    :returns: A copy.
    """
    ids = iter(_session_ids(event.all_sessions))

    def identified(session: Session) -> Session:
        session_id = next(ids)
        children = tuple(map(identified, session.children))
        return session.model_copy(update={"id": session_id, "children": children})

    sessions = tuple(map(identified, event.sessions))
    return event.model_copy(update={"id": event.id or folder_name, "sessions": sessions})


def _session_ids(sessions: Sequence[Session]) -> list[str]:
    written = {session.id for session in sessions if session.id}
    taken = written.union(*(session.old_ids for session in sessions))
    wanted: list[tuple[str, bool]] = []
    for session in sessions:
        is_written = session.id in written
        one = session.id if is_written else title_id(str(session.title or ""))
        wanted.append((one, is_written or one not in taken))
        written.discard(session.id)
        taken.add(one)
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: itertools.count(2))
    return [one if is_free else _numbered(one, numbers[one], taken) for one, is_free in wanted]


def _numbered(wanted: str, numbers: Iterator[int], taken: Set[str]) -> str:
    return next(one for number in numbers if (one := f"{wanted}-{number}") not in taken)


def unwritten_ids(event: Event, identified: Event) -> dict[Mark, str]:
    """Return the ids of the sessions that have none in the file, by the sessions' places.

    Sessions without a title are left out.

    :param event: As it was read.
    :param identified: The same with its ids, as :func:`with_ids` returns it.
    :returns: The ids.
    """
    pairs = zip(event.all_sessions, identified.all_sessions, strict=True)
    return {
        session.mark(): one.id
        for session, one in pairs
        if session.title and not session.id and not session.lost("id")
    }
