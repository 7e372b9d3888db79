"""What is written wrong in pages is reported with what to write, and read as it is meant."""

from __future__ import annotations

import re
from typing import Any

import pytest
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from conftest import Built, Site
from eventreports.core.problems import Finding
from eventreports.sphinx.directives import DIRECTIVES
from eventreports.sphinx.directives.options import LenientOptions, columns, number, year
from eventreports.sphinx.page_markup import markdown, restructuredtext
from eventreports.sphinx.page_markup.names import Names
from eventreports.sphinx.page_markup.repairs import repaired

OTHERS = {"note", "code-block", "toctree", "image", "table", "list-table", "figure", "py:class"}
ROLES = {"doc", "ref"}
OPTIONS = {"fields", "sort", "year", "event"}
NAMES = Names(
    DIRECTIVES, ("event", "session"), OTHERS.__contains__, ROLES.__contains__, OTHERS, OPTIONS
)
PARSER = create_md_parser(MdParserConfig(enable_extensions={"colon_fence"}), RendererHTML)
PARSER.core.ruler.enableOnly(["normalize", "block"])

INFO = "```{event:info}\n```\n"
BELOW = "\n## Notes\n\n- a\n"


def in_markdown(text: str) -> tuple[str, list[Finding]]:
    return repaired(text, lambda lines: markdown.faults(lines, PARSER, NAMES))


def in_rest(text: str) -> tuple[str, list[Finding]]:
    return repaired(text, lambda lines: restructuredtext.faults(lines, NAMES))


def reported(findings: list[Finding]) -> list[str]:
    return [f"{one.mark.line}:{one.mark.column} {one.code.label}" for one in findings]


# Markdown


@pytest.mark.parametrize(
    ("written", "place"),
    [
        # Not closed, or badly.
        ("```{event:info}\n", "1:1 fence"),
        ("````{event:info}\n```\n", "2:1 fence"),
        ("```{event:info}\n``\n", "2:1 fence"),
        ("```{event:info}\n~~~\n", "2:1 fence"),
        (":::{event:info}\n", "1:1 fence"),
        # As another markup has it.
        (".. event:info::\n", "1:1 markup"),
        ("..event:info::\n", "1:1 markup"),
        (".. event-info::\n", "1:1 markup"),
        # As no markup has it.
        ("{event:info}\n", "1:1 markup"),
        ("```{event:info}```\n", "1:1 markup"),
        ("｀｀｀{event:info}\n｀｀｀\n", "1:1 markup"),
        ("‘‘‘{event:info}\n’’’\n", "1:1 markup"),
        ("``{event:info}\n``\n", "1:1 markup"),
        ("｀｀｀｛event：info｝\n｀｀｀\n", "1:1 markup"),
        ("```｛event:info｝\n```\n", "1:1 directive"),
        ("```{event：info}\n```\n", "1:1 directive"),
        ("```{event.info}\n```\n", "1:1 directive"),
        ("```{event: info}\n```\n", "1:1 directive"),
        ("```{ event:info }\n```\n", "1:1 directive"),
        ("```{event:info\n```\n", "1:1 directive"),
        ("```{Event:Info}\n```\n", "1:1 directive"),
        ("```[event:info]\n```\n", "1:1 directive"),
        ("```event:info\n```\n", "1:1 directive"),
        # Under another name.
        ("```{info}\n```\n", "1:1 directive"),
        ("```{event-info}\n```\n", "1:1 directive"),
        ("```{events:info}\n```\n", "1:1 directive"),
        ("```{evnet:info}\n```\n", "1:1 directive"),
        ("```{eventinfo}\n```\n", "1:1 directive"),
    ],
)
def test_a_directive_is_reported_and_read_as_it_is_meant(written: str, place: str) -> None:
    text, findings = in_markdown(f"{written}{BELOW}")
    assert reported(findings) == [place]
    assert re.fullmatch(r"([`:]{3,})\{event:info\}\n\1\n+## Notes\n\n- a\n", text)
    # All below is where it was, for what is reported of it.
    assert text.count("\n") <= f"{written}{BELOW}".count("\n")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("```{event:sessions}\n:sort: time\n\n## A", "```{event:sessions}\n:sort: time\n```\n## A"),
        ("```{event:sessions}\n## A", "```{event:sessions}\n```\n## A"),
        ("- ```{event:session} a\n\n## A", "- ```{event:session} a\n  ```\n## A"),
        (".. event:list::\n   :year: 2026\n\nA", "```{event:list}\n:year: 2026\n```\nA"),
        (".. event:session:: a\nA", "```{event:session} a\n```\nA"),
        ("```{event:session}a\n```", "```{event:session} a\n```"),
        ("```{event:session:a}\n```", "```{event:session} a\n```"),
        ("```{event:info}\n``` A\n\nB", "```{event:info}\n```\nA\n\nB"),
        ("```{event:info}\nfields: a\n```", "```{event:info}\n:fields: a\n```"),
        ("```{event:info}\n：fields： a\n```", "```{event:info}\n:fields: a\n```"),
        ("```{event:info}\n:fields:a\n```", "```{event:info}\n:fields: a\n```"),
        ("```{event:info}\n\n:fields: a\n```", "```{event:info}\n:fields: a\n\n```"),
        ("- .. event:info::\n- A", "- ```{event:info}\n  ```\n- A"),
        ("{event:session} a\n\nA", "```{event:session} a\n```\nA"),
        ("A ```{event:info}\n```\n\nB", "A\n```{event:info}\n```\n\nB"),
        ("A ```{event:info}```\n\nB", "A\n```{event:info}\n```\nB"),
        ("```{event:info}\n\n```{event:files}\n```\n", f"{INFO}```{{event:files}}\n```\n"),
        (":event:session:`a`, {session}`b`.", "{event:session}`a`, {event:session}`b`."),
        ("See ｛event:session｝`a`.", "See {event:session}`a`."),
        ("See :ref:`a`, `b` and :none:`c`.", "See {ref}`a`, `b` and :none:`c`."),
        ("`Ａ` Ｂ ```{event:info}```", "`Ａ` Ｂ\n```{event:info}\n```"),
        ("```{notee} A\nB\n```\n", "```{note} A\nB\n```\n"),
    ],
)  # fmt: skip
def test_what_belongs_to_a_directive_stays_with_it(written: str, meant: str) -> None:
    assert in_markdown(written)[0] == meant


