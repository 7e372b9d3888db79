"""Scripts that hand a value over to the search of a browser."""

import json
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

#: What scripts call.
_CALL: Final = "cjksearch.receive"


class Scripts:
    """The scripts in a folder; one whose content stays the same is not touched.

    :param folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folders: set[Path] = set()

    def write(self, name: str, value: object) -> None:
        """Write a script that hands over a value, for JSON."""
        said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        # Old browsers end a line at these, within texts of scripts.
        said = said.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        self._put(name, said)

    def write_text(self, name: str, text: str) -> None:
        """Write a script that hands over a text without ``\\```, ``$`` and ``\\\\``."""
        self._put(name, f"`{text}`")

    def write_all(self, name: str, paths: Iterable[Path]) -> None:
        """Write one script of several."""
        self._put_script(name, "\n".join(path.read_text(encoding="utf-8") for path in paths))

    def write_code(self, name: str, code: str, expression: str) -> None:
        """Write a script that runs code, and hands over the value of an expression.

        Names of the code are seen by it alone.
        """
        self._put(name, f"(() => {{{code}\nreturn {expression}; }})()")

    def read(self, name: str) -> str:
        """Return a script; an empty one if it cannot be read."""
        try:
            return self._path(name).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""

    def read_text(self, name: str) -> str | None:
        """Return the text that :meth:`write_text` has written; ``None`` if it is not there."""
        parts = self.read(name).split("`")
        return parts[1] if len(parts) == 3 else None

    def remove(self, name: str) -> None:
        """Remove a script, if it is there."""
        self._path(name).unlink(missing_ok=True)

    def remove_others(self, folder: str, names: Collection[str]) -> None:
        """Remove the files of a folder within but some scripts."""
        for path in (self._folder / folder).glob("*"):
            if f"{folder}/{path.stem}" not in names or path.suffix != ".js":
                path.unlink()

    def remove_unknown(self, names: Collection[str]) -> None:
        """Remove all but these files and folders: what another version has left."""
        for path in self._folder.glob("*"):
            if path.name not in names:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def has(self, name: str) -> bool:
        """Return whether there is such a script."""
        return self._path(name).is_file()

    def count(self, folder: str) -> int:
        """Return how many scripts are in a folder within."""
        return sum(1 for _path in (self._folder / folder).glob("*.js"))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.js"

    def _put(self, name: str, said: str) -> None:
        self._put_script(name, f'{_CALL}("{name}",{said});\n')

    def _put_script(self, name: str, text: str) -> None:
        path, script = self._path(name), text.encode()
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        try:
            if path.read_bytes() == script:
                return
        except OSError:
            pass
        path.write_bytes(script)
