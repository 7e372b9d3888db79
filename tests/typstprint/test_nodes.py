"""What each kind of node comes out as: nothing that a page says is lost, or joined to what is not
its neighbour."""

import re
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes

from conftest import Site
from printing import CONF, build, says, squeezed, written
from test_any_text import alternatives
from test_layout import Word, words
from typstprint.tree_queries import unhandled

pytestmark = pytest.mark.slow


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


def printed(book: Site, page: str, *warnings: str, **conf: Any) -> Path:
    """The PDF of a page in reStructuredText, of which just these warnings are reported."""
    book.write({"page.rst": page})
    documents = [("page", "book", "", "", False)]
    contents = "# Site\n\n```{toctree}\npage\n```\n"
    built = build(book, contents, **{"typstprint_documents": documents, **conf})
    reported = [next(filter(line.__contains__, warnings), line) for line in built.warnings]
    assert reported == list(warnings)
    return built.outdir / "book.pdf"


def lines(pdf: Path) -> list[str]:
    return [" ".join(line.split()) for line in written(pdf).splitlines() if line.strip()]


def top(word: Word) -> float:
    return word.top


def extend(book: Site, *extensions: str) -> None:
    path = f"import sys\nsys.path.insert(0, {str(book.folder)!r})\n"
    conf = f"{CONF}{path}extensions += {list(extensions)!r}\n"
    (book.folder / "conf.py").write_text(conf, encoding="utf-8")


def test_a_line_ends_where_its_author_ends_it(book: Site) -> None:
    table = "| a | b |\n| - | - |\n| one<br>two | three<br/>four |\n"
    page = f"# Site\n\nHard  \nbreak, back\\\nslash, x<BR>\ny\n\n~~a\\\nb~~\n\n{table}"
    built = build(book, page)
    assert built.warnings == []
    text = lines(built.outdir / "book.pdf")
    place = text.index("Hard")
    assert text[place : place + 6] == ["Hard", "break, back", "slash, x", "y", "a", "b"]
    assert text[place + 7 : place + 9] == ["one three", "two four"]


@pytest.mark.parametrize(
    ("said", "struck"),
    [
        ("one <s>a</s> b</s>", ["a"]),
        ("<s><s>a</s> b", ["a"]),
        ("</s>one<s> two", []),
        ("<s>a *b <s>c* d</s>", ["a b c d"]),
        ("<s>a <s>b</s> c</s>", ["b", "a b c"]),
    ],
)
def test_words_are_struck_in_pairs_of_marks(book: Site, said: str, struck: list[str]) -> None:
    built = build(book, f"# Site\n\n{said}\n\ntwo\n\nthree #sys.version #(1+41)\n")
    assert built.warnings == []
    plain = re.sub(r"</?s>|\*", "", said)
    assert says(built.outdir / "book.pdf", f"{plain}twothree#sys.version#(1+41)")
    source = built.text("book.typ")
    assert source.count("strike(") == len(struck)


def test_lines_of_a_parsed_literal_stay_lines(book: Site) -> None:
    page = "T\n=\n\n.. parsed-literal::\n\n   日本 *em\n       語* two\n   語\n\n   three\n"
    pdf = printed(book, page)
    assert re.search(r"日本 em\n +語 two\n *語\n+ *three", written(pdf))
    left = {word.text: word.left for word in words(pdf)}
    assert left["語"] > left["日本"] - 1
    assert left["three"] == pytest.approx(left["日本"], abs=1)


def test_code_among_words_goes_on_in_the_next_line_of_the_source(book: Site) -> None:
    pdf = printed(book, "T\n=\n\nSay ``one\ntwo`` now\n")
    assert "Say one two now" in lines(pdf)


NOTES = """\
T
=

Self [1]_ and two [2]_.

.. [1] see [1]_ itself

.. [2] see [3]_

   and more

.. [3] see [2]_ in turn

.. [4] unreferred words

.. [5] but in [6]_

.. [6] and in [5]_
"""


