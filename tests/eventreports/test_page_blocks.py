"""The blocks of pages that are for some, however they are written."""

from __future__ import annotations

import pytest

from eventreports.core.page_blocks import (
    Block,
    blocks_of_markdown,
    blocks_of_restructuredtext,
    finding_of,
)
from eventreports.core.page_sections import block_parser, sections_of_markdown


def of_markdown(text: str) -> list[Block]:
    return list(blocks_of_markdown(block_parser(), text.split("\n")))


def of_restructuredtext(text: str) -> list[Block]:
    return list(blocks_of_restructuredtext(text.split("\n")))


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("```{event:only} internal\nA\n```", ["A"]),
        (":::{event:only} internal\nA\n\nB\n:::\nC", ["A\n\nB"]),
        ("- a\n  :::{event:only} internal\n  A\n  :::\n- b", ["  A"]),
        ("> :::{event:only} internal\n> A\n> :::\n\nB", ["> A"]),
        ("::::{note}\n:::{event:only} internal\nA\n:::\n::::\nB", ["A"]),
        ("::::{event:only} internal\n:::{note}\nA\n:::\nB\n::::", [":::{note}\nA\n:::\nB"]),
        ("```{eval-rst}\n.. event:only:: internal\n\n   A\n\nB\n```", ["\n   A\n"]),
        # Its end is that of the page.
        ("```{event:only} internal\nA", ["A"]),
        # Nothing, or an example.
        ("Write `{event:only}`.\n\n`event:only` is one.", []),
        ("````md\n```{event:only} internal\nA\n```\n````", []),
        ("```md\n:::{event:only} internal\nA\n:::\n```", []),
        ("# Events only\n\n- Event only for members", []),
        ("```{admonition} internal\nA\n```", []),
    ],
)
def test_blocks_are_found_in_markdown(text: str, bodies: list[str]) -> None:
    lines = [*text.split("\n"), ""]
    found = of_markdown(text)
    assert ["\n".join(lines[one.body.start : one.body.stop]) for one in found] == bodies
    assert not any(map(finding_of, found))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # No directive as it is written.
        ("A\n\n{event:only} internal\n\nB", 3),
        ("```{event:olny} internal\nB\n```", 1),
        ("```{event:for} internal\nB\n```", 1),
        ("```event:only internal\nB\n```", 1),
        ("event:only internal\n\nB", 1),
        ("    :::{event:only} internal\n    B\n    :::", 1),
        ("<details>\n```{event:only} internal\nB\n```\n</details>", 2),
        ("% :::{event:only} internal\n% B\n% :::", 1),
        ("| A |\n| --- |\n| {event:only} internal B |", 3),
        ("````{note}\n```event:only internal\nB\n```\n````", 2),
        ("```{eval-rst}\n.. event:only: internal\n\n   B\n```", 2),
        # The author sees another end than parsers do.
        (":::{event:only} internal\n:::{note}\nA\n:::\nB\n:::", 1),
        ("```{event:only} internal\n```python\nA\n```\nB\n```", 1),
        (":::{note}\n:::{event:only} internal\nA\n:::\nB\n:::", 2),
        ("- a\n  :::{event:only} internal\nB\n  :::", 2),
        ("> :::{event:only} internal\n> A\nB\n> :::", 1),
        ("```python\nA\n\n```{event:only} internal\nB\n```", 4),
        ("```{event:only} internal\n```\n\nB", 1),
    ],
)
def test_what_is_no_clear_block_of_markdown_is_found(text: str, line: int) -> None:
    first = next(finding for one in of_markdown(text) if (finding := finding_of(one)))
    assert first.mark.line == line


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (".. event:only:: internal\n\n   A\n\nB", ["\n   A\n"]),
        ("- .. event:only:: internal\n\n     A\n\n  B", ["\n     A\n"]),
        (".. note::\n\n   .. event:only:: internal\n\n      A\n\n   B", ["\n      A\n"]),
        ("An example::\n\n   .. event:only:: internal\n\n      A", []),
        (".. code-block:: rst\n\n   .. event:only:: internal\n\n      A", []),
        ("Write ``.. event:only::``.", []),
    ],
)
def test_blocks_are_found_in_restructuredtext(text: str, bodies: list[str]) -> None:
    lines = text.split("\n")
    found = of_restructuredtext(text)
    assert ["\n".join(lines[one.body.start : one.body.stop]) for one in found] == bodies
    assert not any(map(finding_of, found))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (".. event:only: internal\n\n   B", 1),
        (".. event:for:: internal\n\n   B", 1),
        (".. only:: internal\n\n   B", 1),
        ("event:only:: internal\n\n   B", 1),
        (".. |a| event:only:: internal\n\n   B", 1),
        ("A :event:only:`B`", 1),
        ("| .. event:only:: internal |", 1),
        (".. note::\n\n   ..event:only:: internal\n\n      B", 3),
        (".. event:only:: internal\n\nB", 1),
        (".. event:only:: internal\n   B", 1),
        ("- .. event:only:: internal\n\n  B", 1),
    ],
)
def test_what_is_no_clear_block_of_restructuredtext_is_found(text: str, line: int) -> None:
    blocks = blocks_of_restructuredtext(text.split("\n"), lambda name, _level: name == "note")
    first = next(finding for one in blocks if (finding := finding_of(one)))
    assert first.mark.line == line


@pytest.mark.parametrize(
    "heading", ["##Talk", "＃＃ Talk", "**Talk**", "<h2>Talk</h2>", "- ## Talk"]
)
def test_what_only_looks_like_a_heading_begins_the_notes_of_a_session(heading: str) -> None:
    text = f"# A\n\n{heading}\n\n```{{event:session}} talk\n```\n\nB\n\n## C\n\nD"
    lines = text.split("\n")
    found = sections_of_markdown(block_parser(), lines, are_likely=True)
    (section,) = [one for one in found if one.named]
    assert lines[section.start] == heading
    assert lines[section.end] == "## C"
