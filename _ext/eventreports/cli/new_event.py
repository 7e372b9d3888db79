"""What ``eventreports new`` does; :mod:`.new` has its arguments."""

import argparse
import difflib
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from sphinxcommon.files import write_whole
from sphinxcommon.messages import Message, Translate

from ..core.commands import Command
from ..core.dates import PartialDate
from ..core.encodings import decode
from ..core.i18n import translations
from ..core.problems import Finding, InvalidValueError
from ..importers.additions import sessions_without_directive, with_new_sessions, with_sessions
from ..importers.events import EventDraft, event_of
from ..importers.exports import Report, reports_of
from ..importers.folders import folder_name
from ..importers.forms import Forms
from ..importers.lines import Document
from ..importers.source import read_document, text_of
from ..importers.writing import Texts, texts_of
from ..loader import FILE_NAME, load
from .new_facts import days_of, fact_of, with_answers
from .new_questions import QUESTIONS, answer, pasted, tell_how_to_answer, tell_what_was_read
from .output import INTERRUPTED, is_confirmed, print_lines
from .project import language_of, root_of, shown_here, translations_for

_NOTHING: Final = Message("nothing was written")


def run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """Write or change an event's files.

    :param parser: Reports wrong usage.
    :param options: The arguments.
    :returns: The exit status.
    """
    folders = [source for source in options.sources if source.is_dir()]
    files = [source for source in options.sources if source not in folders]
    if missing := [file for file in files if str(file) != "-" and not file.is_file()]:
        parser.error(f"there is no {missing[0]}")
    known = [folder for folder in folders if (folder / FILE_NAME).is_file()]
    events = _events_folder(options)
    root = root_of((known[0] if known else events) / FILE_NAME)
    language = options.language or language_of(root) or translations().info().get("language", "en")
    say = translations_for(root, options.language).gettext
    forms = Forms(root, language, _suffix_of(root))
    try:
        if known:
            documents = _documents(files)
            return _add(known[0], documents, forms, root, language, say, is_asked=_asks(options))
        if folders:
            return _import(folders, events, say)
        return _begin(options, files, forms, events, say)
    except InvalidValueError as error:
        parser.error(error.message.text(say))
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")


def _suffix_of(root: Path) -> str:
    """Return the suffix of a site's pages: reStructuredText only where the site itself is in it."""
    is_rst = (root / "index.rst").is_file() and not (root / "index.md").is_file()
    return ".rst" if is_rst else ".md"


def _asks(options: argparse.Namespace) -> bool:
    return sys.stdin.isatty() and not options.yes


def _events_folder(options: argparse.Namespace) -> Path:
    """Return the folder of the site's events, from wherever in the site one is."""
    if options.folder:
        return Path(options.folder).absolute().parent
    here = Path.cwd()
    root = next(
        (folder for folder in (here, *here.parents) if (folder / "conf.py").is_file()), here
    )
    return root / "events"


# What is read


def _documents(files: Sequence[Path]) -> list[Document]:
    """Return what is named or piped."""
    found = []
    for file in files:
        is_piped = str(file) == "-"
        raw = sys.stdin.buffer.read() if is_piped else file.read_bytes()
        found.append(read_document(text_of(raw, str(file)), "" if is_piped else file.name))
    if not files and not sys.stdin.isatty() and (raw := sys.stdin.buffer.read()).strip():
        found.append(read_document(text_of(raw, "-")))
    return found


def _pasted(say: Translate) -> list[Document]:
    """Return what is pasted."""
    raw = pasted(say)
    return [read_document(text_of(raw, "-"))] if raw.strip() else []


def _draft(documents: Iterable[Document], first: PartialDate | None = None) -> EventDraft:
    """Return what documents say of one event, whose first day may be known."""
    drafts = [event_of(document, first) for document in documents]
    whole = drafts[0] if drafts else EventDraft()
    for other in drafts[1:]:
        whole = EventDraft(
            {**other.facts, **whole.facts},
            (*whole.sessions, *other.sessions),
            (*whole.notes, *other.notes),
            (*whole.rest, *other.rest),
            {**other.headings, **whole.headings},
        )
    return whole


# A new event


def _begin(
    options: argparse.Namespace,
    files: Sequence[Path],
    forms: Forms,
    events: Path,
    say: Translate,
) -> int:
    if options.folder:
        _refuse_to_overwrite(options.folder, forms)
    try:
        draft = _read_and_asked(options, files, forms, say)
    except KeyboardInterrupt:
        print(f"\n{_NOTHING.text(say)}", file=sys.stderr)
        return INTERRUPTED
    folder = options.folder or events / folder_name(draft.facts, events, set())
    texts = texts_of(draft, forms)
    _write_new(folder, forms.page, texts)
    number = sum(not one.is_break for one in draft.sessions)
    print(
        Message(
            "{folder} is written; sessions: {number}", folder=shown_here(folder), number=number
        ).text(say)
    )
    if texts.unplaced:
        unplaced = Message(
            "lines that found no place: {number}; they stand at the end of {path}",
            number=texts.unplaced,
            path=shown_here(folder / forms.page),
        )
        print(unplaced.text(say))
    return 0


