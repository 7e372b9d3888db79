"""Checks of a file as a whole: keys against each other, and against the files on disk.

What can be said of one value alone is checked by its type, in :mod:`eventreports.core.value_types`.
"""

from pathlib import Path
from typing import Final

from ..core import paths
from ..core.model import Event, Register
from ..core.paths import IsContent
from ..core.problems import Problem
from . import dates, files, keys, names, places, registers
from .base import Checked

#: All checks of events. A new one is a generator of findings that takes a :class:`Checked`, entered
#: here.
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
#: Those of registers.
CHECKS_OF_REGISTERS: Final = (
    keys.missing,
    keys.contradictory,
    keys.lists_in_one_text,
    names.placeholders,
    registers.duplicate_ids,
    registers.unfit_ids,
    registers.ambiguous_names,
    registers.circular_parents,
    files.missing,
)


def check(
    document: Event | Register,
    folder: Path,
    root: Path,
    shown_path: str,
    is_content: IsContent = paths.is_content,
) -> list[Problem]:
    """Run all checks on an event, or a register, whose values are each right by themselves.

    :param document: The event or register.
    :param folder: The folder of its file.
    :param root: The project's folder, which local files must not leave.
    :param shown_path: The path of the file in messages.
    :param is_content: Whether data may name a file that is not in ``folder``.
    :returns: The problems, in the order of the checks.
    """
    if isinstance(document, Event):
        event = Checked(document, folder, root, is_content)
        found = [finding for run in CHECKS for finding in run(event)]
    else:
        register = Checked(document, folder, root, is_content)
        found = [finding for run in CHECKS_OF_REGISTERS for finding in run(register)]
    return [Problem(shown_path, *finding) for finding in found]
