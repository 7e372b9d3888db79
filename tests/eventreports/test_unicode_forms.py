"""A name is the same name in whichever form of Unicode it is written, in data, pages and files."""

import unicodedata
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import Site
from eventreports.core.problems import Code
from eventreports.loader import LoadedEvent, load
from eventreports.yaml.reader import parse
from sphinxcommon.suggestions import nearest

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

FACTS = """
name: がいど
date: 2026-01-01
topics: [ビジネス]
venue: {name: V, rooms: [ホールが, ホールび]}
tracks: [ビジネス, Café]
sponsor_tiers:
  - {name: ゴールド, sponsors: [Ångström]}
  - {name: シルバー, sponsors: [Beta]}
sessions:
  - {id: ガイド, title: ガイド, room: ホールび, track: Café, topics: [デザイン]}
  - {id: プロ, title: プロ, old_ids: [ベータ], room: ホールが, track: ビジネス}
files: [ファイルが.pdf]
"""
PAGE = """
# がいど

```{event:sponsors}
:tiers: ゴールド
```

```{event:sessions}
:only: ガイド
:rooms: ホールび
:tracks: Café
:topics: デザイン
```

## ガイド

```{event:session} ガイド
```

### ポイント

{event:session}`プロ`, {event:session}`ベータ`, {event:session}`がいど/ガイド`,
{event:event}`がいど`, [anchor](#session-ガイド), [notes](#session-ガイド-ポイント)

```{event:files}
```

```{event:schedule}
```
"""


def loaded(folder: Path, text: str) -> LoadedEvent:
    file = folder / "event.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file, folder)


def in_form(form: Form, text: str) -> str:
    return unicodedata.normalize(form, text)


@pytest.mark.parametrize("of_lists", ["NFC", "NFD"])
@pytest.mark.parametrize("of_names", ["NFC", "NFD", "NFKC", "NFKD"])
def test_names_are_found_in_lists(tmp_path: Path, of_lists: Form, of_names: Form) -> None:
    names = ["ホールが", "Çağrı", "한국", "Ｈａｌｌ　Ｂ", "①号室", "ﾎｰﾙび"]
    for name in names:
        listed, named = in_form(of_lists, name), in_form(of_names, name)
        text = yaml.safe_dump(
            {
                "name": "X",
                "date": "2026-01-01",
                "venue": {"name": "V", "rooms": ["Other", listed]},
                "tracks": [listed],
                "sessions": [{"id": "a", "title": "A", "room": named, "track": named}],
            },
            allow_unicode=True,
        )
        (tmp_path / "event.yaml").write_text(text, encoding="utf-8")
        found = load(tmp_path / "event.yaml", tmp_path)
        assert found.problems == ()
        assert found.event is not None
        assert found.event.track(found.event.sessions[0].track) == found.event.tracks[0]


#: What has another form, and what has none.
NAMES = st.text(st.sampled_from("がぎぱびÅéüÇğş한국ệầab ①Ω"), min_size=1, max_size=5)
IDS = st.text(st.sampled_from("がパé한Åab-"), min_size=1, max_size=4)
SESSION = st.fixed_dictionaries(
    {"title": NAMES},
    optional={
        "id": IDS,
        "old_ids": st.lists(IDS, max_size=2),
        "room": NAMES,
        "track": NAMES,
        "topics": st.lists(NAMES, max_size=2),
        "speakers": st.lists(NAMES, max_size=2),
        "description": NAMES,
    },
)
EVENT = st.fixed_dictionaries(
    {"name": NAMES | st.fixed_dictionaries({"ja": NAMES, "en": NAMES})},
    optional={
        "id": IDS,
        "venue": st.fixed_dictionaries({"name": NAMES, "rooms": st.lists(NAMES, max_size=3)}),
        "tracks": st.lists(NAMES, max_size=3),
        "sponsor_tiers": st.lists(
            st.fixed_dictionaries({"name": NAMES, "sponsors": st.lists(NAMES)}), max_size=2
        ),
        "files": st.lists(NAMES, max_size=1),
        "sessions": st.lists(SESSION, max_size=3),
    },
)


@given(EVENT)
def test_an_event_is_the_same_in_either_form(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    folder = tmp_path_factory.getbasetemp()
    composed, apart = (loaded(folder, in_form(form, text)) for form in ("NFC", "NFD"))
    assert composed.event is not None
    assert apart.event is not None
    assert composed.event.model_dump() == apart.event.model_dump()
    assert [one.code for one in composed.problems] == [one.code for one in apart.problems]


def test_an_address_stays_as_it_is_written(tmp_path: Path) -> None:
    url = in_form("NFD", "https://x.example/ガイド")
    found = loaded(tmp_path, f"name: X\nurl: {url}\n")
    assert found.event is not None
    assert found.event.url == url


def test_marks_are_of_the_file_as_it_is() -> None:
    data, _problems = parse(in_form("NFD", "{name: が, url: x}").encode(), "event.yaml")
    assert data is not None
    assert data.key_marks["url"].column == len("{name: が, ") + 2


@pytest.mark.parametrize(("of_data", "of_page"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_pages_name_what_data_has(site: Site, of_data: Form, of_page: Form) -> None:
    site.event("がいど", in_form(of_data, FACTS), in_form(of_page, PAGE))
    file = in_form(of_page, "ファイルが.pdf")
    (site.folder / "events" / "がいど" / file).write_bytes(b"x")
    site.write({"other.md": in_form(of_page, "# Other\n\n[](#がいど/ガイド)\n")})
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\nother\n```\n"})
    built = site.build()
    assert built.warnings == []
    page = built.text("events/がいど/index.html")
    assert "Ångström" in page
    assert "Beta" not in page
    assert page.count('id="session-ガイド"') == 1
    assert page.count('href="#session-ガイド') >= 3
    assert list(built.outdir.glob(f"_downloads/*/{file}"))
    assert '#session-ガイド"' in unicodedata.normalize("NFC", built.text("other.html"))


def test_a_folder_that_sphinx_does_not_find_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / in_form("NFD", "ガイド")
    folder.mkdir()
    (folder / "event.yaml").write_text("name: X\ndate: 2026-01-01\n", encoding="utf-8")
    found = load(folder / "event.yaml", tmp_path)
    assert found.event is not None
    assert found.event.id == "ガイド"
    is_found = (tmp_path / "ガイド").is_dir()
    assert [one.code for one in found.problems] == ([] if is_found else [Code.FILE])


@pytest.mark.parametrize(
    ("written", "meant"),
    [("keynote", "ｋｅｙｎｏｔｅ"), ("ｶﾞｲﾄﾞ", "ガイド"), ("1", "①"), ("first", "ﬁrst")],
)
def test_an_id_of_another_width_is_meant(written: str, meant: str) -> None:
    """Ids are parts of addresses, and are not the same; but a message names them."""
    assert nearest(written, ["other", meant]) == meant
    assert nearest(meant, ["other", written]) == written
