"""Whatever is printed stands on the page, apart from the rest of it."""

import itertools
import re
import subprocess
import textwrap
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from conftest import Built, Site
from printing import CONF, build, codes, png, squeezed, written

pytestmark = [pytest.mark.slow, pytest.mark.once]

MM = 72 / 25.4
URL = (
    "https://example.org/very/long/path/with-a-slug-that-goes-on/index.html?query=abcdefghijklm&b=1"
)
NAME = "a_very_long_identifier_that_has_no_blank_at_all_and_goes_on_for_more_than_one_whole_line_ok"
NONE = "X" * 140
WORD = "internationalization"
CODE = f"curl -sSL {URL}{URL} | bash -s -- --yes {NAME}({NONE})"

CROWDED = f"""
# Site {NAME}

## A heading with {NAME}{NAME}

Words {URL} and `{NAME}` and `{CODE}` and {NONE}, [{URL}]({URL}), **{NONE}**.

- {URL}
  - {NAME} `{NAME}`

    1. {NONE}

| one | two | three | four | five | six |
| --- | --- | --- | --- | --- | --- |
| {URL} | {NAME} | `{NAME}` | {WORD} | [{NAME}]({URL}) | words and words |
| {WORD} | {WORD} | {WORD} | {WORD} | {WORD} | {WORD} |

```{{list-table}} A caption with {NAME}{NAME}
:header-rows: 1
:widths: 10 10 80

* - {WORD}
  - `{NAME}`
  - b
* - {URL}
  - {NAME}
  - {CODE}
```

```python
{NAME}.{NAME}({NAME}={NAME}, x="{NONE}")
```

```{{code-block}} text
:linenos:
:caption: {NAME}{NAME}

{CODE}
{NONE}
```

:::{{admonition}} {NAME}{NAME}
{URL}
:::

:::{{dropdown}} {NAME}{NAME}
{NONE}
:::

::::{{grid}} 3
:::{{grid-item-card}} {NAME}
{URL}
:::
:::{{grid-item-card}} Two
{NONE}
:::
::::

{{bdg}}`{NAME}`

:{NAME}: {URL}

{NAME}
: {URL}

Words[^1].

[^1]: {URL} {NAME} {NONE}

```{{figure}} wide.png
:width: 3000px

{NAME}{NAME}

{URL}
```

![x](tall.png)
"""


class Word(NamedTuple):
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def words(pdf: Path) -> list[Word]:
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pattern = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<'
    return [
        Word(number, float(left), float(top), float(right), float(bottom), text)
        for number, page in enumerate(output.split("<page ")[1:], 1)
        for left, top, right, bottom, text in re.findall(pattern, page)
    ]


def outside(pdf: Path, left: float, right: float, width: float = 210, height: float = 297) -> Any:
    """Words beyond the margins at the sides (in mm), or the edges of the page."""
    return [
        word
        for word in words(pdf)
        if word.left < left * MM - 1
        or word.right > (width - right) * MM + 1
        or word.top < 0
        or word.bottom > height * MM
    ]


def overlapping(pdf: Path) -> list[tuple[str, str]]:
    """Words that are printed over each other; what stands close on lines above is not meant."""

    def overlap(one: Word, other: Word) -> bool:
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        lower = min(one.bottom - one.top, other.bottom - other.top)
        return one.page == other.page and across > 1.5 and down > 0.6 * lower

    pairs = itertools.combinations(words(pdf), 2)
    return [(one.text, other.text) for one, other in pairs if overlap(one, other)]


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    (site.folder / "wide.png").write_bytes(png(width=3000, height=30))
    (site.folder / "tall.png").write_bytes(png(width=30, height=3000))
    return site


def printed(book: Site, page: str, **conf: Any) -> Built:
    documents = [("index", "book", "", "", False)]
    built = build(book, page, **{"typstprint_documents": documents, **conf})
    assert built.warnings == []
    return built


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("show", ["no", "inline", "footnote", "qr"])
def test_nothing_goes_over_the_edge(book: Site, language: str, show: str) -> None:
    built = printed(book, CROWDED, language=language, typstprint_show_urls=show)
    pdf = built.outdir / "book.pdf"
    assert outside(pdf, 20, 20) == []
    assert overlapping(pdf) == []
    # And all of it is there, hyphens of English apart.
    found = squeezed(written(pdf))
    for text in (URL, NAME, NONE):
        assert text in found


