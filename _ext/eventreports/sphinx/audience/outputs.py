"""An output folder holds what one audience may see, also when builds for others follow there.

A folder that is not for everybody says so in a file, which names what was there before: all else is
removed before a build for another audience begins. Doctrees may be in the folder, too.
"""

import glob
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from docutils import nodes
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinxcontrib.serializinghtml import SerializingHTMLBuilder

from sphinxcommon.files import read_json, write_whole

from ...core.audience import LEVELS
from ...core.model import Visibility
from ..domain import event_domain
from ..settings import audience_of

#: The file that says for whom the output beside it is; without it that is for all.
MARK: Final = ".audience"
#: Hidden files and folders that builds write; others are somebody's own.
_HIDDEN: Final = (".doctrees", ".buildinfo", ".buildinfo.bak", ".printouts.json")


class _File(NamedTuple):
    """The state of a file: its modification time (ns) and size (bytes)."""

    modified: int
    size: int


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    # When settings are checked, and before the environment is loaded.
    app.connect("config-inited", keep_apart, priority=900)
    app.connect("html-page-context", without_source)
    app.connect("html-page-context", without_old_copies)
    app.connect("build-finished", without_sources_of_changes)


def audience_of_output(folder: Path) -> Visibility:
    """Return for whom the output in a folder is; of a mark that cannot be read, the strictest."""
    if not (folder / MARK).exists():
        return LEVELS[0]
    marked = (read_json(folder / MARK) or {}).get("audience")
    return marked if marked in LEVELS else LEVELS[-1]


def keep_apart(app: Sphinx, config: Config) -> None:
    """Remove from the output folder what a build for others has left there."""
    folder = Path(app.outdir)
    audience = audience_of(config).level
    # It is no part of a book that is made of the folder.
    config.epub_exclude_files = [*config.epub_exclude_files, MARK]
    if audience_of_output(folder) == audience:
        return
    if (folder / MARK).exists():
        marked = read_json(folder / MARK) or {}
        before = {name: _File(*state) for name, state in marked.get("before", {}).items()}
        _remove_all_but(folder, before, Path(app.doctreedir))
    if audience != LEVELS[0]:
        # What builds have written is theirs to write again.
        own = _written(Path(app.doctreedir))
        states = {
            name: _state(path)
            for path in _files(folder, Path(app.doctreedir))
            if (name := path.relative_to(folder).as_posix()) not in own
            and not path.is_relative_to(app.doctreedir)
        }
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / MARK, json.dumps({"audience": audience, "before": states}))


def _written(doctrees: Path) -> set[str]:
    """Return the files that builds have listed as theirs, see ``sphinxcommon.outputs``."""
    lists = [read_json(path) or {} for path in doctrees.glob("outputs-*.json")]
    of_builders = [entries for one in lists for entries in one.values()]
    return {name for one in of_builders for _shows, files in one.values() for name in files}


def _remove_all_but(folder: Path, kept: dict[str, _File], doctrees: Path) -> None:
    for path in list(_files(folder, doctrees)):
        if kept.get(path.relative_to(folder).as_posix()) != _state(path):
            path.unlink()
            for parent in path.parents:
                if parent == folder:
                    break
                with suppress(OSError):
                    parent.rmdir()
    (folder / MARK).unlink()


def _files(folder: Path, doctrees: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*")):
        is_own = path.name in _HIDDEN or path in (doctrees, *doctrees.parents)
        if path.name.startswith(".") and not is_own:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from (one for one in sorted(path.rglob("*")) if one.is_file())
        elif path.is_file():
            yield path


def _state(path: Path) -> _File:
    status = path.stat()
    return _File(status.st_mtime_ns, status.st_size)


def without_source(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Keep Sphinx from copying the source of a page of which parts are left out."""
    if pagename in event_domain(app.env).with_left_out:
        context["sourcename"] = ""
        folder = Path(app.outdir, "_sources", pagename).parent
        for copy in folder.glob(f"{glob.escape(Path(pagename).name)}.*") if folder.is_dir() else ():
            copy.unlink()


def without_old_copies(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    _context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Remove copies that the builders of pages as data (JSON, pickles) would not replace."""
    if not isinstance(app.builder, SerializingHTMLBuilder):
        return
    folder = Path(app.outdir, "_sources", pagename).parent
    copies = [*folder.glob(f"{glob.escape(Path(pagename).name)}.*")] if folder.is_dir() else []
    if Path(app.doctreedir) != Path(app.outdir):
        copies.append(Path(app.outdir, ENV_PICKLE_FILENAME))
    for copy in copies:
        copy.unlink(missing_ok=True)


def without_sources_of_changes(app: Sphinx, _exception: Exception | None) -> None:
    """Remove the sources, which Sphinx lists with changes, of pages of which parts are left out."""
    if app.builder.name == "changes":
        for docname in event_domain(app.env).with_left_out:
            Path(app.outdir, "rst", f"{docname}.html").unlink(missing_ok=True)
