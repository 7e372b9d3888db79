"""Values of an ``event.yaml``: how each is written, checked, and told of when it is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Final

from babel import Locale
from babel.core import get_global
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    RootModel,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from sphinxcommon.suggestions import suggesting

from . import located
from .dates import PartialDate, check_timezone, parse_clock
from .i18n import N_
from .messages import InvalidValueError, Message
from .names import comparable, composed, is_balanced
from .problems import Code, Finding, kind_of
from .suggestions import did_you_mean, nearest
from .urls import check_url

#: The type of an error that follows from another, which has been told.
TOLD: Final = "told"


def fault(code: Code, message: Message) -> PydanticCustomError:
    """Make a validation error that has a problem's code and, in its context, the message."""
    return PydanticCustomError(code.label, "{message}", {"message": message})


@dataclass(frozen=True, eq=False)
class Form:
    """One way in which a value is written.

    ``words`` name it for people; ``schema`` says of a JSON value whether it is
    one (JSON Schema, draft 7). YAML makes numbers and truth values of texts
    before a JSON Schema sees them.
    """

    words: str
    schema: Mapping[str, Any]


def _as_written(value: object) -> str:
    if isinstance(value, str) and (text := str(value).strip()):
        return "\n".join(text.splitlines())
    if value is None or isinstance(value, str):
        raise fault(Code.EMPTY, Message("nothing stands here; write a text, or remove it"))
    problem = Message("a text expected, found {found}", found=kind_of(value))
    raise fault(Code.TYPE, perhaps_unquoted(problem, value))


def _as_lines(value: object) -> str:
    return composed(_as_written(value))


