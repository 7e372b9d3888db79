"""Lists of tasks, whose boxes MyST writes as HTML without a name."""

from docutils import nodes

from ...render.labels import _
from ..transforms.note_lists import BOX
from .base import WebTransform


class TaskLists(WebTransform):
    """Give the box of each task a name: what one who sees it reads from its mark."""

    default_priority = 320

    def run(self, **kwargs: object) -> None:
        for box in self.document.findall(nodes.raw):
            text = box.astext()
            if text.startswith(BOX):
                name = _("Done") if "checked" in text.removeprefix(BOX) else _("To do")
                named = f'{BOX}aria-label="{name}" {text.removeprefix(BOX)}'
                box.children = [nodes.Text(named)]
