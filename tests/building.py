"""Builds as the command makes them, each in a process of its own."""

import multiprocessing
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Final

from sphinx.cmd.build import build_main

#: Forks of a process that has Sphinx and no more: of one with Typst, which has threads, none would
#: ever end.
_METHOD: Final = "forkserver"


def sphinx_build(*arguments: str | Path) -> str:
    """Build as the command does, and return its warnings.

    In a process of its own: themes change Sphinx for whatever is built after them.
    """
    has_method = _METHOD in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context(_METHOD if has_method else "spawn")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(1, mp_context=context) as processes:
        given = [*map(str, arguments)], dict(os.environ), Path.cwd()
        status, warnings = processes.submit(_build, *given).result()
    assert status == 0, warnings
    return warnings


def _build(arguments: list[str], environment: Mapping[str, str], folder: Path) -> tuple[int, str]:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    with redirect_stderr(StringIO()) as warnings:
        return build_main(["-q", *arguments]), warnings.getvalue()
