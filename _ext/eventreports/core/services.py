"""Services on the web by their addresses: names, whose page it is, what plays within a page."""

import re
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from .dates import hours_minutes_seconds

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
    "youtube-nocookie.com": "YouTube",
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

#: What services publish: the name of its sign.
_SIGNS: Final = {
    **dict.fromkeys(
        ("Speaker Deck", "SlideShare", "Docswell", "Slides", "Google Slides"), "slides"
    ),
    **dict.fromkeys(("YouTube", "Vimeo", "niconico", "Twitch"), "video"),
}
#: Hosts and paths of what services let other pages show, the address under which they do, and how
#: that says where to begin. A video plays at once: whoever opens it has asked for it. Players of
#: Speaker Deck and SlideShare have ids that a page's address does not tell, but the author may.
_PLAYERS: Final = (
    (
        r"(?:youtu\.be|youtube(?:-nocookie)?\.com/(?:watch|shorts|live|embed|v))/([\w-]{11})",
        ("https://www.youtube-nocookie.com/embed/{}?autoplay=1", "&start={}"),
    ),
    (
        r"(?:player\.)?vimeo\.com/(?:video/|channels/[\w-]+/|(?:album|showcase)/\d+/video/)?(\d+)",
        ("https://player.vimeo.com/video/{}?dnt=1&autoplay=1", "#t={}s"),
    ),
    (
        r"(?:player\.)?vimeo\.com/(?:video/)?(\d+)/([0-9a-f]+)",
        ("https://player.vimeo.com/video/{}?h={}&dnt=1&autoplay=1", "#t={}s"),
    ),
    (
        r"docs\.google\.com/presentation/(?:u/\d+/)?(d/(?:e/)?[\w-]+)(?:/.*)?",
        ("https://docs.google.com/presentation/{}/embed", ""),
    ),
    (
        r"docswell\.com/(?:s/[\w-]+|slide)/([0-9A-Z]{6})(?:[-/].*)?",
        ("https://www.docswell.com/slide/{}/embed", ""),
    ),
    (r"speakerdeck\.com/player/([0-9a-f]+)", ("https://speakerdeck.com/player/{}", "")),
    (
        r"slideshare\.net/slideshow/embed_code/((?:key/)?\w+)",
        ("https://www.slideshare.net/slideshow/embed_code/{}", ""),
    ),
)

#: Hosts and paths of videos, the part of an address that says where to begin, the name that it has
#: there, and how it is written: in seconds, or in hours, minutes and seconds.
_TIMES: Final = (
    (r"youtube(?:-nocookie)?\.com/(?:embed|v)/[\w-]+", "query", "start", "{0}"),
    (r"youtu\.be/[\w-]+|youtube\.com/(?:watch|(?:shorts|live)/[\w-]+)", "query", "t", "{0}"),
    (r"(?:player\.)?vimeo\.com/(?:[\w-]+/)*\d+(?:/[0-9a-f]+)?", "fragment", "t", "{0}s"),
    (r"(?:embed\.)?nicovideo\.jp/watch/\w+|nico\.ms/\w+", "query", "from", "{0}"),
    (r"twitch\.tv/(?:videos|\w+/v)/\d+", "query", "t", "{1}h{2}m{3}s"),
    # What browsers play themselves (https://www.w3.org/TR/media-frags/).
    (r".+\.(?:mp4|m4a|webm|mp3)", "fragment", "t", "{0}"),
)

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
#: What stands before a host whose pages are the same without it: those for phones, say.
_PREFIX: Final = re.compile(
    r"^(?:www\.|(?:m|music)\.(?=youtube\.)|m\.(?=twitch\.)|sp\.(?=nicovideo\.))"
)
#: Services of many hosts: a name there is one only with its host.
_FEDERATED: Final = ("Mastodon", "Misskey")


