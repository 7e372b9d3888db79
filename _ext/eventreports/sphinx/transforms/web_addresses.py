"""Make links of the web addresses in notes."""

from sphinx.transforms import SphinxTransform

from ...render.web_addresses import link_web_addresses


class WebAddresses(SphinxTransform):
    """Make links of the web addresses in the text of a page."""

    #: Once tags that are no HTML are text, and lines are joined.
    default_priority = 485

    def apply(self, **kwargs: object) -> None:
        link_web_addresses(self.document)
