"""Which files the site's patterns exclude."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from sphinx.util.matching import Matcher


def exclusion(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return a function that says whether patterns exclude a path from the root, or its folder."""
    is_excluded = Matcher(patterns)

    def excludes(path: str) -> bool:
        parents = list(PurePosixPath(path).parents)[:-1]
        return any(is_excluded(one.as_posix()) for one in (PurePosixPath(path), *parents))

    return excludes
