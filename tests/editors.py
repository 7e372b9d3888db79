"""What VS Code makes of its files in ``.vscode``."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from conftest import ROOT


class Problem(NamedTuple):
    """A problem as it is shown; lines and columns count from 1, and 0 is the file as a whole."""

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str


def read_settings(text: str) -> Any:
    """Read JSON with comments, as far as these files have some: on lines of their own."""
    return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))


def the_task(text: str = "") -> dict[str, Any]:
    """The one task of a ``tasks.json``; without a text, of this project's."""
    path = ROOT / ".vscode" / "tasks.json"
    (task,) = read_settings(text or path.read_text(encoding="utf-8"))["tasks"]
    assert isinstance(task, dict)
    return task


def problems_after_builds(said: str) -> Iterator[list[Problem]]:
    """What the task shows after each build, of which a terminal has the text."""
    matchers = the_task()["problemMatcher"]
    background = matchers[0]["background"]
    shown: list[Problem] = []
    for line in re.sub(r"\x1b\[[0-9;]*m", "", said).splitlines():
        if re.search(background["beginsPattern"], line):
            shown = []
        elif re.search(background["endsPattern"], line):
            yield shown
        else:
            # The first matcher that finds something has the line.
            shown += [one for matcher in matchers if (one := _problem(matcher, line))][:1]


def _problem(matcher: dict[str, Any], line: str) -> Problem | None:
    pattern = matcher["pattern"]
    found = re.search(pattern["regexp"], line)
    if found is None:
        return None
    parts = {name: found[group] for name, group in pattern.items() if isinstance(group, int)}
    return Problem(
        parts["file"],
        int(parts.get("line") or 0),
        int(parts.get("column") or 0),
        (parts["severity"] or matcher["severity"]).lower(),
        parts["code"] or "",
        parts["message"],
    )
