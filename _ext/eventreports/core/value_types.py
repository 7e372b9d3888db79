"""Types of single values of an ``event.yaml``: how each is written, read and checked."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean, suggesting

from . import located
from .dates import PartialDate, check_timezone, parse_clock, parse_duration, parse_offset
from .i18n import N_
from .key_words import FALSE, TRUE, is_among
from .languages import parse_tag
from .names import as_seen, composed, is_balanced
from .problems import Code, Finding, InvalidValueError, NewEntries, kind_of
from .quoting import in_flow, shown_in_quotes
from .urls import check_url

#: The type of a validation error that follows from one that has been reported.
ALREADY_REPORTED: Final = "already-reported"


def invalid(code: Code, message: Message) -> PydanticCustomError:
    """Make a validation error that has a problem's code and, in its context, the message."""
    return PydanticCustomError(code.label, "{message}", {"message": message})


def suggesting_quotes(problem: Message, value: object) -> Message:
    """Add what to write where a list or mapping looks as if a text had been meant."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        whole = f"[{', '.join(value)}]"
        return Message(
            "{problem}; a text that begins with “[” needs quotes: {whole}",
            problem=problem,
            whole=shown_in_quotes(whole),
        )
    if isinstance(value, Mapping) and len(value) == 1:
        ((key, below),) = value.items()
        if not isinstance(below, str):
            return problem
        whole = shown_in_quotes(f"{key}: {below}")
        return Message(
            "{problem}; a text with a colon needs quotes: {whole}", problem=problem, whole=whole
        )
    return problem


def _as_written(value: object, *, is_free: bool = True) -> str:
    """Return a text, stripped, with LF at the ends of its lines; a free one may say anything."""
    if isinstance(value, str) and (text := str(value).strip()):
        return "\n".join(text.splitlines())
    if value is None or isinstance(value, str):
        raise invalid(Code.EMPTY, Message("nothing stands here; write a text, or remove it"))
    problem = Message("a text expected, found {found}", found=kind_of(value))
    if is_free:
        problem = suggesting_quotes(problem, value)
    elif isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        problem = Message("{problem}; write {whole}", problem=problem, whole=str(value[0]))
    raise invalid(Code.TYPE, problem)


def read_text(value: object) -> str:
    """Read a text of any number of lines.

    :param value: The value, which may be of another type.
    :returns: The text, stripped and in NFC.
    :raises PydanticCustomError: if the value is no text, or an empty one.
    """
    return composed(_as_written(value))


def on_one_line(text: str) -> str:
    """Return a text without line breaks: those of a block are no part of a name."""
    return " ".join(filter(None, map(str.strip, text.splitlines())))


@dataclass(frozen=True, eq=False)
class ValueType:
    """How a value is written, and how it is read; in ``Annotated``, a validator.

    :param label: What people call it.
    :param schema: What a JSON value must be (JSON Schema, draft 7). YAML makes numbers and truth
        values of texts before a JSON Schema applies.
    :param parse: Makes the value of a text on one line, or raises :exc:`InvalidValueError`;
        without one, other validators read the value.
    :param code: The problem that a text is which cannot be parsed.
    :param unicode_form: Which form the text has when it is parsed. NFKC makes ASCII of digits and
        signs of full width; URLs stay as they are, because servers tell forms apart.
    :param normal: What the value that was read is in JSON (JSON Schema, draft 7), see
        ``core/normal_form.py``; its description, marked for translation, follows that of the key.
    """

    label: str
    schema: Mapping[str, Any]
    parse: Callable[[str], Any] | None = None
    code: Code = Code.VALUE
    unicode_form: Literal["NFC", "NFKC", ""] = "NFKC"
    normal: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        inner = handler(source)
        if self.parse is None:
            return inner
        read = partial(self._read, self.parse)
        return core_schema.no_info_before_validator_function(read, inner)

    def fault(self, value: object) -> Message | None:
        """Return why a value is none of this type; nothing if it is one."""
        try:
            if self.parse is not None:
                self._read(self.parse, value)
        except PydanticCustomError as error:
            return (error.context or {}).get("message")
        return None

    def _read(self, parse: Callable[[str], Any], value: object) -> Any:
        text = on_one_line(_as_written(value, is_free=parse is str))
        try:
            form = self.unicode_form
            return parse(unicodedata.normalize(form, text) if form else text)
        except InvalidValueError as error:
            raise invalid(self.code, error.message) from None


def one_of(label: str, **meanings: str) -> ValueType:
    r"""Make the type of a word of a closed set.

    :param label: What people call such a word.
    :param \**meanings: The words, with ``_`` for ``-``, and what each means.
    :returns: The type.
    """
    known = [word.replace("_", "-") for word in meanings]

    def parse(text: str) -> str:
        if text not in known:
            problem = Message(
                "“{text}” is no {kind}; use {known}", text=text, kind=Message(label), known=known
            )
            raise InvalidValueError(did_you_mean(problem, text, known))
        return text

    schema = {"enum": known, "enumDescriptions": list(meanings.values())}
    return ValueType(label, schema, parse, unicode_form="NFC", normal={"enum": known})


# Schemas


def _not_of_type(*types: str) -> Mapping[str, Any]:
    """Make the schema that asks for a text instead of a value of some types."""
    return {"if": {"type": list(types)}, "then": {"type": "string"}}


NO_COLLECTION: Final = _not_of_type("array", "object")
_NO_BOOLEAN: Final = _not_of_type("array", "object", "boolean")
_TEXT_ALONE: Final = _not_of_type("array", "object", "boolean", "number")


def _in_any_width(pattern: str, signs: str) -> str:
    """Return a pattern (JavaScript's) that digits and signs of full width match as well."""
    wide = f"０-９{signs}{unicodedata.normalize('NFKC', signs)}"
    return rf"^\s*({pattern}|(?=.*[０-９{signs}])[0-9{wide}]+)\s*$"


# Texts


def _report(
    info: ValidationInfo, value: object, code: Code, message: Message, right: str = ""
) -> None:
    """Report what is wrong with a value that is used all the same, as what is right."""
    if isinstance(value, located.Text) and info.context is not None:
        fix = (NewEntries(value.mark, "", (("", in_flow(right)),)),) if right else ()
        info.context.append(Finding(value.mark, code, message, fix))


def _check_brackets(value: object, info: ValidationInfo) -> object:
    """Report a bracket without a counterpart, which belongs to the list around the text."""
    if isinstance(value, str) and not is_balanced(value):
        message = Message(
            "a bracket of “{text}” has no counterpart; close it", text=on_one_line(value)
        )
        _report(info, value, Code.BRACKETS, message)
    return value


def _check_spaces(value: object, info: ValidationInfo) -> object:
    if isinstance(value, str) and value != value.strip():
        url = value.strip()
        message = Message("spaces stand around the URL; write {whole}", whole=url)
        _report(info, value, Code.URL, message, url)
    return value


def _parse_id(text: str) -> str:
    if not re.fullmatch(r"[\w.-]+", text):
        problem = Message(
            "“{text}” is no id: use letters, digits, “-”, “_” and “.”, no spaces", text=text
        )
        raise InvalidValueError(
            suggesting(problem, re.sub(r"[^\w.-]+", "-", as_seen(text)).strip("-"))
        )
    return text


def _parse_former_id(text: str) -> str:
    """Return an id as pages may have had it: folders and names of people have blanks, or 「・」."""
    if not text or re.search(r"[/\\\x00-\x1f]", text):
        raise InvalidValueError(Message("“{text}” was no id: none has a slash", text=text))
    return text


def _parse_former_event(text: str) -> str:
    """Return the former id of an event, or ``/FOLDER``: where it was below the events' folder."""
    if text.startswith("/"):
        return "".join(f"/{_parse_former_id(part)}" for part in text.strip("/").split("/"))
    return _parse_former_id(text)


_TEXT: Final = ValueType(N_("text"), NO_COLLECTION, str, unicode_form="NFC")
Str = Annotated[str, _TEXT]
#: A text of a list of such.
Word = Annotated[str, _TEXT, BeforeValidator(_check_brackets)]
#: A file beside the event's, of which the normal form has the address on the site.
PATH: Final = ValueType(
    N_("path"),
    NO_COLLECTION,
    str,
    unicode_form="NFC",
    normal={
        "type": "string",
        "format": "uri-reference",
        "description": N_("Here the address at which a page of the site offers it."),
    },
)
LocalPath = Annotated[str, PATH]
Identifier = Annotated[
    str,
    ValueType(
        N_("id"), {**NO_COLLECTION, "pattern": r"^\s*\S+\s*$"}, _parse_id, unicode_form="NFC"
    ),
]
#: An id that something had, also one that was made of the name of a folder or of its own.
FormerId = Annotated[
    str,
    ValueType(
        N_("id"),
        {**NO_COLLECTION, "pattern": r"^[^/\\]*[^\s/\\][^/\\]*$"},
        _parse_former_id,
        unicode_form="NFC",
    ),
]
FormerEventId = Annotated[
    str,
    ValueType(
        N_("id"),
        {**NO_COLLECTION, "pattern": r"^\s*(/.+|[^/\\]*[^\s/\\][^/\\]*)$"},
        _parse_former_event,
        unicode_form="NFC",
    ),
]
#: ``EVENT`` or ``EVENT/SESSION``, by their ids.
EventPath = Annotated[
    str,
    ValueType(
        N_("event or session"),
        {**NO_COLLECTION, "pattern": r"^\s*[^\s/]+(/[^\s/]+)?\s*$"},
        lambda text: "/".join(map(_parse_id, text.split("/", 1))),
        unicode_form="NFC",
    ),
]
LanguageTag = Annotated[str, ValueType(N_("language"), NO_COLLECTION, parse_tag)]
Url = Annotated[
    str,
    ValueType(
        N_("URL"),
        {
            **_TEXT_ALONE,
            "pattern": r"^\s*([Hh][Tt][Tt][Pp][Ss]?://\S+|[Mm][Aa][Ii][Ll][Tt][Oo]:\S+)\s*$",
            "patternErrorMessage": "https://… / http://… / mailto:…",
        },
        check_url,
        Code.URL,
        unicode_form="",
        normal={"type": "string", "format": "iri"},
    ),
    BeforeValidator(_check_spaces),
]


# Dates and times

Date = Annotated[
    PartialDate,
    ValueType(
        N_("date"),
        {
            **_NO_BOOLEAN,
            "pattern": _in_any_width(
                "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", "－"
            ),
            "patternErrorMessage": "2018-04-19 / 2018-04 / 2018",
            "minimum": 1000,
            "maximum": 9999,
        },
        PartialDate.parse,
        Code.DATE,
        normal={"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    ),
]
Clock = Annotated[
    str,
    ValueType(
        N_("time"),
        {
            **_TEXT_ALONE,
            "pattern": _in_any_width("[0-2]?[0-9]:[0-5][0-9]", "："),
            "patternErrorMessage": "9:30 / 13:00 / 25:30",
        },
        parse_clock,
        Code.TIME,
        normal={"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"},
    ),
]
TimeZone = Annotated[
    str,
    ValueType(
        N_("time zone"),
        {**_TEXT_ALONE, "pattern": r"^\s*[A-Za-z][\w+/-]*\s*$"},
        check_timezone,
        Code.TIMEZONE,
        unicode_form="NFC",
    ),
]
#: In minutes.
Duration = Annotated[
    int,
    ValueType(
        N_("duration"),
        {
            **_NO_BOOLEAN,
            "pattern": r"^\s*[0-9０-９][0-9０-９:：]*\s*([A-Za-z分時間][\s\S]*)?$",
            "patternErrorMessage": "40 / 1:30",
            "minimum": 1,
        },
        parse_duration,
        Code.TIME,
        normal={"type": "integer", "minimum": 1, "description": N_("Here in minutes.")},
    ),
]
#: In seconds from the beginning of a video.
Offset = Annotated[
    int,
    ValueType(
        N_("place in a video"),
        {
            **_NO_BOOLEAN,
            "pattern": _in_any_width("([0-9]{1,2}:)?([0-9]{1,3}:)?[0-9]{1,5}", "："),
            "patternErrorMessage": "12:34 / 1:02:03 / 754",
            "minimum": 0,
        },
        parse_offset,
        Code.TIME,
        normal={"type": "integer", "minimum": 0, "description": N_("Here in seconds.")},
    ),
]


# Numbers and colours


def _count(key_of_wording: str = "") -> ValueType:
    """Make the type of a whole number.

    :param key_of_wording: The key that takes another wording, if there is one.
    """

    def parse(text: str) -> int:
        if re.fullmatch(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}", text):
            return int(text.replace(",", ""))
        if key_of_wording:
            raise InvalidValueError(
                Message(
                    "a whole number expected, found “{text}”; another wording goes into "
                    "“{key}: {text}”",
                    text=text,
                    key=key_of_wording,
                )
            )
        raise InvalidValueError(Message("a whole number expected, found “{text}”", text=text))

    pattern = _in_any_width("[0-9,]+", "，")
    schema = {**_NO_BOOLEAN, "pattern": pattern, "multipleOf": 1, "minimum": 0}
    normal = {"type": "integer", "minimum": 0}
    return ValueType(N_("whole number"), schema, parse, normal=normal)


def _parse_color(text: str) -> str:
    """Return a colour as CSS writes it, with six digits."""
    if not (match := re.fullmatch(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", text)):
        raise InvalidValueError(
            Message("“{text}” is no colour; write six digits of hex: '#BF281C'", text=text)
        )
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def _degrees(limit: int) -> ValueType:
    """Make the type of a latitude or longitude, from ``-limit`` to ``limit`` degrees."""

    def parse(text: str) -> str:
        if not re.fullmatch(r"[+-]?\d{1,3}(\.\d+)?", text) or abs(float(text)) > limit:
            raise InvalidValueError(
                Message(
                    "“{text}” is no number of degrees from -{limit} to {limit}; write 38.2596 "
                    "(south and west: -)",
                    text=text,
                    limit=limit,
                )
            )
        return text

    pattern = r"^\s*[+\-＋－0-9０-９.．]+\s*$"
    schema = {**_NO_BOOLEAN, "pattern": pattern, "minimum": -limit, "maximum": limit}
    normal = {"type": "number", "minimum": -limit, "maximum": limit}
    return ValueType(N_("degrees"), schema, parse, normal=normal)


def _parse_truth(text: str) -> bool:
    for value, words in ((True, TRUE), (False, FALSE)):
        if is_among(text, words):
            return value
    raise InvalidValueError(Message("“{text}” is neither “true” nor “false”", text=text))


Truth = Annotated[
    bool,
    ValueType(
        N_("true or false"),
        {"type": ["boolean", "null"]},
        _parse_truth,
        normal={"type": "boolean"},
    ),
]
Count = Annotated[int, _count()]
Capacity = Annotated[int, _count("capacity_text")]
Attendance = Annotated[int, _count("attendance_text")]
Latitude = Annotated[str, _degrees(90)]
Longitude = Annotated[str, _degrees(180)]
Color = Annotated[
    str,
    ValueType(
        N_("colour"),
        {
            **_NO_BOOLEAN,
            "pattern": r"^\s*[#＃]?[0-9A-Fa-f０-９Ａ-Ｆａ-ｆ]{3,6}\s*$",
            "patternErrorMessage": "'#BF281C'",
        },
        _parse_color,
        normal={"type": "string", "pattern": "^#[0-9a-f]{6}$"},
    ),
]
