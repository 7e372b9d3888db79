"""People in the short form, as programmes, pages and reports write them."""

from pathlib import Path

import pytest

from counting import calls
from eventreports.core.problems import Code
from eventreports.core.short_people import alternatives, read_person, split_people
from eventreports.loader import load

YAMADA = {"name": "山田 太郎"}
AOI = {"name": "Aoi Tanaka"}


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("山田 太郎 (Yamada Taro)", "Yamada Taro"),
        ("山田 太郎（Taro YAMADA）", "Taro YAMADA"),
        ("山田 太郎 [Yamada, Taro]", "Yamada, Taro"),
        ("山田 太郎 (Tarō Yamada)", "Tarō Yamada"),
        ("山田 太郎（やまだ たろう）", "やまだ たろう"),
        ("山田 太郎（ヤマダ タロウ）", "ヤマダ タロウ"),
        ("山田 太郎/Taro Yamada", "Taro Yamada"),
        ("山田 太郎 ／ Taro Yamada", "Taro Yamada"),
        ("山田 太郎 Taro Yamada", "Taro Yamada"),
        ("山田 太郎 【Taro Yamada】", "Taro Yamada"),
    ],
)
def test_the_name_again_is_its_reading(text: str, reading: str) -> None:
    assert read_person(text) == {**YAMADA, "reading": reading}


@pytest.mark.parametrize(
    ("text", "name", "reading"),
    [
        ("山田太郎（やまだたろう）", "山田太郎", "やまだたろう"),
        ("大野 純 (Jun Ohno)", "大野 純", "Jun Ohno"),
        ("新谷 健一 (Ken'ichi Shintani)", "新谷 健一", "Ken'ichi Shintani"),
        ("ジョン・スミス (John Smith)", "ジョン・スミス", "John Smith"),
        ("あおい (Aoi)", "あおい", "Aoi"),
        ("王小明 (Wang Xiao-Ming)", "王小明", "Wang Xiao-Ming"),
        ("김민수 (Kim Min-su)", "김민수", "Kim Min-su"),
        ("Aoi Tanaka (たなか あおい)", "Aoi Tanaka", "たなか あおい"),
    ],
)
def test_readings_in_several_languages(text: str, name: str, reading: str) -> None:
    assert read_person(text) == {"name": name, "reading": reading}


def test_a_name_stays_as_it_is_written() -> None:
    assert read_person("Wang Xiao Ming (王小明)") == {
        "name": "Wang Xiao Ming",
        "aliases": ["王小明"],
    }


