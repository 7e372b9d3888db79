"""Read lists of the files that a page has."""

import re
from collections.abc import Sequence
from typing import Final

from .lines import Line

_FILE: Final = re.compile(r"[^\s/]+\.[A-Za-z0-9]{2,5}")
_SIZE: Final = re.compile(r"\d+(?:\.\d+)?\s*[KMG]?i?B(?:ytes)?", re.IGNORECASE)
_DATE: Final = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:\s+\d{1,2}:\d{2})?")


def files_in(lines: Sequence[Line]) -> tuple[list[dict[str, str]], list[Line]]:
    """Return the files that rows of a list of attachments name, and the other lines."""
    files, others = [], []
    for line in lines:
        texts = [cell.text.strip() for cell in line.cells] if line.kind == "row" else [line.text]
        facts: dict[str, str] = {}
        for text in filter(None, texts):
            date = _DATE.fullmatch(text)
            if _FILE.fullmatch(text) and "name" not in facts:
                facts["name"] = text
            elif _SIZE.fullmatch(text):
                facts["size"] = text
            elif date:
                facts["date"] = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"
            elif "name" in facts and "uploader" not in facts:
                facts["uploader"] = text
        if "name" in facts and (line.kind == "row" or len(facts) > 1 or line.kind == "item"):
            files.append(facts)
        elif line.kind != "blank":
            others.append(line)
    return files, others
