"""Leave out the pages that are not for the audience, before Sphinx looks for pages."""

from collections.abc import Set
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.project import EXCLUDE_PATHS
from sphinx.util import get_filetype
from sphinx.util.matching import get_matching_files

from sphinxcommon.files import short_digest
from sphinxcommon.messages import Message

from ...core.audience import LEVELS
from ...core.encodings import decode_anyway
from ...core.model import STRICTEST
from ...core.page_visibility import VISIBILITY, is_about_visibility, visibility_of_page
from ...core.paths import literal_pattern
from ...core.problems import Problem
from ...render.labels import message_text
from ..domain import event_domain
from ..logging import report

#: Bytes at the beginning of a page among which its fields are.
_HEAD = 16 * 1024


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    # Once the events are known, and before it is looked which of them have a page.
    app.connect("builder-inited", leave_out_pages, priority=450)
    app.connect("env-get-outdated", all_pages)
    app.connect("env-before-read-docs", include_pages)
    app.connect("env-get-outdated", remove_doctrees)
    app.connect("doctree-read", check_read)
    app.connect("env-updated", pages_with_parts)


def leave_out_pages(app: Sphinx) -> None:
    """Exclude the pages of events, and others, that are not for the audience.

    The configuration is as it was when Sphinx has found the pages: it is kept with the
    environment, and no page that is left out may be named there.
    """
    domain = event_domain(app.env)
    domain.page_levels = {}
    left_out = {path for path in _pages(app) if _is_left_out(app, path)}
    domain.left_out_pages = {app.project.path2doc(path) or path: path for path in left_out}
    for docname in domain.left_out_pages:
        _remove_traces(app, docname)
    domain.patterns = app.config.exclude_patterns
    app.config.exclude_patterns = [
        *app.config.exclude_patterns,
        *map(literal_pattern, sorted(left_out)),
    ]


def remove_doctrees(
    app: Sphinx, _env: BuildEnvironment, _added: Set[str], _changed: Set[str], removed: Set[str]
) -> list[str]:
    """Remove the doctrees of pages that are gone, which may say what is for others."""
    for docname in removed:
        Path(app.doctreedir, f"{docname}.doctree").unlink(missing_ok=True)
    return []


def _remove_traces(app: Sphinx, docname: str) -> None:
    """Remove what builds have made of a page when it was for their audience."""
    out = Path(app.outdir)
    Path(app.doctreedir, f"{docname}.doctree").unlink(missing_ok=True)
    for folder in (out, out / "_sources"):
        around, name = (folder / docname).parent, Path(docname).name
        if around.is_dir():
            for path in around.iterdir():
                if path.is_file() and path.name.startswith(f"{name}."):
                    path.unlink()
    (out / docname / "index.html").unlink(missing_ok=True)


def remove_search_index(app: Sphinx) -> None:
    """Remove the index of Sphinx's search, which keeps the words of what is no more."""
    for name in ("searchindex.js", "searchindex.json", "searchindex.pickle"):
        Path(app.outdir, name).unlink(missing_ok=True)


def include_pages(app: Sphinx, _env: BuildEnvironment, _docnames: list[str]) -> None:
    """Restore the patterns of the configuration."""
    app.config.exclude_patterns = event_domain(app.env).patterns


def _pages(app: Sphinx) -> list[str]:
    """Return the pages, as Sphinx finds them."""
    config = app.config
    excluded = [*config.exclude_patterns, *config.templates_path, *app.builder.get_asset_paths()]
    found = get_matching_files(app.srcdir, config.include_patterns, [*excluded, *EXCLUDE_PATHS])
    return [path for path in found if path.endswith(tuple(config.source_suffix))]


def _is_left_out(app: Sphinx, path: str) -> bool:
    domain = event_domain(app.env)
    library = domain.library
    root = Path(app.srcdir).resolve()
    real = Path(app.srcdir, path).resolve()
    # A link to a page is that page.
    names = [path, *([real.relative_to(root).as_posix()] if real.is_relative_to(root) else [])]
    if any(map(library.is_left_out, names)):
        return True
    is_markdown = get_filetype(app.config.source_suffix, path) != "restructuredtext"
    try:
        lines = _first_lines(Path(app.srcdir, path))
    except OSError:
        # Sphinx reports it.
        return False
    level, finding = visibility_of_page(lines, is_markdown=is_markdown)
    if finding:
        report(Problem(path, *finding), app.srcdir, app.config)
    if level:
        domain.page_levels[app.project.path2doc(path) or path] = level
    return not library.audience.has(level)


def _first_lines(path: Path) -> list[str]:
    """Return the beginning of a page, in whatever encoding it is; all of it if that is unclear."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    text = head.decode(errors="ignore")
    is_unclear = "\0" in text or len(text.encode()) < len(head) - 3
    if is_unclear or (text.lstrip("\ufeff").startswith("---") and len(head) == _HEAD):
        text = decode_anyway(path.read_bytes()) or text
    return text.splitlines()


def check_read(app: Sphinx, doctree: nodes.document) -> None:
    """End the build where a page says in another way that it is not for the audience."""
    domain, docname = event_domain(app.env), app.env.docname
    for key, value in app.env.metadata[docname].items():
        if not is_about_visibility(key) or domain.page_levels.get(docname):
            continue
        level = next((one for one in LEVELS if one == value), STRICTEST if value else LEVELS[0])
        level = level if key == VISIBILITY else STRICTEST
        if not domain.library.audience.has(level):
            message = Message(
                "{path}: the page says for whom it is where it cannot be left out any more; write "
                "“{key}: {level}” at its top",
                path=app.env.doc2path(docname, base=False).as_posix(),
                key=VISIBILITY,
                level=level,
            )
            raise ExtensionError(message_text(message), modname="eventreports")


def all_pages(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Return all pages if others are left out than in the last build.

    Any of them may refer to one.
    """
    domain = event_domain(env)
    library = domain.library
    parts = sorted((one.folder, one.left_out) for one in library.entries.values() if one.left_out)
    found = short_digest((sorted(domain.left_out_pages), sorted(library.left_out), parts))
    before, domain.data["left_out_pages"] = domain.data.get("left_out_pages"), found
    if before == found:
        return []
    remove_search_index(app)
    return sorted(env.found_docs)


def pages_with_parts(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages if other parts of pages are left out than after the last build.

    What is defined in one is no more, and others may refer to it.
    """
    domain = event_domain(env)
    found = short_digest(sorted(domain.with_left_out.items()))
    before, domain.data["left_out_parts"] = domain.data.get("left_out_parts"), found
    if before == found or not (before or domain.with_left_out):
        return []
    remove_search_index(app)
    return sorted(env.found_docs)
