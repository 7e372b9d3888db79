"""The index: the same bytes as from nothing whatever was built before, and what queries find."""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx.search import IndexBuilder

from cjksearch import index, postings
from cjksearch.page_records import Store
from cjksearch.postings import Sizes, decode, encode, file_of, key_of
from cjksearch.records import Facts, Record
from cjksearch.scripts import Scripts
from cjksearch.update import Update
from searching import Ask, asking

SITE: Mapping[str, Any] = {
    "filters": {"topic": "Topic"},
    "newest": [],
    "synonyms": [["Kubernetes", "k8s"], ["機械学習", "machine learning"]],
    "messages": {},
}
#: A record: title, text, names, date.
Said = tuple[str, str, tuple[str, ...], str]


@given(st.sets(st.integers(0, 10**7), min_size=1))
def test_rows_are_written_and_read(rows: set[int]) -> None:
    written = encode(sorted(rows))
    assert decode(written) == sorted(rows)
    assert written.isascii()
    assert not set(written) & set("`\\$\t\n")


def test_words_that_begin_alike_are_in_one_file() -> None:
    assert key_of("container", ()) == key_of("containers", ()) == key_of("cotnainer", ()) == "co"
    assert key_of("container", {"co"}) == "con"
    assert key_of("運用", ()) == "運用"
    assert key_of("=コンテナ", ()) == key_of("=コンテスト", ()) == "コン"
    assert key_of("~kntn:container", ()) == key_of("~kntn:コンテナ", ())
    assert {file_of(key, 64) for key in map(str, range(2000))} == set(range(64))


