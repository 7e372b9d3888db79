"""Output formats of problems: for people, programs and code hosts."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final, TextIO

from sphinxcommon.east_asian import columns_in
from sphinxcommon.files import short_digest
from sphinxcommon.messages import Translate

from ..core.encodings import decode_anyway
from ..core.problems import Problem, Severity
from ..yaml.limits import MAX_BYTES

#: The exit status of a command that is ended by its user, as shells have it.
INTERRUPTED: Final = 130
#: Cells of a line that are shown; of a longer one, the part around the problem.
_WIDEST: Final = 96

#: As GitHub calls them.
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "notice",
}
#: As GitLab calls them.
_SEVERITIES: Final = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.HINT: "info",
}
#: So many annotations of a severity GitHub shows for a step.
_MOST_ANNOTATIONS: Final = 10


def as_text(problems: Iterable[Problem], translate: Translate = str) -> Iterator[str]:
    """Format each problem as a line, with the line of the file and a caret below."""
    path, lines = "", [""]
    for problem in problems:
        if problem.path != path:
            path, lines = problem.path, _lines(Path(problem.path))
        yield problem.text(translate)
        if problem.mark.line <= len(lines) and (line := lines[problem.mark.line - 1]).strip():
            yield from _excerpt(line, *problem.mark)


def as_json(problems: Iterable[Problem], translate: Translate = str) -> Iterator[str]:
    """Format problems as one array of objects; lines and columns count from 1.

    Codes and arguments are the same in every language.
    """
    found = [
        {
            "path": problem.path,
            "line": problem.mark.line,
            "column": problem.mark.column,
            "code": f"event.{problem.code.label}",
            "severity": problem.code.severity.value,
            "message": problem.message.text(translate),
            "arguments": dict(problem.message.values()),
        }
        for problem in problems
    ]
    # In ASCII it is the same text in whatever encoding the output has.
    yield json.dumps(found, indent=2)


def as_github(problems: Iterable[Problem], translate: Translate = str) -> Iterator[str]:
    """Format problems as workflow commands of GitHub Actions, which annotate changed lines.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    for problem in problems:
        properties = {
            "file": problem.path,
            "line": str(problem.mark.line),
            "col": str(problem.mark.column),
            "title": f"event.{problem.code.label}",
        }
        listed = ",".join(f"{key}={_escaped(value)}" for key, value in properties.items())
        message = problem.message.text(translate).replace("%", "%25")
        yield f"::{_LEVELS[problem.code.severity]} {listed}::{message}"


def as_gitlab(problems: Iterable[Problem], translate: Translate = str) -> Iterator[str]:
    """Format problems as a Code Quality report of GitLab, which shows them in merge requests.

    A problem keeps its fingerprint when lines move, or when it is told in another language.
    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    found = []
    alike: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        kind = (problem.path, problem.code.label, str(problem.message))
        found.append(
            {
                "check_name": f"event.{problem.code.label}",
                "description": problem.message.text(translate),
                "fingerprint": short_digest((*kind, alike[kind])),
                "severity": _SEVERITIES[problem.code.severity],
                "location": {"path": problem.path, "lines": {"begin": problem.mark.line}},
            }
        )
        alike[kind] += 1
    yield json.dumps(found, indent=2)


def step_summary(problems: Sequence[Problem], translate: Translate = str) -> str:
    """Return problems as Markdown for the summary of a step of GitHub Actions.

    :param problems: All problems.
    :param translate: Translates the messages.
    :returns: The text; empty if GitHub shows an annotation for each of them.
    """
    numbers = Counter(problem.code.severity for problem in problems)
    if max(numbers.values(), default=0) <= _MOST_ANNOTATIONS:
        return ""
    lines = (escape(problem.text(translate)) for problem in problems)
    return "\n".join(("<pre>", *lines, "</pre>", ""))


def _escaped(value: str) -> str:
    """Escape the value of a property of a workflow command."""
    for char in "%\r\n:,":
        value = value.replace(char, f"%{ord(char):02X}")
    return value


FORMATS: Final[Mapping[str, Callable[[Iterable[Problem], Translate], Iterator[str]]]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
}


def print_lines(lines: Iterable[str], stream: TextIO) -> None:
    """Print lines until the reader closes the pipe."""
    try:
        for line in lines:
            print(line, file=stream)
        stream.flush()
    except BrokenPipeError:
        # The reader has closed the pipe (`| head`); the interpreter must not flush again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_confirmed(question: str) -> bool:
    """Ask a question in the terminal; no answer is a no."""
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "はい")
    except (EOFError, KeyboardInterrupt):
        # What was pressed leaves the cursor behind the question.
        print()
        return False


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    try:
        with path.open("rb") as file:
            text = decode_anyway(file.read(MAX_BYTES)) or ""
    except OSError:
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _excerpt(line: str, number: int, column: int) -> Iterator[str]:
    """Return a line, or the part of it around a column, and a caret below that column."""
    place = column - 1
    before = _fitting(reversed(line[max(0, place - _WIDEST) : place]), _WIDEST * 2 // 3)[::-1]
    after = _fitting(line[place : place + _WIDEST], _WIDEST - columns_in(before))
    more_before = "…" if len(before) < place else ""
    more_after = "…" if place + len(after) < len(line) else ""
    yield f"{number:>5} | {more_before}{before}{after}{more_after}"
    yield f"{'':>5} | {' ' * columns_in(more_before + before)}^"


def _fitting(text: Iterable[str], width: int) -> str:
    """Return as much of a text's beginning as fits, with spaces for invisible characters."""
    fitting = []
    for char in text:
        shown = char if char.isprintable() else " "
        width -= columns_in(shown)
        if width < 0:
            break
        fitting.append(shown)
    return "".join(fitting)
