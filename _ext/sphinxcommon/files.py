"""Files: written whole, read as data, told apart by digests."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any


def write_whole(path: Path, data: bytes | str) -> None:
    """Write a file, which keeps its mode, and is never there in part.

    :param path: The file; folders above it that are missing are made.
    :param data: What is in it; a text is encoded as UTF-8.
    :raises OSError: It cannot be written; it is as it was.
    """
    path = Path(path)  # Paths of Sphinx have the method ``replace`` of texts.
    unfinished = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        unfinished.write_bytes(data.encode() if isinstance(data, str) else data)
        if path.exists():
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def write_if_changed(path: Path, text: str) -> None:
    """Write a text, encoded as UTF-8, unless the file has it already.

    :param path: The file.
    :param text: What is in it.
    :raises OSError: It cannot be read or written; it is as it was.
    """
    data = text.encode()
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)


def read_json(path: Path) -> Any:
    """Return the data in a file; ``None`` where it is missing or damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def short_digest(value: object) -> str:
    """Return a short digest of a value that has an unambiguous ``repr``."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def digest_of_file(path: Path) -> str:
    """Return a digest of what a file holds; nothing for one that is not there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
