"""Report directives, roles and fences that are written wrong, and read them as they are meant.

Parsers take them for text or code, without a word.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any, Final, cast

from docutils import nodes
from docutils.languages import en as english
from docutils.parsers.rst import directives, roles
from docutils.utils import new_document
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ...core.problems import Problem
from ..domain import event_domain
from ..logging import report
from ..markups import filetype
from . import markdown, restructuredtext
from .names import DOMAIN, Names
from .repairs import Fault, repaired

#: What every fault of a page has.
_SIGN: Final = re.compile(
    r"event|[`｀]{2}|['´‘’ˋ~:]{3}|[{｛]|\.\.|^##|:`", re.IGNORECASE | re.MULTILINE
)


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    # Once reports are recorded as those of the page, and other extensions have changed the text.
    app.connect("source-read", report_and_repair, priority=600)


def report_and_repair(app: Sphinx, docname: str, source: list[str]) -> None:
    """Report what is wrong in the text of a page, and repair what is clear."""
    faults_of = _FAULTS.get(filetype(app.env, docname))
    if faults_of is None or not _SIGN.search(source[0]):
        return
    source[0], findings = repaired(source[0], partial(faults_of, app.env, names_of(app.env)))
    path = app.env.doc2path(docname, base=False).as_posix()
    for finding in findings:
        report(Problem(path, *finding), app.srcdir, app.config)


def _of_markdown(env: BuildEnvironment, names: Names, lines: Sequence[str]) -> Iterable[Fault]:
    return markdown.faults(lines, block_parser(env), names, _heading(env))


def _of_restructuredtext(
    _env: BuildEnvironment, names: Names, lines: Sequence[str]
) -> Iterable[Fault]:
    return restructuredtext.faults(lines, names)


#: What finds the faults of pages, by their markup.
_FAULTS: Final = {"markdown": _of_markdown, "restructuredtext": _of_restructuredtext}


def block_parser(env: BuildEnvironment) -> MarkdownIt:
    """Return a parser of the blocks of the site's Markdown."""
    config: MdParserConfig = getattr(env, "myst_config", MdParserConfig())
    parser = create_md_parser(config, RendererHTML)
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _heading(env: BuildEnvironment) -> str | None:
    """Return what the page that is read is called without a heading, if it is of an event."""
    has_one = env.myst_config.title_to_header if hasattr(env, "myst_config") else False
    return None if has_one else event_domain(env).heading_of_page(env.docname)


def names_of(env: BuildEnvironment) -> Names:
    """Return the directives and roles that pages may use now."""
    domain = event_domain(env)
    language = cast("Any", english)

    def has_domain(name: str) -> bool:
        prefix, colon, _name = name.partition(":")
        return bool(colon) and prefix in env.domains and prefix != DOMAIN

    def is_directive(name: str) -> bool:
        if ":" in name:
            return has_domain(name)
        return directives.directive(name, language, _document())[0] is not None

    def is_role(name: str) -> bool:
        if ":" in name:
            return has_domain(name)
        return roles.role(name, language, 0, _document().reporter)[0] is not None

    others = {*vars(directives)["_directives"], *vars(directives)["_directive_registry"]}
    options = {
        option
        for one in domain.directives.values()
        for option in getattr(one, "option_spec", None) or ()
    }
    return Names(domain.directives, domain.roles, is_directive, is_role, others, options)


@cache
def _document() -> nodes.document:
    """Return a document to ask in for names; docutils' settings take long to collect."""
    return new_document("")
