"""Times at the heads of notes lead into the session's video: ``- [12:34] …``."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from ...core.note_items import video_time
from ...core.services import video_at
from ...render.nodes import ancestors, is_home, time_link
from ..domain import event_domain
from .note_lists import LISTS, first_line, is_ticked


class VideoTimes(SphinxTransform):
    """Link the times in a session's notes, where it has a video with addresses for them.

    Runs when the notes of sessions are known (270), and texts are as the author wrote them.
    """

    default_priority = 275

    def apply(self, **kwargs: object) -> None:
        for item in list(self.document.findall(nodes.list_item)):
            line = first_line(item) if type(item.parent) in LISTS else None
            home = next((one for one in ancestors(item) if is_home(one)), None)
            if line and home:
                self._link(line, home)

    def _link(self, line: nodes.paragraph, home: nodes.Element) -> None:
        """Make a link of the time with which a paragraph begins."""
        children = line.children[0 if is_ticked(line) is None else 1 :]
        text = children[0] if children and isinstance(children[0], nodes.Text) else nodes.Text("")
        time = video_time(text)
        if time is None:
            return
        for url in self._videos(home["event"], home["session"]):
            if address := video_at(url, time.seconds):
                link = time_link(time.text, time.text, refuri=address, classes=["event-video-time"])
                texts = (nodes.Text(text[: time.start]), link, nodes.Text(text[time.end :]))
                line.replace(text, [one for one in texts if one.astext()])
                return

    def _videos(self, event_id: str, session_id: str) -> Iterator[str]:
        """Yield the addresses of a session's videos; of a part without any, those of the whole."""
        library = event_domain(self.env).library
        entry = library.entry_of_event(event_id)
        event = library.load(entry.folder).event if entry else None
        session = event.session(session_id) if event else None
        while event and session:
            yield from (one.url for one in session.videos if one.url and one.status != "gone")
            session = None if session.videos else event.parent(session)


class TimesAsLinks(SphinxPostTransform):
    """Make references of the times where these have no form of their own.

    Runs when the addresses of references have been set beside them (400).
    """

    builders = ("latex",)
    default_priority = 410

    def run(self, **kwargs: object) -> None:
        for time in list(self.document.findall(time_link)):
            reference = nodes.reference("", "", *time.children, refuri=time["refuri"])
            time.replace_self(reference)
