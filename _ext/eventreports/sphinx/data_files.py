"""The files in which a site has its events for other programs, and how pages link to them."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.osutil import relative_uri

from ..render.labels import _
from .sites import SITES

EVENTS: Final = "events.json"
FEED: Final = "feed.xml"


class DataLink(NamedTuple):
    """A link to one of the files.

    :param uri: Its address, relative to a page.
    :param title: What it is, in the site's language.
    :param media_type: Its media type.
    :param icon: One of ``icons.ICONS``.
    """

    uri: str
    title: str
    media_type: str
    icon: str


def site_address(config: Config) -> str:
    """Return the address of the site, with ``/`` at its end; nothing if it is not known."""
    address: str = config.html_baseurl.strip()
    is_known = address.startswith(("http://", "https://"))
    return f"{address.rstrip('/')}/" if is_known else ""


def data_links(app: Sphinx, page: str) -> Iterator[DataLink]:
    """Yield the links of a page to the files that there are.

    :param app: Sphinx.
    :param page: The page.
    :yields: The links; there is no feed where the address of the site is not known, because it
        names its entries by addresses.
    """
    if app.builder.name in SITES:
        here = app.builder.get_target_uri(page)
        if site_address(app.config):
            yield DataLink(relative_uri(here, FEED), _("Feed"), "application/atom+xml", "feed")
        yield DataLink(relative_uri(here, EVENTS), _("Data (JSON)"), "application/json", "data")
