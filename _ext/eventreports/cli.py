"""``eventreports``: what can be done with events' files without building a site."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path

from . import __version__
from .catalog import duplicate_ids, event_files
from .loader import FILE_NAME, load


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
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a character shows its number.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        check.error(f"there is no {missing[0]}")
    return _check(options.paths)


def _check(paths: Iterable[Path]) -> int:
    files = {file.resolve(): None for path in paths for file in _files(path)}
    loaded = [load(file, _root(file)) for file in sorted(files)]
    ids = [(found.event.id, str(found.path)) for found in loaded if found.event]
    problems = [replace(p, path=str(found.path)) for found in loaded for p in found.problems]
    problems += duplicate_ids(ids)
    for problem in problems:
        print(replace(problem, path=_shown(Path(problem.path))))
    faults = sum(problem.is_fault for problem in problems)
    print(f"{len(files)} files, {faults} problems", file=sys.stderr)
    return 1 if faults else 0


def _files(path: Path) -> Iterable[Path]:
    return event_files(path) if path.is_dir() else [path]


def _root(file: Path) -> Path:
    """The project's folder, which the event's local files must not leave."""
    marks = ("conf.py", ".git")
    around = (folder for folder in file.parents if any((folder / m).exists() for m in marks))
    return next(around, file.parent)


def _shown(path: Path) -> str:
    """As seen from here."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
