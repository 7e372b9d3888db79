"""Kinds of option values that docutils has no converter for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils.parsers.rst import directives
from pydantic_core import PydanticCustomError

from ...core.messages import Message
from ...core.names import composed
from ...core.scalars import as_tag
from ...core.suggestions import did_you_mean
from ...render.labels import message_text

OptionSpec = dict[str, Callable[[str], Any]]


def name(argument: str) -> str:
    """One name or id."""
    return composed(directives.unchanged_required(argument))


def words(argument: str) -> list[str]:
    """A list separated by commas, or else by blanks."""
    text = composed(directives.unchanged_required(argument)).strip()
    parts = text.split(",") if "," in text else text.split()
    return [part.strip() for part in parts if part.strip()]


def names(argument: str) -> list[str]:
    """A list separated by commas; a name may have blanks."""
    text = composed(directives.unchanged_required(argument))
    return [part.strip() for part in text.split(",") if part.strip()]


def words_of(*known: str) -> Callable[[str], list[str]]:
    """A list of words of a closed set."""

    def option(argument: str) -> list[str]:
        given = words(argument)
        for word in given:
            if word not in known:
                message = Message("“{word}” is none of {known}", word=word, known=known)
                raise _invalid(did_you_mean(message, word, known))
        return given

    return option


def languages(argument: str) -> list[str]:
    """Languages, by tag or name."""
    try:
        return [as_tag(word) for word in words(argument)]
    except PydanticCustomError as error:
        raise _invalid((error.context or {})["message"]) from None


def _invalid(message: Message) -> ValueError:
    """Return what docutils takes from the converter of an option, and shows."""
    return ValueError(message_text(message))


def choice(*known: str) -> Callable[[str], str]:
    def option(argument: str) -> str:
        return directives.choice(argument, known)

    return option
