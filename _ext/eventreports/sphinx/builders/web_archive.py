"""Copies of web pages in the Internet Archive, which linkcheck asks for."""

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import urldefrag, urlsplit

from sphinx.config import Config
from sphinx.util import requests

from ...core.audience import LEVELS
from ...core.dates import PartialDate
from ...core.urls import check_url
from ..settings import audience_of

#: https://archive.org/help/wayback_api.php
ADDRESS: Final = "https://archive.org/wayback/available"
#: In seconds.
_TIMEOUT: Final = 10
_COPY: Final = re.compile(r"https?://(web\.archive\.org/web/\d+\S*)")
#: Names that are known within a network alone (RFC 6761, RFC 6762, RFC 8375 and habit).
_LOCAL: Final = ("arpa", "corp", "home", "internal", "intranet", "lan", "local", "localhost")


class WebArchive:
    """The archive, as long as it answers.

    It is told of no address that is not public: none in a build for others than everybody, and
    none of a host that only a network of its own knows.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        is_ignored = any(re.match(one, ADDRESS) for one in config.linkcheck_ignore)
        self._is_asked = audience_of(config).level == LEVELS[0] and not is_ignored

    def copy_of(self, url: str, day: PartialDate | None) -> str:
        """Return the address of the copy that is nearest to a day; empty if none is known.

        :param url: What was copied.
        :param day: The day; without one, the newest copy counts.
        :returns: The address.
        """
        if not (self._is_asked and _is_public(url)):
            return ""
        asked = {"url": urldefrag(url).url}
        if day:
            asked["timestamp"] = "".join(re.findall(r"\d+", day.isoformat()))
        try:
            answer = requests.get(
                ADDRESS,
                params=asked,
                timeout=_TIMEOUT,
                _user_agent=self._config.user_agent,
                _tls_info=(self._config.tls_verify, self._config.tls_cacerts),
            )
        except OSError:
            # Nor would it answer for the other links.
            self._is_asked = False
            return ""
        try:
            return _copy_in(answer.json())
        except ValueError:
            # No JSON, or no URL that may be linked to.
            return ""


def _copy_in(answer: object) -> str:
    """Return the address of the copy that the archive names, if it is one that can be read."""
    match answer:
        case {"archived_snapshots": {"closest": {"available": True, "url": str(url)}}}:
            found = _COPY.fullmatch(url)
            return check_url(f"https://{found[1]}") if found else ""
        case _:
            return ""


def _is_public(url: str) -> bool:
    """Return whether a URL is one that everybody may know of."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    try:
        ip_address(host)
    except ValueError:
        _, dot, last = host.rpartition(".")
        return bool(dot) and last not in _LOCAL and "@" not in parts.netloc
    return False
