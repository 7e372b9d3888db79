"""What is printed again: what has changed, and no more."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes

from conftest import Built, Site
from printing import CONF, build, png, says
from typstprint.fingerprints import Record, digest_of

pytestmark = pytest.mark.slow


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


def test_how_it_is_printed_reads_no_page_again(book: Site) -> None:
    page = "# Site\n\n[Slides](https://example.org/slides)\n"
    assert build(book, page).read == ["index"]
    built = book.build("typstprint", language="en", typstprint_show_urls="inline")
    assert built.read == []
    assert says(built.outdir / "book.pdf", "https://example.org/slides")


def test_a_code_that_is_there_is_not_made_again(book: Site) -> None:
    page = "# Site\n\n[Slides](https://example.org/){.qr}\n"

    def made() -> list[tuple[Path, int]]:
        folder = build(book, page).outdir / "_images"
        return [(path, path.stat().st_mtime_ns) for path in folder.iterdir()]

    (first,) = made()
    assert made() == [first]


# Nothing of it is done again where nothing has changed, and never too little


def printed(built: Built) -> set[str]:
    """Which documents were translated."""
    return said_printed(built.status)


def said_printed(status: str) -> set[str]:
    return set(re.findall(r"printing (\w+)\.\.\.", status))


CAPTION = "```{figure} dot.png\n:name: fig\n\nCaption\n```\n"
PAGES = {
    "index.md": "# Site\n\n```{toctree}\none\ntwo\nthree\n```\n",
    "one.md": "# One\n\nWords\n",
    "two.md": "# Two\n\nWords\n\n![x](dot.png)\n\n[](three.md)\n\nSee {numref}`{name} <fig>`.\n",
    "three.md": f"# Three\n\n{CAPTION}\n",
}
DOCUMENTS = [
    ("index", "book"),
    *((name, name, "", "", False) for name in ("one", "two", "three")),
]
ALL = {"book", "one", "two", "three"}


class Several(Site):
    """A book of three pages, each of which is a document, too."""

    def again(self, builder: str = "typstprint", **conf: Any) -> Built:
        settings = {"language": "en", "numfig": True, "typstprint_documents": DOCUMENTS, **conf}
        return self.build(builder, **settings)


@pytest.fixture
def several(tmp_path: Path) -> Several:
    folder = tmp_path / "several"
    folder.mkdir()
    site = Several(folder)
    site.write({"conf.py": CONF, **PAGES})
    (folder / "dot.png").write_bytes(png())
    built = site.again()
    assert built.warnings == []
    assert printed(built) == ALL
    return site


@pytest.mark.parametrize("builder", ["typstprint", "typstprint-src"])
def test_what_has_not_changed_is_not_even_translated(several: Several, builder: str) -> None:
    several.again(builder)
    assert printed(several.again(builder)) == set()


def test_a_build_of_another_builder_between_changes_nothing(several: Several) -> None:
    several.again("html")
    assert printed(several.again()) == set()


def test_words_of_a_page_are_of_the_documents_that_have_it(several: Several) -> None:
    several.write({"one.md": "# One\n\nOther words\n"})
    built = several.again()
    assert printed(built) == {"book", "one"}
    assert says(built.outdir / "one.pdf", "Other words")


def test_a_title_is_of_the_documents_that_refer_to_it_too(several: Several) -> None:
    several.write({"three.md": f"# Third\n\n{CAPTION}\n"})
    built = several.again()
    # What the environment knows has changed: all are translated, and compared.
    assert printed(built) == ALL
    assert says(built.outdir / "two.pdf", "Third")
    times = {name: (built.outdir / f"{name}.pdf").stat().st_mtime_ns for name in ALL}
    assert max(times, key=times.__getitem__) != "one"
    assert times["one"] < times["book"]


def test_a_caption_is_of_the_documents_that_call_it_by_name(several: Several) -> None:
    several.write({"three.md": PAGES["three.md"].replace("Caption", "Other")})
    built = several.again()
    assert says(built.outdir / "two.pdf", "See Other.")


BORROWER = """
from docutils import nodes

def borrow(app, doctree, docname):
    if app.builder.format == "typst" and docname == "two":
        words = app.env.get_doctree("one").astext()
        doctree[0].append(nodes.paragraph("", words))

def setup(app):
    app.connect("doctree-resolved", borrow)
    return {"parallel_read_safe": True}
