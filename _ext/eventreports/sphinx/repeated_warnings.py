"""Report the warnings of pages again in the builds that do not read these pages."""

import logging

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import NAMESPACE

from sphinxcommon.log_entries import LogEntry

from .domain import event_domain
from .logging import TYPE

#: The types of warnings whose cause is in the page that was read, and nowhere else.
_OF_PAGES = (TYPE, "docutils", "myst")


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    # When other extensions have added to the pages that are read.
    app.connect("env-before-read-docs", report_again, priority=900)
    app.connect("source-read", record_page)
    app.connect("env-updated", stop_recording, priority=100)


class _Recorder(logging.Handler):
    """Records what is reported while a page is read."""

    def __init__(self, recorded: list[LogEntry]) -> None:
        super().__init__(logging.INFO)
        self._recorded = recorded

    def emit(self, record: logging.LogRecord) -> None:
        if getattr(record, "type", None) in _OF_PAGES:
            self._recorded.append(LogEntry.of(record))


def report_again(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Report what was reported of the pages that are not read in this build."""
    entries = event_domain(env).log_entries
    for docname in sorted(entries.keys() - set(docnames)):
        for entry in entries[docname]:
            entry.report()


def record_page(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Record what is reported from now on as that of a page.

    For each page anew: Sphinx removes all handlers in the processes that read.
    """
    stop_recording()
    recorded = event_domain(app.env).log_entries.setdefault(docname, [])
    logging.getLogger(NAMESPACE).addHandler(_Recorder(recorded))


def stop_recording(*_event: object) -> None:
    """Stop recording: what is reported once pages are read is of none, and in every build."""
    log = logging.getLogger(NAMESPACE)
    for recorder in [one for one in log.handlers if isinstance(one, _Recorder)]:
        log.removeHandler(recorder)
