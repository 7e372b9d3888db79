"""Local files that the data names, and the folder that they are in."""

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, get_args

from sphinxcommon.messages import Message

from ..core.entity import Entity
from ..core.files import OutsideError, local_file, local_image
from ..core.model import Sharing
from ..core.names import composed
from ..core.paths import IsContent
from ..core.problems import Code, Finding, InvalidValueError, Mark
from ..core.urls import is_url
from .base import Checked

#: How many files are reported: to suggest a name, each looks through its folder.
_MAX_FILES: Final = 250


def decomposed_folder_name(checked: Checked[Entity]) -> Iterator[Finding]:
    """Find a folder whose name is not in NFC, the form in which Sphinx opens pages.

    Not every file system finds a file by another form of its name.
    """
    if checked.folder.is_relative_to(checked.root):
        written = checked.folder.relative_to(checked.root).as_posix()
        path = composed(written)
        if path != written and not (checked.root / path).is_dir():
            yield Finding(
                Mark(),
                Code.FILE,
                Message(
                    "the folder's name has letters apart from their marks (NFD); no page in it can "
                    "be read; rename it to “{name}” (NFC)",
                    name=composed(checked.folder.name),
                ),
            )


def missing(checked: Checked[Entity]) -> Iterator[Finding]:
    """Find files that are not there, or must not be published."""
    found = (
        Finding(entity.mark(key), *fault)
        for entity, key, path in _local_paths(checked.entities)
        if (fault := file_fault(key, path, checked.folder, checked.root, checked.is_content))
    )
    return itertools.islice(found, _MAX_FILES)


def file_fault(
    key: str, path: str, folder: Path, root: Path, is_content: IsContent
) -> tuple[Code, Message] | None:
    """Return what is wrong with the file that a key names, as the disk is now.

    :param key: The key: ``path``, or one that takes a picture.
    :param path: The path, as the data has it.
    :param folder: The folder of the event's file.
    :param root: The project's folder.
    :param is_content: Whether data may name a file that is not in ``folder``.
    :returns: The problem, if there is one.
    """
    find = local_file if key == "path" else local_image
    try:
        find(path, folder, root, is_content)
    except OutsideError as error:
        return Code.PATH, error.message
    except InvalidValueError as error:
        if key == "logo" and is_url(path):
            return Code.FILE, Message(
                "{problem}, or write “logo_url: {path}”", problem=error.message, path=path
            )
        if path not in get_args(Sharing):
            return Code.FILE, error.message
        return Code.FILE, Message("“{path}” is no file; write “{status: {path}}”", path=path)
    return None


def named_files(entity: Entity) -> list[tuple[str, str]]:
    """Return the local files that the data of an entity names, each once, as (key, path)."""
    paths = _local_paths(entity.entities())
    return list(dict.fromkeys((key, path) for _entity, key, path in paths))


def _local_paths(entities: Iterable[Entity]) -> Iterator[tuple[Entity, str, str]]:
    """Iterate over the local files that the data names, as (entity, key, path)."""
    for entity in entities:
        for key in ("path", "image", "logo", "logo_dark"):
            if path := getattr(entity, key, None):
                yield entity, key, path
