"""Local files that data names: where they are, their size, their names on disk."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean, nearest

from .names import composed
from .paths import IsContent, is_content, refusal
from .problems import InvalidValueError
from .urls import is_url, lacks_scheme, meant


def file_size(size: int, locale: Locale) -> str:
    """Format a number of bytes in decimal units: 4.8 MB (1 MB = 10⁶ bytes)."""
    value, unit = float(size), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if value < 999.5 or unit == "GB":
            break
        value /= 1000
    pattern = "#,##0.#" if unit != "B" and value < 99.95 else "#,##0"
    return f"{format_decimal(value, pattern, locale=locale)} {unit}"


_LONGEST_PATH: Final = 1000


class OutsideError(InvalidValueError):
    """A path that leads to what is not the project's to publish."""


def local_file(path: str, folder: Path, root: Path, is_content: IsContent = is_content) -> Path:
    """Find the file that a path names.

    :param path: The path from ``folder``, with ``/``, as the data has it.
    :param folder: The event's folder, in which every file is content.
    :param root: The project's folder.
    :param is_content: Whether data may name a file that is not in ``folder``.
    :returns: The file, with symbolic links resolved.
    :raises OutsideError: if the path leaves ``root`` (also through a symbolic link), or leads to
        something that is not to be published.
    :raises InvalidValueError: if no file has that name.
    """
    if PurePosixPath(path).is_absolute() or re.match(r"[A-Za-z]:|\\", path):
        raise OutsideError(
            Message("“{path}” must be a path beside this file, not an absolute one", path=path)
        )
    no_name = InvalidValueError(Message("“{path}” cannot be a file's name", path=path))
    if len(path) > _LONGEST_PATH:
        raise no_name
    if "\\" in path:
        slashed = path.replace("\\", "/")
        raise InvalidValueError(
            Message("“{path}” has “\\” in it; write “{whole}”", path=path, whole=slashed)
        )
    path = on_disk(path, folder)
    try:
        found = (folder / path).resolve()
        reason = refusal(found, root, path)
        is_file = not reason and found.is_file()
    except (OSError, ValueError, RuntimeError):
        raise no_name from None
    if reason:
        raise OutsideError(reason)
    is_beside = found.is_relative_to(folder.resolve())
    if not is_beside and not is_content(found.relative_to(root.resolve()).as_posix()):
        raise OutsideError(
            Message("“{path}” is no content of the site; copy it beside this file", path=path)
        )
    actual = _as_on_disk(path, folder)
    if actual is not None and actual != path:
        raise InvalidValueError(
            Message(
                "“{path}” is “{whole}” on disk; capitals count on most servers",
                path=path,
                whole=actual,
            )
        )
    if not is_file:
        names = (other.name for other in folder.iterdir() if other.is_file())
        raise InvalidValueError(_no_file(path, list(names)))
    return found


def _no_file(path: str, names: Sequence[str]) -> Message:
    """Report a file that is not among those of its folder, and say what was meant."""
    problem = Message("there is no file “{path}” here", path=path)
    if lacks_scheme(path) and not nearest(path, names):
        return Message(
            "{problem}; a URL needs its scheme: {whole}", problem=problem, whole=meant(path)
        )
    return did_you_mean(problem, path, names)


def on_disk(path: str, folder: Path) -> str:
    """Return a path in the Unicode form in which the folders list it, if they do."""
    return path if path.isascii() else _listed(path, folder, composed) or path


def _as_on_disk(path: str, folder: Path) -> str | None:
    """Return a path as the folders list it, in any case; ``None`` if they do not.

    A file system that ignores case finds files that a web server does not.
    """
    return _listed(path, folder, lambda name: composed(name).casefold())


def _listed(path: str, folder: Path, key: Callable[[str], str]) -> str | None:
    """Return a path as the folders list it, comparing names by a key; ``None`` if they do not."""
    parts: list[str] = []
    for part in path.split("/"):
        if part in ("", ".", ".."):
            parts.append(part)
            continue
        try:
            names = [other.name for other in folder.joinpath(*parts).iterdir()]
        except (OSError, ValueError):
            return None
        like = [name for name in names if key(name) == key(part)]
        if not like:
            return None
        parts.append(part if part in like else min(like))
    return "/".join(parts)


_IMAGES: Final = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp"})


def local_image(path: str, folder: Path, root: Path, is_content: IsContent = is_content) -> Path:
    """Find the picture that a path names, as :func:`local_file` does.

    :param path: The path from ``folder``, with ``/``, as the data has it.
    :param folder: The event's folder, in which every file is content.
    :param root: The project's folder.
    :param is_content: Whether data may name a file that is not in ``folder``.
    :returns: The file, with symbolic links resolved.
    :raises InvalidValueError: if there is no such file, or its name is not that of a picture.
    """
    if is_url(path):
        raise InvalidValueError(
            Message(
                "“{path}” is an address; save the picture beside this file and write its name",
                path=path,
            )
        )
    if PurePosixPath(path).suffix.lstrip(".").lower() not in _IMAGES:
        raise InvalidValueError(
            Message("“{path}” is no picture; known are {known}", path=path, known=sorted(_IMAGES))
        )
    return local_file(path, folder, root, is_content)


def stamp_of(path: Path) -> tuple[int, int]:
    """Return the state of a file to compare: its modification time (ns) and size (bytes)."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_size