@pytest.mark.parametrize(
    ("written", "place", "words"),
    [
        ("```python\nx\n\n## A\n\n```{event:session} a\n```\n", "1:1 fence", "line 6"),
        ("```\nx\n\n## A\n", "1:1 fence", "“```”"),
        ("A\n~~~~\n\n```{event:session} a\n```\n", "2:1 fence", "## A"),
        ("A ```{event:info}``` b\n", "1:3 markup", "```{event:info}"),
        ("A .. event:info:: b\n", "1:3 markup", "```{event:info}"),
        (".. note:: b\n\n   c\n", "1:1 markup", "```{note} b"),
        ("A\n\n<!-- B\n\n## C\n", "3:1 fence", "-->"),
        ("| a |\n| - |\n| ```{event:info}``` |\n", "3:3 markup", "table"),
        ("| a | b |\n| - | - |\n| {x} | :::{event:info} |\n", "3:9 markup", "table"),
    ],
)
def test_what_nobody_knows_how_to_read_is_reported(written: str, place: str, words: str) -> None:
    text, findings = in_markdown(written)
    assert text == written
    assert reported(findings) == [place]
    assert words in str(findings[0].message)


@pytest.mark.parametrize(
    "text",
    [
        INFO,
        "````md\n```{event:info}\n```\n````\n",
        "`{event:info}`, `` {event:session}`a` ``, ``:event:session:`a` ``, `.. event:info::`\n",
        "Write {event:info} where it stands, or .. event\n",
        "{event:session}`a` {doc}`b` {unknown}`c`\n",
        "```{note}\nText\n```\n\n:::{figure} a.png\n:::\n",
        '```{unknown}\n```\n\n```{r}\n1\n```\n\n```event\n```\n\n```json\n{"event": 1}\n```\n',
        "<!-- ```{event:info} -->\n\n    .. event:info::\n",
        "---\nevent: {a: 1}\n---\n\n- a\n\n  ```{event:info}\n  :fields: date\n  ```\n",
        "```{event:info}\n---\nfields: date\n---\n```\n\n```{event:info}\nA body: b.\n```\n",
        "```{event:info}\n:fields: a\n:none: b\n```\n\n<!-- a\n\nb -->\n",
        ".. note: a comment\n\n.. unknown:: a.png\n\nand so on ..\n",
        "> ```{event:info}\n> ```\n\n~~~text\n```{event:info}\n~~~\n",
    ],
)
def test_what_is_right_or_somebody_elses_is_left_alone(text: str) -> None:
    assert in_markdown(text) == (text, [])


