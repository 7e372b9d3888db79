"""How a document is set: what may be said, what is reported of it, and how the pages look."""

import datetime as dt
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Built, Site
from printing import CONF, build, png, says
from typstprint.options import Options, merged, running_line

FACTS = {"title": "T", "author": "A", "date": "D", "revision": "R"}
LONG = "# Site\n\n" + "\n\n".join(f"## Part {n}\n\n" + "Words and words. " * 400 for n in "123")


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


def pages(pdf: Path) -> list[str]:
    """What each page says, its lines as they stand."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\f")[:-1]


def lefts(pdf: Path) -> list[float]:
    """Where the text of each page begins, in points."""
    done = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    found = [re.findall(r'xMin="([\d.]+)"', page) for page in done.stdout.split("<page ")[1:]]
    return [min(map(float, page)) for page in found]


# What may be said


@pytest.mark.parametrize(
    ("given", "reported"),
    [
        ({"acent": "#fff"}, "there is no setting “acent” (did you mean “accent”?)"),
        ({"zzz": 1}, "there is no setting “zzz”; there are paper, accent"),
        ({7: 1}, "there is no setting “7”"),
        ({"paper": "a99"}, "paper must be a paper that Typst knows, such as “a4”"),
        ({"paper": {}}, "such as “a4”, “a5”, “us-letter” or “jis-b5”, not {}"),
        ({"accent": "blue"}, "accent must be a colour such as “#1f5fa8”, not 'blue'"),
        ({"cover": "no"}, "cover must be True or False, not 'no'"),
        ({"contents": True}, "contents must be a number from 0 (none) to 6, not True"),
        ({"contents": 9}, "not 9"),
        ({"numbering": "§"}, "numbering must be a pattern of Typst's such as “1.1”"),
        ({"header": "{titel}"}, "with any of {title} {section}"),
        ({"header": "{title!r}"}, "not '{title!r}'"),
        ({"footer": "a|b|c|d"}, "“left|centre|right”"),
        ({"footer": "{"}, "not '{'"),
        ({"binding": "10"}, "binding must be a length such as “10mm”, not '10'"),
        ({"binding": '1mm")'}, "must be a length"),
        ({"marking": None}, "marking must be a text, not None"),
    ],
)
def test_what_is_wrong_is_reported_and_left_out(given: dict[Any, Any], reported: str) -> None:
    right, (fault,) = Options.checked({"date": "today", **given})
    assert reported in fault.text()
    assert right == {"date": "today"}


def test_a_documents_own_options_come_before_the_sites() -> None:
    options = merged({"contents": 2, "cover": False}, {"contents": 1}, is_book=True)
    assert (options.contents, options.cover) == (1, False)


def test_a_book_has_a_cover_and_contents() -> None:
    book = merged({}, {}, is_book=True)
    assert (book.cover, book.contents) == (True, 4)
    other = merged({}, {}, is_book=False)
    assert (other.cover, other.contents) == (False, 0)


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("", "((), (), (), )"),
        ("{title}", '(("T", ), (), (), )'),
        ("| {page} / {pages} |{date}", '((), (page-number(), " / ", page-count(), ), ("D", ), )'),
        ('{{{section}}} "', '(("{", section-title(), "}", " \\"", ), (), (), )'),
    ],
)
def test_the_parts_of_a_line(line: str, made: str) -> None:
    assert running_line(line, FACTS) == made


def test_a_bar_in_a_title_is_none_between_parts() -> None:
    assert running_line("{title}", {**FACTS, "title": "a|b"}) == '(("a|b", ), (), (), )'


# How it is reported by Sphinx


@pytest.mark.slow
def test_each_wrong_option_is_reported_once_and_all_is_built(book: Site) -> None:
    book.write({"other.md": "# Other\n\nFine\n"})
    documents = [
        ("index", "one", "", "", False, {"papr": "a5"}),
        ("other", "two", "", "", False, {"cover": 1}),
        ("other", "two"),
        ("other", "four", "", "", False, ["cover"]),
        ("other", "three", "", "", False, {}, "too much"),
    ]
    page = "# Site\n\n```{toctree}\nother\n```\n"
    wrong = {"accent": "red", "date": "A day"}
    built = build(book, page, typstprint_documents=documents, typstprint_options=wrong)
    reported = sorted(built.warnings)
    assert [line for line in reported if "typstprint_options: accent must be a colour" in line]
    assert [line for line in reported if "“one”: there is no setting “papr” (did you mean" in line]
    assert [line for line in reported if "“two”: cover must be True or False, not 1" in line]
    assert [line for line in reported if "two documents are to be “two”" in line]
    assert [line for line in reported if "two may do, not ('other', 'three'" in line]
    assert [line for line in reported if "“four”: options must be a dictionary, not ['cov" in line]
    assert len(reported) == 6
    assert sum("[typstprint.setting]" in line for line in reported) == 5
    assert says(built.outdir / "one.pdf", "A day")
    assert says(built.outdir / "two.pdf", "Fine")
    assert says(built.outdir / "four.pdf", "Fine")


# How it looks


def printed(book: Site, page: str, is_book: bool = False, **options: Any) -> Built:
    documents = [("index", "book", "", "", is_book, {"date": "A day", **options})]
    built = build(book, page, typstprint_documents=documents)
    assert built.warnings == []
    return built


@pytest.mark.slow
def test_head_and_foot_as_they_are_by_default(book: Site) -> None:
    first, second, *_ = found = pages(printed(book, LONG).outdir / "book.pdf")
    assert first.split()[0] == "Site"
    assert "Site" not in "\n".join(first.splitlines()[1:])
    assert second.splitlines()[0].split() == ["Site"]
    for number, page in enumerate(found, 1):
        foot = "".join(page.splitlines()[-1].split())
        assert foot == f"{number}/{len(found)}Aday"


@pytest.mark.slow
def test_head_and_foot_of_ones_own(book: Site) -> None:
    header, footer = "{section}|{author}|{revision}", "x * y {{}}|#panic()"
    built = printed(book, LONG, header=header, footer=footer)
    *_, last = pages(built.outdir / "book.pdf")
    head, foot = last.splitlines()[0], last.splitlines()[-1]
    assert re.fullmatch(r" *Part 3 +The authors *", head)
    assert re.fullmatch(r" *x \* y \{\} +#panic\(\) *", foot)


@pytest.mark.slow
def test_the_marking_stands_on_every_page(book: Site) -> None:
    built = printed(book, LONG, is_book=True, marking="社外秘 #1")
    found = pages(built.outdir / "book.pdf")
    assert len(found) > 3
    assert all(page.count("社外秘 #1") == 1 for page in found)


@pytest.mark.slow
def test_a_cover_has_title_author_and_date_and_no_page_number(book: Site) -> None:
    found = pages(printed(book, LONG, is_book=True).outdir / "book.pdf")
    assert found[0].split() == "Site The authors A day".split()
    assert "Part 1 . ." in found[1]
    assert "Contents" in found[1]


@pytest.mark.slow
def test_a_book_without_cover_and_contents(book: Site) -> None:
    built = printed(book, LONG, is_book=True, cover=False, contents=0)
    first = pages(built.outdir / "book.pdf")[0]
    assert "Part 1" in first
    assert ". ." not in first


@pytest.mark.slow
def test_contents_go_as_deep_as_asked(book: Site) -> None:
    page = "# Site\n\n## A\n\n### B\n\n#### C\n\nwords\n"
    (first,) = pages(printed(book, page, contents=2).outdir / "book.pdf")
    assert [name for name in "ABC" if f"{name} . ." in first] == ["A", "B"]


@pytest.mark.slow
def test_headings_are_numbered(book: Site) -> None:
    page = "# Site\n\n## A\n\n### B\n\nwords\n"
    (first,) = pages(printed(book, page, numbering="1.a").outdir / "book.pdf")
    assert "".join(first.split()).startswith("Site1A1.aBwords")


@pytest.mark.slow
def test_room_for_holes(book: Site) -> None:
    plain = lefts(printed(book, LONG).outdir / "book.pdf")
    wider = lefts(printed(book, LONG, binding="10mm").outdir / "book.pdf")
    ten = 10 / 25.4 * 72
    assert all(abs(two - one - ten) < 0.1 for one, two in zip(plain, wider, strict=False))
    odd, even = lefts(printed(book, LONG, binding="10mm", two_sided=True).outdir / "book.pdf")[:2]
    assert abs(odd - wider[0]) < 0.1
    assert abs(even - plain[1]) < 0.1


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "size"), [("a4", "595.276 x 841.89"), ("a5", "419.528 x 595.2")])
def test_paper(book: Site, paper: str, size: str) -> None:
    built = printed(book, "# Site\n", paper=paper)
    command = ["pdfinfo", str(built.outdir / "book.pdf")]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"Page size: +{re.escape(size)}", output)


@pytest.mark.slow
def test_the_accent_is_of_links_and_of_what_is_noted(book: Site) -> None:
    page = "# Site\n\n[x](https://a.example)\n\n:::{note}\nwords\n:::\n"
    source = printed(book, page, accent="#aa0011").text("book.typ")
    assert 'accent: rgb("#aa0011")' in source


# The date


def dated(book: Site, page: str = "# Site\n", **conf: Any) -> str:
    built = build(book, page, **conf)
    assert built.warnings == []
    (date,) = re.findall(r' date: "(.*?)"', built.text("book.typ"))
    return str(date)


@pytest.mark.slow
def test_no_date_is_of_a_file(
    make_site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same source, in another folder and on another day, makes the same PDF."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = []
    for name, seconds in (("one", 1_500_000_000), ("two", 1_700_000_000)):
        site = make_site(name)
        site.write({"conf.py": CONF})
        assert dated(site) == ""
        for file in site.folder.glob("*.*"):
            os.utime(file, (seconds, seconds))
        pdf = site.folder / "_build" / "typstprint" / "book.pdf"
        before = pdf.stat().st_mtime_ns
        assert dated(site) == ""
        assert pdf.stat().st_mtime_ns == before
        made.append(pdf.read_bytes())
    assert made[0] == made[1]


@pytest.mark.slow
def test_the_date_is_what_a_site_or_a_document_says(
    book: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    monkeypatch.setenv("TZ", "Pacific/Honolulu")
    assert dated(book, today_fmt="%Y/%m/%d") == "2017/07/14"
    assert dated(book, today="Once") == "Once"
    assert dated(book, today="Once", typstprint_options={"date": "Now"}) == "Now"
    day = dt.date(2018, 4, 19)
    assert dated(book, today="Once", typstprint_options={"date": day}) == "Apr 19, 2018"
    info = subprocess.run(
        ["pdfinfo", "-isodates", str(book.folder / "_build" / "typstprint" / "book.pdf")],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert re.findall(r"Date: +(\S+)", info) == ["2018-04-19T00:00:00Z"] * 2


@pytest.mark.slow
def test_a_standard_that_asks_for_a_date_has_one(
    book: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert dated(book, typstprint_standards=["a-2a"]) == ""


# Together


TITLES = """\
# Site[^1]

