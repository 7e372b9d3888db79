"""Values: what people write, and what is reported of what they may not."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from eventreports.core.texts import LocalizedText
from eventreports.core.value_types import (
    Attendance,
    Color,
    Count,
    Duration,
    LanguageTag,
    Latitude,
    Longitude,
    Offset,
)

WILD = settings(max_examples=200)


def read(form: Any, text: str) -> Any:
    return TypeAdapter(form).validate_python(text, context=[])


def message(form: Any, text: str) -> str:
    with pytest.raises(ValidationError) as raised:
        read(form, text)
    (error,) = raised.value.errors()
    return error["msg"]


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        (Duration, "40", 40),
        (Duration, "1:30", 90),
        (Duration, "90 min", 90),
        (Duration, "2h", 120),
        (Duration, "1時間30分", 90),
        (Duration, "４５分", 45),
        (Offset, "754", 754),
        (Offset, "12:34", 754),
        (Offset, "1:02:03", 3723),
        (Offset, "0:05", 5),
        (Color, "#BF281C", "#bf281c"),
        (Color, "abc", "#aabbcc"),
        (Latitude, "38.2596614", "38.2596614"),
        (Latitude, "-90", "-90"),
        (Longitude, "-179.5", "-179.5"),
        (LanguageTag, "ja", "ja"),
        (LanguageTag, "Japanese", "ja"),
        (LanguageTag, "日本語", "ja"),
        (LanguageTag, "jpn", "ja"),
        (LanguageTag, "zh_TW", "zh-TW"),
        (Count, "1,540", 1540),
        (Attendance, "２００", 200),
    ],
)
def test_what_people_write_is_read(form: Any, text: str, value: Any) -> None:
    assert read(form, text) == value


@pytest.mark.parametrize(
    ("form", "text", "reported"),
    [
        (Duration, "0", "“0” is no duration; write minutes (40) or 1:30"),
        (Duration, "long", "“long” is no duration; write minutes (40) or 1:30"),
        (Offset, "1:75", "“1:75” is no place in a video; write 12:34, 1:02:03 or seconds"),
        (Offset, "start", "“start” is no place in a video; write 12:34, 1:02:03 or seconds"),
        (Color, "red", "“red” is no colour; write six digits of hex: '#BF281C'"),
        (Color, "#12345", "“#12345” is no colour; write six digits of hex: '#BF281C'"),
        (
            Color,
            "#000;background:url(x)",
            "“#000;background:url(x)” is no colour; write six digits of hex: '#BF281C'",
        ),
        (
            Latitude,
            "91",
            "“91” is no number of degrees from -90 to 90; write 38.2596 (south and west: -)",
        ),
        (
            Longitude,
            "139°44'",
            "“139°44'” is no number of degrees from -180 to 180; write 38.2596 (south and west: -)",
        ),
        (
            LanguageTag,
            "jp",
            "“jp” is no language; write a tag such as ja or en (did you mean “ja”?)",
        ),
        (
            LanguageTag,
            "Japanes",
            "“Japanes” is no language; write a tag such as ja or en (did you mean “japanese”?)",
        ),
        (Count, "many", "a whole number expected, found “many”"),
    ],
)
def test_what_is_wrong_is_reported_with_what_would_be_right(
    form: Any, text: str, reported: str
) -> None:
    assert message(form, text) == reported


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
@WILD
def test_a_place_in_a_video_is_read_in_all_its_forms(hours: int, minutes: int, rest: int) -> None:
    seconds = (hours * 60 + minutes) * 60 + rest
    assert read(Offset, f"{hours}:{minutes:02}:{rest:02}") == seconds
    if seconds <= 99999:
        assert read(Offset, str(seconds)) == seconds


@given(st.text(max_size=12))
@WILD
def test_a_colour_is_hex_or_reported(text: str) -> None:
    try:
        color = read(Color, text)
    except ValidationError:
        return
    assert len(color) == 7
    assert set(color[1:]) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("languages", "shown"),
    [
        (["ja"], ["雲"]),
        (["en"], ["Cloud"]),
        (["ja", "en"], ["雲", "Cloud"]),
        (["en", "ja", "en"], ["Cloud", "雲"]),
        (["de", "ja"], ["雲"]),
        (["ja", "fr"], ["雲"]),
        (["en-GB", "ja"], ["Cloud", "雲"]),
    ],
)
def test_a_text_in_the_languages_that_are_wanted(languages: list[str], shown: list[str]) -> None:
    text = LocalizedText.model_validate({"ja": "雲", "en": "Cloud"}, context=[])
    assert text.in_languages(languages) == shown


def test_a_text_of_no_stated_language_is_shown_once() -> None:
    assert LocalizedText.model_validate("雲", context=[]).in_languages(["ja", "en"]) == ["雲"]
