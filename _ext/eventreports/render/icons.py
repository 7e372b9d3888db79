"""The signs beside words, or instead of them: drawn here, on 20×20, in the colour of the text."""

from html import escape
from typing import Final

#: What is inside each sign's ``<svg>``; lines, of which the style sheet says how thick they are.
ICONS: Final = {
    "calendar": (
        '<rect x="3" y="4" width="14" height="13" rx="1"/><path d="M3 8h14M7 2v3.5M13 2v3.5"/>'
    ),
    "close": '<path d="m5 5 10 10M15 5 5 15"/>',
    "contents": '<path d="M3.5 5.5h2M8.5 5.5h8M3.5 10h2M8.5 10h8M3.5 14.5h2M8.5 14.5h8"/>',
    "data": (
        '<path d="M7.5 3.5c-2.5 0-2.5 1-2.5 3s0 3-2 3.5c2 .5 2 1.5 2 3.5s0 3 2.5 3M12.5 3.5c2.5 0'
        ' 2.5 1 2.5 3s0 3 2 3.5c-2 .5-2 1.5-2 3.5s0 3-2.5 3"/>'
    ),
    "download": '<path d="M10 3v9.5M6.5 9.5 10 13l3.5-3.5M3.5 16.5h13"/>',
    "flag": '<path d="M5 17.5v-15M5 3.5h10l-2.5 3.5 2.5 3.5H5"/>',
    "feed": (
        '<path d="M4 9.5a6.5 6.5 0 0 1 6.5 6.5M4 4.5A11.5 11.5 0 0 1 15.5 16"/>'
        '<circle cx="5" cy="15" r="1.2" fill="currentColor"/>'
    ),
    "half": (
        '<circle cx="10" cy="10" r="6.5"/>'
        '<path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>'
    ),
    "link": '<path d="M11.5 3.5h5v5M16.5 3.5l-8 8M14 11.5v5H3.5V6h5"/>',
    "menu": '<path d="M3 5.5h14M3 10h14M3 14.5h14"/>',
    "moon": '<path d="M12 3a7 7 0 1 0 5 10 6 6 0 0 1-5-10z"/>',
    "next": '<path d="m7.5 4.5 5.5 5.5-5.5 5.5"/>',
    "notes": '<path d="M4.5 2.5h8l3 3v12h-11zM7 8.5h6M7 11.5h6M7 14.5h4"/>',
    "pdf": '<path d="M4.5 2.5h8l3 3v12h-11zM10 7.5v6M7.5 11l2.5 2.5 2.5-2.5"/>',
    "pen": '<path d="m3.5 16.5 1-4 9-9 3 3-9 9zM11.5 5.5l3 3"/>',
    "pin": (
        '<path d="M10 17.5c3.5-3.7 5.5-6.6 5.5-9a5.5 5.5 0 0 0-11 0c0 2.4 2 5.3 5.5 9z"/>'
        '<circle cx="10" cy="8.3" r="1.8"/>'
    ),
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "previous": '<path d="m12.5 4.5-5.5 5.5 5.5 5.5"/>',
    "search": '<circle cx="8.5" cy="8.5" r="5.5"/><path d="m12.5 12.5 5 5"/>',
    "slides": (
        '<rect x="2.5" y="3.5" width="15" height="10" rx="1"/>'
        '<path d="M10 13.5v3M6.5 17.5 10 15l3.5 2.5"/>'
    ),
    "sun": (
        '<circle cx="10" cy="10" r="3.5"/><path d="M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4'
        'M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4"/>'
    ),
    "video": '<rect x="2.5" y="4" width="15" height="12" rx="2"/><path d="m8.5 7.5 4 2.5-4 2.5z"/>',
}


def svg(name: str, label: str = "") -> str:
    """Return a sign as HTML.

    :param name: One of :data:`ICONS`.
    :param label: What it says, where no word beside it does; without one it is decoration.
    :returns: The ``<svg>`` element.
    """
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return f'<svg class="event-icon" viewBox="0 0 20 20" {meaning}>{ICONS[name]}</svg>'
