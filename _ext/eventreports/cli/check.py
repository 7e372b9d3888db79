"""``eventreports check``: the problems of events' files and pages."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from typing import Final

from sphinxcommon.messages import Translate

from ..core.audience import LEVELS
from ..core.i18n import LOCALE_FOLDER
from ..core.model import REGISTERS, Event
from ..core.problems import Code, Problem, Severity
from ..library import PAGE_SUFFIXES, duplicate_ids, event_files, page_files
from ..loader import FILE_NAME, load
from .check_audience import left_out
from .check_pages import problems_of_pages
from .check_photos import files_of, is_photo, problems_of_files
from .check_registers import problems_of_registers, registers_of
from .output import FORMATS, is_confirmed, print_lines, step_summary
from .project import events_folder, root_of, shown_here, shown_in_repository, translations_for

#: Formats in which paths are seen from the top of the repository.
_OF_HOSTS: Final = ("github", "gitlab")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "check",
        help=f"report what is wrong in {FILE_NAME} files",
        description=f"Report what is wrong in {FILE_NAME} files, registers, pages and photos.",
        epilog="Exit status: 0 nothing is wrong (there may be hints), 1 problems, 2 wrong usage.",
    )
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[Path("events")],
        metavar="PATH",
        help=f"a folder, one {FILE_NAME} or one register, as people.yaml (default: events)",
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
        help="of the messages (default: that of the locale, or else the site's; in CI the site's)",
    )
    parser.add_argument(
        "--audience",
        choices=LEVELS,
        help="list, too, what a build for these leaves out, and why",
    )
    parser.add_argument(
        "--against",
        metavar="INVENTORY",
        help="list, too, the addresses of the published site that the next build would lose, and "
        "what to write: its objects.inv, a file or an address, or the address of the site",
    )
    changes = parser.add_mutually_exclusive_group()
    changes.add_argument(
        "--fix",
        action="store_true",
        help="write what is read already: ids of sessions, quotes, dates, keys that were meant, "
        "titles in headings; after showing the changes as a diff",
    )
    changes.add_argument(
        "--diff",
        action="store_true",
        help="show what --fix would write, and nothing else; 1 if there is anything",
    )
    parser.add_argument(
        "--photos",
        action="store_true",
        help="with --fix or --diff: photos, too, are turned, made smaller, converted to JPEG and "
        "freed of what they tell; in a terminal you are asked first, and originals are kept",
    )
    parser.set_defaults(run=partial(_run, parser))


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if missing := [path for path in options.paths if not path.exists()]:
        parser.error(f"there is no {missing[0]}")
    if options.photos and not (options.fix or options.diff):
        parser.error("--photos goes with --fix or --diff")
    found = {file for path in options.paths for file in _files(path)}
    # A link is checked where it is, and not where it leads.
    named = [Path(os.path.abspath(file)) for file in found]  # noqa: PTH100
    files = sorted({file.resolve(): file for file in sorted(named, reverse=True)}.values())
    pages = sorted({page.resolve() for path in options.paths for page in _pages(path)})
    words = translations_for(root_of(options.paths[0].absolute() / FILE_NAME), options.language)
    unchanged: list[Problem] = []
    if options.fix or options.diff:
        has_changes, unchanged = _change(parser, options, files, pages, words)
        if options.diff:
            return 1 if has_changes else 0
    problems = _problems(options.paths, files, pages, unchanged, are_fixed=options.fix)
    if options.audience:
        problems += left_out(files, pages, options.audience)
    if options.against:
        problems += _lost(parser, options)
    problems = [problem for problem in problems if problem.code.label not in options.ignore]
    _print(problems, options.format, words.gettext)
    number = len(files) + len(_registers(options.paths))
    print(_summary(number, problems, words), file=sys.stderr)
    return 1 if any(problem.is_fault for problem in problems) else 0


def _print(problems: list[Problem], form: str, translate: Translate) -> None:
    """Print problems in a format; GitHub gets those, too, of which it shows no annotation."""
    if form in _OF_HOSTS:
        problems = [problem.of_file(shown_in_repository(problem.path)) for problem in problems]
    print_lines(FORMATS[form](problems, translate), sys.stdout)
    if form == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(step_summary(problems, translate))


def _lost(parser: argparse.ArgumentParser, options: argparse.Namespace) -> list[Problem]:
    """Return which addresses of an inventory are lost; end if it cannot be read."""
    from .check_addresses import lost_addresses
    from .inventory import read_inventory

    try:
        items = read_inventory(options.against)
    except (OSError, ValueError) as error:
        parser.error(f"{options.against} cannot be read: {error}")
    folder = events_folder(Path(os.path.abspath(options.paths[0])))  # noqa: PTH100
    return list(lost_addresses(items, folder, options.audience))


def _change(
    parser: argparse.ArgumentParser,
    options: argparse.Namespace,
    files: Sequence[Path],
    pages: Iterable[Path],
    words: NullTranslations,
) -> tuple[bool, list[Problem]]:
    """Show, and with ``--fix`` make, the changes; return if there are any, and what fails."""
    # What these import would make each mere check slower.
    from .check_fix import fixes_of

    # A fix does not change what an event is, so not which photos it has.
    photos = _photos(parser, files, words) if options.photos else []
    # Standard output is the report alone, where a program reads it.
    is_for_people = options.diff or options.format == "text"
    stream = sys.stdout if is_for_people else sys.stderr
    of_pages = problems_of_pages(pages, _events(files))
    fixes = fixes_of(_registers(options.paths), files, of_pages, options.ignore)
    print_lines((line for one in fixes for line in one.diff), stream)
    problems = [problem for one in fixes for problem in one.write()] if options.fix else []
    has_changes = any(one.diff for one in fixes)
    if photos:
        from .fix_photos import changes_of

        of_photos = changes_of(photos)
        print_lines(of_photos.lines(words.gettext), stream)
        problems += of_photos.problems
        has_changes |= bool(of_photos.changes)
        is_asked = options.format == "text" and sys.stdin.isatty()
        number = len(of_photos.changes)
        is_fixed = options.fix and number > 0
        if is_fixed and (not is_asked or is_confirmed(_photo_question(number, words))):
            problems += of_photos.write()
    return has_changes, problems


def _photos(
    parser: argparse.ArgumentParser, files: Iterable[Path], words: NullTranslations
) -> list[Path]:
    """Return the photos of events; end with what to install, if something is missing for them."""
    from .photo_packages import advice, missing_packages

    found = [*filter(is_photo, files_of(_events(files)))]
    if missing := missing_packages(found):
        parser.error(advice(missing).text(words.gettext))
    return found


def _photo_question(number: int, words: NullTranslations) -> str:
    question = words.ngettext("Change {number} photo?", "Change {number} photos?", number)
    return question.format(number=number)


def _problems(
    paths: Iterable[Path],
    files: Sequence[Path],
    pages: Iterable[Path],
    unchanged: Iterable[Problem],
    *,
    are_fixed: bool,
) -> list[Problem]:
    """Return the problems of registers and events, of pages, and of other files, in this order."""
    loaded = [load(file, root_of(file), shown_path=shown_here(file)) for file in files]
    ids = [(one.event.id, one.event.old_ids, one.shown_path) for one in loaded if one.event]
    problems = [*duplicate_ids(ids), *(problem for one in loaded for problem in one.problems)]
    if are_fixed:
        # Why it is left, what was to change the file has said.
        problems = [one for one in problems if one.code is not Code.NO_ID]
    problems += unchanged
    problems += problems_of_registers(paths, loaded)
    order = {one.shown_path: number for number, one in enumerate(loaded)}
    problems.sort(key=lambda one: (order.get(one.path, -1), one.path, one.mark))
    events = {one.path.parent.resolve(): one.event for one in loaded if one.event}
    problems += (problem for _page, found in problems_of_pages(pages, events) for problem in found)
    problems += problems_of_files(files_of(events))
    return problems


def _events(files: Iterable[Path]) -> dict[Path, Event]:
    """Return the events of files by their folders."""
    loaded = (load(file, root_of(file)) for file in files)
    return {one.path.parent.resolve(): one.event for one in loaded if one.event}


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
    if path.name in REGISTERS:
        return []
    return event_files(path) if path.is_dir() else [path]


def _registers(paths: Iterable[Path]) -> list[Path]:
    """Return the registers that paths name, each once."""
    # A link is checked where it is, and not where it leads.
    absolute = (Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100
    return list(dict.fromkeys(file for path in absolute for file in registers_of(path)))


def _pages(path: Path) -> Iterable[Path]:
    """Return the pages below a folder, or those beside an event's file."""
    if path.is_dir():
        return page_files(path)
    if path.name in REGISTERS:
        return []
    return (page for page in path.parent.iterdir() if page.name.endswith(PAGE_SUFFIXES))
