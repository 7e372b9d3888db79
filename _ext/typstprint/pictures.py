"""Pictures are what their bytes say, whatever their names do."""

from __future__ import annotations

from pathlib import Path
from typing import Final

#: How files begin (the PNG, JPEG, GIF and PDF specifications), and the suffix of such.
_BEGINNINGS: Final = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"%PDF-": ".pdf",
}
_SAME: Final = {".jpeg": ".jpg"}


def name_of(name: str, file: Path) -> str:
    """The name of a picture, with the suffix that it should have, by which Typst reads it."""
    with file.open("rb") as stream:
        start = stream.read(12)
    suffix = Path(name).suffix.lower()
    found = next((one for begin, one in _BEGINNINGS.items() if start.startswith(begin)), suffix)
    if start[:4] == b"RIFF" and start[8:] == b"WEBP":
        found = ".webp"
    return name if found == _SAME.get(suffix, suffix) else name + found