def test_each_fault_is_reported_at_its_line_in_the_file() -> None:
    page = "A ```{event:info}\n```\nB ```{event:info}\n```\n\n```{evnt:info}\n```\n"
    assert reported(in_markdown(page)[1]) == ["1:3 markup", "3:3 markup", "6:1 directive"]


@pytest.mark.parametrize(
    ("page", "place", "meant"),
    [
        ("\n### A\n", "2:1 no-heading", "# Conf\n### A\n"),
        ("A\n\n## B\n", "3:1 no-heading", "# Conf\nA\n\n## B\n"),
        ("---\na: b\n---\n\n## A\n", "5:1 no-heading", "---\na: b\n---\n# Conf\n## A\n"),
    ],
)
def test_a_heading_of_a_part_is_not_that_of_the_page(page: str, place: str, meant: str) -> None:
    text, findings = repaired(page, lambda lines: markdown.faults(lines, PARSER, NAMES, "Conf"))
    assert (text, reported(findings)) == (meant, [place])


@pytest.mark.parametrize("page", ["# A\n", "A\n\n# B\n\n## C\n", "## conf\n", "A\n===\n", "A\n"])
def test_other_pages_keep_their_headings(page: str) -> None:
    # Where there is none at all, the page gets one once it is read.
    assert [*markdown.faults(page.split("\n"), PARSER, NAMES, "Conf")] == []


# reStructuredText


@pytest.mark.parametrize(
    ("written", "place", "meant"),
    [
        ("```{event:info}\n```\n", "1:1 markup", ".. event:info::\n\n"),
        (
            "```{event:list}\n:year: 2026\n```\n",
            "1:1 markup",
            ".. event:list::\n   :year: 2026\n\n",
        ),
        (".. event-info::\n", "1:1 markup", ".. event:info::\n"),
        (".. session:: a\n", "1:1 markup", ".. event:session:: a\n"),
        (".. event:session: a\n", "1:1 markup", ".. event:session:: a\n"),
        ("..event:info::\n", "1:1 markup", ".. event:info::\n"),
        (".. event：info：：\n", "1:1 markup", ".. event:info::\n"),
        ("A\n.. event:info::\n", "2:1 markup", "A\n\n.. event:info::\n"),
        ("See {event:session}`a`.\n", "1:5 markup", "See :event:session:`a`.\n"),
        ("A .. event:info:: b\n", "1:3 markup", "A .. event:info:: b\n"),
        (".. event:info::\n:fields: a\n", "2:1 option", ".. event:info::\n   :fields: a\n"),
        (
            ".. event:info::\n\n   :fields: a\n",
            "3:4 option",
            ".. event:info::\n   :fields: a\n\n",
        ),
        (".. notee:: A\n", "1:1 markup", ".. note:: A\n"),
        ("```{note}\nA\n```\n", "1:1 markup", "```{note}\nA\n```\n"),
        ("See {ref}`a`.\n", "1:5 markup", "See :ref:`a`.\n"),
    ],
)
def test_a_page_of_restructuredtext_is_reported_likewise(
    written: str, place: str, meant: str
) -> None:
    text, findings = in_rest(written)
    assert (text, reported(findings)) == (meant, [place])