@pytest.mark.parametrize("name", ["山田 太郎", "Taro Yamada"])
@pytest.mark.parametrize(
    "company",
    [
        "Example",
        "Red Hat",
        "Rancher Labs",
        "Tokyo Gas",
        "Preferred Networks, Inc.",
        "Docker Tokyo",
        "freee",
        "CyberAgent",
        "はてな",
        "ぐるなび",
        "サイボウズ",
        "サイボウズ・ラボ",
        "楽天",
        "富士通",
        "東京大学",
        "株式会社例",
        "株式会社 例",
        "㈱例",
        "日本マイクロソフト",
        "フリーランス",
        "NTTデータ",
    ],
)
def test_a_company_in_brackets_is_an_affiliation(name: str, company: str) -> None:
    assert read_person(f"{name} ({company})") == {"name": name, "affiliation": company}
    assert read_person(f"{name}@{company}") == {"name": name, "affiliation": company}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(@aoi_t)", {"aliases": ["@aoi_t"]}),
        (" @aoi_t", {"aliases": ["@aoi_t"]}),
        (" ＠Example", {"affiliation": "Example"}),
        (" [Example]", {"affiliation": "Example"}),
        (" from Example", {"affiliation": "Example"}),
        (" at Example", {"affiliation": "Example"}),
        (", Example Inc.", {"affiliation": "Example Inc."}),
        (" - Example Ltd.", {"affiliation": "Example Ltd."}),
        ("、株式会社例", {"affiliation": "株式会社例"}),
        (" (SRE)", {"job_title": "SRE"}),
        (" (Head of Platforms)", {"job_title": "Head of Platforms"}),
        (", CTO at Example", {"job_title": "CTO", "affiliation": "Example"}),
        (" - CTO, Example", {"job_title": "CTO", "affiliation": "Example"}),
        (" / SE部長, Example", {"job_title": "SE部長", "affiliation": "Example"}),
        (" (CTO, Example Inc.)", {"job_title": "CTO", "affiliation": "Example Inc."}),
        (" (Example Inc., CTO)", {"job_title": "CTO", "affiliation": "Example Inc."}),
        ("（株式会社例 SRE）", {"job_title": "SRE", "affiliation": "株式会社例"}),
        ("（東京大学 教授）", {"job_title": "教授", "affiliation": "東京大学"}),
        (" (VP, Engineering)", {"affiliation": "VP, Engineering"}),
        (" (Example Data Engineers)", {"affiliation": "Example Data Engineers"}),
        ("（司会）", {"role": "司会"}),
        (" (Moderator)", {"role": "Moderator"}),
        (" (Example, @aoi)", {"affiliation": "Example", "aliases": ["@aoi"]}),
        (" (Example) (@aoi)", {"affiliation": "Example", "aliases": ["@aoi"]}),
        ("（田中 葵）", {"aliases": ["田中 葵"]}),
        ("（田中葵奈）", {"aliases": ["田中葵奈"]}),
        (" / 田中 葵", {"aliases": ["田中 葵"]}),
    ],
)
def test_what_stands_behind_a_name(text: str, found: dict[str, object]) -> None:
    assert read_person(f"Aoi Tanaka{text}") == {**AOI, **found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "田中 葵 (Aoi Tanaka) / Sales Engineer, Example Inc.",
            {
                "name": "田中 葵",
                "reading": "Aoi Tanaka",
                "job_title": "Sales Engineer",
                "affiliation": "Example Inc.",
            },
        ),
        ("株式会社例 山田 太郎", {**YAMADA, "affiliation": "株式会社例"}),
        (
            "株式会社例 SRE 山田 太郎",
            {**YAMADA, "affiliation": "株式会社例", "job_title": "SRE"},
        ),
        ("山田 太郎 部長", {**YAMADA, "job_title": "部長"}),
        (
            "山田 太郎 / Taro Yamada / Example Inc.",
            {**YAMADA, "reading": "Taro Yamada", "affiliation": "Example Inc."},
        ),
        ("司会：山田 太郎", {**YAMADA, "role": "司会"}),
        ("山田 太郎さん", YAMADA),
        ("山田 太郎 氏", YAMADA),
        ("山田 太郎様", YAMADA),
        ("山田 太郎（例社）さん", {**YAMADA, "affiliation": "例社"}),
        ("aoi（田中 葵）", {"name": "aoi", "aliases": ["田中 葵"]}),
    ],
)
def test_further_forms_of_japanese_pages(text: str, found: dict[str, object]) -> None:
    assert read_person(text) == found


@pytest.mark.parametrize(
    "name",
    [
        "アキ・ローゼンタール",
        "ロボ子さん",
        "李 大範",
        "@aodag",
        "aoi@example.com",
        "Lana Brindley (she/her)",
        "Brittany (Martin) Springer",
        "Paul '@pjf' Fenwick",
        "Aaron Hall, MBA",
        "Richard D. Copeland, Jr.",
        "Chu, Hua-Rong",
        "Jean-Luc de la Cruz y Santos",
        "プラットフォーム部長",
        "株式会社例",
        "a" * 10_000,
    ],
)
def test_one_name_is_kept_whole(name: str) -> None:
    assert split_people(name) == [name]
    assert read_person(name) == {"name": name}
    assert alternatives(name) is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("佐藤 一郎、鈴木 二郎", ["佐藤 一郎", "鈴木 二郎"]),
        ("佐藤（例社、東京）、鈴木（見本社）", ["佐藤（例社、東京）", "鈴木（見本社）"]),
        ("Ann Lee; Bob Ott", ["Ann Lee", "Bob Ott"]),
        ("佐藤 一郎\n鈴木 二郎\n", ["佐藤 一郎", "鈴木 二郎"]),
        ("Ann Lee (A), Bob Ott (B) and Cy Roe (C)", ["Ann Lee (A)", "Bob Ott (B)", "Cy Roe (C)"]),
        ("佐藤（例社）／鈴木（見本社）", ["佐藤（例社）", "鈴木（見本社）"]),
        ("Ann Lee (A), Inc. (B)", ["Ann Lee (A), Inc. (B)"]),
        (
            "株式会社例 佐藤 一郎、有限会社見本 鈴木 二郎",
            ["株式会社例 佐藤 一郎", "有限会社見本 鈴木 二郎"],
        ),
        ("佐藤 一郎、株式会社例", ["佐藤 一郎、株式会社例"]),
        ("佐藤 一郎、部長", ["佐藤 一郎、部長"]),
        ("Ann Lee, Bob Ott", ["Ann Lee, Bob Ott"]),
        ("Ann Lee; ...", ["Ann Lee; ..."]),
    ],
)
def test_signs_that_stand_between_people_alone_part_them(text: str, people: list[str]) -> None:
    assert split_people(text) == people


