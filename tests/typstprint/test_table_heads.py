"""The head of a long table is on each of its pages; its notes and links are there once."""

import re
import subprocess
from pathlib import Path

import pytest

from conftest import Site
from printing import CONF, build

pytestmark = [pytest.mark.slow, pytest.mark.once]

ROWS = "\n".join(f"| row {number} | x | y |" for number in range(60))
LIST_ROWS = "\n".join(f"* - row {number}\n  - x[^head]\n  - y" for number in range(60))
PAGE = f"""\
# Site

Before[^early].

| Time[^head] again[^head] | [Where](https://example.com/a) <https://example.com/b> | {{term}}`C` |
| --- | --- | --- |
{ROWS}

After[^after], [^head].

```{{list-table}} Caption
:header-rows: 2

* - Part[^head]
  - {{ref}}`there`[^late]
  - {{term}}`C`
* - Early[^early]
  - Within[^outer]
  - **[bold](https://example.com/c)**
{LIST_ROWS}
```

Last[^late][^after].

(there)=
## There

```{{glossary}}
C
  Call for papers
```

[^head]: said of a head
[^after]: said after it
[^early]: said before it
[^late]: said late
[^outer]: said outside[^inner]
[^inner]: said inside
"""
NOTES = ("before it", "of a head", "after it", "late", "outside", "inside")


def pages(pdf: Path) -> list[str]:
    command = ["pdftotext", "-raw", str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [re.sub(r"\s+", " ", page) for page in done.stdout.split("\f")[:-1]]


def links(pdf: Path) -> set[tuple[str, str]]:
    """The pages and addresses of links; one has several parts, where it may break."""
    command = ["pdfinfo", "-url", str(pdf)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = (line.split() for line in done.stdout.splitlines()[1:])
    return {(page, address) for page, _kind, address in found}


@pytest.mark.parametrize("standards", [[], ["ua-1"], ["a-2a"]])
def test_notes_and_links_of_a_head(site: Site, standards: list[str]) -> None:
    site.write({"conf.py": CONF})
    documents = [("index", "book", "", "", False)]
    built = build(site, PAGE, typstprint_standards=standards, typstprint_documents=documents)
    assert built.warnings == []
    pdf = built.outdir / "book.pdf"
    found = pages(pdf)
    heads = [page for page in found if "Time2 again2 Where https://example.com/b C" in page]
    others = [page for page in found if "Part2 There" in page]
    assert len(heads) == 2
    assert len(others) == 3
    # With the same numbers on all pages, and each note once.
    assert all(re.search(r"There ?(\(p. \d\))? ?4 C Early1 Within5 bold", one) for one in others)
    text = " ".join(found)
    assert re.search(r"Before1 ?\. .* After3 ?, ?2 ?\. .* Last43 ?\.", text)
    for number, words in enumerate(NOTES, 1):
        assert text.count(f"said {words}") == 1
        assert re.search(rf"\b{number} ?said {words}", text)
    # Links of a head are on the first of its pages.
    assert links(pdf) == {
        (page, f"https://example.com/{name}") for page, name in ("1a", "1b", "2c")
    }


def test_a_head_with_addresses_as_notes(site: Site) -> None:
    site.write({"conf.py": CONF})
    page = f"# Site\n\n| [One](https://example.com/a)[^n] | b | c |\n| - | - | - |\n{ROWS}\n\n"
    page += "[Two](https://example.com/z)\n\n[^n]: a note\n"
    documents = [("index", "book", "", "", False)]
    built = build(site, page, typstprint_show_urls="footnote", typstprint_documents=documents)
    assert built.warnings == []
    text = " ".join(pages(built.outdir / "book.pdf"))
    assert text.count("One1 2 b c") + text.count("One12 b c") == 2
    assert "Two3" in text
    assert text.count("https://example.com/a") == 1


def test_a_head_of_a_table_within_a_card(site: Site) -> None:
    site.write({"conf.py": CONF})
    table = f"| [One](https://example.com/a)[^n] | b | c |\n| - | - | - |\n{ROWS}\n"
    page = f"# Site\n\n:::{{card}} Title\n\n{table}\n:::\n\n[^n]: a note\n"
    documents = [("index", "book", "", "", False)]
    built = build(site, page, typstprint_standards=["ua-1"], typstprint_documents=documents)
    assert built.warnings == []
    text = " ".join(pages(built.outdir / "book.pdf"))
    assert text.count("One1 b c") == 2
    assert text.count("a note") == 1
