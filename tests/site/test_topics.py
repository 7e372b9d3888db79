"""Topics on the pages of events lead to the search, where the site has one."""

from __future__ import annotations

from conftest import Site

FACTS = """
name: Kumo Day
topics: ["C++ & C#"]
"""
PAGE = """
# Kumo Day

```{event:info}
```
"""


def test_a_topic_leads_to_what_the_search_finds_of_it(site: Site) -> None:
    site.event("day", FACTS, PAGE)
    with_search = ["myst_parser", "eventreports", "cjksearch"]
    link = '<a class="reference internal" href="../../search.html?topic=C%2B%2B+%26+C%23">'
    page = "events/day/index.html"
    assert link in site.build("html", extensions=with_search).text(page)
    assert "?topic=" not in site.build("html", extensions=with_search[:2]).text(page)
