"""Ids that sessions have, and keep, without one being written."""

import hashlib
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventreports.core.model import Event
from eventreports.core.session_ids import title_id, with_ids

WILD = settings(max_examples=200)


def ids(*sessions: Any) -> list[str]:
    """The ids of sessions, each of them as YAML has it, and of those within them."""
    event = Event.model_validate({"name": "E", "sessions": list(sessions)})
    return [session.id for session in with_ids(event, "folder").all_sessions]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Container Networking Deep Dive!", "container-networking-deep-dive"),
        ("What's new in v1.10 (beta)?", "what-s-new-in-v1-10-beta"),
        ("2018", "2018"),
        ("word " * 13, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("!!!", digest("!!!")),
        ("", digest("")),
        ("検索の話", digest("検索の話")),
        ("Helmを使う", digest("helmを使う")),
        ("Cafe\u0301", digest("café")),
        ("Ｋｕｂｅ\u3000話", digest("kube 話")),
    ],
)
def test_an_id_is_the_slug_of_ascii_and_else_a_digest_of_the_folded_title(
    title: str, expected: str
) -> None:
    assert title_id(title) == expected


@given(st.text(max_size=80))
@WILD
def test_any_title_gives_an_id_and_its_forms_of_unicode_the_same(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,60}", title_id(title))
    forms = {title_id(unicodedata.normalize(form, title)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        (["Talk", "talk!", "TALK", "Other"], ["talk", "talk-2", "talk-3", "other"]),
        # What is written is taken, wherever it stands; so is what was once.
        (["Talk", {"id": "talk", "title": "A"}], ["talk-2", "talk"]),
        (["Talk", {"id": "a", "title": "A", "old_ids": ["talk", "talk-2"]}], ["talk-3", "a"]),
        # A title of its own is nobody's second.
        (["Talk", "Talk", "Talk 2"], ["talk", "talk-3", "talk-2"]),
        # The first has it; another gets that of its title.
        ([{"id": "a", "title": "B"}, {"id": "a", "title": "C"}], ["a", "c"]),
        # Those within a session follow it.
        ([{"title": "LT", "children": ["A", "B"]}, "A"], ["lt", "a", "b", "a-2"]),
        # The first language, whatever that of the site.
        ([{"title": {"ja": "話", "en": "Talk"}}], [digest("話")]),
        ([{"title": {"en": "Talk", "ja": "話"}}], ["talk"]),
        ([{"start": "9:00"}, {"start": "10:00"}], [digest(""), f"{digest('')}-2"]),
    ],
)
def test_equal_ids_are_numbered(sessions: list[Any], expected: list[str]) -> None:
    assert ids(*sessions) == expected


TITLES = st.text(alphabet="aB2 -!話é", min_size=1, max_size=4).filter(str.strip)


@given(st.lists(TITLES, unique_by=title_id), TITLES, st.integers(0, 10), st.data())
@WILD
def test_one_more_session_changes_no_id_of_another_title(
    titles: list[str], new: str, place: int, data: st.DataObject
) -> None:
    """Wherever it is put; a written id stays anyway."""
    others = [title for title in titles if title_id(title) != title_id(new)]
    written = data.draw(st.sets(st.sampled_from(others))) if others else set()
    sessions: list[Any] = [
        {"title": title, "id": f"w.{title_id(title)}"} if title in written else title
        for title in others
    ]
    before = ids(*sessions)
    after = ids(*sessions[:place], new, *sessions[place:])
    assert after == [*before[:place], title_id(new), *before[place:]]


@given(st.lists(TITLES, max_size=8), st.data())
@WILD
def test_ids_that_are_written_later_change_no_others(
    titles: list[str], data: st.DataObject
) -> None:
    found = ids(*titles)
    assert len(set(found)) == len(titles)
    written = data.draw(st.sets(st.sampled_from(range(len(titles))))) if titles else set()
    pairs = enumerate(zip(titles, found, strict=True))
    assert found == ids(
        *(
            {"title": title, "id": one} if number in written else title
            for number, (title, one) in pairs
        )
    )
