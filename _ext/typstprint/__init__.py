"""PDF by Typst: the builders ``typstprint`` (PDF) and ``typstprint-src`` (Typst sources).

From pip alone: the compiler is inside the ``typst`` package, fonts are packages too.
"""

from .documents import PrintedDocument
from .extension import setup

__all__ = ["PrintedDocument", "setup"]
