"""The events of ``docs/sphinx-events.md``: what their examples do to what is found."""

import pytest

from conftest import Site
from examples import examples, use_example
from searching import data, records

CONF = 'extensions = ["myst_parser", "cjksearch"]\n'
PAGE = """
---
level: easy
---

# Site

## Part

Words

```{rst-class} draft
```

To be written
"""


def test_filters_and_facts(site: Site) -> None:
    use_example(site, "cjksearch-facts", CONF)
    site.write({"index.md": PAGE})
    built = site.build(cjksearch_filters={"since": "From"})
    assert built.warnings == []
    site_data = data(built, "site")
    assert site_data["filters"] == {"level": "Level", "since": "From"}
    assert site_data["newest"] == ["since"]
    found = records(built).values()
    said = [(one.title, one.text, one.facts.filters) for one in found]
    assert said == [("Site", "", {"level": ("easy",)}), ("Part", "Words", {"level": ("easy",)})]
    events = {name for name in built.app.events.events if name.startswith("cjksearch-")}
    assert events == {name for name in examples() if name.startswith("cjksearch-")}


def test_pages_without_a_source_are_found(site: Site) -> None:
    use_example(site, "cjksearch-collect-pages", CONF)
    site.write({"index.md": "# Site\n\nWords\n"})
    built = site.build()
    assert built.warnings == []
    assert [(one.title, one.text) for one in records(built).values()] == [
        ("Colophon", "Set in Garamond."),
        ("Site", "Words"),
    ]


@pytest.mark.parametrize("extensions", ["[]", '["cjksearch"]'])
def test_an_extension_may_be_missing(site: Site, extensions: str) -> None:
    use_example(site, "Events for other extensions", f"extensions = {extensions}\n")
    site.write({"index.rst": "Site\n====\n\nWords\n"})
    assert site.build("text").warnings == []