def test_nor_on_small_paper_with_room_for_holes(book: Site) -> None:
    options = {"paper": "a5", "binding": "10mm"}
    built = printed(book, CROWDED, typstprint_options=options)
    pdf = built.outdir / "book.pdf"
    assert outside(pdf, 25, 15, 148, 210) == []
    assert overlapping(pdf) == []


def test_a_title_that_is_long_wraps_on_the_cover_and_in_the_head(book: Site) -> None:
    documents = [("index", "book", f"Title {NAME}{NONE}", f"Author {NAME}", True)]
    built = printed(book, CROWDED, typstprint_documents=documents)
    pdf = built.outdir / "book.pdf"
    assert outside(pdf, 20, 20) == []
    assert overlapping(pdf) == []


def test_a_heading_stands_on_the_page_of_what_it_heads(book: Site) -> None:
    """Wherever on the page it falls."""
    pages = "\n".join(
        f"## Heading {number}\n\n{'words ' * (13 * (number % 7 + 3))}\n" for number in range(60)
    )
    built = printed(book, f"# Site\n\n{pages}")
    on_page: dict[int, list[Word]] = {}
    for word in words(built.outdir / "book.pdf"):
        if word.top > 22 * MM - 5 and word.bottom < 277 * MM + 5:
            on_page.setdefault(word.page, []).append(word)
    assert len(on_page) > 4
    for page in on_page.values():
        assert page[-1].text == "words"


def test_so_does_one_after_pages_of_headings_alone(book: Site) -> None:
    """They do not all keep to what comes next: that would be of no use."""
    empty = "## Empty\n\n% unseen\n\n"
    parts = "".join(
        f"{empty * (20 + number)}## Lead{number}\n\ntext{number}\n\n" for number in range(36)
    )
    page_of = {
        word.text: word.page
        for word in words(printed(book, f"# Site\n\n{parts}").outdir / "book.pdf")
        if word.top > 18 * MM  # It is not in the head of the page.
    }
    assert max(page_of.values()) > 30
    for number in range(36):
        assert page_of[f"Lead{number}"] == page_of[f"text{number}"]


def test_short_lists_and_rows_of_tables_stay_whole(book: Site) -> None:
    lists = "\n".join(
        f"{'words ' * (17 * (number % 5 + 1))}\n\n- first{number}\n- second\n- third{number}\n"
        for number in range(40)
    )
    rows = "\n".join(f"| a{number} | {'words ' * 60} b{number} |" for number in range(40))
    built = printed(book, f"# Site\n\n{lists}\n\n| x | y |\n| --- | --- |\n{rows}\n")
    page_of = {word.text: word.page for word in words(built.outdir / "book.pdf")}
    for number in range(40):
        assert page_of[f"first{number}"] == page_of[f"third{number}"]
        assert page_of[f"a{number}"] == page_of[f"b{number}"]


def test_a_short_list_is_as_close_to_its_paragraph_as_a_long_one(book: Site) -> None:
    items = "\n".join(f"- item{number}" for number in range(9))
    built = printed(book, f"# Site\n\nshort\n\n- first\n- second\n\nlong\n\n{items}\n\nafter\n")
    top = {word.text: word.top for word in words(built.outdir / "book.pdf")}
    assert abs(top["first"] - top["short"] - (top["item0"] - top["long"])) < 0.1
    assert abs(top["long"] - top["second"] - (top["after"] - top["item8"])) < 1.5


def test_short_tables_stay_whole(book: Site) -> None:
    parts = "\n".join(
        f"{'words ' * (17 * (number % 6 + 1))}\n\n"
        f"| first{number} | x |\n| --- | --- |\n| a | b |\n| a | b |\n| last{number} | x |\n"
        for number in range(40)
    )
    built = printed(book, f"# Site\n\n{parts}")
    page_of = {word.text: word.page for word in words(built.outdir / "book.pdf")}
    assert max(page_of.values()) > 2
    assert all(page_of[f"first{number}"] == page_of[f"last{number}"] for number in range(40))


def test_the_head_of_a_table_is_on_each_of_its_pages(book: Site) -> None:
    rows = "\n".join(f"| a{number} | b |" for number in range(120))
    built = printed(book, f"# Site\n\n| Headword | y |\n| --- | --- |\n{rows}\n")
    found = words(built.outdir / "book.pdf")
    pages = {word.page for word in found}
    assert len(pages) > 2
    assert {word.page for word in found if word.text == "Headword"} == pages


