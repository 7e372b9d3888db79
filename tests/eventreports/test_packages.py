"""The packages of eventreports, as they are loaded."""

import os
import subprocess
import sys

from conftest import ROOT

_LOADED = """
import sys
import {modules}
print(*sorted({{"docutils", "sphinx", "sphinx_design", "myst_parser"}} & sys.modules.keys()))
"""


def test_below_rendering_nothing_loads_sphinx_or_docutils() -> None:
    modules = "eventreports.library, eventreports.loader, eventreports.core.schema"
    script = _LOADED.format(modules=modules)
    command = [sys.executable, "-c", script]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "_ext")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
