"""The forms that are filled in for a new event: Jinja templates, those of the site first."""

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import indent
from typing import Any, Final

import jinja2
from jinja2 import meta

from sphinxcommon.east_asian import columns_in
from sphinxcommon.messages import Message

from ..core.problems import InvalidValueError
from ..core.quoting import as_heading
from ..yaml.dump import dump_value
from .markdown import escaped

#: Where a site has its own forms.
FOLDER: Final = "_templates"
FACTS: Final = "event.yaml"
_OWN: Final = Path(__file__).parent / "forms"
#: The block of a report that stands for each session.
_SESSION: Final = "session"


class Markup(str):
    """A text that is markup already; any other is escaped where a report shows it."""

    __slots__ = ()


class Forms:
    """The forms of a site, or for what it has none, those of this package.

    :param root: The site's folder.
    :param language: The language of the package's own forms.
    :param suffix: That of pages: ``.md`` or ``.rst``.
    """

    def __init__(self, root: Path, language: str, suffix: str = ".md") -> None:
        self.page = f"index{suffix}"
        self.is_markdown = suffix == ".md"
        self._report = f"report{suffix}"
        own = jinja2.FileSystemLoader(_OWN / (language if (_OWN / language).is_dir() else "en"))
        self._own = own
        self._loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(root / FOLDER), own])

    def facts(self, values: Mapping[str, Any]) -> tuple[str, frozenset[str]]:
        """Return the form for facts with values, and the names that it has a place for.

        :param values: Values by their keys.
        :returns: The text, and the names.
        :raises InvalidValueError: if the form is no template.
        """
        environment = _environment(self._loader, _in_yaml)
        text = _rendered(_template(environment, FACTS), FACTS, values)
        source, _name, _is_current = self._loader.get_source(environment, FACTS)
        return text, frozenset(meta.find_undeclared_variables(environment.parse(source)))

    def report(self, values: Mapping[str, Any]) -> str:
        """Return the form for a report with values.

        :param values: Values by their names.
        :returns: The text.
        :raises InvalidValueError: if the form is no template.
        """
        environment = _environment(self._loader, self._in_page)
        return _rendered(_template(environment, self._report), self._report, values)

    def session(self, values: Mapping[str, Any]) -> str:
        """Return the part of a report for one session.

        :param values: Values by their names; ``session`` is the session.
        :returns: The text; that of the package's own form, if the site's has no such part.
        :raises InvalidValueError: if the form is no template.
        """
        for loader in (self._loader, self._own):
            template = _template(_environment(loader, self._in_page), self._report)
            if _SESSION in template.blocks:
                context = template.new_context(dict(values))
                return "".join(template.blocks[_SESSION](context))
        return ""

    def _in_page(self, value: object) -> object:
        if not isinstance(value, str) or isinstance(value, Markup):
            return value
        return escaped(value) if self.is_markdown else as_heading(value, begins_line=True)


def _environment(
    loader: jinja2.BaseLoader, finalize: Callable[[object], object]
) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=loader,
        finalize=finalize,
        # What is not known is left empty.
        undefined=jinja2.ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Nothing here is HTML.
        autoescape=False,
    )
    environment.filters["underlined"] = _underlined
    environment.filters["indented"] = _indented
    return environment


def _underlined(title: str, sign: str) -> Markup:
    """Return a title of reStructuredText."""
    text = as_heading(str(title), begins_line=True)
    return Markup(f"{text}\n{sign * max(columns_in(text), 1)}")


def _indented(text: str) -> Markup:
    """Return a text as what a directive of reStructuredText holds."""
    return Markup(indent(text, " " * 3))


def _in_yaml(value: object) -> object:
    is_said = value is not None and not isinstance(value, jinja2.Undefined)
    return dump_value(value) if is_said else ""


def _template(environment: jinja2.Environment, name: str) -> jinja2.Template:
    try:
        return environment.get_template(name)
    except jinja2.TemplateSyntaxError as error:
        raise _invalid(f"{name}:{error.lineno}", error) from None


def _rendered(template: jinja2.Template, name: str, values: Mapping[str, Any]) -> str:
    try:
        return template.render(values)
    except jinja2.TemplateError as error:
        raise _invalid(name, error) from None


def _invalid(place: str, error: jinja2.TemplateError) -> InvalidValueError:
    return InvalidValueError(
        Message(
            "{place}: the form cannot be filled in: {reason}",
            place=f"{FOLDER}/{place}",
            reason=error.message or "",
        )
    )
