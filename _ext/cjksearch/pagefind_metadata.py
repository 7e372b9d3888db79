"""The metadata of a Pagefind index, made smaller: which records and which index files there are.

Pagefind names each record by a hash, and lists all records again in each order that they can be
sorted in: ten bytes a record that every reader downloads. The order of records is then known only
to a search for nothing, for which Pagefind downloads the whole index. Here the name of a record is
its row: in hexadecimal digits, the last one first, which compress to one byte a record.

The file is gzipped CBOR (pagefind/src/index/index_metadata.rs).
"""

import gzip
from pathlib import Path
from typing import Final

import cbor2

#: What the unpacked file begins with.
_SIGNATURE: Final = b"pagefind_dcd"
#: The word count of every record: Pagefind ranks by it, and we do not.
_WORD_COUNT: Final = 1
#: The level of compression; such names get smaller by this one than by the highest.
_LEVEL: Final = 6


def name_by_row(folder: Path) -> list[str]:
    """Name each record by its row, its place in the order ``row``, and remove that order.

    :param folder: The folder of the index.
    :return: The first word of each index file.
    :raises ValueError: If the file is not as expected.
    """
    (path,) = folder.glob("*.pf_meta")
    data = gzip.decompress(path.read_bytes())
    try:
        version, records, chunks, filters, [[name, order]], *others = cbor2.loads(
            data.removeprefix(_SIGNATURE)
        )
        rows: dict[int, int] = {record: row for row, record in enumerate(order)}
        width = len(f"{len(records):x}")
        names = [f"{rows[record]:0{width}x}"[::-1] for record in range(len(records))]
        firsts: list[str] = [first for first, _last, _hash in chunks]
    except (cbor2.CBORError, TypeError, ValueError, LookupError) as error:
        raise ValueError(f"{path.name} is not as expected") from error
    if not data.startswith(_SIGNATURE) or name != "row":
        raise ValueError(f"{path.name} is not as expected")
    counted = [[one, _WORD_COUNT] for one in names]
    metadata = cbor2.dumps([version, counted, chunks, filters, [], *others])
    path.write_bytes(gzip.compress(_SIGNATURE + metadata, _LEVEL, mtime=0))
    return firsts