@pytest.mark.parametrize(
    "text",
    [
        "A\n=\n.. event:info::\n   :fields: date\n\n- .. event:info::\n",
        ".. code-block:: md\n\n   ```{event:info}\n   ```\n\n::\n\n   .. event-info::\n",
        ".. session: a comment\n\n.. note:: event\n\n``{event:session}`a```\n",
        "+---+\n| .. event:info:: |\n+---+\n\n.. _event:\n\n.. |event| replace:: a\n",
    ],
)
def test_what_is_right_in_restructuredtext_is_left_alone(text: str) -> None:
    assert in_rest(text) == (text, [])


# Options


@pytest.mark.parametrize(
    ("convert", "text", "right"),
    [
        (year, "令和6年", "2024"),
        (year, "令和元年度", "2019"),
        (year, "R6", "2024"),
        (year, "㍻30年", "2018"),
        (year, "２０２４年", "2024"),
        (year, "2024-05", "2024"),
        (year, "'24", "2024"),
        (year, "last", "undated"),
        (number, "5件", "5"),
        (number, "-1", "1"),
        (number, "", "5"),
        (columns, "3列", "3"),
        (columns, "1, 2, 3, 4", "1 2 3 4"),
        (columns, "many", "2"),
    ],
)
def test_a_wrong_value_is_reported_with_a_right_one(convert: Any, text: str, right: str) -> None:
    wrong = LenientOptions({"x": convert})["x"](text)
    assert f"{right}" in str(wrong.reason)
    assert right == "undated" or convert(right) is not None


# In a site

EVENT = """
name: Conf
date: 2026-01-01
sessions:
  - {id: tabs, title: Tabs}
  - {id: spaces, title: Spaces, speakers: [Bea Ott]}
"""


def built(site: Site, page: str, suffix: str = "md", **conf: Any) -> Built:
    head = "# Conf\n\n" if suffix == "md" else "Conf\n====\n\n"
    site.write({"events/conf/event.yaml": EVENT, f"events/conf/index.{suffix}": head + page})
    return site.build("text", language="en", **conf)


def codes(one: Built) -> list[str]:
    return [line.rpartition("[event.")[2].rstrip("]") for line in one.warnings]


def text_of(one: Built) -> str:
    return one.text("events/conf/index.txt")


@pytest.mark.parametrize(
    ("page", "code", "shown"),
    [
        ("```{event:sesion} spaces\n```\n", "directive", "Bea Ott"),
        ("```{event:sessions} spaces\n```\n", "directive", "Bea Ott"),
        ("```{event:session} spaces, tabs\n```\n", "directive", "Bea Ott"),
        ("```{event:session} Spaces\n```\n", "unknown-session", "Bea Ott"),
        ("```{event:session} conf/spaces\n```\n", "unknown-session", "Bea Ott"),
        ("```{event:session}\n```\n", "unknown-session", ""),
        ("```{event:session}\nspaces\n```\n", "unknown-session", "Bea Ott"),
        ("## Spaces\n\n```{event:session} nope\n```\n", "unknown-session", ""),
        ("```{event:foo}\n```\n", "directive", ""),
        ("```{event:info} conf\n```\n", "directive", "January"),
        ("```{event:info}\nA *body*.\n```\n", "directive", "A *body*."),
        ("```{event:info} words\n```\n", "directive", "words"),
        ("```{event:info}\n:feilds: name\n```\n", "option", "Name"),
        ("```{event:info}\n:colour: red\n```\n", "option", "January"),
        ("```{event:sessions}\n:sort: 登壇者\n```\n", "option", "Bea Ott"),
        ("See {event:sesion}`spaces`.\n\n```{event:sessions}\n```\n", "directive", "See *Spaces*"),
        ("See {event:info}`spaces`.\n", "directive", "See spaces"),
    ],
)
def test_a_directive_is_reported_once_and_nothing_is_lost(
    site: Site, page: str, code: str, shown: str
) -> None:
    one = built(site, page)
    assert codes(one) == [code]
    assert shown.replace("January", "Jan 1") in text_of(one)


