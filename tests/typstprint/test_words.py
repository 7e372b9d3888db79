"""Code is printed as it is written, and no word is printed on another."""

import re
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from conftest import Site
from printing import CONF, written
from test_layout import Word, outside, overlapping, words
from test_nodes import printed

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


PARAMETERS = [
    "version: str | None = None",
    "package_name: Mapping[str, Any] = {}",
    "programme_name=None",
    "internationalization=None",
    "callback: Callable[[int], str] = None",
    "message=None",
]
CODE = f"""\
T
=

.. py:function:: version_option({", ".join(PARAMETERS)})

   Adds an option.

.. py:function:: other(a)

   Stands apart.

.. cpp:function:: template <typename One> void configure(const std::vector<One> &one, int internationalization, int two)

   Of several lines.

-o, --internationalization-of-messages=DIRECTORY  Where to.

{"Words of a paragraph " * 3} ``git commit --amend --no-edit --message x`` and ``configuration`` and
{"words of a paragraph " * 3} ``docker run --rm -it --name container image:latest bash``, also
{"words of a paragraph " * 3} ``internationalization`` and so on and on.

.. parsed-literal::

   internationalization configuration *internationalization* configuration internationalization
"""  # noqa: E501


@pytest.fixture(params=[("en", "a4"), ("ja", "a5")], ids=["en-a4", "ja-a5"])
def code(book: Site, request: pytest.FixtureRequest) -> Path:
    language, paper = request.param
    return printed(book, CODE, language=language, typstprint_options={"paper": paper})


def test_code_is_neither_hyphenated_nor_justified(code: Path) -> None:
    text = written(code)
    assert "\xad" not in text
    assert not re.search(r"[a-z]-\n", text.replace("--\n", ""))
    found = words(code)
    gaps = {
        (one.text, other.text): other.left - one.right
        for one, other in pairwise(found)
        if one.text in ("git", "commit", "run", "--rm", "--amend") and one.top == other.top
    }
    assert len(gaps) >= 3
    assert max(gaps.values()) - min(gaps.values()) < 0.05


def test_signatures_break_at_commas_and_stand_apart(code: Path) -> None:
    squeezed_lines = [" ".join(line.split()) for line in written(code).splitlines()]
    for parameter in PARAMETERS:
        assert sum(parameter in line for line in squeezed_lines) == 1, parameter
    top = {word.text: word.top for word in words(code)}
    assert top["other(a)"] - top["Adds"] > top["Stands"] - top["other(a)"] + 4
    assert "const std::vector<One> &one" in " ".join(squeezed_lines)


LONG = [
    *(
        "internationalization",
        "Xxxxxxxxxxxxxxxxx",
        "Strengths",
        "Donaudampfschifffahrt",
        "Москвичами",
    ),
    *(
        "``MessageCallbackFunction``",
        "``code_with_marks_in_it``",
        "WWWWWWWWWW",
        "日本語の表です",
        "a",
    ),
]


def table(cells: list[str], *options: str) -> str:
    """A table of two rows, whose cells may have several lines."""
    row = "\n".join(
        textwrap.indent(
            f"{'  -' if place else '* -'} {textwrap.indent(cell, '    ').lstrip()}", "   "
        )
        for place, cell in enumerate(cells)
    )
    lines = "".join(f"   {option}\n" for option in options)
    return f".. list-table::\n{lines}\n{row}\n{row}\n"


def nested(depth: int) -> str:
    inner = nested(depth - 1) if depth else "Extraordinary"
    return table(["Unbelievable", inner], ":widths: 20 80")


TABLES = {
    "wishes": table(["Header 1", "Header 2", "Header 3", "four"], ":widths: 10 5 10 50"),
    "tiny wishes": table([*LONG[:3], "x" * 9], ":widths: 1 1 1 97"),
    "ten columns": table(LONG, f":widths: {'1 ' * 10}"),
    "ten columns, no wishes": table(LONG),
    "eighteen columns": table((LONG * 2)[:18], f":widths: {'1 ' * 18}", ":header-rows: 1"),
    "a tall one": table([f"{word} {'words ' * 40}" for word in LONG[:6]]),
    "wide letters": table(["WWWWWWWW"] * 8),
    "lists": table([f"* * * {word}" for word in LONG[:6]]).replace(
        "* * * ", "* one\n\n         * "
    ),
    "nested": nested(3),
    "deep list": table(["a", "\n\n".join(f"{'  ' * n}* Responsibilities{n}" for n in range(9))]),
}


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_words_of_tables_stand_in_their_columns(book: Site, paper: str) -> None:
    page = "T\n=\n\n" + "\n".join(f"{name}\n\n{made}" for name, made in TABLES.items())
    pdf = printed(book, page, typstprint_options={"paper": paper})
    assert overlapping(pdf) == []
    size: dict[str, Any] = {"a4": (20, 20), "a5": (15, 15, 148, 210)}
    assert outside(pdf, *size[paper]) == []


