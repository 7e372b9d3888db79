"""Leave out the pages that are not for the audience, before Sphinx looks for pages."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.project import EXCLUDE_PATHS
from sphinx.util import get_filetype
from sphinx.util.matching import get_matching_files

from sphinxcommon.files import short_digest

from ...core.encodings import decode_anyway
from ...core.page_visibility import MOST_LINES, visibility_of_page
from ...core.paths import literal_pattern
from ...core.problems import Problem
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


def leave_out_pages(app: Sphinx) -> None:
    """Exclude the pages of events, and others, that are not for the audience.

    The configuration is as it was when Sphinx has found the pages: it is kept with the
    environment, and no page that is left out may be named there.
    """
    domain = event_domain(app.env)
    domain.page_levels = {}
    left_out = {path for path in _pages(app) if _is_left_out(app, path)}
    domain.left_out_pages = {app.project.path2doc(path) or path: path for path in left_out}
    domain.patterns = app.config.exclude_patterns
    app.config.exclude_patterns = [
        *app.config.exclude_patterns,
        *map(literal_pattern, sorted(left_out)),
    ]


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
    if library.is_left_out(path):
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
    """Return the beginning of a page, in whatever encoding it is."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    text = head.decode(errors="ignore")
    if "\0" in text or len(text.encode()) < len(head) - 3:
        text = decode_anyway(path.read_bytes()) or text
    return text.splitlines()[:MOST_LINES]


def all_pages(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Return all pages if others are left out than in the last build.

    Any of them may refer to one.
    """
    domain = event_domain(env)
    found = short_digest((sorted(domain.left_out_pages), sorted(domain.library.left_out)))
    before, domain.data["left_out_pages"] = domain.data.get("left_out_pages"), found
    return sorted(env.found_docs) if before != found else []
