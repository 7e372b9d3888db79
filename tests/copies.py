"""What tests copy: the site that ships, and an event with every key."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from conftest import ROOT, TESTS

SITE = ("conf.py", "index.md", "events", "guide", "locale", "_ext", "_static")
REPORT = "events/japan-container-days-v1804"
EVERY_KEY = TESTS / "every-key"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="3" viewBox="0 0 9 3"/>'
#: Beside ``event.yaml``: the files that it names.
FILES: Final = {
    "light.svg": _SVG,
    "dark.svg": _SVG.replace("9", "8"),
    "handout.pdf": "%PDF-1.4\n%%EOF\n",
    "appendix.pdf": "%PDF-1.4\n%%EOF\n",
}


def copy_site(folder: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "years", "*.mo.tmp")
    folder.mkdir()
    for name in SITE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        else:
            shutil.copy(source, folder / name)
    return folder


def add_every_key(site: Path) -> None:
    """The event, and the files that it names, to a site."""
    home = site / "events" / "every-key"
    shutil.copytree(EVERY_KEY, home)
    for name, text in FILES.items():
        (home / name).write_text(text, encoding="utf-8")
