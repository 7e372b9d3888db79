"""Letters of all alphabets have their own glyphs, beside Japanese too; tabs keep columns."""

from pathlib import Path

import pytest
import typst
from docutils import nodes

import typstprint
from conftest import Site
from printing import CONF
from sphinxcommon.typst_fonts import fonts_with
from test_layout import words
from typstprint.characters import composed, expanded
from typstprint.markup import array, string
from typstprint.settings import Settings
from typstprint.transforms import normalize

pytestmark = pytest.mark.once

ROOT = Path(typstprint.__file__).parent
LANGUAGES = ["ja", "en", "de", "zh_CN"]

LATIN = {
    "Czech and Slovak": "Jiří Šťastný, Žluťoučký kůň, Ľubomír Ďaďo, ŘŤŇĎ",
    "Polish and Baltic": "Łukasz Żółć, Māris Ķēniņš, Ąžuolas Žvirblis, Gżegżółka",
    "South Slavic, Hungarian, Romanian": "Đorđe Čović, Őry Űrhajó, Ștefan Țăran",
    "Turkish and Maltese": "İstanbul Iğdır Şişli, Ħal Għaxaq",
    "Vietnamese": "Nguyễn Thị Hằng, Trần Đức Ưởng, Phở",
    "Greek": "Αθήνα, Ώρα, ΐ ΰ, ἄνθρωπος ᾧ Ἀθηνᾶ",
    "Cyrillic": "Москва, Київ, Ђорђе Ћирић, Ўзбек ѝ",
}
#: Narrow in Latin fonts, and as wide as kanji in Japanese.
SHARED_SIGNS = "日本×語÷字±値§節¶段※注“引用”……——℃①→"


@pytest.fixture(scope="module")
def fonts() -> typst.Fonts:
    return fonts_with(())


def picture(fonts: typst.Fonts, body: str, language: str = "en", *names: str) -> bytes:
    """A line rendered with some fonts, or with those that a site has by default."""
    lang = string(language.partition("_")[0])
    listed = array(map(string, names or Settings().fonts))
    source = (
        '#import "/template.typ": *\n#set page(width: 150mm, height: auto, margin: 4mm)\n'
        f"#set text(lang: {lang}, font: fonts-for({listed}, {lang}), size: 14pt)\n{body}\n"
    )
    compiler = typst.Compiler(source.encode(), root=ROOT, font_paths=fonts)
    made = compiler.compile(format="png", ppi=100.0)
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("alphabet", LATIN)
@pytest.mark.parametrize(
    "style", ["", 'weight: "bold", ', 'style: "italic", ', 'weight: "bold", style: "italic", ']
)
@pytest.mark.matrix
def test_letters_are_those_of_a_font_that_has_them(
    fonts: typst.Fonts, language: str, alphabet: str, style: str
) -> None:
    body = f"#text({style}{string(LATIN[alphabet])})"
    assert picture(fonts, body, language) == picture(fonts, body, language, "Noto Sans")


def test_signs_in_japanese_are_as_wide_as_its_letters(fonts: typst.Fonts) -> None:
    body = f"#{string(SHARED_SIGNS)}"
    japanese = picture(fonts, body, "ja", "Noto Sans CJK JP")
    assert picture(fonts, body, "ja") == japanese
    assert picture(fonts, body, "en") != japanese


def test_the_first_of_several_fonts_may_be_japanese(fonts: typst.Fonts) -> None:
    body = f"#{string('日本。「か」ー、abc')}"
    alone = picture(fonts, body, "ja", "Noto Sans CJK JP")
    assert picture(fonts, body, "ja", "Noto Sans CJK JP", "Noto Emoji") == alone


@pytest.mark.parametrize("letters", ["Nguyễn", "ẤẩẾểỔổỞỷ", "Ǻǽ"])
def test_letters_that_the_font_for_code_lacks_are_of_another(
    fonts: typst.Fonts, letters: str
) -> None:
    """Those of Vietnamese with two marks; the others stay as wide as all in code."""
    for letter in letters:
        code = picture(fonts, f"#mono({string(letter)})")
        parts = "DejaVu Sans Mono", "Noto Sans"
        alone = [
            picture(fonts, f'#text(font: "{part}", size: .85em, {string(letter)})')
            for part in parts
        ]
        assert code in alone
        assert (code == alone[1]) == (letter not in "Nguynǽ")


