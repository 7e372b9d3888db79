"""Settings of a wrong kind or value: all reported at once, each once; their defaults are used."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sphinx.config import Config
from sphinx.testing.util import SphinxTestApp

import cjksearch.settings
import eventreports.sphinx.settings
import typstprint.settings
from conftest import ROOT, Site
from settings_tables import with_tables
from sphinxcommon.settings import Declaration

CONF = """\
project = "Site"
extensions = ["myst_parser", "eventreports", "typstprint", "cjksearch"]
exclude_patterns = ["_build"]
"""
Configure = Callable[..., "Configured"]
DECLARATIONS: list[type[Declaration]] = [
    eventreports.sphinx.settings.Settings,
    typstprint.settings.Settings,
    cjksearch.settings.Settings,
]
#: All settings of the three extensions that a wrong kind can be told from a right one of.
DEFAULTS: dict[str, Any] = {
    name: one.default for declared in DECLARATIONS for name, one in declared.settings().items()
}
del DEFAULTS["typstprint_documents"]
del DEFAULTS["cjksearch_filters"]


def is_right(name: str, value: object) -> bool:
    """Whether a value may well be meant so."""
    match value:
        case str():
            free = ("eventreports_pdf_folder", "eventreports_repository_branch")
            return isinstance(DEFAULTS[name], str) and name in free
        case bool():
            return isinstance(DEFAULTS[name], bool)
        case int():
            return type(DEFAULTS[name]) is int
        case []:
            return isinstance(DEFAULTS[name], list) and name != "typstprint_fonts"
        case {}:
            return isinstance(DEFAULTS[name], dict) and not value
        case _:
            return False


@dataclass
class Configured:
    """A site whose ``conf.py`` has been read, and what was reported of it."""

    config: Config
    warnings: list[str]

    @property
    def names(self) -> list[str]:
        """The settings that were reported; nothing else was."""
        prefixes = "eventreports|typstprint|cjksearch"
        return sorted(re.findall(rf"\b(?:{prefixes})_\w+", line)[0] for line in self.warnings)


@pytest.fixture
def configure(tmp_path: Path) -> Callable[..., Configured]:
    (tmp_path / "events").mkdir()
    (tmp_path / "reports").mkdir()
    (tmp_path / "index.md").touch()

    def read(lines: str = "", **overrides: Any) -> Configured:
        (tmp_path / "conf.py").write_text(CONF + lines, encoding="utf-8")
        warning = StringIO()
        app = SphinxTestApp(srcdir=tmp_path, confoverrides=overrides, warning=warning)
        app.cleanup()
        return Configured(app.config, warning.getvalue().splitlines())

    return read


def test_settings_are_read_as_one_object(configure: Configure) -> None:
    lines = "eventreports_seals = ['CTO']\ncjksearch_synonyms = [['a', 'b']]\n"
    config = configure(lines).config
    settings = eventreports.sphinx.settings.Settings.of(config)
    assert (settings.seals, settings.folder) == (["CTO"], "events")
    assert cjksearch.settings.Settings.of(config).synonyms == [["a", "b"]]


@pytest.mark.parametrize(
    "value", [3, -1, None, "nope", True, [], [3], {"a": 3}, {}, [["a"], 3], 1.5, b"a", {3: "a"}]
)
def test_a_wrong_kind_is_reported_and_the_default_used(configure: Configure, value: Any) -> None:
    wrong = [name for name in DEFAULTS if not is_right(name, value)]
    if value == -1:
        wrong += ["eventreports_handout_lines"]
    built = configure("".join(f"{name} = {value!r}\n" for name in wrong))
    assert built.names == sorted(wrong)
    for name in wrong:
        assert built.config[name] == used_instead(name)


def used_instead(name: str) -> Any:
    """The default; but nobody sees what would be for everybody by a typo."""
    return "draft" if name == "eventreports_default_visibility" else DEFAULTS[name]


def test_so_it_is_on_the_command_line(configure: Configure) -> None:
    """Where every value is a text, or a list of texts."""
    wrong = {
        "eventreports_folder": "../events",
        "eventreports_languages": "en,english",
        "eventreports_year_pages": "no",
        "eventreports_handouts": "full,sumary",
        "typstprint_show_urls": "footnotes",
        "typstprint_standards": "ua-2",
        "typstprint_looks": "nope.typ",
        "cjksearch_synonyms": "a,b",
    }
    built = configure(**wrong)
    assert built.names == sorted(wrong)
    for name in wrong:
        assert built.config[name] == DEFAULTS[name]


def test_nothing_on_the_command_line_is_an_empty_list(configure: Configure) -> None:
    lists = [name for name, value in DEFAULTS.items() if isinstance(value, list)]
    given = {name: "" for name in lists if name != "typstprint_fonts"}
    built = configure(**given)
    assert built.warnings == []
    assert all(built.config[name] == [] for name in given)


@pytest.mark.parametrize(
    "cases",
    [
        [
            ("eventreports_languages", ["english"], "did you mean “en”"),
            ("eventreports_folder", "event", "did you mean “events”"),
            ("eventreports_handouts", ["sumary"], "did you mean “summary”"),
            ("eventreports_note_kinds", ["メモ"], "such as {'points': ["),
            ("typstprint_show_urls", "footnotes", "did you mean “footnote”"),
            ("typstprint_standards", ["ua1"], "did you mean “ua-1”"),
            ("typstprint_options", {"paper": "us-leter"}, "did you mean “us-letter”"),
        ],
        [
            ("eventreports_languages", ["en", "Japanese"], "did you mean “ja”"),
            ("eventreports_folder", "nowhere", "there is no folder “nowhere”"),
            ("eventreports_note_kinds", {"points": "Points"}, "a dictionary of lists"),
        ],
        [
            ("eventreports_languages", ["jp"], "did you mean “ja”"),
            ("eventreports_folder", "index.md", "there is no folder “index.md”"),
            ("eventreports_note_kinds", {"points": [""]}, "a dictionary of lists"),
        ],
        [
            ("eventreports_languages", "en", "such as ['en']"),
            ("eventreports_folder", "/events", "a folder of the project"),
            ("cjksearch_filters", {"year": 3}, "names and labels"),
        ],
        # Longer than any name of a file may be.
        [
            ("eventreports_folder", "a" * 5000, "there is no folder"),
            ("typstprint_template", "a" * 5000, "there is no file"),
            ("typstprint_looks", ["a" * 300], "there is no file"),
            ("typstprint_font_paths", ["a" * 5000], "there is no folder"),
            ("typstprint_documents", [("index", "a" * 300)], "a name that is too long"),
        ],
    ],
)
def test_what_would_be_right_is_named(
    configure: Configure, cases: list[tuple[str, Any, str]]
) -> None:
    built = configure("".join(f"{name} = {value!r}\n" for name, value, _hint in cases))
    for name, _value, hint in cases:
        (line,) = [line for line in built.warnings if name in line]
        assert hint in line
    assert len(built.warnings) == len(cases)


def test_a_name_that_no_setting_has_is_reported(configure: Configure) -> None:
    lines = "eventreports_folders = 'x'\ntypstprint_font = []\ncjksearch_synonym = []\n"
    # What ``conf.py`` defines or imports is no setting.
    lines += (
        "import eventreports\ndef eventreports_helper(): pass\nimport cjksearch as cjksearch_x\n"
    )
    configured = configure(lines)
    assert configured.names == ["cjksearch_synonym", "eventreports_folders", "typstprint_font"]
    hints = ("cjksearch_synonyms", "eventreports_folder", "typstprint_fonts")
    for hint in hints:
        assert any(re.search(rf"did you mean .{hint}\W", line) for line in configured.warnings)


def test_right_values_are_not_reported(configure: Configure) -> None:
    right = {
        "eventreports_folder": "reports/",
        "eventreports_languages": ("en", "zh-TW", "pt_BR"),
        "eventreports_note_kinds": {"notes": ("Notes",), "リスク": ["Risks"]},
        "eventreports_pdf_folder": "not/there/yet",
        "eventreports_printed_events": (),
        "cjksearch_filters": {"kind": "Kind", "topic": {"label": "Topic", "newest_first": True}},
        "typstprint_standards": ("a-2b",),
    }
    lines = "".join(f"{name} = {value!r}\n" for name, value in right.items())
    assert configure(lines).warnings == []


def test_the_filters_of_a_site_prevail_over_those_of_extensions(configure: Configure) -> None:
    filters = {"year": {"label": "Since", "newest_first": False}, "event": "Meeting"}
    collected = configure(f"cjksearch_filters = {filters!r}\n").config.cjksearch_filters
    assert collected["year"] == {"label": "Since", "newest_first": False}
    assert collected["event"] == {"label": "Meeting"}
    assert [*collected][:2] == ["year", "event"]


def test_a_site_is_built_whatever_is_set(site: Site) -> None:
    site.event("x", "name: X\nsessions: [A]\n")
    wrong = "".join(f"{name} = [3]\n" for name in DEFAULTS)
    site.write({"conf.py": CONF + wrong, "index.md": "# Site\n"})
    built = site.build(suppress_warnings=["toc.not_included"])
    assert len(built.warnings) == len(DEFAULTS)
    assert not (built.outdir / "events/x").exists()
    site.event("x", "name: X\nvisibility: public\nsessions: [A]\n")
    built = site.build(suppress_warnings=["toc.not_included"])
    assert "<h1>x" in built.text("events/x/index.html")
    assert (site.folder / "events" / "years" / "index.md").exists()


def test_the_default_folder_may_be_missing(site: Site) -> None:
    site.write({"index.md": "# Site\n"})
    assert site.build("text").warnings == []


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_tables_of_the_readme_are_current(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count("<!-- settings: ") == len(DECLARATIONS) + 1
    assert text == with_tables(text), "run: make generate"


def test_a_bar_in_a_cell_ends_none() -> None:
    text = "<!-- settings: typstprint.options.Options en -->\n<!-- end of settings -->\n"
    (footer,) = [line for line in with_tables(text).splitlines() if line.startswith("| `footer`")]
    assert len(re.findall(r"(?<!\\)\|", footer)) == 4


def test_every_setting_is_in_the_guide() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "guide").glob("*.md"))
    shown = re.findall(r"^```\{(\w+-(?:settings|options))\}$", text, flags=re.MULTILINE)
    expected = ["cjksearch", "eventreports", "typstprint"]
    assert sorted(shown) == sorted(["typstprint-options", *(f"{one}-settings" for one in expected)])
