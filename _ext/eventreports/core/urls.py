"""What a URL tells by itself: whether it may be linked to, which service it is of."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from .messages import InvalidValueError, Message
from .suggestions import did_you_mean

ALLOWED_SCHEMES: Final = ("https", "http", "mailto")
#: A single letter is a drive of Windows.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")

#: Places where slides and videos are published: a host (its subdomains too) → its name.
_SERVICES: Final = {
    "speakerdeck.com": "Speaker Deck",
    "slideshare.net": "SlideShare",
    "docswell.com": "Docswell",
    "slides.com": "Slides",
    "docs.google.com/presentation": "Google Slides",
    "docs.google.com": "Google Docs",
    "drive.google.com": "Google Drive",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "nicovideo.jp": "niconico",
    "twitch.tv": "Twitch",
    "github.com": "GitHub",
    "gist.github.com": "GitHub Gist",
    "github.io": "GitHub Pages",
    "gitlab.com": "GitLab",
    "qiita.com": "Qiita",
    "zenn.dev": "Zenn",
    "note.com": "note",
    "connpass.com": "connpass",
    "twitter.com": "X (Twitter)",
    "x.com": "X",
    "web.archive.org": "Internet Archive",
    "archive.org": "Internet Archive",
}


def is_url(text: str) -> bool:
    """Whether a text that may be a URL or a path claims to be a URL."""
    return bool(_SCHEME.match(text)) or text.startswith("//")


def check_url(text: str) -> str:
    """The URL, trimmed.

    :raises InvalidValueError: with what is wrong: a scheme that is not allowed, no host, or a
        character that would hide where the link leads.
    """
    url = text.strip()
    if fault := _fault_of(url):
        raise InvalidValueError(fault)
    return url


def _fault_of(url: str) -> Message | None:
    for char in url:
        if char.isspace():
            return Message("“{url}” has a space inside; write it as %20", url=url)
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs"):
            number = f"U+{ord(char):04X}"
            return Message(
                "the URL has an invisible character ({number}); remove it", number=number
            )
    if "\\" in url:
        # Browsers read it as “/”, and so another host than others do (WHATWG URL, 4.4).
        return Message("“{url}” has “\\” in it; write “/”, or “%5C”", url=url)
    match = _SCHEME.match(url)
    if not match:
        return Message("“{url}” has no scheme; write {whole}", url=url, whole=_with_scheme(url))
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
    return None if host else Message("“{url}” names no host", url=url)


def _with_scheme(text: str) -> str:
    """What was most likely meant by a text that is no URL."""
    plain = unicodedata.normalize("NFKC", text).strip("<>()[]\"'“”‘’")
    if _SCHEME.match(plain):
        return plain
    if "@" in plain and "/" not in plain:
        return f"mailto:{plain}"
    return f"https://{plain.lstrip('/')}"


def service_name(url: str) -> str:
    """Who publishes what is at ``url``: “Speaker Deck”, or else the host's name.

    An address that ends in a file's name says the kind of the file too.
    """
    parts = urlsplit(url)
    if parts.scheme == "mailto":
        return parts.path
    host = (parts.hostname or "").removeprefix("www.")
    where = host + parts.path
    for known in sorted(_SERVICES, key=len, reverse=True):
        site, _, path = known.partition("/")
        if (host == site or host.endswith("." + site)) and (not path or where.startswith(known)):
            return _SERVICES[known]
    kind = file_kind(parts.path)
    return f"{kind} ({host})" if kind else host


def started_at(url: str, seconds: int | None) -> str:
    """The address of a video from there on, where the service has such addresses."""
    parts = urlsplit(url)
    if not seconds or service_name(url) != "YouTube" or "t=" in parts.query:
        return url
    query = f"{parts.query}&t={seconds}" if parts.query else f"t={seconds}"
    return parts._replace(query=query).geturl()


def file_kind(name: str) -> str:
    """``a.pdf`` → ``PDF``; nothing where the name has no telling ending."""
    suffix = PurePosixPath(name).suffix.lstrip(".")
    return suffix.upper() if suffix.lower() in _FILE_KINDS else ""


_FILE_KINDS: Final = frozenset(
    "pdf ppt pptx odp key doc docx odt xls xlsx ods csv txt md zip "
    "png jpg jpeg gif svg webp heic mp3 mp4 mov m4a webm".split()
)


#: What begins as an address on the web does.
_HOST: Final = re.compile(r"www\.|[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}/")


def lacks_scheme(text: str) -> bool:
    """Return whether ``text`` begins as an address of the web does that has lost its scheme."""
    return bool(_HOST.match(text))
