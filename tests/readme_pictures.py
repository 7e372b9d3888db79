"""The README's pictures: a report's page on the web, and the first sheet of its handout.

    python tests/readme_pictures.py     (after `make site`)

Shown by the machine's Chromium, and by ``pdftoppm``.
"""

import subprocess
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from browsers import chromium, serving
from conftest import ROOT
from copies import REPORT

FOLDER: Final = ROOT / "docs/pictures"
#: How wide the browser's window is, and how high both pictures are, in pixels.
_WIDTH: Final = 1040
_HEIGHT: Final = 760


def main() -> None:
    """Write both pictures, as high as each other."""
    FOLDER.mkdir(exist_ok=True)
    built = ROOT / "_build"
    event = Path(REPORT).name
    with tempfile.TemporaryDirectory() as folder:
        page, sheet = Path(folder, "page.png"), Path(folder, "sheet")
        with serving(built / "html") as address, chromium() as browser:
            tab = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
            tab.goto(f"{address}{REPORT}/index.html", wait_until="networkidle")
            tab.screenshot(path=page)
        handout = built / "typstprint/handouts" / f"{event}.pdf"
        render = ("pdftoppm", "-png", "-singlefile", "-scale-to", str(_HEIGHT), handout, sheet)
        subprocess.run(render, check=True)
        _save(page, "page.webp")
        _save(sheet.with_suffix(".png"), "sheet.webp")


def _save(source: Path, name: str) -> None:
    with Image.open(source) as picture:
        # White paper needs an edge on a white page.
        framed = ImageOps.expand(picture.convert("RGB"), border=1, fill="#d5d8dc")
        framed.save(FOLDER / name, quality=82, method=6)


if __name__ == "__main__":
    main()
