"""Fill the overviews of events when all pages are read; the base of what looks at all events."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple
from urllib.parse import urlencode

from babel import Locale
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform

from ...core.dates import format_range
from ...core.model import SubjectKind
from ...core.subject_lists import CountedSubject
from ...render.context import rubric
from ...render.covers import palette
from ...render.facts import label
from ...render.labels import _, site_locale
from ...render.nodes import ancestors, event_block, event_overview, search_field
from ...render.overview import Link, counted_names, figures, icon_links, years_list
from ..builders.html import is_of_web
from ..data_files import data_links
from ..domain import EventDomain, event_domain
from ..domain.choices import chosen_events, facts_of_events
from ..domain.data import Choice, EventFacts, LinkTarget
from ..domain.object_types import EVENT
from ..settings import Settings
from ..sites import SITES
from ..year_pages import page_of_year

#: The parts of an overview that are names of subjects, and the kind of these.
_KINDS: Final[Mapping[str, SubjectKind]] = {"topics": "topic", "series": "series"}


class ListedEvent(NamedTuple):
    """An event of the site, with its own id, and its chosen sessions; ``None``: all of it."""

    event_id: str
    target: LinkTarget
    facts: EventFacts
    sessions: Collection[str] | None = None

    @property
    def year(self) -> int:
        return self.facts.start.year if self.facts.start else 0

    @property
    def month(self) -> int:
        return (self.facts.start.month if self.facts.start else None) or 0

    def has(self, session: str) -> bool:
        """Return whether what belongs to a session is chosen, or without one to the event."""
        return self.sessions is None or session in self.sessions

    def when(self, locale: Locale) -> str:
        """Return when it was, as its author says it or as the language writes it."""
        start, end = self.facts.start, self.facts.end
        return self.facts.date_text or (format_range(start, end, locale) if start and end else "")


class OverallTransform(SphinxPostTransform):
    """What transforms that show all events have in common."""

    @property
    def domain(self) -> EventDomain:
        """The domain of events."""
        return event_domain(self.env)

    @property
    def locale(self) -> Locale:
        """The site's locale."""
        return site_locale(self.config.language)

    @property
    def is_on_web(self) -> bool:
        """Whether the page is one of a web site, with what only these have."""
        return is_of_web(self.env._app.builder)

    def events(self, choice: Choice) -> list[ListedEvent]:
        """Return the events of a choice, newest first."""
        facts = facts_of_events(self.domain)
        chosen = [
            ListedEvent(one, self.domain.targets[EVENT.name][(one,)][0], facts[one], sessions)
            for one, sessions in chosen_events(self.domain, choice).items()
        ]
        return sorted(chosen, key=lambda one: one.facts.start or (), reverse=True)

    def heading(self, placeholder: nodes.Element, text: str, name: str) -> nodes.rubric:
        """Return a heading, which web pages have below that of its section."""
        node = rubric(text, name)
        if self.is_on_web:
            above = sum(isinstance(one, nodes.section) for one in ancestors(placeholder))
            node["heading-level"] = min(above + 1, 6)
        return node

    def link(self, role: str, target: str, refdoc: str) -> Link:
        """Return what makes a link of nodes to an object of the domain."""

        def make(children: Sequence[nodes.Node]) -> nodes.Node:
            return addnodes.pending_xref(
                "",
                nodes.inline("", "", *children),
                refdomain="event",
                reftype=role,
                reftarget=target,
                refexplicit=True,
                refwarn=False,
                refdoc=refdoc,
            )

        return make

    def year_link(self, refdoc: str, year: int) -> Link:
        """Return what makes a link to the page of a year, if there is one in this output."""
        page = page_of_year(Settings.of(self.config), year)
        try:
            uri = self.env._app.builder.get_relative_uri(refdoc, page)
        except NoUri:
            return _text
        return link_to(uri) if page in self.env.found_docs else _text


