"""Messages to authors as data: a template and its arguments, translated where they are shown.

Babel finds the templates by the name ``Message`` (``make messages``), as it finds what stands in
``_()``: the first argument is a literal in English, a whole sentence, and never an f-string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

#: Returns a template in the language of whoever reads it: gettext's ``gettext``, say.
Translate = Callable[[str], str]
Argument: TypeAlias = "str | int | Message | tuple[str, ...]"

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
#: A placeholder whose argument is shortened where it is long.
_QUOTED: Final = re.compile(r"“\{(\w+)\}”")
_LONGEST_QUOTE: Final = 80
_SHORTENED: Final = 60


@dataclass(frozen=True, init=False)
class Message:
    """A sentence: its template, with ``{name}`` for each of its arguments.

    Any other brace is itself: ``write “{name: …}”``. An argument may be a message too: a noun, or
    the sentence that this one goes on with. Texts of a list are joined as the language does.
    """

    template: str
    arguments: tuple[tuple[str, Argument], ...]

    def __init__(self, template: str, /, **arguments: Argument | Iterable[str]) -> None:
        kept = (
            (name, value if isinstance(value, str | int | Message) else tuple(value))
            for name, value in arguments.items()
        )
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "arguments", tuple(kept))

    def text(self, translate: Translate = str) -> str:
        """Return the sentence on one line, of a length that can be read, and nothing that acts."""
        arguments = dict(self.arguments)
        quoted = set(_QUOTED.findall(self.template))

        def shown(found: re.Match[str]) -> str:
            match arguments.get(found[1]):
                case None:
                    return found[0]
                case Message() as message:
                    return message.text(translate)
                case tuple() as texts:
                    return Message(", ").text(translate).join(texts)
                case value if found[1] in quoted and len(str(value)) > _LONGEST_QUOTE:
                    return f"{str(value)[:_SHORTENED]}…"
                case value:
                    return str(value)

        return printable(_PLACEHOLDER.sub(shown, translate(self.template)))

    def __str__(self) -> str:
        """Return it in English, for logs and tests."""
        return self.text()

    def values(self) -> Iterator[tuple[str, str | int | tuple[str, ...]]]:
        """Iterate over the arguments, of messages within it too, as programs read them."""
        for name, value in self.arguments:
            if isinstance(value, Message):
                yield from value.values()
            else:
                yield name, value


def printable(text: str) -> str:
    """Write out as numbers the characters that cannot be seen, end a line or act on a terminal."""
    if text.isprintable():
        return text
    return "".join(char if _is_shown(char) else ascii(char)[1:-1] for char in text)


def _is_shown(char: str) -> bool:
    """Blanks of any width, and what joins emoji, are as readers know them."""
    return char.isprintable() or unicodedata.category(char) == "Zs" or char == "\u200d"
