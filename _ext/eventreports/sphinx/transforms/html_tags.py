"""Show tags that are no HTML as text: ``Vec<T>``, the ``<name>`` of a command.

For CommonMark each is a tag; browsers show nothing of a tag that they do not know.
"""

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from docutils import nodes
from sphinx.transforms import SphinxTransform

#: The elements of HTML, obsolete ones too, and of SVG and MathML, which blocks of HTML may have.
_ELEMENTS: Final = frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del
    details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
    frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex kbd label
    legend li link main map mark marquee math menu menuitem meta meter nav nobr noembed noframes
    noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc
    ruby s samp script search section select slot small source span strike strong style sub summary
    sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video
    wbr xmp
    animate animatemotion animatetransform circle clippath defs desc ellipse feblend fecolormatrix
    fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap
    fedistantlight fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage
    femerge femergenode femorphology feoffset fepointlight fespecularlighting fespotlight fetile
    feturbulence filter foreignobject g image line lineargradient marker mask metadata mpath path
    pattern polygon polyline radialgradient rect set stop switch symbol text textpath tspan use view
    annotation maction maligngroup malignmark menclose merror mfenced mfrac mi mmultiscripts mn mo
    mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable
    mtd mtext mtr munder munderover semantics
    """.split()
)
#: Elements that mean something without attributes and without an end tag.
_ALONE: Final = frozenset({"br", "hr", "p", "wbr"})
_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:\s(?:\"[^\"]*\"|'[^']*'|[^'\">])*)?/?)>"
)
#: Markdown takes ``<std::string>`` for an address with the scheme “std”.
_QUALIFIED: Final = re.compile(r"[A-Za-z][\w.+-]*::")
#: What is skipped in blocks of HTML.
_SKIPPED: Final = (
    r"<!--.*?-->|<(?P<whole>script|style|svg|math|textarea)\b.*?</(?P=whole)\s*>|<[!?].*?>"
)
_IN_BLOCKS: Final = re.compile(f"{_SKIPPED}|{_TAG.pattern}", re.DOTALL | re.IGNORECASE)


class _Tag(NamedTuple):
    """A tag and its node; a node that is a block of HTML may have several."""

    match: re.Match[str]
    node: nodes.Element
    is_block: bool


class TextOfTags(SphinxTransform):
    """Replace tags that are no HTML by their text."""

    #: After the pages are translated, before lines are joined.
    default_priority = 470

    def apply(self, **kwargs: object) -> None:
        tags = list(_tags_of(self.document))
        pairs = _paired(tags)
        for tag in tags:
            if not tag.is_block and not _is_markup(tag.match, is_paired=id(tag.match) in pairs):
                tag.node.replace_self(nodes.Text(tag.match[0]))
        for node in {id(tag.node): tag.node for tag in tags if tag.is_block}.values():
            _escape(node)
        for link in list(self.document.findall(nodes.reference)):
            address = link.get("refuri", "")
            if address == link.astext() and _QUALIFIED.match(address):
                link.replace_self(nodes.Text(f"<{address}>"))


def _tags_of(document: nodes.document) -> Iterator[_Tag]:
    for node in document.findall(nodes.raw):
        if node.get("format") != "html":
            continue
        text = node.astext()
        if not isinstance(node.parent, nodes.TextElement):
            found = (match for match in _IN_BLOCKS.finditer(text) if match["name"])
            yield from (_Tag(match, node, is_block=True) for match in found)
        elif match := _TAG.fullmatch(text):
            yield _Tag(match, node, is_block=False)


def _paired(tags: list[_Tag]) -> set[int]:
    """Return the ids (``id()``) of the matches of start tags with end tags of equal spelling."""
    pairs: set[int] = set()
    unfinished: dict[str, list[re.Match[str]]] = {}
    for match, _node, _is_block in tags:
        begun = unfinished.setdefault(match["name"], [])
        if not match["end"]:
            begun.append(match)
        elif begun:
            pairs |= {id(match), id(begun.pop())}
    return pairs


def _is_element(name: str) -> bool:
    # A name with a hyphen may be that of a custom element.
    return name.lower() in _ELEMENTS or "-" in name


def _is_markup(tag: re.Match[str], *, is_paired: bool) -> bool:
    """Return whether a tag in a line is HTML.

    ``<b>`` with its end tag is, and ``<img src=…>``; ``Vec<S>`` and ``a <b and c> d`` are not.
    """
    name = tag["name"]
    is_whole = is_paired or "=" in tag["rest"] or tag["rest"].endswith("/")
    return _is_element(name) and (is_whole or name.lower() in _ALONE)


def _escape(block: nodes.Element) -> None:
    """Escape the tags of a block that are no HTML; without other tags it becomes a paragraph."""

    def text_of(match: re.Match[str]) -> str:
        is_known = match["name"] is None or _is_element(match["name"])
        return match[0] if is_known else html.escape(match[0], quote=False)

    text = block.astext()
    escaped = _IN_BLOCKS.sub(text_of, text)
    if escaped == text:
        return
    if _IN_BLOCKS.search(escaped):
        block.children = []
        block += nodes.Text(escaped)
    else:
        words = text.strip()
        paragraph = nodes.paragraph(words, words)
        paragraph.source, paragraph.line = block.source, block.line
        block.replace_self(paragraph)
