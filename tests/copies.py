"""What tests copy: the project, the site that ships, and an event with every key."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from conftest import ROOT, TESTS

LISTS = ("people.md", "organizations.md", "topics.md", "slides.md")
SITE = ("conf.py", "index.md", *LISTS, "events", "guide", "locale", "_ext", "_static")
REPORT = "events/japan-container-days-v1804"
EVERY_KEY = TESTS / "every-key"
_OF_EVENTS: Final = "# Site\n\n```{event:list}\n```\n\n```{toctree}\nevents/years/index\n```\n"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="3" viewBox="0 0 9 3"/>'
#: Beside ``event.yaml``: the files that it names.
FILES: Final = {
    "kumo.svg": _SVG,
    "light.svg": _SVG,
    "dark.svg": _SVG.replace("9", "8"),
    "handout.pdf": "%PDF-1.4\n%%EOF\n",
    "appendix.pdf": "%PDF-1.4\n%%EOF\n",
}


def project_files() -> list[str]:
    """Return what git knows of the project as it stands, or what a source distribution has."""
    if (ROOT / ".git").exists():
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        done = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
        names = done.stdout.split("\0")
    else:
        sources = ROOT / "_ext" / "eventreports.egg-info" / "SOURCES.txt"
        names = sources.read_text(encoding="utf-8").splitlines()
    return [name for name in names if name and (ROOT / name).is_file()]


def copy_project(folder: Path) -> Path:
    """Copy the project without what was built or installed."""
    for name in project_files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder


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


def copy_events(folder: Path, *names: str) -> Path:
    """Copy the site with nothing but its events, or but these of them."""
    copy_site(folder)
    shutil.rmtree(folder / "guide")
    for name in LISTS:
        (folder / name).unlink()
    (folder / "index.md").write_text(_OF_EVENTS, encoding="utf-8")
    for page in (folder / "events").glob("*/index.md"):
        if names and page.parent.name not in names:
            shutil.rmtree(page.parent)
    return folder


def add_every_key(site: Path) -> None:
    """The event, and the files that it names, to a site."""
    home = site / "events" / "every-key"
    shutil.copytree(EVERY_KEY, home)
    for name, text in FILES.items():
        (home / name).write_text(text, encoding="utf-8")
