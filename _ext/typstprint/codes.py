"""QR codes: a phone reads from paper where a link leads."""

from __future__ import annotations

import hashlib
from pathlib import Path

import segno


def qr_code(address: str, folder: Path) -> str:
    """Write the code of an address into ``folder``; returns the file's name.

    A file of that name is of that address: it is not made again, which is most of the work.

    :raises segno.DataOverflowError: where an address is too long for a code.
    """
    name = f"qr-{hashlib.sha256(address.encode()).hexdigest()[:16]}.svg"
    file = Path(folder, name)
    if not file.exists():
        # ISO/IEC 18004 asks for four modules of white around it; paper is white, so two will do.
        code = segno.make(address, micro=False)
        file.parent.mkdir(parents=True, exist_ok=True)
        # Not left half written where a build is broken off.
        unfinished = file.with_suffix(".part")
        with unfinished.open("wb") as stream:
            code.save(stream, kind="svg", border=2)
        unfinished.replace(file)
    return name
