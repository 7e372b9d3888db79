"""Settings that are declared once: how they are checked, read, and shown in tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any, ClassVar

import pytest
from docutils import nodes
from sphinx import locale

from conftest import Site
from sphinxcommon.catalogs import add_catalog, translator
from sphinxcommon.messages import Message, Translate
from sphinxcommon.setting_kinds import FLAG, NUMBER, TEXT, TEXTS, Kind, list_of, one_of, some_of
from sphinxcommon.settings import Declaration, setting

CONF = """\
import sys
sys.path.insert(0, {folder!r})
extensions = ["myst_parser", "greeting"]
source_suffix = {{".md": "markdown", ".rst": "restructuredtext"}}
"""
EXTENSION = """\
from test_declarations import Settings
from sphinxcommon.registration import declare

Settings.__module__ = __name__

def setup(app):
    declare(app, Settings)
"""


@dataclass(frozen=True)
class Settings(Declaration):
    prefix: ClassVar = "greeting_"
    warning_type: ClassVar = "hello"

    lines: int = setting(1, NUMBER, Message("How many lines greet."), "env")
    names: Sequence[str] = setting([], TEXTS, Message('Who is greeted: `["Ada"]`, …'))
    tone: str = setting(
        "warm", one_of("warm", "cool"), Message("How."), shown=Message("as `warm` as it gets")
    )


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (TEXT, ["", "a"], [3, None, b"a", ["a"]]),
        (FLAG, [True, False], [0, 1, "yes", None]),
        (NUMBER, [0, 7], [-1, True, 1.5, "1"]),
        (TEXTS, [[], ["a"], ("a", "b")], ["a", [3], {"a": 1}, None]),
        (one_of("a", "b"), ["a"], ["c", "", ["a"], 3]),
        (some_of("a", "b"), [[], ["b", "a"]], [["c"], "a", [["a"]]]),
        (list_of(TEXT, Message("some"), bool), [["a"]], [[], [3]]),
        (Kind(Message("even"), (int,), lambda value: value % 2 == 0), [2], [3, "2"]),
    ],
)
def test_a_value_fits_its_kind_or_does_not(kind: Kind, right: list[Any], wrong: list[Any]) -> None:
    assert [one for one in right if not kind.fits(one)] == []
    assert [one for one in wrong if kind.fits(one)] == []


def test_right_values_are_kept_and_of_each_other_one_message_is_made() -> None:
    given = {"greeting_lines": 2, "greeting_tone": "wram", "greeting_name": 1, "x": 2}
    right, faults = Settings.checked(given)
    assert right == {"greeting_lines": 2}
    assert [fault.text() for fault in faults] == [
        "greeting_tone must be one of 'warm', 'cool', not 'wram' (did you mean “warm”?)",
        "there is no setting “greeting_name” (did you mean “greeting_names”?)",
        "there is no setting “x”; there are greeting_lines, greeting_names, greeting_tone",
    ]


def test_of_a_list_the_first_wrong_item_gets_the_hint() -> None:
    fault = some_of("red", "green").fault("colours", ["red", "gren", "rde"])
    assert fault is not None
    assert fault.text().endswith("not ['red', 'gren', 'rde'] (did you mean “green”?)")


@pytest.fixture
def translate(monkeypatch: pytest.MonkeyPatch) -> Translate:
    """Return what translates into Japanese, for this test alone."""
    monkeypatch.setattr(locale, "translators", defaultdict(NullTranslations))
    add_catalog("sphinxcommon", "ja")
    return translator("test_declarations")


def test_messages_within_messages_are_translated_and_values_are_not(translate: Translate) -> None:
    fault = NUMBER.fault("a text", "a text")
    assert fault is not None
    assert fault.text(translate).startswith("a textに'a text'は使えません。0以上の整数")


def test_a_table_has_a_row_for_each_setting_in_a_language(translate: Translate) -> None:
    head, *rows = Settings.table(translate)
    assert head == ["設定", "既定", "意味"]
    assert rows == [
        ["`greeting_lines`", "`1`", "How many lines greet."],
        ["`greeting_names`", "`[]`", 'Who is greeted: `["Ada"]`, …'],
        ["`greeting_tone`", "as `warm` as it gets", "How."],
    ]


@pytest.fixture
def greeting(site: Site) -> Site:
    """A site with an extension of its own, and nothing else of this project."""
    site.write({"greeting.py": EXTENSION, "conf.py": CONF.format(folder=str(site.folder))})
    return site


def test_sphinx_checks_reads_and_shows_the_settings(greeting: Site) -> None:
    conf = (greeting.folder / "conf.py").read_text(encoding="utf-8")
    greeting.write(
        {
            "conf.py": f"{conf}greeting_tone = 'cold'\ngreeting_line = 2\n",
            "index.md": "# Site\n\n```{toctree}\nother\n```\n\n```{greeting-settings}\n```\n",
            "other.rst": "Other\n=====\n\n.. greeting-settings::\n",
        }
    )
    built = greeting.build(language="en", greeting_names="Ada,Bob")
    assert len(built.warnings) == 2
    assert all("[hello.setting]" in line for line in built.warnings)
    assert Settings.of(built.app.config) == Settings(1, ["Ada", "Bob"], "warm")
    for docname in ("index", "other"):
        (table,) = built.doctree(docname).findall(nodes.table)
        rows = [[cell.astext() for cell in row.children] for row in table.findall(nodes.row)]
        assert rows[0] == ["Setting", "Default", "Meaning"]
        assert rows[2] == ["greeting_names", "[]", 'Who is greeted: ["Ada"], …']
        assert [code.astext() for code in table.findall(nodes.literal)][:2] == [rows[1][0], "1"]


def test_tables_are_not_translated_twice(greeting: Site) -> None:
    greeting.write({"index.md": "# Site\n\n```{greeting-settings}\n```\n"})
    catalogs = greeting.build("gettext").outdir.glob("*.pot")
    assert "greeted" not in "".join(path.read_text(encoding="utf-8") for path in catalogs)


def test_a_site_s_words_about_its_settings_are_in_its_language(greeting: Site) -> None:
    conf = (greeting.folder / "conf.py").read_text(encoding="utf-8")
    greeting.write({"conf.py": f"{conf}greeting_lines = -1\n", "index.md": "# Site\n"})
    (warning,) = greeting.build(language="ja", messages=None).warnings
    assert "greeting_linesに-1は使えません。0以上の整数" in warning
