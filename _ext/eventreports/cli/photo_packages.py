"""The packages that photos are changed with: which are missing, and how they are installed."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from sphinxcommon.messages import Message

from ..core.commands import python
from ..core.photos import is_heif

#: Packages, and a module of each that ends with an error where the package cannot be used.
_PILLOW: Final = ("pillow", "PIL.Image")
_PILLOW_HEIF: Final = ("pillow-heif", "pillow_heif")


def missing_packages(photos: Sequence[Path]) -> list[str]:
    """Return the packages that photos would be changed with, and that are not installed.

    :param photos: The photos.
    :returns: The names of the packages; without photos none.
    """
    needed = [_PILLOW] if photos else []
    if any(map(_is_heif, photos)):
        needed.append(_PILLOW_HEIF)
    return [package for package, module in needed if not _is_there(module)]


def advice(packages: Iterable[str]) -> Message:
    """Return how packages are installed where this program runs."""
    names = sorted(packages)
    return Message(
        "to change the photos, {packages} must be installed; run {command}",
        packages=names,
        command=f"{python()} -m pip install {' '.join(names)}",
    )


def _is_heif(photo: Path) -> bool:
    try:
        return is_heif(photo)
    except OSError:
        # Which is reported where it is opened to be changed.
        return False


def _is_there(module: str) -> bool:
    try:
        import_module(module)
    except ImportError:
        return False
    return True
