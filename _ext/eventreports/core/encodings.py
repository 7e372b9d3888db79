"""Bytes → text: UTF-8, or a report of what the bytes seem to be instead and how to convert them."""

import codecs
import re
from typing import Final, NamedTuple

from sphinxcommon.messages import Message

from .problems import Code, Finding, Mark


class Encoding(NamedTuple):
    """An encoding: what people call it, and its name in both Python and iconv."""

    name: str
    codec: str


_UTF_8: Final = Encoding("UTF-8", "UTF-8")
#: Those in which ASCII is as in UTF-8, and so are lines and columns before the first fault.
_ASCII_BASED: Final = ("CP1252", "CP932", "EUC-JP", "ISO-2022-JP")
#: The longer mark first: that of UTF-16 is the beginning of that of UTF-32.
_MARKED: Final = (
    ((codecs.BOM_UTF8,), _UTF_8),
    ((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), Encoding("UTF-32", "UTF-32")),
    ((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), Encoding("UTF-16", "UTF-16")),
)
_UTF_16_LE: Final = Encoding("UTF-16", "UTF-16LE")
_UTF_16_BE: Final = Encoding("UTF-16", "UTF-16BE")
#: EUC-JP first: it refuses nearly all of Shift_JIS, which takes much of EUC-JP.
_JAPANESE: Final = (Encoding("EUC-JP", "EUC-JP"), Encoding("Shift_JIS", "CP932"))

#: Escape sequences that begin Japanese (RFC 1468); those that end it are ones of terminals, too.
_ESCAPE: Final = re.compile(rb"\x1b\$[@B]")
#: Control characters that no text has.
_CONTROLS: Final = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_ASCII: Final = re.compile("[^\0-\x7f]+")
#: Full-width kana, and the punctuation beside them.
_KANA: Final = re.compile("[\u3001-\u30ff]")
_HALF_WIDTH_KANA: Final = re.compile("[\uff61-\uff9f]")
#: Characters of a heading or a name; a longer text in Japanese has kana.
_LONGEST_WITHOUT_KANA: Final = 12
_BYTE_ORDER_MARK: Final = "\ufeff"
_UNDECODED: Final = "\N{REPLACEMENT CHARACTER}"


def is_utf_8(codec: str) -> bool:
    """Return whether a codec of Python's reads UTF-8."""
    return codecs.lookup(codec).name in ("utf-8", "utf-8-sig")


