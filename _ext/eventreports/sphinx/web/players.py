"""Slides and videos: a sign before each link, and a button that shows them in place."""

from collections.abc import Iterator, Sequence
from typing import Final

from docutils import nodes

from ...core.services import player_address, sign_of, sign_of_file
from ...render.nodes import (
    ancestors,
    card,
    classes_of,
    event_icon,
    file_reference,
    player,
    resource_reference,
    session_facts,
)
from .base import WebTransform

#: The signs of a session's links of which the address tells nothing, by the class of the fact.
_OF_FACTS: Final = {"event-slides": "slides", "event-videos": "video", "event-links": "link"}


class Players(WebTransform):
    """Give links to slides and videos their signs, and players to those that have any.

    Cards have no room for what a player shows, and it is not for the links of people in a line.
    """

    default_priority = 63

    def run(self, **kwargs: object) -> None:
        for resource in list(self.document.findall(_is_resource)):
            around = list(ancestors(resource))
            if any("event-person-links" in one["classes"] for one in around):
                continue
            for link in resource.children:
                if isinstance(link, resource_reference | file_reference):
                    self._complete(link, around)
                    # What follows is a copy in an archive.
                    break

    def _complete(
        self, link: resource_reference | file_reference, around: Sequence[nodes.Element]
    ) -> None:
        resource = link.parent
        url, path = link.get("refuri", ""), link.get("reftarget", "")
        known = sign_of(url) if url else sign_of_file(path)
        sign = known or next(_signs_of_facts(around), "")
        address = player_address(url, link.get("start")) if url else ""
        if (address or (known and path)) and not any(isinstance(one, card) for one in around):
            subject = " – ".join(filter(None, (_title(around), link.astext())))
            beside = [one for one in resource.children if "event-beside" in classes_of(one)]
            place = resource.index((beside or [link])[0]) + 1
            resource.insert(place, player(address=address, icon=sign, subject=subject))
        if sign:
            resource.insert(resource.index(link), event_icon(name=sign))


def _is_resource(node: nodes.Node) -> bool:
    return "event-resource" in classes_of(node)


def _signs_of_facts(around: Sequence[nodes.Element]) -> Iterator[str]:
    if any(isinstance(one, session_facts) for one in around):
        for field in around:
            yield from (_OF_FACTS[name] for name in classes_of(field) if name in _OF_FACTS)


def _title(around: Sequence[nodes.Element]) -> str:
    """Return the title of the session that links belong to, at its facts or in a list."""
    for one in around:
        if isinstance(one, nodes.list_item) and isinstance(one.parent, nodes.bullet_list):
            return one[0].astext()
        if title := one.get("title"):
            return str(title)
    return ""
