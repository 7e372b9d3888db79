"""``eventreports check``: photos and other files that are better changed before they are kept."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from sphinxcommon.messages import Message

from ..checks.files import named_files
from ..core import photos
from ..core.commands import Command
from ..core.files import local_file
from ..core.model import Event
from ..core.paths import refusal
from ..core.problems import Code, InvalidValueError, Mark, Problem
from ..library import PAGE_SUFFIXES, folders
from ..loader import FILE_NAME
from .project import root_of, shown_here


def files_of(events: Mapping[Path, Event]) -> dict[Path, Path]:
    """Return the files in the folders of events, and others of the project that their data names.

    :param events: The events, by their folders.
    :returns: The files, apart from pages, without what is hidden or leads out of the project; and
        for each the folder of its event.
    """
    found: dict[Path, Path] = {}
    for folder, event in events.items():
        root = root_of(folder / FILE_NAME)
        inside = (below / name for below, names in folders(folder) for name in names)
        for file in (*inside, *_named(event, folder, root)):
            is_text = file.name == FILE_NAME or file.name.endswith(PAGE_SUFFIXES)
            if not is_text and file.is_file() and not refusal(file, root):
                found.setdefault(file.resolve(), folder)
    return dict(sorted(found.items()))


def _named(event: Event, folder: Path, root: Path) -> Iterator[Path]:
    for _key, path in named_files(event):
        try:
            yield local_file(path, folder, root)
        except InvalidValueError:
            # That is reported of the data.
            continue


def is_photo(file: Path) -> bool:
    """Return whether a file has the name of a photo."""
    return file.suffix.lower() in photos.SUFFIXES


def problems_of_files(files: Mapping[Path, Path]) -> Iterator[Problem]:
    """Find photos with a place, too large, or in a format that few can show; and large files.

    :param files: The files, and for each the folder of its event.
    :yields: The problems, each at the beginning of its file.
    """
    for file, folder in files.items():
        path = shown_here(file)
        try:
            found = list(_of_photo(file, folder) if is_photo(file) else _of_other(file))
        except OSError as error:
            message = Message("cannot be read: {reason}", reason=str(error.strerror))
            found = [(Code.UNREADABLE, message)]
        yield from (Problem(path, Mark(), code, message) for code, message in found)


def _of_photo(file: Path, folder: Path) -> Iterator[tuple[Code, Message]]:
    command = Command("check", "--fix", "--photos", path=shown_here(folder))
    if photos.has_location(file):
        message = Message(
            "the photo says where it was taken (GPS); run {command}",
            command=command,
        )
        yield Code.PHOTO_LOCATION, message
    form = photos.format_of(file)
    if form == "HEIC":
        message = Message(
            "few browsers show HEIC, the format of this photo; run {command}",
            command=command,
        )
        yield Code.PHOTO_FORMAT, message
    elif (size := file.stat().st_size) > photos.LARGE_PHOTO:
        message = Message(
            "the photo has {size}, and is shown as well with less than {limit}; run {command}",
            size=megabytes(size),
            limit=megabytes(photos.LARGE_PHOTO),
            command=command,
        )
        if form == "PNG":
            message = Message(
                "the picture has {size}; save it smaller, or as JPEG if it is a photo",
                size=megabytes(size),
            )
        yield Code.PHOTO_SIZE, message


def _of_other(file: Path) -> Iterator[tuple[Code, Message]]:
    if (size := file.stat().st_size) > photos.LARGE_FILE:
        message = Message(
            "the file has {size}, and a repository keeps it for ever; put it where large files are "
            "kept, and link to it",
            size=megabytes(size),
        )
        yield Code.FILE_SIZE, message


def megabytes(size: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{size / 10**6:.1f} MB" if size >= 10**5 else f"{max(1, round(size / 1000))} KB"
