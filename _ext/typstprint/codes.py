"""QR codes: a phone reads from paper where a link leads."""

from __future__ import annotations

import hashlib
from pathlib import Path

import segno


def qr_code(address: str, folder: Path) -> str:
    """Write the code of an address into ``folder``; returns the file's name."""
    name = f"qr-{hashlib.sha256(address.encode()).hexdigest()[:16]}.svg"
    folder.mkdir(parents=True, exist_ok=True)
    # ISO/IEC 18004 asks for four modules of white around it; paper is white, so two will do.
    segno.make(address, micro=False).save(str(folder / name), border=2)
    return name
