"""Files of YAML → located data, and all that is wrong with their text.

A place that YAML cannot read is repaired in a copy of the text, or left out of it, and reported;
then the text is read again. Most typos cost a line at most.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinxcommon.messages import Message

from ..core.characters import LINE_ENDS, UNPRINTABLE, name_of
from ..core.edits import LineEdits
from ..core.encodings import decode
from ..core.located import Mapping, move_marks
from ..core.problems import Code, Edit, Finding, Fix, Mark, Problem, kind_of
from .composer import Composer
from .conflicts import settle
from .failures import Failure, UnusableFileError
from .limits import MAX_BYTES, MAX_PROBLEMS, MAX_READINGS, MAX_REREAD
from .lines import COMMENT, LEFT_OUT_LINE, LEFT_OUT_VALUE, NEXT_LINE, with_children
from .repairs import repair
from .repairs.base import Repair


def read(path: Path, shown_path: str) -> tuple[Mapping | None, list[Problem]]:
    """Read a file as :func:`parse` does, and no more of it than is allowed."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return parse(file.read(MAX_BYTES + 1), shown_path)
        message = Message("cannot be read: there is no such file")
    except OSError as error:
        message = Message("cannot be read: {reason}", reason=str(error.strerror))
    return None, [Problem(shown_path, Mark(), Code.UNREADABLE, message)]


