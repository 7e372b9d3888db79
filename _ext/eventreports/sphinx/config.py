"""The settings ``eventreports_*``, in one table by which they are registered and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from inspect import ismodule
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pydantic_core import PydanticCustomError

from ..core.messages import Message
from ..core.paths import is_there
from ..core.problems import Code
from ..core.scalars import as_tag, nearest_tag
from ..core.suggestions import did_you_mean, nearest, suggesting
from .logging import report_at
from .print.documents import FORMS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Kinds of notes, and the headings that name them in the site's languages.
NOTE_KINDS: Final = {
    "notes": ["メモ", "ノート", "Notes", "Note", "Memo"],
    "points": ["ポイント", "要点", "Points", "Key points", "Takeaways"],
    "impressions": ["所感", "感想", "印象", "まとめ", "総括", "Impressions", "Summary"],
    "questions": ["質疑応答", "質疑", "Q&A", "Questions and answers"],
    "actions": ["ネクストアクション", "アクション", "Actions", "Next actions"],
}


class Setting(NamedTuple):
    """A setting: its default, what it must be, in words and as a test, and what it rebuilds.

    ``meant`` returns what a wrong text in a list was probably meant to be.
    """

    default: Any
    words: str
    fits: Callable[[Any], bool]
    rebuild: Literal["", "env"] = ""
    meant: Callable[[str], str | None] = lambda _text: None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


def _is_within(value: object) -> bool:
    """True for a path that does not lead out of the folder that it is relative to."""
    if not isinstance(value, str) or not value.strip():
        return False
    path = PurePath(value)
    return not path.is_absolute() and not path.drive and ".." not in path.parts


def _is_tag(text: str) -> bool:
    try:
        return as_tag(text) == text.replace("_", "-")
    except PydanticCustomError:
        return False


def _are_note_kinds(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(kind, str) and re.fullmatch(r"[\w-]+", kind) and _are_texts(words) and all(words)
        for kind, words in value.items()
    )


SETTINGS: Final = {
    "folder": Setting("events", "a folder of the project, such as 'events'", _is_within, "env"),
    "languages": Setting(
        [],
        "a list of tags of languages, such as ['en']",
        lambda value: _are_texts(value) and all(map(_is_tag, value)),
        "env",
        nearest_tag,
    ),
    "year_pages": Setting(True, "True or False", lambda value: isinstance(value, bool), "env"),
    "note_kinds": Setting(
        NOTE_KINDS,
        "a dictionary of lists of headings, such as {'points': ['Points', 'Takeaways']}",
        _are_note_kinds,
        "env",
    ),
    # In which forms events are printed; which alone, by id; whose seals a handout has room for,
    # and how many lines to write on.
    "handouts": Setting(
        list(FORMS),
        f"a list of some of {', '.join(map(repr, FORMS))}",
        lambda value: _are_texts(value) and set(value) <= set(FORMS),
        meant=lambda text: nearest(text, FORMS),
    ),
    "printed_events": Setting([], "a list of ids of events", _are_texts),
    "seals": Setting([], "a list of texts", _are_texts),
    "handout_lines": Setting(
        0, "a number of lines", lambda value: type(value) is int and value >= 0
    ),
    # Where PDFs are, from the folder of conf.py, that HTML pages are to offer.
    "pdf_folder": Setting("", "a folder, such as '_build/typstprint'", _is_text),
}


def add_settings(app: Sphinx) -> None:
    # ``-D`` gives a text for a switch only where Sphinx may take one; else it ends the build.
    types: dict[type, tuple[type, ...]] = {list: (list, tuple), bool: (bool, str)}
    for name, setting in SETTINGS.items():
        kind = type(setting.default)
        given = types.get(kind, (kind,))
        app.add_config_value(f"eventreports_{name}", setting.default, setting.rebuild, given)


def check_settings(app: Sphinx, config: Config) -> None:
    """Report all wrong settings, and use their defaults."""
    for name, setting in SETTINGS.items():
        full_name = f"eventreports_{name}"
        if config[full_name] == [""]:
            # What `-D name=` makes of nothing.
            config[full_name] = []
        if not setting.fits(value := config[full_name]):
            message = Message(
                "{setting} must be {kind}, not {value}",
                setting=full_name,
                kind=Message(setting.words),
                value=repr(value),
            )
            report_at(None, Code.SETTING, _hinted(message, setting, value))
            config[full_name] = setting.default
    _check_folder(app, config)
    known = [f"eventreports_{name}" for name in SETTINGS]
    for name in _unknown(config):
        message = Message("there is no setting {setting}", setting=name)
        report_at(None, Code.SETTING, did_you_mean(message, name, known))


def _unknown(config: Config) -> list[str]:
    """Return the names that look like settings of this extension, and that Sphinx passes over."""
    given: dict[str, Any] = getattr(config, "_raw_config", {})
    named = (name for name in given if name.startswith("eventreports_") and name not in config)
    return [name for name in named if not callable(given[name]) and not ismodule(given[name])]


def _hinted(message: Message, setting: Setting, value: object) -> Message:
    """Add what the first wrong text of a list was probably meant to be."""
    texts: Sequence[str] = value if _are_texts(value) else ()  # type: ignore[assignment]
    wrong = (one for one in texts if not setting.fits([one]))
    meant = setting.meant(next(wrong, ""))
    return suggesting(message, meant) if meant else message


def _check_folder(app: Sphinx, config: Config) -> None:
    """Report a folder that is not there; the default one may be missing as long as no event is."""
    folder, default = config.eventreports_folder, SETTINGS["folder"].default
    if folder != default and not is_there(Path.is_dir, Path(app.srcdir, folder)):
        there = [path.name for path in Path(app.srcdir).iterdir() if path.is_dir()]
        message = Message(
            "eventreports_folder: there is no folder “{folder}” in {place}",
            folder=folder,
            place=str(app.srcdir),
        )
        report_at(None, Code.SETTING, did_you_mean(message, folder, there))
        config.eventreports_folder = default