def test_the_caption_of_a_table_and_of_code_stands_on_its_page(book: Site) -> None:
    table = "```{{list-table}} Caption{0}\n\n* - Cell{0}\n  - {1}\n```\n"
    code = "```{{code-block}} text\n:caption: Above{0}\n\nLine{0}\n```\n"
    parts = "\n".join(
        f"{'words ' * (17 * (number % 6 + 1))}\n\n"
        f"{table.format(number, 'words ' * 30)}\n{code.format(number)}"
        for number in range(30)
    )
    built = printed(book, f"# Site\n\n{parts}")
    page_of = {word.text: word.page for word in words(built.outdir / "book.pdf")}
    assert max(page_of.values()) > 4
    for number in range(30):
        assert page_of[f"Caption{number}"] == page_of[f"Cell{number}"]
        assert page_of[f"Above{number}"] == page_of[f"Line{number}"]


def test_a_figure_and_its_caption_are_on_one_page_in_this_order(book: Site) -> None:
    figure = "```{figure} tall.png\n:alt: x\n\nThe caption\n\nThe legend\n```\n"
    built = printed(book, f"# Site\n\n{'words ' * 300}\n\n{figure}")
    found = {word.text: word for word in words(built.outdir / "book.pdf")}
    caption, legend = found["caption"], found["legend"]
    assert caption.page == legend.page == 2
    assert caption.bottom < legend.bottom < 277 * MM


def tops(pdf: Path) -> dict[str, float]:
    return {word.text: word.top for word in words(pdf)}


def test_lines_of_a_parsed_literal_stay_lines(book: Site) -> None:
    literal = "```{eval-rst}\n.. parsed-literal::\n\n   one *two*\n     three\n```\n"
    found = {
        word.text: word for word in words(printed(book, f"# Site\n\n{literal}").outdir / "book.pdf")
    }
    assert abs(found["one"].top - found["two"].top) < 2
    assert found["three"].top > found["one"].bottom
    assert found["three"].left > found["one"].left + 5


def test_names_of_an_option_have_commas_between(book: Site) -> None:
    built = printed(book, "# Site\n\n```{eval-rst}\n-o, --output FILE  where to\n```\n")
    assert "-o, --output" in written(built.outdir / "book.pdf")


def test_code_and_formulas_stand_off_from_japanese_as_words_do(book: Site) -> None:
    built = printed(book, "# Site\n\nこの`x`と $y$ が、`z`（値）。あ $w$い\n", language="ja")
    source = built.text("book.typ")
    assert source.count("cjk-gap()") == 3
    within = re.search(r'"この"\n(.*?)"と "', source, re.DOTALL)
    assert within is not None
    assert within[1].split() == ["cjk-gap()", 'raw("x")', "cjk-gap()"]


TABLE = f"""
# Site

| Key | Meaning | Form | Sample |
| --- | --- | --- | --- |
| `name` | {"words of a long text " * 20} | {"a form " * 6} | words |
| `kind` | short | text | {"a longer sample " * 4} |
"""


def test_who_has_much_to_say_has_a_wide_column(book: Site) -> None:
    found = {word.text: word for word in words(printed(book, TABLE).outdir / "book.pdf")}
    starts = [found[name].left for name in ("Key", "Meaning", "Form", "Sample")]
    widths = [after - before for before, after in itertools.pairwise(starts)]
    assert widths[1] > 1.25 * widths[2] > 0
    assert widths[0] < 50


def test_a_column_of_few_words_leaves_the_room_to_that_of_many(book: Site) -> None:
    """One long text in it is broken, not those of all rows beside it."""
    title = "This is the title that the talk has, or so"
    rows = "".join(
        f"| 10:{number}–11:{number} | talk{number} {title} end{number} |"
        f" {'Ann of a company that has a long name' if number == 40 else 'Bob'} |\n"
        for number in range(30, 50)
    )
    page = f"# Site\n\n| Time | Title | Speaker |\n| --- | --- | --- |\n{rows}"
    found = {word.text: word for word in words(printed(book, page).outdir / "book.pdf")}
    for number in range(30, 50):
        assert found[f"talk{number}"].top == found[f"end{number}"].top
        assert f"10:{number}–11:{number}" in found
    assert found["long"].top > found["Ann"].bottom


def test_a_table_as_wide_as_its_words_is_no_wider(book: Site) -> None:
    page = "# Site\n\n| Key | Other |\n| --- | --- |\n| a | b |\n"
    found = {word.text: word for word in words(printed(book, page).outdir / "book.pdf")}
    assert found["Other"].left - found["Key"].right < 20


