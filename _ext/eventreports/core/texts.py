"""Texts in one or several languages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Final

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

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import suggesting

from . import located
from .i18n import N_
from .languages import COUNTRIES, base_of, is_known
from .names import comparable
from .problems import Code, Finding
from .value_types import (
    ALREADY_REPORTED,
    NO_COLLECTION,
    ValueType,
    invalid,
    on_one_line,
    read_text,
    suggesting_quotes,
)


def _language_key(value: object) -> str:
    text = str(value)
    if not re.fullmatch(r"([A-Za-z]{2,3}([-_]\w+)*)?", text):
        raise invalid(
            Code.TYPE,
            Message(
                "a text expected, or texts by language ({ja: …, en: …}); “{text}” is none",
                text=text,
            ),
        )
    return text


_Language = Annotated[str, BeforeValidator(_language_key)]
_Text = Annotated[str, BeforeValidator(read_text)]
_Texts = Annotated[
    Mapping[_Language, _Text], AfterValidator(MappingProxyType), PlainSerializer(dict)
]


def _wrong_tags(data: located.Mapping) -> Iterator[Finding]:
    for tag in data:
        if not is_known(tag):
            problem = Message("“{tag}” is no tag of a language (BCP 47)", tag=tag)
            problem = suggesting(problem, COUNTRIES.get(base_of(tag)))
            yield Finding(data.key_marks[tag], Code.VALUE, problem)


class LocalizedText(RootModel[_Texts]):
    """A text in one or several languages, in the author's order.

    Maps BCP 47 language tags to texts; the empty tag stands for a text whose
    language the author did not give.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping):
            return {"": read_text(data)}
        if not data and getattr(data, "pruned", None):
            raise PydanticCustomError(ALREADY_REPORTED, "")
        if not data or not all(re.match(r"[A-Za-z]{2,3}([-_]|\Z)", key) for key in data):
            problem = Message("a text expected, or texts by language ({ja: …, en: …})")
            raise invalid(Code.TYPE, suggesting_quotes(problem, data))
        if isinstance(data, located.Mapping) and info.context is not None:
            info.context.extend(_wrong_tags(data))
        return data

    def in_language(self, language: str) -> str:
        """Return the text in a language, else in its base language, else the first."""
        texts = self._by_tag()
        wanted = _folded(language)
        return texts.get(wanted) or texts.get(wanted.partition("-")[0]) or str(self)

    def in_languages(self, languages: Sequence[str]) -> list[str]:
        """Return the text in the first language, and in the others as far as there is one."""
        texts = self._by_tag()
        others = (texts.get(_folded(language), "") for language in languages[1:])
        found = (self.in_language(languages[0]), *others)
        return list(dict.fromkeys(filter(None, found)))

    def tag_of(self, text: str) -> str:
        """Return the language that the author gave for one of the texts, or nothing."""
        return next((tag for tag, one in self.root.items() if one == text), "")

    def says(self, text: str) -> bool:
        """Return whether this is ``text`` in one of its languages, in any Unicode form."""
        return comparable(text) in map(comparable, self.root.values())

    def _by_tag(self) -> dict[str, str]:
        return {_folded(tag): text for tag, text in self.root.items()}

    def __str__(self) -> str:
        return next(iter(self.root.values()))

    def __reduce__(self) -> tuple[Any, ...]:
        # A read-only view is not pickled.
        return _of_texts, (dict(self.root),)


def _of_texts(texts: dict[str, str]) -> LocalizedText:
    return LocalizedText.model_construct(MappingProxyType(texts))


def all_texts(*texts: LocalizedText | None) -> Iterator[str]:
    """Yield the texts in all their languages."""
    for text in texts:
        if text:
            yield from dict.fromkeys(text.root.values())


def _folded(tag: str) -> str:
    return tag.replace("_", "-").lower()


def _each_on_one_line(text: LocalizedText) -> LocalizedText:
    if not any("\n" in one for one in text.root.values()):
        return text
    texts = {language: on_one_line(one) for language, one in text.root.items()}
    return _of_texts(texts)


_BY_LANGUAGE: Final = {
    "if": {"type": "array"},
    "then": {"type": "string"},
    "patternProperties": {r"^[A-Za-z]{2,3}([-_]\w+)*$": NO_COLLECTION},
    "additionalProperties": False,
}

#: A name or title: plain text, on one line.
Localized = Annotated[
    LocalizedText,
    AfterValidator(_each_on_one_line),
    ValueType(N_("text, by language"), _BY_LANGUAGE, normal={"$ref": "#/definitions/Text"}),
]
#: A text in which the author may use Markdown; all others are plain.
Markdown = Annotated[
    LocalizedText,
    ValueType(N_("Markdown, by language"), _BY_LANGUAGE, normal={"$ref": "#/definitions/Markdown"}),
]
