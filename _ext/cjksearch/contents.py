"""Pagefind's table of contents, made short: which records there are, and which file has a word.

It names each record by a hash, and lists all of them in the order of a sort, besides; both cost
each reader ten bytes a record, and must be asked for what they mean: with a search for nothing,
for which Pagefind fetches the whole index. Here a record is named by its row: in hexadecimal
digits, the last one first, of which long stretches are alike, so that a record takes one byte.

The file is CBOR, of texts, numbers and lists (pagefind/src/index/index_metadata.rs).
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any, Final

#: What the file begins with, once unpacked.
_SIGNATURE: Final = b"pagefind_dcd"
_NUMBER, _TEXT, _LIST = 0, 3, 4
#: Pagefind weighs words by how long records are; our order is another.
_LENGTH: Final = 1
#: Such names get smaller by this than by the greatest.
_LEVEL: Final = 6


def name_by_row(folder: Path) -> list[str]:
    """Name each record by its place in the sort ``row``, which is no longer needed.

    What the first word of each file begins with is returned.

    Raises:
        ValueError: the file is not as this knows it.
    """
    (path,) = folder.glob("*.pf_meta")
    said = gzip.decompress(path.read_bytes())
    if not said.startswith(_SIGNATURE):
        raise ValueError(f"{path.name} does not begin with {_SIGNATURE.decode()}")
    try:
        version, records, chunks, filters, sorts, *others = decode(said[len(_SIGNATURE) :])
        ((name, order),) = sorts
        names = [""] * len(records)
        width = len(f"{len(records):x}")
        for row, place in enumerate(order):
            names[place] = f"{row:0{width}x}"[::-1]
        firsts: list[str] = [first for first, _last, _hash in chunks]
    except (TypeError, IndexError) as error:
        raise ValueError(f"{path.name} is not as expected") from error
    if name != "row" or not all(names):
        raise ValueError(f"{path.name} does not sort all records by row")
    short = encode([version, [[name, _LENGTH] for name in names], chunks, filters, [], *others])
    path.write_bytes(gzip.compress(_SIGNATURE + short, _LEVEL, mtime=0))
    return firsts


def encode(value: Any) -> bytes:
    """A text, a number from 0, or a list of such."""
    match value:
        case int():
            return _head(_NUMBER, value)
        case str():
            text = value.encode()
            return _head(_TEXT, len(text)) + text
        case list():
            return _head(_LIST, len(value)) + b"".join(map(encode, value))
    raise ValueError(f"{value!r} is no text, number or list")


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    width = next(width for width in range(4) if size < 1 << (8 << width))
    return bytes([kind << 5 | 24 + width]) + size.to_bytes(1 << width, "big")


def decode(said: bytes) -> Any:
    """What ``encode`` has made.

    Raises:
        ValueError: it is something else.
    """
    value, end = _decode(said, 0)
    if end != len(said):
        raise ValueError("more follows")
    return value


def _decode(said: bytes, at: int) -> tuple[Any, int]:
    kind, size = divmod(said[at], 32)
    at += 1
    if size >= 24:
        end = at + (1 << (size - 24))
        if size > 27 or end > len(said):
            raise ValueError(f"unknown length at {at}")
        size, at = int.from_bytes(said[at:end], "big"), end
    if kind == _NUMBER:
        return size, at
    if kind == _TEXT:
        return said[at : at + size].decode(), at + size
    if kind != _LIST:
        raise ValueError(f"unknown kind {kind} at {at}")
    values = []
    for _ in range(size):
        value, at = _decode(said, at)
        values.append(value)
    return values, at
