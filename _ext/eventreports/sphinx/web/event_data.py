"""Write the events of the site for other programs: as JSON with its schema, and as a feed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinxcommon.files import write_if_changed
from sphinxcommon.messages import Message

from ...core.entity import shape
from ...core.model import ENTITIES
from ...core.schema import EVENTS_FILE_NAME
from ...core.value_types import PATH
from ...render.feed import Site, feed, is_feed
from ...render.labels import site_locale
from ..builders.html import is_of_site
from ..builders.image_names import image_name
from ..builders.write_errors import report_unwritten
from ..data_files import EVENTS, FEED, data_links, site_address
from ..domain import event_domain
from ..domain.copied_files import copied_files
from ..domain.data import LinkTarget
from ..domain.object_types import EVENT, SESSION
from ..sites import SITES

_SCHEMA: Final = Path(__file__).parents[2] / EVENTS_FILE_NAME
#: The keys of the normal form whose values are files.
_FILES: Final = frozenset(
    key for entity in ENTITIES for key in entity.model_fields if shape(entity, key).of is PATH
)


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("html-page-context", add_links)
    # When files are removed that no page offers any longer (900).
    app.connect("build-finished", write_files, priority=950)


def add_links(
    app: Sphinx,
    page: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Say in the head of a page where the files are."""
    for link in data_links(app, page):
        title = escape(f"{app.config.project}: {link.title}")
        tag = f'<link rel="alternate" type="{link.media_type}" title="{title}" href="{link.uri}" />'
        context["metatags"] = f"{context.get('metatags') or ''}{tag}\n"


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the files that have changed, and remove the feed where there is none any longer."""
    builder = app.builder
    if exception or builder.name not in SITES or not isinstance(builder, StandaloneHTMLBuilder):
        return
    try:
        for name, text in _files(app, builder):
            if not is_of_site(app, name):
                write_if_changed(Path(app.outdir, name), text)
        stale = Path(app.outdir, FEED)
        if not site_address(app.config) and stale.is_file() and is_feed(stale.read_bytes()):
            stale.unlink()
    except OSError as error:
        message = Message("{path} cannot be written: {reason}", path=EVENTS, reason=str(error))
        report_unwritten(app, message)


def _files(app: Sphinx, builder: StandaloneHTMLBuilder) -> Iterator[tuple[str, str]]:
    """Yield the names of the files, and what is in them."""
    config, address = app.config, site_address(app.config)
    events = EventData(builder, address)
    yield EVENTS, _json(f"{address}{EVENTS_FILE_NAME}", events)
    yield EVENTS_FILE_NAME, _SCHEMA.read_text(encoding="utf-8")
    if address:
        written = event_domain(app.env).events_with_words
        reports = (one for one in events if one["id"] in written)
        locale = site_locale(config.language)
        site = Site(config.project, address, f"{address}{FEED}", config.language, locale)
        yield FEED, feed(site, reports)


def _json(schema: str, events: Iterable[Mapping[str, Any]]) -> str:
    """Return the text of the data, with a line for each event."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lines = ",\n".join(map(encode, events))
    return f'{{"$schema":{encode(schema)},"events":[\n{lines}\n]}}\n'


class EventData:
    """The events of a site in their normal form, with addresses and points.

    :param builder: The builder of the site, when all its files are written.
    :param address: The address of the site; without one, addresses are relative to it.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, address: str) -> None:
        self._builder = builder
        self._address = address
        self._domain = event_domain(builder.env)
        self._noted = self._domain.noted_of_events("points")
        self._downloads = copied_files(builder.env)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the events that have a page, the newest first; those without a date come last."""
        found = []
        for (event_id,), (target, *_others) in self._domain.targets[EVENT.name].items():
            if kept := self._domain.normal_forms.get(target.docname):
                text = kept.text
                event = json.loads(text)
                found.append((event.get("start_date", ""), event["id"], event_id, target, text))
        found.sort(key=lambda one: one[1])
        found.sort(key=lambda one: one[0], reverse=True)
        # One at a time, for there may be many.
        for _date, _id, event_id, target, text in found:
            event = json.loads(text, object_hook=self._with_addresses)
            event["page_url"] = self._page(target)
            event["points"] = self._points(event_id, "")
            self._complete(event_id, event.get("sessions", ()))
            yield event

    def _complete(self, event_id: str, sessions: Iterable[dict[str, Any]]) -> None:
        """Add to sessions, and to those within them, where they are shown, and their points."""
        for session in sessions:
            if target := self._domain.link_target(SESSION, (event_id, session["id"])):
                session["page_url"] = self._page(target)
            session["points"] = self._points(event_id, session["id"])
            self._complete(event_id, session.get("children", ()))

    def _points(self, event_id: str, session_id: str) -> list[str]:
        """Return the points that pages note of a session, or of an event as a whole."""
        noted = self._noted.get(event_id, ())
        return [text for one in noted if one.session == session_id for text in one.texts]

    def _page(self, target: LinkTarget) -> str:
        anchor = f"#{quote(target.anchor)}" if target.anchor else ""
        return f"{self._address}{self._builder.get_target_uri(target.docname)}{anchor}" or "./"

    def _with_addresses(self, found: dict[str, Any]) -> dict[str, Any]:
        """Return an object whose files are named by their addresses, as far as they have any."""
        for key in _FILES & found.keys():
            if path := self._published(found[key]):
                found[key] = f"{self._address}{quote(path)}"
            else:
                del found[key]
        return found

    def _published(self, path: str) -> str | None:
        """Return where a file of the project is in the output; ``None`` if no page offers it."""
        if path in self._downloads:
            return f"_downloads/{self._downloads[path]}"
        copied = f"{self._builder.imagedir}/{image_name(path)}"
        return copied if Path(self._builder.outdir, copied).is_file() else None
