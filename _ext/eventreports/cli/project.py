"""Where the project of a file is, what its settings say in plain words, how paths are shown."""

import ast
import os
from gettext import NullTranslations
from pathlib import Path

from ..core.i18n import has_language, translations
from ..core.paths import shown
from ..loader import FILE_NAME


def root_of(file: Path) -> Path:
    """Return the project's folder, which the event's local files must not leave."""
    marks = ("conf.py", ".git")
    around = (folder for folder in file.parents if any((folder / m).exists() for m in marks))
    return next(around, file.parent)


def events_folder(path: Path) -> Path:
    """Return the folder below which the events of a project are, and in which its registers are.

    :param path: A folder of events, or a file of one.
    :returns: The folder that ``conf.py`` says; without one, that of the path.
    """
    root = root_of(path / FILE_NAME if path.is_dir() else path)
    said = setting_of(root, "eventreports_folder")
    folder = root / (said if isinstance(said, str) else "events")
    if folder.is_dir():
        return folder
    return path if path.is_dir() else path.parent.parent


def shown_here(path: Path) -> str:
    """Return a path as messages show it: relative to the working directory, if it is below."""
    return shown(path, Path.cwd())


def shown_in_repository(path: str) -> str:
    """Return a path, as messages show it, as seen from the top of its repository."""
    file = Path(path).absolute()
    top = next((folder for folder in file.parents if (folder / ".git").exists()), Path.cwd())
    return shown(file, top)


def setting_of(root: Path, name: str) -> object:
    """Return a setting that ``conf.py`` has in plain words, without running it; else ``None``.

    :param root: The folder of ``conf.py``.
    :param name: The name of the setting.
    :returns: The value that is assigned as a literal.
    """
    value = _assigned(root, name)
    try:
        return None if value is None else ast.literal_eval(value)
    except ValueError:
        return None


def language_of(root: Path) -> str:
    """Return the language of a site, as far as ``conf.py`` says it; nothing if it does not.

    Where it is one of several, as with ``os.environ.get("SITE_LANGUAGE", "ja")``, the last one is
    the default.

    :param root: The folder of ``conf.py``.
    :returns: A tag such as ``ja``.
    """
    value = _assigned(root, "language")
    parts = [one.value for one in ast.walk(value) if isinstance(one, ast.Constant)] if value else []
    return next((one for one in reversed(parts) if isinstance(one, str)), "")


def translations_for(root: Path, language: str | None = None) -> NullTranslations:
    """Return the translations in which a command speaks to whoever works on a site.

    They are in the language that is asked for, or else that of the locale; where this says none,
    in the site's. In CI, whose locale is nobody's, the site's comes first.

    :param root: The folder of ``conf.py``.
    :param language: The language that is asked for.
    :returns: The translations; English, if all that says nothing.
    """
    of_site = language_of(root)
    is_of_site = of_site and (os.environ.get("CI") or not has_language())
    return translations(language or (of_site if is_of_site else None))


def _assigned(root: Path, name: str) -> ast.expr | None:
    """Return the expression that ``conf.py`` assigns to a name."""
    try:
        tree = ast.parse((root / "conf.py").read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if name in names:
                return node.value
    return None
