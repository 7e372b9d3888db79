"""The words that readers see: each is translated, and the catalogs are whole and current."""

from __future__ import annotations

import re
from collections import defaultdict
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

import pytest
import sphinx.locale
from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import eventreports
from eventreports.core.i18n import CATALOG, LOCALE_FOLDER
from eventreports.render import labels

PACKAGE = Path(eventreports.__file__).parent
FOLDER = LOCALE_FOLDER / "ja" / "LC_MESSAGES"
PO = FOLDER / f"{CATALOG}.po"
MO = FOLDER / f"{CATALOG}.mo"

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}

MessageId = str | tuple[str, ...]


def forms(text: object) -> tuple[str, ...]:
    """A message's text, or its texts for one and for several."""
    return (text,) if isinstance(text, str) else tuple(map(str, text))  # type: ignore[call-overload]


def extracted() -> dict[tuple[str, ...], str]:
    """Every message in the code, and where it stands."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS)
    return {forms(message): f"{name}:{line}" for name, line, message, _notes, _context in found}


def translations() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="ja", domain=CATALOG)


def messages() -> list[Message]:
    return [message for message in translations() if message.id]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}", text))


@pytest.fixture(scope="module")
def in_code() -> dict[tuple[str, ...], str]:
    found = extracted()
    # Else the tests below would say yes to nothing.
    assert {("Sponsors",), ("{number} people",)} <= found.keys()
    assert any(len(message) == 2 for message in found)
    return found


def fault_of(found: Message | None, message: tuple[str, ...], catalog: Catalog) -> str:
    """What is wrong with a message's translation; nothing where that is whole."""
    if found is None or forms(found.id) != message:
        return "not in the catalog"
    translated = forms(found.string)
    several = catalog.num_plurals if len(message) > 1 else 1
    if found.fuzzy or len(translated) != several or not all(map(str.strip, translated)):
        return "not translated"
    wanted = placeholders(message[-1])
    return "" if all(placeholders(text) == wanted for text in translated) else "other placeholders"


def test_every_message_is_in_japanese(in_code: dict[tuple[str, ...], str]) -> None:
    catalog = translations()
    faults = {
        f"{place}: {message[0]}": fault
        for message, place in in_code.items()
        if (fault := fault_of(catalog.get(message[0]), message, catalog))
    }
    assert faults == {}


def test_no_translation_is_of_a_message_that_is_gone(in_code: dict[tuple[str, ...], str]) -> None:
    assert [forms(message.id) for message in messages() if forms(message.id) not in in_code] == []
    assert list(translations().obsolete) == []


def test_the_compiled_catalog_is_current() -> None:
    compiled = BytesIO()
    write_mo(compiled, translations())
    compiled.seek(0)
    expected = {forms(message.id): forms(message.string) for message in read_mo(compiled)}
    with MO.open("rb") as file:
        found = {forms(message.id): forms(message.string) for message in read_mo(file)}
    del expected[("",)], found[("",)]  # the header has the date of its making
    assert found == expected


# What readers get


@pytest.fixture
def language(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """The site's language, for this test alone."""
    monkeypatch.setattr(sphinx.locale, "translators", defaultdict(NullTranslations))
    sphinx.locale.init([str(LOCALE_FOLDER)], request.param, CATALOG)
    return str(request.param)


@pytest.mark.parametrize(
    ("language", "organizers", "supporters", "sponsors"),
    [("ja", "主催", "後援", "協賛"), ("en", "Organizers", "Supporters", "Sponsors")],
    indirect=["language"],
)
@pytest.mark.usefixtures("language")
def test_the_three_roles_have_three_names(organizers: str, supporters: str, sponsors: str) -> None:
    assert labels.label("organizers") == organizers
    assert labels.label("supporters") == supporters
    assert labels.label("sponsors") == sponsors


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 1, "1 session"),
        ("en", 2, "2 sessions"),
        ("ja", 1, "1セッション"),
        ("ja", 9, "9セッション"),
    ],
    indirect=["language"],
)
@pytest.mark.usefixtures("language")
def test_numbers_choose_their_form(number: int, words: str) -> None:
    said = labels.ngettext("{number} session", "{number} sessions", number)
    assert said.format(number=number) == words


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("ja", "ja"),
        ("en", "en"),
        ("pt_BR", "pt_BR"),
        ("pt-BR", "pt_BR"),
        ("zh_CN", "zh_Hans_CN"),
        ("sr@latin", "sr@latin"),
        # What Babel does not know is formatted as in English, and ends no build.
        ("tlh", "en"),
        ("not a language", "en"),
        ("", "en"),
    ],
)
def test_dates_and_numbers_have_a_locale_in_any_language(language: str, locale: str) -> None:
    assert labels.site_locale(language) == Locale.parse(locale)
