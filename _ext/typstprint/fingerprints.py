"""Digests of what documents are made from, by which it shows whether that has changed.

What Sphinx resolves in a document depends on its pages, and on what the environment knows of
all others: titles, labels, numbers, whatever a domain notes. The digest is of all of that, and
so it changes too often rather than too seldom.
"""

import hashlib
import io
import json
import pickle
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import MemoryHandler, pending_warnings

from sphinxcommon.files import digest_of_file, read_json, write_whole
from sphinxcommon.log_entries import LogEntry

#: Attributes of the environment that a digest leaves out: times, caches, what is of one run, the
#: settings (taken from ``conf.py``), and files (by their own digests).
_NOT_OF_PAGES: Final = frozenset(
    "_app _builder_cls _doctreedir _pickled_doctree_cache _srcdir _write_doc_doctree_cache all_docs"
    " config config_status config_status_extra current_document dependencies doctreedir domains"
    " events project ref_context reread_always settings srcdir".split()
)
#: Packages that documents are made with, beside extensions.
_PACKAGES: Final = ("sphinx", "docutils", "pygments", "typst", "tylax", "manimgx-fonts")


@dataclass(frozen=True)
class Record:
    """What a document was made from, and what was made; beside it in a file of its own."""

    #: The digest of all it was made from.
    made_from: str
    #: The pages that were read for it, its own and those that references looked into.
    pages: list[str]
    #: The files that belong to it, relative to the builder's folder.
    files: list[str]
    #: The warnings from when it was printed.
    entries: list[LogEntry] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> "Record | None":
        """Return the record in a file; ``None`` where there is none that can be read."""
        try:
            known = read_json(path)
            entries = [LogEntry.of_json(*one) for one in known.pop("entries")]
            return cls(**known, entries=entries)
        except (TypeError, LookupError, AttributeError):
            return None

    def write(self, path: Path) -> None:
        """Write the record into a file."""
        write_whole(path, json.dumps(asdict(self), ensure_ascii=False))


class _Canonical(pickle.Pickler):
    """Pickles the same bytes for what is equal.

    The order of sets and dictionaries is not looked at; nor whether two objects are equal
    or one (``fast``), which changes when the environment is read from a file.
    """

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
        self.fast = True

    def persistent_id(self, value: Any) -> Any:
        match value:
            case nodes.Node():
                return "node", value.pformat()
            case Set():
                return "set", sorted(digest_of(one) for one in value)
            case Mapping():
                pairs = ((digest_of(key), digest_of(one)) for key, one in value.items())
                return "mapping", sorted(pairs)
            case FunctionType() | type():
                # Those of ``conf.py`` are nowhere to be found; its text is looked at, too.
                return "name", value.__module__, value.__qualname__
            case ModuleType():
                return "module", value.__name__
        return None


def digest_of(value: Any) -> str:
    """Return a digest that is the same for what is equal, in this process and in others.

    :param value: Data, or objects that can be pickled; orders of sets and mappings do not count.
    :return: The digest.
    :raises Exception: Something cannot be pickled (open files, what holds itself …).
    """
    file = io.BytesIO()
    _Canonical(file).dump(value)
    return hashlib.sha256(file.getbuffer()).hexdigest()


def state_of_files(paths: Iterable[Path]) -> list[tuple[str, int, int]]:
    """Return the times and sizes of files, which are not read."""
    states = ((str(path), path.stat()) for path in sorted(paths) if path.is_file())
    return [(path, state.st_mtime_ns, state.st_size) for path, state in states]


def digest_of_site(app: Sphinx) -> str:
    """Return a digest of all that references may be resolved to, and of the code that does it.

    :param app: The application, with the environment after all pages are read.
    :return: The digest.
    :raises Exception: As ``digest_of``: any object of any extension may be in there.
    """
    env = app.env
    state = {key: one for key, one in env.__getstate__().items() if key not in _NOT_OF_PAGES}
    # MyST counts the words of each page, which changes with each word.
    state["metadata"] = {
        docname: {key: one for key, one in fields.items() if key != "wordcount"}
        for docname, fields in env.metadata.items()
    }
    # Which documents there are is of no other document's concern; its own entry is looked at.
    config = {one.name: one.value for one in app.config if one.name != "typstprint_documents"}
    code = [
        file
        for name, extension in app.extensions.items()
        if not name.startswith("sphinx.")
        for file in _files_of(extension.module)
    ]
    return digest_of(
        [
            state,
            sorted(env.all_docs),
            config,
            sorted(app.tags),
            digest_of_file(Path(app.confdir, "conf.py")),
            [(name, version(name)) for name in _PACKAGES],
            state_of_files(code),
        ]
    )


def _files_of(module: ModuleType) -> Iterator[Path]:
    """Yield the files of an extension: a change of its code counts."""
    if folders := getattr(module, "__path__", None):
        for folder in folders:
            yield from (one for one in Path(folder).rglob("*") if one.parent.name != "__pycache__")
    elif module.__file__:
        yield Path(module.__file__)


@contextmanager
def pages_read(env: BuildEnvironment) -> Iterator[set[str]]:
    """Note which pages are read meanwhile.

    Not only those of the document: Sphinx looks for the caption of a figure in its page.
    """
    read: set[str] = set()
    get_doctree = env.get_doctree

    def noting(docname: str) -> nodes.document:
        read.add(docname)
        return get_doctree(docname)

    vars(env)["get_doctree"] = noting
    try:
        yield read
    finally:
        del vars(env)["get_doctree"]


@contextmanager
def warnings_held() -> Iterator[list[LogEntry]]:
    """Hold warnings back meanwhile; the list has them afterwards."""
    held: list[LogEntry] = []
    with pending_warnings() as handler:
        yield held
        assert isinstance(handler, MemoryHandler)
        held += [LogEntry.of(record) for record in handler.clear()]
