"""Where the project of a file is, and how paths are shown."""

import ast
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


def setting_of(root: Path, name: str) -> object:
    """Return what ``conf.py`` sets plainly, or as the last choice of an expression.

    :param root: The project's folder.
    :param name: The setting.
    :returns: The constant; ``None`` without one.
    """
    try:
        tree = ast.parse((root / "conf.py").read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and name in {
            getattr(one, "id", "") for one in node.targets
        }:
            constants = [one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
            return constants[-1] if constants else None
    return None


def language_of(root: Path) -> str:
    """Return the language of a site, as far as ``conf.py`` says it."""
    return str(setting_of(root, "language") or "")
