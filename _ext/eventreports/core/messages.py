"""Messages to authors, and the error that carries one."""

from __future__ import annotations

from sphinxcommon.messages import Message, Translate, printable

__all__ = ["InvalidValueError", "Message", "Translate", "printable"]


class InvalidValueError(ValueError):
    """A value that cannot be used; ``message`` says why, and what to write instead."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message
