"""What is printed of an event: its own document, with codes that a phone reads from paper."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT, Built, Site
from eventreports.loader import load

pytestmark = pytest.mark.slow

CONF = """\
project = "Site"
author = "The authors"
extensions = ["myst_parser", "sphinx_design", "eventreports", "typstprint"]
exclude_patterns = ["_build"]
typstprint_show_urls = "inline"
smartquotes = False
"""
REPORT = "japan-container-days-v1804"
CARDS = "rails-world-2023"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("handouts"))
    site.write({"conf.py": CONF})
    for name in (REPORT, CARDS):
        shutil.copytree(ROOT / "events" / name, site.folder / "events" / name)
    made = site.build("typstprint")
    assert made.warnings == []
    return made


def codes(pdf: Path, folder: Path) -> list[str]:
    """What a reader of QR codes makes of the rendered pages, in no order."""
    for program in ("pdftoppm", "zbarimg"):
        if shutil.which(program) is None:
            pytest.skip(f"there is no {program}")
    subprocess.run(["pdftoppm", "-r", "200", "-png", str(pdf), str(folder / "page")], check=True)
    pages = sorted(map(str, folder.glob("page-*.png")))
    # It tells by its status of pages without a code: those are right, too.
    command = ["zbarimg", "--quiet", "--raw", "--nodbus", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.split()


@pytest.mark.parametrize("name", [REPORT, CARDS])
def test_each_slide_and_video_has_a_code_that_leads_there_once(
    name: str, built: Built, tmp_path: Path
) -> None:
    event = load(ROOT / "events" / name / "event.yaml", ROOT).event
    assert event is not None
    resources = [one for session in event.all_sessions for one in session.resources]
    wanted = sorted(one.url for one in resources if one.url and one.status == "available")
    assert len(wanted) >= 8
    assert sorted(codes(built.outdir / "handouts" / f"{name}.pdf", tmp_path)) == wanted


def test_the_address_stands_beside_its_code_in_words(built: Built) -> None:
    pdf = built.outdir / "handouts" / f"{REPORT}.pdf"
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    assert "https://speakerdeck.com/koudaiii/number-containerdaysjp" in done.stdout
    # What is not shared says so.
    assert "共有なし" in done.stdout


def test_a_handout_is_of_its_event_alone_and_the_book_of_all(built: Built) -> None:
    def says(name: str, words: str) -> bool:
        command = ["pdftotext", str(built.outdir / f"{name}.pdf"), "-"]
        return words in subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert says(f"handouts/{REPORT}", "AKE")
    assert not says(f"handouts/{REPORT}", "Rails")
    assert says("book", "AKE")
    assert says("book", "Rails")
