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


IN_CODE = extracted()


def test_messages_are_found_in_the_code() -> None:
    """Else the tests below would say yes to nothing."""
    assert ("Sponsors",) in IN_CODE
    assert ("{number} people",) in IN_CODE
    assert any(len(message) == 2 for message in IN_CODE)


@pytest.mark.parametrize("message", IN_CODE, ids=lambda message: message[0])
def test_every_message_is_in_japanese(message: tuple[str, ...]) -> None:
    catalog = translations()
    found = catalog.get(message[0])
    assert found is not None, f"{IN_CODE[message]}: not in {PO.name}"
    assert forms(found.id) == message
    assert not found.fuzzy
    translated = forms(found.string)
    assert len(translated) == (catalog.num_plurals if len(message) > 1 else 1)
    for text in translated:
        assert text.strip()
        assert placeholders(text) == placeholders(message[-1])


def test_no_translation_is_of_a_message_that_is_gone() -> None:
    assert [forms(message.id) for message in messages() if forms(message.id) not in IN_CODE] == []
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
