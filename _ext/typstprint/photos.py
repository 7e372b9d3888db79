"""Photos as paper needs them, where Pillow is installed.

Typst takes a JPEG as it is, and of other pictures all pixels, of which a photo has many: a PNG of
3.7 MB becomes 8 MB of a PDF, and a WebP twenty times its size.
"""

import warnings
import zlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

try:
    from PIL import Image, ImageOps, __version__
except ImportError:
    VERSION = ""
else:
    VERSION = __version__

#: In bytes: a picture that takes no more of a PDF stays as it is.
_LARGE: Final = 10**6
#: In pixels: 300 of them an inch on 17 cm, the width of a page's text.
_LONGEST_SIDE: Final = 2000
#: Of JPEG.
_QUALITY: Final = 85
#: How much smaller a JPEG must be than all pixels; of drawings and screens it is not.
_LEAST_GAIN: Final = 2


#: What Pillow says of a file that it cannot read, or of one with too many pixels.
_FAULTS: Final[tuple[type[Exception], ...]] = (
    *(OSError, ValueError, SyntaxError, EOFError),
    *((Image.DecompressionBombError, Image.DecompressionBombWarning) if VERSION else ()),
)


@lru_cache(maxsize=64)
def as_printed(file: Path, state: object) -> bytes | None:
    """Return a large photo as a JPEG that is smaller and looks the same on paper.

    :param file: The picture.
    :param state: The state of the file: of another, another result is kept.
    :return: The JPEG; ``None`` where the picture is better printed as it is.
    """
    if not VERSION:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG", "WEBP")) as photo:
                return _smaller(photo, file.stat().st_size)
    except _FAULTS:
        # Whether Typst can show it is found out afterwards.
        return None


def _smaller(photo: "Image.Image", size: int) -> bytes | None:
    is_jpeg = photo.format in ("JPEG", "MPO")
    width, height = photo.size
    if (size if is_jpeg else 3 * width * height) <= _LARGE or not _is_opaque(photo):
        return None
    profile = photo.info.get("icc_profile")
    scaled = ImageOps.exif_transpose(photo).convert("L" if photo.mode == "L" else "RGB")
    scaled.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    made = BytesIO()
    scaled.save(made, format="JPEG", quality=_QUALITY, optimize=True, icc_profile=profile)
    jpeg = made.getvalue()
    if is_jpeg:
        return jpeg if len(jpeg) < size else None
    pixels = len(zlib.compress(scaled.tobytes(), 1))
    return jpeg if pixels > _LARGE and len(jpeg) * _LEAST_GAIN < pixels else None


def _is_opaque(photo: "Image.Image") -> bool:
    """Return whether all of a picture is seen, in colours that a JPEG of ours has."""
    if photo.mode in ("L", "RGB"):
        return "transparency" not in photo.info
    return photo.mode == "RGBA" and photo.getchannel("A").getextrema() == (255, 255)
