"""Converters of option values, which say of a wrong value what to write instead."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from docutils.parsers.rst import directives
from sphinx_design.grids import row_columns_option

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import folded, nearest, suggesting

from ...core.languages import parse_tag
from ...core.names import composed
from ...core.problems import InvalidValueError
from ...core.written_times import ERAS, year_of_era
from ...render.facts import word_label

Converter = Callable[[str], Any]
#: Converters by the names of a directive's options.
OptionSpec = Mapping[str, Converter]

#: Japanese eras by their names, and by the letters that stand for them in Latin.
_ERAS: Final = {**{era: era for era in ERAS}, **dict(zip("rhstm", ERAS, strict=True))}
_ERA_YEAR: Final = re.compile(rf"({'|'.join(_ERAS)})\s*(元|\d{{1,2}})\s*年?(?:度)?")


@dataclass(frozen=True)
class InvalidOption:
    """An option that cannot be used.

    :param text: The value as it is written.
    :param reason: What is wrong with the value; ``None`` if there is no such option.
    """

    text: str
    reason: Message | None


class LenientOptions(Mapping[str, Converter]):
    """The options of a directive: none fails, wrong ones are :class:`InvalidOption`.

    So the directive itself can report them, and does all else that it is asked for.
    """

    def __init__(self, converters: OptionSpec) -> None:
        self._converters = converters

    def __getitem__(self, name: str) -> Converter:
        def convert(argument: str | None) -> Any:
            if name not in self._converters:
                return InvalidOption(argument or "", None)
            try:
                return self._converters[name](argument or "")
            except InvalidValueError as error:
                return InvalidOption(argument or "", error.message)

        return convert

    def __contains__(self, name: object) -> bool:
        return name in self._converters

    def __iter__(self) -> Iterator[str]:
        return iter(self._converters)

    def __len__(self) -> int:
        return len(self._converters)


def text(argument: str) -> str:
    """Convert a text that must not be missing."""
    if not argument.strip():
        raise InvalidValueError(Message("there is nothing behind it"))
    return argument


def name(argument: str) -> str:
    """Convert a name or id."""
    return composed(text(argument))


def words(argument: str) -> list[str]:
    """Convert a list of words, separated by commas or spaces."""
    return [part for part in re.split(r"\s*[,、，]\s*|\s+", name(argument).strip()) if part]


def names(argument: str) -> list[str]:
    """Convert a list of names, separated by commas; a name may have spaces."""
    return [part.strip() for part in re.split("[,，]", name(argument)) if part.strip()]


def words_of(*known: str) -> Callable[[str], list[str]]:
    """Return a converter of a list of words of a closed set."""
    return lambda argument: [choice(*known)(word) for word in words(argument)]


def choice(*known: str) -> Callable[[str], str]:
    """Return a converter of one word of a closed set."""

    def option(argument: str) -> str:
        word = text(argument).strip()
        if word.lower() not in known:
            message = Message("“{word}” is none of {known}", word=word, known=known)
            labels = {folded(word_label(one)): one for one in known}
            meant = labels.get(folded(word)) or nearest(word, known)
            raise InvalidValueError(suggesting(message, meant))
        return word.lower()

    return option


def languages(argument: str) -> list[str]:
    """Convert languages, given by tag or name, to tags."""
    return [parse_tag(word) for word in words(argument)]


def number(argument: str) -> int:
    """Convert a number of things, at least one."""
    plain = unicodedata.normalize("NFKC", argument).strip()
    if re.fullmatch(r"0*[1-9]\d{0,8}", plain):
        return int(plain)
    digits = re.search(r"[1-9]\d{0,8}", plain)
    raise InvalidValueError(
        Message(
            "“{text}” is no number; write {number}", text=plain, number=digits[0] if digits else 5
        )
    )


def year(argument: str) -> int:
    """Convert a year; ``undated`` is 0."""
    plain = unicodedata.normalize("NFKC", argument).strip()
    if plain.lower() == "undated":
        return 0
    if re.fullmatch(r"\d{4}", plain):
        return int(plain)
    if meant := _year_meant(plain.lower()):
        raise InvalidValueError(
            Message("“{text}” is no year; write {year}", text=plain, year=meant)
        )
    raise InvalidValueError(
        Message("“{text}” is no year; write one such as 2026, or “undated”", text=plain)
    )


def years(argument: str) -> tuple[int, ...]:
    """Convert years, separated by commas."""
    return tuple(map(year, names(argument)))


def _year_meant(plain: str) -> int | None:
    if era := _ERA_YEAR.search(plain):
        return year_of_era(_ERAS[era[1]], era[2])
    if whole := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", plain):
        return int(whole[0])
    short = re.fullmatch(r"['’]?(\d\d)年?", plain)
    return 2000 + int(short[1]) if short else None


def columns(argument: str) -> list[str]:
    """Convert the number of columns: one, or four from narrow to wide pages."""
    plain = unicodedata.normalize("NFKC", argument).strip()
    try:
        return row_columns_option(plain)
    except ValueError:
        found = [one for one in re.findall(r"\d+|auto", plain) if one == "auto" or int(one) <= 12]
    meant = " ".join(found if len(found) == 4 else found[:1]) or "2"
    raise InvalidValueError(
        Message(
            "“{text}” is no number of columns; write {columns}, or four from narrow to wide pages: "
            "1 1 2 3",
            text=plain,
            columns=meant,
        )
    )


def classes(argument: str) -> list[str]:
    """Convert names of classes of HTML."""
    try:
        return directives.class_option(argument)
    except ValueError:
        message = Message("“{text}” has no letters that a class may have", text=argument)
        raise InvalidValueError(message) from None
