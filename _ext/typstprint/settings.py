"""The settings ``typstprint_*``, and what of them can be used."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, Final

import typst
from sphinx.config import Config

from sphinxcommon.messages import Message
from sphinxcommon.setting_kinds import FLAG, TEXT, Kind, list_of, one_of, some_of
from sphinxcommon.settings import Declaration, setting

from .documents import PrintedDocument
from .options import Options

#: The builder's own names beside the documents; looks are numbered.
TEMPLATE: Final = "template.typ"
IMAGES: Final = "_images"


def looks_name(number: int) -> str:
    """Return the name of a file of styles beside the documents."""
    return f"looks-{number}.typ"


def whole_site(config: Config) -> list[tuple[str, str, str, str]]:
    """Return one book of all pages, for where ``typstprint_documents`` names none."""
    return [(config.root_doc, "book", config.project, config.author)]


_NAME: Final = Kind(TEXT.words, (str,), bool)
_PATHS: Final = list_of(_NAME, Message("a list of paths from the folder of conf.py"))
_OPTIONS: Final = Kind(Message("a dictionary"), (dict,))


@dataclass(frozen=True)
class Settings(Declaration):
    """What a site may set; what is made of it is in each document's digest."""

    prefix: ClassVar = "typstprint_"
    warning_type: ClassVar = "typstprint"

    documents: Sequence[Sequence[Any]] = setting(
        whole_site,
        Kind(Message("a list of (page, file, title, author, is a book, options)"), (list, tuple)),
        Message(
            "What is printed, each as `(page, file, title, author, is a book, options)`; a book has"
            " what is below the page, too."
        ),
        shown=Message("the whole site, as `book`"),
    )
    options: Mapping[str, Any] = setting(
        {}, _OPTIONS, Message("How all documents are set; a document's own options come first.")
    )
    fonts: Sequence[str] = setting(
        # The first has the accented letters, the Greek and the Cyrillic that the second has not.
        ["Noto Sans", "Noto Sans CJK JP"],
        list_of(_NAME, Message("a list of names of fonts, such as ['Noto Sans CJK JP']"), bool),
        Message(
            "The fonts of the text, of those that are installed by pip or in"
            " `typstprint_font_paths`; the machine's own are left alone. The first that has a"
            " letter is used. In Japanese the last has the signs (×, ±, “ ”, …), and the others"
            " have Latin letters and digits. Emoji and other scripts are added."
        ),
    )
    font_paths: Sequence[str] = setting(
        [], _PATHS, Message("Folders with more fonts, from the folder of `conf.py`.")
    )
    show_urls: str = setting(
        "no",
        one_of("no", "inline", "footnote", "qr"),
        Message(
            "How the addresses of links are shown: `inline` (behind the words), as `footnote`, or"
            " as `qr` (codes)."
        ),
    )
    looks: Sequence[str] = setting(
        [], _PATHS, Message("Typst files that say how the classes of extensions look.")
    )
    template: str = setting(
        "",
        TEXT,
        Message(
            "A Typst file to use instead of typstprint's own template, with the same functions."
        ),
    )
    additional_files: Sequence[str] = setting(
        [],
        _PATHS,
        Message(
            "Files and folders that the template and the looks find beside themselves: what they"
            " import, logos, …"
        ),
    )
    standards: Sequence[Any] = setting(
        [],
        some_of(
            *("1.4", "1.5", "1.6", "1.7", "2.0", "a-1a", "a-1b", "a-2a", "a-2b", "a-2u"),
            *("a-3a", "a-3b", "a-3u", "a-4", "a-4e", "a-4f", "ua-1"),
        ),
        Message(
            'The standards that PDFs keep, such as `["ua-1"]` (PDF/UA-1, the PDF for assistive'
            " technology)."
        ),
    )


#: Reports what is wrong with a setting, which is named without its prefix.
Report = Callable[[str, Message], None]

#: What the paths of a setting must lead to; to one that is too long ``os.path`` says no.
_THERE: Final[dict[str, tuple[Callable[[Path], bool], Message]]] = {
    "looks": (os.path.isfile, Message("file")),
    "template": (os.path.isfile, Message("file")),
    "font_paths": (os.path.isdir, Message("folder")),
    "additional_files": (os.path.exists, Message("file or folder")),
}
#: A part of a path, in bytes, with an ending; and all of it, in characters.
_LONGEST_NAME: Final = 240
_LONGEST: Final = 1000
#: The parts of a document's entry after its page and file, and what each must be.
_PARTS: Final = {"title": TEXT, "author": TEXT, "is_book": FLAG, "options": _OPTIONS}


