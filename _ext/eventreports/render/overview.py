"""What a site has of events, at a glance: its years, topics, series and figures."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from babel import Locale
from docutils import nodes

from .context import joined, paragraph, plain
from .labels import _, count_text
from .nodes import counted, event_figures, event_icon, year_bar, year_list

#: From so many events a year on it is one bar.
_MOST_BLOCKS = 12
#: With more years than these, those without an event are left out.
_MOST_YEARS = 12
#: The parts of the most frequent name's number above which a name is larger.
_SHARES = (0.2, 0.6)

#: Makes a link of nodes, or leaves them as they are, where there is no page.
Link = Callable[[Sequence[nodes.Node]], nodes.Node]


def years_list(
    colors: Mapping[int, Sequence[str]], link: Callable[[int], Link], *, on_web: bool
) -> year_list:
    """Return the years with the numbers of their events.

    :param colors: By year (0: without a date) the colour of the cover of each event.
    :param link: Returns for a year what makes a link to its page.
    :param on_web: Whether bars are drawn; these have years without an event between them, too.
    :returns: The list, the first year first.
    """
    years = sorted(year for year in colors if year)
    if on_web and years and years[-1] - years[0] < _MOST_YEARS:
        years = [*range(years[0], years[-1] + 1)]
    most = max(map(len, colors.values()), default=0)
    items = []
    for year in (*years, *([0] if 0 in colors else [])):
        events = colors.get(year, ())
        kinds = ["event-year"] if year else ["event-year", "event-undated", "event-phrases"]
        body: list[nodes.Node] = [plain(year_name(year), *kinds)]
        if events:
            body.append(count(len(events)))
        elif on_web:
            body.append(plain("–", "event-count"))
        if on_web:
            shown = list(events) if most <= _MOST_BLOCKS else []
            body.insert(0, year_bar(colors=shown, number=len(events), most=most))
        item = paragraph([link(year)(body) if events else nodes.inline("", "", *body)])
        items.append(nodes.list_item("", item))
    return year_list("", *items, number=len(items), classes=["event-years"], bullet="-")


def year_name(year: int) -> str:
    """Return a year as it is shown; 0 stands for events without a date."""
    return f"{year:04}" if year else _("Without a date")


def counted_names(found: Sequence[tuple[str, int, Link]], *, on_web: bool) -> nodes.Element:
    """Return topics or series with the numbers of what is of them, on web pages in three sizes.

    :param found: Each with its number and what makes a link to it, the most frequent first.
    :param on_web: Whether they may be drawn large.
    :returns: A list, or a line.
    """
    names = [[link([plain(name)]), count(number)] for name, number, link in found]
    if not on_web:
        return paragraph(joined([nodes.inline("", "", *name) for name in names]))
    items = [
        nodes.list_item(
            "", paragraph(name), classes=[f"event-weight-{weight(number, found[0][1])}"]
        )
        for name, (_name, number, _link) in zip(names, found, strict=True)
    ]
    return nodes.bullet_list("", *items, classes=["event-topic-cloud"], bullet="-")


def weight(number: int, most: int) -> int:
    """Return from 1 to 3 how large a name is shown.

    :param number: How often it is named.
    :param most: How often the most frequent one is.
    :returns: The weight; that of what is named once is 1.
    """
    return 1 if number == 1 else 1 + sum(number > share * most for share in _SHARES)


def figures(numbers: Mapping[str, int], locale: Locale, *, on_web: bool) -> nodes.Element:
    """Return numbers of what there is.

    :param numbers: By the kinds of :func:`count_text`.
    :param locale: The site's locale.
    :param on_web: Whether they may be drawn large.
    :returns: The node.
    """
    texts = [count_text(kind, number, locale) for kind, number in numbers.items() if number]
    if on_web:
        return event_figures(figures=texts)
    return paragraph(joined([plain(text) for text in texts]))


def icon_links(links: Iterable[tuple[str, str, str]]) -> nodes.paragraph:
    """Return links with signs, beside one another.

    :param links: Of each the address, the text and the name of the sign.
    :returns: A paragraph.
    """
    made = [
        nodes.reference("", "", event_icon(name=icon), plain(text), refuri=uri, internal=True)
        for uri, text, icon in links
    ]
    return paragraph(made)


def count(number: int) -> counted:
    """Return a number behind what is counted."""
    text = f" ({number})"
    return counted(text, text, number=number, classes=["event-count"])
