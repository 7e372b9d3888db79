"""What a site may set in ``conf.py``: what is wrong is told once, and what is right is used."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import ismodule
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import typst

from .documents import PrintedDocument
from .options import SWITCH, TEXT, Kind, checked, did_you_mean, one_of, some_of

if TYPE_CHECKING:
    from sphinx.config import Config

#: Tells of what is wrong: the setting, and what is wrong and would be right.
Tell = Callable[[str, str], None]

SHOW_URLS: Final = ("no", "inline", "footnote", "qr")
STANDARDS: Final = (
    *("1.4", "1.5", "1.6", "1.7", "2.0", "a-1a", "a-1b", "a-2a", "a-2b", "a-2u"),
    *("a-3a", "a-3b", "a-3u", "a-4", "a-4e", "a-4f", "ua-1"),
)
#: The builder's own names beside the documents; looks are numbered.
TEMPLATE: Final = "template.typ"
IMAGES: Final = "_images"


def looks_name(number: int) -> str:
    return f"looks-{number}.typ"


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) and one for one in value)


_PATHS: Final = Kind("a list of paths from the folder of conf.py", _is_list_of_texts)


class Setting(NamedTuple):
    """A setting: its default, or how that follows from others, and what it must be."""

    default: Any
    kind: Kind

    @property
    def types(self) -> tuple[type, ...]:
        """What Sphinx takes; of a switch on the command line also a text, which it would end at."""
        kind = type(self.default)
        return {str: (str,), dict: (dict,), bool: (bool, str)}.get(kind, (list, tuple))


def unknown_settings(config: Config) -> Iterator[tuple[str, str]]:
    """Yield the names that look like settings, which Sphinx passes over, and what is wrong."""
    given: dict[str, Any] = getattr(config, "_raw_config", {})
    for name, value in given.items():
        is_code = callable(value) or ismodule(value)
        if name.startswith("typstprint_") and name not in config and not is_code:
            short = name.removeprefix("typstprint_")
            known = [f"typstprint_{one}" for one in SETTINGS]
            yield short, f"there is no such setting{did_you_mean(name, known)}"


def whole_site(config: Config) -> list[tuple[str, str, str, str]]:
    """One book of all pages, where ``typstprint_documents`` names none."""
    return [(config.root_doc, "book", config.project, config.author)]


#: What each is, a site says in the guide. Some are looked at more closely below.
SETTINGS: Final = {
    "documents": Setting(
        whole_site,
        Kind(
            "a list of (page, file, title, author, is a book, options)",
            lambda value: isinstance(value, list | tuple),
        ),
    ),
    # How all documents are set; the keys are those of ``options.Options``.
    "options": Setting({}, Kind("a dictionary", lambda value: isinstance(value, Mapping))),
    # For text, where a site says nothing else; the compiler brings the others.
    "fonts": Setting(
        # The first has the accented letters, the Greek and the Cyrillic that the second has not.
        ["Noto Sans", "Noto Sans CJK JP"],
        Kind(
            "a list of names of fonts, such as ['Noto Sans CJK JP']",
            lambda value: _is_list_of_texts(value) and bool(value),
        ),
    ),
    "font_paths": Setting([], _PATHS),
    "show_urls": Setting("no", one_of(*SHOW_URLS)),
    # Whether a reference to another page of the document says which.
    "show_pagerefs": Setting(True, SWITCH),
    "looks": Setting([], _PATHS),
    "template": Setting("", TEXT),
    # What the template, and whatever else of Typst's, finds beside itself.
    "additional_files": Setting([], _PATHS),
    "standards": Setting([], some_of(*STANDARDS, such_as="ua-1")),
}
#: What the paths of a setting must lead to.
_THERE: Final[dict[str, tuple[Callable[[Path], bool], str]]] = {
    "looks": (Path.is_file, "file"),
    "font_paths": (Path.is_dir, "folder"),
    "additional_files": (Path.exists, "file or folder"),
}
#: A part of a path, in bytes, with an ending; and all of it, in characters.
_LONGEST_NAME: Final = 240
_LONGEST: Final = 1000
#: The parts of a document's entry after its page and file, and what each must be.
_PARTS: Final = {"title": TEXT, "author": TEXT, "is_book": SWITCH}


def settled(
    given: Mapping[str, Any], defaults: Mapping[str, Any], folder: Path, tell: Tell
) -> dict[str, Any]:
    """All settings as they are used; paths are from ``folder``."""
    values = dict(defaults)
    for name, value in given.items():
        kind = SETTINGS[name].kind
        if kind.fits(value):
            values[name] = value
        else:
            tell(name, f"it must be {kind.words}, not {value!r}{kind.meant(value)}")
    for name, (has_kind, what) in _THERE.items():
        found = {path: _is_there(has_kind, folder / path) for path in values[name]}
        values[name] = [path for path, is_found in found.items() if is_found]
        for path in (path for path, is_found in found.items() if not is_found):
            tell(name, f"there is no {what} {path!r} in {folder}")
    if values["template"] and not _is_there(Path.is_file, folder / values["template"]):
        tell("template", f"there is no file {values['template']!r} in {folder}")
        values["template"] = defaults["template"]
    values["additional_files"] = list(_additional(values["additional_files"], folder, tell))
    if fault := _fault_of(values["standards"]):
        tell("standards", fault)
        values["standards"] = defaults["standards"]
    values["options"], problems = checked(values["options"])
    for problem in problems:
        tell("options", problem)
    taken = {Path(path).name for path in values["additional_files"]}
    values["documents"] = list(_documents(values["documents"], taken, tell))
    return values


def _is_there(has_kind: Callable[[Path], bool], path: Path) -> bool:
    """Return whether something of a kind is at ``path``, which may be too long for a name."""
    try:
        return has_kind(path)
    except OSError:
        return False


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether a path is below a folder, wherever symbolic links lead."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _additional(paths: Sequence[str], folder: Path, tell: Tell) -> Iterator[str]:
    seen: set[str] = set()
    for path in paths:
        name = Path(path).name
        if not is_inside(folder / path, folder):
            tell("additional_files", f"{path!r} leads out of {folder}, and is not copied")
        elif not name or _is_taken(name):
            tell("additional_files", f"{path!r} would stand in the place of what is made here")
        elif name in seen:
            tell("additional_files", f"two files are named {name!r}")
        else:
            seen.add(name)
            yield path


def _is_taken(name: str) -> bool:
    return name in (TEMPLATE, IMAGES) or (name.startswith("looks-") and name.endswith(".typ"))


def _fault_of(standards: Sequence[Any]) -> str:
    """Why some standards cannot be kept together; nothing where they can."""
    if len(standards) < 2:
        return ""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    source = b'#set document(title: "trial")'
    try:
        typst.compile(source, font_paths=fonts, pdf_standards=list(standards))
    except typst.TypstError as error:
        return f"{', '.join(standards)} do not go together: {error.message}"
    return ""


def _documents(given: Sequence[Any], taken: set[str], tell: Tell) -> Iterator[PrintedDocument]:
    for entry in given:
        if not isinstance(entry, list | tuple) or not 2 <= len(entry) <= 6:
            parts = "(page, file, title, author, is a book, options)"
            tell("documents", f"an entry must be {parts}, of which two may do, not {entry!r}")
            continue
        docname, target, *others = entry
        if not isinstance(docname, str):
            tell("documents", f"the page must be a name such as 'index', not {docname!r}")
        elif fault := _fault_of_target(target, taken):
            tell("documents", f"the file of {docname!r} {fault}")
        else:
            yield _document(docname, target, others, tell)


def _document(docname: str, target: str, others: Sequence[Any], tell: Tell) -> PrintedDocument:
    named = dict(zip((*_PARTS, "options"), others, strict=False))
    right, problems = checked(named.pop("options", {}))
    problems += [
        f"{key!r} must be {_PARTS[key].words}, not {value!r}"
        for key, value in named.items()
        if not _PARTS[key].fits(value)
    ]
    for problem in problems:
        tell("documents", f"“{target}”: {problem}")
    named = {key: value for key, value in named.items() if _PARTS[key].fits(value)}
    return PrintedDocument(docname, target, **named, options=right)


def _fault_of_target(target: object, taken: set[str]) -> str:
    """What keeps a document from being a file of some name; nothing where it may be."""
    right = "must be a name without an ending such as 'book' or 'handouts/one'"
    if not isinstance(target, str) or not target.strip():
        return f"{right}, not {target!r}"
    path = PurePosixPath(target)
    if target != str(path) or path.is_absolute() or {".", ".."} & set(path.parts):
        return f"{right}, not {target!r}"
    if any(char in target for char in '\\:*?"<>|') or not target.isprintable():
        return f"{right}, of which every system can make a file, not {target!r}"
    if max(len(part.encode()) for part in path.parts) > _LONGEST_NAME or len(target) > _LONGEST:
        return "is too long for a file's name"
    first = path.parts[0]
    if _is_taken(f"{target}.typ") or first in {IMAGES, *taken} or f"{target}.typ" in taken:
        return f"may not be {target!r}, which is the name of something else here"
    return ""
