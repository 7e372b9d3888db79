"""URLs: whether they may be linked to, and whose page at which service they lead to."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean

from .problems import InvalidValueError

ALLOWED_SCHEMES: Final = ("https", "http", "mailto")
#: A single letter is a drive of Windows, and no scheme.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")

#: A link of Markdown: its text, and its URL.
MARKDOWN_LINK: Final = re.compile(
    r"!?\[(?P<text>[^\[\]]*)\]\(\s*<?(?P<url>(?:https?://|mailto:)(?:[^\s()<>]|\([^\s()]*\))+)>?"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)

#: Names of services that publish slides and videos, or on which people have an account, by host
#: (with its subdomains) and path.
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
    "bsky.app": "Bluesky",
    "chaos.social": "Mastodon",
    "fosstodon.org": "Mastodon",
    "hachyderm.io": "Mastodon",
    "infosec.exchange": "Mastodon",
    "mas.to": "Mastodon",
    "mastodon.online": "Mastodon",
    "mastodon.social": "Mastodon",
    "mstdn.jp": "Mastodon",
    "mstdn.social": "Mastodon",
    "pawoo.net": "Mastodon",
    "ruby.social": "Mastodon",
    "misskey.io": "Misskey",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "linkedin.com": "LinkedIn",
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "dev.to": "DEV",
    "medium.com": "Medium",
    "hatenablog.com": "Hatena Blog",
    "hatenablog.jp": "Hatena Blog",
    "sessionize.com": "Sessionize",
    "orcid.org": "ORCID",
    "web.archive.org": "Internet Archive",
    "archive.org": "Internet Archive",
}

#: Hosts on which a path of one part is the name of somebody.
_HOSTS_OF_NAMES: Final = (
    "dev.to facebook.com github.com gitlab.com instagram.com note.com orcid.org qiita.com "
    "sessionize.com slideshare.net speakerdeck.com twitch.tv twitter.com x.com zenn.dev"
)
#: Hosts and paths of people's own pages; the group is the name that they go by there.
_PROFILES: Final = (
    rf"(?:{'|'.join(map(re.escape, _HOSTS_OF_NAMES.split()))})/([\w.-]+)/?",
    r"[^/]+/(@[\w.-]+)/?",
    r"bsky\.app/profile/([\w.-]+)/?",
    r"(?:connpass|docswell)\.com/user/([\w.-]+)/?",
    r"(?:\w+\.)?linkedin\.com/in/([\w.-]+)/?",
)
#: Services of many hosts: a name there is one only with its host.
_FEDERATED: Final = ("Mastodon", "Misskey")


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
        return Message("a link of Markdown; write its URL alone: {url}", url=link["url"])
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
    """Return the URL that was most likely meant by a text that is none."""
    plain = unicodedata.normalize("NFKC", text).strip("<>()[]\"'“”‘’")
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


def service_name(url: str) -> str:
    """Return the name of the service that a URL belongs to, or else of its host.

    For a URL that ends in a file's name the kind of the file comes first: ``PDF (example.com)``.
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


def profile_name(url: str) -> str:
    """Return the name that somebody goes by at a service whose URL is that of their page there.

    :param url: The URL.
    :returns: ``aoi`` for https://github.com/aoi, ``@aoi@mastodon.social`` for a host among many;
        nothing for a URL of another kind.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    matches = (re.fullmatch(pattern, host + parts.path) for pattern in _PROFILES)
    name = "" if parts.query else next((match[1] for match in matches if match), "")
    return f"{name}@{host}" if name and service_name(url) in _FEDERATED else name


def started_at(url: str, seconds: int | None) -> str:
    """Return the URL of a video from a second on, if the service has such URLs."""
    parts = urlsplit(url)
    if not seconds or service_name(url) != "YouTube" or "t=" in parts.query:
        return url
    query = f"{parts.query}&t={seconds}" if parts.query else f"t={seconds}"
    return parts._replace(query=query).geturl()


def file_kind(name: str) -> str:
    """Return the kind of a file by its suffix: ``PDF``; nothing for an unknown one."""
    suffix = PurePosixPath(name).suffix.lstrip(".")
    return suffix.upper() if suffix.lower() in _FILE_KINDS else ""


_FILE_KINDS: Final = frozenset(
    "pdf ppt pptx odp key doc docx odt xls xlsx ods csv txt md zip "
    "png jpg jpeg gif svg webp heic mp3 mp4 mov m4a webm".split()
)


def lacks_scheme(text: str) -> bool:
    """Return whether a text looks like a URL without its scheme."""
    return re.match(r"www\.|[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}/", text) is not None


def map_url(latitude: str, longitude: str) -> str:
    """Return the address of a map with a mark at a place.

    :param latitude: Degrees north.
    :param longitude: Degrees east.
    :returns: An address of OpenStreetMap.
    """
    place = f"{latitude}/{longitude}"
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{place}"
