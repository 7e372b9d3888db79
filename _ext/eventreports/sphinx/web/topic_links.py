"""Topics lead to what the search finds of them."""

from docutils import nodes

from ..transforms.overviews import link_to, topic_uri
from .base import WebTransform


class TopicLinks(WebTransform):
    """Make links of topics, where the site has a search that can be narrowed down to one."""

    default_priority = 64

    def run(self, **kwargs: object) -> None:
        for topic in list(self.document.findall(_is_topic)):
            uri = topic_uri(self.env._app, self.env.docname, topic.astext())
            if uri and isinstance(topic, nodes.inline):
                children, topic.children = topic.children, []
                topic += link_to(uri)(children)


def _is_topic(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "event-topic" in node["classes"]