def test_notes_that_no_text_refers_to_stand_where_they_are(book: Site) -> None:
    pdf = printed(book, NOTES, "Footnote [4] is not referenced")
    text = " ".join(lines(pdf))
    for said in ("[4] unreferred words", "[5] but in [6]", "[6] and in [5]"):
        assert text.count(said) == 1
    for said in ("see 1 itself", "see 3", "see 2 in turn"):
        assert squeezed(text).count(squeezed(said)) == 1


def test_the_number_of_a_note_is_beside_its_first_paragraph(book: Site) -> None:
    found = words(printed(book, NOTES, "Footnote [4] is not referenced"))
    # Above its second paragraph.
    more = next(word for word in found if word.text == "more")
    above = (word for word in found if word.text.endswith("see") and word.top < more.top)
    assert max(above, key=top).text == "2see"


def test_what_extensions_make_of_docutils_comments_is_printed(book: Site) -> None:
    extend(book, "sphinx.ext.autosummary", "sphinx.ext.todo", "strange_comments")
    code = """
    from docutils import nodes
    from sphinx.util.docutils import SphinxDirective

    class aside(nodes.comment):
        pass

    class Aside(SphinxDirective):
        has_content = True

        def run(self):
            return [aside("", "", *self.parse_content_to_nodes())]

    def setup(app):
        app.add_directive("strange-comment", Aside)
        return {"parallel_read_safe": True}
    """
    book.write({"strange_comments.py": code})
    page = (
        "T\n=\n\n.. autosummary::\n\n   os.path.join\n\n.. strange-comment::\n\n   Words\n\n"
        ".. A comment of the author's\n\n.. todo:: Write more\n"
    )
    pdf = printed(book, page, "unknown node type: 'aside'", todo_include_todos=True)
    text = squeezed(written(pdf))
    assert "os.path.join(a,*p)Jointwoormore" in text
    assert "WordsTodoWritemore" in text
    assert "commentoftheauthor" not in text
    assert not says(printed(book, page, "unknown node type: 'aside'"), "Write more")


def test_a_title_within_a_node_that_nobody_knows_is_printed(book: Site) -> None:
    code = """
    from docutils import nodes
    from sphinx.util.docutils import SphinxDirective

    class strange(nodes.General, nodes.Element):
        pass

    class Strange(SphinxDirective):
        def run(self):
            return [strange("", nodes.title("", "Its title"), nodes.paragraph("", "Its words"))]

    def setup(app):
        app.add_directive("strange", Strange)
        return {"parallel_read_safe": True}
    """
    book.write({"strange_title.py": code})
    extend(book, "strange_title")
    page = "T\n=\n\n.. strange::\n\n.. sidebar:: Side\n   :subtitle: Below\n\n   Words\n"
    text = " ".join(lines(printed(book, page, "unknown node type: 'strange'")))
    assert "Its title Its words Side Below Words" in text


SIGNATURES = """\
T
=

.. py:function:: g(a[, b[, c]])

.. py:function:: h([a])

.. py:function:: f[T, *U](x: T, *, y: int = 3) -> list[T]

.. cpp:function:: template<typename T> \\
                  void cut(T what)

:abbr:`LIFO (last in)` and :abbr:`LIFO (last in)`
"""


def test_signatures_are_whole(book: Site) -> None:
    text = lines(printed(book, SIGNATURES))
    assert "g(a[, b[, c]])" in text
    assert "h([a])" in text
    assert "f[T, *U](x: T, *, y: int = 3) → list[T]" in text
    place = text.index("template<typename T>")
    assert text[place + 1] == "void cut(T what)"


def test_what_an_abbreviation_means_is_said_once(book: Site) -> None:
    assert "LIFO (last in) and LIFO" in lines(printed(book, SIGNATURES))


def test_icons_are_pictures(book: Site) -> None:
    page = (
        "T\n=\n\nA :octicon:`check-circle` b :octicon:`alert;2em;sd-text-info` c "
        ":material-regular:`data_exploration;20px` d :fas:`heart` e\n"
    )
    pdf = printed(book, page, typstprint_standards=["ua-1"])
    assert "A b c d e" in lines(pdf)
    assert list(dict.fromkeys(alternatives(pdf))) == ["check circle", "alert", "data exploration"]
    left = {word.text: word.left for word in words(pdf)}
    assert left["c"] - left["b"] > left["b"] - left["A"] + 5 > 15


