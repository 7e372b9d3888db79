"""A large photo takes no more of a PDF than it needs, whatever its format."""

import random
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from conftest import Site
from printing import CONF
from test_nodes import printed
from typstprint import photos

Image = pytest.importorskip("PIL.Image")
ImageFilter = pytest.importorskip("PIL.ImageFilter")


def photo(width: int = 1000, height: int = 800, mode: str = "RGB") -> Any:
    """A picture of soft colours with some grain."""
    data = random.Random(1)
    colours = Image.frombytes("RGB", (8, 6), data.randbytes(8 * 6 * 3)).resize((width, height))
    grain = Image.frombytes("RGB", (width, height), data.randbytes(width * height * 3))
    grain = grain.filter(ImageFilter.GaussianBlur(1))
    return Image.blend(colours, grain, 0.12).convert(mode)


def drawing() -> Any:
    drawn = Image.new("RGB", (1600, 1200), "white")
    drawn.paste(Image.new("RGB", (700, 500), "navy"), (90, 90))
    return drawn


def saved(folder: Path, name: str, picture: Any, **options: Any) -> Path:
    file = folder / name
    picture.save(file, **options)
    return file


def as_printed(file: Path) -> Any:
    data = photos.as_printed(file, file.stat().st_mtime_ns)
    return None if data is None else Image.open(BytesIO(data))


@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        ("a.png", "RGB", {}),
        ("a.png", "RGBA", {}),
        ("a.webp", "RGB", {"quality": 90}),
        ("a.jpg", "RGB", {"quality": 100, "subsampling": 0}),
    ],
)
def test_a_photo_becomes_a_jpeg_that_is_smaller(
    name: str, mode: str, options: dict[str, Any], tmp_path: Path
) -> None:
    file = saved(tmp_path, name, photo(2400, 1200, mode), **options)
    made = as_printed(file)
    assert (made.format, made.size) == ("JPEG", (2000, 1000))
    assert as_printed(file).tobytes() == made.tobytes()


def test_it_stands_upright_and_keeps_its_colours(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = as_printed(saved(tmp_path, "a.png", photo(), exif=exif, icc_profile=b"ICC" * 50))
    assert made.size == (800, 1000)
    assert made.info["icc_profile"] == b"ICC" * 50
    assert not dict(made.getexif())


def test_others_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    see_through = photo(mode="RGBA")
    see_through.putalpha(128)
    assert as_printed(saved(tmp_path, "drawing.png", drawing())) is None
    assert as_printed(saved(tmp_path, "alpha.png", see_through)) is None
    assert as_printed(saved(tmp_path, "small.jpg", photo())) is None
    assert as_printed(saved(tmp_path, "small.png", photo(300, 200))) is None
    assert as_printed(saved(tmp_path, "cmyk.jpg", photo(mode="CMYK"), quality=100)) is None
    (tmp_path / "broken.png").write_bytes((tmp_path / "alpha.png").read_bytes()[:2000])
    assert as_printed(tmp_path / "broken.png") is None
    large = saved(tmp_path, "large.png", photo())
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert as_printed(large) is None


@pytest.mark.slow
@pytest.mark.once
def test_a_pdf_is_no_larger_than_its_photos(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write({"conf.py": CONF})
    sizes = [
        saved(site.folder, "a.png", photo()).stat().st_size,
        saved(site.folder, "b.webp", photo(), quality=90).stat().st_size,
    ]
    images = "\n".join(f".. image:: {name}\n   :alt: A\n" for name in ("a.png", "b.webp", "a.png"))
    page = f"T\n=\n\n{images}\n"
    assert printed(site, page).stat().st_size < sum(sizes)
    photos.as_printed.cache_clear()
    monkeypatch.setattr(photos, "VERSION", "")
    assert printed(site, page).stat().st_size > 2 * sum(sizes)
