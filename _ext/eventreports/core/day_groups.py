"""Sessions of one day as a group: ``{date: 2019-05-11, sessions: […]}`` among the sessions."""

from typing import Final

from . import located

#: The keys of a group, of which the second makes it one.
DATE: Final = "date"
SESSIONS: Final = "sessions"


def is_group(item: located.Value) -> bool:
    """Return whether an item of a list of sessions is a group of sessions of one day."""
    return (
        isinstance(item, located.Mapping)
        and SESSIONS in item
        and not item.keys() - {DATE, SESSIONS}
    )


def spread(data: located.Mapping) -> None:
    """Put the sessions of each group in its place, and give its date to those without one.

    :param data: The data of a file, which is changed.
    """
    sessions = data.get(SESSIONS)
    if not isinstance(sessions, located.Sequence) or not any(map(is_group, sessions)):
        return
    items: list[located.Value] = []
    marks = []
    for item, mark in zip(list(sessions), list(sessions.item_marks), strict=True):
        if not (isinstance(item, located.Mapping) and is_group(item)):
            items.append(item)
            marks.append(mark)
            continue
        within = item[SESSIONS]
        of_day = within if isinstance(within, located.Sequence) else [within]
        for one in of_day:
            if one is not None:
                items.append(_dated(one, item))
                marks.append(one.mark)
    sessions[:] = items
    sessions.item_marks[:] = marks


def _dated(session: located.Value, group: located.Mapping) -> located.Value:
    """Return a session with the date of its group, unless it has one of its own."""
    date = group.get(DATE)
    if isinstance(session, located.Text) and date is not None:
        dated = located.Mapping(session.mark)
        dated.end = session.mark._replace(line=session.mark.line + 1)
        dated["title"] = session
        dated.key_marks["title"] = session.mark
        session = dated
    if isinstance(session, located.Mapping) and date is not None and session.get(DATE) is None:
        session[DATE] = date
        session.key_marks.setdefault(DATE, group.key_marks.get(DATE, group.mark))
    return session
