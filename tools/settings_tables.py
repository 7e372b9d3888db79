"""Update the tables of settings in Markdown files: ``tools/settings_tables.py FILE …``.

A table is between the lines ``<!-- settings: MODULE.CLASS LANGUAGE -->`` and
``<!-- end of settings -->``.
"""

import re
import sys
from pathlib import Path
from pkgutil import resolve_name
from typing import Final

from sphinx import locale

from sphinxcommon.catalogs import add_catalog, translator
from sphinxcommon.settings import Declaration

_PLACE: Final = re.compile(
    r"(<!-- settings: (\S+) (\S+) -->\n).*?(?=<!-- end of settings -->)", re.DOTALL
)


def with_tables(text: str) -> str:
    """Return a Markdown text with current tables."""
    return _PLACE.sub(lambda found: found[1] + _table(resolve_name(found[2]), found[3]), text)


def _table(declaration: type[Declaration], language: str) -> str:
    package = declaration.package()
    locale.translators.clear()
    for name in (package, "sphinxcommon"):
        add_catalog(name, language)
    table = declaration.table(translator(package))
    lines = (" | ".join(cell.replace("|", r"\|") for cell in row) for row in table)
    head, *rows = (f"| {line} |\n" for line in lines)
    return "".join([head, "| --- | --- | --- |\n", *rows])


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        text = path.read_text(encoding="utf-8")
        path.write_text(with_tables(text), encoding="utf-8", newline="\n")
