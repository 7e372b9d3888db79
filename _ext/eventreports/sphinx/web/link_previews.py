"""What chats and timelines show of a link to a page: title, description, and a card (Open Graph).

Cards are pictures that Typst sets at the end of a build, in one document: of the pages that were
written, those that are not there yet. A card's name has a digest of what it is made of.
"""

import json
import re
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config

from sphinxcommon.files import short_digest, write_whole
from sphinxcommon.messages import Message
from sphinxcommon.phrases import shortened

from ...core.dates import date_block
from ...render.covers import Size
from ...render.labels import _, ngettext, site_locale, word
from ...render.link_cards import LinkCard
from ...render.nodes import ancestors, event_block
from ...render.subject_pages import EventRow, Link, SubjectView
from ..builders.write_errors import report_unwritten
from ..data_files import site_address
from ..domain import event_domain
from ..domain.object_types import EVENT
from ..settings import Settings
from ..year_pages import FOLDER

_TEMPLATE: Final = Path(__file__).with_name("link_cards.typ").read_bytes()
#: The extension that is made for this, by whose settings a site may prefer it.
_OTHER: Final = "sphinxext.opengraph"
#: How many columns a description takes at most; a letter of Japanese takes two.
_COLUMNS: Final = 240
#: So many events fill a description.
_MOST_EVENTS: Final = 20
#: The classes of notes that tell best what was there.
_TELLING: Final = ("event-points", "event-impressions")
#: A Japanese sentence ends without one.
_BLANK_AFTER_MARK: Final = re.compile(r"(?<=[。！？」）]) ")
_LISTS: Final = (nodes.bullet_list, nodes.enumerated_list)
#: What has no text of its own in it.
_ASIDE: Final = (
    *(event_block, nodes.Admonition, nodes.system_message, nodes.footnote, nodes.table),
    *(nodes.topic, nodes.sidebar, nodes.figure),
)


@dataclass(frozen=True)
class _Preview:
    """What is shown of a page; ``picture`` is the name of the card's file, if there is one."""

    title: str
    description: str
    picture: str = ""


class Head(NamedTuple):
    """The HTML of the tags in the head of a page, and the name of its card, if there is one."""

    tags: str
    picture: str