def usable(given: Settings, folder: Path, report: Report) -> Settings:
    """Return the settings without what cannot be used, which is reported.

    :param given: The settings, each of the right kind.
    :param folder: Where the paths of settings start.
    :param report: Called for each that cannot be used.
    :return: The others, with defaults in the place of those.
    """
    there: dict[str, Any] = {
        name: [path for path in getattr(given, name) if _is_there(name, path, folder, report)]
        for name in ("looks", "font_paths", "additional_files")
    }
    there["additional_files"] = list(_additional(there["additional_files"], folder, report))
    is_template = given.template and _is_there("template", given.template, folder, report)
    if fault := _fault_of(given.standards):
        report("standards", fault)
    options, faults = Options.checked(given.options)
    for one in faults:
        report("options", one)
    taken = {Path(path).name for path in there["additional_files"]}
    return replace(
        given,
        **there,
        template=given.template if is_template else "",
        standards=[] if fault else given.standards,
        options=options,
        documents=list(_documents(given.documents, taken, report)),
    )


def _is_there(name: str, path: str, folder: Path, report: Report) -> bool:
    """Return whether what a setting names is there, and report where it is not."""
    is_kind, kind = _THERE[name]
    is_there = is_kind(folder / path)
    if not is_there:
        fault = Message(
            "there is no {kind} “{path}” in {folder}", kind=kind, path=path, folder=str(folder)
        )
        report(name, fault)
    return is_there


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether a path is below a folder, wherever symbolic links lead."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _additional(paths: Sequence[str], folder: Path, report: Report) -> Iterator[str]:
    seen: set[str] = set()
    for path in paths:
        name = Path(path).name
        if not is_inside(folder / path, folder):
            fault = Message(
                "“{path}” leads out of {folder}, and is not copied", path=path, folder=str(folder)
            )
        elif not name or _is_taken(name):
            fault = Message("“{path}” would stand in the place of what is made here", path=path)
        elif name in seen:
            fault = Message("two files are named “{name}”", name=name)
        else:
            seen.add(name)
            yield path
            continue
        report("additional_files", fault)


def _is_taken(name: str) -> bool:
    return name in (TEMPLATE, IMAGES) or (name.startswith("looks-") and name.endswith(".typ"))


def _fault_of(standards: Sequence[Any]) -> Message | None:
    """Return why some standards cannot be kept together; nothing where they can."""
    if len(standards) < 2:
        return None
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    source = b'#set document(title: "trial")'
    try:
        typst.compile(source, font_paths=fonts, pdf_standards=list(standards))
    except typst.TypstError as error:
        return Message(
            "{standards} do not go together: {reason}",
            standards=", ".join(standards),
            reason=error.message,
        )
    return None


def _documents(given: Sequence[Any], taken: set[str], report: Report) -> Iterator[PrintedDocument]:
    for entry in given:
        if fault := _fault_of_entry(entry, taken):
            report("documents", fault)
        else:
            yield _document(*entry, report=report)


def _document(docname: str, target: str, *others: Any, report: Report) -> PrintedDocument:
    given = dict(zip(_PARTS, others, strict=False))
    faults = {name: _PARTS[name].fault(name, value) for name, value in given.items()}
    right = {name: value for name, value in given.items() if not faults[name]}
    right["options"], more = Options.checked(right.get("options", {}))
    for fault in filter(None, (*faults.values(), *more)):
        report("documents", Message("“{target}”: {fault}", target=target, fault=fault))
    return PrintedDocument(docname, target, **right)


def _fault_of_entry(entry: object, taken: set[str]) -> Message | None:
    """Return what keeps an entry from being a document; nothing where it may be one."""
    if not isinstance(entry, list | tuple) or not 2 <= len(entry) <= 6:
        return Message(
            "an entry must be (page, file, title, author, is a book, options), of which two may do,"
            " not {entry}",
            entry=repr(entry),
        )
    docname, target = entry[:2]
    if not isinstance(docname, str):
        return Message("the page must be a name such as “index”, not {page}", page=repr(docname))
    path = PurePosixPath(str(target))
    is_name = isinstance(target, str) and target.strip() and target == str(path)
    if not is_name or path.is_absolute() or {".", ".."} & set(path.parts):
        return Message(
            "the file of “{page}” must be a name without an ending, such as “book” or"
            " “handouts/one”, not {target}",
            page=docname,
            target=repr(target),
        )
    if any(char in target for char in '\\:*?"<>|') or not target.isprintable():
        return Message(
            "the file of “{page}” must have a name that every system takes for a file's, not"
            " “{target}”",
            page=docname,
            target=target,
        )
    if max(len(part.encode()) for part in path.parts) > _LONGEST_NAME or len(target) > _LONGEST:
        return Message("the file of “{page}” has a name that is too long", page=docname)
    if _is_taken(f"{target}.typ") or {path.parts[0], f"{target}.typ"} & {IMAGES, *taken}:
        return Message(
            "the file of “{page}” may not be “{target}”, which is the name of something else here",
            page=docname,
            target=target,
        )
    return None
