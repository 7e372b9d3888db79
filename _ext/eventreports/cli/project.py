"""Where the project of a file is, what its settings say, and how paths are shown."""

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
    """Return a setting that ``conf.py`` has in plain words, without running it; else ``None``."""
    try:
        tree = ast.parse((root / "conf.py").read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if name in names:
                try:
                    return ast.literal_eval(node.value)
                except ValueError:
                    return None
    return None
