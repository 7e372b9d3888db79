"""The events of a project: their ids, folders and dates, known before any page is read."""

import os
import pickle
import posixpath
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from sphinxcommon.files import short_digest
from sphinxcommon.messages import Message

from .checks.base import repeats
from .checks.files import file_fault, named_files
from .core import paths
from .core.audience import ALL, Audience, LeftOut, strictest
from .core.dates import PartialDate
from .core.entity import Entity
from .core.files import stamp_of
from .core.former_addresses import former_folder
from .core.model import STRICTEST, Event, Visibility
from .core.names import comparable, composed
from .core.paths import IsContent
from .core.problems import Code, Mark, Problem
from .core.texts import LocalizedText, all_texts
from .loader import FILE_NAME, LoadedEvent, load
from .registers import ClosedTopics, Registers, load_registers, topics_of, unknown_places

#: The folder, beside those of the events, of the pages that are made of each year.
YEARS_FOLDER: Final = "years"
#: Suffixes of pages in most sites; others are known from ``conf.py`` alone.
PAGE_SUFFIXES: Final = (".md", ".rst")
#: So many events are kept as they have been read; the others are packed: to unpack one takes a
#: fifth of the time to parse its file, and packed it takes a twentieth of the memory.
_MOST_EVENTS: Final = 20

#: The state of an event's file, and what was read of it.
_Loaded: TypeAlias = tuple[tuple[int, int], LoadedEvent]


class Entry(NamedTuple):
    """What all pages need to know of one ``event.yaml``.

    :param folder: Its folder, relative to the root, with ``/``, in NFC as Sphinx names it.
    :param event_id: The event's id.
    :param date: The event's first day.
    :param stamp: The state of the file, as :func:`.files.stamp_of` returns it.
    :param old_ids: The event's former ids.
    :param is_whole: Whether all of the file could be read.
    :param problems: Problems of the file, which every build reports.
    :param files: The local files that the problems depend on, as (key, path, what is wrong).
    :param sessions: The ids of its sessions, former ones included.
    :param topics: The topics of the event and of its sessions, and where they stand.
    :param left_out: A digest of the parts of it that are left out; empty if there are none.
    :param left_out_files: Digests of the files, relative to the root, that these alone name.
    """

    folder: str
    event_id: str
    date: PartialDate | None
    stamp: tuple[int, int]
    old_ids: tuple[str, ...] = ()
    is_whole: bool = True
    problems: tuple[Problem, ...] = ()
    files: tuple[tuple[str, str, Message | None], ...] = ()
    sessions: tuple[str, ...] = ()
    topics: tuple[tuple[str, Mark], ...] = ()
    left_out: str = ""
    left_out_files: frozenset[str] = frozenset()

    @property
    def page(self) -> str:
        """The docname of the event's page."""
        return "index" if self.folder == "." else f"{self.folder}/index"

    @property
    def file(self) -> str:
        """The path of the file, relative to the root."""
        return FILE_NAME if self.folder == "." else f"{self.folder}/{FILE_NAME}"


