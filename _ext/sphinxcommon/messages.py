"""Messages to authors as data: a template and its arguments, translated where they are shown.

Babel finds the templates by the name ``Message`` (``make generate``): the first argument is a
literal in English, a whole sentence, and never an f-string.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, Union

#: Translates a template, as ``gettext`` does.
Translate = Callable[[str], str]
Argument: TypeAlias = Union[str, int, "Message", tuple[str, ...]]

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
#: A placeholder whose argument is shortened if it is long.
_QUOTED: Final = re.compile(r"“\{(\w+)\}”")
#: In characters: the longest argument that is shown as a whole, and how much of others is shown.
_LONGEST_QUOTE: Final = 80
_SHORTENED: Final = 60


def _plain(value: "Argument | Iterable[str]") -> Argument:
    """Return an argument that can be kept from build to build, whatever kind of text it is."""
    if isinstance(value, str):
        return str(value)
    return value if isinstance(value, int | Message) else tuple(map(str, value))


@dataclass(frozen=True, init=False)
class Message:
    """A sentence.

    :param template: The sentence in English, with ``{name}`` for each argument; other braces, as
        in ``write “{name: …}”``, are kept.
    :param **arguments: The arguments by name. One may be a message itself: a noun, or the sentence
        that this one begins with. Texts of a list are joined by the language's comma; where they
        are in quotes, each is.
    """

    template: str
    arguments: tuple[tuple[str, Argument], ...]

    def __init__(self, template: str, /, **arguments: Argument | Iterable[str]) -> None:
        kept = ((name, _plain(value)) for name, value in arguments.items())
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "arguments", tuple(kept))

    def text(self, translate: Translate = str) -> str:
        """Return the sentence on one line: long quotations shortened, no control characters."""
        arguments = dict(self.arguments)
        quoted = set(_QUOTED.findall(self.template))

        def shown(found: re.Match[str]) -> str:
            match arguments.get(found[1]):
                case None:
                    return found[0]
                case Message() as message:
                    return message.text(translate)
                case tuple() as texts if found[1] in quoted:
                    return Message("”, “").text(translate).join(texts)
                case tuple() as texts:
                    return Message(", ").text(translate).join(texts)
                case value if found[1] in quoted and len(str(value)) > _LONGEST_QUOTE:
                    return f"{str(value)[:_SHORTENED]}…"
                case value:
                    return str(value)

        return printable(_PLACEHOLDER.sub(shown, translate(self.template)))

    def __str__(self) -> str:
        """Return the sentence in English, for logs and tests."""
        return self.text()

    def values(self) -> Iterator[tuple[str, str | int | tuple[str, ...]]]:
        """Yield the arguments, with those of messages among them, for programs."""
        for name, value in self.arguments:
            if isinstance(value, Message):
                yield from value.values()
            else:
                yield name, value


def printable(text: str) -> str:
    """Replace control characters, line ends and invisible characters by their escapes."""
    if text.isprintable():
        return text
    return "".join(char if _is_shown(char) else ascii(char)[1:-1] for char in text)


def _is_shown(char: str) -> bool:
    """Return whether a character is kept: printable, a space of any width, or an emoji joiner."""
    return char.isprintable() or unicodedata.category(char) == "Zs" or char == "\u200d"
