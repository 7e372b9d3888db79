"""``eventreports new``: an event's folder from what is asked for, pasted or exported."""

import argparse
from functools import partial
from pathlib import Path


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "new",
        help="write an event's folder, from a timetable if there is one",
        description="Write the folder of a new event: its facts, and a page with a heading for "
        "each session. A timetable may be a file (text, Markdown, HTML, CSV), or come from "
        "standard input. In a terminal, it is asked for, and then what no option gives. An event's "
        "folder gets what it lacks; a folder of exported pages becomes one event for each page.",
    )
    parser.add_argument(
        "sources",
        nargs="*",
        type=Path,
        metavar="SOURCE",
        help="a timetable, “-” for standard input, an event's folder, or exported pages",
    )
    parser.add_argument("--name", help="of the event")
    parser.add_argument("--date", help="its day, or its first and last: 2026-11-21/2026-11-22")
    parser.add_argument("--venue", help="where it takes place")
    parser.add_argument("--url", help="its website")
    parser.add_argument(
        "--reporter", dest="reporters", metavar="NAME", help="who writes the report"
    )
    parser.add_argument(
        "--folder", type=Path, help="the new folder (default: below events/, by the name)"
    )
    parser.add_argument(
        "--language",
        help="of the forms (default: the site's), and of this command (default: that of the locale,"
        " or else the site's)",
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing, and write what is found")
    parser.set_defaults(run=partial(_run, parser))


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    # What it imports would make each mere check slower.
    from .new_event import run

    return run(parser, options)
