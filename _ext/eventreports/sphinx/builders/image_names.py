"""The names of copied images, which must not depend on the order in which pages are read."""

import hashlib
import re
from pathlib import PurePosixPath

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("env-updated", name_images)


def name_images(_app: Sphinx, env: BuildEnvironment) -> None:
    """Name each copy of an image after the image's path.

    Sphinx numbers images of one name in the order in which pages happen to be read, which differs
    with parallel reading.
    """
    for path, (docnames, _name) in sorted(env.images.items()):
        env.images[path] = (docnames, image_name(path))
    # The names that are taken: without those of images that no page has any longer.
    env.images.__setstate__({name for _docnames, name in env.images.values()})


def add_image(env: BuildEnvironment, docname: str, path: str) -> None:
    """Have a page that is written show an image, whose name must be known before it is read.

    :param env: The environment.
    :param docname: The page.
    :param path: The image, from the source directory.
    """
    env.images.add_file(docname, path)
    docnames, _name = env.images[path]
    env.images[path] = (docnames, image_name(path))


def image_name(path: str) -> str:
    """Return the name of the copy of an image.

    :param path: The image, from the source directory.
    :returns: The name.
    """
    pure = PurePosixPath(path)
    digest = hashlib.sha256(pure.as_posix().encode()).hexdigest()[:8]
    # LaTeX takes the name as it is.
    stem, suffix = (re.sub(r"[^\w.-]+", "-", part) for part in (pure.stem, pure.suffix))
    # For EPUB, Sphinx knows no media type of a suffix in capitals.
    return f"{stem}-{digest}{suffix.lower()}"