class Library:
    """The events below one folder of a project; files that are in use are parsed once.

    :param root: The project's folder.
    :param folder: The folder below which events are, relative to the root.
    :param is_excluded: Whether a path, relative to the root, is no part of the site.
    :param is_content: Whether data may name a file that is not in the event's own folder.
    :param audience: For whom the build is; of what is not for these nothing is known here.
    """

    def __init__(
        self,
        root: Path,
        folder: str,
        is_excluded: Callable[[str], bool] = lambda _path: False,
        is_content: IsContent = paths.is_content,
        audience: Audience = ALL,
    ) -> None:
        self._root = root
        self._top = root / folder
        self._is_excluded = is_excluded
        self._is_content = is_content
        self.audience = audience
        #: The events' files by folder; on disk, names may be in another Unicode form.
        self._paths: dict[str, Path] = {}
        #: The events that are kept, and packed ones, with the states of their files.
        self._loaded: dict[str, _Loaded] = {}
        self._packed: dict[str, tuple[tuple[int, int], bytes]] = {}
        #: Those that are left out, or parts of them: any reference may mean one of these.
        self._with_left_out: dict[str, _Loaded] = {}
        self.entries: dict[str, Entry] = {}
        #: The folders of events that are left out, with the state of their files.
        self.left_out: dict[str, tuple[int, int]] = {}
        #: Folders whose files have changed since the entries that :meth:`scan` was given.
        self.changed: set[str] = set()
        #: Whether ids have come or gone since these entries.
        self.has_other_ids = False
        self._folders_by_id: dict[str, str] = {}
        #: Former ids of events, by their ids.
        self.old_ids: dict[str, tuple[str, ...]] = {}
        self.registers = Registers()
        #: Problems of the files, and of several together.
        self.problems: list[Problem] = []

    def scan(
        self,
        known: Mapping[str, Entry],
        known_left_out: Mapping[str, tuple[int, int]] = MappingProxyType({}),
    ) -> None:
        """Find the events.

        :param known: Entries of the last build, by folder; unchanged files are not opened again.
        :param known_left_out: The state of the files of events that it left out, by the digests
            of their folders: :attr:`left_out_digests`.
        """
        self.entries = {}
        self.left_out = {}
        self.changed = set()
        problems: list[Problem] = []
        for path in event_files(self._top, self._is_excluded_file):
            folder = composed(path.parent.relative_to(self._root).as_posix())
            self._paths[folder] = path
            stamp = stamp_of(path)
            if known_left_out.get(short_digest(folder)) == stamp:
                self.left_out[folder] = stamp
                continue
            entry = known.get(folder)
            if entry is None or entry.stamp != stamp or entry.files != self._files(entry):
                for kept in (self._loaded, self._with_left_out, self._packed):
                    kept.pop(folder, None)
                if self.load(folder).is_left_out:
                    self.left_out[folder] = stamp
                    problems += self.load(folder).problems
                    continue
                entry = self._entry(folder, stamp)
                self.changed.add(folder)
            self.entries[folder] = entry
        entries = self.entries.values()
        self._folders_by_id = _folders_by_id(entries)
        self.has_other_ids = self._folders_by_id.keys() != _folders_by_id(known.values()).keys()
        self.old_ids = self._old_ids()
        self.registers = load_registers(
            self._top,
            self._root,
            self._is_content,
            audience=self.audience,
            is_excluded=self._is_excluded_file,
        )
        between = duplicate_ids([(one.event_id, one.old_ids, one.file) for one in entries])
        of_files = (problem for one in entries for problem in one.problems)
        of_registers = (*self.registers.problems, *self._problems_between())
        self.problems = [*between, *of_files, *problems, *of_registers]

    def _problems_between(self) -> Iterator[Problem]:
        """Yield the problems of what events and registers say of each other."""
        sessions = {
            one: self.entries[folder].sessions for one, folder in self._folders_by_id.items()
        }

        def is_unknown(event_id: str, session_id: str) -> bool:
            is_there = self.is_whole(event_id)
            return not is_there or self.leaves_out(event_id, session_id or None)

        yield from unknown_places(self.registers, sessions, is_unknown)
        closed = ClosedTopics(self.registers)
        for one in self.entries.values():
            yield from closed.problems(one.topics, one.file)

    def _is_excluded_file(self, path: Path) -> bool:
        # As Sphinx names it.
        name = composed(path.relative_to(self._root).as_posix())
        return path != self._root and self._is_excluded(name)

    @property
    def incomplete(self) -> frozenset[str]:
        """The folders of the events of whose files a part could not be read."""
        return frozenset(folder for folder, one in self.entries.items() if not one.is_whole)

    @property
    def left_out_digests(self) -> dict[str, tuple[int, int]]:
        """What :meth:`scan` of the next build needs to know of the events that are left out.

        An event of which something is to be reported is read again.
        """
        return {
            short_digest(folder): stamp
            for folder, stamp in self.left_out.items()
            if folder not in self._with_left_out or not self.load(folder).problems
        }

    def _entry(self, folder: str, stamp: tuple[int, int]) -> Entry:
        loaded = self.load(folder)
        event = loaded.event
        if event is None:
            # What the file held before is forgotten: a build from nothing would not know it.
            name = composed((self._root / folder).name)
            return Entry(folder, name, None, stamp, (), False, loaded.problems)
        entry = Entry(
            folder,
            event.id,
            event.first_date,
            stamp,
            event.old_ids,
            loaded.is_whole,
            loaded.problems,
            tuple((*named, None) for named in named_files(event)),
            tuple(one for session in event.all_sessions for one in (session.id, *session.old_ids)),
            tuple(topics_of(event)),
            short_digest(sorted(map(_called, loaded.left_out))) if loaded.left_out else "",
            frozenset(map(short_digest, _left_out_files(folder, loaded))),
        )
        return entry._replace(files=self._files(entry))

    def _files(self, entry: Entry) -> tuple[tuple[str, str, Message | None], ...]:
        """Return the local files that an event names, and what is wrong with each now."""
        folder = self._path(entry.folder).parent
        asked = (
            (key, path, file_fault(key, path, folder, self._root, self._is_content))
            for key, path, _ in entry.files
        )
        return tuple((key, path, fault[1] if fault else None) for key, path, fault in asked)

    def _path(self, folder: str) -> Path:
        """Return the path of an event's file, whose folder may have its name in another form."""
        return self._paths.get(folder, self._root / folder / FILE_NAME)

    def load(self, folder: str) -> LoadedEvent:
        """Return what of the event of a folder is for the audience.

        The file is parsed again if it has changed.
        """
        path = self._path(folder)
        stamp = stamp_of(path)
        for kept in (self._with_left_out, self._loaded):
            if folder in kept and kept[folder][0] == stamp:
                return kept[folder][1]
        loaded: LoadedEvent
        packed_stamp, packed = self._packed.get(folder, (None, b""))
        if packed_stamp == stamp:
            loaded = pickle.loads(zlib.decompress(packed))
            loaded = replace(loaded, is_content=self._is_content)
        else:
            loaded = load(path, self._root, self._is_content).seen_by(self.audience)
            # No build fixes anything, and what it keeps quotes as little as it can.
            problems = tuple(replace(one, fix=()) for one in loaded.problems)
            loaded = replace(loaded, problems=problems)
        self._keep(folder, (stamp, loaded))
        return loaded

    def _keep(self, folder: str, loaded: _Loaded) -> None:
        """Keep an event, in place of the last one if there are many: pages are read in turn."""
        self._loaded.pop(folder, None)
        self._with_left_out.pop(folder, None)
        if loaded[1].is_left_out or loaded[1].left_out:
            self._with_left_out[folder] = loaded
            return
        if len(self._loaded) >= _MOST_EVENTS:
            last, (stamp, event) = self._loaded.popitem()
            if last not in self._packed or self._packed[last][0] != stamp:
                # Each build has a function of its own to ask for content.
                plain = pickle.dumps(replace(event, is_content=paths.is_content))
                self._packed[last] = stamp, zlib.compress(plain, level=1)
        self._loaded[folder] = loaded

    def is_left_out(self, path: str) -> bool:
        """Return whether a file is one of an event, or of a part of it, that is left out.

        :param path: The file, relative to the root.
        :returns: Whether it is.
        """
        path = composed(path)
        folder = self._folder_around(path)
        if folder is None or folder in self.left_out:
            return folder is not None
        return short_digest(path) in self.entries[folder].left_out_files

    def has_left_out(self, path: str) -> bool:
        """Return whether anything of the event to which a file belongs is left out."""
        folder = self._folder_around(composed(path))
        return folder is not None and (
            folder in self.left_out or bool(self.entries[folder].left_out)
        )

    def _folder_around(self, path: str) -> str | None:
        """Return the nearest folder above a file that has an event, left out or not."""
        parents = (parent.as_posix() for parent in PurePosixPath(path).parents)
        return next((one for one in parents if one in self.entries or one in self.left_out), None)

    def leaves_out(self, event_id: str, session_id: str | None = None) -> bool:
        """Return whether an id is that of an event, or a session of it, that is left out."""
        folder = self.folder_of_event(event_id)
        if folder is None:
            return self.leaves_out_event(event_id)
        return session_id is not None and self.load(folder).leaves_out(session_id)

    def leaves_out_event(self, event_id: str) -> bool:
        """Return whether an id is, or was, that of an event that is left out."""
        return self.level_of_left_out(event_id) is not None

    def level_of_left_out(self, event_id: str) -> Visibility | None:
        """Return for whom the event is that is left out, and has an id or had it formerly."""
        if self.folder_of_event(event_id) is not None:
            return None
        for folder in self.left_out:
            if composed(event_id) in self._ids(folder):
                levels = [one.visibility for one in self.load(folder).left_out]
                return strictest(*levels) if levels else STRICTEST
        return None

    def leaves_out_text(self, text: str) -> bool:
        """Return whether a text is one of the names in what is left out."""
        of_parts = (folder for folder, one in self.entries.items() if one.left_out)
        return any(
            comparable(text) in map(comparable, _texts_of(one))
            for folder in (*self.left_out, *of_parts)
            for part in self.load(folder).left_out
            for one in part.entity.entities()
        )

    def _ids(self, folder: str) -> set[str]:
        """Return the ids of an event that is left out."""
        parts = (one.entity for one in self.load(folder).left_out)
        ids = {
            one_id for one in parts if isinstance(one, Event) for one_id in (one.id, *one.old_ids)
        }
        return {composed(PurePosixPath(folder).name), *ids}

    def _old_ids(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for event_id, folder in self._folders_by_id.items():
            current = self.entries[folder].event_id
            if event_id != current:
                found[current] = (*found.get(current, ()), event_id)
        return found

    @property
    def former_folders(self) -> dict[str, tuple[str, ...]]:
        """Where the folders of events were, by the former ids that are theirs alone."""
        top = self._top.relative_to(self._root).as_posix()
        return {
            one.folder: tuple(
                former
                for old in one.old_ids
                if self.folder_of_event(old) == one.folder
                and (former := former_folder(one.folder, old, top))
            )
            for one in self.entries.values()
            if one.old_ids
        }

    @property
    def event_ids(self) -> list[str]:
        """The ids of events, former ones last."""
        return list(self._folders_by_id)

    def folder_of_event(self, event_id: str) -> str | None:
        """Return the folder of the event that has an id, or had it formerly."""
        return self._folders_by_id.get(composed(event_id))

    def entry_of_event(self, event_id: str) -> Entry | None:
        """Return the entry of the event that has an id, or had it formerly."""
        return self.entries.get(self.folder_of_event(event_id) or "")

    def is_whole(self, event_id: str) -> bool:
        """Return whether all of an event's file could be read, if there is one."""
        entry = self.entry_of_event(event_id)
        return entry is None or entry.is_whole

    def current_id(self, event_id: str) -> str:
        """Return the present id of the event that has an id, or had it formerly."""
        entry = self.entry_of_event(event_id)
        return entry.event_id if entry else event_id

    def folder_of_page(self, docname: str) -> str | None:
        """Return the nearest folder above a page that has an event."""
        parents = (parent.as_posix() for parent in PurePosixPath(docname).parents)
        return next((folder for folder in parents if folder in self.entries), None)

    def entry_of_page(self, docname: str) -> Entry | None:
        """Return the entry of the event that a page belongs to."""
        return self.entries.get(self.folder_of_page(docname) or "")

    def event_of_page(self, docname: str) -> str | None:
        """Return the id of the event that a page belongs to."""
        entry = self.entry_of_page(docname)
        return entry.event_id if entry else None


def _texts_of(entity: Entity) -> Iterator[str]:
    """Yield the texts that are values of an entity's keys."""
    for value in vars(entity).values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, LocalizedText):
                yield from all_texts(one)
            elif isinstance(one, str):
                yield one