def perhaps_unquoted(problem: Message, value: object) -> Message:
    """Add what to write where a list or mapping looks as if a text had been meant."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return Message("{problem}; a text that begins with “[” needs quotes", problem=problem)
    if isinstance(value, Mapping) and len(value) == 1 and any(value.values()):
        ((key, below),) = value.items()
        whole = f'"{key}: {below}"'
        return Message(
            "{problem}; a text with a colon needs quotes: {whole}", problem=problem, whole=whole
        )
    return problem


def _as_text(value: object) -> str:
    """A text on one line: the line breaks of a block are no part of a name."""
    return _on_one_line(_as_lines(value))


def _on_one_line(text: str) -> str:
    return " ".join(filter(None, map(str.strip, text.splitlines())))


def _as_word(value: object, info: ValidationInfo) -> str:
    """A text of a list of such; a bracket left over is of the list."""
    text = _as_text(value)
    if not is_balanced(text) and isinstance(value, located.Text) and info.context is not None:
        message = Message("a bracket of “{text}” has no counterpart", text=text)
        info.context.append(Finding(value.mark, Code.BRACKETS, message))
    return text


def _as_typed(value: object) -> str:
    """A text in which digits and signs of full width are those of an input method."""
    return unicodedata.normalize("NFKC", _as_text(value))


def _as_url(value: object, info: ValidationInfo) -> str:
    # A server tells forms of Unicode apart.
    text = _on_one_line(_as_written(value))
    try:
        url = check_url(text)
    except InvalidValueError as error:
        raise fault(Code.URL, error.message) from None
    if isinstance(value, located.Text) and value != value.strip() and info.context is not None:
        message = Message("spaces stand around the URL; remove them")
        info.context.append(Finding(value.mark, Code.URL, message))
    return url


def _as_date(value: object) -> PartialDate:
    text = _as_typed(value)
    try:
        return PartialDate.parse(text)
    except InvalidValueError as error:
        raise fault(Code.DATE, error.message) from None


def _as_clock(value: object) -> str:
    text = _as_typed(value)
    try:
        return parse_clock(text)
    except InvalidValueError as error:
        raise fault(Code.TIME, error.message) from None


def _as_timezone(value: object) -> str:
    text = _as_text(value)
    try:
        return check_timezone(text)
    except InvalidValueError as error:
        raise fault(Code.TIMEZONE, error.message) from None


def _as_count(value: object, key_of_wording: str = "") -> int:
    text = _as_typed(value)
    if re.fullmatch(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}", text):
        return int(text.replace(",", ""))
    if key_of_wording:
        problem = Message(
            "a whole number expected, found “{text}”; another wording goes into {key}",
            text=text,
            key=key_of_wording,
        )
    else:
        problem = Message("a whole number expected, found “{text}”", text=text)
    raise fault(Code.VALUE, problem)


def _as_attendance(value: object, info: ValidationInfo) -> int:
    """How many people; a key of the same name with ``_text`` takes a wording."""
    return _as_count(value, f"{info.field_name}_text")


#: As people write how long something took: minutes, or hours and minutes.
_DURATION: Final = re.compile(
    r"(?:(?P<hours>\d{1,2})(?::|\s*(?:h|hours?|時間)\s*))?(?:(?P<minutes>\d{1,4})\s*(?:m|min|minutes?|分)?)?"
)


def _as_duration(value: object) -> int:
    """Minutes."""
    text = _as_typed(value)
    match = _DURATION.fullmatch(text)
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0) if match else 0
    if not minutes:
        raise fault(
            Code.TIME, Message("“{text}” is no duration; write minutes (40) or 1:30", text=text)
        )
    return minutes


def _as_offset(value: object) -> int:
    """Seconds."""
    text = _as_typed(value)
    match = re.fullmatch(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})", text)
    if not match or (match[2] is not None and int(match[3]) > 59):
        raise fault(
            Code.TIME,
            Message("“{text}” is no place in a video; write 12:34, 1:02:03 or seconds", text=text),
        )
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return (hours * 60 + minutes) * 60 + seconds


def _as_color(value: object) -> str:
    text = _as_typed(value)
    if not (match := re.fullmatch(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", text)):
        raise fault(
            Code.VALUE,
            Message("“{text}” is no colour; write six digits of hex: '#BF281C'", text=text),
        )
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def _degrees(limit: int) -> BeforeValidator:
    def validate(value: object) -> str:
        text = _as_typed(value)
        if not re.fullmatch(r"[+-]?\d{1,3}(\.\d+)?", text) or abs(float(text)) > limit:
            raise fault(
                Code.VALUE,
                Message(
                    "“{text}” is no number of degrees from -{limit} to {limit}; write 38.2596 "
                    "(south and west: -)",
                    text=text,
                    limit=limit,
                ),
            )
        return text

    return BeforeValidator(validate)


def _as_id(value: object) -> str:
    text = _as_text(value)
    if not re.fullmatch(r"[\w.-]+", text):
        raise fault(
            Code.VALUE,
            Message(
                "“{text}” is no id: use letters, digits, “-”, “_” and “.”, no spaces", text=text
            ),
        )
    return text


def _in_any_width(pattern: str, signs: str) -> str:
    """A pattern (JavaScript's) that digits and signs of an input method fit as well."""
    wide = f"０-９{signs}{unicodedata.normalize('NFKC', signs)}"
    return rf"^\s*({pattern}|(?=.*[０-９{signs}])[0-9{wide}]+)\s*$"


_NO_TEXT: Final = {"if": {"type": ["array", "object"]}, "then": {"type": "string"}}
_NO_TRUTH_VALUE: Final = {
    "if": {"type": ["array", "object", "boolean"]},
    "then": {"type": "string"},
}

_ONLY_TEXT: Final = {
    "if": {"type": ["array", "object", "boolean", "number"]},
    "then": {"type": "string"},
}

Str = Annotated[str, BeforeValidator(_as_text), Form(N_("text"), _NO_TEXT)]
Word = Annotated[str, BeforeValidator(_as_word), Form(N_("text"), _NO_TEXT)]
LocalPath = Annotated[str, BeforeValidator(_as_text), Form(N_("path"), _NO_TEXT)]
Url = Annotated[
    str,
    BeforeValidator(_as_url),
    Form(
        N_("URL"),
        {
            **_ONLY_TEXT,
            "pattern": r"^\s*([Hh][Tt][Tt][Pp][Ss]?://\S+|[Mm][Aa][Ii][Ll][Tt][Oo]:\S+)\s*$",
            "patternErrorMessage": "https://… / http://… / mailto:…",
        },
    ),
]
Date = Annotated[
    PartialDate,
    BeforeValidator(_as_date),
    Form(
        N_("date"),
        {
            **_NO_TRUTH_VALUE,
            "pattern": _in_any_width(
                "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", "－"
            ),
            "patternErrorMessage": "2018-04-19 / 2018-04 / 2018",
            "minimum": 1000,
            "maximum": 9999,
        },
    ),
]
Clock = Annotated[
    str,
    BeforeValidator(_as_clock),
    Form(
        N_("time"),
        {
            **_ONLY_TEXT,
            "pattern": _in_any_width("[0-2]?[0-9]:[0-5][0-9]", "："),
            "patternErrorMessage": "9:30 / 13:00 / 25:30",
        },
    ),
]
TimeZone = Annotated[
    str,
    BeforeValidator(_as_timezone),
    Form(N_("time zone"), {**_ONLY_TEXT, "pattern": r"^\s*[A-Za-z][\w+/-]*\s*$"}),
]
_WHOLE_NUMBER: Final = Form(
    N_("whole number"),
    {
        **_NO_TRUTH_VALUE,
        "pattern": _in_any_width("[0-9,]+", "，"),
        "multipleOf": 1,
        "minimum": 0,
    },
)
Count = Annotated[int, BeforeValidator(_as_count), _WHOLE_NUMBER]
Attendance = Annotated[int, BeforeValidator(_as_attendance), _WHOLE_NUMBER]
Identifier = Annotated[
    str, BeforeValidator(_as_id), Form(N_("id"), {**_NO_TEXT, "pattern": r"^\s*\S+\s*$"})
]


Duration = Annotated[
    int,
    BeforeValidator(_as_duration),
    Form(
        N_("duration"),
        {
            **_NO_TRUTH_VALUE,
            "pattern": r"^\s*[0-9０-９][0-9０-９:：]*\s*([A-Za-z分時間][\s\S]*)?$",
            "patternErrorMessage": "40 / 1:30",
            "minimum": 1,
        },
    ),
]
Offset = Annotated[
    int,
    BeforeValidator(_as_offset),
    Form(
        N_("place in a video"),
        {
            **_NO_TRUTH_VALUE,
            "pattern": _in_any_width("([0-9]{1,2}:)?([0-9]{1,3}:)?[0-9]{1,5}", "："),
            "patternErrorMessage": "12:34 / 1:02:03 / 754",
            "minimum": 0,
        },
    ),
]
Color = Annotated[
    str,
    BeforeValidator(_as_color),
    Form(
        N_("colour"),
        {
            **_NO_TRUTH_VALUE,
            "pattern": r"^\s*[#＃]?[0-9A-Fa-f０-９Ａ-Ｆａ-ｆ]{3,6}\s*$",
            "patternErrorMessage": "'#BF281C'",
        },
    ),
]


def _degrees_form(limit: int) -> Form:
    schema = {**_NO_TRUTH_VALUE, "pattern": r"^\s*[+\-＋－0-9０-９.．]+\s*$"}
    return Form(N_("degrees"), {**schema, "minimum": -limit, "maximum": limit})


Latitude = Annotated[str, _degrees(90), _degrees_form(90)]
Longitude = Annotated[str, _degrees(180), _degrees_form(180)]


def _as_language(value: object) -> str:
    text = str(value)
    if not re.fullmatch(r"([A-Za-z]{2,3}([-_]\w+)*)?", text):
        raise fault(
            Code.TYPE,
            Message(
                "a text expected, or texts by language ({ja: …, en: …}); “{text}” is none",
                text=text,
            ),
        )
    return text


Language = Annotated[str, BeforeValidator(_as_language)]
Lines = Annotated[str, BeforeValidator(_as_lines)]
Texts = Annotated[Mapping[Language, Lines], AfterValidator(MappingProxyType), PlainSerializer(dict)]


@cache
def _tags_by_name() -> Mapping[str, str]:
    """“japanese”, “日本語”, “jpn” → ``ja``."""
    known = set(Locale("en").languages)
    named = {
        name.casefold(): tag
        for locale in ("en", "ja")
        for tag, name in Locale(locale).languages.items()
        if len(tag) <= 3
    }
    aliases = get_global("language_aliases")
    return {**{old: tag for old, tag in aliases.items() if tag in known}, **named}


def as_tag(value: object) -> str:
    """A language by its tag (BCP 47) or its name."""
    text = _as_typed(value)
    base = re.split("[-_]", text)[0].lower()
    if re.fullmatch(r"[A-Za-z]{2,3}([-_]\w+)*", text) and base in Locale("en").languages:
        return text.replace("_", "-")
    if tag := _tags_by_name().get(text.casefold()):
        return tag
    meant = _COUNTRIES.get(base)
    problem = Message("“{text}” is no language; write a tag such as ja or en", text=text)
    raise fault(
        Code.VALUE,
        suggesting(problem, meant) if meant else did_you_mean(problem, text, _tags_by_name()),
    )


def nearest_tag(text: str) -> str | None:
    """The tag that was meant by the name of a language, or the code of a country, or nearly so."""
    names = {**_tags_by_name(), **_COUNTRIES}
    return names.get(nearest(text, names) or "")


def as_tags(value: object) -> object:
    """“de, en” is two of them."""
    if isinstance(value, located.Text):
        parts = [part for part in re.split(r"\s*[,/、]\s*", value) if part]
        return [located.Text(part, value.mark) for part in parts] if parts else value
    return value


LanguageTag = Annotated[str, BeforeValidator(as_tag), Form(N_("language"), _NO_TEXT)]

#: Codes of countries, where those of their languages were meant.
_COUNTRIES: Final = {"jp": "ja", "kr": "ko", "cn": "zh", "tw": "zh-TW", "us": "en", "gb": "en"}


def _wrong_tags(data: located.Mapping) -> Iterator[Finding]:
    for tag in data:
        if (base := re.split("[-_]", tag)[0].lower()) not in Locale("en").languages:
            problem = Message("“{tag}” is no tag of a language (BCP 47)", tag=tag)
            if base in _COUNTRIES:
                problem = suggesting(problem, _COUNTRIES[base])
            yield Finding(data.key_marks[tag], Code.VALUE, problem)


class LocalizedText(RootModel[Texts]):
    """A text in one or several languages, in the author's order.

    Maps BCP 47 language tags to texts; the empty tag stands for a text whose
    language the author did not say.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping):
            return {"": _as_lines(data)}
        if not data and getattr(data, "pruned", None):
            raise PydanticCustomError(TOLD, "")
        if not data or not all(re.match(r"[A-Za-z]{2,3}([-_]|\Z)", key) for key in data):
            problem = Message("a text expected, or texts by language ({ja: …, en: …})")
            raise fault(Code.TYPE, perhaps_unquoted(problem, data))
        if isinstance(data, located.Mapping) and info.context is not None:
            info.context.extend(_wrong_tags(data))
        return data

    def in_language(self, language: str) -> str:
        """The text in ``language``, else in its base language, else the first."""
        texts = {_folded(tag): text for tag, text in self.root.items()}
        wanted = _folded(language)
        return texts.get(wanted) or texts.get(wanted.partition("-")[0]) or str(self)

    def in_languages(self, languages: Sequence[str]) -> list[str]:
        """The text in the first of ``languages``, and in the others as far as it has them."""
        texts = {_folded(tag): text for tag, text in self.root.items()}
        others = (texts.get(_folded(language), "") for language in languages[1:])
        found = (self.in_language(languages[0]), *others)
        return list(dict.fromkeys(filter(None, found)))

    def says(self, text: str) -> bool:
        """Whether this is ``text`` in one of its languages, in whichever form of Unicode."""
        return comparable(text) in map(comparable, self.root.values())

    def __str__(self) -> str:
        return next(iter(self.root.values()))


def _folded(tag: str) -> str:
    return tag.replace("_", "-").lower()


def _as_one_line(text: LocalizedText) -> LocalizedText:
    if not any("\n" in one for one in text.root.values()):
        return text
    texts = {language: _as_text(one) for language, one in text.root.items()}
    return LocalizedText.model_construct(MappingProxyType(texts))


_BY_LANGUAGE: Final = {
    "if": {"type": "array"},
    "then": {"type": "string"},
    "patternProperties": {r"^[A-Za-z]{2,3}([-_]\w+)*$": _NO_TEXT},
    "additionalProperties": False,
}

#: A leaf text that is shown as it stands, on one line.
Localized = Annotated[
    LocalizedText, AfterValidator(_as_one_line), Form(N_("text, by language"), _BY_LANGUAGE)
]
#: Leaf texts in which the author may use Markdown; all others are plain.
Markdown = Annotated[LocalizedText, Form(N_("Markdown, by language"), _BY_LANGUAGE)]


def one_of(words: str, **meanings: str) -> tuple[BeforeValidator, Form]:
    """A word of a closed set, of which ``words`` say what they are: each with its meaning."""
    known = [word.replace("_", "-") for word in meanings]

    def validate(value: object) -> str:
        text = _as_text(value)
        if text not in known:
            problem = Message(
                "“{text}” is no {kind}; use {known}", text=text, kind=Message(words), known=known
            )
            raise fault(Code.VALUE, did_you_mean(problem, text, known))
        return text

    return BeforeValidator(validate), Form(
        words, {"enum": known, "enumDescriptions": list(meanings.values())}
    )
