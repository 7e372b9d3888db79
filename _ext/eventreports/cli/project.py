"""Where the project of a file is, and how paths are shown."""

from pathlib import Path

from ..core.paths import shown


def root_of(file: Path) -> Path:
    """Return the project's folder, which the event's local files must not leave."""
    marks = ("conf.py", ".git")
    around = (folder for folder in file.parents if any((folder / m).exists() for m in marks))
    return next(around, file.parent)


def shown_here(path: Path) -> str:
    """Return a path as messages show it: relative to the working directory, if it is below."""
    return shown(path, Path.cwd())
