"""Dates and times: their order, and whether sessions are on the event's days."""

from collections.abc import Iterator

from sphinxcommon.messages import Message

from ..core.dates import MINUTES_PER_DAY, minutes_of
from ..core.problems import Code, Finding
from .base import Subject, repeats


def event_dates(subject: Subject) -> Iterator[Finding]:
    """Find an event that has two kinds of dates, or ends before it starts."""
    event = subject.event
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


def repeated_days(subject: Subject) -> Iterator[Finding]:
    """Find days that are described twice."""
    dated = ((day.date, (day.date, day)) for day in subject.event.days if day.date)
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


def outside_event(subject: Subject) -> Iterator[Finding]:
    """Find sessions and slots that are on none of the event's days, where these are known."""
    event = subject.event
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


def times(subject: Subject) -> Iterator[Finding]:
    """Find sessions and slots that end before they start, or whose duration is another."""
    for item in subject.event.scheduled:
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
