"""Search as one types, which finds Japanese, and sections of pages; for sites on any static host.

Browsers search with Pagefind where they can run it, and else with Sphinx's own index, of pairs of
characters. Other extensions add names, dates and filters by events (``docs/sphinx-events.md``).
"""

from .extension import setup

__all__ = ["setup"]