def test_a_heading_says_which_session_is_to_have_an_id(site: Site) -> None:
    event = "name: Conf\ndate: 2026-01-01\nsessions:\n  - {title: Lines, speakers: [Cy Fox]}\n"
    page = "# Conf\n\n## Lines\n\n```{event:session} li\n```\n"
    site.write({"events/conf/event.yaml": event, "events/conf/index.md": page})
    one = site.build("text", language="en")
    assert codes(one) == ["unknown-session"]
    assert "line 4 of event.yaml" in one.warnings[0]
    assert "write “id: li”" in one.warnings[0]
    assert "Cy Fox" in text_of(one)


@pytest.mark.parametrize(
    ("page", "code", "shown"),
    [
        (".. event:sesion:: spaces\n", "directive", "Bea Ott"),
        (".. event:sessions:: spaces\n", "directive", "Bea Ott"),
        (".. event:info::\n   A body.\n", "directive", "A body."),
        (".. event:info::\n\n   A body.\n", "directive", "A body."),
        (".. event:info::\n   :feilds: name\n", "option", "Name"),
        (".. event:list::\n   :year: 令和6年\n", "option", "Conf"),
        ("```{event:info}\n```\n", "markup", "Jan 1"),
    ],
)
def test_so_it_is_in_restructuredtext(site: Site, page: str, code: str, shown: str) -> None:
    one = built(site, page, "rst")
    assert codes(one) == [code]
    assert shown in text_of(one)


def test_options_are_reported_at_their_lines(site: Site) -> None:
    (warning,) = built(site, "```{event:list}\n:limit: 2\n:year: 令和6年\n```\n").warnings
    assert "events/conf/index.md:5:1:" in warning


@pytest.mark.parametrize(
    ("suffix", "page"), [("md", "```{notee}\nA.\n```\n"), ("rst", ".. notee:: A.\n")]
)
def test_a_directive_of_another_extension_is_meant(site: Site, suffix: str, page: str) -> None:
    one = built(site, page, suffix)
    assert len(one.warnings) == 1
    assert "Note:" in text_of(one)


def test_a_site_can_suppress_it_and_reads_the_page_as_meant(site: Site) -> None:
    one = built(site, ".. event:info::\n", suppress_warnings=["event.markup"])
    assert one.warnings == []
    assert "Jan 1" in text_of(one)


@pytest.mark.parametrize("page", ["", "Text.\n", "---\na: b\n---\n\n- Text.\n"])
def test_a_page_without_a_heading_is_called_as_its_event(site: Site, page: str) -> None:
    site.event("conf", EVENT, page)
    one = site.build("text", language="en")
    assert codes(one) == ["no-heading"]
    assert text_of(one).startswith("Conf\n****\n")
    assert one.app.env.titles["events/conf/index"].astext() == "Conf"


HOME = "### Tabs\n\n```{event:session} tabs\n```\n\n"


@pytest.mark.parametrize(
    ("page", "reported_of"),
    [
        (f"## Day\n\n{HOME}", ["spaces"]),
        (f"## Day\n\n{HOME}### Spaces\n\n```{{event:session}} spaces\n```\n", []),
        (f"```{{event:sessions}}\n:only: tabs\n```\n\n## Day\n\n{HOME}", []),
        ("```{event:info}\n```\n", []),
    ],
)
def test_a_session_that_stands_nowhere_is_reported(
    site: Site, page: str, reported_of: list[str]
) -> None:
    one = built(site, page)
    assert one.warnings == []
    hints = [line for line in one.status.splitlines() if "[event.not-shown]" in line]
    assert len(hints) == bool(reported_of)
    assert all(
        name in hint and "```{event:session} " in hint for name in reported_of for hint in hints
    )
    again = built(site, page)
    assert [line for line in again.status.splitlines() if "[event.not-shown]" in line] == hints


def test_sessions_in_an_open_fence_are_reported_with_it(site: Site) -> None:
    page = f"## Day\n\n{HOME}Talks\n~~~~~\n\n### Spaces\n\n```{{event:session}} spaces\n```\n"
    one = built(site, page)
    assert codes(one) == ["fence"]
    assert "spaces" in one.warnings[0]
    assert "[event.not-shown]" not in one.status
