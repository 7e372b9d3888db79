"""The names under which builders copy images: the same, whichever page was read first."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def name_images(env: BuildEnvironment) -> None:
    """Name each image for its path: the same whichever page was read first.

    Sphinx numbers the images that share a name in the order in which pages
    happen to be read, which parallel reading leaves open.
    """
    for path, (docnames, _name) in sorted(env.images.items()):
        env.images[path] = (docnames, _image_name(path))


def _image_name(path: str) -> str:
    pure = PurePosixPath(path)
    digest = hashlib.sha256(pure.as_posix().encode()).hexdigest()[:8]
    # LaTeX takes the name as it is.
    stem, suffix = (re.sub(r"[^\w.-]+", "-", part) for part in (pure.stem, pure.suffix))
    # Sphinx knows no picture for EPUB whose name ends in capitals.
    return f"{stem}-{digest}{suffix.lower()}"
