"""Events in print: what their pages say, and what is wrong with them, is as in other builders."""

import pytest

from conftest import Site
from printing import says

pytestmark = pytest.mark.slow

CONF = """\
extensions = ["myst_parser", "sphinx_design", "eventreports", "typstprint"]
exclude_patterns = ["_build"]
"""


def test_types_are_text(site: Site) -> None:
    site.write({"conf.py": CONF})
    page = "# Box<A>\n\nVec<T> and Map<K, List<V>> end.\n"
    site.event("one", "name: One\ndate: 2026-01-01\n", page)
    built = site.build("typstprint")
    assert built.warnings == []
    assert says(built.outdir / "handouts" / "one.pdf", "Box<A> Vec<T> and Map<K, List<V>> end.")


def test_faults_are_reported_as_by_other_builders(site: Site) -> None:
    site.write({"conf.py": CONF})
    page = "# A\n\n```{event:info}\n:fields: nmae\n```\n\nSee {event:event}`nope`.\n"
    site.event("a", "name: A\ndate: 2020-02-30\n", page)
    first = site.build()
    assert len(first.warnings) == 3
    for _time in range(2):
        again = site.build("typstprint-src")
        assert again.read == []
        assert sorted(again.warnings) == sorted(first.warnings)


@pytest.mark.parametrize("builder", ["html", "typstprint", "text"])
def test_a_fence_of_a_diagram_is_no_fault_where_nobody_draws_it(site: Site, builder: str) -> None:
    fences = "".join(f"```{name}\nA --> B\n```\n\n" for name in ("mermaid", "plantuml", "d2"))
    site.event("one", "name: One\ndate: 2026-01-01\n", f"# One\n\n{fences}")
    site.write({"conf.py": CONF})
    assert site.build(builder).warnings == []


def test_a_time_is_a_link_and_a_summary_has_each_point_once(site: Site) -> None:
    site.write({"conf.py": f'{CONF}typstprint_show_urls = "inline"\n'})
    session = "{id: b, title: B, videos: 'https://youtu.be/c'}"
    facts = f"name: A\ndate: 2020-02-03\nsessions: [{session}]\n"
    notes = "## B\n\n```{event:session} b\n```\n\n### Points\n\n- [12:34] Once said\n"
    site.event("a", facts, f"# A\n\n## Points\n\n```{{event:points}}\n```\n\n{notes}")
    built = site.build("typstprint-src")
    assert built.warnings == []
    whole, summary = (built.text(f"handouts/a{form}.typ") for form in ("", ".summary"))
    assert (whole.count("Once said"), summary.count("Once said")) == (2, 1)
    assert whole.count("https://youtu.be/c?t=754") == 2
    printed = site.build("typstprint").outdir / "handouts" / "a.pdf"
    assert says(printed, "12:34 Once said")
    assert not says(printed, "youtu.be/c?t=754")


def test_views_across_events_are_text_without_links_to_pages_of_subjects(site: Site) -> None:
    site.write({"conf.py": CONF})
    for name in ("a", "b"):
        facts = f"name: Event {name}\ndate: 2026-01-01\nreporters: [阿部 花]\n"
        more = "topics: [Search]\nsessions: [{title: T, slides: 'https://a.example/x'}]\n"
        site.event(name, facts + more)
    views = ("list}\n:layout: table", "people}", "topics}", "slides}", "overview}")
    fences = "\n".join(f"```{{event:{one}\n```\n" for one in views)
    site.write({"index.md": f"# Site\n\n{fences}\n```{{toctree}}\nevents/years/index\n```\n"})
    built = site.build("typstprint-src", language="en")
    assert built.warnings == []
    text = "".join(one.read_text(encoding="utf-8") for one in built.outdir.glob("*.typ"))
    for said in ("2 events", "1 person", "阿部 花", "a.example", "Search"):
        assert said in text
    assert "people/" not in text
