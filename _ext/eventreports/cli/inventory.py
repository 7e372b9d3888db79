"""Inventories of sites, ``objects.inv``: which addresses a site has, and what is there.

Version 2 of the format is what ``sphinx.util.inventory`` writes; it is described at
https://sphobjinv.readthedocs.io/en/stable/syntax.html
"""

import re
import zlib
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, urlopen

from sphinxcommon import __version__

FILE_NAME: Final = "objects.inv"
_HEADER: Final = b"# Sphinx inventory version 2\n"
_LINES_OF_HEADER: Final = 4
#: Name, type, priority, address and title.
_LINE: Final = re.compile(r"(.+?)\s+(\S+)\s+-?\d+\s+?(\S*)\s+(.*)")
_SECONDS: Final = 20
#: Of what is read, and of what it unfolds to.
_MOST_BYTES: Final = 1 << 28


class Item(NamedTuple):
    """What a site has.

    :param kind: Its domain and type, as ``std:doc``.
    :param name: Its name.
    :param address: Its address, from that of the site.
    :param title: Its title.
    """

    kind: str
    name: str
    address: str
    title: str


def read_inventory(place: str) -> list[Item]:
    """Read the inventory of a site.

    :param place: Its file, the folder of the site, or the web address of either.
    :returns: What the site has.
    :raises OSError: It cannot be read, or the server does not answer in time.
    :raises ValueError: It is no inventory, or the address is none of the web.
    """
    if re.match(r"https?://", place, re.IGNORECASE):
        data = _fetched(_address(place))
    else:
        path = Path(place)
        data = (path / FILE_NAME if path.is_dir() else path).read_bytes()
    return list(_items(data))


def _address(place: str) -> str:
    """Return the address of the inventory of a site, or that which is given."""
    scheme, host, path, query, _anchor = urlsplit(place)
    if not path.endswith(".inv"):
        folder = path if path.endswith("/") else path.removesuffix("index.html")
        path = f"{folder.rstrip('/')}/{FILE_NAME}"
    return urlunsplit((scheme, host, path, query, ""))


def _fetched(address: str) -> bytes:
    # Some hosts refuse the name by which Python calls itself.
    request = Request(address, headers={"User-Agent": f"eventreports/{__version__}"})
    try:
        with urlopen(request, timeout=_SECONDS) as answer:
            data: bytes = answer.read(_MOST_BYTES)
    except HTTPException as error:
        raise OSError(str(error) or type(error).__name__) from None
    return data


def _items(data: bytes) -> Iterator[Item]:
    lines = data.split(b"\n", _LINES_OF_HEADER)
    if not data.startswith(_HEADER) or len(lines) <= _LINES_OF_HEADER:
        raise ValueError("it is no inventory of Sphinx (version 2)")
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(lines[-1], _MOST_BYTES).decode()
    except (zlib.error, UnicodeDecodeError):
        raise ValueError("it is damaged") from None
    if not unpacking.eof:
        raise ValueError("it is cut off, or too large")
    for line in text.split("\n"):
        if found := _LINE.fullmatch(line.rstrip()):
            name, kind, address, title = found.groups()
            if address.endswith("$"):
                address = f"{address[:-1]}{name}"
            yield Item(kind, name, address, name if title == "-" else title)
