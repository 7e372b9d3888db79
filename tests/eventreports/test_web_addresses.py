"""Web addresses in notes are links, as far as they go, and nothing else is one."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes

from conftest import Site
from eventreports.core.urls import urls_in
from eventreports.render.web_addresses import link_web_addresses

FACTS = "name: One\ndate: 2026-01-01\n"


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see https://example.com/a and http://example.org.", ["https://example.com/a", "http://example.org"]),
        ("https://example.com/aです", ["https://example.com/a"]),
        ("https://example.com/a。次", ["https://example.com/a"]),
        ("https://example.com/a、https://example.com/b", ["https://example.com/a", "https://example.com/b"]),
        ("（https://example.com/a）と「https://example.com/b」", ["https://example.com/a", "https://example.com/b"]),
        ("詳細はhttps://example.com/a#b?c=d&e=%20", ["https://example.com/a#b?c=d&e=%20"]),
        ("https://example.com／a https://example.com/？", ["https://example.com", "https://example.com/"]),
        ("(https://example.com/a_(b)) [https://example.com/c]", ["https://example.com/a_(b)", "https://example.com/c"]),
        ("HTTPS://A.EXAMPLE/B, http://[::1]:80/", ["HTTPS://A.EXAMPLE/B", "http://[::1]:80/"]),
        ("README.md main.rs example.com www.example.com //example.com a:b ftp://example.com", []),
        ("https:// http://。 https://… git+https://example.com xhttps://example.com", []),
        ("https://日本語.jp/", []),
    ],
)  # fmt: skip
def test_an_address_ends_before_what_no_address_has(text: str, urls: list[str]) -> None:
    assert [text[start:end] for start, end in urls_in(text)] == urls


def links_of(tree: nodes.Element) -> list[str]:
    return [link["refuri"] for link in tree.findall(nodes.reference) if "refuri" in link]


def test_no_link_is_made_within_code_or_links() -> None:
    url = "https://example.com/"
    tree = nodes.paragraph(
        "",
        "",
        nodes.literal(url, url),
        nodes.raw("", "<a href='x'>", format="html"),
        nodes.Text(url),
        nodes.raw("", "</a>", format="html"),
        nodes.reference("", url, refuri="https://example.org/"),
        nodes.emphasis("", url),
    )
    root = nodes.container("", tree, nodes.literal_block(url, url))
    link_web_addresses(root)
    assert links_of(root) == ["https://example.org/", url]
    assert root.astext().count(url) == 5


PAGES: Any = {
    "md": ("# One\n\n", "`https://example.com/code`", "[text](https://example.com/text)"),
    "rst": (
        "One\n===\n\n",
        "``https://example.com/code``",
        "`text <https://example.com/text>`__",
    ),
}


@pytest.mark.parametrize("suffix", PAGES)
@pytest.mark.parametrize("builder", ["html", "text"])
def test_pages_of_both_markups_have_the_same_links(site: Site, suffix: str, builder: str) -> None:
    head, code, link = PAGES[suffix]
    notes = f"""{head}詳細はhttps://example.comです。https://example.com/a（括弧） README.md {code}

- {link} **https://example.com/b**、

"""
    site.write({"events/one/event.yaml": FACTS, f"events/one/index.{suffix}": notes})
    built = site.build(builder, smartquotes=True)
    assert built.warnings == []
    assert links_of(built.doctree("events/one/index")) == [
        "https://example.com",
        "https://example.com/a",
        "https://example.com/text",
        "https://example.com/b",
    ]


def test_descriptions_in_the_data_have_them_too(site: Site) -> None:
    page = "# One\n\n```{event:info}\n```\n"
    site.event(
        "one",
        f"{FACTS}purpose: https://example.com/p\ndescription: 詳細はhttps://example.com/d。\n",
        page,
    )
    built = site.build("dummy")
    assert links_of(built.doctree("events/one/index")) == ["https://example.com/d"]
