"""Links: their addresses in words or as QR codes, and the pages that they lead to."""

from typing import Final

from docutils import nodes
from segno import DataOverflowError
from sphinx.builders import Builder

from ..documents import Printout
from ..images import write_qr_code
from ..markup import array, call, content, string, strings
from ..messages import __, warn
from ..settings import Settings
from ..tree_queries import docname_of, is_in
from .base import BaseTranslator
from .layout import NO_ROOM, says_its_page

#: Of links, in bytes (so Typst has it).
LONGEST_ADDRESS: Final = 8000


class Links(BaseTranslator):
    """Visitors of references to addresses and to places in the document."""

    def __init__(self, document: nodes.document, builder: Builder, printout: Printout) -> None:
        super().__init__(document, builder, printout)
        self._show_urls = Settings.of(self.config).show_urls
        #: The addresses of links in the title at hand that are to be shown in words.
        self._title_addresses: list[str] = []
        #: The links that have a code, by page and address: each has one on a page.
        self._coded = {
            f"{docname_of(link) or self._docnames[0]} {link['refuri']}"
            for link in document.findall(nodes.reference)
            if "qr" in link["classes"] and "refuri" in link
        }
        #: The codes that are to be shown below the block at hand.
        self._codes: list[str] = []

    def visit_reference(self, node: nodes.Element) -> None:
        address = node.get("refuri", "")
        if node["classes"]:
            # Badges and buttons look like such.
            self.open(node, "span", strings(node["classes"]))
        if len(address.encode()) > LONGEST_ADDRESS:
            message = __(
                "an address of %d characters, too many for a PDF: its words alone are printed"
            )
            warn("address", message, len(address), location=node)
            self.open(node, "span", "()")
        elif address and not address.startswith(("%", "#")):
            self._open_weblink(node, address)
        else:
            key = string(self._target_key(node, address))
            self.open(node, "reference", key, page_words="" if says_its_page(node) else "none")

    # The file is not in the PDF: its name is.
    visit_download_reference = BaseTranslator.visit_children
    visit_target = BaseTranslator.visit_children

    def _target_key(self, node: nodes.Element, address: str) -> str:
        """Return the label of what a reference within the document leads to."""
        place = address.removeprefix("%")
        docname, sharp, target = place.rpartition("#")
        if not sharp or place in self.builder.env.all_docs:  # Whose name may have a “#”, too.
            docname, target = place, ""
        return f"{docname or self._docnames[-1]}#{node.get('refid', target)}"

    def _open_weblink(self, node: nodes.Element, address: str) -> None:
        shown = self._show_urls
        code = self._qr_code(address) if "qr" in node["classes"] else ""
        if code and self._title is not None:
            self._codes.append(array([string(address), string(node.astext()), code]))
            code = ""
        if code or (shown == "qr" and not self._notes_code(node, address)):
            shown = "inline"  # Beside its own code, or instead of one.
        if address.removeprefix("mailto:") == node.astext():
            shown = "no"
        if self._title is not None and shown in ("inline", "footnote"):
            self._title_addresses.append(address)
            shown = "no"
        note = ""
        if self._in_head and shown == "footnote":
            note = f"head-note.with({self.own_key()}, label({self.own_key()}))"
        self.open(node, "weblink", string(address), show_url=string(shown), qr=code, note=note)

    def weblink_of_image(self, address: str, words: str) -> str:
        """Return a link to an image that is not there, for its alternative text.

        :param address: The address of the image.
        :param words: The text, or nothing; then the address is shown.
        :return: The link.
        """
        return call(
            "weblink",
            string(address),
            content(string(words or address)),
            show_url=string("inline" if words else "no"),
            qr=self._qr_code(address) if self._show_urls == "qr" else "",
        )

    def title_addresses(self) -> None:
        """Write the addresses of the links in a title, below it."""
        for address in self._title_addresses:
            self.add(call("title-note", f"link({string(address)}, breakable({string(address)}))"))
        self._title_addresses.clear()

    def _qr_code(self, address: str) -> str:
        """Return the path of a code, as an expression; nothing if the address is too long."""
        try:
            name = write_qr_code(address, self.builder.outdir / self.builder.imagedir)
        except DataOverflowError:
            return ""
        self.printout.qr_codes.add(name)
        return string(f"/{self.builder.imagedir}/{name}")

    def _notes_code(self, node: nodes.Element, address: str) -> bool:
        """Return whether a link has a code, which stands below the block at hand.

        Once on each page of the site: the same link again is but its words.
        """
        key = f"{self._docnames[-1]} {address}"
        if key in self._coded:
            return True
        is_web = address.startswith(("http://", "https://"))
        if not is_web or not (code := self._qr_code(address)):
            return False
        self._coded.add(key)
        words = "" if address == node.astext() else node.astext()
        self._codes.append(array([string(address), string(words), code]))
        return True

    def show_codes(self, node: nodes.Element) -> None:
        """Write the codes of the links of a block below it, unless it has no room for them."""
        if self._codes and not is_in(node.parent, (*NO_ROOM, nodes.entry)):
            self.add(call("codes", array(self._codes)))
            self._codes.clear()
