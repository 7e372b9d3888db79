"""Values of an ``event.yaml``: how each is written, checked, and told of when it is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple

from babel import Locale
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

from . import marked
from .dates import PartialDate, check_timezone, parse_clock
from .messages import N_
from .names import is_balanced
from .problems import Code, Mark, did_you_mean, kind_of
from .resources import check_url

#: The type of an error that follows from another, which has been told.
TOLD: Final = "told"


def fault(code: Code, message: str) -> PydanticCustomError:
    """A validation error that says its own words and its problem code."""
    return PydanticCustomError(code.label, "{words}", {"words": message})


class Notice(NamedTuple):
    """What is wrong with a value that is used all the same."""

    mark: Mark
    code: Code
    message: str


@dataclass(frozen=True, eq=False)
class Form:
    """One way in which a value is written.

    ``words`` name it for people; ``schema`` says of a JSON value whether it is
    one (JSON Schema, draft 7). YAML makes numbers and truth values of texts
    before a JSON Schema sees them.
    """

    words: str
    schema: Mapping[str, Any]


def _as_lines(value: object) -> str:
    if isinstance(value, str) and (text := str(value).strip()):
        return "\n".join(text.splitlines())
    if value is None or isinstance(value, str):
        raise fault(Code.EMPTY, "nothing stands here; write a text, or remove it")
    raise fault(Code.TYPE, f"a text expected, found {kind_of(value)}{perhaps_unquoted(value)}")


def perhaps_unquoted(value: object) -> str:
    """What to say of a list or mapping that looks as if a text had been meant."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "; a text that begins with “[” needs quotes"
    if isinstance(value, Mapping) and len(value) == 1:
        ((key, below),) = value.items()
        return f'; a text with a colon needs quotes: "{key}: {below}"' if below else ""
    return ""


def _as_text(value: object) -> str:
    """A text on one line: the line breaks of a block are no part of a name."""
    return " ".join(filter(None, map(str.strip, _as_lines(value).splitlines())))


def _as_word(value: object, info: ValidationInfo) -> str:
    """A text of a list of such; a bracket left over is of the list."""
    text = _as_text(value)
    if not is_balanced(text) and isinstance(value, marked.Text) and info.context is not None:
        message = f"a bracket of “{text}” has no counterpart"
        info.context.append(Notice(value.mark, Code.BRACKETS, message))
    return text


def _as_typed(value: object) -> str:
    """A text in which digits and signs of full width are those of an input method."""
    return unicodedata.normalize("NFKC", _as_text(value))


def _as_url(value: object, info: ValidationInfo) -> str:
    text = _as_text(value)
    try:
        url = check_url(text)
    except ValueError as error:
        raise fault(Code.URL, str(error)) from None
    if isinstance(value, marked.Text) and value != value.strip() and info.context is not None:
        message = "blanks stand around the URL; remove them"
        info.context.append(Notice(value.mark, Code.URL, message))
    return url


def _as_date(value: object) -> PartialDate:
    text = _as_typed(value)
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise fault(Code.DATE, str(error)) from None


def _as_clock(value: object) -> str:
    text = _as_typed(value)
    try:
        return parse_clock(text)
    except ValueError as error:
        raise fault(Code.TIME, str(error)) from None


def _as_timezone(value: object) -> str:
    text = _as_text(value)
    try:
        return check_timezone(text)
    except ValueError as error:
        raise fault(Code.TIMEZONE, str(error)) from None


def _as_count(value: object) -> int:
    text = _as_typed(value)
    if not re.fullmatch(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}", text):
        message = f"a whole number expected, found “{text}”"
        raise fault(Code.VALUE, f"{message}; another wording goes into capacity_text")
    return int(text.replace(",", ""))


def _as_id(value: object) -> str:
    text = _as_text(value)
    if not re.fullmatch(r"[\w.-]+", text):
        message = f"“{text}” is no id: use letters, digits, “-”, “_” and “.”, no blanks"
        raise fault(Code.VALUE, message)
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
Count = Annotated[
    int,
    BeforeValidator(_as_count),
    Form(
        N_("whole number"),
        {
            **_NO_TRUTH_VALUE,
            "pattern": _in_any_width("[0-9,]+", "，"),
            "multipleOf": 1,
            "minimum": 0,
        },
    ),
]
Identifier = Annotated[
    str, BeforeValidator(_as_id), Form(N_("id"), {**_NO_TEXT, "pattern": r"^\s*\S+\s*$"})
]


def _as_language(value: object) -> str:
    text = str(value)
    if not re.fullmatch(r"([A-Za-z]{2,3}([-_]\w+)*)?", text):
        message = f"a text expected, or texts by language ({{ja: …, en: …}}); “{text}” is none"
        raise fault(Code.TYPE, message)
    return text


Language = Annotated[str, BeforeValidator(_as_language)]
Lines = Annotated[str, BeforeValidator(_as_lines)]
Texts = Annotated[Mapping[Language, Lines], AfterValidator(MappingProxyType), PlainSerializer(dict)]


#: Codes of countries, where those of their languages were meant.
_COUNTRIES: Final = {"jp": "ja", "kr": "ko", "cn": "zh", "tw": "zh-TW", "us": "en", "gb": "en"}


def _wrong_tags(data: marked.Mapping) -> Iterator[Notice]:
    for tag in data:
        if (base := re.split("[-_]", tag)[0].lower()) not in Locale("en").languages:
            hint = f"; write {_COUNTRIES[base]}" if base in _COUNTRIES else ""
            message = f"“{tag}” is no tag of a language (BCP 47){hint}"
            yield Notice(data.key_marks[tag], Code.VALUE, message)


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
            message = "a text expected, or texts by language ({ja: …, en: …})"
            raise fault(Code.TYPE, message + perhaps_unquoted(data))
        if isinstance(data, marked.Mapping) and info.context is not None:
            info.context.extend(_wrong_tags(data))
        return data

    def in_language(self, language: str) -> str:
        """The text in ``language``, else in its base language, else the first."""
        texts = {_folded(tag): text for tag, text in self.root.items()}
        wanted = _folded(language)
        return texts.get(wanted) or texts.get(wanted.partition("-")[0]) or str(self)

    def says(self, text: str) -> bool:
        """Whether this is ``text`` in one of its languages."""
        return text in self.root.values()

    def __str__(self) -> str:
        return next(iter(self.root.values()))


def _folded(tag: str) -> str:
    return tag.replace("_", "-").lower()


def _on_one_line(text: LocalizedText) -> LocalizedText:
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
    LocalizedText, AfterValidator(_on_one_line), Form(N_("text, by language"), _BY_LANGUAGE)
]
#: Leaf texts in which the author may use Markdown; all others are plain.
Markdown = Annotated[LocalizedText, Form(N_("Markdown, by language"), _BY_LANGUAGE)]


def one_of(what: str, words: str, **meanings: str) -> tuple[BeforeValidator, Form]:
    """A word of a closed set: each with its meaning, the set named ``what``."""
    known = [word.replace("_", "-") for word in meanings]

    def validate(value: object) -> str:
        text = _as_text(value)
        if text not in known:
            hint = did_you_mean(text, known)
            raise fault(Code.VALUE, f"“{text}” is no {what}{hint}; use {', '.join(known)}")
        return text

    return BeforeValidator(validate), Form(
        words, {"enum": known, "enumDescriptions": list(meanings.values())}
    )