def _read_and_asked(
    options: argparse.Namespace, files: Sequence[Path], forms: Forms, say: Translate
) -> EventDraft:
    """Return what was read of an event, with what options and answers say of it."""
    is_asked = _asks(options)
    documents = _pasted(say) if is_asked and not files else _documents(files)
    draft = _draft(documents)
    if is_asked and documents:
        tell_what_was_read(draft, texts_of(draft, forms).unplaced, say)
    facts = _facts(options, draft, say, is_asked=is_asked)
    if days_of(draft) != (said := days_of(EventDraft(facts))) and said:
        # Of “Day 2”, only the first day tells the date.
        draft = _draft(documents, PartialDate.parse(said[0]))
    return replace(draft, facts=facts)


def _refuse_to_overwrite(folder: Path, forms: Forms) -> None:
    for name in (FILE_NAME, forms.page):
        if (folder / name).exists():
            raise InvalidValueError(
                Message(
                    "{path} is there already; name another folder: {command}",
                    path=shown_here(folder / name),
                    command=Command("new", "--folder", f"{shown_here(folder.parent)}/…"),
                )
            )


def _facts(
    options: argparse.Namespace, draft: EventDraft, say: Translate, *, is_asked: bool
) -> dict[str, Any]:
    """Return the facts of a draft, and instead of them those that options and answers give."""
    said = {key: fact_of(key, text) for key, _ in QUESTIONS if (text := getattr(options, key))}
    open_questions = [one for one in QUESTIONS if one[0] not in said] if is_asked else []
    if open_questions:
        tell_how_to_answer(say)
    for key, question in open_questions:
        said[key] = answer(key, question, draft, say)
    facts = dict(draft.facts)
    for one in said.values():
        facts = with_answers(facts, one)
    if not facts.get("name"):
        command = Command(*options.typed, "--name", "…")
        raise InvalidValueError(Message("what is the event called? run {command}", command=command))
    return facts


def _write_new(folder: Path, page: str, texts: Texts) -> None:
    write_whole(folder / FILE_NAME, texts.facts)
    write_whole(folder / page, texts.report)


# An event that is there


def _add(
    folder: Path,
    documents: list[Document],
    forms: Forms,
    root: Path,
    language: str,
    say: Translate,
    *,
    is_asked: bool,
) -> int:
    """Add what an event's files lack, after showing it as a diff."""
    file = folder / FILE_NAME
    event, text = _loaded(file, root)
    edited = with_new_sessions(text, event, _draft(documents)) if documents else text
    changes = [(file, text, edited)] if edited != text else []
    if changes:
        event = load(file, root, raw=edited.encode()).event or event
    page = folder / forms.page
    pages = {path: str(decode(path.read_bytes())) for path in sorted(folder.rglob("*.md"))}
    pages |= {path: str(decode(path.read_bytes())) for path in sorted(folder.rglob("*.rst"))}
    missing = sessions_without_directive(event, pages.values())
    if missing and page not in pages:
        raise InvalidValueError(
            Message("there is no {path}, to which sessions could be added", path=shown_here(page))
        )
    if missing:
        changes.append(
            (page, pages[page], with_sessions(pages[page], event, missing, forms, language))
        )
    print_lines((line for change in changes for line in _diff(*change)), sys.stdout)
    if not changes:
        print(Message("{folder} lacks nothing", folder=shown_here(folder)).text(say))
        return 0
    if is_asked and not is_confirmed(Message("Write this?").text(say)):
        print(_NOTHING.text(say))
        return 0
    for path, _before, after in changes:
        write_whole(path.resolve(), after)
    return 0


def _loaded(file: Path, root: Path) -> tuple[Any, str]:
    text = decode(file.read_bytes())
    loaded = load(file, root)
    if isinstance(text, Finding) or loaded.event is None:
        raise InvalidValueError(
            Message(
                "{path} cannot be read; run {command}, which says why",
                path=shown_here(file),
                command=Command("check", path=shown_here(file)),
            )
        )
    return loaded.event, text


def _diff(path: Path, before: str, after: str) -> Iterator[str]:
    name = shown_here(path)
    yield from difflib.unified_diff(
        before.splitlines(), after.splitlines(), name, name, lineterm=""
    )


# Exported pages


def _import(folders: Sequence[Path], events: Path, say: Translate) -> int:
    """Write a report for each page of the folders, and say what was not understood."""
    found = [reports_of(folder, events) for folder in folders]
    reports = [report for one in found for report in one.reports]
    unread = [message for one in found for message in one.unread]
    if not reports and not unread:
        raise InvalidValueError(
            Message(
                "there is no page in {path}: no Markdown, no HTML and no JSON", path=str(folders[0])
            )
        )
    for report in reports:
        write_whole(report.folder / FILE_NAME, report.facts)
        write_whole(report.folder / "index.md", report.text)
        for name, source in report.files.items():
            target = report.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    print_lines(_table(reports, say), sys.stdout)
    print_lines((message.text(say) for message in unread), sys.stdout)
    print(Message("reports: {number}", number=len(reports)).text(say))
    return 1 if unread else 0


def _table(reports: Iterable[Report], say: Translate) -> Iterator[str]:
    """Yield a line for each report, and one for each thing that was not understood."""
    for report in reports:
        yield f"{report.source} → {shown_here(report.folder)}"
        yield from (f"    {remark.text(say)}" for remark in report.remarks)
