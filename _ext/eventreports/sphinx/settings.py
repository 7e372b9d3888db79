"""The settings ``eventreports_*``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import ClassVar, Final, cast

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinxcommon.messages import Message
from sphinxcommon.registration import declare, warn
from sphinxcommon.setting_kinds import FLAG, NUMBER, TEXT, TEXTS, Kind, list_of, one_of, some_of
from sphinxcommon.settings import Declaration, setting
from sphinxcommon.suggestions import did_you_mean

from ..core.audience import LEVELS, Audience
from ..core.i18n import N_
from ..core.languages import nearest_tag, parse_tag
from ..core.model import STRICTEST, Visibility
from ..core.paths import is_there
from ..core.problems import InvalidValueError
from ..core.repository import Repository, parse_repository

#: The name of the extension's own theme.
THEME: Final = "eventreports"
#: The forms in which an event is printed: their titles, and the ends of their files' names.
FORMS: Final = {"full": (N_("Handout"), ""), "summary": (N_("Summary"), ".summary")}
#: Kinds of notes, and the headings that name them in the site's languages.
NOTE_KINDS: Final = {
    "notes": ["メモ", "ノート", "Notes", "Note", "Memo"],
    "points": ["ポイント", "要点", "Points", "Key points", "Takeaways"],
    "impressions": ["所感", "感想", "印象", "まとめ", "総括", "Impressions", "Summary"],
    "questions": ["質疑応答", "質疑", "Q&A", "Questions and answers"],
    "actions": [
        *("ネクストアクション", "アクション", "やること", "TODO"),
        *("Actions", "Next actions", "Action items", "Next steps"),
    ],
}


def _is_within(text: str) -> bool:
    """Return whether a path does not lead out of the folder that it is relative to."""
    path = PurePath(text)
    is_relative = not path.is_absolute() and not path.drive and ".." not in path.parts
    return bool(text.strip()) and is_relative


def _is_tag(text: str) -> bool:
    try:
        return parse_tag(text) == text.replace("_", "-")
    except InvalidValueError:
        return False


def _are_note_kinds(value: Mapping[object, object]) -> bool:
    return all(
        isinstance(kind, str) and re.fullmatch(r"[\w-]+", kind) and _HEADINGS.fits(words)
        for kind, words in value.items()
    )


_HEADINGS: Final = list_of(Kind(TEXT.words, (str,), bool), TEXTS.words)
_FOLDER: Final = Kind(Message("a folder of the project, such as 'events'"), (str,), _is_within)
_TAG: Final = Kind(TEXT.words, (str,), _is_tag, nearest_tag)
_TAGS: Final = list_of(_TAG, Message("a list of tags of languages, such as ['en']"))
_COLOR: Final = Kind(
    Message("a colour in hex, such as '#165e83'"),
    (str,),
    lambda text: not text or re.fullmatch(r"#([0-9A-Fa-f]{3}){1,2}", text),
)
_BRANCH: Final = Kind(
    Message("a branch, such as 'main'"),
    (str,),
    lambda text: re.fullmatch(r"[^\s~^:?*\[\\]+", text),
)
_NOTE_KINDS: Final = Kind(
    Message("a dictionary of lists of headings, such as {'points': ['Points', 'Takeaways']}"),
    (dict,),
    _are_note_kinds,
)


@dataclass(frozen=True)
class Settings(Declaration):
    """The settings of the extension."""

    prefix: ClassVar = "eventreports_"
    # With its subtype, that of ``Code.SETTING``.
    warning_type: ClassVar = "event"

    folder: str = setting("events", _FOLDER, Message("The folder below which events are."), "env")
    languages: Sequence[str] = setting(
        [],
        _TAGS,
        Message(
            'Languages in which texts are shown beside the site\'s: `["en"]` shows both of'
            " `{ja: …, en: …}`."
        ),
        "env",
    )
    audience: str = setting(
        "public",
        one_of(*LEVELS),
        Message(
            "For whom the build is: it has what is for them, and for all. `make site"
            " AUDIENCE=internal` sets it."
        ),
        "env",
    )
    default_visibility: str = setting(
        "public",
        one_of(*LEVELS),
        Message("For whom events are that say nothing."),
        "env",
    )
    year_pages: bool = setting(
        True,
        FLAG,
        Message(
            "Whether each build writes a page for each year, and one that lists them, into"
            " `events/years/`."
        ),
        "env",
    )
    subject_pages: bool = setting(
        True,
        FLAG,
        Message(
            "Whether the site has pages of the people, organizations, topics and series that stand "
            "at several events or in a register."
        ),
        "html",
    )
    note_kinds: Mapping[str, Sequence[str]] = setting(
        NOTE_KINDS,
        _NOTE_KINDS,
        Message("The headings that give notes their kind."),
        "env",
        Message("`メモ`, `ポイント`, `所感`, …"),
    )
    handouts: Sequence[str] = setting(
        [*FORMS], some_of(*FORMS), Message("The forms in which events are printed.")
    )
    printed_events: Sequence[str] = setting(
        [],
        TEXTS,
        Message(
            "The ids of events that are printed alone: the book and the PDFs of other events stay"
            " as they are."
        ),
    )
    seals: Sequence[str] = setting([], TEXTS, Message("Whose seals a handout has boxes for."))
    handout_lines: int = setting(
        0, NUMBER, Message("How many lines to write on stand at the end of a handout.")
    )
    pdf_folder: str = setting(
        "",
        TEXT,
        Message(
            "The folder of the PDFs that HTML pages link to, from the folder of `conf.py`; without"
            " one there are no links."
        ),
    )
    repository_url: str = setting(
        "",
        TEXT,
        Message(
            "The site's repository at GitHub or GitLab, such as"
            " `'https://github.com/OWNER/NAME'`: pages offer to edit them and to report mistakes,"
            " the front page to begin a report. Where `conf.py` is in a folder of it, the address"
            " that the browser shows for that folder."
        ),
        "html",
    )
    repository_branch: str = setting(
        "main", _BRANCH, Message("The branch of the repository that is changed."), "html"
    )
    snippets: bool = setting(
        False,
        FLAG,
        Message(
            "Whether a build writes `.vscode/sessions.code-snippets`, from which VS Code completes"
            " the ids of sessions. The preview does."
        ),
    )
    accent: str = setting(
        "",
        _COLOR,
        Message(
            "The site's colour, such as `'#165e83'`: links and buttons have shades of it that can"
            " be read by day and at night, whatever it is."
        ),
        "html",
    )
    link_cards: bool = setting(
        True,
        FLAG,
        Message(
            "Whether chats show a picture with a link to a page; it needs `html_baseurl` and"
            " `eventreports[print]`."
        ),
        "html",
    )


def audience_of(config: Config) -> Audience:
    """Return for whom the build is."""
    settings = Settings.of(config)
    return Audience(
        cast(Visibility, settings.audience), cast(Visibility, settings.default_visibility)
    )


def repository_of(config: Config) -> Repository | None:
    """Return the site's repository, if one is set."""
    settings = Settings.of(config)
    if not settings.repository_url:
        return None
    return parse_repository(settings.repository_url, settings.repository_branch)