def test_a_place_before_what_prints_nothing_is_found(book: Site) -> None:
    page = (
        "T\n=\n\nSee `there <here_>`_.\n\n.. raw:: typst\n\n   #pagebreak()\n\n"
        ".. _here:\n\n.. tabularcolumns:: ll\n\nWords\n"
    )
    assert says(printed(book, page), "See there (p. 2)")


def test_the_index_says_where_else_to_look(book: Site) -> None:
    entries = "see: foo; bar", "seealso: bar; baz", "! main"
    page = "T\n=\n\n" + "".join(f".. index:: {one}\n" for one in entries) + "\nwords\n"
    options = {"index": True}
    text = lines(printed(book, page, typstprint_options=options))
    for above, below in (("bar", "see also baz"), ("foo", "see bar")):
        assert text[text.index(above) + 1] == below
    # Of other pages it says nothing.
    documents = [("index", "book", "", "", False)]
    pdf = printed(book, page, typstprint_options=options, typstprint_documents=documents)
    assert not says(pdf, "see")


CONTENTS = {"contents": 3, "header": ""}
SECTIONS = "Alpha\n=====\n\none\n\nBeta\n====\n\ntwo\n\nGamma\n-----\n\nthree\n"


@pytest.mark.parametrize(
    ("title", "headings"), [("", ["Beta", "Gamma"]), ("P", ["Alpha", "Beta", "Gamma"])]
)
def test_titles_of_later_top_sections_are_printed(
    book: Site, title: str, headings: list[str]
) -> None:
    """The first one is the document's, where that says no other."""
    documents = [("page", "book", title, "", False, CONTENTS)]
    text = lines(printed(book, SECTIONS, typstprint_documents=documents))
    assert text[0] == (title or "Alpha")
    contents, content = text[1 : len(headings) + 2], " ".join(text[len(headings) + 2 :])
    assert [re.split(r"[ .]", line)[0] for line in contents[1:]] == headings
    assert content.startswith(f"{'Alpha ' if title else ''}one Beta two Gamma three")


def test_a_book_of_a_page_without_a_title_has_those_of_its_chapters(book: Site) -> None:
    book.write({"other.md": "# Beta\n\nsecond\n\n## Below\n"})
    book.write({"page.md": "# Alpha\n\nfirst\n"})
    built = build(book, "```{toctree}\npage\nother\n```\n", typstprint_options=CONTENTS)
    assert built.warnings == []
    text = " ".join(lines(built.outdir / "book.pdf"))
    assert "Alpha first Beta second Below" in text
    assert all(text.count(title) == 2 for title in ("Alpha", "Beta", "Below"))


def test_captions_of_code_have_the_numbers_that_references_say(book: Site) -> None:
    page = (
        "T\n=\n\nSee :numref:`code`.\n\n"
        ".. code-block:: text\n   :caption: Of code\n   :name: code\n\n   words\n"
    )
    text = lines(printed(book, page, numfig=True))
    assert "See Listing 1." in text
    assert "Listing 1 Of code" in text


@pytest.mark.parametrize(
    ("conf", "number"),
    [
        ({}, "1"),
        ({"numfig": True}, "2.1"),
        ({"numfig": True, "math_numsep": "-", "numfig_secnum_depth": 2}, "2.1-1"),
        ({"numfig": True, "numfig_secnum_depth": 0}, "2"),
        ({"numfig": True, "math_numfig": False}, "1"),
    ],
)
def test_formulas_have_the_numbers_that_references_say(
    book: Site, conf: dict[str, Any], number: str
) -> None:
    formula = ".. math:: {0} = 0\n   :label: {0}\n"
    book.write(
        {
            "index.md": "# Site\n\n```{toctree}\n:numbered:\n\none\ntwo\n```\n",
            "one.rst": f"One\n===\n\n{formula.format('a')}",
            "two.rst": f"Two\n===\n\nPart\n----\n\nSee :eq:`b` here.\n\n{formula.format('b')}",
        }
    )
    built = book.build("typstprint", typstprint_documents=[("index", "book", "", "")], **conf)
    assert built.warnings == []
    text = " ".join(lines(built.outdir / "book.pdf"))
    assert re.search(r"See \((.*?)\)", text)[1] == number  # type: ignore[index]
    assert text.count(f"({number})") >= 2


