"""Photos: what ``check`` says of them, and what ``check --fix --photos`` makes of them."""

import random
import re
import shlex
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from eventreports.cli import main
from eventreports.core.photos import format_of, has_location

Image = pytest.importorskip("PIL.Image")
ImageFilter = pytest.importorskip("PIL.ImageFilter")
heif = pytest.importorskip("pillow_heif")

Capture = pytest.CaptureFixture[str]
LATITUDE = b"<x:xmpmeta exif:GPSLatitude='35,41N'/>"


def noise(width: int, height: int, mode: str = "RGB") -> Any:
    """A picture that does not get small."""
    data = random.Random(1).randbytes(width * height * 3)
    whole = Image.frombytes("RGB", (width, height), data)
    return whole.filter(ImageFilter.GaussianBlur(0.8)).convert(mode)


def exif(orientation: int = 1, *, has_place: bool = True) -> Any:
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "Maker"
    if has_place:
        found.get_ifd(0x8825).update({1: "N", 2: (35.0, 41.0, 0.0), 3: "E", 4: (139.0, 41.0, 0.0)})
    return found


def encoded(picture: Any, form: str, **options: Any) -> bytes:
    heif.register_heif_opener()
    made = BytesIO()
    picture.save(made, form, **options)
    return made.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an event in a project, in which the test runs."""
    folder = tmp_path / "project" / "events" / "x"
    folder.mkdir(parents=True)
    (tmp_path / "project" / "conf.py").touch()
    (folder / "event.yaml").write_text("name: E\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "project")
    return folder


def codes(capsys: Capture, *arguments: str) -> list[str]:
    """The places and codes that are reported."""
    capsys.readouterr()
    main(["check", "--language", "en", *arguments])
    lines = [one for one in capsys.readouterr().out.splitlines() if "[event." in one]
    return [f"{one.split(': ')[0]} {one.rpartition('[event.')[2].rstrip(']')}" for one in lines]


# What is said


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {"exif": exif()}),
        ("JPEG", {"xmp": LATITUDE}),
        ("PNG", {"exif": exif()}),
        ("WEBP", {"exif": exif()}),
        ("WEBP", {"xmp": LATITUDE}),
        ("HEIF", {"exif": exif()}),
        ("HEIF", {"xmp": LATITUDE}),
    ],
)
def test_where_a_photo_was_taken_is_seen(
    form: str, options: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "a"
    data = encoded(noise(40, 30), form, **options)
    file.write_bytes(data)
    assert has_location(file)
    assert format_of(file).upper().replace("HEIC", "HEIF") == form
    # Of what is cut off no error comes.
    for length in range(0, len(data), max(1, len(data) // 100)):
        file.write_bytes(data[:length])
        assert has_location(file) in (True, False)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_who_made_a_photo_is_no_place(form: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(encoded(noise(40, 30), form, exif=exif(has_place=False)))
    assert not has_location(tmp_path / "a")


def test_each_photo_and_file_has_its_hints(folder: Path, capsys: Capture) -> None:
    (folder / "a.jpg").write_bytes(encoded(noise(1500, 1000), "JPEG", quality=97, exif=exif()))
    (folder / "b.HEIC").write_bytes(encoded(noise(40, 30), "HEIF"))
    (folder / "c.jpg").write_bytes(encoded(noise(40, 30), "JPEG"))
    (folder / "_x").mkdir()
    (folder / "_x" / "d.jpg").write_bytes(encoded(noise(40, 30), "JPEG", exif=exif()))
    with (folder / "slides.pdf").open("wb") as file:
        file.truncate(20 * 10**6 + 1)
    assert codes(capsys) == [
        "events/x/a.jpg:1:1 photo-location",
        "events/x/a.jpg:1:1 photo-size",
        "events/x/b.HEIC:1:1 photo-format",
        "events/x/slides.pdf:1:1 file-size",
    ]
    assert main(["check"]) == 0


def test_a_file_of_the_project_that_the_data_names_is_looked_at(
    folder: Path, capsys: Capture
) -> None:
    shared = folder.parents[1] / "shared"
    shared.mkdir()
    for name in ("a.jpg", "other.jpg"):
        (shared / name).write_bytes(encoded(noise(40, 30), "JPEG", exif=exif()))
    (folder / "event.yaml").write_text("name: E\nfiles: [../../shared/a.jpg]\n", encoding="utf-8")
    assert codes(capsys) == ["shared/a.jpg:1:1 photo-location"]


MARKDOWN = """\
# E

