"""``eventreports schema``: the JSON Schemas of events' files, registers, and events of a site."""

import argparse
import sys

from ..core.encodings import is_utf_8
from ..core.schema import SCHEMAS, schema_text
from ..loader import FILE_NAME
from .output import print_lines


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "schema",
        help=f"print the JSON Schema of {FILE_NAME}",
        description=f"Print the JSON Schema of {FILE_NAME} or of a register, for editors and other"
        " tools, or that of the file in which a site has its events.",
    )
    parser.add_argument(
        "of", nargs="?", choices=[*SCHEMAS], default=FILE_NAME, help=f"the file ({FILE_NAME})"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    text = schema_text(options.of, is_ascii=not is_utf_8(sys.stdout.encoding))
    print_lines(text.splitlines(), sys.stdout)
    return 0
