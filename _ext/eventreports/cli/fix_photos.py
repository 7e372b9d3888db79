"""``eventreports check --fix --photos``: photos as a page needs them, and without what they tell.

Originals are kept, in a folder at the project's top that neither git nor a build looks at.
"""

import re
import shutil
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from os.path import relpath
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

from PIL import Image, ImageOps

from sphinxcommon.files import write_whole
from sphinxcommon.messages import Message, Translate

from ..core.encodings import decode
from ..core.photos import LARGE_PHOTO, is_heif
from ..core.problems import Code, Mark, Problem
from ..library import event_files, page_files
from .check_fix import Fix
from .check_photos import megabytes
from .project import root_of, shown_here

#: Where originals are kept, from the project's folder.
ORIGINALS: Final = ".originals"
#: In pixels: enough for the width of a page on paper, and of a screen.
LONGEST_SIDE: Final = 2000
#: What a photo that is still too large is tried with: longest sides, and qualities of JPEG.
_SIDES: Final = (LONGEST_SIDE, 1600, 1280)
_QUALITIES: Final = (85, 80, 75, 70, 60)
#: A photo that is merely large stays as it is if less than this part of it can be saved.
_LEAST_SAVED: Final = 0.05
#: Formats of Pillow's that photos have; what may be an animation is left alone. HEIF is one once
#: pillow-heif has added it.
_HEIF: Final = "HEIF"
_FORMATS: Final = ("JPEG", "PNG", "WEBP", _HEIF)
_ANIMATED: Final = frozenset({"PNG", "WEBP"})
_MODES: Final = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
#: Unicode forms in which texts may have the names of files.
_FORMS: Final[tuple[Literal["NFC", "NFD"], ...]] = ("NFC", "NFD")
#: What Pillow calls metadata that tell of people, places and devices.
_METADATA: Final = ("exif", "xmp", "photoshop", "comment", "mp")
_TAG_OF_ORIENTATION: Final = 0x0112
#: Chunks of PNG that hold metadata.
_TEXTS: Final = frozenset({b"eXIf", b"iTXt", b"tEXt", b"zTXt", b"tIME"})
#: In bytes; a larger file is no photo.
_MOST: Final = 200 * 10**6


@dataclass(frozen=True)
class Change:
    """A photo, and what it is to be."""

    file: Path
    new: Path
    data: bytes
    before: tuple[int, int]
    after: tuple[int, int]
    bytes_before: int

    def message(self) -> Message:
        """Return what is changed, for people."""
        name = shown_here(self.file)
        return Message(
            "{photo}: {bytes} → {new_bytes}, {size} → {new_size}",
            photo=name if self.new == self.file else f"{name} → {self.new.name}",
            bytes=megabytes(self.bytes_before),
            new_bytes=megabytes(len(self.data)),
            size="×".join(map(str, self.before)),
            new_size="×".join(map(str, self.after)),
        )

    def write(self) -> None:
        """Put the original aside, and write what it is to be.

        :raises OSError: if either cannot be written; then the original is where it was.
        """
        _keep(self.file, root_of(self.file))
        write_whole(self.new, self.data)
        if self.new != self.file:
            self.file.unlink()


def _keep(file: Path, root: Path) -> None:
    """Copy an original into the folder of originals, beside others of its name."""
    folder = root / ORIGINALS
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")
    wanted = folder / file.relative_to(root)
    wanted.parent.mkdir(parents=True, exist_ok=True)
    kept = _free_name(wanted)
    unfinished = kept.with_name(f".{kept.name}.part")
    shutil.copy2(file, unfinished)
    unfinished.replace(kept)


def _free_name(wanted: Path, planned: Iterable[Path] = ()) -> Path:
    """Return a path that no file has, whatever capitals: ``a.jpg``, or else ``a-2.jpg``."""
    there = (*wanted.parent.iterdir(), *(one for one in planned if one.parent == wanted.parent))
    taken = {one.name.casefold() for one in there}
    number, name = 1, wanted.name
    while name.casefold() in taken:
        number += 1
        name = f"{wanted.stem}-{number}{wanted.suffix}"
    return wanted.with_name(name)


