"""``eventreports``: what can be done with events' files without building a site."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from . import __version__
from .catalog import event_files
from .loader import FILE_NAME, load
from .problems import Severity


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0: nothing wrong, 1: problems found, 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="eventreports", description=__doc__)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help=f"tell what is wrong in {FILE_NAME} files")
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[Path("events")],
        metavar="PATH",
        help=f"a folder, or one {FILE_NAME} (default: events)",
    )
    options = parser.parse_args(arguments)
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        check.error(f"there is no {missing[0]}")
    return _check(options.paths)


def _check(paths: Iterable[Path]) -> int:
    files = sorted({file for path in paths for file in _files(path)})
    problems = [problem for file in files for problem in load(file, _root(file)).problems]
    for problem in problems:
        print(problem)
    faults = sum(problem.code.severity is not Severity.HINT for problem in problems)
    print(f"{len(files)} files, {faults} problems", file=sys.stderr)
    return 1 if faults else 0


def _root(file: Path) -> Path:
    """What the event's local files must lie within: where we are, else the event's folder."""
    here = Path.cwd()
    return here if file.resolve().is_relative_to(here) else file.parent


def _files(path: Path) -> Iterable[Path]:
    return event_files(path) if path.is_dir() else [path]