def test_code_in_a_narrow_column_is_no_larger(book: Site) -> None:
    head = "|" + " h |" * 8 + "\n|" + " - |" * 8 + "\n"
    cells = "|" + " `mono` |" * 7 + f" {'words ' * 60} |\n"
    pdf = printed(book, f"# Site\n\n`mono`\n\n{head}{cells}").outdir / "book.pdf"
    widths = [word.right - word.left for word in words(pdf) if word.text == "mono"]
    assert len(widths) == 8
    assert max(widths) - min(widths) < 0.1


def test_short_code_stays_whole(book: Site) -> None:
    code = "```text\nfirst{0}\n" + "line\n" * 10 + "last{0}\n```\n"
    parts = "\n".join(
        f"{'words ' * (17 * (number % 6 + 1))}\n\n{code.format(number)}" for number in range(25)
    )
    page_of = {
        word.text: word.page
        for word in words(printed(book, f"# Site\n\n{parts}").outdir / "book.pdf")
    }
    assert max(page_of.values()) > 4
    assert all(page_of[f"first{number}"] == page_of[f"last{number}"] for number in range(25))


def test_a_line_that_leads_to_a_table_or_to_code_stands_on_its_page(book: Site) -> None:
    parts = "\n".join(
        f"{'words ' * (17 * (number % 6 + 1))}\n\nlead{number}:\n\n"
        + (
            f"```text\nshown{number}\nx\n```"
            if number % 2
            else f"| shown{number} |\n| --- |\n| x |"
        )
        + "\n"
        for number in range(50)
    )
    pdf = printed(book, f"# Site\n\n{parts}").outdir / "book.pdf"
    page_of = {word.text.strip(":"): word.page for word in words(pdf)}
    assert max(page_of.values()) > 4
    assert all(page_of[f"lead{number}"] == page_of[f"shown{number}"] for number in range(50))


def test_captions_of_code_have_their_numbers(book: Site) -> None:
    code = "```{code-block} text\n:caption: Above\n:name: below\n\nx\n```\n\n{numref}`below`\n"
    text = written(printed(book, f"# Site\n\n{code}", numfig=True).outdir / "book.pdf")
    assert len(re.findall(r"Listing 1\b", text)) == 2


@pytest.mark.parametrize("line", ["{title}", "{title}|{title}|{title}", "|{title}", "a||{title}"])
def test_the_head_of_a_page_is_one_line_clear_of_the_marking(book: Site, line: str) -> None:
    options = {"header": line, "marking": "For nobody but those who are named here"}
    documents = [("index", "book", "A long title of a report " * 8, "", False, options)]
    built = printed(book, f"# Site\n\n{'words ' * 900}", typstprint_documents=documents)
    pdf = built.outdir / "book.pdf"
    second = [word for word in words(pdf) if word.page == 2 and word.top < 22 * MM - 5]
    heads = [word for word in second if word.text in ("A", "long", "title", "of", "report", "a")]
    assert len({round(word.top) for word in heads}) == 1
    lowest = max(word.bottom for word in second if word.text == "nobody")
    assert lowest < heads[0].top
    assert outside(pdf, 10, 10) == []
    assert [pair for pair in overlapping(pdf) if "words" not in pair] == []


def test_the_back_of_a_sheet_before_a_new_part_is_blank(book: Site) -> None:
    built = printed(
        book,
        "# Site\n\n## One\n\nwords\n",
        typstprint_options={"two_sided": True},
        typstprint_documents=[("index", "book", "", "", True)],
    )
    found = words(built.outdir / "book.pdf")
    assert {word.page for word in found} == {1, 3, 5}


def test_a_code_of_a_long_address_is_large_enough_to_be_read(book: Site, tmp_path: Path) -> None:
    short, long = "https://example.com/", f"https://example.com/{'abcdefghi/' * 40}"
    page = f"# Site\n\n[one]({short})\n\n[two]({long})\n\nafter\n"
    pdf = printed(book, page, typstprint_show_urls="qr").outdir / "book.pdf"
    assert sorted(codes(pdf, tmp_path)) == [short, long]
    # Half as large again as the 15 mm of one that is short.
    beside = [word.left for word in words(pdf) if word.text.startswith("https://")]
    assert len(beside) == 2
    assert beside[0] - 20 * MM < 18 * MM
    assert beside[1] - 20 * MM > 22 * MM


