"""What a directive shows of an event's facts: data → nodes, with no site around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

from docutils import nodes
from sphinx import locale

from eventreports.core.i18n import CATALOG, LOCALE_FOLDER
from eventreports.loader import load
from eventreports.render.context import Context
from eventreports.render.labels import site_locale
from eventreports.sphinx.directives import DIRECTIVES

if TYPE_CHECKING:
    from eventreports.core.problems import Code
    from sphinxcommon.messages import Message


@dataclass(frozen=True)
class Rendered:
    """The nodes, and the faults of the file and of the options."""

    tree: nodes.Element
    problems: list[str]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The names and bodies of the fields."""
        fields = self.tree.findall(nodes.field)
        return [(field[0].astext(), field[1].astext()) for field in fields]

    @property
    def titles(self) -> list[str]:
        """The titles on cards, in their order."""
        return self.texts("event-card-title")

    @property
    def words(self) -> str:
        """All texts, on one line."""
        return " ".join(self.tree.astext().split())

    def texts(self, css_class: str) -> list[str]:
        """The texts of the innermost nodes that have a class."""
        found = [one for one in self.tree.findall(nodes.Element) if css_class in one["classes"]]
        return [one.astext() for one in found if not any(other.parent is one for other in found)]


def render(
    folder: Path,
    name: str,
    facts: str,
    language: str = "ja",
    arguments: Sequence[str] = (),
    **options: str,
) -> Rendered:
    """Show the facts by the directive ``event:NAME``; ``tier_names=`` is its ``:tier-names:``."""
    path = folder / "events" / "conf" / "event.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(facts, encoding="utf-8")
    loaded = load(path, folder)
    assert loaded.event is not None
    locale.translators.clear()
    locale.init([str(LOCALE_FOLDER)], language, CATALOG)
    problems = [str(one) for one in loaded.problems if one.is_fault]
    kind: Any = DIRECTIVES[name]

    class Directive(kind):  # type: ignore[misc]
        domain = env = MagicMock()

        def report(self, code: Code, message: Message) -> None:
            problems.append(f"{message.text(str)} [event.{code.label}]")

    given = {key.replace("_", "-"): text for key, text in options.items()}
    read = {key: kind.option_spec[key](text) for key, text in given.items()}
    directive = Directive(f"event:{name}", [*arguments], read, *[MagicMock()] * 6)
    context = Context(
        docname="events/conf/index",
        event_id=loaded.event.id or "",
        languages=read.get("languages") or (language,),
        locale=site_locale(language),
        root=folder,
        folder="events/conf",
        source=str(path),
        is_whole=loaded.is_whole,
        event=loaded.event,
    )
    return Rendered(nodes.container("", *directive.show(context, loaded.event)), problems)
