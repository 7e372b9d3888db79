"""The builders whose output is a web site of files."""

from typing import Final

SITES: Final = ("html", "dirhtml")