"""


def test_a_page_that_another_looks_into_is_of_its_documents(several: Several) -> None:
    several.write({"borrower.py": BORROWER})
    path = f"import sys\nsys.path.insert(0, {str(several.folder)!r})\nextensions += ['borrower']\n"
    (several.folder / "conf.py").write_text(CONF + path, encoding="utf-8")
    several.again()
    several.write({"one.md": "# One\n\nOther words\n"})
    built = several.again()
    assert printed(built) == {"book", "one", "two"}
    assert says(built.outdir / "two.pdf", "Other words")


def test_a_picture_is_of_the_documents_that_show_it(several: Several) -> None:
    (several.folder / "dot.png").write_bytes(png(b"\x11\x22\x33"))
    assert printed(several.again()) == {"book", "two", "three"}


def test_a_page_that_is_gone(several: Several) -> None:
    (several.folder / "one.md").unlink()
    several.write({"index.md": "# Site\n\n```{toctree}\ntwo\nthree\n```\n"})
    built = several.again(typstprint_documents=[one for one in DOCUMENTS if one[0] != "one"])
    assert built.warnings == []
    assert "book" in printed(built)


@pytest.mark.parametrize(
    "conf",
    [
        {"typstprint_options": {"accent": "#123456"}},
        {"typstprint_show_urls": "inline"},
        {"release": "2"},
        {"today": "Once"},
    ],
)
def test_a_setting_is_of_all_documents(several: Several, conf: dict[str, Any]) -> None:
    built = several.again(**conf)
    assert printed(built) == ALL


def test_an_option_of_one_document_is_of_that_one(several: Several) -> None:
    documents = [*DOCUMENTS[:-1], (*DOCUMENTS[-1], {"marking": "Draft"})]
    built = several.again(typstprint_documents=documents)
    assert printed(built) == {"three"}
    assert says(built.outdir / "three.pdf", "Draft")


def test_the_code_of_an_extension_is_looked_at(several: Several) -> None:
    code = "def setup(app):\n    return {'parallel_read_safe': True}\n"
    several.write({"mine.py": code})
    path = f"import sys\nsys.path.insert(0, {str(several.folder)!r})\nextensions += ['mine']\n"
    (several.folder / "conf.py").write_text(CONF + path, encoding="utf-8")
    assert printed(several.again()) == ALL
    assert printed(several.again()) == set()
    several.write({"mine.py": f"{code}# changed\n"})
    assert printed(several.again()) == ALL


@pytest.mark.parametrize("name", ["two.pdf", "two.typ", "two.json", "_images/dot.png"])
def test_what_was_removed_is_made_again(several: Several, name: str) -> None:
    outdir = several.folder / "_build" / "typstprint"
    (outdir / name).unlink()
    assert printed(several.again()) <= {"book", "two"}
    assert (outdir / name).exists()


@pytest.mark.parametrize(
    "text",
    ["{doc}`gone`", "$\\undefinedcommand{$", "\N{RUNIC LETTER FEHU FEOH FE F}", "[](#gone)"],
)
def test_what_was_warned_of_is_reported_again_and_nothing_printed(
    several: Several, text: str
) -> None:
    """Once, though the book and a document of its own have the page."""
    several.write({"one.md": f"# One\n\n{text}\n"})
    first = several.again()
    assert len(first.warnings) == 1
    assert "one.md:3: WARNING" in first.warnings[0]
    for builder in ("typstprint", "text", "typstprint"):
        again = several.again(builder)
        assert printed(again) == set()
    assert again.warnings == first.warnings
    several.write({"one.md": "# One\n\nWords\n"})
    assert several.again().warnings == []


def test_what_was_warned_of_of_one_document_is_not_lost_for_another(several: Several) -> None:
    """A page that two documents have is warned of by whichever of them there is."""
    several.write({"one.md": "# One\n\n{doc}`gone`\n"})
    first = several.again()
    again = several.again(typstprint_documents=DOCUMENTS[1:])
    assert (again.warnings, printed(again)) == (first.warnings, set())


def test_a_fault_of_the_compilers_is_reported_again(several: Several) -> None:
    several.write({"one.md": "# One\n\n```{raw} typst\n#undefined-name\n```\n"})
    for _time in range(2):
        built = several.again()
        assert [line for line in built.warnings if "one.pdf: unknown variable" in line]
        assert (built.outdir / "one.pdf").exists()


def test_all_is_printed_where_all_is_asked_for(several: Several) -> None:
    app = several.again().app
    assert isinstance(app.status, StringIO)
    before = app.status.tell()
    app.build(force_all=True)
    app.cleanup()
    assert said_printed(app.status.getvalue()[before:]) == ALL


def test_a_program_that_builds_again_and_again_has_what_was_written_last(book: Site) -> None:
    """The compiler may not see that one letter has changed (typst 0.15.2)."""
    app = build(book, "# Site\n\nb京ba本京\n").app
    try:
        for words in ("b京ba本本", "b京ba本京", "bb本b本", "日a本b京", "日a本b本"):
            book.write({"index.md": f"# Site\n\n{words}\n"})
            app.build()
            assert says(Path(app.outdir) / "book.pdf", words)
    finally:
        app.cleanup()


# Digests


class Loose:
    def __init__(self) -> None:
        self.own = {"b", "a"}


def test_digests_are_of_what_is_equal_and_not_of_its_order() -> None:
    one = {"a": {"x", "y", "z"}, "b": [Loose(), ("text", 1, None)]}
    other = {"b": [Loose(), (str(b"text", "ascii"), 1, None)], "a": {"z", "y", "x"}}
    assert digest_of(one) == digest_of(other)


@pytest.mark.parametrize(
    "other", [{"a": [1, 3]}, {"a": (1, 2)}, {"b": [1, 2]}, {"a": {1, 2}}, {"a": ["1", 2]}, [1, 2]]
)
def test_digests_tell_apart_what_is_not(other: object) -> None:
    assert digest_of({"a": [1, 2]}) != digest_of(other)


def test_digests_of_nodes_know_their_text_and_attributes() -> None:
    def made(text: str, **attributes: str) -> nodes.paragraph:
        return nodes.paragraph("", "", nodes.strong("", text), **attributes)

    assert digest_of([made("a")]) == digest_of([made("a")])
    assert digest_of([made("a")]) != digest_of([made("b")])
    assert digest_of([made("a")]) != digest_of([made("a", kind="b")])


def test_a_record_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    assert Record.read(path) is None
    for text in ("", "[]", "{}", '{"made_from": "x", "pages": [], "files": [], "more": 1}'):
        path.write_text(text, encoding="utf-8")
        assert Record.read(path) is None
    Record("x", ["a"], ["b"]).write(path)
    assert Record.read(path) == Record("x", ["a"], ["b"])
