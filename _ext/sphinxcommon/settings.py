"""A dataclass whose fields declare settings, and all that is made of it without Sphinx."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Self

from .kinds import Kind
from .messages import Message, Translate
from .suggestions import nearest, suggesting

if TYPE_CHECKING:
    from sphinx.config import Config

Rebuild = Literal["", "env", "html"]


class Setting(NamedTuple):
    """What a field declares; see ``setting``."""

    default: Any
    kind: Kind
    meaning: Message
    rebuild: Rebuild
    shown: Message | None


def setting(
    default: Any,
    kind: Kind,
    meaning: Message,
    rebuild: Rebuild = "",
    shown: Message | None = None,
) -> Any:
    """Declare a setting, as a field of a ``Declaration``.

    :param default: Its value where none is given, or a function of Sphinx's ``Config``.
    :param meaning: What it is for; what is code stands between backticks.
    :param rebuild: What is built anew when it changes, as ``Sphinx.add_config_value`` has it.
    :param shown: What tables say instead of the default, where its value says little.
    """
    declared = Setting(default, kind, meaning, rebuild, shown)
    return field(default_factory=lambda: default, metadata={"setting": declared})


@dataclass(frozen=True)
class Declaration:
    """The base of a dataclass of settings, each made by ``setting``."""

    #: What stands before each name in ``conf.py``.
    prefix: ClassVar[str] = ""
    #: The type of the warnings of what is wrong; their subtype is ``setting``.
    warning_type: ClassVar[str] = ""

    @classmethod
    def settings(cls) -> dict[str, Setting]:
        """Return what is declared, by the names of ``conf.py``."""
        return {f"{cls.prefix}{one.name}": one.metadata["setting"] for one in fields(cls)}

    @classmethod
    def of(cls, config: Config) -> Self:
        """Return what ``conf.py`` and other extensions have set by now."""
        return cls(*(config[name] for name in cls.settings()))

    @classmethod
    def checked(cls, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Message]]:
        """Return the values that are right, and what is wrong with the others."""
        right: dict[str, Any] = {}
        faults: list[Message] = []
        known = cls.settings()
        for name, value in given.items():
            if name not in known:
                problem = Message("there is no setting “{name}”", name=str(name))
                faults.append(suggesting(problem, nearest(name, known), known))
            elif fault := known[name].kind.fault(name, value):
                faults.append(fault)
            else:
                right[name] = value
        return right, faults

    @classmethod
    def package(cls) -> str:
        """Return the name of the extension whose settings they are."""
        return cls.__module__.partition(".")[0]

    @classmethod
    def table(cls, translate: Translate) -> list[list[str]]:
        """Return a head, and a row for each setting; what is code stands between backticks."""
        head = (Message("Setting"), Message("Default"), Message("Meaning"))
        rows = [[word.text(translate) for word in head]]
        for name, one in cls.settings().items():
            default = f"`{one.default!r}`".replace("'", '"')
            shown = one.shown.text(translate) if one.shown else default
            rows.append([f"`{name}`", shown, one.meaning.text(translate)])
        return rows