def service_name(url: str) -> str:
    """Return the name of the service that a URL belongs to, or else of its host.

    For a URL that ends in a file's name the kind of the file comes first: ``PDF (example.com)``.
    """
    parts = urlsplit(url)
    if parts.scheme == "mailto":
        return parts.path
    where = _where(url)
    host = where.partition("/")[0]
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
    where = _where(url)
    matches = (re.fullmatch(pattern, where) for pattern in _PROFILES)
    name = "" if urlsplit(url).query else next((match[1] for match in matches if match), "")
    return f"{name}@{where.partition('/')[0]}" if name and service_name(url) in _FEDERATED else name


def video_at(url: str, seconds: int) -> str:
    """Return the URL of a video from a second on.

    :param url: The URL of the video; where it begins by itself is replaced.
    :param seconds: The seconds from the beginning of the video.
    :returns: The URL; nothing if what it leads to is no video, or has no such URLs.
    """
    parts = urlsplit(url)
    where = _where(url).rstrip("/")
    for pattern, place, name, form in _TIMES:
        if re.fullmatch(pattern, where, re.ASCII):
            said = re.sub(rf"(^|&){name}=[^&]*", "", getattr(parts, place)).removeprefix("&")
            time = f"{name}={form.format(seconds, *hours_minutes_seconds(seconds))}"
            return parts._replace(**{place: f"{said}&{time}" if said else time}).geturl()
    return ""


def started_at(url: str, seconds: int | None) -> str:
    """Return the URL of a video from a second on, if it has such URLs and says none itself."""
    parts = urlsplit(url)
    says_itself = re.search(r"(^|&)(t|start|from)=", f"{parts.query}&{parts.fragment}")
    return url if not seconds or says_itself else video_at(url, seconds) or url


def sign_of(url: str) -> str:
    """Return the name of the sign of what a URL leads to, as far as its address tells that."""
    if profile_name(url):
        return ""
    return _SIGNS.get(service_name(url)) or sign_of_file(urlsplit(url).path)


def sign_of_file(name: str) -> str:
    """Return the name of the sign of a kind of file."""
    return "pdf" if file_kind(name) == "PDF" else ""


def player_address(url: str, seconds: int | None = None) -> str:
    """Return the address under which slides or a video may be shown within another page.

    :param url: The URL of the slides or the video.
    :param seconds: Where in a video it is to begin, unless the URL says so.
    :returns: The address; nothing if there is none, or it could only be asked for.
    """
    parts = urlsplit(url)
    values = dict(parse_qsl(f"{parts.query}&{parts.fragment}"))
    where = _where(url).rstrip("/")
    # Two services have parts of the name of a video in the query.
    where = "/".join([where, *(values[name] for name in ("v", "h") if name in values)])
    for pattern, (address, beginning) in _PLAYERS:
        if match := re.fullmatch(pattern, where, re.ASCII):
            start = _seconds(values.get("t") or values.get("start") or "") or seconds
            return address.format(*match.groups()) + (beginning.format(start) if start else "")
    return ""


def _seconds(text: str) -> int:
    """Return how far into a video that is, as its service writes it: 90, 90s, 1h2m3s."""
    match = re.fullmatch(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?", text, re.ASCII)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return (hours * 60 + minutes) * 60 + seconds


def _where(url: str) -> str:
    """Return a URL's host and path, as the tables have them; nothing if it has no host."""
    parts = urlsplit(url)
    return _PREFIX.sub("", parts.hostname) + parts.path if parts.hostname else ""


def file_kind(name: str) -> str:
    """Return the kind of a file by its suffix: ``PDF``; nothing for an unknown one."""
    suffix = PurePosixPath(name).suffix.lstrip(".")
    return suffix.upper() if suffix.lower() in _FILE_KINDS else ""


_FILE_KINDS: Final = frozenset(
    "pdf ppt pptx odp key doc docx odt xls xlsx ods csv txt md zip "
    "png jpg jpeg gif svg webp heic mp3 mp4 mov m4a webm".split()
)