def test_a_code_stands_with_the_card_that_its_link_is_in(book: Site) -> None:
    card = ":::{{card}} {0}\n:link: https://example.com/{0}\nText\n:::\n\n"
    pages = "".join(card.format(name) for name in ("one", "two"))
    pdf = printed(book, f"# Site\n\n{pages}", typstprint_show_urls="qr").outdir / "book.pdf"
    top = tops(pdf)
    assert top["one"] < top["https://example.com/one"] < top["two"]


def test_the_second_line_of_a_task_begins_where_its_first_does(book: Site) -> None:
    pdf = printed(book, f"# Site\n\n- [ ] first {'words ' * 20} last\n").outdir / "book.pdf"
    found = [word for word in words(pdf) if word.text in ("first", "words")]
    second = min(word.left for word in found if word.top > found[0].top + 5)
    assert abs(second - found[0].left) < 1.5


def test_items_without_a_box_keep_their_bullets(book: Site) -> None:
    page = "# Site\n\n- plain\n- [ ] open\n- [x] done\n  - within\n"
    pdf = printed(book, page).outdir / "book.pdf"
    found = [word.text for word in words(pdf)]
    left = {word.text: word.left for word in words(pdf)}
    assert found[found.index("plain") - 1] == "•"
    assert "•" not in found[found.index("plain") : found.index("done")]
    assert abs(left["plain"] - left["open"]) < 1.5
    assert found[found.index("within") - 1] == "–"
    assert left["within"] - left["done"] > 5


PICTURE = "![]({name}.png)"
#: Things that would stay whole if they held text; each picture is as wide as there.
TALL = {
    "list": "- one\n\n  {picture}\n" * 4,
    "table": "| a | b |\n|---|---|\n" + "| r | {picture} |\n" * 4,
    "card": "::::{grid} 1\n:::{grid-item-card} Card\n\n" + "{picture}\n\n" * 4 + ":::\n::::\n",
}


def red(pdf: Path, folder: Path) -> int:
    """How many pixels of the rendered pages are red."""
    subprocess.run(["pdftoppm", "-r", "40", str(pdf), str(folder / pdf.stem)], check=True)
    pages = sorted(folder.glob(f"{pdf.stem}-*.ppm"))
    found = 0
    for page in pages:
        _magic, _size, _depth, pixels = page.read_bytes().split(b"\n", 3)
        triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
        found += sum(r > 200 and g < 60 and b < 60 for r, g, b in triples)
    return found


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_pictures_that_fill_pages_are_all_there(site: Site, tmp_path: Path, paper: str) -> None:
    (site.folder / "red.png").write_bytes(png(b"\xff\0\0", 300, 300))
    (site.folder / "none.png").write_bytes(png(b"\xff\xff\xff", 300, 300))
    documents = []
    for name, thing in TALL.items():
        for count in (1, 4):
            text = thing
            for number in range(4):
                shown = PICTURE.format(name="red" if number < count else "none")
                text = text.replace("{picture}", shown, 1)
            site.write({f"{name}{count}.md": f"# Page\n\n{text}"})
            documents.append((f"{name}{count}", f"{name}{count}", "Page", ""))
    built = site.build(
        "typstprint",
        extensions=["myst_parser", "sphinx_design", "typstprint"],
        myst_enable_extensions=["colon_fence"],
        typstprint_documents=documents,
        typstprint_options={"paper": paper},
    )
    for name in TALL:
        one, four = (red(built.outdir / f"{name}{count}.pdf", tmp_path) for count in (1, 4))
        assert one > 5000
        assert four / one == pytest.approx(4, rel=0.03), name


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_lines_that_fill_pages_are_all_there(site: Site, paper: str) -> None:
    lines = "\n\n".join(f"line {number}" for number in range(90))
    cell = f"```{{list-table}}\n* - a\n  - {textwrap.indent(lines, '    ').strip()}\n```\n"
    card = f"::::{{grid}} 1\n:::{{grid-item-card}} Long\n\n{lines}\n:::\n::::\n"
    code = "```text\n" + "\n".join("word " * 60 + f"line {n}" for n in range(15)) + "\n```\n"
    site.write({"index.md": f"# Page\n\n{cell}\n\n{card}\n\n{code}\n\nthe end"})
    built = site.build(
        "typstprint",
        extensions=["myst_parser", "sphinx_design", "typstprint"],
        myst_enable_extensions=["colon_fence"],
        typstprint_options={"paper": paper},
    )
    assert built.warnings == []
    text = written(next(built.outdir.glob("*.pdf")))
    for number in range(90):
        times = 3 if number < 15 else 2
        assert len(re.findall(rf"\bline\s+{number}\b", text)) == times, number
    assert "the end" in text