class Folder:
    """The files of a site, made from pages of a few records."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "records")
        self.store.prepare()
        self.folder = folder / "site"

    def with_stemmer(self) -> Path:
        """The folder, with the script of Sphinx that a build writes beside the index."""
        stemmer = IndexBuilder(MagicMock(), "en", {}, "").get_js_stemmer_code()
        Scripts(self.folder).write_code("stemmer", stemmer, "new EnglishStemmer()")
        return self.folder

    def update(self, pages: Mapping[str, list[Said]]) -> dict[str, str]:
        """Bring the files up to date, and return what they hold."""
        for page, said in pages.items():
            made = [_record(page, number, one) for number, one in enumerate(said)]
            if made != self.store.latest(page) or not self.store.known([page]):
                self.store.put(page, made)
        Update(self.store, Scripts(self.folder), _url_of).run(pages, SITE, ["topic"])
        return {
            path.relative_to(self.folder).as_posix(): path.read_text("utf-8")
            for path in self.folder.rglob("*.js")
        }


def _url_of(record: Record) -> str:
    return f"{record.docname}.html#{record.anchor}"


def _record(page: str, number: int, said: Said) -> Record:
    title, text, names, date = said
    facts = Facts(
        names=names,
        byline=names,
        date=date,
        filters={"topic": (title[:1],)},
        key=names[0] if names else "",
    )
    return Record(page, f"at-{number}", title, ("Conf",), text, facts)


WORDS = (
    *("運用", "設計", "コンテナ", "サーバーレス", "マイクロサービス", "牛"),
    *("Kubernetes", "container", "LoadBalancer", "2.0", "of"),
)


def _said(chance: random.Random) -> Said:
    words = chance.choices(WORDS, k=chance.randint(0, 12))
    names = tuple(chance.sample(["青山真也", "Ann Lee", "Bob Ott"], chance.randint(0, 2)))
    return (
        " ".join(words[:2]),
        " の".join(words),
        names,
        chance.choice(["", "2018-04-19", "2019-05"]),
    )


@pytest.mark.parametrize("seed", range(6))
def test_edits_leave_the_same_bytes_as_a_build_from_nothing(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So small that an edit changes how many files there are.
    monkeypatch.setattr(postings, "_FILE_SIZE", 400)
    monkeypatch.setattr(postings, "_LARGEST_GROUP", 60)
    chance = random.Random(seed)
    pages: dict[str, list[Said]] = {}
    edited = Folder(tmp_path / "edited")
    for number in range(12):
        for _edit in range(chance.randint(1, 3)):
            page = f"page-{chance.randint(0, 9)}"
            match chance.randint(0, 4):
                case 0 if page in pages:
                    del pages[page]
                case 1 if pages.get(page):
                    pages[page][chance.randrange(len(pages[page]))] = _said(chance)
                case 2 if page in pages:
                    # Another page may have the rows that this one had.
                    pages[f"page-{chance.randint(0, 9)}"] = pages.pop(page)
                case _:
                    pages[page] = [_said(chance) for _ in range(chance.randint(0, 12))]
        found = edited.update(pages)
        assert found == Folder(tmp_path / f"fresh-{number}").update(pages)


def test_a_build_that_was_interrupted_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)
    pages = {f"page-{n}": [_said(chance) for _ in range(4)] for n in range(4)}
    folder = Folder(tmp_path / "one")
    folder.update(pages)
    pages["page-1"] = [_said(chance)]
    written = 0
    write = Scripts._put

    def fail(scripts: Scripts, name: str, said: str) -> None:
        nonlocal written
        written += 1
        if written > 3:
            raise OSError("it is interrupted")
        write(scripts, name, said)

    with monkeypatch.context() as patch:
        patch.setattr(Scripts, "_put", fail)
        with pytest.raises(OSError, match="interrupted"):
            folder.update(pages)
    assert folder.update(pages) == Folder(tmp_path / "two").update(pages)


def test_an_edit_changes_no_rows_of_other_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)
    pages = {f"page-{n}": [_said(chance) for _ in range(4)] for n in range(40)}
    folder = Folder(tmp_path)
    folder.update(pages)
    monkeypatch.setattr(index.Index, "write", None)
    pages["page-7"] = [*pages["page-7"], ("Container", "牛", ("Ann Lee",), "")]
    pages["page-99"] = [("Newest", "運用", (), "2030-01-01")]
    changed = folder.update(pages)
    assert any("Newest" in text for text in changed.values())


def test_pages_with_other_names_have_the_rows_of_those_that_are_gone(tmp_path: Path) -> None:
    chance = random.Random(1)
    pages = {f"page-{n}": [_said(chance) for _ in range(4)] for n in range(8)}
    folder = Folder(tmp_path / "edited")
    folder.update(pages)
    moved = {page.replace("page", "moved"): said for page, said in pages.items()}
    assert folder.update(moved) == Folder(tmp_path / "fresh").update(moved)


def test_sizes_forget_what_is_gone() -> None:
    sizes = Sizes()
    sizes.add("container", 20)
    sizes.add("運用", 5)
    before = dict(sizes)
    sizes.add("containers", 30)
    sizes.add("containers", -30)
    assert sizes == before


# Queries

FIRST, SECOND = "2018-04-19", "2018-04-20"
PAGES: dict[str, list[Said]] = {
    "conf": [
        (
            "GKEのバッチ処理",
            "社内のKubernetesでバッチ処理を運用する。今年から年度の話",
            ("Ann Lee", "例社"),
            FIRST,
        ),
        (
            "A Load Balancer of our own",
            "We wrote a LoadBalancer, and tested it.",
            ("Masaya Aoyama",),
            SECOND,
        ),
        (
            "サーバーレスの監視",
            "メトリクスをPrometheusで集める。container networking",
            ("髙橋 一郎", "たかはし"),
            SECOND,
        ),
        (
            "Testing migrations",
            "How Shopify tests what it migrates",
            ("David Heinemeier Hansson",),
            SECOND,
        ),
    ],
    "later": [
        (
            "Deep Learning at Mercari",
            "37signals and Tailwind CSS; C++ and .NET",
            ("Yukihiro Matsumoto",),
            "2019-05-01",
        ),
        ("Panel", "Kubernetes, Kubernetes and more", tuple("ABCDEFG"), "2019-05-01"),
        ("Keynote", "", ("Zoë Łódź",), "2019-05-02"),
    ],
}


@pytest.fixture(scope="module")
def ask(node: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = Folder(tmp_path_factory.mktemp("asked"))
    folder.update(PAGES)
    with asking(node, folder.with_stemmer()) as answer:
        yield answer


@pytest.fixture
def ask_of(node: str, tmp_path: Path) -> Iterator[Callable[[Mapping[str, list[Said]]], Ask]]:
    """The search of pages that a test has itself."""
    with ExitStack() as stack:

        def of(pages: Mapping[str, list[Said]]) -> Ask:
            folder = Folder(tmp_path)
            folder.update(pages)
            return stack.enter_context(asking(node, folder.with_stemmer()))

        yield of


def titles(found: Mapping[str, Any]) -> list[str]:
    return [one["title"] for one in found["results"]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("バッチ処理", "GKEのバッチ処理"),
        ("ﾊﾞｯﾁ", "GKEのバッチ処理"),
        ("GKEバッチ", "GKEのバッチ処理"),
        ("GKEでバッチ処理を運用する方法", "GKEのバッチ処理"),
        ("how to run batch jobs on Kubernetes", "GKEのバッチ処理"),
        ("サーバレス", "サーバーレスの監視"),
        ("さーばーれす", "サーバーレスの監視"),
        ("prometheus", "サーバーレスの監視"),
        ("promet", "サーバーレスの監視"),
        ("containers", "サーバーレスの監視"),
        ("testing", "Testing migrations"),
        ("migrating", "Testing migrations"),
        ("Shopfy", "Testing migrations"),
        ("hsopify", "Testing migrations"),
        ("プロメテウス", "サーバーレスの監視"),
        ("メルカリ", "Deep Learning at Mercari"),
        ("ディープラーニング", "Deep Learning at Mercari"),
        ("ロードバランサー", "A Load Balancer of our own"),
        ("loadbalancer", "A Load Balancer of our own"),
        ("LB", "A Load Balancer of our own"),
        ("DHH", "Testing migrations"),
        ("tailwindcss", "Deep Learning at Mercari"),
        ("37 signals", "Deep Learning at Mercari"),
        ("あおやま", "A Load Balancer of our own"),
        ("まつもとゆきひろ", "Deep Learning at Mercari"),
        ("高橋", "サーバーレスの監視"),
        ("高橋一郎", "サーバーレスの監視"),
        ("Lodz", "Keynote"),
        ("C++", "Deep Learning at Mercari"),
        ("2018年4月19日", "GKEのバッチ処理"),
        ("4/19", "GKEのバッチ処理"),
        ("平成30年4月19日", "GKEのバッチ処理"),
        ("April 19, 2018", "GKEのバッチ処理"),
        ("20180419", "GKEのバッチ処理"),
        ("May 2019 mercari", "Deep Learning at Mercari"),
        ("k8s 2019", "Panel"),
        ('"load balancer"', "A Load Balancer of our own"),
        ("kubernetes -GKE", "Panel"),
    ],
)
def test_what_is_found_first(ask: Ask, query: str, first: str) -> None:
    assert titles(ask(query))[:1] == [first]


@pytest.mark.parametrize(
    "query",
    [
        "猫",
        "量子計算",
        "Terraform",
        "今年度",
        "C#",
        "運設",
        '"balancer load"',
        "バッチリ",
        "2017年",
        "パッチ",
    ],
)
def test_what_is_nowhere_finds_nothing(ask: Ask, query: str) -> None:
    assert titles(ask(query)) == []


def test_what_begins_so_is_found_in_whatever_file(
    ask_of: Callable[[Mapping[str, list[Said]]], Ask], monkeypatch: pytest.MonkeyPatch
) -> None:
    # So small that words of one beginning are in several files.
    monkeypatch.setattr(postings, "_FILE_SIZE", 40)
    monkeypatch.setattr(postings, "_LARGEST_GROUP", 20)
    words = ["kubectl", "kubelet", "kubernetes", "kubeadm", "cube", "𐐶𐐲𐑉𐐼"]
    ask = ask_of({word: [(word.title(), word, (), "")] for word in words})
    assert set(titles(ask("kub"))) == {word.title() for word in words if word.startswith("kub")}
    assert titles(ask("𐐶𐐲𐑉")) == titles(ask("𐐶𐐲𐑉𐐼")) == ["𐐶𐐲𐑉𐐼".title()]


def test_words_are_left_out_where_no_record_has_all(ask: Ask) -> None:
    found = ask("Prometheus Terraform")
    assert titles(found) == ["サーバーレスの監視"]
    assert found["notes"]["without"] == ["Terraform"]
    assert not any(ask("サーバーレス Prometheus")["notes"].values())
    # A word that questions are made of is not missed.
    assert not any(ask("how does Prometheus 方法")["notes"].values())
    # Words that some results have, and others have not, are not left out.
    found = ask("Prometheus 37signals")
    assert set(titles(found)) == {"サーバーレスの監視", "Deep Learning at Mercari"}
    assert found["notes"] == {"meant": [], "without": [], "isPartial": True}


def test_a_slip_is_told(ask: Ask) -> None:
    assert ask("Shopfy")["notes"]["meant"] == [{"typed": "Shopfy", "meant": "shopify"}]


def test_what_is_written_so_ranks_before_what_is_like_it(ask: Ask) -> None:
    found = titles(ask("kubernetes"))
    assert found == ["Panel", "GKEのバッチ処理"]


def test_a_unquoted_minus_leaves_out(ask: Ask) -> None:
    assert titles(ask("kubernetes -バッチ")) == ["Panel"]


def test_the_newest_come_first_where_asked(ask: Ask) -> None:
    assert [one["date"] for one in ask("", order="date")["results"]][:2] == ["2019-05-01"] * 2


def test_filters_are_counted_and_narrow(ask: Ask) -> None:
    found = ask("2018年4月", topic=["T"])
    assert titles(found) == ["Testing migrations"]
    (topic,) = found["counts"]
    counts = {one["value"]: one["count"] for one in topic["values"]}
    assert counts == {"A": 1, "D": 0, "G": 1, "K": 0, "P": 0, "T": 1, "サ": 1}


def test_matches_are_marked_as_the_text_has_them(ask: Ask) -> None:
    assert ask("testing")["results"][0]["marks"] == ["tests"]
    (found,) = ask("バッチ")["results"]
    assert found["marks"] == ["バッチ"]
    assert ask("load")["results"][0]["marks"] == ["LoadBalancer"]


def test_of_a_date_no_character_is_marked_by_itself(ask: Ask) -> None:
    (found, *_others) = ask("2018年4月19日")["results"]
    assert "今年" in found["text"]
    assert found["marks"] == []


def test_a_date_is_found_in_digits_and_no_part_of_it(
    ask_of: Callable[[Mapping[str, list[Said]]], Ask],
) -> None:
    ask = ask_of({
        "a": [("20180419 Days", "", (), "2019-01-01"), ("Other", "Of 2018, and of 19", (), "")],
    })  # fmt: skip
    for whole in ("2018年4月19日", "2018/4/19", "April 19, 2018"):
        assert titles(ask(whole)) == ["20180419 Days"]
    for part in ("April 19", "April 2018"):
        assert titles(ask(part)) == []


def test_what_the_index_is_wrong_about_is_not_shown(ask: Ask) -> None:
    """A text with 今年 and 年度 has all pairs of 今年度."""
    assert ask("今年度")["total"] == 0
