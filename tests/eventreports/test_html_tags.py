"""Tags that are no HTML are text, in every output."""

import pytest
from docutils import nodes

from conftest import Site

FACTS = "name: One\ndate: 2026-01-01\n"


def text_of(site: Site, notes: str) -> nodes.document:
    site.event("one", FACTS, f"# One\n\n{notes}\n")
    built = site.build("dummy")
    assert built.warnings == []
    return built.doctree("events/one/index")


def html_of(tree: nodes.Element) -> list[str]:
    return [raw.astext().rstrip() for raw in tree.findall(nodes.raw)]


@pytest.mark.slow
def test_types_and_placeholders_are_text(site: Site) -> None:
    words = (
        "Vec<T>, Map<String, List<Int>>, Vec<S>, Promise<Object>, Vec<s>, std::vector<std::string>;"
        ' a<b and c>d, <x y="1">, use </div>, git checkout <branch-name> <file>, cp <source> <to>'
    )
    tree = text_of(
        site, f"## Option<U>\n\n{words}\n\n- Result<A, B<C>>\n\n| Box<D> | b |\n| - | - |\n"
    )
    assert html_of(tree) == []
    for part in (words, "Option<U>", "Result<A, B<C>>", "Box<D>"):
        assert part in tree.astext()


@pytest.mark.slow
def test_html_is_html(site: Site) -> None:
    tags = [
        "<b>",
        "</b>",
        "<BR>",
        '<img src="x.png" alt="y">',
        "<my-own>",
        "</my-own>",
        "<!-- no <T> -->",
    ]
    b, end, br, img, own, own_end, comment = tags
    page = f"{b}bold{end} x{br}y {img} {own}z{own_end} {comment}\n\n<div>\n\nwords\n\n</div>\n"
    tree = text_of(site, page)
    assert html_of(tree) == [*tags, "<div>", "</div>"]


@pytest.mark.slow
def test_types_within_blocks_of_html(site: Site) -> None:
    code = '<script>\nlet x = "<T>"\n</script>'
    tree = text_of(site, f"<div>RAW <K> &amp; <em>more</em></div>\n\n<T>\nalone **so**\n\n{code}\n")
    assert html_of(tree) == ["<div>RAW &lt;K&gt; &amp; <em>more</em></div>", code]
    (paragraph,) = tree.findall(nodes.paragraph)
    assert paragraph.astext() == "<T>\nalone **so**"


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "text", "man"])
def test_types_are_shown_by_every_builder(site: Site, builder: str) -> None:
    site.event("one", FACTS, "# Box<A>\n\nVec<T> and Map<K, List<V>> end.\n")
    conf = "man_pages = [('events/one/index', 'one', 'x', 'y', 7)]\n"
    site.write({"conf.py": (site.folder / "conf.py").read_text(encoding="utf-8") + conf})
    built = site.build(builder)
    assert built.warnings == []
    names = {"html": "events/one/index.html", "text": "events/one/index.txt", "man": "one.7"}
    text = built.text(names[builder]).replace("&lt;", "<").replace("&gt;", ">")
    assert "Vec<T> and Map<K, List<V>> end." in " ".join(text.split())
