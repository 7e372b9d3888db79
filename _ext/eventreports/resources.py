"""What a link or a file is, told by its address alone; nothing is fetched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from babel import Locale
from babel.numbers import format_decimal

from .names import composed
from .paths import IsContent, is_content, refusal
from .problems import did_you_mean

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

    :raises ValueError: with what is wrong, in words: a scheme that is not
        allowed, no host, or a character that would hide where the link leads.
    """
    url = text.strip()
    for char in url:
        if char.isspace():
            raise ValueError(f"“{url}” has a blank inside")
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs"):
            raise ValueError(f"the URL has an invisible character (U+{ord(char):04X}); remove it")
    if "\\" in url:
        # Browsers read it as “/”, and so another host than others do (WHATWG URL, 4.4).
        raise ValueError(f"“{url}” has “\\” in it; write “/”, or “%5C”")
    match = _SCHEME.match(url)
    if not match:
        raise ValueError(f"“{url}” has no scheme; write {_with_scheme(url)}")
    scheme = match[1].lower()
    if scheme not in ALLOWED_SCHEMES:
        allowed = ", ".join(ALLOWED_SCHEMES)
        hint = did_you_mean(scheme, ALLOWED_SCHEMES)
        raise ValueError(f"“{scheme}:” is not allowed in a link{hint}; allowed are {allowed}")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise ValueError(f"“{url}” is no URL: {error}") from None
    if not (parts.path if scheme == "mailto" else host):
        whom = "nobody to write to" if scheme == "mailto" else "no host"
        raise ValueError(f"“{url}” names {whom}")
    return url


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


def file_size(size: int, locale: Locale) -> str:
    """Bytes in the decimal units that people read: 4.8 MB (1 MB = 10⁶ bytes)."""
    value, unit = float(size), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if value < 999.5 or unit == "GB":
            break
        value /= 1000
    pattern = "#,##0.#" if unit != "B" and value < 99.95 else "#,##0"
    return f"{format_decimal(value, pattern, locale=locale)} {unit}"


#: What begins as an address on the web does.
_HOST: Final = re.compile(r"www\.|[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}/")


_LONGEST_PATH: Final = 1000


class OutsideError(ValueError):
    """A path that leads to what is not the project's to publish."""


def local_file(path: str, folder: Path, root: Path, is_content: IsContent = is_content) -> Path:
    """The file that ``path`` (as the data says it, with ``/``) names in ``folder``.

    What is in ``folder``, the event's, is content; of what is elsewhere ``is_content`` decides.

    :raises OutsideError: where the path leaves ``root`` (also through a
        symbolic link), or leads to something that is not to be published.
    :raises ValueError: where no file has that name; both with what is wrong,
        in words.
    """
    if PurePosixPath(path).is_absolute() or re.match(r"[A-Za-z]:|\\", path):
        raise OutsideError(f"“{path}” must be a path beside the event's file, not an absolute one")
    if len(path) > _LONGEST_PATH:
        raise ValueError(f"“{path}” cannot be a file's name")
    if "\\" in path:
        slashed = path.replace("\\", "/")
        raise ValueError(f"“{path}” has “\\” in it; write “{slashed}”")
    path = on_disk(path, folder)
    try:
        found = (folder / path).resolve()
        reason = refusal(found, root)
        is_file = not reason and found.is_file()
    except (OSError, ValueError, RuntimeError):
        raise ValueError(f"“{path}” cannot be a file's name") from None
    if reason:
        raise OutsideError(f"“{path}” {reason}")
    is_beside = found.is_relative_to(folder.resolve())
    if not is_beside and not is_content(found.relative_to(root.resolve()).as_posix()):
        message = "is no content of the site; copy it beside the event's file"
        raise OutsideError(f"“{path}” {message}")
    actual = _as_on_disk(path, folder)
    if actual is not None and actual != path:
        raise ValueError(f"“{path}” is “{actual}” on disk; capitals count on most servers")
    if not is_file:
        names = (other.name for other in folder.iterdir() if other.is_file())
        hint = did_you_mean(path, names)
        if not hint and _HOST.match(path):
            hint = f"; a URL needs its scheme: https://{path}"
        raise ValueError(f"there is no file “{path}” here{hint}")
    return found


def on_disk(path: str, folder: Path) -> str:
    """``path`` in the form of Unicode in which the folders have it; as it is where they do not."""
    return path if path.isascii() else _listed(path, folder, composed) or path


def _as_on_disk(path: str, folder: Path) -> str | None:
    """``path`` as the folders list it, if but for capitals; ``None`` where they do not.

    A disk that does not mind capitals finds what a web server will not.
    """
    return _listed(path, folder, lambda name: composed(name).casefold())


def _listed(path: str, folder: Path, alike: Callable[[str], str]) -> str | None:
    """``path`` as the folders list it, whose names are ``alike``; ``None`` where they do not."""
    parts: list[str] = []
    for part in path.split("/"):
        if part in ("", ".", ".."):
            parts.append(part)
            continue
        try:
            names = [other.name for other in folder.joinpath(*parts).iterdir()]
        except (OSError, ValueError):
            return None
        like = [name for name in names if alike(name) == alike(part)]
        if not like:
            return None
        parts.append(part if part in like else min(like))
    return "/".join(parts)


_IMAGES: Final = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp"})


def local_image(path: str, folder: Path, root: Path, is_content: IsContent = is_content) -> Path:
    """As :func:`local_file`, for a picture.

    :raises ValueError: also where the name is not that of a picture.
    """
    if is_url(path):
        raise ValueError(
            f"“{path}” is an address; save the picture beside the event's file, or write logo_url"
        )
    if PurePosixPath(path).suffix.lstrip(".").lower() not in _IMAGES:
        raise ValueError(f"“{path}” is no picture; known are {', '.join(sorted(_IMAGES))}")
    return local_file(path, folder, root, is_content)
