"""EPUB: whatever HTML a page has is written as XHTML, which EPUB requires.

HTML is parsed as browsers do (WHATWG), and written by an allowlist of elements and attributes. An
element that is not allowed where it stands, or has content that is not allowed, becomes a ``div``
or ``span``, which keeps its text. Media that a book cannot play become links.
"""

import io
import os
import posixpath
import re
import time
from collections.abc import Callable, Iterator, Mapping, Set
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_design.shared import is_component
from tinyhtml5.parser import HTMLParser

from ...core.characters import NOT_XML
from ...core.urls import check_url
from ...render.context import rubric

_SVG: Final = "{http://www.w3.org/2000/svg}"

#: The first moment that an archive can hold.
_FIRST: Final = (1980, 1, 1, 0, 0, 0)
#: Elements without text of the page.
_WITHOUT_TEXT: Final = frozenset("base link meta script style template".split())
#: Elements that embed other content, and the attribute with its address.
_EMBEDDED: Final = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "object": "data",
    "source": "src",
    "video": "src",
}
#: The name of an element that is not written.
_NOTHING: Final = ""
_VOID: Final = frozenset("br col hr img input wbr".split())
_INLINE: Final = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i img input ins kbd mark q ruby s samp small span "
    "strong sub sup u var wbr".split()
)
_BLOCK: Final = frozenset(
    "article aside blockquote details div dl figure h1 h2 h3 h4 h5 h6 hr nav ol p pre section "
    "table ul".split()
)
#: Blocks that allow only text and inline elements.
_BLOCK_OF_TEXT: Final = frozenset("p h1 h2 h3 h4 h5 h6 pre dt summary".split())
#: Elements that are allowed only in certain others, with the content of a block.
_PARTS: Final = frozenset("li dd td th caption figcaption".split())
#: The children of elements with a content model of their own.
_OWN_CHILDREN: Final[Mapping[str, Set[str]]] = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "colgroup": {"col"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "details": {"summary"} | _INLINE | _BLOCK,
    "figure": {"figcaption"} | _INLINE | _BLOCK,
}
#: Elements that are no part of a line.
_BLOCK_LIKE: Final = frozenset(
    _BLOCK
    | _PARTS
    | _OWN_CHILDREN.keys() - {"ruby"}
    | set("address center dt fieldset footer form header legend main option summary".split())
)
#: The order of children, as a pattern of their names, each with a space behind; ``#`` is text.
_ORDER: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "ul": "(li )*",
        "ol": "(li )*",
        "dl": "((dt )+(dd )+)+",
        "table": "(caption )?(colgroup )*(thead )?(tbody )*(tfoot )?",
        "colgroup": "(col )*",
        "thead": "(tr )*",
        "tbody": "(tr )*",
        "tfoot": "(tr )*",
        "tr": "((td|th) )*",
        "details": r"summary ((?!summary )\S+ )*",
        "figure": r"((?!figcaption )\S+ )*(figcaption )?|figcaption ((?!figcaption )\S+ )*",
        "ruby": r"(((?!r[tp] )\S+ )+((rt )+|(rp (rt )+)+rp ))+",
    }.items()
}
#: Interactive elements, which are not allowed within links.
_CLICKED: Final = frozenset({"a", "details", "input"})
_DEEPEST: Final = 200
#: Characters that are quoted in paths, queries and fragments.
_UNSAFE: Final = re.compile(r"[^\w.~%/:@!$&'()*+,;=?-]")

