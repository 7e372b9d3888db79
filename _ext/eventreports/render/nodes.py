"""The nodes of events in a document.

Each is a subclass of a standard node, so that every writer supports it; HTML alone has visitors of
their own (``sphinx/html_visitors.py``). Other extensions know a node's meaning by its classes.
"""

from collections.abc import Iterator
from typing import Final

from docutils import nodes
from sphinx import addnodes


class byline(nodes.paragraph):
    """Who wrote a page, below its heading. Attribute ``reporters``: the names."""


#: Nodes that may stand between a heading and the facts of the session whose notes are below it.
UNSEEN: Final = (nodes.title, nodes.Invisible, nodes.system_message, byline)


class event_block(nodes.container):
    """The output of one directive; its first class says of which.

    Attribute ``color``, as :class:`colored`: that of the event, beside its facts.
    """


class left_out_block(nodes.comment):
    """Stands where a block is left out, while directives look at what is in them.

    That of a figure takes an empty comment for no caption, and nothing at all for a fault.
    """


class fact(nodes.field):
    """One of the facts, with its label."""


class fold(nodes.container):
    """What a web page may fold to a line. Attributes: ``label``; ``hint``, on what is in it."""


class event_figures(nodes.General, nodes.Element):
    """Numbers, which web pages alone have. Attribute ``figures``: texts that say of what."""


class session_bar(nodes.General, nodes.Element):
    """What web pages have above a session's notes, to move from one to the next.

    Attributes: ``title``; ``number`` and ``total``; ``previous`` and ``next``, addresses that may
    be empty.
    """


class page_links(nodes.container):
    """Links to where a page is changed, on web sites alone. Attribute ``label``: what they are."""


class repeated_date(nodes.inline):
    """The date in a page's title, which stands on the cover above it on web pages."""


class title_text(nodes.inline):
    """Text of a title, which web pages may break between its phrases."""


class session_facts(event_block):
    """One session's facts; if it is the first thing under a heading, the section is its home.

    Attributes: ``event`` and ``session``, the ids; ``refdoc``, the page; ``old_ids``, the
    session's former ids; ``title``, the session's title; ``titles``, what a heading may say, one a
    line; ``people``, the speakers, one a line, each with the reading of the name behind a tab.
    """


class card_list(nodes.bullet_list):
    """Cards in a grid. Attribute ``columns``: sphinx-design's row classes."""


class card(nodes.list_item):
    """One card. Attributes as :class:`session_facts`, where it shows a session, and ``number``.

    That is its place among the cards, where it is not the only one.
    """


class subject_name(nodes.inline):
    """The name of a person, an organization, a topic or a series; web pages link it to its page.

    Attributes: ``kind``, that of the subject; ``subject``, the name as the data has it first;
    ``event``, the id of the event that names it.
    """


class resource_reference(nodes.reference):
    """An external link of the data; in plain text its address is shown beside its text.

    Attribute ``start``: the second of a video at which it begins.
    """


class file_reference(addnodes.download_reference):
    """A local file of the data; in plain text its name is shown beside its text."""


class time_link(nodes.inline):
    """A time in a session's notes, which leads there in the video; a link where there are any.

    It is no reference, beside which books would set the address. Attribute ``refuri``.
    """


class event_logo(nodes.image):
    """A logo or picture beside a name; removed for builders that do not support its format.

    Attribute ``ratio``, as :class:`note_picture`.
    """


class event_cover(nodes.container):
    """The cover of an event, which HTML alone shows; of its own picture, if there is one in it.

    Attributes: ``event``, ``date`` and ``color``, as :func:`render.covers.cover` takes them;
    ``size``, the name of a :class:`render.covers.Size`; ``large`` and ``beside``, the date on it,
    as in :class:`core.dates.DateBlock`.
    """


class event_icon(nodes.inline):
    """A sign, which only web pages have.

    Attributes: ``name``, one of ``icons.ICONS``; ``label``, what it says, if no word beside it
    does.
    """


class note_picture(nodes.image):
    """A picture on a web page of an event.

    Attributes: ``ratio``, of its sides, if one is given; ``label``, its text as a link.
    """


