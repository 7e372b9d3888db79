"""What events have in common is shown as in a build from nothing, whatever was built before."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from sphinx.builders.html import StandaloneHTMLBuilder

from conftest import Site

PAGE = "# {0}\n\n```{{event:info}}\n```\n\n## Talk\n\n```{{event:session}} talk\n```\n\nWords.\n"
EVENT = "name: {0}\ndate: {1}-01-02\nsessions:\n  - {{id: talk, title: Talk {0}, {2}}}\n"
OTHER = "---\norphan: true\n---\n# {}\n\n{{event:topic}}`IoT`\n\n```{{event:overview}}\n```\n"
POINTS = "\n### Points\n\n- {}\n"
PEOPLE = """\
people:
  - {{name: Ann, id: ann-1, at: [a/{0}]}}
  - {{name: Ann, id: ann-2, at: [a/{1}]}}
"""
BOUND = "people: [{name: Ann, id: ann-0}, {name: Ann, id: ann-1, at: [a/talk, a/second]}]\n"
NOTES = "---\norphan: true\n---\n# N\n\n## T\n\n```{event:session} talk\n:event: a\n```\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
ANN, BOB = "speakers: [Ann], topics: [IoT]", "speakers: [Bob], topics: [IoT]"
TWO = "{0}\n  - {{id: second, title: Second, speakers: [Ann]}}\n"


@pytest.fixture
def years(site: Site) -> Site:
    """Two events of one speaker, and one of another, on one topic."""
    for name, year, said in [("a", 2020, ANN), ("b", 2021, ANN), ("c", 2022, BOB)]:
        site.event(name, EVENT.format(name, year, said), PAGE.format(name.upper()))
    return site


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of an output, but for what tells of builds; covers by their beginnings."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        re.sub("(cover-[0-9a-f]{16})-[0-9a-f]{8}", r"\1", path.relative_to(folder).as_posix()): (
            re.sub(rb"(cover-[0-9a-f]{16})-[0-9a-f]{8}", rb"\1", path.read_bytes())
        )
        for path in files
        if not path.name.startswith((".", "searchindex"))
    }


def check_fresh(site: Site, builder: str = "html") -> None:
    """Build, and compare with a build from nothing in the same place."""
    found = contents(site.build(builder).outdir)
    shutil.rmtree(site.folder / "_build")
    expected = contents(site.build(builder).outdir)
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            {},
            {"events/c/event.yaml": EVENT.format("c", 2022, ANN.replace("Ann", "Bob, Ann"))},
            id="a near session is so for another reason",
        ),
        pytest.param(
            {
                "events/a/event.yaml": TWO.format(EVENT.format("a", 2020, ANN).rstrip()),
                "events/people.yaml": PEOPLE.format("talk", "second"),
            },
            {"events/people.yaml": PEOPLE.format("second", "talk") + "# \n"},
            id="two of one name swap their sessions",
        ),
        pytest.param(
            {"other.md": OTHER.format("Other")},
            {"topics/iot.md": OTHER.format("Mine")},
            id="an author writes the page of a topic",
        ),
        pytest.param(
            {},
            {"events/0/event.yaml": "name: Zero\nid: b\ndate: 2021-01-02\n"},
            id="an event without a page takes an id",
        ),
        pytest.param(
            {},
            {"events/b/event.yaml": EVENT.format("b", 2021, ANN + ", slides: https://a.example")},
            id="a talk has slides",
        ),
        pytest.param(
            {"events/b/index.md": PAGE.format("B") + POINTS.format("one")},
            {"events/b/index.md": PAGE.format("B") + POINTS.format("two")},
            id="a reporter takes another point home",
        ),
        pytest.param(
            {"events/a/event.yaml": TWO.format(EVENT.format("a", 2020, ANN).rstrip())},
            {
                "events/a/event.yaml": TWO.format(EVENT.format("a", 2020, ANN).rstrip()).replace(
                    "Second", "Third"
                )
            },
            id="one of two talks has another title",
        ),
        pytest.param(
            {"events/a/event.yaml": TWO.format(EVENT.format("a", 2020, ANN).rstrip())},
            {"events/a/event.yaml": EVENT.format("a", 2020, ANN)},
            id="one of two talks is gone",
        ),
        pytest.param(
            {
                "events/a/event.yaml": TWO.format(EVENT.format("a", 2020, ANN).rstrip()),
                "events/people.yaml": BOUND,
            },
            {"events/c/event.yaml": "old_ids: [a]\n" + EVENT.format("c", 2022, BOB)},
            id="another event takes over an old id",
        ),
        pytest.param(
            {"events/a/index.md": PAGE.format("A") + "\n```{event:sessions}\n```\n"},
            {"notes.md": NOTES + POINTS.format("one")},
            id="a point is noted elsewhere",
        ),
        pytest.param(
            {"people.md": OTHER.format("People")},
            {"people.md": OTHER.format("Persons")},
            id="the page above has another title",
        ),
    ],
)
def test_what_is_shown_is_as_from_nothing(
    years: Site, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    years.write({**before})
    years.build()
    years.write({**after})
    check_fresh(years)


def test_a_build_that_ends_before_its_pictures_are_there_heals(
    years: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    years.build()
    years.write({"events/people.yaml": "people: [{name: Ann, image: p.svg}]\n"})
    years.write({"events/p.svg": SVG})

    def stop(_builder: StandaloneHTMLBuilder) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(StandaloneHTMLBuilder, "copy_image_files", stop)
        with pytest.raises(KeyboardInterrupt):
            years.build()
    check_fresh(years)


def test_a_page_that_comes_back_as_it_was_is_shown_again(years: Site) -> None:
    """Sphinx reads nothing while it is away, and does not save the environment."""
    notes, away = years.folder / "notes.md", years.folder / "notes.away"
    years.write({"index.md": "# Site\n\nWords.\n", "notes.md": NOTES + POINTS.format("one")})
    years.write(
        {
            "events/a/index.md": "---\norphan: true\n---\n# A\n\n```{event:info}\n```\n",
            "events/people.yaml": "people: [{name: Ann}]\n",
        }
    )

    def is_shown() -> bool:
        # The pages of years are read anew where a page comes or goes.
        built = years.build(eventreports_year_pages=False)
        return "notes.html#" in built.text("people/ann.html")

    assert is_shown()
    notes.rename(away)
    assert not is_shown()
    away.rename(notes)
    assert is_shown()


def test_who_has_one_name_in_another_language_speaks_too(years: Site) -> None:
    """Both have one name; the second one's is Ann, too."""
    people = "people: [{name: Ann, id: ann-1}, {name: \u30a2\u30f3, id: ann-2, at: [a/talk]}]\n"
    both = "speakers: [Ann, {name: {en: Ann, ja: \u30a2\u30f3}}], topics: [IoT]"
    years.write(
        {"events/people.yaml": people, "events/a/event.yaml": EVENT.format("a", 2020, both)}
    )
    assert "ann-2" in years.build().text("topics/iot.html")


@pytest.mark.parametrize("builder", ["text", "json"])
@pytest.mark.filterwarnings("ignore")
def test_nothing_is_kept_of_a_build_for_others(years: Site, builder: str) -> None:
    secret = "visibility: internal\n" + EVENT.format("d", 2023, "speakers: [Cy], topics: [Canary]")
    years.event("d", f"id: Canary\n{secret}", PAGE.format("D"))
    years.write(
        {"events/e/event.yaml": secret.replace("name: d", "name: e").replace("2023", "2024")}
    )
    years.write({"events/e/index.md": PAGE.format("E"), "other.md": OTHER.format("Other")})
    years.build(eventreports_audience="internal")
    (years.folder / "other.md").unlink()
    shutil.rmtree(years.folder / "_build" / "html")
    years.build(builder)
    files = [path for path in (years.folder / "_build").rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if b"Canary" in path.read_bytes()] == []
