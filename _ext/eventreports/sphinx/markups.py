"""The two markups of pages: which one a page is in, and how a directive is written in it."""

from sphinx.environment import BuildEnvironment
from sphinx.util import get_filetype


def filetype(env: BuildEnvironment, docname: str) -> str:
    """Return the markup of a page, as ``source_suffix`` calls it."""
    return get_filetype(env.config.source_suffix, env.doc2path(docname))


def is_markdown(env: BuildEnvironment, docname: str) -> bool:
    """Return whether a page is in Markdown."""
    return filetype(env, docname) == "markdown"


def first_line(env: BuildEnvironment, name: str, argument: str, docname: str = "") -> str:
    """Return the first line of a directive, as it is written in a page.

    :param env: The environment.
    :param name: The directive's name.
    :param argument: Its argument.
    :param docname: The page; by default the one that is read.
    :returns: The line.
    """
    if is_markdown(env, docname or env.docname):
        return f"```{{{name}}} {argument}"
    return f".. {name}:: {argument}"
