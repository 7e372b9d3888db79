"""Declarations of settings as fields of a dataclass, without Sphinx."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Self

from .messages import Message, Translate
from .setting_kinds import Kind
from .suggestions import nearest, suggesting

if TYPE_CHECKING:
    from sphinx.config import Config

Rebuild = Literal["", "env", "html"]


class Setting(NamedTuple):
    """The declaration of a setting; see ``setting``."""

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

    :param default: Its default value, or a function that returns it from Sphinx's ``Config``.
    :param kind: The values that it may have.
    :param meaning: What it is for; code is between backticks.
    :param rebuild: What is rebuilt when it changes, as ``Sphinx.add_config_value`` has it.
    :param shown: What tables show instead of the default, if the value itself says little.
    :return: A field for ``dataclasses.dataclass``.
    """
    return field(
        default_factory=lambda: default,
        metadata={"setting": Setting(default, kind, meaning, rebuild, shown)},
    )


@dataclass(frozen=True)
class Declaration:
    """The base of a dataclass of settings, each made by ``setting``."""

    #: The prefix of the names in ``conf.py``.
    prefix: ClassVar[str] = ""
    #: The type of warnings about wrong settings; their subtype is ``setting``.
    warning_type: ClassVar[str] = ""

    @classmethod
    @cache
    def settings(cls) -> Mapping[str, Setting]:
        """Return the declared settings by their names in ``conf.py``."""
        found = {f"{cls.prefix}{one.name}": one.metadata["setting"] for one in fields(cls)}
        return MappingProxyType(found)

    @classmethod
    def of(cls, config: "Config") -> Self:
        """Return the current values of the settings."""
        return cls(*(config[name] for name in cls.settings()))

    @classmethod
    def checked(cls, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Message]]:
        """Return the right ones of some values by name, and what is wrong with the others."""
        right: dict[str, Any] = {}
        faults: list[Message] = []
        known = cls.settings()
        for name, value in given.items():
            if name not in known:
                problem = Message("there is no setting “{name}”", name=str(name))
                faults.append(suggesting(problem, nearest(str(name), known), known))
            elif fault := known[name].kind.fault(name, value):
                faults.append(fault)
            else:
                right[name] = value
        return right, faults

    @classmethod
    def package(cls) -> str:
        """Return the name of the package that declares the settings."""
        return cls.__module__.partition(".")[0]

    @classmethod
    def table(cls, translate: Translate) -> list[list[str]]:
        """Return a heading row, and a row for each setting; code is between backticks."""
        head = (Message("Setting"), Message("Default"), Message("Meaning"))
        rows = [[word.text(translate) for word in head]]
        for name, one in cls.settings().items():
            default = f"`{one.default!r}`".replace("'", '"')
            shown = one.shown.text(translate) if one.shown else default
            rows.append([f"`{name}`", shown, one.meaning.text(translate)])
        return rows
