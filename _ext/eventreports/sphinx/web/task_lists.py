"""Lists of tasks, whose boxes MyST writes as HTML without a name."""

from typing import Final

from docutils import nodes

from ...render.labels import _
from .base import WebTransform

_BOX: Final = '<input class="task-list-item-checkbox" '


class TaskLists(WebTransform):
    """Give the box of each task a name: what one who sees it reads from its mark."""

    default_priority = 320

    def run(self, **kwargs: object) -> None:
        for box in self.document.findall(nodes.raw):
            text = box.astext()
            if text.startswith(_BOX):
                name = _("Done") if "checked" in text.removeprefix(_BOX) else _("To do")
                named = f'{_BOX}aria-label="{name}" {text.removeprefix(_BOX)}'
                box.children = [nodes.Text(named)]
