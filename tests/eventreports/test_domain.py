"""Events and sessions can be referred to from any page, and from other projects."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from sphinx.util.inventory import InventoryFile

from conftest import Site
from eventreports.sphinx.domain import EventDomain

CONF = """
name: コンテナの日 v18.04
date: 2018-04-19
sessions:
  - {id: keynote, title: 基調講演}
  - {id: talk, title: A talk}
"""
NOTES = """
# Conf

## 基調講演

```{event:session} keynote
```

### メモ

- x
"""


@pytest.fixture
def two(site: Site) -> Site:
    site.event("conf", CONF, NOTES)
    site.event("conf-2", CONF.replace("コンテナの日", "Second"), NOTES)
    return site


def refer(site: Site, text: str, where: str = "index") -> None:
    site.write({f"{where}.md": f"# Page\n\n```{{toctree}}\n/events/years/index\n```\n\n{text}\n"})


@pytest.mark.parametrize(
    ("text", "href", "shown"),
    [
        ("{event:event}`conf`", "events/conf/index.html", "コンテナの日 v18.04"),
        ("{event:event}`this <conf>`", "events/conf/index.html", "this"),
        ("{event:session}`conf/keynote`", "events/conf/index.html#session-keynote", "基調講演"),
        ("{event:session}`K <conf-2/keynote>`", "events/conf-2/index.html#session-keynote", "K"),
        ("[](#conf)", "events/conf/index.html", None),
        ("[text](#conf/keynote)", "events/conf/index.html#session-keynote", "text"),
        (
            "[text](events/conf/index.md#session-keynote)",
            "events/conf/index.html#session-keynote",
            "text",
        ),
        (
            "[](events/conf/index.md#session-keynote-メモ)",
            "events/conf/index.html#session-keynote-メモ",
            "メモ",
        ),
        ("{any}`conf/keynote`", "events/conf/index.html#session-keynote", None),
    ],
)
def test_references(two: Site, text: str, href: str, shown: str | None) -> None:
    refer(two, text)
    built = two.build()
    assert built.warnings == []
    html = built.text("index.html")
    assert f'href="{href}"' in html
    if shown is not None:
        link = html.partition(f'href="{href}"')[2].partition("</a>")[0]
        assert f">{shown}<" in f"{link}<"


def test_within_an_event_its_sessions_need_no_event(two: Site) -> None:
    text = NOTES + "\n{event:session}`keynote` and [here](#session-keynote)\n"
    two.write({"events/conf-2/index.md": text})
    built = two.build()
    assert built.warnings == []
    html = built.text("events/conf-2/index.html")
    assert html.count('href="#session-keynote"') >= 3


def test_a_session_without_notes_is_found_at_its_card(two: Site) -> None:
    two.write({"events/conf/index.md": NOTES + "\n```{event:sessions}\n```\n"})
    refer(two, "{event:session}`conf/talk`")
    built = two.build()
    assert 'href="events/conf/index.html#session-talk"' in built.text("index.html")
    page = built.text("events/conf/index.html")
    assert 'id="session-talk"' in page
    # The card leads to notes where there are any, and else is no link at all.
    assert page.count('href="#session-talk"') == 0
    assert '<a class="reference internal" href="#session-keynote"' in page


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("{event:event}`cnf`", "unknown-event", "did you mean “conf”"),
        ("{event:session}`conf/keynot`", "unknown-session", "did you mean “keynote”"),
        ("{event:session}`keynote`", "unknown-session", "keynote"),
    ],
)
def test_a_reference_that_leads_nowhere(two: Site, text: str, code: str, words: str) -> None:
    refer(two, text)
    built = two.build()
    assert len(built.warnings) == 1
    assert f"[event.{code}]" in built.warnings[0]
    assert words in built.warnings[0]
    assert "index.md:7" in built.warnings[0]


def test_what_follows_from_a_file_that_cannot_be_read_is_not_reported(two: Site) -> None:
    refer(two, "{event:session}`conf/keynote` {event:event}`conf-2`")
    two.write({"events/conf/event.yaml": "- no event\n"})
    warnings = two.build().warnings
    assert len(warnings) == 1
    assert "events/conf/event.yaml:1:1" in warnings[0]


def test_what_follows_from_a_line_that_is_left_out_is_not_reported(two: Site) -> None:
    refer(two, "{event:session}`conf/keynote`")
    facts = "name: Conf\nsessions:\n  - title: Another\n  : id: keynote\n"
    two.write({"events/conf/event.yaml": facts})
    (warning,) = two.build().warnings
    assert "[event.syntax]" in warning


@pytest.mark.parametrize("parallel", [0, 4])
def test_the_inventory_for_other_projects(two: Site, parallel: int) -> None:
    two.write({f"filler{n}.md": "---\norphan: true\n---\n# F\n" for n in range(8)})
    built = two.build(parallel=parallel)
    inventory = InventoryFile.loads((built.outdir / "objects.inv").read_bytes(), uri="x")
    assert inventory["event:event", "conf"].display_name == "コンテナの日 v18.04"
    session = inventory["event:session", "conf/keynote"]
    assert session.uri == "x/events/conf/index.html#session-keynote"
    assert session.display_name == "基調講演"


def test_references_from_another_project(two: Site, make_site: Callable[[str], Site]) -> None:
    inventory = two.build().outdir / "objects.inv"
    other = make_site("elsewhere")
    refer(other, "{event:session}`conf/keynote` {external+jcd:event:event}`conf`")
    extensions = ["myst_parser", "eventreports", "sphinx.ext.intersphinx"]
    mapping = {"jcd": ("https://example.org/", str(inventory))}
    other.event("own", "name: Own")
    built = other.build(extensions=extensions, intersphinx_mapping=mapping)
    assert built.warnings == []
    html = built.text("index.html")
    assert 'href="https://example.org/events/conf/index.html#session-keynote"' in html
    assert 'href="https://example.org/events/conf/index.html"' in html


def test_a_page_that_goes_takes_its_objects_along(two: Site) -> None:
    two.build()
    for name in ("index.md", "event.yaml"):
        (two.folder / "events/conf-2" / name).unlink()
    domain = cast(EventDomain, two.build().app.env.get_domain("event"))
    assert [name for name, *_rest in domain.get_objects()] == ["conf", "conf/keynote"]
    assert {name for found in domain.targets.values() for name, *_rest in found} == {"conf"}


def test_an_event_may_choose_its_id(site: Site) -> None:
    site.event("2018/conf", "id: jcd\n" + CONF.lstrip(), NOTES)
    refer(site, "{event:session}`jcd/keynote`")
    built = site.build()
    assert built.warnings == []
    assert 'href="events/2018/conf/index.html#session-keynote"' in built.text("index.html")


def test_two_events_of_one_id(site: Site) -> None:
    site.event("2018/conf", CONF)
    site.event("2019/conf", CONF)
    warnings = site.build().warnings
    assert len(warnings) == 1
    assert "events/2019/conf/event.yaml:1:1" in warnings[0]
    assert "[event.duplicate-id]" in warnings[0]
    assert "events/2018/conf/event.yaml" in warnings[0]


def test_an_excluded_event_is_no_part_of_the_site(site: Site) -> None:
    site.event("draft/x", "name: X\ndate: 2020-01-02\n")
    site.event("y", "name: Y\ndate: 2021-01-02\n")
    built = site.build(exclude_patterns=["_build", ".*", "events/draft"])
    assert built.warnings == []
    assert "events/years/2021" in built.read
    assert "events/years/2020" not in built.read


def test_an_event_that_no_page_shows(site: Site) -> None:
    site.event("y", "name: Y\ndate: 2021-01-02\ncapcity: 5\n")
    (site.folder / "events/y/index.md").unlink()
    warnings = site.build().warnings
    assert len(warnings) == 2
    assert "[event.unknown-key]" in warnings[1]
    assert "events/y/event.yaml:1:1" in warnings[0]
    assert "write events/y/index.md" in warnings[0]
    assert "[event.no-page]" in warnings[0]


@pytest.mark.parametrize(
    "settings",
    [
        {"exclude_patterns": ["_build", "events/y/index.md"]},
        {"include_patterns": ["index.md", "events/x/**", "events/years/**"]},
    ],
)
def test_a_page_that_is_no_part_of_the_site_is_not_listed(
    site: Site, settings: dict[str, Any]
) -> None:
    site.event("x", "name: X\ndate: 2020-01-02\n")
    site.event("y", "name: Y\ndate: 2020-01-02\n")
    warnings = site.build(**settings).warnings
    assert len(warnings) == 1
    assert "[event.no-page]" in warnings[0]


def test_an_event_may_hold_all_others(site: Site) -> None:
    """Its page is where the years' pages hang; they do not list it in their contents."""
    toctree = "```{toctree}\nyears/index\n```"
    site.write({"events/event.yaml": "name: Series\ndate: 2020\n"})
    site.write({"events/index.md": f"# Series\n\n```{{event:info}}\n```\n\n{toctree}\n"})
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/index\n```\n"})
    site.event("y", "name: Y\ndate: 2020-01-02\n")
    built = site.build()
    assert built.warnings == []
    assert 'href="../index.html"' in built.text("events/years/2020.html")
    site.build("singlehtml")


def test_no_pages_of_years_where_they_are_not_wanted(site: Site) -> None:
    site.event("y", "name: Y\ndate: 2020-01-02\n")
    site.build()
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/y/index\n```\n"})
    assert site.build(eventreports_year_pages=False).warnings == []
    assert not list((site.folder / "events/years").glob("*"))


