"""Files that data names: where they are, which kind they are of, how they are spelt on the disk."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from .names import composed
from .paths import IsContent, is_content, refusal
from .suggestions import did_you_mean
from .urls import is_url, lacks_scheme


def file_size(size: int, locale: Locale) -> str:
    """Bytes in the decimal units that people read: 4.8 MB (1 MB = 10⁶ bytes)."""
    value, unit = float(size), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if value < 999.5 or unit == "GB":
            break
        value /= 1000
    pattern = "#,##0.#" if unit != "B" and value < 99.95 else "#,##0"
    return f"{format_decimal(value, pattern, locale=locale)} {unit}"


_LONGEST_PATH: Final = 1000


class OutsideError(ValueError):
    """A path that leads to what is not the project's to publish."""


def local_file(path: str, folder: Path, root: Path, is_content: IsContent = is_content) -> Path:
    """The file that ``path`` (as the data says it, with ``/``) names in ``folder``.

    What is in ``folder``, the event's, is content; of what is elsewhere ``is_content`` decides.

    :raises OutsideError: where the path leaves ``root`` (also through a
        symbolic link), or leads to something that is not to be published.
    :raises ValueError: where no file has that name; both with what is wrong,
        in words.
    """
    if PurePosixPath(path).is_absolute() or re.match(r"[A-Za-z]:|\\", path):
        raise OutsideError(f"“{path}” must be a path beside the event's file, not an absolute one")
    if len(path) > _LONGEST_PATH:
        raise ValueError(f"“{path}” cannot be a file's name")
    if "\\" in path:
        slashed = path.replace("\\", "/")
        raise ValueError(f"“{path}” has “\\” in it; write “{slashed}”")
    path = on_disk(path, folder)
    try:
        found = (folder / path).resolve()
        reason = refusal(found, root)
        is_file = not reason and found.is_file()
    except (OSError, ValueError, RuntimeError):
        raise ValueError(f"“{path}” cannot be a file's name") from None
    if reason:
        raise OutsideError(f"“{path}” {reason}")
    is_beside = found.is_relative_to(folder.resolve())
    if not is_beside and not is_content(found.relative_to(root.resolve()).as_posix()):
        message = "is no content of the site; copy it beside the event's file"
        raise OutsideError(f"“{path}” {message}")
    actual = _as_on_disk(path, folder)
    if actual is not None and actual != path:
        raise ValueError(f"“{path}” is “{actual}” on disk; capitals count on most servers")
    if not is_file:
        names = (other.name for other in folder.iterdir() if other.is_file())
        hint = did_you_mean(path, names)
        if not hint and lacks_scheme(path):
            hint = f"; a URL needs its scheme: https://{path}"
        raise ValueError(f"there is no file “{path}” here{hint}")
    return found


def on_disk(path: str, folder: Path) -> str:
    """``path`` in the form of Unicode in which the folders have it; as it is where they do not."""
    return path if path.isascii() else _listed(path, folder, composed) or path


def _as_on_disk(path: str, folder: Path) -> str | None:
    """``path`` as the folders list it, if but for capitals; ``None`` where they do not.

    A disk that does not mind capitals finds what a web server will not.
    """
    return _listed(path, folder, lambda name: composed(name).casefold())


def _listed(path: str, folder: Path, alike: Callable[[str], str]) -> str | None:
    """``path`` as the folders list it, whose names are ``alike``; ``None`` where they do not."""
    parts: list[str] = []
    for part in path.split("/"):
        if part in ("", ".", ".."):
            parts.append(part)
            continue
        try:
            names = [other.name for other in folder.joinpath(*parts).iterdir()]
        except (OSError, ValueError):
            return None
        like = [name for name in names if alike(name) == alike(part)]
        if not like:
            return None
        parts.append(part if part in like else min(like))
    return "/".join(parts)


_IMAGES: Final = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp"})


def local_image(path: str, folder: Path, root: Path, is_content: IsContent = is_content) -> Path:
    """As :func:`local_file`, for a picture.

    :raises ValueError: also where the name is not that of a picture.
    """
    if is_url(path):
        raise ValueError(
            f"“{path}” is an address; save the picture beside the event's file, or write logo_url"
        )
    if PurePosixPath(path).suffix.lstrip(".").lower() not in _IMAGES:
        raise ValueError(f"“{path}” is no picture; known are {', '.join(sorted(_IMAGES))}")
    return local_file(path, folder, root, is_content)
