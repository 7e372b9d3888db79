"""Text in other encodings than UTF-8: recognised, placed, and decoded without wrong letters."""

import random

import pytest

from eventreports.core.encodings import decode, decode_anyway, guess
from eventreports.core.problems import Finding, Mark

REPORT = (
    "# カンファレンス報告\n\n```{event:info}\n```\n\n## メモ\n\n- 技術コミュニティが主導する①\n"
)
JAPANESE = {
    "report": REPORT,
    "windows-line-ends": REPORT.replace("\n", "\r\n"),
    "one-word": "# メモ\n",
    "kanji-alone": "# 議事録\n",
    "single-kana": "# Kubernetes の Rancher 2.0\n\n- k8s と OSS\n",
    "no-line-end": "a: 日本",
}
WESTERN = {
    "french": "# Café à Zürich\n\nRésumé naïve de François : « très bien »\n",
    "german": "# Straße\n\nGrüße aus Köln\n",
    "one-name": "Speaker: Søren Ågård from Copenhagen\n",
}


@pytest.mark.parametrize("text", JAPANESE.values(), ids=JAPANESE)
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp932", "Shift_JIS"),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp_ext", "ISO-2022-JP"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_japanese_is_recognised_and_decoded(text: str, codec: str, name: str) -> None:
    if codec in ("euc_jp", "iso2022_jp_ext"):
        text = text.replace("①", "")
    raw = text.encode(codec)
    fault = decode(raw)
    assert isinstance(fault, Finding)
    assert f"this seems to be {name}, not UTF-8" in str(fault.message)
    assert "iconv -f " in str(fault.message)
    assert decode_anyway(raw) == text


@pytest.mark.parametrize("text", WESTERN.values(), ids=WESTERN)
@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_western_text_is_latin_1(text: str, codec: str) -> None:
    raw = text.encode(codec)
    fault = decode(raw)
    assert isinstance(fault, Finding)
    assert "Latin-1" in str(fault.message)
    assert decode_anyway(raw) == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Привет, мир! Это доклад.\n", "koi8-r"),
        ("Привет, мир! Это доклад.\n", "cp1251"),
        ("會議報告 中文", "big5"),
        ("这是一个会议的报告，内容比较长一些\n", "gb18030"),
    ],
)
def test_of_an_encoding_that_is_not_known_no_letter_is_a_wrong_one(text: str, codec: str) -> None:
    raw = text.encode(codec)
    assert isinstance(decode(raw), Finding)
    assert guess(raw) is None
    decoded = decode_anyway(raw)
    assert decoded is not None
    ascii_and_unknown = {char for char in decoded if char.isascii() or char == "\ufffd"}
    assert "\ufffd" in ascii_and_unknown
    if codec in ("koi8-r", "cp1251"):
        assert ascii_and_unknown == set(decoded)


@pytest.mark.parametrize(
    ("raw", "mark", "decoded"),
    [
        ("# 日本\nab\r\nc 語".encode()[:-1], Mark(3, 3), "# 日本\nab\r\nc \ufffd"),
        (b"\xef\xbb\xbf# \xe6\x97\xa5\xff\n", Mark(1, 4), "# 日\ufffd\n"),
        (b"a text with a NUL\0 in it\n", Mark(1, 18), "a text with a NUL\ufffd in it\n"),
    ],
)
def test_a_fault_in_utf_8_costs_its_own_place(raw: bytes, mark: Mark, decoded: str) -> None:
    fault = decode(raw)
    assert isinstance(fault, Finding)
    assert fault.mark == mark
    assert decode_anyway(raw) == decoded


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, id="picture"),
        pytest.param(bytes(500), id="zeros"),
        pytest.param(random.Random(1).randbytes(500), id="noise"),
        pytest.param(b"\x1f\x8b\x08\0\0\0\0\0\x02\xff\x4b\x4c\x4a\x06\0", id="gzip"),
    ],
)
def test_what_is_no_text_is_not_decoded(raw: bytes) -> None:
    fault = decode(raw)
    assert isinstance(fault, Finding)
    assert str(fault.message).startswith("this is no text")
    assert decode_anyway(raw) is None


@pytest.mark.parametrize("text", ["", "# a\n", REPORT, "terminal: \x1b(B\x1b[m\n", "résumé ½ 😀\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_utf_8_is_decoded(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == text
    assert decode_anyway(text.encode(codec)) == text