def decode(raw: bytes) -> str | Finding:
    """Decode UTF-8, with or without a byte order mark; return what is wrong if it is not that."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from after the byte order mark.
        return _fault(raw, len(raw) - len(error.object) + error.start)
    if found := _ESCAPE.search(raw) or re.search(rb"\0", raw):
        return _fault(raw, found.start())
    return text


def decode_anyway(raw: bytes) -> str | None:
    """Decode as what the bytes seem to be; return ``None`` if they are no text.

    What cannot be decoded becomes a replacement character.
    """
    text = decode(raw)
    if isinstance(text, str):
        return text
    encoding = guess(raw)
    text = raw.decode((encoding or _UTF_8).codec, errors="replace")
    if encoding is None and _CONTROLS.search(text):
        return None
    return text.removeprefix(_BYTE_ORDER_MARK).replace("\0", _UNDECODED)


def guess(raw: bytes) -> Encoding | None:
    """Guess the encoding of a text; UTF-8 may have a few faults.

    General detectors take short Japanese for Chinese and Western European for Central European
    (charset-normalizer: a third of the paragraphs of this project's guide, in Shift_JIS, even if
    it may choose among these encodings alone).
    """
    for marks, encoding in _MARKED:
        if raw.startswith(marks):
            return encoding
    if _ESCAPE.search(raw):
        return _first(raw, Encoding("ISO-2022-JP", "ISO-2022-JP"))
    if raw.count(0) * 8 > len(raw):
        return _first(raw, *_utf_16(raw))
    if _is_nearly_utf_8(raw):
        return _UTF_8
    if japanese := next((one for one in _JAPANESE if _is_japanese(raw, one)), None):
        return japanese
    if 0 in raw:
        # UTF-16 with hardly any ASCII has hardly any NUL beside those of its line ends.
        return _first(raw, *_utf_16(raw))
    has_few_accents = sum(byte >= 0x80 for byte in raw) * 4 <= len(raw)
    return _first(raw, Encoding("Latin-1", "CP1252")) if has_few_accents else None


def _first(raw: bytes, *encodings: Encoding) -> Encoding | None:
    """Return the first of the encodings in which the bytes are a text."""
    return next((one for one in encodings if _is_text(raw, one)), None)


def _utf_16(raw: bytes) -> tuple[Encoding, Encoding]:
    """Return both byte orders, the likelier first: the high byte of ASCII is NUL."""
    if raw[::2].count(0) > raw[1::2].count(0):
        return _UTF_16_BE, _UTF_16_LE
    return _UTF_16_LE, _UTF_16_BE


def _is_text(raw: bytes, encoding: Encoding) -> bool:
    try:
        return not _CONTROLS.search(raw.decode(encoding.codec))
    except UnicodeDecodeError:
        return False


def _is_nearly_utf_8(raw: bytes) -> bool:
    """Return whether most of what is not ASCII is UTF-8, or all is ASCII.

    Two bytes of another encoding are easily a character of UTF-8; three are not.
    """
    text = raw.decode("utf-8-sig", errors="replace")
    wrong = text.count(_UNDECODED)
    others = "".join(_NOT_ASCII.findall(text.replace(_UNDECODED, "")))
    right = sum(1 if char < "\u0800" else 2 for char in others)
    has_few_controls = len(_CONTROLS.findall(text)) * 4 <= len(text)
    return has_few_controls and right >= 2 * wrong


def _is_japanese(raw: bytes, encoding: Encoding) -> bool:
    """Return whether most decoded characters are kana, or stand together as those of words do.

    An accented letter of Latin-1 and the ASCII letter after it may also be a kanji of Shift_JIS,
    and two accented letters two half-width kana; such kanji stand alone.
    """
    if not _is_text(raw, encoding):
        return False
    runs = _NOT_ASCII.findall(raw.decode(encoding.codec))
    total = sum(map(len, runs))
    is_heading = total <= _LONGEST_WITHOUT_KANA and all(map(_is_common, "".join(runs)))
    if not is_heading and not any(map(_KANA.search, runs)):
        return False
    likely = sum(
        len(_HALF_WIDTH_KANA.sub("", run)) for run in runs if len(run) > 1 or _KANA.match(run)
    )
    return likely * 2 > total


def _is_common(kanji: str) -> bool:
    """Return whether a kanji is of the first level of JIS X 0208."""
    return kanji.encode("EUC-JP", errors="replace")[0] < 0xD0


def _mark(before: bytes) -> Mark:
    """Return the place after ``before``; columns count characters, as in an editor."""
    text = before.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return Mark(text.count("\n") + 1, len(text) - text.rfind("\n"))


def _fault(raw: bytes, at: int) -> Finding:
    encoding = guess(raw)
    byte = f"0x{raw[at]:02X}"
    if encoding is None and _CONTROLS.search(raw.decode(errors="replace")):
        return Finding(
            Mark(), Code.ENCODING, Message("this is no text; write the file anew, as text in UTF-8")
        )
    if encoding is None:
        return Finding(
            _mark(raw[:at]),
            Code.ENCODING,
            Message("not UTF-8 (byte {byte}); save the file as UTF-8", byte=byte),
        )
    if encoding is _UTF_8:
        return Finding(
            _mark(raw[:at]),
            Code.ENCODING,
            Message(
                "the byte {byte} is no character of UTF-8; remove it, or type it anew", byte=byte
            ),
        )
    name, codec = encoding
    message = Message(
        "this seems to be {encoding}, not UTF-8; open the file as {encoding} and save it as UTF-8, "
        "or run iconv -f {codec} -t UTF-8",
        encoding=name,
        codec=codec,
    )
    # Bytes of UTF-16 have no lines and columns.
    mark = _mark(raw[:at]) if codec in _ASCII_BASED else Mark()
    return Finding(mark, Code.ENCODING, message)