![](a.jpg) and ![A](b.jpg)

```{figure} c.jpg
Caption
```

```{figure} d.jpg
:alt: A stage

Caption
```

````{note}
```{image} e.jpg
```
````

```
![](code.jpg)
```

`![](code.jpg)`
"""
RESTRUCTUREDTEXT = """\
E
=

.. image:: a.jpg

.. |b| image:: b.jpg
   :width: 3cm
   :alt: B

.. note::

   .. figure:: c.jpg
      :width: 3cm

.. code-block:: rst

   .. image:: code.jpg

Code::

   .. image:: code.jpg
"""


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [("index.md", MARKDOWN, [3, 5, 16]), ("index.rst", RESTRUCTUREDTEXT, [4, 12])],
)
def test_pictures_without_alternative_text_are_named(
    name: str, text: str, lines: list[int], folder: Path, capsys: Capture
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert codes(capsys) == [f"events/x/{name}:{line}:1 alt-text" for line in lines]


# What is changed


def state(folder: Path) -> dict[str, bytes]:
    """All files of the project."""
    top = folder.parents[1]
    return {
        one.relative_to(top).as_posix(): one.read_bytes() for one in top.rglob("*") if one.is_file()
    }


def test_photos_get_small_upright_and_silent(folder: Path, capsys: Capture) -> None:
    profile = b"ICC" * 60
    large = encoded(
        noise(2400, 1600), "JPEG", quality=95, exif=exif(6), icc_profile=profile, comment=b"me"
    )
    written = {
        "large.jpg": large,
        "small.jpg": encoded(noise(300, 200), "JPEG", exif=exif(), comment=b"me", xmp=LATITUDE),
        "a.png": encoded(noise(300, 200, "P"), "PNG", exif=exif(8)),
        "b.png": encoded(noise(300, 200), "PNG", exif=exif(), dpi=(144, 144)),
        "a.webp": encoded(noise(300, 200), "WEBP", exif=exif()),
        "clean.jpg": encoded(noise(2400, 200), "JPEG"),
        "animated.webp": encoded(
            noise(30, 20), "WEBP", save_all=True, append_images=[noise(30, 20, "L")], exif=exif()
        ),
        "cmyk.jpg": encoded(noise(30, 20, "CMYK"), "JPEG", exif=exif()),
    }
    for name, data in written.items():
        (folder / name).write_bytes(data)
    before = state(folder)
    assert main(["check", "--diff", "--photos"]) == 1
    assert state(folder) == before
    listed = capsys.readouterr().out
    assert "events/x/large.jpg" in listed
    assert "2400×1600 → 1333×2000" in listed
    changed = {"large.jpg", "small.jpg", "a.png", "b.png", "a.webp"}
    assert {name for name in written if f"events/x/{name}" in listed} == changed
    assert main(["check", "--fix", "--photos"]) == 0
    after = state(folder)
    for name, data in written.items():
        new = after[f"events/x/{name}"]
        assert (new != data) is (name in changed)
        if name in changed:
            assert after[f".originals/events/x/{name}"] == data
            assert len(new) <= len(data)
            with Image.open(BytesIO(new)) as photo:
                assert not dict(photo.getexif())
                assert not {"exif", "xmp", "comment"} & photo.info.keys()
    with Image.open(BytesIO(after["events/x/large.jpg"])) as photo:
        assert photo.size == (1333, 2000)
        assert photo.info["icc_profile"] == profile
        assert len(after["events/x/large.jpg"]) <= 10**6
    with Image.open(BytesIO(after["events/x/b.png"])) as photo:
        assert photo.tobytes() == noise(300, 200).tobytes()
        assert photo.info["dpi"] == pytest.approx((144, 144), abs=0.1)
    with Image.open(BytesIO(after["events/x/a.png"])) as photo:
        assert (photo.format, photo.mode, photo.size) == ("PNG", "P", (200, 300))
    # A second time changes nothing, and the first would have made the same.
    assert main(["check", "--diff", "--photos"]) == 0
    assert state(folder) == after
    for name, data in written.items():
        (folder / name).write_bytes(data)
    main(["check", "--fix", "--photos"])
    again = state(folder)
    assert {name: again[name] for name in after} == after
    assert again[".originals/events/x/large-2.jpg"] == large


def test_a_heic_is_renamed_wherever_it_is_named(folder: Path) -> None:
    data = encoded(noise(300, 200), "HEIF", exif=exif())
    for name in ("IMG 1.HEIC", "写真.heic", "a.heic", "a.heif", "no-heic.jpg"):
        (folder / name).write_bytes(data)
    (folder / "a.JPG").write_bytes(encoded(noise(30, 20), "JPEG"))
    (folder / "event.yaml").write_bytes(
        b"name: E\r\nfiles:\r\n- a.heic # c\r\n- {name: a.heif, path: a.heif}\r\n"
    )
    (folder / "notes").mkdir()
    page = folder / "notes" / "index.md"
    page.write_text(
        "![A](../a.heic) ![B](<../IMG 1.HEIC>) ![B](../IMG%201.HEIC) ![C](/events/x/写真.heic)\n"
        "![D](../aa.heic) [D](https://a.example/a.heic) ![D](../no-heic.jpg)\n",
        encoding="utf-8",
    )
    elsewhere = folder.parents[1] / "index.rst"
    elsewhere.write_text("=\nE\n=\n\n.. image:: events/x/a.heic\n", encoding="utf-8")
    assert main(["check", "--fix", "--photos"]) == 0
    new = (folder / "event.yaml").read_bytes().decode()
    assert new == "name: E\r\nfiles:\r\n- a-2.jpg # c\r\n- {name: a-3.jpg, path: a-3.jpg}\r\n"
    assert page.read_text(encoding="utf-8") == (
        "![A](../a-2.jpg) ![B](<../IMG 1.jpg>) ![B](../IMG%201.jpg) ![C](/events/x/写真.jpg)\n"
        "![D](../aa.heic) [D](https://a.example/a.heic) ![D](../no-heic.jpg)\n"
    )
    assert "events/x/a-2.jpg" in elsewhere.read_text(encoding="utf-8")
    names = {one.name for one in folder.iterdir()}
    assert names == {
        *("IMG 1.jpg", "写真.jpg", "a-2.jpg", "a-3.jpg", "no-heic.jpg", "a.JPG"),
        *("event.yaml", "notes"),
    }
    assert {format_of(folder / name) for name in names if "jpg" in name.lower()} == {"JPEG"}


def test_git_sees_no_original(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(encoded(noise(30, 20), "JPEG", exif=exif()))
    main(["check", "--fix", "--photos"])
    top = folder.parents[1]
    try:
        subprocess.run(["git", "init", "-q"], cwd=top, check=True)
    except OSError:
        pytest.skip("no git")
    status = subprocess.run(
        ["git", "status", "--short", "-uall"], cwd=top, check=True, capture_output=True, text=True
    )
    assert "events/x/a.jpg" in status.stdout
    assert "originals" not in status.stdout


@pytest.mark.parametrize(("answer", "is_changed"), [("", False), ("n", False), ("y", True)])
def test_in_a_terminal_one_is_asked(
    answer: str, is_changed: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.jpg").write_bytes(encoded(noise(30, 20), "JPEG", exif=exif()))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    before = state(folder)
    main(["check", "--fix", "--photos"])
    assert (state(folder) != before) is is_changed


def test_what_is_no_photo_or_too_large_stays(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "broken.jpg").write_bytes(encoded(noise(300, 20), "JPEG", exif=exif())[:900])
    (folder / "text.png").write_text("no picture", encoding="utf-8")
    (folder / "bomb.jpg").write_bytes(encoded(noise(300, 200), "JPEG", exif=exif()))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 20_000)
    before = state(folder)
    assert codes(capsys, "--fix", "--photos")[:3] == [
        "events/x/bomb.jpg:1:1 photo-size",
        "events/x/broken.jpg:1:1 unreadable",
        "events/x/text.png:1:1 unreadable",
    ]
    assert state(folder) == before


def test_a_photo_that_cannot_be_written_is_as_it_was(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.heic").write_bytes(encoded(noise(30, 20), "HEIF"))
    page = folder / "index.md"
    page.write_text("# E\n\n![A](a.heic)\n", encoding="utf-8")

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    before = {name: data for name, data in state(folder).items() if "x/" in name}
    monkeypatch.setattr("eventreports.cli.fix_photos.write_whole", full)
    assert "events/x/a.heic:1:1 unwritable" in codes(capsys, "--fix", "--photos")
    assert {name: state(folder)[name] for name in before} == before


@pytest.mark.parametrize(
    ("photos", "missing", "named"),
    [
        ({"a.jpg": "JPEG"}, ["PIL.Image"], "pillow"),
        ({"a.jpg": "JPEG", "b.heic": "HEIF"}, ["pillow_heif"], "pillow-heif"),
        ({"a.jpg": "HEIF"}, ["pillow_heif"], "pillow-heif"),
        ({"a.heic": "HEIF"}, ["PIL.Image", "pillow_heif"], "pillow pillow-heif"),
    ],
)
def test_what_is_missing_and_needed_is_named_before_anything_is_changed(
    photos: dict[str, str],
    missing: list[str],
    named: str,
    folder: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, form in photos.items():
        (folder / name).write_bytes(encoded(noise(30, 20), form, exif=exif()))
    (folder / "event.yaml").write_text("name: E\nsessions: [A]\n", encoding="utf-8")
    before = state(folder)
    for module in missing:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SystemExit) as stopped:
        main(["check", str(folder), "--fix", "--photos"])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    # The interpreter of these tests, as one types it.
    assert re.search(rf"run \S*python[\d.]* -m pip install {named}$", said, re.MULTILINE)
    assert state(folder) == before


@pytest.mark.parametrize(
    ("photos", "missing"),
    [
        ({"a.jpg": "JPEG", "b.png": "PNG"}, ["pillow_heif"]),
        ({}, ["pillow_heif", "PIL.Image"]),
    ],
)
def test_what_no_photo_needs_may_be_missing(
    photos: dict[str, str], missing: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, form in photos.items():
        (folder / name).write_bytes(encoded(noise(30, 20), form, exif=exif()))
    # As in a process in which no test has had HEIF read.
    for registered in (Image.OPEN, Image.SAVE):
        monkeypatch.delitem(registered, "HEIF", raising=False)
    for module in missing:
        monkeypatch.setitem(sys.modules, module, None)
    assert main(["check", "--fix", "--photos"]) == 0
    assert not any(has_location(folder / name) for name in photos)


@pytest.mark.parametrize("place", ["a.jpg", "img/a.jpg", "../../shared/a.jpg"])
def test_the_command_of_a_hint_changes_the_photo(place: str, folder: Path, capsys: Capture) -> None:
    photo = folder / place
    photo.parent.mkdir(exist_ok=True)
    photo.write_bytes(encoded(noise(30, 20), "JPEG", exif=exif()))
    (folder / "event.yaml").write_text(f"name: E\nfiles: [{place}]\n", encoding="utf-8")
    main(["check"])
    command = re.search(r"run eventreports (.*) \[event\.", capsys.readouterr().out)
    assert command
    assert main(shlex.split(command[1])) == 0
    assert not has_location(photo)


def test_photos_alone_are_no_use(folder: Path) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--photos", str(folder)])
