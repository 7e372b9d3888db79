"""Remove what a builder does not support: formats of logos, and links in plain text."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import guess_mimetype

from ...render.nodes import event_logo, file_reference, resource_reference


class UnsupportedLogos(SphinxPostTransform):
    """Remove logos that a builder does not support; the name stands below.

    This runs before Sphinx looks for pictures to convert, and warns of those that it cannot.
    """

    default_priority = 100

    def run(self, **kwargs: object) -> None:
        builder = self.env._app.builder
        has_dark_pages = builder.format == "html" and builder.name != "epub"
        for logo in list(self.document.findall(event_logo)):
            is_shown = guess_mimetype(logo["uri"]) in builder.supported_image_types
            if not is_shown or ("only-dark" in logo["classes"] and not has_dark_pages):
                line = logo.parent
                line.remove(logo)
                if not line.children:
                    line.parent.remove(line)


class LinksAsText(SphinxPostTransform):
    """Replace links by their texts in plain text; after links of the data comes the address.

    In manual pages the references between pages have an empty address, which docutils' writer
    (0.22) prints as ``<>``.
    """

    builders = ("man", "text")
    default_priority = 900

    def run(self, **kwargs: object) -> None:
        for reference in list(self.document.findall(nodes.Element)):
            match reference:
                case resource_reference():
                    address = reference["refuri"]
                case file_reference():
                    address = reference["reftarget"].rpartition("/")[2]
                case nodes.reference() if reference.get("refuri") == "":
                    address = ""
                case _:
                    continue
            is_said = address in ("", reference.astext())
            beside = [] if is_said else [nodes.Text(f" <{address}>")]
            reference.replace_self([*reference.children, *beside])
