"""Search as one types, which finds Japanese, and sections of pages; for sites on any static host.

Browsers search an index in small scripts, of which they read what a query needs, from any host and
from files. Other extensions add names, dates and filters by events (``docs/sphinx-events.md``).
"""

from .extension import setup

__all__ = ["setup"]
