"""Builds of many pages take little more memory than those of few."""

import gc
from typing import Any, cast

import pytest

from conftest import CONF, Site
from sphinxcommon import memory

PAGES = 30
FACTS = "name: コンテナ会議 {n}\ndate: 2026-{n}-01\nsessions: [{{id: key, title: 基調講演の話}}]\n"
PAGE = (
    "# コンテナ会議の報告 {n}\n\n## 基調講演の話と感想\n\n```{{event:session}} key\n```\n\n- 要点\n"
)


#: Notes how many doctrees are kept when pages are about to be written, and these doctrees.
PROBE = """
import weakref

def setup(app):
    app.kept, app.resolved = [], []
    app.connect("write-started", lambda app, _: app.kept.append(
        len(app.env._write_doc_doctree_cache)), priority=1)
    app.connect("doctree-resolved", lambda app, doctree, _: app.resolved.append(
        weakref.ref(doctree)))
"""


@pytest.fixture
def pages(site: Site) -> Site:
    site.write({f"page{n}.md": f"# ページの題名 {n}\n\n言葉。\n" for n in range(PAGES)})
    site.write({"conf.py": CONF + PROBE})
    return site


def test_few_doctrees_are_kept(pages: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MOST_DOCTREES", 5)
    thresholds = gc.get_threshold()
    built = pages.build()
    (kept,) = cast("Any", built.app).kept
    assert kept <= 5
    assert len(built.app.env._pickled_doctree_cache) <= 6
    assert "言葉。" in built.text("page0.html")
    assert "言葉。" in built.text(f"page{PAGES - 1}.html")
    # A program may go on.
    assert (gc.get_threshold(), gc.get_freeze_count()) == (thresholds, 0)


def test_no_doctree_outlives_its_page(pages: Site) -> None:
    """What keeps a node, such as a cache with a text as a key, keeps its whole document."""
    for n in range(10, 13):
        pages.event(f"event-{n}", FACTS.format(n=n), PAGE.format(n=n))
    built = pages.build()
    resolved = cast("Any", built.app).resolved
    assert len(resolved) > PAGES
    gc.collect()
    assert [one()["source"] for one in resolved[:-1] if one()] == []