@dataclass(frozen=True)
class PhotoChanges:
    """What is to be changed of photos, where texts refer to those, and what cannot be changed."""

    changes: Sequence[Change]
    references: Sequence[Fix]
    problems: Sequence[Problem]

    def lines(self, translate: Translate) -> Iterator[str]:
        """Yield the changes, for people."""
        yield from (one.message().text(translate) for one in self.changes)
        yield from (line for one in self.references for line in one.diff)

    def write(self) -> Iterator[Problem]:
        """Make the changes; report what cannot be written."""
        written = []
        for one in self.changes:
            try:
                one.write()
                written.append(one)
            except OSError as error:
                reason = error.strerror or str(error)
                message = Message("what is fixed cannot be written: {reason}", reason=reason)
                yield Problem(shown_here(one.file), Mark(), Code.UNWRITABLE, message)
        for fix in _references(written):
            yield from fix.write()


def changes_of(files: Sequence[Path]) -> PhotoChanges:
    """Return what is to be changed of photos, none of which is made.

    :param files: The photos; pillow-heif must be there if one of them is HEIF.
    :returns: The changes.
    """
    _read_heif(files)
    changes: list[Change] = []
    problems = []
    for file in files:
        try:
            if change := _change_of(file, [one.new for one in changes]):
                changes.append(change)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            message = Message("the photo has too many pixels to be opened; make it smaller")
            problems.append(Problem(shown_here(file), Mark(), Code.PHOTO_SIZE, message))
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            message = Message("cannot be read: {reason}", reason=str(error))
            problems.append(Problem(shown_here(file), Mark(), Code.UNREADABLE, message))
    return PhotoChanges(changes, _references(changes), problems)


def _read_heif(files: Iterable[Path]) -> None:
    """Have Pillow read HEIF, if one of the files is that."""
    for file in files:
        with suppress(OSError):
            if is_heif(file):
                from pillow_heif import register_heif_opener

                register_heif_opener(thumbnails=False)
                return


def _change_of(file: Path, planned: Iterable[Path]) -> Change | None:
    size = file.stat().st_size
    if size > _MOST:
        return None
    data = file.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        formats = [one for one in _FORMATS if one != _HEIF or one in Image.OPEN]
        with Image.open(BytesIO(data), formats=formats) as photo:
            is_animation = photo.format in _ANIMATED and getattr(photo, "is_animated", False)
            if is_animation or photo.mode not in _MODES:
                return None
            before = photo.size
            is_other = photo.format == _HEIF
            is_turned = photo.getexif().get(_TAG_OF_ORIENTATION, 1) != 1
            tells = any(photo.info.get(key) for key in _METADATA)
            is_large = size > LARGE_PHOTO
            if not (is_other or is_turned or tells or is_large):
                return None
            most = LARGE_PHOTO if is_other else min(LARGE_PHOTO, size)
            sides = _SIDES if is_other or is_large else (max(before), *_SIDES)
            made, after = _encoded(photo, data, most, sides, is_turned=is_turned)
    if not (is_other or is_turned or tells) and len(made) > size * (1 - _LEAST_SAVED):
        return None
    suffix = file.suffix.lower()
    is_renamed = is_other and suffix not in (".jpg", ".jpeg")
    new = _free_name(file.with_suffix(".jpg"), planned) if is_renamed else file
    return Change(file, new, made, before, after, size)


def _encoded(
    photo: Image.Image, data: bytes, most: int, sides: Iterable[int], *, is_turned: bool
) -> tuple[bytes, tuple[int, int]]:
    """Encode a photo as well as it fits into a number of bytes; return it, and its size."""
    tried = []
    for made in _candidates(photo, data, sides, is_turned=is_turned):
        if len(made[0]) <= most:
            return made
        tried.append(made)
    return min(tried, key=lambda one: len(one[0]))


