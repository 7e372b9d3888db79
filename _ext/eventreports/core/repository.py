"""The repository of a site at GitHub or GitLab: addresses at which its files are changed."""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, urlencode, urlsplit

from sphinxcommon.messages import Message

from .problems import InvalidValueError
from .urls import check_url

#: In characters: longer addresses are refused by hosts, or cut by browsers.
LONGEST_ADDRESS: Final = 8000
_LONGEST_TITLE: Final = 100
#: What “Clone” gives: ``git@github.com:OWNER/NAME.git``.
_OF_SSH: Final = re.compile(r"(?:ssh://)?[\w.-]+@(?P<host>[\w.-]+)(?::\d+)?[:/]+(?P<path>.+)")
_USER: Final = re.compile(r"^(\w+://)[^/]*@")
#: The path of a repository, or of a folder in it as the host shows it.
_PATH: Final = re.compile(
    r"(?P<name>(?:/[\w.-]*\w[\w.-]*){2,}?)(?P<tree>(?P<dash>/-)?/tree/(?P<below>.+?))?/?",
    re.ASCII,
)


class NewFile(NamedTuple):
    """The address at which a file is written; ``is_filled`` if its text is sure to stand there."""

    address: str
    is_filled: bool


@dataclass(frozen=True)
class Repository:
    """A repository on the web.

    :param address: Its page, without a ``/`` at the end.
    :param branch: The branch that is changed.
    :param folder: The folder of ``conf.py`` in it; empty if that is at its top.
    :param is_gitlab: Whether its host is GitLab, and not GitHub.
    """

    address: str
    branch: str
    folder: str
    is_gitlab: bool

    def edit_address(self, path: str) -> str:
        """Return the address of the editor of a file, whose path is from ``conf.py``."""
        return f"{self._pages}/edit/{quote(f'{self.branch}/{self._whole(path)}')}"

    def new_file(self, path: str, text: str) -> NewFile:
        """Return the address of the editor of a new file.

        GitLab takes the text, but its editor does not show it.

        :param path: The path from ``conf.py``.
        :param text: What is to stand in the file. It is left out where it is too long.
        :returns: The address.
        """
        of_name, of_text = ("file_name", "content") if self.is_gitlab else ("filename", "value")
        page = f"{self._pages}/new/{quote(self.branch)}"
        named = {of_name: self._whole(path)}
        address = _with_query(page, {**named, of_text: text})
        if len(address) > LONGEST_ADDRESS:
            return NewFile(_with_query(page, named), is_filled=False)
        return NewFile(address, is_filled=not self.is_gitlab)

    def new_issue_address(self, title: str, body: str) -> str:
        """Return the address at which an issue is written; of long texts the beginning is there.

        :param title: The title of the issue.
        :param body: Its text, whose last lines are left out where it is too long.
        :returns: The address.
        """
        names = ("issue[title]", "issue[description]") if self.is_gitlab else ("title", "body")
        lines = body[:LONGEST_ADDRESS].split("\n")
        while True:
            texts = (title[:_LONGEST_TITLE], "\n".join(lines))
            address = _with_query(f"{self._pages}/issues/new", dict(zip(names, texts, strict=True)))
            if len(address) <= LONGEST_ADDRESS or not lines:
                return address
            lines.pop()

    @property
    def _pages(self) -> str:
        return f"{self.address}/-" if self.is_gitlab else self.address

    def _whole(self, path: str) -> str:
        return f"{self.folder}/{path}" if self.folder else path


def _with_query(page: str, fields: dict[str, str]) -> str:
    return f"{page}?{urlencode(fields, quote_via=quote)}"


def parse_repository(url: str, branch: str) -> Repository:
    """Read the address of a repository, or of the folder of ``conf.py`` in it.

    :param url: The address, as the browser shows it.
    :param branch: The branch that is changed.
    :returns: The repository.
    :raises InvalidValueError: if it is no such address, or that of another branch; nothing of a
        user's name or password in it is quoted.
    """
    whole = _checked(url)
    parts = urlsplit(whole)
    host, found = parts.hostname or "", _PATH.fullmatch(parts.path)
    is_gitlab = "gitlab" in host or bool(found and found["dash"])
    is_github = "github" in host and not is_gitlab
    if found is None or (is_github and found["name"].count("/") != 2):
        raise InvalidValueError(_no_repository(whole))
    name = found["name"].removesuffix(".git")
    address = f"{parts.scheme}://{parts.netloc}{name}"
    if not (is_gitlab or is_github or found["tree"]):
        raise InvalidValueError(
            Message(
                "it cannot be seen whether “{host}” is GitHub or GitLab; write {github} for GitHub "
                "and {gitlab} for GitLab",
                host=host,
                github=f"{address}/tree/{branch}",
                gitlab=f"{address}/-/tree/{branch}",
            )
        )
    folder = _folder(whole, unquote(found["below"] or branch), branch)
    return Repository(address, branch, folder, is_gitlab)


def _checked(url: str) -> str:
    """Return an address that may be linked, and has nothing but scheme, host and path."""
    given = url.strip()
    if ssh := _OF_SSH.fullmatch(given):
        whole = f"https://{ssh['host']}/{ssh['path'].removesuffix('.git')}"
        raise InvalidValueError(Message("this is an address for git; write {whole}", whole=whole))
    # Before anything is quoted: a password may stand there, too.
    without_user = _USER.sub(r"\1", given)
    parts = urlsplit(check_url(without_user))
    whole = f"{parts.scheme}://{parts.netloc}{parts.path}"
    if parts.scheme not in ("https", "http"):
        raise InvalidValueError(_no_repository(without_user))
    if whole != given:
        raise InvalidValueError(
            Message("this is more than the address of a repository; write {whole}", whole=whole)
        )
    return whole


def _no_repository(url: str) -> Message:
    return Message("“{url}” is no repository; write https://github.com/OWNER/NAME", url=url)


def _folder(url: str, below: str, branch: str) -> str:
    """Return the folder that follows a branch in an address."""
    if f"{below}/".startswith(f"{branch}/"):
        return below[len(branch) :].strip("/")
    raise InvalidValueError(
        Message(
            "“{url}” is not of the branch “{branch}”; write its own into "
            "“eventreports_repository_branch”",
            url=url,
            branch=branch,
        )
    )
