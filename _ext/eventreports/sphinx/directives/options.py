"""Converters of option values, beside those of docutils."""

from collections.abc import Callable
from typing import Any

from docutils.parsers.rst import directives

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean

from ...core.languages import parse_tag
from ...core.names import composed
from ...core.problems import InvalidValueError
from ...render.labels import message_text

OptionSpec = dict[str, Callable[[str], Any]]


def name(argument: str) -> str:
    """Convert a name or id."""
    return composed(directives.unchanged_required(argument))


def words(argument: str) -> list[str]:
    """Convert a list of words, separated by commas, or else by spaces."""
    return names(argument) if "," in argument else name(argument).split()


def names(argument: str) -> list[str]:
    """Convert a list of names, separated by commas; a name may have spaces."""
    return [part.strip() for part in name(argument).split(",") if part.strip()]


def words_of(*known: str) -> Callable[[str], list[str]]:
    """Return a converter of a list of words of a closed set."""

    def option(argument: str) -> list[str]:
        given = words(argument)
        for word in given:
            if word not in known:
                message = Message("“{word}” is none of {known}", word=word, known=known)
                raise _invalid(did_you_mean(message, word, known))
        return given

    return option


def languages(argument: str) -> list[str]:
    """Convert languages, given by tag or name, to tags."""
    try:
        return [parse_tag(word) for word in words(argument)]
    except InvalidValueError as error:
        raise _invalid(error.message) from None


def _invalid(message: Message) -> ValueError:
    """Return the error that docutils expects of a converter, and shows."""
    return ValueError(message_text(message))


def choice(*known: str) -> Callable[[str], str]:
    """Return a converter of one word of a closed set."""
    return lambda argument: directives.choice(argument, known)
