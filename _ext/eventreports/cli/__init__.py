"""``eventreports``: what can be done with events' files without building a site."""

import argparse
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper

from sphinxcommon import __version__

from . import check, init, new, schema
from .output import INTERRUPTED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0: nothing wrong, 1: problems found, 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="eventreports", description=__doc__)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (check, new, schema, init):
        command.add_parser(commands)
    typed = list(sys.argv[1:] if arguments is None else arguments)
    options = parser.parse_args(typed, argparse.Namespace(typed=typed))
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a character shows its number.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except KeyboardInterrupt:
        return INTERRUPTED
