"""PDF by Typst: what pages say is in it, whatever they say, and what is wrong has its place."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import typstprint
from conftest import Built, Site
from printing import CONF, CONSTRUCTS, REFERENCE, build, codes, png, says, squeezed, written
from typstprint.markup import string

pytestmark = pytest.mark.slow

WILD = settings(max_examples=200)


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


SAID = """
Words with emphasis, strength, code, struck ones|Ctrl|Site|Lists|one|two|1. three
with a paragraph
3) third|4) fourth|Term|Its definition|Field|Its body|to do|done|A quotation|its source
def answer():|"forty two"|A caption of code|7 echo first|8 echo second|A note's words
A title of its own|Its words|A topic|Its content|1.2|What came|left|a cell|1,234|A table's caption
Other head|Other body|The figure's caption|The figure's legend|What the footnote says|a link
https://example.org/in/words|(1)|A card|Its body|Another|One tab|Content of one|Folded
Unfolded on paper|badge
"""

REFERENCE_SAID = """
https://example.org/badge|Press|An orchestrator|See Kubernetes and Fig. 1.|Fig. 1 Cap|in a row
--foo|Foo it|f(x, y=1)|an argument|statement ::= first|Typst only|-b file|option b|line one
line two|[Cit]|A citation|1.0|old|CENTER|Quote|Someone|text emph
>>> 1 + 1|Cancel|a/b|rm|RFC 2324|Title|Folded|Side|Bar|conf.py
"""


def test_what_reference_pages_use_is_in_the_pdf(book: Site) -> None:
    (book.folder / "dot.png").write_bytes(png())
    numbers: dict[str, Any] = {"numfig": True, "numfig_format": {"figure": "Fig. %s"}}
    built = build(book, REFERENCE, typstprint_standards=["ua-1"], **numbers)
    assert built.warnings == []
    text = squeezed(written(built.outdir / "book.pdf"))
    said = [words for line in REFERENCE_SAID.strip().splitlines() for words in line.split("|")]
    assert [words for words in said if squeezed(words) not in text] == []
    assert "HTMLonly" not in text


@pytest.fixture
def constructs(book: Site) -> Built:
    (book.folder / "dot.png").write_bytes(png())
    return build(book, CONSTRUCTS)


def test_every_construct_of_notes_is_in_the_pdf(constructs: Built) -> None:
    assert constructs.warnings == []
    path = constructs.outdir / "book.pdf"
    text = squeezed(written(path))
    said = [words for line in SAID.strip().splitlines() for words in line.split("|")]
    assert [words for words in said if squeezed(words) not in text] == []


def test_a_footnote_that_is_referred_to_twice_is_there_once(constructs: Built) -> None:
    assert squeezed(written(constructs.outdir / "book.pdf")).count("Whatthefootnotesays") == 1


def test_the_pdf_has_a_title_a_language_an_outline_and_tags(constructs: Built) -> None:
    path = constructs.outdir / "book.pdf"
    done = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True)
    info = {key: " ".join(value.split()) for key, value in re.findall(r"(.+?):(.*)", done.stdout)}
    assert info["Title"] == "Site"
    assert info["Author"] == "The authors"
    assert info["Tagged"] == "yes"
    data = path.read_bytes()
    assert b"/Lang(en)" in data
    assert b"/Outlines" in data


def test_it_is_accessible_as_the_compiler_sees_it(book: Site) -> None:
    (book.folder / "dot.png").write_bytes(png())
    assert build(book, CONSTRUCTS, typstprint_standards=["ua-1"]).warnings == []


def test_the_same_input_gives_the_same_bytes(book: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (book.folder / "dot.png").write_bytes(png())
    first = (build(book, CONSTRUCTS).outdir / "book.pdf").read_bytes()
    shutil.rmtree(book.folder / "_build")
    assert (build(book, CONSTRUCTS).outdir / "book.pdf").read_bytes() == first


def test_sources_alone(book: Site) -> None:
    built = build(book, "# Title\n\nWords\n", "typstprint-src")
    assert built.warnings == []
    assert '"Words"' in built.text("book.typ")
    assert (built.outdir / "template.typ").is_file()
    assert not list(built.outdir.glob("*.pdf"))


HOSTILE = [
    "# = - + / * _ ` $ < > @ [ ] { } \\ ~ ' \"",
    '#panic("x") #{ } $x$ // not a comment /* nor this */ http://a.example',
    "1. 2) - + = == <label> @reference \\u{41} \\n --- -- ... 'a' \"b\"",
    "日本語、「括弧」と ｶﾅ と 𠮷 と 🍣 é ① ㈱",
    '"); panic("y"); ("',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text(book: Site, text: str) -> None:
    """In a title, a paragraph, code, a link, a cell and a caption."""
    title = re.sub(r"([^\w\s])", r"\\\1", text) if text.isascii() else text
    page = (
        f"# Site\n\n## {title}\n\n{title}\n\n```text\n{text}\n```\n\n[{title}](https://a.example)\n"
    )
    built = build(book, page)
    assert built.warnings == []
    found = squeezed(written(built.outdir / "book.pdf"))
    # Of symbols that no font has, the outline may say nothing; letters are all there.
    assert found.count(squeezed(text).replace("🍣", "")) >= 3 or "🍣" in text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
@WILD
def test_a_literal_holds_any_text(text: str) -> None:
    literal = string(text)
    assert literal[0] == literal[-1] == '"'
    inner = literal[1:-1]
    # Only escapes that Typst knows, and no quote that would end it.
    assert re.fullmatch(r'(?:[^"\\\x00-\x1f]|\\["\\nrt]|\\u\{[0-9a-f]+\})*', inner, re.DOTALL)


def test_lines_of_japanese_join_without_a_blank(book: Site) -> None:
    built = build(book, "# 題\n\n一行目は\n二行目に続く。\n", language="ja")
    assert "一行目は二行目に続く。" in written(built.outdir / "book.pdf")


def test_a_fault_of_the_compilers_is_reported_at_its_page_and_costs_its_place(book: Site) -> None:
    book.write({"other.md": "# Other\n\nFine\n"})
    page = "# Site\n\nWords\n\n```{raw} typst\n#undefined-name\n```\n\n```{toctree}\nother\n```\n"
    documents = [("index", "broken", "", "", False), ("other", "fine", "", "", False)]
    built = build(book, page, typstprint_documents=documents)
    (line,) = [line for line in built.warnings if "undefined" in line]
    assert "index.md:5" in line or "index.md:3" in line
    assert "unknown variable: undefined" in line
    assert says(built.outdir / "broken.pdf", "Words #undefined-name")
    assert says(built.outdir / "fine.pdf", "Fine")


def test_a_node_that_nobody_knows_prints_its_words_and_is_reported_once(book: Site) -> None:
    book.write(
        {
            "strange.py": """
            from docutils import nodes
            from sphinx.util.docutils import SphinxDirective

            class strange(nodes.General, nodes.Element):
                pass

            class Strange(SphinxDirective):
                has_content = True

                def run(self):
                    return [strange("", *self.parse_content_to_nodes())]

            def setup(app):
                app.add_directive("strange", Strange)
                return {"parallel_read_safe": True}
            """,
        }
    )
    conf = f'import sys\nsys.path.insert(0, {str(book.folder)!r})\nextensions += ["strange"]\n'
    (book.folder / "conf.py").write_text(CONF + conf, encoding="utf-8")
    text = "# Site\n\n```{strange}\nfirst\n```\n\n```{strange}\nsecond\n```\n"
    built = build(book, text)
    (warning,) = built.warnings
    assert "strange" in warning
    assert "[typstprint.unknown_node]" in warning
    assert says(built.outdir / "book.pdf", "first")
    assert says(built.outdir / "book.pdf", "second")


def test_a_reference_out_of_the_document_is_its_words(book: Site) -> None:
    book.write({"other.md": "# Other\n\nFine\n"})
    page = (
        "# Site\n\n[See there](other.md) and [here](#part)\n\n## Part\n\n```{toctree}\nother\n```\n"
    )
    documents = [("index", "one", "", "", False)]
    built = build(book, page, typstprint_documents=documents, myst_heading_anchors=2)
    assert built.warnings == []
    assert says(built.outdir / "one.pdf", "See there and here")


@pytest.mark.parametrize(("show", "count"), [("no", 0), ("inline", 1), ("footnote", 1)])
def test_addresses_are_shown_as_the_site_wants_them(book: Site, show: str, count: int) -> None:
    page = "# Site\n\n[Slides](https://example.org/slides)\n"
    built = build(book, page, typstprint_show_urls=show)
    assert built.warnings == []
    text = squeezed(written(built.outdir / "book.pdf"))
    assert text.count("https://example.org/slides") == count


def test_a_document_that_is_not_there(book: Site) -> None:
    built = build(book, "# Site\n", typstprint_documents=[("gone", "gone")])
    (warning,) = built.warnings
    assert "there is no page “gone”" in warning


def test_only_what_has_changed_is_compiled_again(book: Site) -> None:
    book.write({"other.md": "# Other\n\nFine\n"})
    page = "# Site\n\n![x](dot.png)\n\n```{toctree}\nother\n```\n"
    (book.folder / "dot.png").write_bytes(png())
    documents = [("index", "one", "", "", False), ("other", "two", "", "", False)]

    def compiled(page: str) -> set[str]:
        before = {path: path.stat().st_mtime_ns for path in book.folder.rglob("*.pdf")}
        built = build(book, page, typstprint_documents=documents)
        assert built.warnings == []
        after = {path: path.stat().st_mtime_ns for path in built.outdir.glob("*.pdf")}
        return {path.stem for path, time in after.items() if before.get(path) != time}

    assert compiled(page) == {"one", "two"}
    assert compiled(page) == set()
    assert compiled(page + "\nMore\n") == {"one"}
    (book.folder / "dot.png").write_bytes(png(b"\x11\x22\x33"))
    assert compiled(page + "\nMore\n") == {"one"}


def test_an_extension_says_how_its_classes_look(book: Site) -> None:
    looks = (
        "#let looks = (spans: (loud: body => [LOUD #body]), containers: (box: it => [BOX #it]))\n"
    )
    book.write({"mine.typ": looks})
    page = "# Site\n\n[words]{.loud} and [others]{.quiet}\n\n:::{container} box\ninside\n:::\n"
    built = build(book, page, typstprint_looks=[str(book.folder / "mine.typ")])
    assert built.warnings == []
    text = written(built.outdir / "book.pdf")
    assert "LOUD words and others" in text
    assert squeezed("BOX inside") in squeezed(text)


def test_a_sites_own_template(book: Site) -> None:
    template = (Path(typstprint.__file__).parent / "template.typ").read_text(encoding="utf-8")
    own = template.replace(
        "#let transition() =", "#let transition() = [#sym.ast.triple]\n#let old() ="
    )
    (book.folder / "print.typ").write_text(own, encoding="utf-8")
    built = build(book, "# Site\n\nA\n\n---\n\nB\n", typstprint_template="print.typ")
    assert built.warnings == []
    assert "⁂" in written(built.outdir / "book.pdf")


def test_a_link_of_class_qr_has_a_code(book: Site, tmp_path: Path) -> None:
    built = build(book, "# Site\n\n[Slides](https://example.org/?a=1&b=ü){.qr}\n")
    assert built.warnings == []
    (code,) = (built.outdir / "_images").glob("qr-*.svg")
    assert code.name in built.text("book.typ")
    # The same address, the same file.
    assert build(book, "# Site\n\n[S](https://example.org/?a=1&b=ü){.qr}\n").warnings == []
    assert list((built.outdir / "_images").glob("qr-*.svg")) == [code]


LINKS = """
# Links

