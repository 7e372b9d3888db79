"""Markdown in data: text with emphasis, lists, code and links, and nothing that acts."""

from pathlib import Path

import pytest
from babel import Locale
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st

from eventreports.core.problems import Mark
from eventreports.render.context import Context
from eventreports.render.markdown import markdown

WILD = settings(max_examples=80)

CONTEXT = Context(
    docname="events/x/index",
    event_id="x",
    languages=("ja",),
    locale=Locale("ja"),
    root=Path("/project"),
    folder="events/x",
    source="/project/events/x/event.yaml",
)

MARK = Mark(3, 5)
ALLOWED = ("https://", "http://", "mailto:")


def rendered(text: str) -> nodes.Element:
    return nodes.container("", *markdown(CONTEXT, text, MARK))


def kinds(text: str) -> set[str]:
    """The names of all nodes that a text becomes, but for those of plain text."""
    names = {node.tagname for node in rendered(text).findall(nodes.Element)}
    return names - {"container", "paragraph"}


def links(text: str) -> list[tuple[str, str | None]]:
    """What each link says, and where it leads."""
    found = rendered(text).findall(nodes.reference)
    return [(node.astext(), node.get("refuri")) for node in found]


# What comes through


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("a *b* c", nodes.emphasis, "b"),
        ("a **b** c", nodes.strong, "b"),
        ("a `b *c*` d", nodes.literal, "b *c*"),
        ("日本語の**強調**です", nodes.strong, "強調"),
        ("- a\n- b", nodes.bullet_list, "a\n\nb"),
        ("1. a\n2. b", nodes.enumerated_list, "a\n\nb"),
        ("```\n# a\n```", nodes.literal_block, "# a"),
        ("```python\nx = 1\n```", nodes.literal_block, "x = 1"),
        ("> a", nodes.block_quote, "a"),
    ],
)
def test_text_has_its_form(text: str, kind: type[nodes.Element], said: str) -> None:
    (node,) = rendered(text).findall(kind)
    assert node.astext().rstrip("\n") == said


def test_lists_stand_in_lists() -> None:
    (outer, inner) = rendered("- a\n  - b\n  - c\n- d").findall(nodes.bullet_list)
    assert [len(outer), len(inner)] == [2, 2]
    assert inner.parent.parent is outer


def test_paragraphs_stay_apart_and_plain_text_stays_plain() -> None:
    node = rendered("一つ目。\n\n二つ目。")
    assert [child.astext() for child in node.children] == ["一つ目。", "二つ目。"]
    assert kinds("一つ目。\n\n二つ目。") == set()


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_is_nothing(text: str) -> None:
    assert markdown(CONTEXT, text, MARK) == []


@pytest.mark.parametrize(
    ("text", "said", "target"),
    [
        ("[a](https://a.example/b?c=d#e)", "a", "https://a.example/b?c=d#e"),
        ("[a](http://a.example)", "a", "http://a.example"),
        ("[a](HTTPS://a.example)", "a", "HTTPS://a.example"),
        ('[a](https://a.example "title")', "a", "https://a.example"),
        ("[a](mailto:a@a.example)", "a", "mailto:a@a.example"),
        ("<https://a.example>", "https://a.example", "https://a.example"),
        ("<a@a.example>", "a@a.example", "mailto:a@a.example"),
        ("[*a* `b`](https://a.example)", "a b", "https://a.example"),
    ],
)
def test_links_with_allowed_schemes_lead_there(text: str, said: str, target: str) -> None:
    assert links(text) == [(said, target)]


@pytest.mark.parametrize("text", ["a\\\nb", "a  \nb"], ids=["backslash", "blanks"])
def test_a_line_that_is_broken_breaks_in_every_builder(text: str) -> None:
    """Not in HTML and LaTeX alone: elsewhere the words on both sides would be one."""
    node = rendered(text)
    for raw in list(node.findall(nodes.raw)):
        raw.parent.remove(raw)
    assert node.astext().split() == ["a", "b"]


@pytest.mark.parametrize(
    "text", ["一行目\\\n二行目", "一行目  \n二行目"], ids=["backslash", "blanks"]
)
def test_a_line_that_is_broken_is_not_one_that_is_wrapped(text: str) -> None:
    """Wrapped lines are joined, in Japanese without a blank; broken ones must not be."""
    assert rendered(text).pformat() != rendered("一行目\n二行目").pformat()


def test_each_part_knows_its_place_in_the_events_file() -> None:
    for child in markdown(CONTEXT, "a *b*\n\n- [c](https://c.example)\n", MARK):
        for node in child.findall(nodes.Element):
            assert (node.source, node.line) == (CONTEXT.source, MARK.line), node.tagname


# What does not


@pytest.mark.parametrize(
    "text",
    [
        "<b>a</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!-- a -->",
        "<div>\n\n*a*\n\n</div>",
        "a <br> b",
        "&lt;b&gt;",
    ],
)
def test_html_is_text(text: str) -> None:
    assert kinds(text) <= {"emphasis"}
    assert "<" in rendered(text).astext()


@pytest.mark.parametrize("text", ["# a", "###### a", "a\n===", "a\n---", "---\na: b\n---\n\nc"])
def test_there_are_no_headings_and_no_front_matter(text: str) -> None:
    assert kinds(text).isdisjoint({"title", "section", "rubric", "docinfo", "field_list"})
    assert "a" in rendered(text).astext()


