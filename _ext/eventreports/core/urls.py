"""URLs: whether they may be linked to, and where in a text there are some."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean

from .problems import InvalidValueError

ALLOWED_SCHEMES: Final = ("https", "http", "mailto")
#: A single letter is a drive of Windows, and no scheme.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
#: “https//”, “https:/”.
_NEARLY_SCHEME: Final = re.compile(r"(https?)(?::?/+|:)(?=\w)")

#: A link of Markdown: its text, and its URL.
MARKDOWN_LINK: Final = re.compile(
    r"!?\[(?P<text>[^\[\]]*)\]\(\s*"
    r"<?(?P<url>(?:https?://|mailto:)(?:[^\s()<>]|\([^\s()]*\)|\ +(?=[^\s\"'()<>]))+)>?"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)


#: A URL, and a sign of Markdown or of a post around it or before it.
_SIGNED: Final = re.compile(r"[<(@]\s*(https?://[^\s<>]+?)\s*[>)]?")


def link_meant(text: str) -> tuple[str, str] | None:
    """Return the text and the URL of what is no URL but has one: “[Slides](https://…)”.

    :param text: What an author wrote.
    :returns: The text, which may be empty, and the URL; nothing if it is no link.
    """
    if link := MARKDOWN_LINK.fullmatch(text.strip()):
        return link["text"], meant(link["url"])
    signed = _SIGNED.fullmatch(text.strip())
    return ("", signed[1]) if signed else None


def is_url(text: str) -> bool:
    """Return whether a text that may be a URL or a path is meant as a URL."""
    return bool(_SCHEME.match(text)) or text.startswith("//")


def check_url(text: str) -> str:
    """Check that a URL may be linked to.

    :param text: The URL.
    :returns: The URL without spaces around it.
    :raises InvalidValueError: if its scheme is not allowed, it has no host, or a character in it
        would hide where the link leads.
    """
    url = text.strip()
    if fault := _fault_of(url):
        raise InvalidValueError(fault)
    return url


def _fault_of(url: str) -> Message | None:
    if link := MARKDOWN_LINK.fullmatch(url):
        return Message("a link of Markdown; write its URL alone: {whole}", whole=link["url"])
    if re.match(r"[A-Za-z]:[\\/]", url):
        return Message("“{url}” is a file of one computer, and not on the web", url=url)
    for char in url:
        if char.isspace():
            return Message("“{url}” has a space inside; write {whole}", url=url, whole=meant(url))
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs"):
            number = f"U+{ord(char):04X}"
            return Message(
                "the URL has an invisible character ({number}); write {whole}",
                number=number,
                whole=meant(url),
            )
    if "\\" in url:
        # Browsers read it as “/”, and so another host than others do (WHATWG URL, 4.4).
        return Message("“{url}” has “\\” in it; write {whole}", url=url, whole=meant(url))
    match = _SCHEME.match(url)
    if not match:
        return Message("“{url}” has no scheme; write {whole}", url=url, whole=meant(url))
    scheme = match[1].lower()
    if scheme not in ALLOWED_SCHEMES:
        return did_you_mean(
            Message(
                "“{scheme}:” is not allowed in a link; allowed are {allowed}",
                scheme=scheme,
                allowed=ALLOWED_SCHEMES,
            ),
            scheme,
            ALLOWED_SCHEMES,
        )
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        return Message("“{url}” is no URL: {reason}", url=url, reason=str(error))
    if scheme == "mailto":
        return None if parts.path else Message("“{url}” names nobody to write to", url=url)
    if host:
        return None
    whole = _with_scheme(url)
    if whole == url:
        return Message("“{url}” names no host", url=url)
    return Message("“{url}” names no host; write {whole}", url=url, whole=whole)


def meant(text: str) -> str:
    """Return the URL that was most likely meant by a text that is none."""
    url = text if _SCHEME.match(text) else _with_scheme(text)
    seen = (char for char in url if unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs"))
    return re.sub(r"\s", "%20", "".join(seen)).replace("\\", "/")


def _with_scheme(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip("<>()[]\"'“”‘’")
    if scheme := _NEARLY_SCHEME.match(plain):
        return f"{scheme[1]}://{plain[scheme.end() :]}"
    if _SCHEME.match(plain):
        return plain
    if "@" in plain and "/" not in plain:
        return f"mailto:{plain}"
    return f"https://{plain.lstrip('/')}"


#: The characters of a URL (RFC 3986, appendix A) from its host on. Markdown and Japanese put others
#: directly behind one.
_IN_TEXT: Final = re.compile(
    r"(?<![A-Za-z0-9+])https?://[A-Za-z0-9\[][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*", re.IGNORECASE
)
_PUNCTUATION: Final = "?!.,:;*_~'"
_BRACKETS: Final = {")": "(", "]": "["}


def urls_in(text: str) -> Iterator[tuple[int, int]]:
    """Find the URLs of a text, each with its scheme, ``http`` or ``https``.

    Punctuation that follows one, and a bracket that is opened before it, is no part of it, as in
    GitHub Flavored Markdown (6.9).

    :param text: The text.
    :yields: Where each begins and ends.
    """
    for found in _IN_TEXT.finditer(text):
        url = found[0]
        while url.endswith(tuple(_PUNCTUATION)) or _closes_more(url):
            url = url[:-1]
        if not _fault_of(url):
            yield found.start(), found.start() + len(url)


def _closes_more(url: str) -> bool:
    """Return whether a URL ends with a bracket that is not opened in it."""
    opening = _BRACKETS.get(url[-1:])
    return opening is not None and url.count(url[-1]) > url.count(opening)


def lacks_scheme(text: str) -> bool:
    """Return whether a text looks like a URL without its scheme."""
    is_host = re.match(r"www\.|[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}/", text)
    return is_host is not None or _NEARLY_SCHEME.match(text.lstrip("<")) is not None


def map_url(latitude: str, longitude: str) -> str:
    """Return the address of a map with a mark at a place.

    :param latitude: Degrees north.
    :param longitude: Degrees east.
    :returns: An address of OpenStreetMap.
    """
    place = f"{latitude}/{longitude}"
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{place}"
