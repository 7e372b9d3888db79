"""Photos, as far as their files say without being decoded: their formats, where they were taken."""

import itertools
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

#: Suffixes of files that photos are in; an SVG or GIF is a drawing.
SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
_SUFFIXES_OF_HEIF: Final = (".heic", ".heif")
#: In bytes, from where on a photo, and any other file, is large.
LARGE_PHOTO: Final = 10**6
LARGE_FILE: Final = 20 * 10**6

#: How files begin (the JPEG, PNG, WebP and HEIF specifications).
_BEGINNINGS: Final = {
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "WebP": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "HEIC": re.compile(rb"....ftyp(?:....)*?(?:hei[cxms]|hev[cxms])", re.DOTALL),
}
_LONGEST_BEGINNING: Final = 64
#: How much of a file, and of a part of it, is read, in bytes; and how many parts.
_MOST: Final = 64 * 1024**2
_LONGEST_PART: Final = 1024**2
_MOST_PARTS: Final = 10_000
_MOST_FOUND: Final = 8

_EXIF: Final = b"Exif\0\0"
#: Within HEIC, whose boxes may stand in any order.
_EXIF_WITHIN: Final = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)")
#: How metadata of Adobe's names a place.
_XMP_LATITUDE: Final = b"GPSLatitude"
#: Tags of Exif: where the entries about places begin; latitude and longitude among these.
_GPS: Final = 0x8825
_COORDINATES: Final = frozenset({2, 4})
#: Markers of JPEG: where the picture itself begins, and the segment with metadata.
_START_OF_SCAN: Final = 0xDA
_APP1: Final = 0xE1


def format_of(file: Path) -> str:
    """Return the format of a photo by what is in its file: JPEG, PNG, WebP, HEIC, or nothing.

    :param file: The file.
    :returns: The format.
    :raises OSError: if it cannot be read.
    """
    with file.open("rb") as stream:
        start = stream.read(_LONGEST_BEGINNING)
    return next((name for name, begin in _BEGINNINGS.items() if begin.match(start)), "")


def is_opaque(file: Path) -> bool:
    """Return whether nothing can be seen through a picture, as far as its first bytes are sure.

    :param file: The file.
    :returns: Whether it is a JPEG, a WebP without an alpha channel, or a PNG of grey or RGB alone.
    :raises OSError: if it cannot be read.
    """
    with file.open("rb") as stream:
        start = stream.read(_LONGEST_BEGINNING)
    is_of = {name: bool(begin.match(start)) for name, begin in _BEGINNINGS.items()}
    is_simple_png = is_of["PNG"] and start[25:26] in (b"\x00", b"\x02")
    return is_of["JPEG"] or is_simple_png or (is_of["WebP"] and start[12:16] == b"VP8 ")


def is_heif(file: Path) -> bool:
    """Return whether a photo is in HEIF, of which HEIC is a kind, or says so.

    :param file: The file.
    :returns: Whether it is.
    :raises OSError: if it cannot be read.
    """
    return file.suffix.lower() in _SUFFIXES_OF_HEIF or format_of(file) == "HEIC"


def has_location(file: Path) -> bool:
    """Return whether a photo says where it was taken.

    :param file: The file; of a broken one, what can be read is looked at.
    :returns: Whether it does.
    :raises OSError: if it cannot be read.
    """
    parts_of = {"JPEG": _of_jpeg, "PNG": _of_png, "WebP": _of_webp, "HEIC": _of_heic}
    find = parts_of.get(format_of(file))
    if find is None:
        return False
    with file.open("rb") as stream:
        return any(_XMP_LATITUDE in part or _has_coordinates(part) for part in find(stream))


def _of_jpeg(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the metadata of a JPEG."""
    stream.seek(2)
    for _number in range(_MOST_PARTS):
        head = stream.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[1] == _START_OF_SCAN:
            return
        length = int.from_bytes(head[2:], "big") - 2
        if head[1] == _APP1:
            yield stream.read(length)
        else:
            stream.seek(length, 1)


def _of_png(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the metadata of a PNG, which may stand behind the picture."""
    stream.seek(8)
    for _number in range(_MOST_PARTS):
        head = stream.read(8)
        if len(head) < 8:
            return
        length = int.from_bytes(head[:4], "big")
        is_wanted = head[4:] in (b"eXIf", b"iTXt") and length <= _LONGEST_PART
        if is_wanted:
            yield stream.read(length)
        stream.seek(4 + (0 if is_wanted else length), 1)


def _of_webp(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the metadata of a WebP, which stands behind the picture."""
    stream.seek(12)
    for _number in range(_MOST_PARTS):
        head = stream.read(8)
        if len(head) < 8:
            return
        length = int.from_bytes(head[4:], "little")
        is_wanted = head[:4] in (b"EXIF", b"XMP ") and length <= _LONGEST_PART
        if is_wanted:
            yield stream.read(length)
        stream.seek(length % 2 + (0 if is_wanted else length), 1)


def _of_heic(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the metadata of a HEIC, wherever it stands."""
    data = stream.read(_MOST)
    for found in itertools.islice(_EXIF_WITHIN.finditer(data), _MOST_FOUND):
        yield data[found.start() : found.start() + _LONGEST_PART]
    if (place := data.find(_XMP_LATITUDE)) >= 0:
        yield data[place : place + len(_XMP_LATITUDE)]


def _has_coordinates(part: bytes) -> bool:
    """Return whether metadata in the form of Exif has a latitude or longitude."""
    tiff = part.removeprefix(_EXIF)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return False
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        entries = dict(_entries(tiff, first, order))
        places = _entries(tiff, entries[_GPS], order) if _GPS in entries else ()
        return any(tag in _COORDINATES for tag, _value in places)
    except struct.error:
        return False


def _entries(tiff: bytes, offset: int, order: str) -> Iterator[tuple[int, int]]:
    """Yield the tags of a directory of Exif, with their values or where these stand.

    :raises struct.error: where the directory leads out of the data.
    """
    (count,) = struct.unpack_from(f"{order}H", tiff, offset)
    for number in range(count):
        tag, _type, _count, value = struct.unpack_from(
            f"{order}HHII", tiff, offset + 2 + 12 * number
        )
        yield tag, value