@pytest.mark.parametrize(
    ("name", "people", "affiliation"),
    [
        ("Ann Lee & Bob Ott", "Ann Lee; Bob Ott", ""),
        ("Ann Lee and Bob Ott", "Ann Lee; Bob Ott", ""),
        ("Ann Lee, Cy Roe & Bob Ott", "Ann Lee; Cy Roe; Bob Ott", ""),
        ("佐藤一郎・鈴木二郎", "佐藤一郎、鈴木二郎", ""),
        ("佐藤, 鈴木", "佐藤、鈴木", "佐藤 (鈴木)"),
        ("Ann Lee & Bob Ott (Example)", "Ann Lee; Bob Ott (Example)", ""),
        ("Ann Lee, Bob Ott (Example)", "Ann Lee; Bob Ott (Example)", ""),
        ("Ann Lee, Bob Ott", "Ann Lee; Bob Ott", "Ann Lee (Bob Ott)"),
        ("Ann Lee / Example", "Ann Lee; Example", "Ann Lee (Example)"),
        ("Ann Lee - Example", "Ann Lee; Example", "Ann Lee (Example)"),
        ("Ann Lee, VP, Engineering", "Ann Lee; VP; Engineering", "Ann Lee (VP, Engineering)"),
    ],
)
def test_what_may_be_meant_is_written_so_that_it_is_read_so(
    name: str, people: str, affiliation: str
) -> None:
    assert read_person(name) == {"name": name}
    meant = alternatives(name)
    assert meant is not None
    assert meant.affiliation == affiliation
    for text in filter(None, meant):
        parts = split_people(text)
        assert len(parts) > 1 or "affiliation" in read_person(text)
        assert not any(alternatives(str(read_person(part)["name"])) for part in parts)
    if meant.people:
        assert meant.people == people


def test_a_hint_says_what_to_write(tmp_path: Path) -> None:
    file = tmp_path / "event.yaml"

    def reported(speakers: str) -> list[str]:
        facts = f"name: E\nsessions:\n- {{id: a, title: A, speakers: {speakers}}}\n"
        file.write_text(facts, encoding="utf-8")
        found = load(file, tmp_path).problems
        return [one.message.text() for one in found if one.code is Code.PERSON]

    (said,) = reported("[Ann Lee & Bob Ott]")
    assert "“Ann Lee; Bob Ott” for several" in said
    (said,) = reported('["Ann Lee, Example"]')
    assert '“"Ann Lee, Example"”'.strip("“”") in said
    assert "“Ann Lee (Example)”" in said
    (said,) = reported("[Ann Lee, Example Inc.]")
    assert "“Ann Lee (Example Inc.)”" in said
    (said,) = reported('"Ann(@ann) 株式会社例 / VPoE, エンジニア"')
    assert '“{name: "Ann(@ann) 株式会社例 / VPoE, エンジニア"}”' in said
    assert "“”" not in said
    for meant in (
        "[Ann Lee; Bob Ott]",
        '[{name: "Ann Lee & Bob Ott"}]',
        "[Ann Lee (Example)]",
        "[Ann Lee (Example Inc.)]",
        "佐藤、鈴木",
    ):
        assert reported(meant) == []


def test_what_is_wrong_behind_people_in_one_text_keeps_its_place(tmp_path: Path) -> None:
    file = tmp_path / "event.yaml"
    facts = "name: E\nreporters:\n- 佐藤、鈴木\n- {name: Aoi, url: no}\n- Ken\n"
    file.write_text(facts, encoding="utf-8")
    loaded = load(file, tmp_path)
    (problem,) = loaded.problems
    assert (problem.code, problem.mark) == (Code.URL, (4, 20))
    assert loaded.event is not None
    assert [str(one.name) for one in loaded.event.reporters] == ["佐藤", "鈴木", "Aoi", "Ken"]


@pytest.mark.parametrize("part", ["a、", "a, ", "(", "[(", "山 ", "a/", " ", "株式会社 ", "& "])
def test_long_texts_are_no_names(part: str) -> None:
    text = part * 100_000
    assert calls(lambda: (read_person(text), split_people(text), alternatives(text))) < 100