## On [the top](https://example.org/top)

Words of [one](https://example.org/one) and [two](https://example.org/two), [one
again](https://example.org/one), <https://example.org/said>, [mail](mailto:a@example.org)
and [its own](https://example.org/own){.qr}.

- [three](https://example.org/three)

| table |
| --- |
| [four](https://example.org/four) |
"""


def test_all_links_have_a_code_where_that_is_wanted(book: Site, tmp_path: Path) -> None:
    built = build(book, LINKS, typstprint_show_urls="qr", typstprint_standards=["ua-1"])
    assert built.warnings == []
    pdf = built.outdir / "book.pdf"
    names = ("top", "one", "two", "said", "own", "three", "four")
    wanted = [f"https://example.org/{name}" for name in names]
    assert sorted(codes(pdf, tmp_path)) == sorted(wanted)
    # A link stays within its sentence; a mail's address is in words.
    found = squeezed(written(pdf))
    assert "Wordsofoneandtwo,oneagain,https://example.org/said,mail(a@example.org)" in found


def test_an_address_that_is_too_long_for_a_code_is_in_words(book: Site) -> None:
    address = f"https://example.org/{'x' * 3000}"
    built = build(book, f"# Site\n\n[Words]({address})\n", typstprint_show_urls="qr")
    assert built.warnings == []
    assert address in squeezed(written(built.outdir / "book.pdf"))
    assert not list((built.outdir / "_images").glob("*"))


TITLES = """
# Links of [a title](https://example.org/a)

## On [the top](https://example.org/top) and [another](https://example.org/own){.qr}

Words
"""


@pytest.mark.parametrize("show", ["no", "inline", "footnote", "qr"])
def test_addresses_of_links_in_titles_stand_below_them_once(
    book: Site, tmp_path: Path, show: str
) -> None:
    """Not in the contents, nor at the head of pages."""
    options = {"contents": 2, "header": "{section}", "cover": False}
    built = build(book, TITLES, typstprint_show_urls=show, typstprint_options=options)
    assert built.warnings == []
    pdf = built.outdir / "book.pdf"
    text = squeezed(written(pdf))
    names = ["a", "top"] if show != "no" else []
    assert [name for name in names if text.count(f"https://example.org/{name}") != 1] == []
    assert text.count("Onthetopandanother") == 2
    found = ["a", "top", "own"] if show == "qr" else ["own"]
    assert sorted(codes(pdf, tmp_path)) == sorted(f"https://example.org/{name}" for name in found)
