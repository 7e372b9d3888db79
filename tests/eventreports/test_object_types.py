"""A type of object is a row of the table: roles, references and builds know no more of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pytest
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from conftest import Built, Site
from eventreports.core.problems import Code
from eventreports.sphinx.domain import EventDomain, event_domain
from eventreports.sphinx.domain.data import LinkTarget
from eventreports.sphinx.domain.object_types import OBJECT_TYPES, ObjectType

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

VENUE = ObjectType(
    "venue",
    "venue",
    key=("venue",),
    shown_as=("profile", "mention"),
    unknown=Code.UNKNOWN_NAME,
    unknown_message="no page is about “{venue}”",
)


class Person(SphinxDirective):
    """Its renderer: ``event:profile`` or ``event:mention``, with an id and a name."""

    required_arguments = 2
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        person, name = self.arguments
        anchor = f"person-{person}"
        shown_as = self.name.removeprefix("event:")
        target = LinkTarget(self.env.docname, anchor, name, shown_as)
        event_domain(self.env).note_object(VENUE, (person,), target)
        return [nodes.target("", "", ids=[anchor]), nodes.paragraph(name, name)]


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_directive_to_domain("event", "profile", Person)
    app.add_directive_to_domain("event", "mention", Person)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


EXTENSIONS = ["myst_parser", "eventreports", __name__]


@pytest.fixture
def people(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose pages show two people, of which another page refers to one."""
    monkeypatch.setattr(EventDomain, "types", {**OBJECT_TYPES, VENUE.name: VENUE})
    site.write({"a.md": "# A\n\n```{event:mention} ann Ann (mentioned)\n```\n"})
    site.write({"people.md": "# People\n\n```{event:profile} ann Ann Aoyama\n```\n"})
    site.write({"other.md": "# Other\n\n{event:venue}`ann`, {any}`ann` and [](#ann)\n"})
    site.write({"index.md": "# Site\n\n```{toctree}\na\npeople\nother\n```\n"})
    return site


def build(site: Site, builder: str = "html", parallel: int = 0) -> Built:
    return site.build(builder, parallel, extensions=EXTENSIONS)


@pytest.mark.parametrize("parallel", [0, 4])
def test_references_lead_to_the_best_target(people: Site, parallel: int) -> None:
    people.write({f"filler{n}.md": "---\norphan: true\n---\n# F\n" for n in range(8)})
    built = build(people, parallel=parallel)
    assert built.warnings == []
    link = '<a class="reference internal" href="people.html#person-ann" title="Ann Aoyama">'
    assert built.text("other.html").count(link) == 3


def test_text_has_the_title(people: Site) -> None:
    built = build(people, "text")
    assert built.warnings == []
    assert built.text("other.txt").count("Ann Aoyama") == 3


def test_one_that_is_missing_is_reported(people: Site) -> None:
    people.write({"other.md": "# Other\n\n{event:venue}`amn`\n"})
    for _again in range(2):
        (warning,) = build(people).warnings
        assert "other.md:3" in warning
        assert "no page is about “amn”" in warning
        assert "did you mean “ann”" in warning
        assert "[event.unknown-name]" in warning


def test_what_a_page_showed_goes_with_it(people: Site) -> None:
    build(people)
    people.write({"people.md": "# People\n"})
    built = build(people)
    assert built.warnings == []
    assert 'href="a.html#person-ann"' in built.text("other.html")
    (people.folder / "a.md").write_text("# A\n", encoding="utf-8")
    built = build(people)
    assert [line for line in built.warnings if "[event.unknown-name]" in line]
    domain = cast(EventDomain, built.app.env.get_domain("event"))
    assert list(domain.get_objects()) == []


def test_pages_that_show_a_title_are_written_when_it_changes(people: Site) -> None:
    build(people)
    people.write({"people.md": "# People\n\n```{event:profile} ann Ann Tanaka\n```\n"})
    built = build(people)
    assert built.read == ["people"]
    assert "other" in built.written
    assert "a" not in built.written
    assert "Ann Tanaka" in built.text("other.html")


def test_other_projects_refer_to_it(people: Site, make_site: Callable[[str], Site]) -> None:
    inventory = str(build(people).outdir / "objects.inv")
    other = make_site("elsewhere")
    other.write({"index.md": "# Page\n\n{event:venue}`ann`\n"})
    built = other.build(
        extensions=[*EXTENSIONS, "sphinx.ext.intersphinx"],
        intersphinx_mapping={"first": ("https://first.example/", inventory)},
    )
    assert built.warnings == []
    assert 'href="https://first.example/people.html#person-ann"' in built.text("index.html")
