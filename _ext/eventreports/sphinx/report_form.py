"""The form of a new report: the site's own one, with nothing filled in."""

from collections.abc import Mapping
from pathlib import Path

from sphinx.config import Config

from ..importers.forms import FACTS, Forms
from ..render.labels import _
from .year_pages import markup_of_site


def report_form(config: Config, root: Path) -> Mapping[str, str]:
    """Return the files of a report that is still to be written.

    :param config: The settings, which say in which markup and language pages are.
    :param root: The site's folder.
    :returns: Their texts by their names; the facts come first.
    :raises InvalidValueError: if a form is no template.
    """
    suffix, _markup = markup_of_site(config.source_suffix) or ("", None)
    forms = Forms(root, config.language[:2], suffix or ".md")
    text, _places = forms.facts({})
    if not suffix:
        return {FACTS: text}
    report = forms.report({"title": _("Name of the event")})
    return {FACTS: text, forms.page: f"{report.rstrip()}\n"}