class player(nodes.inline):
    """A button that shows slides or a video in place, on web pages.

    Attributes: ``address``, that of the player, empty for the file that is linked beside it;
    ``icon``, one of ``icons.ICONS``; ``subject``, what it shows.
    """


class event_initials(nodes.inline):
    """A person's initials, as a decoration of web pages. Attribute ``letters``."""


class colored(nodes.inline):
    """A name with a colour. Attribute ``color``: ``#rrggbb``, or ``None``."""


class schedule_item(nodes.list_item):
    """One item of the programme.

    Attributes: as :class:`session_facts`, if it is a session; ``color``, as :class:`colored`, if
    that has a track.
    """


class schedule_grid(nodes.bullet_list):
    """One day's programme: a list of items by time, in HTML a grid.

    Attributes: ``caption``; ``time``, the head of the column of times; ``heads``, the heads of the
    other columns, one a line; ``colors``, as :class:`colored`, of each; ``widths``, the number of
    grid columns of each; ``rows``, each a
    tuple of its start (in minutes) and its cells, each a tuple of the indexes of its items (none
    for a gap) and the numbers of rows and columns that it spans.
    """


class event_listing(nodes.General, nodes.Element):
    """Placeholder for a list of events until all pages are read.

    Attributes: ``layout``; ``choice``, which events; ``limit``. What is in it is shown where there
    is no event.
    """


class gathered_notes(nodes.General, nodes.Element):
    """Placeholder for the points or actions of events until all pages are read.

    Attributes: ``kind``; ``events``, their ids, or ``None`` for all; ``choice`` and ``limit``, as
    of :class:`event_listing`; ``status``, which actions (``None``: all); ``refdoc``.
    """


class subject_list(nodes.General, nodes.Element):
    """Placeholder for a list of people, organizations or topics until all pages are read.

    Attributes: ``kind``; ``choice``, of which events; ``limit``, of their number; ``refdoc``.
    """


class resource_listing(nodes.General, nodes.Element):
    """Placeholder for the slides and videos of many events until all pages are read.

    Attributes: ``kinds``; ``languages``, as of a page's context; ``choice`` and ``limit``, as of
    :class:`event_listing`; ``refdoc``.
    """


class event_overview(nodes.General, nodes.Element):
    """Placeholder for an overview of the events until all pages are read.

    Attributes: ``parts``; ``limit``, of the number of topics and of series.
    """


class search_field(nodes.General, nodes.Element):
    """A field to search the site, which its web pages alone have."""


class year_list(nodes.bullet_list):
    """Years beside one another. Attribute ``number``: how many there are."""


class year_bar(nodes.inline):
    """The events of a year as blocks in the colours of their covers, which web pages alone have.

    Attributes: ``colors``; ``number``, of which there are colours where the blocks would not be too
    low; ``most``, the number of the year that has most.
    """


class counted(nodes.inline):
    """How many there are, in brackets; on web pages the number alone. Attribute ``number``."""


def is_across(grid: nodes.Element, columns: int) -> bool:
    """Return whether a cell of that width goes across, so that no column's head says where it is.

    The head of a single column says so for all.
    """
    widths, heads = grid["widths"], grid["heads"]
    return bool(columns == sum(widths) and (len(widths) > 1 or not heads))


def timed_items(grid: nodes.Element) -> list[nodes.Element]:
    """Return the items that stand in the grid."""
    cells = (cell for _start, cells in grid["rows"] for cell in cells)
    return [grid[number] for numbers, *_size in cells for number in numbers]


def untimed_items(grid: nodes.Element) -> list[nodes.Node]:
    """Return the items that stand below the grid."""
    timed = set(map(id, timed_items(grid)))
    return [item for item in grid.children if id(item) not in timed]


def classes_of(node: nodes.Node) -> list[str]:
    """Return the classes of a node; a text has none."""
    return list(node.get("classes", [])) if isinstance(node, nodes.Element) else []


def is_home(node: nodes.Element) -> bool:
    """Return whether a node is a section that is the home of a session."""
    return "event-session-notes" in node["classes"]


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the ancestors of a node, the nearest first."""
    while node.parent is not None:
        node = node.parent
        yield node