def _candidates(
    photo: Image.Image, data: bytes, sides: Iterable[int], *, is_turned: bool
) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Yield a photo in several qualities and sizes, the best first."""
    turned = ImageOps.exif_transpose(photo)
    for side in sides:
        scaled = _scaled(turned, side)
        is_as_it_was = not is_turned and scaled.size == photo.size
        if is_as_it_was and photo.format == "PNG":
            yield _without_texts(data), scaled.size
        for options in _options(photo, keeps=is_as_it_was and photo.format == "JPEG"):
            source = photo if options.get("quality") == "keep" else scaled
            yield _saved(source, photo, options, has_dpi=is_as_it_was), scaled.size
        if photo.format == "PNG":
            # A screenshot with smaller letters would be of less use.
            return


def _without_texts(png: bytes) -> bytes:
    """Return a PNG without the chunks that say something; its pixels are the same bytes."""
    kept, place = [png[:8]], 8
    while place < len(png):
        end = place + 12 + int.from_bytes(png[place : place + 4], "big")
        if png[place + 4 : place + 8] not in _TEXTS:
            kept.append(png[place:end])
        place = end
    return b"".join(kept)


def _scaled(photo: Image.Image, side: int) -> Image.Image:
    if max(photo.size) <= side:
        return photo
    has_palette = photo.mode in ("1", "P")
    colours = "RGBA" if "transparency" in photo.info else "RGB"
    scaled = photo.convert(colours) if has_palette else photo.copy()
    scaled.thumbnail((side, side), Image.Resampling.LANCZOS)
    return scaled


def _options(photo: Image.Image, *, keeps: bool) -> Iterator[dict[str, Any]]:
    """Yield the ways to save a photo, the best first."""
    match photo.format:
        case "PNG":
            yield {"format": "PNG", "optimize": True}
        case "WEBP":
            yield from ({"format": "WEBP", "quality": quality} for quality in _QUALITIES)
        case _:
            jpeg = {"format": "JPEG", "optimize": True, "progressive": True}
            if keeps:
                yield {**jpeg, "quality": "keep"}
            yield from ({**jpeg, "quality": quality} for quality in _QUALITIES)


def _saved(
    photo: Image.Image, original: Image.Image, options: dict[str, Any], *, has_dpi: bool
) -> bytes:
    """Save a photo with its colours, and nothing else of what it tells."""
    if options["format"] == "JPEG" and photo.mode not in ("L", "RGB"):
        photo = _on_white(photo)
    made = BytesIO()
    kept = {"icc_profile": original.info.get("icc_profile")}
    if has_dpi and "dpi" in original.info:
        kept["dpi"] = original.info["dpi"]
    photo.save(made, **options, **kept, exif=b"", comment=b"")
    return made.getvalue()


def _on_white(photo: Image.Image) -> Image.Image:
    """Return a photo without what is transparent."""
    layer = photo.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(white, layer).convert("RGB")


def _references(changes: Iterable[Change]) -> list[Fix]:
    """Return the changes of pages and events' files that refer to photos with new names."""
    renamed = [one for one in changes if one.new != one.file]
    fixes = []
    for root in sorted({root_of(one.file) for one in renamed}):
        for text_file in sorted({*page_files(root), *event_files(root)}):
            raw = text_file.read_bytes()
            text = decode(raw)
            if isinstance(text, str):
                new = text
                for one in renamed:
                    new = _renamed(new, one, text_file.parent, root)
                if new != text:
                    fixes.append(Fix(text_file, shown_here(text_file), raw, text, new))
    return fixes


def _renamed(text: str, change: Change, folder: Path, root: Path) -> str:
    """Write the new name of a photo wherever a text has its path."""
    for path in (relpath(change.file, folder), f"/{relpath(change.file, root)}"):
        for form in _FORMS:
            old = unicodedata.normalize(form, Path(path).as_posix())
            new = f"{old.rpartition('/')[0]}/{change.new.name}" if "/" in old else change.new.name
            for written, instead in {old: new, quote(old): quote(new)}.items():
                token = re.compile(rf"(?<![\w/%.-])((?:\./)?){re.escape(written)}(?![\w%-]|\.\w)")
                text = token.sub(lambda found, instead=instead: found[1] + instead, text)  # type: ignore[misc]
    return text
