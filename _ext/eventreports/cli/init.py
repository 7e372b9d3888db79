"""``eventreports init``: a site of one's own, which needs no checkout of this project."""

import argparse
import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path, PurePath
from string import Template
from typing import Final

from sphinxcommon import __version__
from sphinxcommon.messages import Message, Translate

from ..core.audience import LEVELS
from ..core.i18n import N_, translations
from ..core.model import REGISTERS, Event
from ..core.problems import InvalidValueError
from ..core.schema import schema_text

#: A folder with the files of all sites, and one with those of each language and CI service. Names
#: that begin with a dot begin with ``dot_`` here; ``*.template`` have ``$placeholders``.
_TEMPLATES: Final = Path(__file__).parent / "site"
_LANGUAGES: Final = ("ja", "en")
_MARKUPS: Final = ("md", "rst")
_CI_SERVICES: Final = ("github", "gitlab", "none")
#: For whom events are that say nothing: the default, and the choices.
_PUBLIC: Final = (LEVELS[0], LEVELS)


@dataclass(frozen=True, slots=True)
class NewSite:
    """What differs from site to site; ``requirements`` are the lines of ``requirements.txt``."""

    language: str
    title: str
    markup: str
    ci: str
    visibility: str
    requirements: str


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "init",
        help="write a new site into an empty folder",
        description="Write a new site into an empty folder. In a terminal, what no option gives "
        "is asked for; elsewhere, defaults are taken.",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="FOLDER",
        help="an empty or new folder (default: the current one)",
    )
    parser.add_argument("--language", choices=_LANGUAGES, help="of the site and of this command")
    parser.add_argument("--title", help="the site's name")
    parser.add_argument("--markup", choices=_MARKUPS, help="pages in MyST or reStructuredText")
    parser.add_argument("--ci", choices=_CI_SERVICES, help="the service whose settings are written")
    parser.add_argument("--visibility", choices=LEVELS, help="for whom events are that say nothing")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="URL",
        help="where pip finds this project: a repository (git+https://…@TAG) "
        "or a file (https://….whl)",
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing, take the defaults")
    parser.set_defaults(run=partial(_run, parser))


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    folder: Path = options.folder
    say = translations(options.language).gettext
    try:
        site = _new_site(options, lambda _question, default, _choices: default)
        if folder.exists() and {path.name for path in folder.iterdir()} - {".git"}:
            raise InvalidValueError(
                Message(
                    "{folder} is not empty; name a new folder for {names}",
                    folder=str(folder),
                    names=sorted(site_files(site)),
                )
            )
        if sys.stdin.isatty() and not options.yes:
            site = _new_site(options, partial(_ask, say))
        for name, text in site_files(site).items():
            _write(folder / name, text)
    except InvalidValueError as error:
        parser.error(error.message.text(say))
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    except (EOFError, KeyboardInterrupt):
        parser.error(Message("nothing was written").text(say))
    print("\n".join(_instructions(folder, site, say)))
    return 0


# Questions


def _new_site(
    options: argparse.Namespace, choose: Callable[[Message, str, tuple[str, ...]], str]
) -> NewSite:
    """Take what the options say; have the rest chosen by a question, a default and choices."""
    requirements = requirements_text(options.source)
    language = options.language or choose(
        Message("Language"), translations().info().get("language", "en"), _LANGUAGES
    )
    default_title = translations(language).gettext(N_("Event reports"))
    title = " ".join((options.title or "").split())
    return NewSite(
        language,
        title or choose(Message("Name of the site"), default_title, ()),
        options.markup or choose(Message("Pages in MyST or reStructuredText"), "md", _MARKUPS),
        options.ci or choose(Message("Settings for CI"), "github", _CI_SERVICES),
        options.visibility or choose(Message("For whom are events that say nothing?"), *_PUBLIC),
        requirements,
    )


def _ask(say: Translate, question: Message, default: str, choices: tuple[str, ...]) -> str:
    among = f" ({', '.join(choices)})" if choices else ""
    while True:
        answer = input(f"{question.text(say)}{among} [{default}]: ").strip() or default
        if not choices or answer in choices:
            return answer


def requirements_text(source: str | None) -> str:
    """Return the lines of ``requirements.txt`` that install this project.

    :param source: A repository or file to install from; without one, pip's own settings say where.
    :returns: The lines.
    :raises InvalidValueError: if the source is no URL of a repository or a file.
    """
    if source is None:
        return f"eventreports[site]=={__version__}"
    if not re.fullmatch(r"\w+\+\w+://\S+|(https?|file)://\S+\.(whl|zip|tar\.gz)(#\S*)?", source):
        message = Message(
            "“{source}” is no repository and no file; write git+https://… or https://….whl",
            source=source,
        )
        raise InvalidValueError(message)
    return f"eventreports[site] @ {source}"


# The site


def site_files(site: NewSite) -> Mapping[str, str]:
    """Return the texts of the site's files by their paths."""
    # All punctuation may be escaped, in both markups.
    heading = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", site.title)
    values = {
        "title": json.dumps(site.title, ensure_ascii=False),
        "heading": heading,
        # Japanese characters are twice as wide.
        "underline": "=" * 2 * len(heading),
        "language": site.language,
        "visibility": site.visibility,
        "requirements": site.requirements,
    }
    of_other_markups = {f".{markup}" for markup in _MARKUPS if markup != site.markup}
    files = {
        f".vscode/{PurePath(of).stem}.schema.json": schema_text(of)
        for of in (Event.file_name, *REGISTERS)
    }
    for layer in ("common", site.language, site.ci):
        folder = _TEMPLATES / layer
        for path in filter(Path.is_file, folder.rglob("*")):
            name = re.sub(r"(^|/)dot_", r"\1.", path.relative_to(folder).as_posix())
            text = path.read_text(encoding="utf-8")
            if name.endswith(".template"):
                name, text = name.removesuffix(".template"), Template(text).substitute(values)
            if PurePath(name).suffix not in of_other_markups:
                files[name] = text
    return files


def _write(path: Path, text: str) -> None:
    """Write a new file; one that is there already is an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


# Instructions


def _instructions(folder: Path, site: NewSite, say: Translate) -> Iterator[str]:
    """Say how the site is built, and where it is explained how reports are written."""
    yield Message("The site is written. To build it:").text(say)
    if folder != Path():
        yield f"    cd {shlex.quote(str(folder))}"
    is_windows = os.name == "nt"
    yield f"    {'py' if is_windows else 'python3'} -m venv .venv"
    yield "    " + (r".venv\Scripts\activate" if is_windows else ". .venv/bin/activate")
    yield "    pip install -r requirements.txt"
    is_public = site.visibility == LEVELS[0]
    audience = "" if is_public else f" -D eventreports_audience={site.visibility}"
    yield f"    sphinx-build -M typstprint . _build{audience}"
    yield f"    sphinx-build -M html . _build{audience}"
    if url := _documentation():
        yield Message("How reports are written: {url}", url=url).text(say)


def _documentation() -> str:
    """Return the address in ``pyproject.toml``; a bare checkout has none."""
    try:
        urls = metadata.metadata("eventreports").get_all("Project-URL", [])
    except metadata.PackageNotFoundError:
        return ""
    named: dict[str, str] = dict(url.split(", ", 1) for url in urls)
    return named.get("Documentation", "")