class LinkPreviews:
    """The previews of the pages that a build writes; its methods are listeners of Sphinx's events.

    :param builder: A builder of web pages.
    """

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._compiler = _compiler() if _has_cards(builder.config) else ""
        self._previews: dict[str, _Preview] = {}
        self._cards: dict[str, dict[str, Any]] = {}

    def note(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Note what is shown of a page that is about to be written."""
        card = _card(app, docname)
        picture = ""
        if self._compiler:
            picture = self._picture(card)
            # So that it is known for a file of the page, and removed with it.
            app.env.images.add_file(docname, picture)
        self._previews[docname] = _Preview(card.title, _description(doctree), picture)

    def add_tags(
        self,
        _app: Sphinx,
        page: str,
        _template: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        """Write the preview into the head of a page, but for what is there already."""
        if preview := self._previews.get(page):
            there = context.get("metatags") or ""
            context["metatags"] = "\n".join([there, *self._tags(page, preview, there)])

    def head_of_subject(self, page: str, view: SubjectView) -> Head:
        """Return what the page of a subject has in its head.

        :param page: Its page.
        :param view: What that shows.
        :returns: Its tags, and a series' card; of people and topics there are too many.
        """
        picture = ""
        if self._compiler and view.kind == "series":
            picture = self._picture(_card_of_series(view, self._builder.config.project))
        preview = _Preview(view.name, _description_of_subject(view), picture)
        return Head("\n".join(self._tags(page, preview)), picture)

    def _picture(self, card: LinkCard) -> str:
        """Return the name of the picture of a card, which is made if it is missing."""
        data = card.data()
        picture = f"card-{short_digest((data, _TEMPLATE, self._compiler))}.png"
        self._cards[picture] = data
        return picture

    def _tags(self, page: str, preview: _Preview, there: str = "") -> list[str]:
        """Return the tags of a page, but for those that are there."""
        return [
            f'<meta {name} content="{escape(content)}" />'
            for name, content in self._names(page, preview).items()
            if name not in there
        ]

    def _names(self, page: str, preview: _Preview) -> dict[str, str]:
        """Return what tags say of a page, by their names."""
        config = self._builder.config
        base = config.html_baseurl.rstrip("/")
        is_front = page == config.root_doc
        found = {
            'property="og:title"': preview.title,
            'property="og:type"': "website" if is_front else "article",
            'property="og:site_name"': config.project,
            'name="twitter:card"': "summary_large_image" if preview.picture else "summary",
        }
        if preview.description:
            found['name="description"'] = preview.description
            found['property="og:description"'] = preview.description
        if base:
            address = self._builder.get_target_uri(page).partition("#")[0]
            found['property="og:url"'] = f"{base}/{address}"
        if preview.picture:
            width, height = Size.LINK.value
            found['property="og:image"'] = f"{base}/{self._builder.imagedir}/{preview.picture}"
            found['property="og:image:width"'] = str(width)
            found['property="og:image:height"'] = str(height)
            found['property="og:image:alt"'] = preview.title
        return found

    def make_cards(self, app: Sphinx, exception: Exception | None) -> None:
        """Make the cards that are missing."""
        folder = Path(app.outdir, self._builder.imagedir)
        missing = {
            folder / name: data
            for name, data in sorted(self._cards.items())
            if not (folder / name).exists()
        }
        if missing and not exception:
            try:
                for path, data in zip(missing, _drawn([*missing.values()]), strict=True):
                    write_whole(path, data)
            except (OSError, RuntimeError) as error:
                message = Message("the cards of links cannot be made: {reason}", reason=str(error))
                report_unwritten(app, message)


def _has_cards(config: Config) -> bool:
    """Return whether links are to have cards, which need the address of the site."""
    return bool(site_address(config)) and Settings.of(config).link_cards


def _compiler() -> str:
    """Return the version of the compiler; nothing if this or its fonts are not installed."""
    try:
        import_module("sphinxcommon.typst_fonts")
    except ImportError:
        return ""
    return version("typst")


def _drawn(cards: list[dict[str, Any]]) -> list[bytes]:
    """Return the picture of each card."""
    import typst

    from sphinxcommon.typst_fonts import fonts_with

    compiler = typst.Compiler(font_paths=fonts_with(()))
    made = compiler.compile(
        # A point is a pixel.
        input=_TEMPLATE,
        format="png",
        ppi=72,
        sys_inputs={"cards": json.dumps(cards)},
    )
    return [made] if isinstance(made, bytes) else [*(made or ())]


def _card(app: Sphinx, docname: str) -> LinkCard:
    """Return what is on the card of a page."""
    domain, config = event_domain(app.env), app.config
    heading = app.env.titles[docname].astext() if docname in app.env.titles else config.project
    site = config.project if heading != config.project else ""
    entry = domain.library.entry_of_page(docname)
    target = domain.link_target(EVENT, (entry.event_id,)) if entry else None
    if entry is None or target is None:
        return LinkCard(heading, (docname, None, None), facts=_of_year(app, docname), site=site)
    event: Any = target.facts
    card = LinkCard(
        heading,
        (entry.event_id, event.start, event.color),
        date_block(event.start, event.end, site_locale(config.language)),
        (target.title,),
        site,
    )
    if docname != entry.page:
        return card
    sessions = ngettext("{number} session", "{number} sessions", event.session_count)
    count = sessions.format(number=event.session_count) if event.session_count else ""
    facts = (word("status", event.status), event.venue, count)
    return replace(card, title=target.title, facts=tuple(filter(None, facts)))


def _of_year(app: Sphinx, docname: str) -> tuple[str, ...]:
    """Return how many events the page of a year lists."""
    folder, _slash, year = docname.rpartition("/")
    if folder != f"{Settings.of(app.config).folder}/{FOLDER}" or not year.isdecimal():
        return ()
    events = event_domain(app.env).targets[EVENT.name].values()
    number = sum(target.group == str(int(year)) for target, *_others in events)
    return (ngettext("{number} event", "{number} events", number).format(number=number),)


def _card_of_series(view: SubjectView, site: str) -> LinkCard:
    """Return what is on the card of a series, with the cover of its newest event."""
    number = len(view.events)
    years = sorted({str(event.year) for event in view.events if event.year})
    facts = [ngettext("{number} event", "{number} events", number).format(number=number)]
    facts.append("–".join(dict.fromkeys([years[0], years[-1]]) if years else ()))
    newest = next(iter(view.events), EventRow(Link("")))
    return LinkCard(view.name, newest.cover, facts=tuple(filter(None, facts)), site=site)


def _description_of_subject(view: SubjectView) -> str:
    """Return what tells best who or what a subject is: what is said, or where it stands."""
    titles = (event.title.text for event in islice(view.events, _MOST_EVENTS))
    return shortened(view.description or _(", ").join(titles), _COLUMNS)


def _description(doctree: nodes.document) -> str:
    """Return what tells best what a page is about.

    The author says so; else there are points and impressions, of the event before those of
    sessions; its description; the first words of the page; what it lists.
    """
    metas = doctree.findall(nodes.meta)
    said = [meta["content"] for meta in metas if meta.get("name") == "description"]
    sections = [
        section
        for section in doctree.findall(nodes.section)
        if not set(_TELLING).isdisjoint(section["classes"])
    ]
    sections.sort(key=lambda section: bool(section.get("session")))
    notes = next(filter(None, map(_points, sections)), [])
    texts = said or notes or _texts(doctree, "event-description") or _first_words(doctree)
    if not texts:
        texts = [_(", ").join(_texts(doctree, "event-card-title"))]
    text = " ".join(" ".join(texts).split())
    return shortened(_BLANK_AFTER_MARK.sub("", text), _COLUMNS)


def _points(section: nodes.section) -> list[str]:
    """Return the first paragraph of each point, without what is below it."""
    lists = [one for one in section.children if isinstance(one, _LISTS)]
    points = [next(iter(item.findall(nodes.paragraph)), None) for one in lists for item in one]
    return [point.astext() for point in points if point] or _first_words(section)


def _texts(root: nodes.Element, kind: str) -> list[str]:
    return [one.astext() for one in root.findall(nodes.Element) if kind in one.get("classes", ())]


def _first_words(root: nodes.Element) -> list[str]:
    """Return the first paragraph that is no part of anything else."""
    paragraphs = (
        one
        for one in root.findall(nodes.paragraph)
        if one.astext().strip()
        and "event-printouts" not in one["classes"]
        and not any(isinstance(above, _ASIDE) for above in ancestors(one))
    )
    return [one.astext() for one in islice(paragraphs, 1)]


#: The previews of the builds of the process.
_OF_BUILDERS: WeakKeyDictionary[Builder, LinkPreviews] = WeakKeyDictionary()


def link_previews(builder: Builder) -> LinkPreviews | None:
    """Return the previews of a build, if it writes any."""
    return _OF_BUILDERS.get(builder)


def preview_links(app: Sphinx) -> None:
    """Have the builder write previews, unless another extension does."""
    builder = app.builder
    is_site = isinstance(builder, StandaloneHTMLBuilder) and not builder.embedded
    if not is_site or not hasattr(builder, "templates") or _OTHER in app.extensions:
        return
    previews = _OF_BUILDERS[builder] = LinkPreviews(builder)
    # When lists are filled, and sections have their numbers.
    app.connect("doctree-resolved", previews.note)
    # After all who write tags.
    app.connect("html-page-context", previews.add_tags, priority=950)
    app.connect("build-finished", previews.make_cards)


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("builder-inited", preview_links)