_NUMBER: Final = "[0-9]{1,4}"
_ROLES: Final = (
    "alert complementary contentinfo doc-backlink doc-endnotes doc-footnote doc-noteref "
    "doc-subtitle doc-toc doc-tip group heading img list listitem main math navigation note "
    "presentation region"
)
#: The attributes of every element (``*``) and of some, with the values that they may have.
_ATTRIBUTES: Final = {
    element: {name: re.compile(pattern, re.DOTALL) for name, pattern in attributes.items()}
    for element, attributes in {
        "*": {
            "aria-hidden": "true|false",
            "aria-label": ".+",
            "aria-level": "[1-9]",
            "class": ".+",
            "dir": "ltr|rtl|auto",
            "id": r"\S+",
            "lang": "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
            "role": "|".join(_ROLES.split()),
            "style": r"(\s*[a-z-]+\s*:[\w\s.,%#()-]+(;|$))+\s*",
            "title": ".*",
        },
        "a": {"href": ".+"},
        "bdo": {"dir": "ltr|rtl"},
        "col": {"span": _NUMBER},
        "details": {"open": ".*"},
        "img": {"src": ".+", "alt": ".*", "width": _NUMBER, "height": _NUMBER},
        "input": {"type": "checkbox", "checked": ".*", "disabled": ".*"},
        "li": {"value": _NUMBER},
        "ol": {"start": _NUMBER, "type": "[1aAiI]", "reversed": ".*"},
        "td": {"colspan": _NUMBER, "rowspan": _NUMBER},
        "th": {"colspan": _NUMBER, "rowspan": _NUMBER, "scope": "row|col|rowgroup|colgroup"},
    }.items()
}
#: Attributes that an element must have, and their defaults.
_REQUIRED: Final = {"bdo": {"dir": "ltr"}, "img": {"alt": ""}, "input": {"type": "checkbox"}}
#: Boolean attributes.
_SWITCHES: Final = frozenset({"checked", "disabled", "open", "reversed"})


def setup(app: Sphinx) -> None:
    """Register the builder and its transforms, and connect the handler."""
    app.add_builder(BookBuilder, override=True)
    app.add_post_transform(PlainTabs)
    app.add_post_transform(RemotePictures)
    # After the handlers of other extensions that change the body of a page.
    app.connect("html-page-context", tidy_page, priority=900)


