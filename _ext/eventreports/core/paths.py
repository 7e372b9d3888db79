"""Which files of a project may be published. One rule for data, notes and pages alike."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from .messages import Message

#: Tells of a path from the root whether data of another folder may name what is there.
IsContent = Callable[[str], bool]

_CONFIGURATION: Final = PurePosixPath("conf.py")
#: Kinds of characters (Unicode) that end a line, act on a terminal, or are no characters.
_UNFIT: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


def refusal(path: Path, root: Path, named: str = "") -> Message | None:
    """Say why the file at ``path`` must not be published; ``None`` where it may be.

    Symbolic links are followed: what counts is where the file is.

    :param named: the path as its author wrote it, which the message begins with.
    """
    try:
        found = PurePosixPath(path.resolve().relative_to(root.resolve()).as_posix())
        is_other = path.exists() and not path.is_file() and not path.is_dir()
    except ValueError:
        return Message("“{path}” leads out of the project", path=named)
    except (OSError, RuntimeError):
        return Message("“{path}” cannot be a file's name", path=named)
    if any(part.startswith(".") for part in found.parts):
        return Message(
            "“{path}” is hidden; what is published has no name that starts with “.”", path=named
        )
    if found == _CONFIGURATION:
        return Message(
            "“{path}” is the project's configuration, which is not published", path=named
        )
    if is_other:
        # Whoever reads a pipe waits for somebody who writes to it.
        return Message("“{path}” is no file, but a pipe, a socket or a device", path=named)
    return None


def is_there(has_kind: Callable[[Path], bool], path: Path) -> bool:
    """Return whether something of a kind is at ``path``, which may be too long for a name."""
    try:
        return has_kind(path)
    except OSError:
        return False


def is_content(path: str) -> bool:
    """Return whether a path from the root is outside the folders that hold no content.

    Their names start with ``_`` (``_ext``, ``_build``) or ``.``.
    """
    return not any(part.startswith(("_", ".")) for part in PurePosixPath(path).parts)


def is_fit(name: str) -> bool:
    """Return whether a name can stand in links, tables of contents and archives."""
    return not any(unicodedata.category(char) in _UNFIT for char in name)


class Refused(NamedTuple):
    """A folder or page, as a path from the root, that is left out of the site.

    There is no ``reason`` where nothing is lost by that: it is published at its own place.
    """

    path: str
    reason: Message | None = None


class Tree(NamedTuple):
    """The source folder: where its events are, which files are pages, what is left out anyway."""

    root: Path
    events: str
    suffixes: tuple[str, ...]
    is_excluded: Callable[[str], bool]

    def refused(self) -> Iterator[Refused]:
        """Find the folders and pages that must not be published, or are published elsewhere."""
        yield from self._refused_in("", (self.root.resolve(),))

    def _refused_in(self, folder: str, around: tuple[Path, ...]) -> Iterator[Refused]:
        """``around``: the real paths of the folder and of those that it is in."""
        try:
            entries = sorted(os.scandir(self.root / folder), key=lambda entry: entry.name)
        except OSError:
            return
        for entry in entries:
            is_link = entry.is_symlink()
            # Of a link that leads round in circles an entry knows no answer.
            is_folder = Path(entry.path).is_dir()
            is_unlike = is_link or not (is_folder or entry.is_file())
            path = f"{folder}{entry.name}"
            if not (is_folder or entry.name.endswith(self.suffixes)) or self.is_excluded(path):
                continue
            if not is_fit(entry.name):
                yield Refused(
                    path,
                    Message(
                        "“{path}” has a line break or a control character in its name", path=path
                    ),
                )
            elif is_unlike and (refused := refusal(Path(entry.path), self.root, path)):
                yield Refused(path, refused)
            elif is_folder:
                real = Path(entry.path).resolve() if is_link else around[-1] / entry.name
                if real in around or (is_link and self._has_own_place(path, real)):
                    yield Refused(path)
                else:
                    yield from self._refused_in(f"{path}/", (*around, real))

    def _has_own_place(self, path: str, real: Path) -> bool:
        """Return whether a link among the events leads to a folder that is there anyway."""
        if not path.startswith(f"{self.events}/") or not real.is_relative_to(
            (self.root / self.events).resolve()
        ):
            return False
        return not self.is_excluded(real.relative_to(self.root.resolve()).as_posix())


def literal_pattern(path: str) -> str:
    """Return the pattern of Sphinx's that fits this path alone."""
    # Python warns of a set that begins with “[”; NUL is in no path.
    signs = {"*": "[*]", "?": "[?]", "[": "[\0[]"}
    return "".join(signs.get(char, char) for char in unicodedata.normalize("NFC", path))
