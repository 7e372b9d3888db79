"""Problems of events' data: what can be wrong, and where.

What is wrong never ends a build: it becomes a :class:`Problem`, and the rest of the file is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Final, NamedTuple

from sphinxcommon.messages import Message, Translate, printable

from .i18n import N_


class Severity(StrEnum):
    """How much a problem matters; a hint never fails a build."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Code(Enum):
    """The closed set of kinds of problems: label, severity, cause, and cure.

    The label is what follows ``event.`` in ``suppress_warnings``.
    """

    UNREADABLE = (
        "unreadable",
        Severity.ERROR,
        N_("The file cannot be opened, so nothing of it is known."),
        N_("See that it is there, is a file and may be read."),
    )
    UNWRITABLE = (
        "unwritable",
        Severity.ERROR,
        N_(
            "Pages of the years, files of the output, or what `check --fix` changes cannot be "
            "written: the disk is full, or may only be read. The build or the check ends with an "
            "error."
        ),
        N_(
            "Make room and build again. Where the project may only be read, set "
            "`eventreports_year_pages = False`."
        ),
    )
    ENCODING = (
        "encoding",
        Severity.ERROR,
        N_(
            "The file is not text in UTF-8. Of an `event.yaml` nothing is known then; a page is "
            "shown as what it seems to be, and the build ends with an error."
        ),
        N_("Open it in the encoding that the message names, and save it as UTF-8."),
    )
    LIMIT = (
        "limit",
        Severity.ERROR,
        N_(
            "The file is larger than 2 MiB, nested deeper than 50 levels, or longer than 4 million "
            "characters once its aliases are written out. Nothing of it is used."
        ),
        N_("Keep one event in a file. Link to large texts instead of copying them in."),
    )
    DOCUMENT = (
        "document",
        Severity.ERROR,
        N_(
            "The file does not hold one set of keys and values: it is empty, it is a list or a "
            "mere text, or several documents follow each other, of which only the first is used."
        ),
        N_("Begin with `name: …`. Remove lines of `---` or `...`; one file is one event."),
    )
    SYNTAX = (
        "syntax",
        Severity.ERROR,
        N_(
            "YAML cannot read this place. What clearly is a text is taken as one; otherwise the "
            "lines that the message names are left aside. The rest of the file is used."
        ),
        N_(
            "Fix the place as the message says: put the text in quotes, close what is open, "
            "indent with spaces, as deep as the lines beside it."
        ),
    )
    VISIBILITY = (
        "visibility",
        Severity.ERROR,
        N_(
            "For whom something is cannot be read here: an unknown value of `visibility`, a typo "
            "of that key, or a level that is none. Until it can be, that counts as `draft`."
        ),
        N_("Write `visibility: public`, `internal`, `private` or `draft`."),
    )
    DUPLICATE_KEY = (
        "duplicate-key",
        Severity.WARNING,
        N_("The same key stands twice in one place. The first that says something counts."),
        N_("Remove one; of two values of a key that takes a list, make a list."),
    )
    UNKNOWN_KEY = (
        "unknown-key",
        Severity.WARNING,
        N_(
            "There is no such key here: a typo, another word for a key, or it belongs elsewhere. "
            "Its value is left out, unless the message says that it is read as what was meant."
        ),
        N_("Take the key that the message proposes, or one of the reference."),
    )
    MISSING = (
        "missing",
        Severity.WARNING,
        N_("A key that must be there is not, such as the event's name or a session's title."),
        N_("Write it. As long as it is missing, an id or “(no name)” stands in."),
    )
    EMPTY = (
        "empty",
        Severity.WARNING,
        N_("An empty text, or an item of a list with nothing after its dash."),
        N_("Write what belongs there, or remove the line."),
    )
    TYPE = (
        "type",
        Severity.WARNING,
        N_("A list or a mapping stands where a text must, or the other way round."),
        N_(
            "Write it in one of the forms that the message names. A text that begins with `[` or "
            "`{`, or has a colon and a space in it, needs quotes."
        ),
    )
    VALUE = (
        "value",
        Severity.WARNING,
        N_(
            "The key does not take this value, or not together with another key. It is left out, "
            "unless the message says that it is read as what was meant."
        ),
        N_("Write what the message names."),
    )
    QUOTING = (
        "quoting",
        Severity.WARNING,
        N_(
            "YAML took a part of a text for something else: the rest of a line after ` #`, a first "
            "word after `&`, the half of a name after a comma. That part is missing in the text."
        ),
        N_("Put the whole text in quotes. A comment begins with `#` and a space."),
    )
    ALIAS = (
        "alias",
        Severity.WARNING,
        N_("An alias (`*name`) that names nothing, or stands within what it names."),
        N_("Put a text that begins with `*` in quotes, or write out what is meant."),
    )
    TAG = (
        "tag",
        Severity.WARNING,
        N_("A YAML tag (`!name`). Tags have no meaning here; the value is read as if without."),
        N_("Put a text that begins with `!` in quotes; remove a tag."),
    )
    INVISIBLE = (
        "invisible",
        Severity.WARNING,
        N_(
            "A character that nobody sees: a control character, one of no width, or one that "
            "turns the direction of writing. The text is used without it."
        ),
        N_("Remove it, or type the text anew; it mostly comes from copying."),
    )
    BRACKETS = (
        "brackets",
        Severity.WARNING,
        N_("A bracket of a short form is opened and not closed, or the other way round."),
        N_(
            "Write `Name (Affiliation)`. Where the bracket belongs to the name, use the long "
            "form: `{name: …}`."
        ),
    )
    PLACEHOLDER = (
        "placeholder",
        Severity.WARNING,
        N_("A name or title that only keeps a place, such as TODO or 未定."),
        N_("Write the real one, or remove the entry until it is known."),
    )
    DATE = (
        "date",
        Severity.WARNING,
        N_(
            "Not a date of the calendar, an end before its start, or `date` beside `start_date` "
            "and `end_date`."
        ),
        N_(
            "Write 2018-04-19, 2018-04 or 2018. Another form that has one meaning is read, and the "
            "message says how to write it. Other wordings go into `date_text`."
        ),
    )
    TIME = (
        "time",
        Severity.WARNING,
        N_("Not a time of day, or a session that ends before it starts."),
        N_("Write 9:30 or 13:00. After midnight, go on counting (25:30) or start anew (1:30)."),
    )
    TIMEZONE = (
        "timezone",
        Severity.WARNING,
        N_("Not a name of the time zone database of IANA."),
        N_(
            "Write a place such as Asia/Tokyo. Of an abbreviation or an offset the message names "
            "the places; those of `Etc/GMT-9` and its like have their sign turned round."
        ),
    )
    URL = (
        "url",
        Severity.WARNING,
        N_(
            "Not an address that may be linked: no scheme, another than https, http and mailto, no "
            "host, or spaces. Spaces around an address do no harm; they are left out."
        ),
        N_("Copy the whole address from the browser; write a space in it as %20."),
    )
    PATH = (
        "path",
        Severity.WARNING,
        N_(
            "A path that leads out of the project (by `..`, from the root or over a link), or to "
            "what is not for readers: hidden files, `conf.py` and, for data, folders that are "
            "excluded or begin with `_`. Or a folder or page that is a link out of the project, or "
            "whose name has a line break. Nothing of it is published."
        ),
        N_("Put the file beside `event.yaml` or the page, and write its name."),
    )
    FILE = (
        "file",
        Severity.WARNING,
        N_(
            "There is no such file, its name has other letters or capitals on disk, or it is no "
            "picture where one is shown. The name stands there alone."
        ),
        N_("Write the name as the disk has it: capitals count on most servers."),
    )
    DUPLICATE_ID = (
        "duplicate-id",
        Severity.WARNING,
        N_(
            "Two sessions of an event, two events, or two entries of a register have the same id. "
            "The first keeps it."
        ),
        N_("Give one of them another `id`."),
    )
    DUPLICATE_NAME = (
        "duplicate-name",
        Severity.WARNING,
        N_(
            "The same name stands twice in one list: a sponsor within a tier, say, or in two "
            "entries of a register."
        ),
        N_(
            "Remove one. The same sponsor may well stand in two tiers. Where two share a name, "
            "write `at` into an entry of a register: the events at which it means this one."
        ),
    )
    ROOM_CLASH = (
        "room-clash",
        Severity.WARNING,
        N_("Two sessions are in the same room at the same time."),
        N_("Fix the room, the date or the times of one of them."),
    )
    LINK_GONE = (
        "link-gone",
        Severity.WARNING,
        N_(
            "A link of an event leads to a page that is gone: its host says so, or there is no "
            "such host. Only `linkcheck` looks; it names a copy in the Internet Archive, if that "
            "has one."
        ),
        N_(
            "Write the line of the message. With `status: gone` readers see that it was there, and "
            "`linkcheck` does not look again."
        ),
    )
    NO_EVENT = (
        "no-event",
        Severity.WARNING,
        N_("The page belongs to no event: no `event.yaml` beside it or in a folder above."),
        N_("Write one, or name an event with `:event: ID`."),
    )
    NO_PAGE = (
        "no-page",
        Severity.WARNING,
        N_("No page shows the event, so no list leads to it."),
        N_("Write `index.md` beside its `event.yaml`."),
    )
    UNKNOWN_EVENT = (
        "unknown-event",
        Severity.WARNING,
        N_("There is no event of this id."),
        N_("Take the id that the message proposes; it is the folder's name unless the file says."),
    )
    UNKNOWN_SESSION = (
        "unknown-session",
        Severity.WARNING,
        N_("The event has no session of this id, or shows it on no page."),
        N_("Write the `id` as the session has it in its `event.yaml`."),
    )
    UNKNOWN_NAME = (
        "unknown-name",
        Severity.WARNING,
        N_(
            "A directive asks for a tier, room, track or topic that the event does not have, or "
            "for a series, place, topic or reporter that no event has; a session is in a room or "
            "track that the event's own list of them does not name, or a page is by a reporter who "
            "is none of the event's."
        ),
        N_("Write the name as the list in `event.yaml` does."),
    )
    UNKNOWN_SUBJECT = (
        "unknown-subject",
        Severity.WARNING,
        N_(
            "A page refers to a person, an organization, a topic or a series that no event has, or "
            "by a name that several have."
        ),
        N_("Write the name as an event has it, or the id of its page."),
    )
    UNKNOWN_TOPIC = (
        "unknown-topic",
        Severity.WARNING,
        N_("An event has a topic that `topics.yaml` lacks, which says `is_closed: true`."),
        N_("Write one of the topics that it has, or add an entry to it."),
    )
    LOST_ADDRESS = (
        "lost-address",
        Severity.WARNING,
        N_(
            "What the published site has, by the inventory that `check --against` names, the next "
            "build would not have: links from elsewhere would lead nowhere."
        ),
        N_(
            "Write the line of the message, if it names what was meant; the page then forwards. "
            "What was removed on purpose is nowhere."
        ),
    )
    FENCE = (
        "fence",
        Severity.WARNING,
        N_(
            "A fence of a Markdown page is not closed where it ends, so it takes in what follows. "
            "A directive of this extension is closed where it must end; other fences are not."
        ),
        N_("Close it, on a line of its own, with as many of the same marks as it is opened with."),
    )
    MARKUP = (
        "markup",
        Severity.WARNING,
        N_(
            "A directive or role as another markup has it, in a line of text or in a table, or in "
            "full-width characters. It is read as what is meant, where that is clear."
        ),
        N_("Write the lines of the message: a directive stands on lines of its own."),
    )
    DIRECTIVE = (
        "directive",
        Severity.WARNING,
        N_(
            "There is no directive or role of this name, or it does not take what stands behind "
            "or in it. It is read as what is meant, where that is clear."
        ),
        N_("Write what the message says, or one of the names of the reference."),
    )
    OPTION = (
        "option",
        Severity.WARNING,
        N_(
            "The directive has no such option, or the option does not take the value. It is not "
            "used, unless the message says what it is read as."
        ),
        N_("Write the option or the value that the message names."),
    )
    NO_HEADING = (
        "no-heading",
        Severity.WARNING,
        N_("A page of an event has no heading; it is called as the event is."),
        N_("Begin the page with a heading: `# Name`."),
    )
    LEFT_OUT = (
        "left-out",
        Severity.HINT,
        N_("A build for the audience that `check --audience` names leaves this out."),
        N_("See that nothing is missing from the list before you publish."),
    )
    NO_ID = (
        "no-id",
        Severity.HINT,
        N_(
            "Sessions have no `id`. Theirs come from their titles, and change with them, and so do "
            "the addresses of their notes."
        ),
        N_(
            "Run the command of the message: it writes the ids that the sessions have now, shows "
            "what it changes, and leaves all else as it is."
        ),
    )
    OUTSIDE_DAYS = (
        "outside-days",
        Severity.HINT,
        N_("A session's date is not one of the event's days."),
        N_("See whether one of the dates is wrong; a day before the official ones may be right."),
    )
    NO_DATE = (
        "no-date",
        Severity.HINT,
        N_("Sessions of an event of several days do not say on which of them they were."),
        N_("Write the `date` of each."),
    )
    NOT_SHOWN = (
        "not-shown",
        Severity.HINT,
        N_("Sessions stand nowhere on the event's pages, while others have notes there."),
        N_(
            "Show all of them with `event:sessions`, or each below a heading of its own with "
            "`event:session`. Where they are left out on purpose, nothing is wrong."
        ),
    )
    FOLDED = (
        "folded",
        Severity.HINT,
        N_("An item of a list goes on in the next line; YAML makes one text of both lines."),
        N_("Begin the second line with `- ` if it is an item of its own, or write one line."),
    )
    LIST = (
        "list",
        Severity.HINT,
        N_("A key that takes a list has one text, in which signs such as commas part several."),
        N_('Write `[A, B]` if they are several, and `["A, B"]` if it is one.'),
    )
    SIMILAR_NAME = (
        "similar-name",
        Severity.HINT,
        N_("Two names differ in a letter, capitals, widths or spaces; they may mean the same."),
        N_("Write the same name in the same way, so that people and search find all of it."),
    )
    SAME_SUBJECT = (
        "same-subject",
        Severity.HINT,
        N_(
            "Two names of people, organizations, topics or series may be one's: they are read "
            "alike, say, or differ in a letter. Nothing is merged by itself."
        ),
        N_(
            "Write the entry of the message into the register (`people.yaml`); if they are two, an "
            "entry for each."
        ),
    )
    PERSON = (
        "person",
        Severity.HINT,
        N_(
            "A person in the short form is read as one name, and may be several people, or a name "
            "with an affiliation."
        ),
        N_(
            "Write what the message proposes: `A; B` are two people, `A (B)` has an affiliation, "
            "and `{name: …}` is one name, whatever is in it."
        ),
    )
    HEADING = (
        "heading",
        Severity.HINT,
        N_("A heading says something other than the title in `event.yaml`."),
        N_("Change one of the two, unless the difference is wanted."),
    )
    MORE_NOTES = (
        "more-notes",
        Severity.HINT,
        N_("A session has notes of the same reporter in several places."),
        N_(
            "Put the notes together. If they are of several reporters, begin the page of each with "
            "`reporter: NAME`."
        ),
    )
    PHOTO_LOCATION = (
        "photo-location",
        Severity.HINT,
        N_("A photo says where it was taken (GPS), to all who open it."),
        N_("Run the command of the message, which removes that and leaves the original aside."),
    )
    PHOTO_SIZE = (
        "photo-size",
        Severity.HINT,
        N_("A photo of more than 1 MB, for which readers wait and which repositories keep."),
        N_("Run the command of the message; or save it smaller, a photo in PNG as JPEG."),
    )
    PHOTO_FORMAT = (
        "photo-format",
        Severity.HINT,
        N_("A photo as telephones save it (HEIC), which few browsers show."),
        N_(
            "Run the command of the message, which makes a JPEG of it and writes its new name "
            "where it is referred to."
        ),
    )
    ALT_TEXT = (
        "alt-text",
        Severity.HINT,
        N_("A picture of a page has no alternative text for those who do not see it."),
        N_("Say what is to be seen: `![The stage](stage.jpg)`, or the option `:alt:`."),
    )
    FILE_SIZE = (
        "file-size",
        Severity.HINT,
        N_("A file of more than 20 MB, which repositories keep for ever and hosts may refuse."),
        N_("Put it where large files are kept, and link to it (`url`)."),
    )

    SETTING = (
        "setting",
        Severity.WARNING,
        N_("A setting in `conf.py` says what it cannot; its default is used."),
        N_("Write what the message says."),
    )

    def __init__(self, label: str, severity: Severity, cause: str, cure: str) -> None:
        self.label = label
        self.severity = severity
        self.cause = cause
        self.cure = cure


