"""A bar at the notes of each session, which leads to those before and after."""

from itertools import pairwise

from docutils import nodes

from ...render.nodes import is_home, session_bar
from .base import WebTransform


class SessionBars(WebTransform):
    """Give the notes of each session of a page with several a bar that stays while one reads."""

    default_priority = 61

    def run(self, **kwargs: object) -> None:
        homes = [one for one in self.document.findall(nodes.section) if is_home(one)]
        if len(homes) < 2:
            return
        bars = [
            session_bar(
                title=" ".join(home[0].astext().split()),
                number=number,
                total=len(homes),
                previous="",
                next="",
            )
            for number, home in enumerate(homes, 1)
        ]
        for (before, bar), (after, following) in pairwise(zip(homes, bars, strict=True)):
            bar["next"] = f"#{after['ids'][0]}"
            following["previous"] = f"#{before['ids'][0]}"
        for home, bar in zip(homes, bars, strict=True):
            home.insert(1, bar)