class Overviews(OverallTransform):
    """Replace the placeholders of overviews; runs before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        for overview in list(self.document.findall(event_overview)):
            overview.replace_self(self.filled(overview))

    def filled(self, overview: nodes.Element) -> nodes.Element:
        """Return what an overview shows."""
        parts = overview["parts"]
        block = event_block("", classes=overview["classes"], support_smartquotes=False)
        if len(parts) == 1:
            block["classes"] += ["event-overview-one"]
        for part in parts:
            if made := next(self._part(overview, part), None):
                headings = {
                    "years": _("By year"),
                    "topics": label("topics"),
                    "series": label("series"),
                }
                # The author has given one alone a heading, or none.
                has_heading = part in headings and len(parts) > 1
                head = [self.heading(overview, headings[part], "event-part")] if has_heading else []
                block += event_block("", *head, made, classes=[f"event-overview-{part}"])
        return block

    def _part(self, overview: nodes.Element, part: str) -> Iterator[nodes.Element]:
        """Yield a part, unless there is nothing to show."""
        refdoc = overview["refdoc"]
        events = facts_of_events(self.domain)
        if part == "search" and self.has_search:
            yield search_field()
        if part == "years" and events:
            colors: dict[int, list[str]] = {}
            for event_id, facts in sorted(events.items(), key=lambda one: one[1].start or ()):
                crest = palette(event_id, facts.start, facts.color).crest
                colors.setdefault(facts.start.year if facts.start else 0, []).append(crest)
            yield years_list(colors, partial(self.year_link, refdoc), on_web=self.is_on_web)
        kind = _KINDS.get(part)
        if kind and (counted := self.domain.subjects.figures.counted[kind]):
            names = [
                (one.name, one.number, self._subject_link(refdoc, kind, one))
                for one in counted[: overview["limit"]]
            ]
            yield counted_names(names, on_web=self.is_on_web)
        if part == "figures" and events:
            numbers = {
                "events": len(events),
                "sessions": sum(facts.session_count for facts in events.values()),
                "speakers": self.domain.subjects.figures.speakers,
                "slides": sum(facts.slides for facts in events.values()),
                "videos": sum(facts.videos for facts in events.values()),
            }
            yield figures(numbers, self.locale, on_web=self.is_on_web)
        links = [*data_links(self.env._app, refdoc)] if part == "data" else []
        if links:
            yield icon_links((link.uri, link.title, link.icon) for link in links)

    @property
    def has_search(self) -> bool:
        """Whether the site has a page that searches."""
        return self.env._app.builder.name in SITES

    def _subject_link(self, refdoc: str, kind: SubjectKind, subject: CountedSubject) -> Link:
        """Return what makes a link to a subject's page.

        Without one, that of a topic leads to what the search finds of it, if it has that filter.
        """
        uri = ""
        page = subject.has_page and self.domain.subjects.page_named(kind, subject.id)
        if page:
            uri = self.env._app.builder.get_relative_uri(refdoc, page)
        elif kind == "topic":
            uri = topic_uri(self.env._app, refdoc, subject.name)
        return link_to(uri) if uri else _text


def topic_uri(app: Sphinx, refdoc: str, topic: str) -> str:
    """Return the address at which the search shows a topic; nothing if it cannot.

    :param app: Sphinx.
    :param refdoc: The page on which the link is.
    :param topic: The topic.
    :returns: An address relative to the page.
    """
    if app.builder.name not in SITES or "cjksearch" not in app.extensions:
        return ""
    page = app.builder.get_relative_uri(refdoc, "search")
    return f"{page}?{urlencode({'topic': topic})}"


def link_to(uri: str) -> Link:
    """Return what makes a link of nodes to an address of the site."""
    return lambda children: nodes.reference("", "", *children, refuri=uri, internal=True)


def _text(children: Sequence[nodes.Node]) -> nodes.Node:
    return nodes.inline("", "", *children)
