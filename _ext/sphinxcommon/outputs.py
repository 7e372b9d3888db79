"""The list of files that builders have written into a folder, kept from build to build."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from sphinx.builders import Builder
from sphinx.util import logging

from .catalogs import __
from .files import digest_of_file, read_json, write_whole

logger = logging.getLogger(__name__)


class Entry(NamedTuple):
    """The files that were written for one owner: a page, or a printed document of several pages.

    :param shows: A digest of what the files show of other pages; empty if that is not known.
    :param files: Paths relative to the output folder, with a digest of what was written; an empty
        digest matches any content.
    """

    shows: str
    files: dict[str, str]


class OutputList:
    """The files that one builder has written into its output folder, by owner.

    The list is saved beside the doctrees, so that it is not published: without digests before
    anything is written, and with them afterwards. After an interrupted build the next one thus
    knows that it cannot rely on the files.

    :param builder: The builder.
    :param part: Which of its files these are, if they have a list of their own.
    """

    def __init__(self, builder: Builder, part: str = "") -> None:
        self._folder = Path(builder.outdir)
        self._builder = f"{builder.name} {part}".rstrip()
        # Relative, so that a project may be moved; builders may share an output folder.
        relative = os.path.relpath(self._folder, builder.doctreedir).replace(os.sep, "/")
        name = hashlib.sha256(relative.encode()).hexdigest()[:16]
        self._path = Path(builder.doctreedir, f"outputs-{name}.json")
        self._all = _read(self._path)
        self._own = self._all.get(self._builder, {})

    def shows(self, owner: str) -> str:
        """Return the digest of what the files of an owner show of other pages."""
        return self._own[owner].shows if owner in self._own else ""

    def files_of(self, owner: str) -> set[str]:
        """Return the files of an owner, relative to the output folder."""
        return set(self._own[owner].files) if owner in self._own else set()

    def of_others(self) -> set[str]:
        """Return the files that other builders have written into the same folder."""
        others = (entries for name, entries in self._all.items() if name != self._builder)
        return {file for entries in others for entry in entries.values() for file in entry.files}

    def begin(self, planned: Mapping[str, Iterable[str]]) -> None:
        """Save that files are about to be written.

        :param planned: The files of each owner that may be written.
        """
        self._save({
            owner: Entry("", dict.fromkeys([*self.files_of(owner), *planned.get(owner, ())], ""))
            for owner in {*self._own, *planned}
        })  # fmt: skip

    def prune(self, files: Mapping[str, Iterable[str]]) -> None:
        """Remove listed files that no owner has any longer, and folders that are then empty.

        :param files: The files that each owner has now.
        """
        kept = {name for names in files.values() for name in names} | self.of_others()
        gone: dict[str, set[str]] = {}
        for entry in self._own.values():
            for name, digest in entry.files.items():
                if name not in kept:
                    gone.setdefault(name, set()).add(digest)
        if gone:
            # On file systems that ignore case one file may have two names.
            identities = set(map(self._identity, kept))
            for name, digests in sorted(gone.items()):
                if self._identity(name) not in identities:
                    self._remove(name, digests)

    def end(
        self,
        files: Mapping[str, Iterable[str]],
        written: Set[str],
        shows: Mapping[str, str] | None = None,
        kept: Set[str] = frozenset(),
    ) -> None:
        """Remove files that no owner has any longer, and save the list of the others.

        :param files: The files that each owner has now.
        :param written: The owners whose files this build has written.
        :param shows: A digest for each of these of what its files show of other pages.
        :param kept: The files of these that this build has not written.
        """
        self.prune(files)
        # Pages may share a file, such as an image.
        digest = cache(digest_of_file)
        entries: dict[str, Entry] = {}
        for owner, names in sorted(files.items()):
            old = self._own.get(owner, Entry("", {}))
            is_written = owner in written
            known = {
                name: (old.files.get(name) if name in kept or not is_written else "")
                or digest(self._folder / name)
                for name in sorted(names)
            }
            shown = (shows or {}).get(owner, "") if is_written else old.shows
            entries[owner] = Entry(shown, {name: one for name, one in known.items() if one})
        self._save(entries)
        self._own = entries

    def _save(self, entries: Mapping[str, Entry]) -> None:
        saved = {**self._all, self._builder: entries}
        data = {builder: some for builder, some in saved.items() if some}
        write_whole(self._path, json.dumps(data, sort_keys=True))

    def _identity(self, name: str) -> tuple[int, int] | None:
        try:
            status = Path(self._folder, name).stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _remove(self, name: str, digests: Set[str]) -> None:
        path = self._folder / name
        if not path.is_file():
            return
        if "" not in digests and digest_of_file(path) not in digests:
            logger.info(__("%s stays: it is not as it was written"), path)
            return
        try:
            path.unlink()
        except OSError as error:
            message = __("%s cannot be removed: %s")
            logger.warning(message, path, error.strerror, type="sphinxcommon")
            return
        with suppress(OSError):
            for folder in takewhile(lambda parent: parent != self._folder, path.parents):
                folder.rmdir()


def _read(path: Path) -> dict[str, dict[str, Entry]]:
    """Return the saved list by builder; nothing if the file is missing or damaged."""
    try:
        return {
            builder: {owner: Entry(shows, dict(files)) for owner, (shows, files) in some.items()}
            for builder, some in read_json(path).items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