FIELDS = """\
Functions
=========

.. py:function:: fetch(url, timeout)

   :param url: First words.

      Second words.

      - in a list
   :param timeout: Seconds.

      .. note:: Zero waits for ever.
   :returns: One thing.

      And another.
"""


def test_fields_of_several_blocks_are_printed(book: Site) -> None:
    pdf = printed(book, FIELDS)
    assert says(pdf, "url -- First words. Second words. – in a list")
    assert says(pdf, "timeout -- Seconds.")
    assert says(pdf, "Zero waits for ever.")
    assert says(pdf, "One thing. And another.")


# What reached no output


def test_the_largest_part_of_which_nothing_is_handled_is_found() -> None:
    paragraphs = [nodes.paragraph("", "", nodes.Text(f"{n} "), nodes.Text("x")) for n in range(4)]
    tree = nodes.section("", nodes.note("", *paragraphs[:2]), *paragraphs[2:], nodes.Text(" \n"))
    texts = list(tree.findall(nodes.Text))
    assert unhandled(tree, {id(text) for text in texts}) == []
    assert unhandled(tree, set()) == [tree]
    assert unhandled(tree, {id(text) for text in texts[4:]}) == [tree[0]]
    assert unhandled(tree, {id(text) for text in texts[3:]}) == [paragraphs[0], texts[2]]


LOSING = """
from docutils import nodes
from docutils.parsers.rst import Directive


class losing(nodes.General, nodes.Element):
    pass


class Losing(Directive):
    has_content = True

    def run(self):
        node = losing()
        self.state.nested_parse(self.content, self.content_offset, node)
        # A standard node whose visitor takes no such parts.
        note = nodes.note("", nodes.title("", "A title that no note has"))
        note.line, note.source = self.lineno, self.state.document["source"]
        note[0].line = self.lineno
        return [node, note]


def setup(app):
    app.add_directive("losing", Losing)
    return {"parallel_read_safe": True}
"""


def test_text_that_reaches_no_output_is_reported_of(book: Site) -> None:
    book.write({"losing.py": LOSING})
    extend(book, "losing")
    page = "T\n=\n\n.. a comment\n\nWords\n\n.. losing::\n\n   Inner words\n"
    (reported, other) = (
        "page.rst:8: WARNING: not printed: “A title that no note has”",
        "unknown node",
    )
    pdf = printed(book, page, other, reported)
    assert says(pdf, "Words Inner words")


# HTML

HTML = """
# Site

H<sub>2</sub>O, <b>bold **both**</b> <kbd>Ctrl</kbd> <i>never ended <!-- hidden --> x<br>y.

<details><summary>The summary</summary>

What is folded

</details>

<div align="center">In a <a href="https://example.com/x">block</a> &amp; <em>more</em></div>

<iframe src="//example.com/talk" title="The talk"></iframe>

<img src="https://example.com/p.png" alt="Of a picture"> <img src="local.png" alt="Another">

<ul><li>one<li>two</ul>

<table><tr><th>A</th><td>B</td></tr><tr><td>C</td></tr></table>

<pre>
kept
  as it is
</pre>

<style>.hidden { color: red }</style>
<script>hidden()</script>

<input type="checkbox" checked> Done

<svg viewBox="0 0 1 1">
<text>in a drawing</text>
</svg>

<canvas></canvas>
"""


def test_what_html_says_is_printed(book: Site) -> None:
    built = build(book, HTML)
    pdf = built.outdir / "book.pdf"
    for said in (
        "H2O, bold both Ctrl never ended x y.",
        "The summary What is folded In a block & more The talk",
        "Of a picture (https://example.com/p.png)",
        "Another • one • two A B C kept as it is",
        "Done in a drawing",
    ):
        assert says(pdf, said), said
    assert not says(pdf, "hidden")
    reported = [line.split("index.md:")[1] for line in built.warnings]
    assert [line.split(":")[0] for line in reported] == ["31", "35"]
    assert "<svg" in reported[0]
    assert "<canvas" in reported[1]
    source = built.text("book.typ")
    assert 'sub({[]\n"2"' in source
