"""The examples that the guide shows, each with its source: they work in a site of one's own."""

import re

import pytest

from conftest import ROOT, Site
from eventreports.sphinx.directives import DIRECTIVES

GUIDE = ROOT / "guide"
SAMPLES = sorted(path.stem for path in (GUIDE / "sample").glob("*.md"))
#: Directives that the guide shows in other places; ``only`` shows nothing in most builds.
ELSEWHERE = {"keys", "problems"}
#: Those that show the events of the site.
OVERALL = {
    *("list", "people", "organizations", "topics", "overview", "points", "actions", "only"),
}
CONF = """\
project = "Site"
extensions = ["myst_parser", "eventreports"]
myst_enable_extensions = ["colon_fence"]
"""
PAGE = "# Kumo\n\n{}\n"


def of_guide(path: str) -> str:
    return (GUIDE / path).read_text(encoding="utf-8")


@pytest.fixture
def sample(site: Site) -> Site:
    files = (GUIDE / "sample").iterdir()
    named = {one.name: one for one in files if one.suffix != ".md"}
    texts = {f"events/kumo/{name}": one.read_text("utf-8") for name, one in named.items()}
    site.write({"conf.py": CONF, **texts})
    return site


def test_each_directive_has_an_example_that_the_guide_shows_with_its_source() -> None:
    assert {*SAMPLES} == {*DIRECTIVES, "only"} - ELSEWHERE
    text = of_guide("directives.md")
    for name in SAMPLES:
        assert f"```{{literalinclude}} sample/{name}.md\n" in text
        assert (f"```{{include}} sample/{name}.md\n" in text) is (name != "only")
    for name in ELSEWHERE:
        assert any(f"```{{event:{name}}}" in of_guide(page) for page in ("data.md", "problems.md"))


@pytest.mark.parametrize("name", SAMPLES)
def test_an_example_is_that_of_a_page_of_the_event_but_for_one_line(
    sample: Site, name: str
) -> None:
    text = of_guide(f"sample/{name}.md")
    own, removed = re.subn(r"^:event: /guide/sample\n", "", text, flags=re.MULTILINE)
    sample.write({"events/kumo/index.md": PAGE.format(own)})
    built = sample.build()
    assert built.warnings == []
    assert removed == (name not in OVERALL)


def test_the_first_report_is_one(site: Site) -> None:
    files = ("first-report/event.yaml", "first-report/index.md")
    site.event("kumo-days-2026", *map(of_guide, files))
    built = site.build()
    assert built.warnings == []
    page = built.text("events/kumo-days-2026/index.html")
    assert "session-edge-ポイント" in page
    assert "Minato Hall, Tokyo" in page