def _called(part: LeftOut) -> str:
    keys = ("id", "title", "name", "url", "path")
    return repr([str(getattr(part.entity, key, "")) for key in keys])


def _left_out_files(folder: str, loaded: LoadedEvent) -> set[str]:
    """Return the files, relative to the root, that nothing but what is left out names."""
    left_out = {path for one in loaded.left_out for _key, path in named_files(one.entity)}
    left_out -= {path for _key, path in named_files(loaded.event)} if loaded.event else set()
    return {posixpath.normpath(posixpath.join(folder, path.lstrip("/"))) for path in left_out}


def _folders_by_id(entries: Iterable[Entry]) -> dict[str, str]:
    """Map ids to folders: the first event with an id has it, and former ids come last."""
    known = list(entries)
    folders: dict[str, str] = {}
    for one in known:
        folders.setdefault(one.event_id, one.folder)
    for one in known:
        for old in one.old_ids:
            folders.setdefault(old, one.folder)
    return folders


def duplicate_ids(events: Sequence[tuple[str, Sequence[str], str]]) -> list[Problem]:
    """Report all events with an id but the first.

    :param events: Events as (id, former ids, path of the file in messages).
    :returns: The problems.
    """
    current = [(event_id, (event_id, path, False)) for event_id, _old_ids, path in events]
    # A folder may have been called as its event still is.
    former = [
        (old, (old, path, True))
        for event_id, old_ids, path in events
        for old in old_ids
        if old != event_id
    ]
    problems = []
    for (event_id, path, is_former), (_, first, _) in repeats([*current, *former]):
        message = Message(
            "the event's id “{id}” is that of {path} too; write another “id: …” into one of them",
            id=event_id,
            path=first,
        )
        if is_former:
            message = Message(
                "the former id “{id}” is that of {path} too; take it out of “old_ids” here",
                id=event_id,
                path=first,
            )
        problems.append(Problem(path, Mark(), Code.DUPLICATE_ID, message))
    return problems