@pytest.mark.parametrize("text", ["---", "a\n\n---\n\nb", "***", "- a\n\n  ---"])
def test_there_are_no_rules(text: str) -> None:
    """They may stand only right in a section: anywhere else the build warns of them."""
    assert "transition" not in kinds(text)


@pytest.mark.parametrize(
    "text", ["![a](https://a.example/b.png)", "![a](b.png)", "[![a](b.png)](https://a.example)"]
)
def test_there_are_no_images(text: str) -> None:
    assert kinds(text).isdisjoint({"image", "figure"})


@pytest.mark.parametrize(
    "text",
    [
        "```{note}\na\n```",
        "```{include} /etc/passwd\n```",
        "```{raw} html\n<b>a</b>\n```",
        "```{eval-rst}\n.. note:: a\n```",
        ":::{note}\na\n:::",
        "~~~{image} a.png\n~~~",
        "{abbr}`a (b)`",
        "{download}`a`",
        "{{ a }}",
        "$a$",
        "(a)=\n\nb",
        "% a",
        "+++",
        "a[^1]\n\n[^1]: b",
    ],
)
def test_nothing_acts(text: str) -> None:
    """Directives, roles and whatever else MyST adds are text, or code."""
    assert kinds(text) <= {"literal", "literal_block"}
    assert "passwd" not in rendered("```{include} /etc/passwd\n```").astext()


def test_the_text_of_a_directive_is_shown_as_code() -> None:
    (block,) = rendered("```{note}\nはい\n```").findall(nodes.literal_block)
    assert block.astext().rstrip("\n") == "はい"


@pytest.mark.parametrize("text", ["```{note}\na\n```", "```nosuchlanguage\na\n```"])
def test_nothing_is_printed_beside_the_log(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    rendered(text)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("JaVaScRiPt:alert(1)", id="capitals"),
        pytest.param("&#106;avascript:alert(1)", id="entity"),
        pytest.param("vbscript:a", id="vbscript"),
        pytest.param("data:text/html,a", id="data"),
        pytest.param("data:image/png;base64,a", id="data-image"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("ftp://a.example", id="ftp"),
        pytest.param("tel:1", id="tel"),
        pytest.param("slack://open", id="application"),
        pytest.param("inv:a#b", id="myst-inv"),
        pytest.param("path:a", id="myst-path"),
        pytest.param("project:a.md", id="myst-project"),
        pytest.param("//a.example", id="no-scheme"),
        pytest.param("/a", id="absolute"),
        pytest.param("a.md", id="relative"),
        pytest.param("#a", id="fragment"),
        pytest.param("?a", id="query"),
        pytest.param("", id="empty"),
    ],
)
def test_other_links_are_their_words_alone(target: str) -> None:
    """A description is shown on several pages: only a whole URL leads anywhere from all."""
    assert links(f"前[a]({target})後") == []
    assert "a" in rendered(f"前[a]({target})後").astext()


@pytest.mark.parametrize("target", ["javascript:alert(1)", "ftp://a.example", "slack://a"])
def test_other_links_in_angle_brackets_are_text(target: str) -> None:
    assert links(f"<{target}>") == []
    assert target in rendered(f"<{target}>").astext()


def test_links_are_not_guessed_nor_defined_elsewhere() -> None:
    assert links("a.example, www.a.example, README.md") == []
    assert links("[a][b]\n\n[b]: javascript:alert(1)") == []
    assert "[b]:" in rendered("[a][b]\n\n[b]: https://a.example").astext()


# Anything at all

KNOWN = {
    "block_quote",
    "bullet_list",
    "emphasis",
    "enumerated_list",
    "inline",
    "line",
    "line_block",
    "list_item",
    "literal",
    "literal_block",
    "reference",
    "strong",
}
PIECES = st.sampled_from(
    "* ** ` ``` [a]( ) ]( ![ [ ] [^1] ]:   \t https://a mailto: javascript: data:image/png, < > "
    "<b> </b> - 1. # = --- === | ( {note} {raw} html &#58; : 日 😀".split(" ")
) | st.sampled_from(["\n", "\n\n", "\\\n", "  \n", "    ", " "])


@pytest.mark.parametrize(
    "texts",
    [st.text(), st.lists(PIECES, max_size=12).map("".join)],
    ids=["text", "pieces"],
)
def test_any_text_becomes_nothing_but_what_is_known(texts: st.SearchStrategy[str]) -> None:
    found: list[str] = []

    @WILD
    @given(texts)
    def become(text: str) -> None:
        node = rendered(text)
        names = {child.tagname for child in node.findall(nodes.Element)}
        # Rules, and line breaks as raw HTML, have their own tests above.
        assert names - {"container", "paragraph", "transition", "raw"} <= KNOWN
        for raw in node.findall(nodes.raw):
            assert raw.astext() in ("<br />\n", "\\\\\n")
        found.extend(names)

    become()
    assert "paragraph" in found


@pytest.mark.parametrize(
    "form", ["[a]({})", "<{}>", "[*a*](<{}>)"], ids=["link", "autolink", "brackets"]
)
def test_wherever_a_link_leads_its_scheme_is_allowed(form: str) -> None:
    schemes = [*ALLOWED, "javascript:", "data:image/gif,", "ftp://", "x:", ""]

    @WILD
    @given(st.sampled_from(schemes), st.text(st.characters(codec="utf-8"), max_size=8))
    def check(scheme: str, rest: str) -> None:
        for _said, target in links(form.format(scheme + rest)):
            assert target is not None
            assert target.lower().startswith(ALLOWED)

    check()
