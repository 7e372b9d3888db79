"""``eventreports check``: the problems of events' files and pages."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from gettext import NullTranslations
from pathlib import Path

from ..core.encodings import DecodingFault, decode
from ..core.i18n import LOCALE_FOLDER, translations
from ..core.messages import Message
from ..core.problems import Code, Mark, Problem, Severity
from ..library import PAGE_SUFFIXES, duplicate_ids, event_files, page_files
from ..loader import FILE_NAME, load
from .output import FORMATS, print_lines


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "check",
        help=f"tell what is wrong in {FILE_NAME} files",
        description=f"Tell what is wrong in {FILE_NAME} files, and which pages are not UTF-8.",
        epilog="Exit status: 0 nothing is wrong (there may be hints), 1 problems, 2 wrong usage.",
    )
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[Path("events")],
        metavar="PATH",
        help=f"a folder, or one {FILE_NAME} (default: events)",
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text: for people; json: for programs; github: annotations of a workflow",
    )
    parser.add_argument(
        "--ignore",
        type=lambda label: label.removeprefix("event."),
        choices=sorted(code.label for code in Code),
        action="append",
        default=[],
        metavar="CODE",
        help="leave out the problems of this code (may be repeated)",
    )
    parser.add_argument(
        "--language",
        choices=("en", *sorted(folder.name for folder in LOCALE_FOLDER.iterdir())),
        help="of the messages (default: that of the locale)",
    )
    parser.set_defaults(run=partial(_run, parser))


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if missing := [path for path in options.paths if not path.exists()]:
        parser.error(f"there is no {missing[0]}")
    files = sorted({file.resolve() for path in options.paths for file in _files(path)})
    pages = sorted({page.resolve() for path in options.paths for page in _pages(path)})
    found = (*_problems(files), *_problems_of_pages(pages))
    problems = [problem for problem in found if problem.code.label not in options.ignore]
    words = translations(options.language)
    print_lines(FORMATS[options.format](problems, words.gettext))
    print(_summary(len(files), problems, words), file=sys.stderr)
    return 1 if any(problem.is_fault for problem in problems) else 0


def _problems(files: Iterable[Path]) -> list[Problem]:
    """Of all files, in the files' order."""
    loaded = {_shown(file): load(file, _root(file)) for file in files}
    read = [(found.event, path) for path, found in loaded.items() if found.event]
    problems = duplicate_ids([(event.id, event.old_ids, path) for event, path in read])
    for path, found in loaded.items():
        problems += [replace(problem, path=path) for problem in found.problems]
    order = {path: number for number, path in enumerate(loaded)}
    return sorted(problems, key=lambda problem: (order[problem.path], problem.mark))


def _problems_of_pages(pages: Iterable[Path]) -> Iterator[Problem]:
    """Report the pages that are not UTF-8; what else is wrong with them, a build tells."""
    for page in filter(Path.is_file, pages):
        try:
            fault = decode(page.read_bytes())
        except OSError as error:
            yield Problem(
                _shown(page),
                Mark(),
                Code.UNREADABLE,
                Message("cannot be read: {reason}", reason=str(error.strerror)),
            )
            continue
        if isinstance(fault, DecodingFault):
            yield Problem(_shown(page), fault.mark, Code.ENCODING, fault.message)


def _summary(files: int, problems: Iterable[Problem], words: NullTranslations) -> str:
    _, ngettext = words.gettext, words.ngettext
    found = Counter(problem.code.severity for problem in problems)
    errors, warnings, hints = (found[severity] for severity in Severity)
    counts = (
        (errors, ngettext("{number} error", "{number} errors", errors)),
        (warnings, ngettext("{number} warning", "{number} warnings", warnings)),
        (hints, ngettext("{number} hint", "{number} hints", hints)),
    )
    said = [text.format(number=number) for number, text in counts if number]
    return _("{files}: {found}").format(
        files=ngettext("{number} file", "{number} files", files).format(number=files),
        found=_(", ").join(said) or _("nothing is wrong"),
    )


def _files(path: Path) -> Iterable[Path]:
    return event_files(path) if path.is_dir() else [path]


def _pages(path: Path) -> Iterable[Path]:
    """The pages below a folder, or those beside an event's file."""
    if path.is_dir():
        return page_files(path)
    return (page for page in path.parent.iterdir() if page.name.endswith(PAGE_SUFFIXES))


def _root(file: Path) -> Path:
    """The project's folder, which the event's local files must not leave."""
    marks = ("conf.py", ".git")
    around = (folder for folder in file.parents if any((folder / m).exists() for m in marks))
    return next(around, file.parent)


def _shown(path: Path) -> str:
    """As seen from here."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