def test_columns_are_as_wide_as_their_words_where_others_have_room(book: Site) -> None:
    page = f"T\n=\n\n{TABLES['wishes']}\n{TABLES['tiny wishes']}"
    found = [word.text for word in words(printed(book, page))]
    assert found.count("Header") == 2 * 3
    assert {"internationalization", "Xxxxxxxxxxxxxxxxx", "Strengths"} <= set(found)


CARDS = """
# T

::::::{grid} 4
:::::{grid-item-card} Donaudampfschifffahrtsgesells
::::{grid} 2
:::{grid-item-card} Internationalization
Xxxxxxxxxxxxxxxxxxxxxx and `MessageCallbackFuncti`
:::
:::{grid-item-card} Understandings
- one
  - Responsibilities `configuration_of_it`
:::
::::
:::::
:::::{grid-item-card} Two

```{list-table}
* - Internationalization
  - Extraordinary
  - Responsibilities
```
:::::
::::::

:A_field_of_a_name_that_is_longer_than: value
"""


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_words_of_narrow_cards_stand_in_them(book: Site, paper: str) -> None:
    book.write({"index.md": CARDS})
    documents = [("index", "book", "", "", False, {"paper": paper})]
    built = book.build("typstprint", language="en", typstprint_documents=documents)
    assert built.warnings == []
    pdf = built.outdir / "book.pdf"
    assert overlapping(pdf) == []
    found: dict[str, Word] = {word.text: word for word in words(pdf)}
    assert found["Two"].left > max(word.right for word in found.values() if word.text == "one")


RUNS = {
    "letters of other alphabets": ["Größe" * 30, "Привет" * 20, "Ελλά" * 30],
    "marks": ["ー" * 90, "―" * 90, "…" * 90, "～" * 90, "※" * 90, "★☆" * 45, "─" * 120, "ッ" * 90],
    "short ones": [
        "すごーーーーーーーーい",
        "えっ！！！！！！！！",
        "――――――――",
        "・・・・・・・・",
        "うん………………",
    ],
}
ENTRY = "averyverylongnameofaprogramthatstandsintheindexwithoutanymarkinit"


@pytest.mark.parametrize(("language", "paper"), [("en", "a4"), ("ja", "a5")])
def test_words_that_no_rule_breaks_stay_on_the_page(book: Site, language: str, paper: str) -> None:
    blocks = [*RUNS["letters of other alphabets"], *RUNS["marks"]]
    page = [
        "T\n=\n",
        f".. index:: {ENTRY}; {ENTRY}below, {'Größe' * 12}\n",
        *(f"A word {run} ends.\n" for run in blocks),
        *(f"``{run}``\n" for run in RUNS["marks"]),
        *(f"::\n\n   {run}\n" for run in blocks),
        table(RUNS["short ones"], f":widths: {'1 ' * 4}9"),
        table(["a", "ー" * 40, "─" * 40, "b", "c", "d"], f":widths: {'1 ' * 6}"),
    ]
    options = {"paper": paper}
    pdf = printed(book, "\n".join(page), language=language, typstprint_options=options)
    assert overlapping(pdf) == []
    size: dict[str, Any] = {"a4": (20, 20), "a5": (15, 15, 148, 210)}
    assert outside(pdf, *size[paper]) == []
    # Of cells side by side the lines are mixed.
    assert [written(pdf).count(mark) for mark in "！・"] == [2 * 8, 2 * 8]


@pytest.mark.parametrize("name", ["f" * length for length in range(1, 9)])
def test_arrows_of_code_are_whole(book: Site, name: str) -> None:
    words = f"{'word ' * 8}``{name}->next->previous->configuration->internationalization->x``"
    signature = f"auto {name}(T &&t, int (*callback)(int)) const noexcept(true) -> std::vector<T>"
    code = f"{'x' * 55} {name} -> a <-- b => c->d->e->f"
    page = f"T\n=\n\n{words}\n\n.. cpp:function:: {signature}\n\n::\n\n   {code}\n"
    pdf = printed(book, page, language="en", typstprint_options={"paper": "a5"})
    lines = [line.strip() for line in written(pdf).splitlines()]
    assert not [line for line in lines if line.startswith(">") or re.search(r"(?<![-=])-$", line)]
