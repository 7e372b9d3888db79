"""Note who wrote each page of an event, and report those whom the event does not name."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.application import Sphinx

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean, nearest

from ..core.model import Event
from ..core.page_reporters import WrittenReporter, reporters_of_page
from ..core.problems import Code, Finding, Problem
from ..core.quoting import as_line
from ..core.texts import all_texts
from ..library import Entry
from .domain import event_domain
from .logging import report
from .markups import filetype


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    # When other extensions have changed the text, and what is left out has been cut.
    app.connect("source-read", note_reporters, priority=700)


def note_reporters(app: Sphinx, docname: str, source: list[str]) -> None:
    """Note in the domain who wrote a page that belongs to an event; report who is unknown."""
    domain = event_domain(app.env)
    entry = domain.library.entry_of_page(docname)
    if entry is None:
        return
    is_markdown = filetype(app.env, docname) != "restructuredtext"
    written, findings = reporters_of_page(source[0].splitlines(), is_markdown=is_markdown)
    if written:
        app.env.note_dependency(entry.file)
        event = domain.library.load(entry.folder).event
        domain.reporters[docname] = _names(event, written, app.config.language)
        if event and entry.is_whole:
            findings += _unknown(event, entry, written)
    path = app.env.doc2path(docname, base=False).as_posix()
    for finding in findings:
        report(Problem(path, *finding), Path(app.srcdir), app.config)


def _names(
    event: Event | None, written: Iterable[WrittenReporter], language: str
) -> tuple[str, ...]:
    """Return the names of reporters as the event has them, each once."""
    people = event.reporters if event else ()
    known = ((one.name, next((p for p in people if p.goes_by(one.name)), None)) for one in written)
    names = (
        person.name.in_language(language) if person and person.name else name
        for name, person in known
    )
    return tuple(dict.fromkeys(names))


def _unknown(event: Event, entry: Entry, written: Iterable[WrittenReporter]) -> Iterator[Finding]:
    """Yield a finding for each reporter whom the event does not name."""
    names = [name for one in event.reporters for name in all_texts(one.name)]
    for mark, name in written:
        if any(one.goes_by(name) for one in event.reporters):
            continue
        problem = Message("“{name}” is none of the event's reporters", name=name)
        if nearest(name, names):
            message = did_you_mean(problem, name, names)
        elif names:
            message = Message(
                "{problem}; add the name to “reporters” in line {line} of {file}",
                problem=problem,
                line=event.mark("reporters").line,
                file=entry.file,
            )
        else:
            message = Message(
                "{problem}; write “{right}” into {file}",
                problem=problem,
                right=as_line("reporters", [name]),
                file=entry.file,
            )
        yield Finding(mark, Code.UNKNOWN_NAME, message)
