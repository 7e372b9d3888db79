"""Dates and times: their order, and whether sessions are on the event's days."""

from collections.abc import Iterator

from sphinxcommon.messages import Message

from ..core.dates import MINUTES_PER_DAY, minutes_of
from ..core.model import Event
from ..core.problems import Code, Finding
from ..core.quoting import quoted
from .base import Checked, repeats


def event_dates(checked: Checked[Event]) -> Iterator[Finding]:
    """Find an event that has two kinds of dates, or ends before it starts."""
    event = checked.document
    if event.date and (event.start_date or event.end_date):
        yield Finding(
            event.mark("date"),
            Code.DATE,
            Message("either “date” or “start_date” and “end_date”, not both; “date” is left aside"),
        )
    first, last = event.first_date, event.last_date
    if first and last and last.last_day() < first.first_day():
        yield Finding(
            event.mark("end_date"),
            Code.DATE,
            Message(
                "the event ends ({end}) before it starts ({start})",
                end=last.isoformat(),
                start=first.isoformat(),
            ),
        )


def repeated_days(checked: Checked[Event]) -> Iterator[Finding]:
    """Find days that are described twice."""
    dated = ((day.date, (day.date, day)) for day in checked.document.days if day.date)
    for (date, day), (_, first) in repeats(dated):
        yield Finding(
            day.mark("date"),
            Code.DATE,
            Message(
                "the day {date} stands here again; the first is in line {line}",
                date=date.isoformat(),
                line=first.mark().line,
            ),
        )


def outside_event(checked: Checked[Event]) -> Iterator[Finding]:
    """Find sessions and slots that are on none of the event's days, where these are known."""
    event = checked.document
    first, last = event.first_date, event.last_date
    is_lost = event.lost("start_date", "end_date")
    if is_lost or not first or not last or last.last_day() < first.first_day():
        return
    named = {day.date for day in event.days}
    for item in event.scheduled:
        date = item.date
        if not date or date in named:
            continue
        if date.last_day() < first.first_day() or last.last_day() < date.first_day():
            yield Finding(
                item.mark("date"),
                Code.OUTSIDE_DAYS,
                Message("{date} is not one of the event's days", date=date.isoformat()),
            )


def without_day(checked: Checked[Event]) -> Iterator[Finding]:
    """Find the sessions of several days that say on none of these, once for all of them.

    Where no session says anything of when it was, none has to.
    """
    event = checked.document
    first, last = event.first_date, event.last_date
    if not (first and last and first.day and last.day and first < last):
        return
    if event.lost("date", "start_date", "end_date"):
        return
    days = {session.mark(): event.day(session) for session in event.all_sessions}
    has_days = any(days.values())
    lacking = [
        session
        for session in event.all_sessions
        if not days[session.mark()] and not session.lost("date") and (has_days or session.begins)
    ]
    # Those within another are on its day.
    parents = [one for one in lacking if event.parent(one) not in lacking]
    if not parents:
        return
    day = f"date: {first.isoformat()}"
    if not parents[0].keys_in_order:
        day = f"{{title: {quoted(str(parents[0].title))}, {day}}}"
    message = Message(
        "the event has several days, and the session does not say on which it was; write "
        "“{whole}”, or the date of another",
        whole=day,
    )
    if len(parents) > 1:
        message = Message(
            "{problem}; so with {number} sessions", problem=message, number=len(parents)
        )
    yield Finding(parents[0].mark(), Code.NO_DATE, message)


def times(checked: Checked[Event]) -> Iterator[Finding]:
    """Find sessions and slots that end before they start, or whose duration is another."""
    for item in checked.document.scheduled:
        if not (item.start and item.end):
            continue
        minutes = item.span.minutes
        if minutes is None:
            yield Finding(
                item.mark("end"),
                Code.TIME,
                Message(
                    "the {entity} ends ({end}) before it starts ({start}); if it went on to the "
                    "next day, write “duration: {minutes}” instead",
                    entity=Message(item.called),
                    end=item.end,
                    start=item.start,
                    minutes=(minutes_of(item.end) - minutes_of(item.start)) % MINUTES_PER_DAY,
                ),
            )
        elif item.duration and minutes != item.duration:
            yield Finding(
                item.mark("duration"),
                Code.TIME,
                Message(
                    "{duration} minutes do not lead from {start} to {end}; write either “end” or "
                    "“duration”",
                    duration=item.duration,
                    start=item.start,
                    end=item.end,
                ),
            )