class Mark(NamedTuple):
    """A place in a file; lines and columns count from 1, as editors do."""

    line: int = 1
    column: int = 1


#: The column of the end of a line, however long that is.
LINE_END: Final = 10**9


class Edit(NamedTuple):
    """A part of a file's text, and what to write instead of it."""

    start: Mark
    end: Mark
    new: str

    @classmethod
    def of_line(cls, number: int, new: str) -> "Edit":
        """Return the edit that writes a line, or several, in the place of one."""
        return cls(Mark(number), Mark(number, LINE_END), new)


class NewEntries(NamedTuple):
    """What to write instead of an entry of a mapping in YAML, or of a value or an item.

    :param place: Where the entry's key stands, or the value or item.
    :param key: The key; none if it is not about an entry.
    :param entries: Keys and values as YAML writes them; without a value, that of the entry stays as
        it is written.
    """

    place: Mark
    key: str
    entries: tuple[tuple[str, str | None], ...]


#: The changes of a file's text that make an end of a problem.
Fix = tuple[Edit | NewEntries, ...]


class Finding(NamedTuple):
    """What is wrong at a place of a file; a :class:`Problem` once the file's path is known.

    ``fix`` writes what is read already; there is none where a person has to choose.
    """

    mark: Mark
    code: Code
    message: Message
    fix: Fix = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of one file.

    ``path`` is as messages show it: relative to the project or the current folder.
    """

    path: str
    mark: Mark
    code: Code
    message: Message
    fix: Fix = ()

    @property
    def is_fault(self) -> bool:
        """Whether it is more than a hint, so that it fails a build with ``-W``."""
        return self.code.severity is not Severity.HINT

    @property
    def place(self) -> str:
        """The place in the form that editors and terminals open: ``path:line:column``."""
        return f"{printable(self.path)}:{self.mark.line}:{self.mark.column}"

    def of_file(self, path: str) -> "Problem":
        """Return it with another path of its file, also where the message has the path."""
        arguments = {
            name: path if value == self.path else value for name, value in self.message.arguments
        }
        return replace(self, path=path, message=Message(self.message.template, **arguments))

    def text(self, translate: Translate = str) -> str:
        """Return one line: place, message, code."""
        return f"{self.place}: {self.message.text(translate)} [event.{self.code.label}]"

    def __str__(self) -> str:
        """Return the text in English, for logs and tests."""
        return self.text()


def kind_of(value: object) -> Message:
    """Return what people call the kind of a value: a text, a mapping, a list."""
    match value:
        case None:
            return Message("nothing")
        case str():
            return Message("a text")
        case Mapping():
            return Message("a mapping")
        case _:
            return Message("a list")


class InvalidValueError(ValueError):
    """A value that cannot be used; ``message`` says why, and what to write instead."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message