def setup(app: Sphinx) -> None:
    """Register the settings, and connect the checks that need more than their kinds."""
    declare(app, Settings)
    # Before others, which would use the default.
    app.connect("config-inited", restrict_default, priority=690)
    # Once the others are checked, and before Sphinx looks at types.
    app.connect("config-inited", check_folder, priority=750)
    app.connect("config-inited", check_repository, priority=750)


def restrict_default(_app: Sphinx, config: Config) -> None:
    """Report a default visibility that is none, and use the strictest."""
    name = "eventreports_default_visibility"
    if fault := Settings.settings()[name].kind.fault(name, config[name]):
        message = "{problem}; until then it counts as “{value}”"
        warn(Settings, Message(message, problem=fault, value=STRICTEST))
        config[name] = STRICTEST


def check_folder(app: Sphinx, config: Config) -> None:
    """Report a folder that does not exist, and use the default, which need not exist."""
    folder, default = Settings.of(config).folder, Settings().folder
    if folder != default and not is_there(Path.is_dir, Path(app.srcdir, folder)):
        there = [path.name for path in Path(app.srcdir).iterdir() if path.is_dir()]
        message = Message(
            "eventreports_folder: there is no folder “{folder}” in {place}",
            folder=folder,
            place=str(app.srcdir),
        )
        warn(Settings, did_you_mean(message, folder, there))
        config.eventreports_folder = default


def check_repository(_app: Sphinx, config: Config) -> None:
    """Report an address that is not that of a repository, and go without."""
    try:
        repository_of(config)
    except InvalidValueError as error:
        message = "eventreports_repository_url: {problem}"
        warn(Settings, Message(message, problem=error.message))
        config.eventreports_repository_url = ""
