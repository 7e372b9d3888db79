"""Checks of an event as a whole: keys against each other, and against the files on disk.

What can be said of one value alone is checked by its type, in :mod:`eventreports.core.value_types`.
"""

from pathlib import Path
from typing import Final

from ..core import paths
from ..core.model import Event
from ..core.paths import IsContent
from ..core.problems import Problem
from . import dates, files, keys, names, places
from .base import Subject

#: All checks. A new one is a generator of findings that takes a :class:`Subject`, entered here.
CHECKS: Final = (
    keys.missing,
    keys.contradictory,
    keys.duplicate_ids,
    keys.lists_in_one_text,
    names.placeholders,
    names.unbalanced_brackets,
    names.unclear_people,
    names.repeated_or_similar,
    dates.event_dates,
    dates.repeated_days,
    dates.outside_event,
    dates.without_day,
    dates.times,
    places.unknown,
    places.room_clashes,
    files.decomposed_folder_name,
    files.missing,
)


def check(
    event: Event,
    folder: Path,
    root: Path,
    shown_path: str,
    is_content: IsContent = paths.is_content,
) -> list[Problem]:
    """Run all checks on an event whose values are each right by themselves.

    :param event: The event.
    :param folder: The folder of the event's file.
    :param root: The project's folder, which local files must not leave.
    :param shown_path: The path of the event's file in messages.
    :param is_content: Whether data may name a file that is not in ``folder``.
    :returns: The problems, in the order of the checks.
    """
    subject = Subject(event, folder, root, is_content)
    return [Problem(shown_path, *finding) for run in CHECKS for finding in run(subject)]