# Ids that were others before


RENAMED = """
id: kumo
old_ids: [conf, kumo-2017]
name: Kumo
date: 2018-04-19
sessions:
  - {id: opening, old_ids: [keynote, k1], title: Opening}
  - {id: card, old_ids: [c1], title: A card}
  - {id: talks, title: Talks, children: [{id: one, title: One}, {id: two, title: Two}]}
"""
RENAMED_PAGE = """
# Kumo

```{event:sessions}
```

## Opening

```{event:session} opening
```

## Two

```{event:session} two
```
"""


@pytest.fixture
def renamed(site: Site) -> Site:
    site.event("conf", RENAMED, RENAMED_PAGE)
    return site


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("{event:event}`kumo`", ""),
        ("{event:event}`conf`", ""),
        ("[text](#kumo-2017)", ""),
        ("{event:session}`conf/keynote`", "#session-opening"),
        ("{event:session}`kumo/k1`", "#session-opening"),
        ("[text](#conf/c1)", "#session-card"),
        ("{event:session}`kumo/one`", "#session-one"),
        ("{event:session}`kumo/two`", "#session-two"),
    ],
)
def test_an_id_of_before_still_leads_there(renamed: Site, text: str, href: str) -> None:
    refer(renamed, text)
    built = renamed.build()
    assert built.warnings == []
    assert f'href="events/conf/index.html{href}"' in built.text("index.html")


def test_links_from_elsewhere_find_the_anchors_of_before(renamed: Site) -> None:
    page = renamed.build().text("events/conf/index.html")
    for anchor in ("session-opening", "session-keynote", "session-k1", "session-c1", "session-one"):
        assert page.count(f'id="{anchor}"') == 1


def test_other_projects_find_the_ids_of_before(
    renamed: Site, make_site: Callable[[str], Site]
) -> None:
    built = renamed.build()
    other = make_site("other")
    inventory = str(built.outdir / "objects.inv")
    texts = ["{external:event:session}`conf/keynote`", "{external:event:event}`kumo-2017`"]
    refer(other, "\n".join(texts))
    (other.folder / "events").mkdir()
    found = other.build(
        extensions=["myst_parser", "eventreports", "sphinx.ext.intersphinx"],
        intersphinx_mapping={"first": ("https://first.example/", inventory)},
    )
    assert found.warnings == []
    page = found.text("index.html")
    assert 'href="https://first.example/events/conf/index.html#session-opening"' in page
    assert 'href="https://first.example/events/conf/index.html"' in page
