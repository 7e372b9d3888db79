"""The fonts of what Typst sets: the same on every machine; they need the extra ``print``."""

from collections.abc import Iterable
from pathlib import Path

import manimgx_fonts
import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst


def fonts_with(folders: Iterable[Path]) -> typst.Fonts:
    """Return the fonts that documents may use, and never the machine's.

    These are Typst's own, those of packages (Japanese; other scripts and emoji), and those in
    some folders.
    """
    cjk = (noto_cjk_sans_jp_regular.FONT_PATH, noto_cjk_sans_jp_bold.FONT_PATH)
    packaged = [Path(str(path)).parent for path in (*cjk, manimgx_fonts.__file__)]
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in (*packaged, *folders)],
    )
