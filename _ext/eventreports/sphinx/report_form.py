"""The form of a new report: its files, with the keys and headings that are to be filled in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sphinx.config import Config

from ..core.entity import Entity
from ..core.model import Event, Session
from ..loader import FILE_NAME
from ..render.facts import label
from ..render.labels import _
from .year_pages import markup_of_site

_KEYS: Final = ("name", "date", "venue", "url", "reporters")
_KEYS_OF_SESSION: Final = ("id", "title", "speakers", "start", "slides")
#: The first sentence of a text, or what comes before its semicolon.
_SENTENCE: Final = re.compile(r"(?:[^。.;]|\.(?=\S))*")


def report_form(config: Config) -> Mapping[str, str]:
    """Return the files of a report that is still to be written.

    :param config: The settings, which say in which markup pages are.
    :returns: Their texts by their names; the facts come first.
    """
    first, *others = _lines(Session, _KEYS_OF_SESSION)
    items = [f"  - {first}", *(f"    {one}" for one in others)]
    facts = [*_lines(Event, _KEYS), "sessions:", *items]
    files = {FILE_NAME: "\n".join(facts) + "\n"}
    if chosen := markup_of_site(config.source_suffix):
        suffix, markup = chosen
        parts = (
            markup.heading(_("Name of the event"), 1),
            markup.directive("event:info"),
            markup.heading(_("Impressions"), 2),
            "- ",
            markup.heading(label("sessions"), 2),
            markup.directive("event:sessions"),
        )
        files[f"index{suffix}"] = "\n\n".join(parts) + "\n"
    return files


def _lines(entity: type[Entity], keys: Iterable[str]) -> Iterator[str]:
    """Yield the line of each key, with the first sentence of what it means."""
    for key in keys:
        meaning = entity.model_fields[key].description or ""
        yield f"{key}:  # {_SENTENCE.findall(str(_(meaning)))[0]}"
