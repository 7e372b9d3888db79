"""What the next build of a site has, as far as that is known without building it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from ..core.audience import ALL, Audience
from ..core.encodings import decode_anyway
from ..core.former_addresses import former_folder, former_pages
from ..core.model import Event, SubjectKind, Visibility
from ..core.names import composed
from ..core.normal_form import normal_form
from ..core.page_visibility import visibility_of_page
from ..core.subjects import Subject, Subjects
from ..library import PAGE_SUFFIXES, YEARS_FOLDER, Entry, Library, folders
from ..loader import FILE_NAME
from .check_audience import default_of
from .project import language_of, root_of, setting_of

_SUBJECT_PAGES: Final = "eventreports_subject_pages"


class NextBuild:
    """Events, their pages, and the subjects with a page.

    :param folder: The folder below which events are.
    :param level: For whom the build is; for all, if that is not said.
    """

    def __init__(self, folder: Path, level: Visibility | None) -> None:
        self.root = root_of(folder / FILE_NAME)
        self._folder = folder
        self._audience = Audience(level, default_of(self.root)) if level else ALL
        self.top = folder.relative_to(self.root).as_posix()
        self._prefix = "" if self.top == "." else f"{self.top}/"
        self.library = Library(self.root, self.top, audience=self._audience)
        self.library.scan({})
        self.pages = frozenset(self._pages())

    def is_of_events(self, page: str) -> bool:
        """Return whether a page is one below the events' folder that somebody writes."""
        is_below = page.startswith(self._prefix)
        return is_below and not page.startswith(f"{self._prefix}{YEARS_FOLDER}/")

    def entry(self, event_id: str) -> Entry | None:
        """Return the event that has an id, or had it formerly, if it has a page."""
        entry = self.library.entry_of_event(event_id)
        return entry if entry and entry.page in self.pages else None

    def event(self, entry: Entry) -> Event | None:
        """Return what of an event the build has."""
        return self.library.load(entry.folder).event

    def forwarded(self, more: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Return which pages forward to which.

        :param more: Former ids that are not yet written, by the folders of events.
        :returns: Present pages, by former ones.
        """
        known = self.library.former_folders
        folders_of = {
            folder: [former_folder(folder, one, self.top) for one in ids]
            for folder, ids in more.items()
        }
        former = {
            one: (*known.get(one, ()), *filter(None, folders_of.get(one, ())))
            for one in {*known, *more}
        }
        found: dict[str, str] = {}
        for page in sorted(self.pages) if former else ():
            for name in former_pages(page, former):
                found.setdefault(name, page)
        return found

    @cached_property
    def subjects(self) -> Subjects:
        """The subjects."""
        events = (
            self.event(entry)
            for entry in self.library.entries.values()
            if self.entry(entry.event_id) is entry
        )
        forms = [normal_form(event, str) for event in events if event]
        return Subjects(forms, self.library.registers.entries, language_of(self.root))

    @cached_property
    def has_subject_pages(self) -> bool:
        """Whether the site has pages of subjects at all, as far as ``conf.py`` says it."""
        return setting_of(self.root, _SUBJECT_PAGES) is not False

    def subject(self, kind: SubjectKind, subject_id: str) -> Subject | None:
        """Return the subject that has an id, or had it formerly, if it has a page."""
        subject = self.subjects.get(kind, subject_id)
        return subject if subject and subject.has_page and self.has_subject_pages else None

    def _pages(self) -> Iterator[str]:
        """Yield the pages that are not left out."""
        suffixes = self._suffixes()
        for folder, files in folders(self._folder):
            for name in files:
                suffix = next((one for one in suffixes if name.endswith(one)), None)
                path = composed((folder / name).relative_to(self.root).as_posix())
                if suffix and not self.library.is_left_out(path) and self._is_for(folder / name):
                    yield path.removesuffix(suffix)

    def _suffixes(self) -> tuple[str, ...]:
        said = setting_of(self.root, "source_suffix")
        written = [said] if isinstance(said, str) else said if isinstance(said, list | dict) else ()
        return (*PAGE_SUFFIXES, *(one for one in written if isinstance(one, str)))

    def _is_for(self, page: Path) -> bool:
        """Return whether a page is for the audience, as it says itself."""
        if self._audience is ALL:
            return True
        lines = (decode_anyway(page.read_bytes()) or "").splitlines()
        level, _finding = visibility_of_page(lines, is_markdown=page.suffix != ".rst")
        return self._audience.has(level)