def event_files(
    top: Path, is_left_out: Callable[[Path], bool] = lambda _path: False
) -> Iterator[Path]:
    """Find the events' files, in an order that is the same on every machine.

    Hidden folders are left out. Links are followed, as Sphinx does, each folder once.

    :param top: The folder to search.
    :param is_left_out: Whether a file or folder is left out.
    :yields: The files.
    """
    for folder, files in folders(top, is_left_out):
        file = folder / FILE_NAME
        if FILE_NAME in files and not is_left_out(file):
            yield file


def page_files(top: Path) -> Iterator[Path]:
    """Find the files below a folder that most sites read as pages, in the same order."""
    for folder, files in folders(top):
        yield from (folder / name for name in sorted(files) if name.endswith(PAGE_SUFFIXES))


def folders(
    top: Path, is_left_out: Callable[[Path], bool] = lambda _path: False
) -> Iterator[tuple[Path, list[str]]]:
    """Walk through the folders in which events may be, each once.

    Those are left out whose names begin with ``.`` or ``_``.

    :param top: The folder to search.
    :param is_left_out: Whether a folder is left out.
    :yields: The folders, each with the names of its files.
    """
    seen: set[Path] = set()
    for folder, subfolders, files in os.walk(top, followlinks=True):
        if (real := Path(folder).resolve()) in seen or is_left_out(Path(folder)):
            subfolders.clear()
            continue
        seen.add(real)
        subfolders[:] = sorted(name for name in subfolders if not name.startswith((".", "_")))
        yield Path(folder), files
