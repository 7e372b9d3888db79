"""Pages to print, and what is in a PDF."""

import shutil
import struct
import subprocess
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import pytest

from conftest import Built, Site

CONF = """\
project = "Site"
author = "The authors"
extensions = ["myst_parser", "sphinx_design", "typstprint"]
exclude_patterns = ["_build"]
myst_enable_extensions = [
    "amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "strikethrough", "substitution", "tasklist",
]
suppress_warnings = ["myst.strikethrough"]
smartquotes = False
"""


def png(pixel: bytes = b"\x66\x77\x88", width: int = 1, height: int = 1) -> bytes:
    """A picture of one colour (PNG specification, 11.2)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + pixel * width) * height)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def written(path: Path) -> str:
    """The text of a PDF, as pdftotext lays it out."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("there is no pdftotext")
    done = subprocess.run(
        [program, "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def says(path: Path, words: str) -> bool:
    return squeezed(words) in squeezed(written(path))


def codes(pdf: Path, folder: Path) -> list[str]:
    """What a reader of QR codes makes of the rendered pages, in no order."""
    for program in ("pdftoppm", "zbarimg"):
        if shutil.which(program) is None:
            pytest.skip(f"there is no {program}")
    # Grey and not compressed, which takes a third of the time.
    subprocess.run(["pdftoppm", "-r", "200", "-gray", str(pdf), str(folder / "page")], check=True)
    pages = sorted(map(str, folder.glob("page-*.pgm")))
    # It tells by its status of pages without a code: those are right, too.
    command = ["zbarimg", "--quiet", "--raw", "--nodbus", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.split()


def pictures(pdf: Path) -> list[tuple[float, float]]:
    """How wide and high pictures stand on the pages, in points."""
    done = subprocess.run(
        ["pdfimages", "-list", str(pdf)], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in done.stdout.splitlines()[2:]]
    # By their pixels, and how many of them are on an inch.
    return [
        (int(row[3]) / int(row[12]) * 72, int(row[4]) / int(row[13]) * 72)
        for row in rows
        if row[2] == "image"
    ]


def build(site: Site, page: str, builder: str = "typstprint", **conf: Any) -> Built:
    site.write({"index.md": page})
    return site.build(builder, **{"language": "en", **conf})


CONSTRUCTS = """
# The whole

Words with *emphasis*, **strength**, `code`, ~~struck~~ ones, {sup}`2`, {sub}`3`, {kbd}`Ctrl`,
{abbr}`PDF (Portable Document Format)`.

## Lists

- one
  - two
    1. three

       with a paragraph
    2. four

3) third
4) fourth

Term
: Its definition

:Field: Its body

- [ ] to do
- [x] done

> A quotation
>
> -- its source

## Blocks

```python
def answer():
    return "forty  two"
```

```{code-block} sh
:linenos:
:lineno-start: 7
:emphasize-lines: 2
:caption: A caption of code

echo first
echo second
```

:::{note}
A note's words
:::

:::{admonition} A title of its own
:class: tip
Its words
:::

```{topic} A topic
Its content
```

```{versionadded} 1.2
What came
```

---

## Tables

| left | right |
| :--- | ---: |
| a cell | 1,234 |

```{list-table} A table's caption
:header-rows: 1

* - Head
  - Other head
* - Body
  - Other body
```

## Pictures

![An alternative text](dot.png)

```{figure} dot.png
:alt: Of the figure
:width: 30px

The figure's caption

The figure's legend
```

## References

A footnote[^1], the same again[^1], [a link](https://example.org/?a=1&b=2), [a section](#lists),
<https://example.org/in/words>.

[^1]: What the footnote says

## Mathematics

Inline $a^2 + b^2$, and

$$
\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}
$$ (gauss)

## Design

::::{grid} 2
:::{grid-item-card} A card
Its body
:::
:::{grid-item-card} Another
With words
:::
::::

::::{tab-set}
:::{tab-item} One tab
Content of one
:::
::::

:::{dropdown} Folded
Unfolded on paper
:::

{bdg-primary}`badge`
"""

REFERENCE = """
# Reference

{bdg-link-primary}`https://example.org/badge` {fas}`heart` {download}`conf.py`

```{button-link} https://example.org/x
Press
```

```{glossary}
Kubernetes
  An orchestrator
```

See {term}`Kubernetes` and {numref}`fig-a`.

```{figure} dot.png
:name: fig-a

Cap
```

```{eval-rst}
.. hlist::

   * in a row

.. option:: --foo

   Foo it

.. function:: f(x, y=1)

   :param x: an argument

.. productionlist::
   statement: first | second

.. only:: html

   HTML only

.. only:: typst

   Typst only

+-----+-----+
| a   | b   |
+     +-----+
|     | c   |
+-----+-----+

-b file     option b

| line one
|   line two

.. [Cit] A citation

See [Cit]_.

.. deprecated:: 1.0
   old

.. seealso:: this

.. centered:: CENTER

.. epigraph:: Quote

   -- Someone

.. parsed-literal::

   text *emph*

>>> 1 + 1
2

:guilabel:`&Cancel` :menuselection:`A --> B` :file:`a/{b}` :command:`rm` :rfc:`2324`
```

:::{dropdown} Title
Folded
:::

```{sidebar} Side
Bar
```
"""
