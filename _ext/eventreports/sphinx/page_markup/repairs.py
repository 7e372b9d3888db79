"""Faults of a page's text, and their repairs, one after the other.

A repair may change what follows means: a fence that is closed lets go the rest of the page. So the
text is looked at anew after each.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from ...core.edits import LineEdits
from ...core.problems import Finding, Mark

#: More repairs than any page needs that can still be understood.
_MOST: Final = 200


class Repair(NamedTuple):
    """Lines that take the place of others.

    :param start: The index of the first line that is replaced.
    :param end: The index of the line behind the last one.
    :param lines: The lines.
    """

    start: int
    end: int
    lines: Sequence[str]


class Fault(NamedTuple):
    """What is wrong at a place of a page.

    :param finding: What is wrong; the line counts in the text as repaired so far.
    :param repair: What is meant; ``None`` if nobody knows.
    """

    finding: Finding
    repair: Repair | None = None


def repaired(
    text: str, faults_of: Callable[[Sequence[str]], Iterable[Fault]]
) -> tuple[str, list[Finding]]:
    """Repair a page.

    :param text: The page.
    :param faults_of: Finds what is wrong in its lines.
    :returns: The text as it is meant, and all that is wrong in the text as it is written.
    """
    lines = text.split("\n")
    #: The number of each line in the text as it is written.
    numbers = list(range(1, len(lines) + 1))
    edits = [LineEdits() for _line in lines]
    findings: list[Finding] = []
    for _time in range(_MOST):
        faults = list(faults_of(lines))
        done = next((fault for fault in faults if fault.repair), None)
        reported = faults if done is None else [done]
        findings += (_at(numbers, edits, fault.finding) for fault in reported)
        if done is None or done.repair is None:
            break
        start, end, new = done.repair
        if end - start == len(new) == 1:
            edits[start].note(lines[start], new[0])
        else:
            edits[start:end] = [LineEdits() for _line in new]
        lines[start:end] = new
        # Lines that are added are of the line above, or of the first.
        kept = numbers[start:end] or numbers[max(start - 1, 0) :][:1]
        numbers[start:end] = [kept[min(place, len(kept) - 1)] for place in range(len(new))]
    return "\n".join(lines), sorted(findings, key=lambda one: one.mark)


def _at(numbers: Sequence[int], edits: Sequence[LineEdits], finding: Finding) -> Finding:
    line, column = finding.mark
    return finding._replace(mark=Mark(numbers[line - 1], edits[line - 1].undone(column)))
