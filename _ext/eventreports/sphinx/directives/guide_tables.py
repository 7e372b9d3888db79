"""``event:keys`` and ``event:problems``: tables of the keys of files of data, and of the codes.

They are made of the model and of the codes themselves.
"""

from docutils import nodes
from docutils.nodes import Node
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from sphinxcommon.registration import marked_up

from ...core.entity import Entity, shape
from ...core.model import ENTITIES, REGISTER_ENTITIES
from ...core.problems import Code, Severity
from ...core.value_types import ValueType
from ...render.context import plain, table, verbatim
from ...render.facts import label
from ...render.labels import _
from .options import choice

_ENTITIES = {one.__name__.lower(): one for one in (*ENTITIES, *REGISTER_ENTITIES)}


class Reference(SphinxDirective):
    """The base of the directives: tables with targets that any page of the site can refer to."""

    required_arguments = 1

    def chosen(self, *known: str) -> str:
        """Return the argument, which must be a word of a closed set."""
        try:
            return choice(*known)(self.arguments[0])
        except ValueError as error:
            raise self.error(str(error)) from None

    def target(self, name: str, title: str) -> nodes.target:
        """Return a target named ``event-NAME``, also for the role ``ref``."""
        place = f"event-{name}"
        self.env.domains.standard_domain.note_hyperlink_target(
            place, self.env.docname, place, title
        )
        return nodes.target("", "", ids=[place])

    def finished(self, made: nodes.table) -> nodes.table:
        """Return a table as it goes into the page."""
        self.set_source_info(made)
        return verbatim(made)


class Keys(Reference):
    """The keys of one entity: what each means, and how it is written."""

    def run(self) -> list[Node]:
        name = self.chosen(*_ENTITIES)
        entity = _ENTITIES[name]
        columns = {
            "key": (label("key"), 16),
            "meaning": (label("meaning"), 44),
            "form": (label("form"), 16),
            "example": (label("example"), 34),
        }
        rows = [self._row(entity, key) for key in entity.model_fields]
        made = table(columns, rows, "event-keys")
        return [self.target(f"keys-{name}", _(entity.called)), self.finished(made)]

    def _row(self, entity: type[Entity], key: str) -> list[list[Node]]:
        field = entity.model_fields[key]
        meaning = marked_up(_(str(field.description)))
        if key in entity.required:
            meaning += [nodes.Text(" "), nodes.strong("", _("Required."))]
        of, is_list = shape(entity, key)
        if isinstance(of, ValueType):
            meaning += _words(of)
        form = nodes.Text(_(of.label)) if isinstance(of, ValueType) else self._reference(of)
        several = [plain(_("one or more")), nodes.Text(_(": "))] if is_list else []
        example = (field.examples or [""])[0]
        return [[nodes.literal("", key)], meaning, [*several, form], [nodes.literal("", example)]]

    def _reference(self, entity: type[Entity]) -> Node:
        """Refer to the table of an entity's own keys, wherever it is."""
        words = nodes.inline("", _(entity.called))
        return addnodes.pending_xref(
            "",
            words,
            refdomain="std",
            reftype="ref",
            reftarget=f"event-keys-{entity.__name__.lower()}",
            refexplicit=True,
            refwarn=False,
            refdoc=self.env.docname,
        )


class Problems(Reference):
    """The codes of one severity: what is wrong, and how to fix it."""

    def run(self) -> list[Node]:
        severity = self.chosen(*Severity)
        columns = {
            "code": (label("code"), 18),
            "cause": (label("cause"), 44),
            "cure": (label("cure"), 44),
        }
        rows = [self._row(code) for code in Code if code.severity == severity]
        return [self.finished(table(columns, rows, "event-problems"))]

    def _row(self, code: Code) -> list[list[Node]]:
        name: list[Node] = [self.target(code.label, code.label), nodes.literal("", code.label)]
        return [name, marked_up(_(code.cause)), marked_up(_(code.cure))]


def _words(form: ValueType) -> list[Node]:
    """Return the words of a closed set, each with its meaning."""
    shown: list[Node] = []
    meanings = form.schema.get("enumDescriptions", ())
    for word, meaning in zip(form.schema.get("enum", ()), meanings, strict=True):
        shown += [nodes.Text(" "), nodes.literal("", word), nodes.Text(_(": "))]
        shown += marked_up(_(meaning))
    return shown
