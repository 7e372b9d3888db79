"""How much work a call does, counted: a busy machine does not change it."""

import sys
from collections.abc import Callable


def calls(function: Callable[[], object]) -> int:
    """Count the calls of functions, in Python and in C, that a call makes."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def grows_linearly(work: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Tell whether twice the size takes twice the calls; ``work(size)`` makes what is called."""
    return calls(work(2 * size)) < 2.5 * calls(work(size))
