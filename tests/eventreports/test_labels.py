"""The words that readers see, in the language of the site."""

from collections import defaultdict
from gettext import NullTranslations

import pytest
import sphinx.locale
from babel import Locale

from eventreports.core.i18n import CATALOG, LOCALE_FOLDER
from eventreports.render import labels
from eventreports.render.facts import label


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
    assert label("organizers") == organizers
    assert label("supporters") == supporters
    assert label("sponsors") == sponsors


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
