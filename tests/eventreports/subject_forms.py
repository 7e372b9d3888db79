"""Events in their normal form, and entries of registers, for tests of subjects."""

from collections.abc import Sequence
from typing import Any

from eventreports.core.appearances import Form
from eventreports.core.model import Event, RegisteredSubject, RegisteredTopic
from eventreports.core.normal_form import normal_form
from eventreports.core.session_ids import with_ids


def form(event_id: str, **keys: Any) -> Form:
    """An event in its normal form; keys are those of ``event.yaml``."""
    event = Event.model_validate({"name": event_id, **keys})
    return normal_form(with_ids(event, event_id), lambda path: path)


def talk(event_id: str, *speakers: Any, date: str = "2026-11-21", **keys: Any) -> Form:
    """An event with one session, which is called ``talk``."""
    session = {"id": "talk", "title": "Talk", "speakers": list(speakers), **keys}
    return form(event_id, date=date, sessions=[session])


def entry(name: Any, **keys: Any) -> RegisteredSubject:
    return RegisteredSubject.model_validate({"name": name, **keys})


def topic(name: str, **keys: Any) -> RegisteredTopic:
    return RegisteredTopic.model_validate({"name": name, **keys})


def entries(*of_people: RegisteredSubject) -> dict[Any, Sequence[RegisteredSubject]]:
    return {"person": of_people}
