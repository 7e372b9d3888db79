"""Read the front matter of a page: YAML between lines of ``---``, TOML between those of ``+++``."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

_LONGEST: Final = 100


def front_matter(lines: Sequence[str]) -> tuple[list[str], Mapping[str, Any]]:
    """Part a page into the lines behind its front matter, and what that says.

    :param lines: The lines of the page.
    :returns: The lines, and values by their keys. What is no mapping stays among the lines.
    """
    first = next(
        (number for number, line in enumerate(lines) if line.strip("\ufeff \t")), len(lines)
    )
    behind = lines[first + 1 : first + _LONGEST]
    fence = lines[first].strip("\ufeff ").rstrip() if first < len(lines) else ""
    end = next((number for number, line in enumerate(behind) if line.rstrip() == fence), -1)
    if end < 0 or fence not in ("---", "+++"):
        return list(lines), {}
    text = "\n".join(behind[:end])
    try:
        # Dates stay as they are written.
        found = yaml.load(text, Loader=yaml.BaseLoader) if fence == "---" else tomllib.loads(text)
    except (yaml.YAMLError, tomllib.TOMLDecodeError):
        return list(lines), {}
    if not isinstance(found, dict):
        return list(lines), {}
    return list(lines[first + end + 2 :]), {str(key): value for key, value in found.items()}
