"""Images and QR codes: files beside the sources, in a format and with a name that Typst takes."""

import hashlib
import re
import shutil
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

import segno
from docutils import nodes
from sphinx.builders import Builder

from sphinxcommon.files import write_whole

from .fingerprints import state_of_files
from .messages import __, warn
from .photos import as_printed
from .prechecks import Prechecks

#: How files begin (the PNG, JPEG, GIF, WebP and PDF specifications), and the suffix of such.
_BEGINNINGS: Final = {
    re.compile(rb"\x89PNG\r\n\x1a\n"): ".png",
    re.compile(rb"\xff\xd8\xff"): ".jpg",
    re.compile(rb"GIF8"): ".gif",
    re.compile(rb"RIFF....WEBP", re.DOTALL): ".webp",
    re.compile(rb"%PDF-"): ".pdf",
}


def copy_images(
    tree: nodes.document, builder: Builder, prechecks: Prechecks, drawn: Mapping[str, Path]
) -> dict[str, str]:
    """Copy the images of a document that Typst can show, and warn of the others.

    :param tree: The tree of the document.
    :param builder: The builder, into whose folder they are copied.
    :param prechecks: Tells which of them Typst cannot show.
    :param drawn: Files that have been drawn for the document, by the names in its tree.
    :return: The names of the images in the folder of images, by those in the tree.
    """
    builder.images = {}
    builder.post_process_images(tree)
    folder = builder.outdir / builder.imagedir
    files = dict(drawn)
    for uri, name in builder.images.items():
        source = builder.srcdir / uri
        smaller = as_printed(source, tuple(state_of_files([source])))
        files[uri] = folder / (f"{name}.print.jpg" if smaller else name_of(name, source))
        files[uri].parent.mkdir(parents=True, exist_ok=True)
        if smaller:
            files[uri].write_bytes(smaller)
        else:
            shutil.copyfile(source, files[uri])
    broken = prechecks.broken_images(files.values())
    for file in broken:
        file.unlink()
    for image in tree.findall(nodes.image):
        if files.get(image["uri"]) in broken:
            message = __("picture that Typst cannot show: %s")
            warn("image", message, image["uri"], location=image)
    return {
        uri: file.relative_to(folder).as_posix()
        for uri, file in files.items()
        if file not in broken
    }


def name_of(name: str, file: Path) -> str:
    """Return the name of an image, with the suffix for what is in it, by which Typst reads it."""
    with file.open("rb") as stream:
        start = stream.read(12)
    suffix = Path(name).suffix.lower().replace(".jpeg", ".jpg")
    found = next((one for begin, one in _BEGINNINGS.items() if begin.match(start)), suffix)
    return name if found == suffix else name + found


def write_qr_code(address: str, folder: Path) -> str:
    """Write the QR code of an address, and return the file's name.

    A file of that name is of that address: it is not made again, which is most of the work.

    :param address: The address.
    :param folder: The folder to write into.
    :return: The name of the file.
    :raises segno.DataOverflowError: The address is too long for a code.
    """
    name = f"qr-{hashlib.sha256(address.encode()).hexdigest()[:16]}.svg"
    if not (folder / name).exists():
        made = BytesIO()
        # ISO/IEC 18004 asks for four modules of white around it; paper is white, so two will do.
        segno.make(address, micro=False).save(made, kind="svg", border=2)
        write_whole(folder / name, made.getvalue())
    return name