def tidy_page(
    app: Sphinx,
    page: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Replace the body of a page by XHTML if it has HTML that is not Sphinx's own."""
    body = context.get("body")
    if app.builder.name != "epub" or not body:
        return
    if _is_xml(body) and (doctree is None or not any(map(_is_foreign, doctree.findall()))):
        return
    pages = {unquote(app.builder.get_target_uri(docname)) for docname in app.env.found_docs}
    images = {f"{app.builder.imagedir}/{name}" for name in app.builder.images.values()}
    folder = posixpath.dirname(page)

    def is_in_book(path: str) -> bool:
        """Return whether an address leads from the page to a file of the book."""
        target = posixpath.normpath(posixpath.join(folder, unquote(path)))
        is_inside = not target.startswith(("..", "/"))
        is_known = target in pages or target in images
        return is_known or (is_inside and Path(app.outdir, target).is_file())

    context["body"] = to_xhtml(body, is_in_book)


def _is_foreign(node: nodes.Node) -> bool:
    """Return whether a node is raw HTML, or a link with an address that EPUB does not allow."""
    if isinstance(node, nodes.reference):
        address = node.get("refuri", "")
        return re.match("https?:", address) is not None and _external(address) != address
    return isinstance(node, nodes.raw)


def _is_xml(body: str) -> bool:
    try:
        ElementTree.fromstring(f"<div>{body}</div>")
    except ElementTree.ParseError:
        return False
    return True


def to_xhtml(html: str, is_in_book: Callable[[str], bool]) -> str:
    """Convert a page's body to XHTML.

    :param html: The HTML of the body.
    :param is_in_book: Says whether a relative address leads to a file of the book.
    :returns: The XHTML of the body.
    """
    # A short text by itself would be taken for the path of a file.
    root: Element = HTMLParser(namespace_html_elements=False).parse_fragment(io.StringIO(html))
    for element in root.iter():
        _simplify(element, is_in_book)
    return NOT_XML.sub("", "".join(_Writer(root, is_in_book).parts))


def _simplify(element: Element, is_in_book: Callable[[str], bool]) -> None:
    """Replace an element that a book cannot show by a link, an image or its text."""
    # The tag of a comment is a function.
    name: Any = element.tag
    if callable(name) or name in _WITHOUT_TEXT:
        _become(element, _NOTHING)
    elif name == f"{_SVG}svg":
        _simplify_svg(element)
    elif name.startswith("{"):
        _become(element, "span", text=" ".join(element.itertext()))
    elif name in _EMBEDDED:
        _simplify_embedded(element, is_in_book)
    elif name == "input" and element.get("type") != "checkbox":
        _become(element, "span", text=element.get("value", ""))
    elif name == "a":
        element.set("href", _address(element.get("href", ""), is_in_book))


def _become(
    element: Element, tag: str, attributes: Mapping[str, str] | None = None, text: str = ""
) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = tag, text, tail
    element.attrib.update(attributes or {})


def _simplify_svg(svg: Element) -> None:
    """Replace a drawing by an image, since books must declare pages with inline SVG."""
    kept = {"class": svg.get("class", ""), "alt": " ".join(svg.itertext()).strip()}
    tail, svg.tail = svg.tail, None
    drawing = NOT_XML.sub("", ElementTree.tostring(svg, encoding="unicode"))
    svg.tail = tail
    if _is_xml(drawing):
        _become(svg, "img", {**kept, "src": f"data:image/svg+xml,{quote(drawing)}"})
    else:
        _become(svg, "span", text=kept["alt"])


def _simplify_embedded(element: Element, is_in_book: Callable[[str], bool]) -> None:
    sources = [element, *element.iter("source")]
    found = (one.get(_EMBEDDED[str(element.tag)], one.get("src", "")) for one in sources)
    address = next(filter(None, map(str.strip, found)), "")
    text = element.get("alt") or element.get("title") or " ".join(element.itertext()).strip()
    is_picture = element.tag in ("img", "object")
    if is_picture and _is_picture(address) and (_is_data(address) or is_in_book(address)):
        element.attrib["alt"] = text
        element.attrib["src"] = address
        del element[:]
        element.tag, element.text = "img", ""
    elif outside := _external(address):
        _become(element, "a", {"href": outside}, text or address)
    else:
        _become(element, "span", text=text)


def _is_data(address: str) -> bool:
    return re.match(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]", address) is not None


def _is_picture(address: str) -> bool:
    return _is_data(address) or re.search(r"\.(png|jpe?g|gif|webp|svg)$", address) is not None


def _external(address: str) -> str:
    """Return an address of the web or of mail in the form of RFC 3986; nothing if it has none.

    Browsers accept more than the checkers of EPUB.
    """
    try:
        parts = urlsplit(check_url(re.sub("%(?![0-9A-Fa-f]{2})", "%25", address)))
        # Raises if a label is invalid.
        (parts.hostname or "").encode("idna").decode("idna")
        is_host = re.fullmatch(r"[^\s\"<>{}|^`]*", parts.netloc) and (parts.port or 0) >= 0
    except ValueError:
        return ""
    path, query, fragment = (_UNSAFE.sub(lambda one: quote(one[0]), part) for part in parts[2:])
    return urlunsplit((parts.scheme, parts.netloc, path, query, fragment)) if is_host else ""


def _address(address: str, is_in_book: Callable[[str], bool]) -> str:
    """Return the address of a link; nothing if the book must not have it."""
    if found := _external(address):
        return found
    if address.startswith("#"):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_outside = parts.scheme or parts.netloc or parts.query
    return address if not is_outside and is_in_book(parts.path) else ""


class _Writer:
    """Writes the parts of an XHTML fragment, in their order."""

    def __init__(self, root: Element, is_in_book: Callable[[str], bool]) -> None:
        self.parts: list[str] = []
        self._known = {"", *(element.get("id") for element in root.iter())}
        self._ids: set[str] = set()
        self._write_content(root, _BLOCK | _INLINE, 0)

    def _write_content(self, element: Element, allowed: Set[str], depth: int) -> None:
        self.parts.append(escape(element.text or "", quote=False))
        for child in element:
            if child.tag == _NOTHING:
                pass
            elif depth < _DEEPEST:
                self._write(child, allowed, depth + 1)
            else:
                self.parts.append(escape("".join(child.itertext()), quote=False))
            self.parts.append(escape(child.tail or "", quote=False))

    def _write(self, element: Element, allowed: Set[str], depth: int) -> None:
        name = _name(element, allowed)
        self.parts.append(f"<{name}{''.join(self._attributes(element, name))}")
        if name in _VOID:
            self.parts.append(" />")
            return
        self.parts.append(">")
        self._write_content(element, _allowed_in(name, allowed), depth)
        self.parts.append(f"</{name}>")

    def _attributes(self, element: Element, name: str) -> Iterator[str]:
        patterns = {**_ATTRIBUTES["*"], **_ATTRIBUTES.get(name, {})}
        for key, value in {**_REQUIRED.get(name, {}), **element.attrib}.items():
            pattern = patterns.get(key)
            if pattern is None or not pattern.fullmatch(value) or not self._is_right(key, value):
                value = _REQUIRED.get(name, {}).get(key, "")
                if not value:
                    continue
            yield f' {key}="{escape(key if key in _SWITCHES else value)}"'

    def _is_right(self, key: str, value: str) -> bool:
        """Return whether an id is new, or a link within the page leads to an id."""
        if key == "id":
            is_new = value not in self._ids
            self._ids.add(value)
            return is_new
        return key != "href" or not value.startswith("#") or unquote(value[1:]) in self._known


def _name(element: Element, allowed: Set[str]) -> str:
    """Return the element's own name if it is allowed there with its content, else a general one."""
    name = str(element.tag)
    order = _ORDER.get(name)
    if name in allowed and (order is None or order.fullmatch(_order(element))):
        return name
    is_block = name in _BLOCK_LIKE or any(child.tag in _BLOCK_LIKE for child in element)
    return "div" if is_block and "div" in allowed else "span"


def _order(element: Element) -> str:
    names = ["#"] if (element.text or "").strip() else []
    for child in element:
        if child.tag != _NOTHING:
            names.append(str(child.tag))
        if (child.tail or "").strip():
            names.append("#")
    return "".join(f"{name} " for name in names)


def _allowed_in(name: str, around: Set[str]) -> Set[str]:
    """Return what is allowed in an element that stands where ``around`` is allowed."""
    if name in _OWN_CHILDREN:
        return _OWN_CHILDREN[name]
    if name in _BLOCK_OF_TEXT:
        return _INLINE
    if name in _BLOCK or name in _PARTS:
        return _INLINE | _BLOCK
    inline = around & _INLINE
    if name == "ruby":
        return {"rp", "rt"} | inline - {"ruby"}
    return inline - _CLICKED if name == "a" else inline


class BookBuilder(Epub3Builder):
    """Sphinx's builder, with a reading order (spine) that lists each page once.

    Sphinx looks up the addresses of the contents, which are quoted, among the files, which are not,
    and so misses names beyond ASCII; and it lists a page as often as the contents do.
    """

    def build_content(self) -> None:
        addresses = self.refnodes
        files = dict.fromkeys(unquote(one["refuri"]) for one in addresses)
        self.refnodes = [{"refuri": file} for file in files]
        super().build_content()
        self.refnodes = addresses

    def build_epub(self) -> None:
        super().build_epub()
        # The archive says of each file when it was written, and who may read it: of the same
        # sources it is the same (https://reproducible-builds.org/specs/source-date-epoch/).
        book = Path(self.outdir, f"{self.config.epub_basename}.epub")
        with ZipFile(book) as archive:
            parts = [(info, archive.read(info)) for info in archive.infolist()]
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        moment = time.gmtime(int(epoch))[:6] if epoch.isdecimal() else None
        with ZipFile(book, "w") as archive:
            for info, content in parts:
                part = ZipInfo(info.filename, max(_FIRST, moment or info.date_time))
                part.external_attr = 0o644 << 16
                part.compress_type = info.compress_type
                archive.writestr(part, content)


class PlainTabs(SphinxPostTransform):
    """Replace tabs by their contents, each under its name, as EPUB has no scripts.

    Runs before sphinx-design makes tabs (200).
    """

    builders = ("epub",)
    default_priority = 190

    def run(self, **kwargs: object) -> None:
        for tabs in list(self.document.findall(lambda node: is_component(node, "tab-set"))):
            shown: list[nodes.Node] = []
            for child in tabs.children:
                if is_component(child, "tab-item") and len(child.children) == 2:
                    name, panel = child.children
                    shown += [rubric(name.astext(), "event-day"), *panel.children]
                else:
                    shown.append(child)
            tabs.parent.replace(tabs, shown)


class RemotePictures(SphinxPostTransform):
    """Replace images on the web by links; runs before Sphinx would download them (100)."""

    builders = ("epub",)
    default_priority = 90

    def run(self, **kwargs: object) -> None:
        for image in list(self.document.findall(nodes.image)):
            if "://" in (address := image.get("uri", "")):
                image.replace_self(_without_image(image, address))


def _without_image(image: nodes.image, address: str) -> nodes.Element:
    """Return the link or the text that replaces an image."""
    text = image.get("alt") or address
    if isinstance(image.parent, nodes.reference):
        return nodes.inline(text, text)
    link = nodes.reference(text, text, refuri=address)
    return link if isinstance(image.parent, nodes.TextElement) else nodes.paragraph("", "", link)
