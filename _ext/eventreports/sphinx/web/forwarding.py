"""Write pages that forward from former addresses to those of today, as former ids give them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from sphinxcommon.files import write_if_changed
from sphinxcommon.messages import Message
from sphinxcommon.outputs import OutputList
from sphinxcommon.pages import file_of_page

from ...core.former_addresses import former_pages, is_of_page
from ...core.model import REGISTER_NAMES
from ...core.subject_groups import KINDS
from ...render.labels import _
from ..builders.html import is_of_site
from ..builders.write_errors import report_unwritten
from ..data_files import site_address
from ..domain import event_domain
from ..sites import SITES

#: How the pages begin, which alone are overwritten.
_MARK: Final = "<!DOCTYPE html>\n<!-- Made of old_ids at each build; edits are lost. -->\n"
_SCRIPT: Final = "_static/eventreports-forwarding.js"
#: Whose the files are in the list of outputs.
_OWNER: Final = ""


class _Forward(NamedTuple):
    """A former address.

    :param former: The name of the page that was there.
    :param page: The page that is meant.
    :param title: What it is called.
    """

    former: str
    page: str
    title: str


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    # When files of pages are removed that are gone (900).
    app.connect("build-finished", write_pages, priority=950)


def write_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the pages that have changed, and remove those of ids that nobody has had."""
    builder = app.builder
    if exception or builder.name not in SITES or not isinstance(builder, StandaloneHTMLBuilder):
        return
    texts: dict[str, str] = {}
    for one in (*_of_events(app), *_of_subjects(app)):
        name = file_of_page(builder, one.former)
        if one.former not in app.env.found_docs and _is_free(app, name):
            texts.setdefault(name, _text(app, builder, one))
    outputs = OutputList(builder, "forwarding")
    listed = outputs.files_of(_OWNER)
    if not texts and not listed:
        return
    try:
        if not listed.issuperset(texts):
            outputs.begin({_OWNER: texts})
        for name, text in texts.items():
            write_if_changed(Path(app.outdir, name), text)
        outputs.end({_OWNER: texts}, {_OWNER})
    except OSError as error:
        message = Message("pages that forward cannot be written: {reason}", reason=str(error))
        report_unwritten(app, message)


def _is_free(app: Sphinx, name: str) -> bool:
    """Return whether no file of the site, or of its author, has a name.

    On file systems that ignore case a page may have it in other letters.
    """
    path = Path(app.outdir, name)
    if is_of_site(app, name) or path.is_dir():
        return False
    if not path.exists():
        return True
    with path.open("rb") as file:
        return file.read(len(_MARK)) == _MARK.encode()


def _of_events(app: Sphinx) -> Iterator[_Forward]:
    """Yield the former addresses of the pages of events."""
    if former := event_domain(app.env).library.former_folders:
        for page in sorted(app.env.found_docs):
            for name in former_pages(page, former):
                yield _Forward(name, page, app.env.titles[page].astext())


def _of_subjects(app: Sphinx) -> Iterator[_Forward]:
    """Yield the former addresses of the pages of people, organizations, topics and series."""
    domain = event_domain(app.env)
    entries = (one for some in domain.library.registers.entries.values() for one in some)
    if not any(one.old_ids for one in entries):
        # To know the subjects takes a while.
        return
    subjects, registered = domain.subjects, domain.subjects.registered
    for kind in KINDS:
        for subject in registered.of(kind):
            page = f"{REGISTER_NAMES[kind]}/{subject.id}"
            # An author may have written the page.
            is_there = page in app.env.found_docs or subjects.page_of(subject) is not None
            for former in filter(is_of_page, subject.old_ids if is_there else ()):
                if registered.get(kind, former) is subject and former != subject.id:
                    yield _Forward(f"{REGISTER_NAMES[kind]}/{former}", page, subject.name)


def _text(app: Sphinx, builder: StandaloneHTMLBuilder, one: _Forward) -> str:
    """Return the text of a page, which leads on with the script and without."""
    here = builder.get_target_uri(one.former)
    moved = escape(_("This page has moved:"))
    uri = escape(builder.get_relative_uri(one.former, one.page) or "./")
    address = site_address(app.config)
    whole = escape(f"{address}{builder.get_target_uri(one.page)}")
    canonical = f'<link rel="canonical" href="{whole}">\n' if address else ""
    return (
        f'{_MARK}<html lang="{escape(app.config.language)}">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(one.title)}</title>\n"
        f"{canonical}"
        # The script, where it runs, keeps the anchor.
        f'<noscript><meta http-equiv="refresh" content="0; url={uri}"></noscript>\n'
        f'<script src="{relative_uri(here, _SCRIPT)}" defer></script>\n'
        "</head>\n"
        "<body>\n"
        f'<p>{moved} <a href="{uri}">{escape(one.title)}</a></p>\n'
        "</body>\n"
        "</html>\n"
    )
