"""Snippets from which VS Code completes the ids of sessions, and begins their notes.

For the newest events alone: the editor loads all of the file, and the reports that are being
written are among them.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinxcommon.files import write_if_changed
from sphinxcommon.messages import Message

from ..core.page_reporters import REPORTER
from ..core.quoting import as_heading, as_line
from .builders.write_errors import report_unwritten
from .domain import EventDomain, event_domain
from .domain.object_types import SESSION
from .markups import first_line, is_markdown
from .settings import Settings

FILE: Final = ".vscode/sessions.code-snippets"
#: How many events have snippets.
NEWEST: Final = 10


def setup(app: Sphinx) -> None:
    """Connect the handler, which runs when it is known which sessions have notes."""
    app.connect("env-updated", write_snippets)


def write_snippets(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the file if its text has changed, where the site asks for it."""
    if not Settings.of(app.config).snippets:
        return
    found = dict(_snippets(event_domain(env)))
    try:
        text = json.dumps(found, ensure_ascii=False, indent=1)
        write_if_changed(Path(app.srcdir, FILE), f"{text}\n")
    except OSError as error:
        message = Message("{path} cannot be written: {reason}", path=FILE, reason=str(error))
        report_unwritten(app, message)


def _snippets(domain: EventDomain) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield snippets by their names, which VS Code shows beside them.

    Of each session its id, and of one without notes, or of an event with several reporters, also
    the heading and the directive; of such an event the beginning of another reporter's page.
    """
    entries = domain.library.entries.values()
    # One that is not dated yet is likely new.
    newest = sorted(entries, key=lambda one: (one.date is None, one.date or (), one.folder))
    for entry in reversed(newest[-NEWEST:]):
        event = domain.library.load(entry.folder).event
        page = entry.page if entry.page in domain.env.found_docs else domain.env.config.root_doc
        scope = "markdown" if is_markdown(domain.env, page) else "restructuredtext"
        about = {"scope": scope, "description": domain.heading_of_page(entry.page) or ""}
        names = [
            one.name.in_language(domain.env.config.language)
            for one in (event.reporters if event else ())
            if one.name
        ]
        if len(names) > 1:
            yield f"{entry.event_id} reporter", {**about, **_beginning_of_page(names, scope)}
        for session in event.all_sessions if event else ():
            name = f"{entry.event_id}/{session.id}"
            title = session.title.in_language(domain.env.config.language) if session.title else ""
            title = " ".join(title.split()) or session.id
            # In place of the blanks of the title others, which nobody types: the editor would
            # replace what was typed from there on, the blank before the id included.
            prefix = f"{session.id}:{title}".replace(" ", "\N{NO-BREAK SPACE}")
            yield name, {**about, "prefix": prefix, "body": _literal(session.id)}
            target = domain.link_target(SESSION, (entry.event_id, session.id))
            if target is None or target.shown_as != "notes" or len(names) > 1:
                directive = first_line(domain.env, "event:session", session.id, page)
                yield f"{name} +", {**about, **_beginning_of_notes(title, directive, scope)}


def _beginning_of_notes(title: str, directive: str, scope: str) -> dict[str, str]:
    """Return the prefix and the body of a heading and a directive, with the cursor below."""
    heading = as_heading(title)
    if scope == "markdown":
        prefix, lines = f"### {title}", (f"### {heading}", "", directive, "```", "", "")
    else:
        # Japanese characters are twice as wide.
        prefix, lines = title, (heading, "~" * 2 * len(heading), "", directive, "", "")
    return {"prefix": prefix, "body": _literal("\n".join(lines)) + "$0"}


def _beginning_of_page(names: Sequence[str], scope: str) -> dict[str, str]:
    """Return the prefix and the body of the page of one of the reporters, whom VS Code offers."""
    choices = ",".join(re.sub(r"[\\,|]", r"\\\g<0>", name) for name in names)
    choice = f"${{1|{choices}|}}"
    if scope == "markdown":
        are_plain = all(as_line(REPORTER, name) == f"{REPORTER}: {name}" for name in names)
        written = choice if are_plain else f'"{choice}"'
        prefix, lines = f"{REPORTER}:", ["---", f"{REPORTER}: {written}", "---", "", "# $1"]
    else:
        # Japanese characters are twice as wide.
        underline = "=" * 2 * max(map(len, names))
        prefix, lines = f":{REPORTER}:", [f":{REPORTER}: {choice}", "", "$1", underline]
    return {"prefix": prefix, "body": "\n".join([*lines, "", "$0"])}


def _literal(text: str) -> str:
    """Escape what means something in a snippet."""
    return re.sub(r"[\\$}]", r"\\\g<0>", text)
