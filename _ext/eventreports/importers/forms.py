"""The forms that are filled in for a new event: Jinja templates, those of the site first."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2 import meta

from sphinxcommon.messages import Message

from ..core.problems import InvalidValueError
from ..yaml.dump import dump_value
from .markdown import escaped

#: Where a site has its own forms.
FOLDER: Final = "_templates"
_OWN: Final = Path(__file__).parent / "forms"
FACTS: Final = "event.yaml"
REPORT: Final = "report.md"
#: The part of a report that stands for each session.
_SESSION: Final = "session"


class Markdown(str):
    """A text that is Markdown already; any other is escaped where a report shows it."""

    __slots__ = ()


class Forms:
    """The forms of a site, or for what it has none, those of this package.

    :param root: The site's folder.
    :param language: The language of the package's own forms.
    """

    def __init__(self, root: Path, language: str) -> None:
        own = _OWN / (language if (_OWN / language).is_dir() else "en")
        self._loader = jinja2.ChoiceLoader(
            [jinja2.FileSystemLoader(root / FOLDER), jinja2.FileSystemLoader(own)]
        )
        self._own = jinja2.FileSystemLoader(own)

    def facts(self, values: Mapping[str, Any]) -> tuple[str, frozenset[str]]:
        """Return the form for facts with values, and the names that it has a place for.

        :param values: Values by their keys.
        :raises InvalidValueError: if the form is no template.
        """
        environment = _environment(self._loader, _in_yaml)
        text = _rendered(environment, FACTS, values)
        source, _, _ = self._loader.get_source(environment, FACTS)
        return text, frozenset(meta.find_undeclared_variables(environment.parse(source)))

    def report(self, values: Mapping[str, Any]) -> str:
        """Return the form for a report with values.

        :raises InvalidValueError: if the form is no template.
        """
        return _rendered(_environment(self._loader, _in_markdown), REPORT, values)

    def session(self, values: Mapping[str, Any]) -> str:
        """Return the part of a report for one session.

        :raises InvalidValueError: if the form is no template.
        """
        for loader in (self._loader, self._own):
            environment = _environment(loader, _in_markdown)
            template = _template(environment, REPORT)
            if _SESSION in template.blocks:
                context = template.new_context(dict(values))
                return "".join(template.blocks[_SESSION](context))
        return ""


def _environment(loader: jinja2.BaseLoader, finalize: Any) -> jinja2.Environment:
    return jinja2.Environment(
        loader=loader,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )


def _in_yaml(value: object) -> object:
    is_said = value is not None and not isinstance(value, jinja2.Undefined)
    return dump_value(value) if is_said else ""


def _in_markdown(value: object) -> object:
    return escaped(value) if isinstance(value, str) and not isinstance(value, Markdown) else value


def _template(environment: jinja2.Environment, name: str) -> jinja2.Template:
    try:
        return environment.get_template(name)
    except jinja2.TemplateSyntaxError as error:
        raise _invalid(name, error.lineno, error.message or "") from None


def _rendered(environment: jinja2.Environment, name: str, values: Mapping[str, Any]) -> str:
    try:
        return _template(environment, name).render(values)
    except jinja2.TemplateError as error:
        raise _invalid(name, 0, error.message or "") from None


def _invalid(name: str, line: int, reason: str) -> InvalidValueError:
    place = f"{FOLDER}/{name}:{line}" if line else f"{FOLDER}/{name}"
    return InvalidValueError(
        Message("{place}: the form cannot be filled in: {reason}", place=place, reason=reason)
    )
