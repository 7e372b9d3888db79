"""``eventreports check``: the problems of events' files and pages."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from typing import Final

from sphinxcommon.messages import Message, Translate

from ..core.audience import LEVELS
from ..core.encodings import decode
from ..core.i18n import LOCALE_FOLDER, translations
from ..core.problems import Code, Finding, Mark, Problem, Severity
from ..library import PAGE_SUFFIXES, duplicate_ids, event_files, page_files
from ..loader import FILE_NAME, load
from .check_audience import left_out
from .output import FORMATS, print_lines, step_summary
from .project import plain_setting, root_of, shown_here, shown_in_repository

#: Formats in which paths are seen from the top of the repository.
_OF_HOSTS: Final = ("github", "gitlab")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "check",
        help=f"report what is wrong in {FILE_NAME} files",
        description=f"Report what is wrong in {FILE_NAME} files, and which pages are not UTF-8.",
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
        default="github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
        help="text: for people (the default); json: for programs; github: annotations of a workflow"
        " (the default in GitHub Actions); gitlab: a Code Quality report",
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
        help="of the messages (default: that of the locale; in CI that of the site)",
    )
    parser.add_argument(
        "--audience",
        choices=LEVELS,
        help="list, too, what a build for these leaves out, and why",
    )
    changes = parser.add_mutually_exclusive_group()
    changes.add_argument(
        "--fix",
        action="store_true",
        help="write an id for each session that has none, after showing the change as a diff",
    )
    changes.add_argument(
        "--diff",
        action="store_true",
        help="show what --fix would write, and nothing else; 1 if there is anything",
    )
    parser.set_defaults(run=partial(_run, parser))


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if missing := [path for path in options.paths if not path.exists()]:
        parser.error(f"there is no {missing[0]}")
    found = {file for path in options.paths for file in _files(path)}
    # A link is checked where it is, and not where it leads.
    named = [Path(os.path.abspath(file)) for file in found]  # noqa: PTH100
    files = sorted({file.resolve(): file for file in sorted(named, reverse=True)}.values())
    pages = sorted({page.resolve() for path in options.paths for page in _pages(path)})
    fixes = []
    if options.fix or options.diff:
        # What it imports would make each mere check slower.
        from .check_fix import fix

        fixes = [fix(file, root_of(file), shown_here(file)) for file in files]
    # Standard output is the report alone, where a program reads it.
    is_for_people = options.diff or options.format == "text"
    diffs = (line for one in fixes for line in one.diff)
    print_lines(diffs, sys.stdout if is_for_people else sys.stderr)
    if options.diff:
        return 1 if any(one.diff for one in fixes) else 0
    left = [problem for one in fixes for problem in one.write()]
    problems = [one for one in _problems(files) if not fixes or one.code is not Code.NO_ID] + left
    order = {shown_here(file): number for number, file in enumerate(files)}
    problems.sort(key=lambda problem: (order[problem.path], problem.mark))
    problems += _problems_of_pages(pages)
    if options.audience:
        problems += left_out(files, pages, options.audience)
    problems = [problem for problem in problems if problem.code.label not in options.ignore]
    words = translations(options.language or _language_in_ci(options.paths[0]))
    _print(problems, options.format, words.gettext)
    print(_summary(len(files), problems, words), file=sys.stderr)
    return 1 if any(problem.is_fault for problem in problems) else 0


def _print(problems: list[Problem], form: str, translate: Translate) -> None:
    """Print problems in a format; GitHub gets those, too, of which it shows no annotation."""
    if form in _OF_HOSTS:
        problems = [problem.of_file(shown_in_repository(problem.path)) for problem in problems]
    print_lines(FORMATS[form](problems, translate), sys.stdout)
    if form == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(step_summary(problems, translate))


def _language_in_ci(path: Path) -> str | None:
    """Return the site's language where CI runs, whose locale is nobody's."""
    language = plain_setting(root_of(path.absolute() / FILE_NAME), "language")
    return language if os.environ.get("CI") and isinstance(language, str) else None


def _problems(files: Iterable[Path]) -> list[Problem]:
    """Return the problems of each file, and of several with one id."""
    problems: list[Problem] = []
    ids = []
    for file in files:
        loaded = load(file, root_of(file), shown_path=shown_here(file))
        problems += loaded.problems
        if event := loaded.event:
            ids.append((event.id, event.old_ids, loaded.shown_path))
    return duplicate_ids(ids) + problems


def _problems_of_pages(pages: Iterable[Path]) -> Iterator[Problem]:
    """Report the pages that are not UTF-8; what else is wrong with them, a build reports."""
    for page in filter(Path.is_file, pages):
        try:
            fault = decode(page.read_bytes())
        except OSError as error:
            yield Problem(
                shown_here(page),
                Mark(),
                Code.UNREADABLE,
                Message("cannot be read: {reason}", reason=str(error.strerror)),
            )
            continue
        if isinstance(fault, Finding):
            yield Problem(shown_here(page), *fault)


def _summary(files: int, problems: Iterable[Problem], words: NullTranslations) -> str:
    _, ngettext = words.gettext, words.ngettext
    found = Counter(problem.code.severity for problem in problems)
    errors, warnings, hints = (found[severity] for severity in Severity)
    counts = (
        (errors, ngettext("{number} error", "{number} errors", errors)),
        (warnings, ngettext("{number} warning", "{number} warnings", warnings)),
        (hints, ngettext("{number} hint", "{number} hints", hints)),
    )
    parts = [text.format(number=number) for number, text in counts if number]
    return _("{files}: {found}").format(
        files=ngettext("{number} file", "{number} files", files).format(number=files),
        found=_(", ").join(parts) or _("nothing is wrong"),
    )


def _files(path: Path) -> Iterable[Path]:
    return event_files(path) if path.is_dir() else [path]


def _pages(path: Path) -> Iterable[Path]:
    """Return the pages below a folder, or those beside an event's file."""
    if path.is_dir():
        return page_files(path)
    return (page for page in path.parent.iterdir() if page.name.endswith(PAGE_SUFFIXES))