See [inner](#inner), [second](#h2) and [the top](#top).

## A note[^2], [a target]{#inner}, `code`, $x^2$, [a link](https://example.org)

words

(h2)=
## Second ![img](dot.png) *emph*

words[^2]

[^1]: The first note
[^2]: The second note
"""


@pytest.mark.slow
def test_titles_are_copied_to_contents_and_heads_with_all_that_is_in_them(book: Site) -> None:
    """For everybody, as the compiler checks it: an artifact may have no link, for one."""
    (book.folder / "dot.png").write_bytes(png())
    options = {
        "header": "{section}|{author}|{title}",
        "marking": "社外秘",
        "numbering": "1.1",
        "two_sided": True,
        "binding": "10mm",
        "date": "A day",
    }
    documents = [("index", "book", "", "", True, options)]
    conf: dict[str, Any] = {"typstprint_documents": documents, "typstprint_standards": ["ua-1"]}
    built = build(book, f"(top)=\n{TITLES}", myst_heading_anchors=2, **conf)
    assert built.warnings == []
    *_, last = pages(built.outdir / "book.pdf")
    # A title has no note: that stands below it, once; and where else it is called.
    assert "".join(last.split()).count("Thefirstnote") == 1
    assert "".join(last.split()).count("Thesecondnote") == 2
    assert "Anote,atarget,code,𝑥2,alinkTheauthorsSite" in "".join(last.split())
    # All that is referred to has a place, the document's own title too.
    source = built.text("book.typ")
    for place in ("inner", "h2", "top"):
        assert f'reference("index#{place}"' in source
        assert f'"index#{place}"' in source.replace(f'reference("index#{place}"', "")
