"""Languages: their tags (BCP 47), and what people write instead."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean, nearest, suggesting

from .names import comparable
from .problems import InvalidValueError

_KANA: Final = re.compile(r"[\u3041-\u30ff]")
_ASIAN: Final = re.compile(r"[\u1100-\u11ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7ff]")
_NOT_ENGLISH: Final = re.compile(r"[^\W\d_a-zA-Z]")
#: Words that names of products are seldom made of, and that other languages have not.
_ENGLISH: Final = re.compile(
    r"\b(the|and|of|to|for|with|from|your|our|you|we|how|what|why|when|where|who|which|is|are|"
    r"about|into|using|without|between|through|beyond|inside|this|that|these|should|not)\b",
    re.IGNORECASE,
)

#: Codes of countries, where those of their languages were meant.
COUNTRIES: Final = {"jp": "ja", "kr": "ko", "cn": "zh", "tw": "zh-TW", "us": "en", "gb": "en"}


@cache
def _tags_by_name() -> Mapping[str, str]:
    """Map names and three-letter codes to tags: “japanese”, “日本語” and “jpn” to ``ja``."""
    known = set(Locale("en").languages)
    named = {
        name.casefold(): tag
        for locale in ("en", "ja")
        for tag, name in Locale(locale).languages.items()
        if len(tag) <= 3
    }
    aliases = get_global("language_aliases")
    return {**{old: tag for old, tag in aliases.items() if tag in known}, **named}


def base_of(tag: str) -> str:
    """Return the language of a tag, without script and country: ``zh`` of ``zh-TW``."""
    return re.split("[-_]", tag)[0].lower()


def language_of(title: str, spoken: Sequence[str] = ()) -> str:
    """Return the language that a title is in for sure, or nothing.

    What has kana is Japanese. English is what has words that sentences of English are made of, and
    no letters that it has not; or a title in Latin letters of what was spoken in one language.
    Names of products and people alone are in none.

    :param title: The title.
    :param spoken: The languages of what it is the title of.
    :returns: The tag of the language.
    """
    if _KANA.search(title):
        return "ja"
    if _ASIAN.search(title):
        return ""
    if len(spoken) == 1 and base_of(spoken[0]) not in ("ja", "zh", "ko"):
        return spoken[0]
    return "en" if _ENGLISH.search(title) and not _NOT_ENGLISH.search(title) else ""


def is_known(tag: str) -> bool:
    """Return whether the language of a tag is one that CLDR has a name of."""
    return base_of(tag) in Locale("en").languages


def parse_tag(text: str) -> str:
    """Return the tag of a language.

    :param text: A tag, or the language's name in English or Japanese.
    :returns: The tag, with hyphens.
    :raises InvalidValueError: if there is no such language.
    """
    text = comparable(text)
    if re.fullmatch(r"[A-Za-z]{2,3}([-_]\w+)*", text) and is_known(text):
        return text.replace("_", "-")
    if tag := _tags_by_name().get(text.casefold()):
        return tag
    problem = Message("“{text}” is no language; write a tag such as ja or en", text=text)
    meant = COUNTRIES.get(base_of(text))
    raise InvalidValueError(
        suggesting(problem, meant) if meant else did_you_mean(problem, text, _tags_by_name())
    )


def nearest_tag(text: str) -> str | None:
    """Return the tag of the language whose name, or whose country's code, is nearest to a text."""
    names = {**_tags_by_name(), **COUNTRIES}
    return names.get(nearest(text, names) or "")
