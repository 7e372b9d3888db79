"""What pages offer with a repository: to edit them, to report a mistake, to begin a report."""

from pathlib import Path
from typing import Final

from docutils import nodes
from sphinx.config import Config

from ...core.problems import Code, InvalidValueError, Mark, Problem
from ...core.repository import Repository
from ...importers.forms import FOLDER as FORMS
from ...render.nodes import classes_of
from ...render.repository_links import ChangedPage, new_report, repository_links
from ..logging import report
from ..report_form import report_form
from ..settings import THEME, Settings, repository_of
from ..sites import SITES
from ..year_pages import is_generated
from .base import WebTransform

#: Options of themes, and of what templates get, with which these have such a link of their own.
_THEME_OPTIONS: Final = ("use_edit_page_button", "source_repository", "source_edit_link")
_CONTEXT: Final = ("display_github", "display_gitlab")


class RepositoryLinks(WebTransform):
    """Add the links at the foot of each page that somebody has written."""

    # When all else is there.
    default_priority = 950

    def run(self, **kwargs: object) -> None:
        repository = repository_of(self.config)
        page = self._page()
        if repository is None or page is None or self.env._app.builder.name not in SITES:
            return
        if self.env.docname == self.config.root_doc:
            self._add_new_report(repository)
        has_edit = _is_edited_by_theme(self.config)
        self.document += repository_links(repository, page, has_edit=has_edit)

    def _add_new_report(self, repository: Repository) -> None:
        """Add how a report is begun: above the events, or where there are none at the end."""
        folder = Settings.of(self.config).folder
        root = Path(self.env.srcdir)
        try:
            form = report_form(self.config, root)
        except InvalidValueError as error:
            report(Problem(FORMS, Mark(), Code.UNREADABLE, error.message), root, self.config)
            return
        node = new_report(repository, folder, form)
        first = next(self.document.findall(_is_list), None)
        if first is None or first.parent is None:
            self.document += node
        else:
            first.parent.insert(first.parent.index(first), node)

    def _page(self) -> ChangedPage | None:
        """Return the page; nothing if it is made by each build."""
        docname = self.env.docname
        source = Path(self.env.doc2path(docname, base=False)).as_posix()
        if is_generated(Path(self.env.srcdir, source)):
            return None
        entry = self.domain.library.entry_of_page(docname)
        base = self.config.html_baseurl
        path = self.env._app.builder.get_target_uri(docname)
        return ChangedPage(
            self.env.titles[docname].astext(),
            f"{base.rstrip('/')}/{path}" if base else source,
            source,
            (entry.file, entry.event_id) if entry else None,
        )


def _is_list(node: nodes.Node) -> bool:
    return "event-list" in classes_of(node)


def _is_edited_by_theme(config: Config) -> bool:
    """Return whether the theme has a link to edit a page."""
    if config.html_theme == THEME:
        # It inherits the option of another, and not the link.
        return False
    options = (config.html_theme_options.get(name) for name in _THEME_OPTIONS)
    return any(options) or any(config.html_context.get(name) for name in _CONTEXT)
