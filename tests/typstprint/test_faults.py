"""What cannot be printed costs itself alone, and is reported where it stands."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Site
from printing import CONF, build, png, says, squeezed, written
from sphinxcommon.typst_fonts import fonts_with
from typstprint import compiler
from typstprint.characters import clusters
from typstprint.fragments import beginning, culprit, end, fragments_of, origin, replaced
from typstprint.mathematics import evaluated, to_typst
from typstprint.prechecks import Prechecks

# Formulas


@pytest.fixture(scope="module")
def prechecks(tmp_path_factory: pytest.TempPathFactory) -> Prechecks:
    return Prechecks(tmp_path_factory.mktemp("prechecks"), [], fonts_with([]))


@pytest.mark.parametrize(
    ("tex", "made"),
    [
        (r"\text{issue #42}", '#text("issue #42")'),
        (r"\text{a #panic(1) b}", '#text("a #panic(1) b")'),
        (r"\text{see @foo, C#; *a* _b_ \$5}", '#text("see @foo, C#; *a* _b_ $5")'),
        (r"x \text{ if $x > 0$}", 'x#text(" if ")x > 0'),
        (r"1 \\ \text{a} (b)", r'1 \ #text("a") (b)'),
        (r"\textbf{a}", '#text(weight: "bold", "a")'),
        (r"\operatorname{foo_bar} x", '#math.op("foo_bar") x'),
        (r"\frac{a,b}{c;d}", "frac(a comma b, c semi d)"),
        (r"\binom{n,m}{k}", "binom(n comma m, k)"),
        (r"\bigl( x \bigr)", "(x)"),
        (r"\left( \frac{a}{b} \right.", "(a/b"),
        (r"\left\{\begin{array}{ll} 1 & x \\ 0 & y\end{array}\right.", "cases(1 & x, 0 & y)"),
        (r"\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4\end{array}", "mat(delim: #none, 1, 2 ; 3, 4)"),
        (r"a \nonumber \label{x}", "a"),
        (r"\textcolor{red}{x}", "x"),
        (r"\color{*/ #panic() /*} x", "x"),
        (r"\href{a}{b}", None),
        (r"}", None),
        (r"\text KEPT9", None),
    ],
)
def test_tex_in_typsts_words(tex: str, made: str | None) -> None:
    assert to_typst(tex) == made


PARTS = r"""
\text{ \textbf{ \mbox{ \operatorname{ \frac{ \sqrt{ \left( \right) \right. \begin{cases} \end{cases}
\begin{pmatrix} \end{pmatrix} \\ & } { _ ^ # #panic() #sys.version @a <a> $ " , ; // /* */ ] [ ) (
\# \$ \label{ \tag{ \color{ \href{ \ce{ a 1 é 日 \ ~ ' ` | KEPT0 \verb|
"""
TEX = st.lists(st.sampled_from([*PARTS.split(), " "]), max_size=12).map("".join)
#: What is code in what is made.
CODE = r"none|h\([\d.]+\w+\)|hide\[\$|box\([^()]*\)\[\$|(?:text|smallcaps|raw|math\.op)\("


@given(TEX)
@settings(max_examples=300)
def test_no_formula_runs_code(tex: str) -> None:
    without_escapes = re.sub(r"\\.", "", to_typst(tex) or "")
    assert "#" not in re.sub(f"#(?:{CODE})", "", re.sub(r'"[^"]*"', "", without_escapes))


def test_what_fails_is_found_among_what_does_not_and_tried_once(
    prechecks: Prechecks, monkeypatch: pytest.MonkeyPatch
) -> None:
    compilations = Mock(wraps=compiler.guarded)
    monkeypatch.setattr("typstprint.prechecks.guarded", compilations)
    wrong = {"ceH 2", "sqrt(a;b)", "^", "lr((a)", "a $b", '"', "limits()_(a)"}
    formulas = [*wrong, *(f"x_{number}" for number in range(500))]
    expressions = {evaluated(one): one for one in formulas}
    failing = prechecks.failing(expressions, ())
    assert {expressions[one] for one in failing} == wrong
    # A few at a time are found, and not one by one.
    assert compilations.call_count < 20
    compilations.reset_mock()
    assert prechecks.failing(expressions, ()) == failing
    compilations.assert_not_called()


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


FORMULAS = r"""
# Site

Good $\frac{1}{2}$, bad $\ce{H2O}$.

$$
\unknown{x}
$$

$$
\text{in stock, #1}
$$

Last $\limits_a$ words.
"""


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        (["en", "ja"], "Typstで表示できない数式です: x} ["),
        (["ja", "en"], "mathematics that Typst cannot show: x} ["),
    ],
)
def test_messages_are_in_the_language_of_the_build(
    book: Site, languages: list[str], message: str
) -> None:
    """Also where another build was in another."""
    for language in languages:
        built = build(book, "# A\n\n$x}$\n", "typstprint-src", language=language, messages=None)
    (line,) = built.warnings
    assert message in line


@pytest.mark.slow
@pytest.mark.parametrize("standards", [[], ["ua-1"]])
def test_a_formula_that_cannot_be_set_does_not_cost_the_document(
    book: Site, standards: list[str]
) -> None:
    built = build(book, FORMULAS, typstprint_standards=standards)
    assert [line.split("index.md:")[1] for line in built.warnings] == [
        rf"{line}: WARNING: mathematics that Typst cannot show: {tex} [typstprint.math]"
        for line, tex in ((3, r"\ce{H2O}"), (5, r"\unknown{x}"), (13, r"\limits_a"))
    ]
    text = squeezed(written(built.outdir / "book.pdf"))
    for words in (r"\ce{H2O}", r"\unknown{x}", "in stock, #1", r"Last\limits_awords."):
        assert squeezed(words) in text


# Characters


@pytest.mark.slow
@pytest.mark.parametrize("standards", [[], ["ua-1"]])
def test_emoji_and_other_scripts_are_in_the_pdf(book: Site, standards: list[str]) -> None:
    words = "🎉 👍🏽 ✅ ☑ → ★ ① 한국어 ไทย हिन्दी 𠮷 ㍿ 👨‍👩‍👧"
    page = f"# Site {words}\n\n{words} **{words}** `{words}`\n"
    built = build(book, page, typstprint_standards=standards)
    assert built.warnings == []
    assert squeezed(written(built.outdir / "book.pdf")).count("🎉👍🏽✅☑→★") == 3


@pytest.mark.slow
@pytest.mark.parametrize("standards", [[], ["ua-1"]])
def test_what_no_font_has_is_reported_once_and_the_document_is_there(
    book: Site, standards: list[str]
) -> None:
    page = "# Site\n\nWords\n\nan 𓀀 and 𓀀 `𓀀`\n\n## 𓀀 and ࠀ\n\n```text\n𓀀 ࠀ\n```\n"
    documents = [("index", "book", "𓁐")]
    built = build(book, page, typstprint_standards=standards, typstprint_documents=documents)
    reported = sorted(line.split("index.md:")[-1] for line in built.warnings)
    assert [line for line in reported if "5: WARNING: no font has “𓀀” (U+13000, EGYPTIAN" in line]
    assert [line for line in reported if "7: WARNING: no font has “ࠀ” (U+0800, SAMARITAN" in line]
    assert [line for line in reported if "no font has “𓁐”" in line]
    assert len(reported) == 3
    assert says(built.outdir / "book.pdf", "an 〓 and 〓")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", []),
        ("1\ufe0f\u20e3 and #\u20e3", ["1\ufe0f\u20e3", "#\u20e3"]),
        ("\u304b\u3099\u304e", ["\u304b\u3099"]),
        (
            "\U0001f468\u200d\U0001f469\u200d\U0001f467!",
            ["\U0001f468\u200d\U0001f469\u200d\U0001f467"],
        ),
        ("\U0001f44d\U0001f3fd\U0001f44d", ["\U0001f44d\U0001f3fd"]),
        ("\u845b\U000e0100x", ["\u845b\U000e0100"]),
        ("\u0301a\u0301\u0302", ["a\u0301\u0302"]),
    ],
)
def test_characters_that_are_one(text: str, found: list[str]) -> None:
    assert list(clusters(text)) == found


@pytest.mark.slow
@pytest.mark.parametrize("standards", [[], ["ua-1"], ["a-2a"], ["a-3a"], ["a-1b"], ["a-4"]])
def test_characters_that_no_font_has_as_one(book: Site, standards: list[str]) -> None:
    words = "1\ufe0f\u20e3 *\u20e3 \u263a\U0001f3fd x\u1dfa \U0001f1ef\U0001f1f5 \u845b\U000e0100"
    table = f"| {words.replace('*', '#')} | b |\n| - | - |\n| `{words}` | c |\n"
    page = f"# Site {words}\n\nSay {words}.\n\n## {words}\n\n{table}\n```text\n{words}\n```\n"
    documents = [("index", "book", "1\ufe0f\u20e3")]
    built = build(book, page, typstprint_standards=standards, typstprint_documents=documents)
    reported = sorted(line.split("index.md:")[-1] for line in built.warnings)
    # Digits on keys are drawn; of others what is shown is reported once.
    assert len(reported) == 2
    assert reported[0].startswith("1: WARNING")
    assert "U+0078 U+1DFA" in reported[0]
    assert "U+263A U+1F3FD" in reported[1]
    assert says(built.outdir / "book.pdf", "Say 1 * \u263a x")


@pytest.mark.slow
def test_characters_that_a_standard_does_not_allow(book: Site) -> None:
    page = "# Site\n\nOf a company \ue000.\n"
    assert build(book, page).warnings == []
    (reported,) = build(book, page, typstprint_standards=["a-2a"]).warnings
    assert "index.md:3: WARNING" in reported
    assert "U+E000" in reported
    assert says(book.folder / "_build/typstprint/book.pdf", "Of a company 〓.")


@pytest.mark.slow
def test_half_of_a_character_is_left_out(book: Site) -> None:
    book.write({"other.rst": "Other\n=====\n\nx |half| y\n\n.. |half| unicode:: 0xD800\n"})
    page = "# Site\n\n```{toctree}\nother\n```\n"
    built = build(book, page)
    assert built.warnings == []
    assert says(built.outdir / "book.pdf", "x y")


# Addresses and pictures


@pytest.mark.slow
@pytest.mark.parametrize("show", ["no", "inline", "footnote", "qr"])
def test_an_address_too_long_for_a_pdf_is_reported_of(book: Site, show: str) -> None:
    address = f"https://example.org/{'x' * 8000}"
    page = f"# Site\n\n[Words]({address}) and more.\n\n![Picture]({address})\n"
    built = build(book, page, typstprint_show_urls=show)
    (reported,) = built.warnings
    assert "index.md:3: WARNING: an address of 8020 characters, too many for a PDF" in reported
    assert says(built.outdir / "book.pdf", "Words and more. Picture")


@pytest.mark.slow
def test_a_picture_is_what_its_bytes_say(book: Site) -> None:
    (book.folder / "fake.jpg").write_bytes(png())
    (book.folder / "right.png").write_bytes(png())
    built = build(book, "# Site\n\n![One](fake.jpg)\n\n![Two](right.png)\n")
    assert built.warnings == []
    assert (built.outdir / "book.pdf").exists()
    names = {path.name for path in (built.outdir / "_images").iterdir()}
    assert names == {"fake.jpg.png", "right.png"}


@pytest.mark.slow
def test_a_picture_that_cannot_be_shown_is_its_words(book: Site) -> None:
    (book.folder / "right.png").write_bytes(png())
    (book.folder / "cut.png").write_bytes(png(width=50, height=50)[:60])
    (book.folder / "empty.svg").write_text("", encoding="utf-8")
    page = (
        "# Site\n\n![Right](right.png)\n\nWords ![Cut off](cut.png) around.\n\n"
        "```{figure} empty.svg\n:alt: Nothing\n\nIts caption\n```\n"
    )
    built = build(book, page)
    reported = sorted(line.split("index.md:")[1] for line in built.warnings)
    assert reported == [
        "5: WARNING: picture that Typst cannot show: cut.png [typstprint.image]",
        "7: WARNING: picture that Typst cannot show: empty.svg [typstprint.image]",
    ]
    text = squeezed(written(built.outdir / "book.pdf"))
    for words in ("Words Cut off around.", "Nothing", "Its caption"):
        assert squeezed(words) in text
    # What is fixed is shown.
    (book.folder / "cut.png").write_bytes(png())
    (book.folder / "empty.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8"
    )
    assert build(book, page).warnings == []


@pytest.mark.slow
def test_pictures_of_the_web_are_not_fetched(book: Site) -> None:
    # Nobody answers there; Sphinx would tell of it.
    address = "http://127.0.0.1:9/p.png"
    page = f"# Site\n\n![Of it]({address})\n\nIn ![one]({address}) line.\n\n![]({address})\n"
    built = build(book, page)
    assert built.warnings == []
    text = squeezed(written(built.outdir / "book.pdf"))
    assert squeezed(f"Of it ({address})") in text
    assert squeezed(f"In one ({address}) line.") in text
    assert text.count(address) == 3


# Typst's own


@pytest.mark.slow
def test_raw_typst_is_markup(book: Site) -> None:
    page = '# Site\n\n```{raw} typst\n#strong[hi] *there* #admonition("tip", [Title])[Body]\n```\n'
    built = build(book, page)
    assert built.warnings == []
    assert says(built.outdir / "book.pdf", "hi there Title Body")


@pytest.mark.slow
@pytest.mark.parametrize("wrong", ["#{", "]", "#let x = (", "#undefined-name"])
def test_a_fault_of_raw_typst_has_its_place(book: Site, wrong: str) -> None:
    page = f"# Site\n\nWords\n\n```{{raw}} typst\n{wrong}\n```\n\nMore words\n"
    built = build(book, page)
    reported = [line for line in built.warnings if "book.pdf" in line]
    assert reported or wrong == "]"
    assert all("index.md:5: ERROR" in line for line in reported)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "set_to"), [("zh-cn", "zh"), ("zh_CN", "zh"), ("pt_BR", "pt"), ("sr@latin", "")]
)
def test_languages_as_sphinx_and_the_web_name_them(book: Site, language: str, set_to: str) -> None:
    built = build(book, "# Site\n", language=language)
    assert [line for line in built.warnings if "ERROR" in line] == []
    data = Path(built.outdir / "book.pdf").read_bytes()
    assert f"/Lang({set_to}".encode() in data or not set_to


# What ends a whole document

ROLE = "```{role} raw-typst(raw)\n:format: typst\n```\n\n"
FORBIDDEN = '#pdf.artifact[#link("https://example.com")[x]]'
#: Pages, and what of each cannot be printed: its line, and what stands there as text.
ENDING = {
    "in a list": (f"- a\n- b {{raw-typst}}`{FORBIDDEN}`\n- last", 8, "b #pdf.artifact"),
    "in a cell": (
        f"| a | b |\n| - | - |\n| c | {{raw-typst}}`{FORBIDDEN}` |\n\nlast",
        9,
        "c #pdf.artifact",
    ),
    "in a card": (
        f":::{{card}} Title\n\nWords\n\n```{{raw}} typst\n{FORBIDDEN}\n```\n:::\n\nlast",
        11,
        "Title Words #pdf.artifact",
    ),
    "of several": (
        "\n\n".join(
            ["```{raw} typst\n#figure[one]<d>\n```", "middle"]
            + [f"```{{raw}} typst\n{code}\n```" for code in ("#figure[two]<d>", "@d")]
            + ["last"]
        ),
        17,
        "one middle two @d last",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("place", ENDING)
def test_what_ends_a_document_costs_its_place(book: Site, place: str) -> None:
    page, line, shown = ENDING[place]
    built = build(book, f"# Site\n\n{ROLE}{page}\n", typstprint_standards=["ua-1"])
    (reported,) = (one for one in built.warnings if "ERROR" in one)
    assert f"index.md:{line}: ERROR: book.pdf: " in reported
    assert says(built.outdir / "book.pdf", shown)
    assert says(built.outdir / "book.pdf", "last")


def source_of(*words: str) -> str:
    """A part for each of some words, and one in which there are two of them."""
    texts = [
        f"{beginning(number, 'page', number)}{word}\n{end(number)}"
        for number, word in enumerate(words)
    ]
    inner = "".join(texts[1:3])
    return "".join(
        ["head\n", texts[0], f"{beginning(9, 'page', 9)}<\n{inner}>\n{end(9)}", *texts[3:]]
    )


@pytest.mark.parametrize(
    ("faulty", "found"),
    [
        ({"a"}, 0),
        ({"b"}, 1),
        ({"c"}, 2),
        ({"<"}, 9),
        ({"d"}, 3),
        ({"a", "d"}, 3),
        ({"b", "c"}, 2),
        ({"head"}, None),
    ],
)
def test_the_smallest_part_with_which_a_fault_shows(faulty: set[str], found: int | None) -> None:
    part = culprit(source_of(*"abcd"), lambda text: faulty <= set(text.split()))
    assert (part and part.number) == found


def test_a_part_is_replaced_with_all_that_is_in_it() -> None:
    source = source_of(*"abcd")
    text = replaced(source, {9: "instead\n", 3: ""})
    assert [line for line in text.splitlines() if "//" not in line] == ["head", "a", "instead"]
    # It is found again, at its place.
    assert [part.number for part in fragments_of(text.splitlines())] == [0, 9, 3]
    assert origin(text.splitlines()) == ("page", 3)


class Panic(BaseException):
    """Those of the compiler are no exceptions, either."""


@pytest.mark.slow
@pytest.mark.parametrize("error", [Panic("deep inside"), RuntimeError("odd"), OSError("no disk")])
def test_whatever_the_compiler_raises_costs_its_place(
    book: Site, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    class Compiling:
        def __init__(self, **named: Any) -> None:
            self.compiler = typst.Compiler(**named)

        def compile_with_warnings(self, **named: Any) -> Any:
            if b"trouble" in named["input"] or b"everywhere" in named["input"]:
                raise error
            return self.compiler.compile_with_warnings(**named)

    monkeypatch.setattr(
        compiler, "typst", SimpleNamespace(**{**vars(typst), "Compiler": Compiling})
    )
    book.write({"other.md": "# everywhere\n", "third.md": "# Third\n\nfine\n"})
    documents = [(name, name, "", "", False) for name in ("index", "other", "third")]
    page = "# Site\n\nbefore\n\ntrouble\n\nafter\n\n```{toctree}\nother\nthird\n```\n"
    built = build(book, page, typstprint_documents=documents)
    first, second = (line for line in built.warnings if "ERROR" in line)
    assert f"index.md:5: ERROR: index.pdf: {type(error).__name__}: {error}" in first
    assert f"ERROR: other.pdf: {type(error).__name__}: {error}" in second
    # Its text is the trouble: so a mark stands there.
    assert says(built.outdir / "index.pdf", "before 〓 after")
    assert not (built.outdir / "other.pdf").exists()
    assert says(built.outdir / "third.pdf", "fine")
