"""Commands that messages name, as whoever reads them can run them."""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sphinxcommon.messages import Message, Translate, printable

#: The variable of the environment that says how commands are run where that cannot be seen: it is
#: what stands before their names, or ``make``.
COMMAND: Final = "EVENTREPORTS_COMMAND"
MAKE: Final = "make"
_PROGRAM: Final = "eventreports"
_PACKAGES: Final = Path(__file__).parents[2]
#: The variables by which ``make`` takes the options of a command.
_VARIABLES: Final = {"check": "CHECKOPTS", "new": "NEWOPTS"}
_PLAIN: Final = re.compile(r"[\w@%+=:,./-]+")
#: What shells read within double quotes.
_SPECIAL: Final = re.compile(r"[\"$`\\!]")


@dataclass(frozen=True, init=False)
class Command(Message):
    """A command of this package as an argument of a message.

    How it is run is found out where the message is shown.

    :param name: Its name, such as ``check``.
    :param *options: Its options, and the values of these.
    :param path: The file or folder that it is about; ``make check`` is about all of them.
    """

    def __init__(self, name: str, *options: str, path: str = "") -> None:
        super().__init__(name, options=options, path=path)

    def text(self, translate: Translate = str) -> str:
        """Return what to type."""
        (_, options), (_, path) = self.arguments
        assert isinstance(options, tuple)
        return printable(command_line(self.template, options, str(path)))


def command_line(name: str, options: Sequence[str] = (), path: str = "") -> str:
    """Return what to type to run a command of this package, as this one was run.

    :param name: The command's name.
    :param options: Its options.
    :param path: The file or folder that it is about.
    :returns: The line.
    """
    if os.environ.get(COMMAND) == MAKE:
        return _of_make(name, options)
    return " ".join((_program(), name, *map(_quoted, (*options, *filter(None, [path])))))


def python() -> str:
    """Return the interpreter that runs, as one types its name."""
    return _as_typed(Path(sys.executable))


def _of_make(name: str, options: Sequence[str]) -> str:
    words = " ".join(map(_quoted, options))
    return f"make {name}" + (f" {_VARIABLES[name]}={_quoted(words)}" if words else "")


def _program() -> str:
    """Return what is typed before the name of a command."""
    if said := os.environ.get(COMMAND):
        return said
    script = Path(sys.argv[0])
    if script.stem == _PROGRAM:
        return _as_typed(script)
    is_module = _is_run_as_module()
    # Installed beside the interpreter; Sphinx, for instance, is what runs.
    beside = Path(sys.executable).with_name(f"{_PROGRAM}{Path(sys.executable).suffix}")
    if beside.is_file() and not is_module:
        return _as_typed(beside)
    return f"{_path_of_packages(is_found=is_module)}{python()} -m {_PROGRAM}"


def _is_run_as_module() -> bool:
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    return spec is not None and spec.name == f"{_PROGRAM}.__main__"


def _path_of_packages(*, is_found: bool) -> str:
    """Return the setting by which Python finds this package, where it does not do so by itself.

    :param is_found: Whether it was found by Python, and not by ``conf.py``.
    :returns: Words to begin a line with.
    """
    listed = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    is_listed = any(one and Path(one).absolute() == _PACKAGES for one in listed)
    if os.name == "nt" or (is_found and not is_listed):
        return ""
    return f"PYTHONPATH={_quoted(_from_here(_PACKAGES))} "


def _as_typed(program: Path) -> str:
    """Return a program's name if the shell finds it by that, or else its path from here."""
    program = program.absolute()
    name = program.stem if os.name == "nt" else program.name
    found = shutil.which(name)
    return name if found and Path(found).absolute() == program else _quoted(_from_here(program))


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _quoted(word: str) -> str:
    """Return a word as shells read it."""
    if _PLAIN.fullmatch(word):
        return word
    is_simple = os.name == "nt" or not _SPECIAL.search(word)
    return f'"{word}"' if is_simple else shlex.quote(word)
