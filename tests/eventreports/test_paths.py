"""Which files of a project may be published."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx.util.matching import Matcher

from eventreports.core.paths import Refused, Tree, is_content, is_fit, literal_pattern, refusal
from eventreports.sphinx.exclusion import exclusion

needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one event, beside a folder that is none of its business."""
    for name in ("project/events/x", "project/shared", "project/.git", "outside/events"):
        (tmp_path / name).mkdir(parents=True)
    for name in (
        *("project/conf.py", "project/guide.md", "project/.env", "project/.git/config"),
        *("project/shared/a.pdf", "project/events/x/index.md", "outside/secret.md"),
    ):
        (tmp_path / name).write_text("x", encoding="utf-8")
    return tmp_path / "project"


@pytest.mark.parametrize("path", ["guide.md", "shared/a.pdf", "events/x/../../guide.md", "gone.md"])
def test_what_is_in_the_project_may_be_published(path: str, root: Path) -> None:
    assert refusal(root / path, root) is None


@pytest.mark.parametrize(
    "path",
    [
        *("../outside/secret.md", "events/../../outside/secret.md", "/etc/hostname", ".."),
        *(".env", ".git/config", "shared/../.env", "conf.py", "events/x/../../conf.py"),
    ],
)
def test_what_is_outside_or_not_for_readers_may_not(path: str, root: Path) -> None:
    assert refusal(root / path, root)


@needs_links
def test_a_link_is_judged_by_where_it_ends(root: Path) -> None:
    for name, target in {
        "in": "shared/a.pdf",
        "again": "in",
        "out": "../outside/secret.md",
        "chain": "out",
        "folder": "../outside",
        "config": "conf.py",
        "hidden": ".env",
    }.items():
        (root / name).symlink_to(target)
    assert not refusal(root / "in", root)
    assert not refusal(root / "again", root)
    for path in ("out", "chain", "folder/secret.md", "config", "hidden"):
        assert refusal(root / path, root), path


@pytest.mark.parametrize("path", ["_ext/x.py", "_build/html/a", "events/_draft/a.pdf", "a/.b/c"])
def test_folders_of_the_project_itself_are_no_content(path: str) -> None:
    assert not is_content(path)
    assert is_content("events/a_b/c.d/e_.pdf")


@pytest.mark.parametrize("name", ["a\nb", "a\rb", "a\x1bb", "a\x85b", "a\u2028b", "a\udce9b"])
def test_no_name_has_a_line_break(name: str) -> None:
    assert not is_fit(name)
    assert is_fit("o'reilly-2026 “日本” <b> \\ {{x}} %41 #")


@given(st.text(st.sampled_from("ab*?[]!^\\/.- ")), st.text(st.sampled_from("ab*?[]!^\\/.- ")))
def test_the_pattern_of_a_path_fits_that_path_alone(one: str, other: str) -> None:
    is_it = Matcher([literal_pattern(f"x{one}")])
    assert is_it(f"x{one}")
    assert bool(is_it(f"x{other}")) == (other == one)


def refused(root: Path, *patterns: str) -> list[Refused]:
    return list(Tree(root, "events", (".md",), exclusion(patterns)).refused())


def test_ordinary_pages_are_published(root: Path) -> None:
    assert refused(root) == []


@needs_links
def test_pages_and_folders_that_lead_out_are_left_out(root: Path) -> None:
    (root / "events/x/page.md").symlink_to("../../../outside/secret.md")
    (root / "events/y").symlink_to("../../outside/events")
    (root / "all").symlink_to("/")
    # Other files are checked where they are named.
    (root / "events/x/a.pdf").symlink_to("../../../outside/secret.md")
    found = refused(root)
    assert [one.path for one in found] == ["all", "events/x/page.md", "events/y"]
    assert all("leads out" in str(one.reason) for one in found)
    assert [one.path for one in refused(root, "all", "events/*/page.md")] == ["events/y"]


@needs_links
def test_links_inside_the_project_are_fine(root: Path) -> None:
    (root / "events/x/other.md").symlink_to("../../guide.md")
    (root / "events/z").symlink_to("../shared")
    assert refused(root) == []


@needs_links
@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"events/x/up": ".."}, ["events/x/up"]),
        ({"events/x/top": "../.."}, ["events/x/top"]),
        ({"events/x/self": "self"}, []),
        ({"events/latest": "x"}, ["events/latest"]),
        ({"events/x/a": "../../shared", "shared/b": "../events/x"}, ["events/x/a/b", "shared/b/a"]),
    ],
)
def test_a_folder_of_events_is_published_once(
    links: dict[str, str], expected: list[str], root: Path
) -> None:
    for path, target in links.items():
        (root / path).symlink_to(target)
    assert [(one.path, one.reason) for one in refused(root)] == [(path, None) for path in expected]


@needs_links
def test_a_draft_may_be_published_by_a_link(root: Path) -> None:
    (root / "events/_draft/y").mkdir(parents=True)
    (root / "events/y").symlink_to("_draft/y")
    assert refused(root, "events/_*/**") == []


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no such names")
def test_names_with_line_breaks_are_left_out(root: Path) -> None:
    (root / "events/a\n# <script>").mkdir()
    (root / "b\x1b.md").touch()
    assert [one.path for one in refused(root)] == ["b\x1b.md", "events/a\n# <script>"]
