"""Report sessions that stand nowhere on the pages of their event, while others have notes there.

They may be swallowed by a fence, or forgotten.
"""

from typing import Final

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinxcommon.messages import Message

from ..core.problems import Code
from .domain import EventDomain, event_domain
from .domain.data import PageKind
from .domain.object_types import SESSION
from .logging import report_at
from .markups import first_line

#: How many sessions a message names.
_NAMED: Final = 5


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("env-updated", report_not_shown)


def report_not_shown(_app: Sphinx, env: BuildEnvironment) -> None:
    """Report, in every build, the sessions of each event that its pages do not show."""
    domain = event_domain(env)
    for docname in sorted(domain.sessions):
        missing = _not_shown(domain, docname)
        # What an open fence has swallowed is reported with it.
        entries = domain.log_entries.get(docname, ())
        if missing and all(entry.subtype != Code.FENCE.label for entry in entries):
            message = Message(
                "sessions that stand nowhere on the event's pages ({number}): {ids}; write "
                "“{right}” below a heading of its own, or “event:sessions” for all of them",
                number=len(missing),
                ids=[*missing[:_NAMED], *(["…"] if len(missing) > _NAMED else [])],
                right=first_line(env, "event:session", missing[0], docname),
            )
            report_at(f"{env.doc2path(docname)}:1:1", Code.NOT_SHOWN, message)


def _not_shown(domain: EventDomain, docname: str) -> list[str]:
    """Return the sessions that no page of the event shows, if it shows only those with notes."""
    entry = domain.library.entry_of_page(docname)
    if entry is None or not entry.is_whole:
        return []
    targets = {
        session: [
            target.shown_as
            for target in domain.targets[SESSION.name].get((entry.event_id, session), ())
            if target.page < PageKind.ELSEWHERE
        ]
        for session in domain.sessions[docname]
    }
    shown = {form for forms in targets.values() for form in forms}
    # Pages below the event's own may have lists, too.
    if "notes" not in shown or shown & {"card", "schedule"}:
        return []
    return [session for session, forms in targets.items() if not forms]
