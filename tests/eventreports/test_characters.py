"""Characters that nobody sees: which are reported and left out, and which a script needs."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventreports.core.characters import LINE_ENDS, UNPRINTABLE, invisible, name_of, without

WILD = settings(max_examples=200)


def visible(text: str) -> str:
    return without(text, invisible(text))


# What nobody sees


@pytest.mark.parametrize(
    "char",
    [
        pytest.param("\x00", id="nul"),
        pytest.param("\x07", id="bell"),
        pytest.param("\x08", id="backspace"),
        pytest.param("\x0b", id="vertical-tab"),
        pytest.param("\x0c", id="form-feed"),
        pytest.param("\x1b", id="escape"),
        pytest.param("\x7f", id="delete"),
        pytest.param("\x80", id="c1"),
        pytest.param("\x9b", id="c1-csi"),
        pytest.param("\u00ad", id="soft-hyphen"),
        pytest.param("\u061c", id="arabic-letter-mark"),
        pytest.param("\u180e", id="mongolian-vowel-separator"),
        pytest.param("\u200b", id="zero-width-space"),
        pytest.param("\u200c", id="zero-width-non-joiner"),
        pytest.param("\u200d", id="zero-width-joiner"),
        pytest.param("\u200e", id="left-to-right-mark"),
        pytest.param("\u200f", id="right-to-left-mark"),
        pytest.param("\u202a", id="embedding"),
        pytest.param("\u202c", id="pop"),
        pytest.param("\u202d", id="override"),
        pytest.param("\u202e", id="right-to-left-override"),
        pytest.param("\u2060", id="word-joiner"),
        pytest.param("\u2063", id="invisible-separator"),
        pytest.param("\u2066", id="isolate"),
        pytest.param("\u2069", id="pop-isolate"),
        pytest.param("\ufeff", id="byte-order-mark"),
        pytest.param("\ufffb", id="annotation"),
    ],
)
@pytest.mark.parametrize("text", ["ab", "日本", "1 2", ""], ids=["latin", "kanji", "blank", "none"])
def test_what_nobody_sees_is_found_wherever_it_stands(text: str, char: str) -> None:
    for at in range(len(text) + 1):
        hidden = text[:at] + char + text[at:]
        assert invisible(hidden) == [at]
        assert visible(hidden) == text
    assert invisible(char * 3) == [0, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\tb\nc", id="tab-and-line"),
        pytest.param("a\u00a0b\u3000c\u2009d", id="blanks"),
        pytest.param("a\u0301 か\u3099", id="combining"),
        pytest.param("葛\U000e0100城 辻\ufe00", id="variants-of-kanji"),
        pytest.param("\u2764\ufe0f \u2764\ufe0e", id="variants-of-emoji"),
        pytest.param("👩\u200d💻 👨\u200d👩\u200d👧\u200d👦", id="joined-emoji"),
        pytest.param("👩🏽\u200d🚀", id="joined-with-a-skin-tone"),
        pytest.param("🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥", id="joined-after-a-variant"),
        pytest.param(
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", id="england"
        ),
        pytest.param("🇯🇵 🇩🇪", id="flags"),
        pytest.param("1\ufe0f\u20e3", id="keycap"),
        pytest.param("میخواهم کتاب\u200cها", id="persian"),
        pytest.param("क्\u200dष र\u200d्य क्\u200cष", id="hindi"),
        pytest.param("ශ\u0dca\u200dර\u0dd3", id="sinhala"),
        pytest.param("അവന്\u200d ഞാന്\u200d", id="malayalam-at-the-end"),
        pytest.param("שלום\u200e (A)", id="hebrew-with-a-mark"),
        pytest.param("\u200fשלום C++\u200f", id="hebrew-around-latin"),
        pytest.param("شركة A\u200e", id="arabic"),
        pytest.param("\u061cعربي", id="arabic-letter-mark"),
        pytest.param("ﭐ\u200c\u0628", id="presentation-forms"),
        pytest.param("ᠮᠣᠩᠭᠣᠯ\u180b", id="mongolian-variant"),
        pytest.param("ไทย ລາວ ខ្មែរ", id="scripts-without-blanks"),
        pytest.param("“…” – — · ・ 〜 ～", id="typography"),
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    assert invisible(text) == []
    assert without(text, []) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("👩\u200d", "👩"),
        ("\u200d👩", "👩"),
        ("👩\u200da", "👩a"),
        ("a\u200d👩", "a👩"),
        ("日\u200d本", "日本"),
        ("שלום\u202eabc", "שלוםabc"),
        ("شركة\u2066A\u2069", "شركةA"),
        ("می\u200bخ", "میخ"),
    ],
    ids=["end", "start", "latin", "latin-first", "kanji", "override", "isolate", "zero-width"],
)
def test_a_joiner_that_joins_nothing_and_what_turns_a_text_round_go(text: str, left: str) -> None:
    """An override hides what it stands in whatever the script (CVE-2021-42574)."""
    assert visible(text) == left


SUSPICIOUS = st.text(
    st.sampled_from(
        "ab 日👩💻❤क्षשمي\ufe0f\u0301\u200b\u200c\u200d\u200e\u200f\u202e\u2066\ufeff\x07\xad"
    )
)


@WILD
@given(st.text() | SUSPICIOUS)
@example("\u200d" * 5)
@example("👩\u200d\u200d💻")
def test_what_is_left_hides_nothing(text: str) -> None:
    """The second time there is nothing more to be found."""
    places = invisible(text)
    assert places == sorted(set(places))
    left = visible(text)
    assert invisible(left) == []
    assert visible(left) == left
    assert len(left) == len(text) - len(places)


@WILD
@given(st.text() | SUSPICIOUS)
def test_only_what_has_no_shape_of_its_own_is_found(text: str) -> None:
    for place in invisible(text):
        assert unicodedata.category(text[place]) in ("Cc", "Cf", "Mn")


@WILD
@given(st.text(max_size=30), st.data())
def test_without_takes_out_the_places_and_nothing_else(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, max(len(text) - 1, 0)), max_size=len(text))))
    assert without(text, places) == "".join(c for at, c in enumerate(text) if at not in places)


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("unit", ["\u200b", "\u200d", "a\u200d", "👩\u200d", "a\x07", "ש\u200f"])
def test_a_megabyte_of_suspects_is_read_to_its_end(unit: str) -> None:
    """With work by the square of the length it would take days."""
    text = unit * (1024**2 // len(unit))
    assert invisible(visible(text)) == []


# What YAML refuses


@WILD
@given(st.text(st.characters()))
@example("\x85\u2028\u2029\ufffe\uffff\ud800")
def test_what_yaml_refuses_or_ends_a_line_at_is_known(text: str) -> None:
    """YAML 1.1, productions 1 and 22; a line ends where editors say, and nowhere else."""
    for char in text:
        code = ord(char)
        is_printable = (
            code in (0x09, 0x0A, 0x85)
            or 0x20 <= code <= 0x7E
            or (0xA0 <= code <= 0xD7FF)
            or (0xE000 <= code <= 0xFFFD)
            or code >= 0x10000
        )
        is_line_end = char in "\x85\u2028\u2029"
        assert bool(UNPRINTABLE.match(char)) is (not is_printable or is_line_end)
        assert bool(LINE_ENDS.match(char)) is is_line_end


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\x07", "U+0007 control character"),
        ("\ufffe", "U+FFFE control character"),
        ("\U000e0001", "U+E0001 LANGUAGE TAG"),
    ],
)
def test_a_character_has_its_name_in_unicode(char: str, name: str) -> None:
    assert name_of(char) == name


@WILD
@given(st.characters())
def test_every_character_has_a_printable_name(char: str) -> None:
    assert re.fullmatch(r"U\+[0-9A-F]{4,6} [ -~]+", name_of(char))
