"""``eventreports schema``: the JSON Schema of an event's file."""

import argparse
import sys

from ..core.encodings import is_utf_8
from ..core.schema import schema_text
from ..loader import FILE_NAME
from .output import print_lines


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "schema",
        help=f"print the JSON Schema of {FILE_NAME}",
        description=f"Print the JSON Schema of {FILE_NAME}, for editors and other tools.",
    )
    parser.set_defaults(run=_run)


def _run(_options: argparse.Namespace) -> int:
    text = schema_text(is_ascii=not is_utf_8(sys.stdout.encoding))
    print_lines(text.splitlines(), sys.stdout)
    return 0