def test_emphasis_is_italic_and_dotted_where_there_are_no_italics(fonts: typst.Fonts) -> None:
    latin, kanji = "#emphasized[Řeka]", "#emphasized[強調]"
    italic = picture(fonts, '#text(style: "italic")[Řeka]')
    assert picture(fonts, latin, "en") == italic
    assert picture(fonts, kanji, "en") != picture(fonts, "#[強調]", "en")
    both = '#emphasized(language: "ja")[Řeka]'
    assert picture(fonts, both, "ja") not in (italic, picture(fonts, "#[Řeka]", "ja"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S\u030ct\u030castny\u0301", "Šťastný"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("ω\u0314\u0345 И\u0306", "ᾡ Й"),
        ("か\u3099は\u309a", "がぱ"),
        ("\u1112\u1161\u11ab", "한"),
        # Nothing is composed of these, and variants of kanji in names are no others.
        ("q\u030c", "q\u030c"),
        ("\ufa19\ufa1b\U0002f8a6", "\ufa19\ufa1b\U0002f8a6"),
    ],
)
def test_letters_and_their_marks_are_composed(text: str, expected: str) -> None:
    assert composed(text) == expected
    assert composed(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\tx", "        x"),
        ("1\t22\t333", "1       22      333"),
        ("1234567\tx\n12345678\tx", "1234567 x\n12345678        x"),
        ("日本\tx", "日本    x"),
        ("ｱｲ\tx", "ｱｲ      x"),
        ("e\u0301\tx", "e\u0301       x"),
        (" \t\tx", "                x"),
    ],
)
def test_tabs_go_to_the_next_tab_stop(text: str, expected: str) -> None:
    assert expanded(text)[0] == expected


def test_tabs_count_from_where_the_line_begins_whatever_is_marked_in_it() -> None:
    block = nodes.literal_block(
        "", "", nodes.Text("ab"), nodes.strong("", "c\td"), nodes.Text("\te")
    )
    normalize(block)
    assert block.astext() == "abc     d       e"


def test_tabs_in_text_are_spaces_and_those_in_raw_text_are_left() -> None:
    raw = nodes.raw("", "a\tb", format="typst")
    tree = nodes.section("", nodes.paragraph("", "one \t two\tthree"), raw)
    normalize(tree)
    assert [child.astext() for child in tree.children] == ["one two three", "a\tb"]


PAGE = """
# Řeka S\u030cu\u030ara

`in\tline` and text\tgoes on.

```go
func main() {
\tif ok {
\t\treturn
\t}
}
```

```text
one\tsecond
three\tfourth
```

```{literalinclude} lines.mk
:language: make
```

```{parsed-literal}
*five*\tsixth
```
"""


@pytest.mark.slow
def test_pages_have_letters_and_columns_as_their_authors_typed_them(site: Site) -> None:
    site.write({"conf.py": CONF, "index.md": PAGE, "lines.mk": "all:\n\techo\tseventh\n"})
    built = site.build(
        "typstprint", language="en", typstprint_documents=[("index", "book", "", "", False)]
    )
    assert built.warnings == []
    source = built.text("book.typ")
    assert "Řeka Šůra" in source
    assert '" and text goes on."' in source
    left = {word.text: word.left for word in words(built.outdir / "book.pdf")}
    column = (left["return"] - left["func"]) / 16
    assert column > 4
    for word, columns in {"if": 8, "second": 8, "fourth": 8, "echo": 8, "seventh": 16}.items():
        assert left[word] == pytest.approx(left["func"] + columns * column, abs=0.1), word
    assert left["sixth"] == pytest.approx(left["five"] + 8 * column, abs=0.1)
    assert left["line"] > left["in"] + 7 * column