def parse(raw: bytes, shown_path: str) -> tuple[Mapping | None, list[Problem]]:
    """Parse the mapping at the top of a YAML file.

    :param raw: The file's content.
    :param shown_path: The file's name for the problems.
    :returns: The mapping, or none where the text cannot be understood at all; and what is wrong.
    """
    findings: list[Finding] = []
    try:
        lines = _decode(raw).split("\n")
        findings += itertools.islice(_clean(lines), MAX_PROBLEMS)
        if len(findings) == MAX_PROBLEMS:
            findings.clear()
            raise UnusableFileError(
                Code.ENCODING, Message("control characters throughout: this is no text")
            )
        conflicts = list(settle(lines))
        findings += conflicts
        composer = _Recovery(lines).compose()
        findings += composer.findings
        root = composer.root
        if isinstance(root, Mapping) and conflicts:
            root.is_partial = True
        # Where nothing is left, why has been reported.
        if root is None and not findings:
            raise UnusableFileError(
                Code.DOCUMENT, Message("the file says nothing: begin with “name: …”")
            )
        if root is not None and not isinstance(root, Mapping):
            raise UnusableFileError(
                Code.DOCUMENT,
                Message("keys and values expected (name: …), found {found}", found=kind_of(root)),
                root.mark,
            )
    except UnusableFileError as fault:
        root = None
        findings.append(fault.finding)
    return root, [Problem(shown_path, *finding) for finding in findings]


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise UnusableFileError(
            Code.LIMIT, Message("larger than {limit} MiB", limit=MAX_BYTES // 1024**2)
        )
    text = decode(raw)
    if isinstance(text, Finding):
        raise UnusableFileError(text.code, text.message, text.mark)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _clean(lines: list[str]) -> Iterator[Finding]:
    """Remove what YAML refuses, and report it; where YAML alone ends a line, write a space."""
    for number, line in enumerate(lines, start=1):
        if line.isprintable() or not (found := UNPRINTABLE.search(line)):
            continue
        name = name_of(found[0])
        message = Message("an invisible character, {name}; remove it", name=name)
        if LINE_ENDS.match(found[0]):
            message = Message("an invisible character, {name}; write a space instead", name=name)
        fix = tuple(
            Edit(
                Mark(number, one.start() + 1),
                Mark(number, one.end() + 1),
                " " if LINE_ENDS.match(one[0]) else "",
            )
            for one in UNPRINTABLE.finditer(line)
        )
        yield Finding(Mark(number, found.start() + 1), Code.INVISIBLE, message, fix)
        lines[number - 1] = UNPRINTABLE.sub("", LINE_ENDS.sub(" ", line))


@dataclass
class _Report:
    """A repair, and all the lines that the place costs."""

    repair: Repair
    #: Where that is in the file as it is written.
    place: Mark
    left_out: range

    @property
    def is_lossy(self) -> bool:
        """Whether anything is left out."""
        changed = self.repair.changed.values()
        return bool(self.left_out) or any(line.endswith(LEFT_OUT_VALUE) for line in changed)

    def finding(self, fix: Fix) -> Finding:
        """Return what is reported, with a fix if nothing is left out."""
        message, lines = self.repair.message, self.left_out
        if len(lines) == 1:
            message = Message(
                "{problem}; line {line} is left out", problem=message, line=lines.start
            )
        elif lines:
            message = Message(
                "{problem}; lines {first} to {last} are left out",
                problem=message,
                first=lines.start,
                last=lines.stop - 1,
            )
        return Finding(self.place, Code.SYNTAX, message, () if self.is_lossy else fix)


class _Recovery:
    """Reads lines as often as it takes to get past what YAML cannot read."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._written = tuple(lines)
        self._reports: list[_Report] = []
        #: The last repair of a line.
        self._repaired: dict[int, _Report] = {}
        self._reread = 0
        self._edits: defaultdict[int, LineEdits] = defaultdict(LineEdits)

    def compose(self) -> Composer:
        """Compose what can be read.

        :returns: The composer of it, with all findings.
        :raises UnusableFileError: where the file is not readable after many repairs.
        """
        for number in range(1, MAX_READINGS + 1):
            composer = Composer("\n".join(self._lines))
            failure = composer.compose()
            if failure is None:
                if isinstance(composer.root, Mapping):
                    composer.root.is_partial = any(report.is_lossy for report in self._reports)
                if self._reports:
                    move_marks(composer.root, self._in_file)
                    composer.findings[:] = [
                        *(report.finding(self._fix(report)) for report in self._reports),
                        # Their fixes are of the text as it is now.
                        *(
                            one._replace(mark=self._in_file(one.mark), fix=())
                            for one in composer.findings
                        ),
                    ]
                return composer
            self._repair(failure, is_last=number == MAX_READINGS - 1)
        raise UnusableFileError(
            Code.SYNTAX, Message("YAML cannot read this file"), self._reports[-1].place
        )

    def _repair(self, failure: Failure, *, is_last: bool) -> None:
        found = repair(failure, self._lines)
        number = found.mark.line
        place = self._in_file(found.mark)
        places = [number] if number in found.changed else [number, *found.changed]
        formers = map(self._repaired.get, places)
        former = next((one for one in formers if one and _is_like(found, one.repair)), None)
        self._reread += sum(map(len, self._lines[: failure.at.line]))
        if is_last or self._reread > MAX_REREAD:
            self._leave_out(found, range(number, len(self._lines) + 1))
        elif former and not self._is_another(found, place):
            # It was repaired to no avail.
            lines = with_children(number, self._lines)
            first = min(former.left_out.start or lines.start, lines.start)
            former.left_out = range(first, lines.stop)
            self._empty(lines)
        elif not found.changed:
            self._leave_out(found, found.left_out)
        else:
            report = _Report(found, place, found.left_out)
            self._reports.append(report)
            self._empty(found.left_out)
            self._repaired.update(dict.fromkeys(found.changed, report))
            for n, line in found.changed.items():
                self._edits[n].note(self._lines[n - 1], line)
                self._lines[n - 1] = line

    def _in_file(self, mark: Mark) -> Mark:
        """Return where a place of the text as it is now stands in the file."""
        edits = self._edits.get(mark.line)
        return Mark(mark.line, edits.undone(mark.column)) if edits else mark

    def _fix(self, report: _Report) -> Fix:
        """Return the edits that write the lines of a repair as they are read."""
        edits = []
        for number in report.repair.changed:
            old, new = self._written[number - 1], self._lines[number - 1]
            comment = COMMENT.search(old)
            if new == LEFT_OUT_LINE or new.endswith(LEFT_OUT_VALUE):
                return ()
            if comment and not new.endswith(comment[0]):
                # It may be meant as a comment, or as a part of the text.
                return ()
            edits.append(Edit.of_line(number, new.replace(NEXT_LINE, "\n")))
        return tuple(edits)

    def _is_another(self, found: Repair, place: Mark) -> bool:
        """Return whether this is another fault of a line that has been repaired."""
        return bool(found.changed) and place not in [report.place for report in self._reports]

    def _leave_out(self, found: Repair, lines: range) -> None:
        """Leave out lines, and report them with such lines next to them as one."""
        for report in self._reports:
            between = self._lines[report.left_out.stop - 1 : lines.start - 1]
            if report.left_out and report.left_out.stop <= lines.start and not any(between):
                report.left_out = range(report.left_out.start, lines.stop)
                break
        else:
            self._reports.append(_Report(found, self._in_file(found.mark), lines))
        self._empty(lines)

    def _empty(self, lines: range) -> None:
        self._lines[lines.start - 1 : lines.stop - 1] = [LEFT_OUT_LINE] * len(lines)


def _is_like(found: Repair, former: Repair) -> bool:
    """Return whether a repair is of the same line as a former one, or says the same."""
    return found.mark.line == former.mark.line or found.message == former.message
