"""What a build does to the system, by its system calls: an audit hook of Python would not see
Typst, nor any other program.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from conftest import ROOT, Site
from copies import add_every_key

pytestmark = [
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.skipif(sys.platform != "linux", reason="needs strace, which is Linux's"),
]

OTHER_BUILDERS: Final = (
    *("dirhtml", "singlehtml", "epub", "text", "man", "latex", "texinfo", "xml"),
    *("gettext", "changes", "linkcheck", "typstprint-src"),
)
#: Where what a build reads may be, beside the project and Python: the system's own files.
SYSTEM: Final = ("/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/", "/opt/", "/nix/")
_CALL: Final = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<rest>.*)$")
_PATH: Final = re.compile(r"\"((?:[^\"\\]|\\.)*)\"")
#: Calls that change what is at a path.
_CHANGES: Final = re.compile(
    r"(mkdir|rmdir|unlink|rename|link|symlink|[fl]?chmod|[fl]?chown|truncate|futime|utimen?|mknod"
    r"|creat|[fl]?setxattr)(s|sat|at|at2)?"
)


class Call(NamedTuple):
    name: str
    rest: str
    #: The paths that it names, from the working directory.
    paths: tuple[Path, ...]

    @property
    def has_failed(self) -> bool:
        return " = -1 " in self.rest

    @property
    def writes(self) -> bool:
        is_opened = self.name.startswith("open") and re.search(r"O_(WRONLY|RDWR|CREAT)", self.rest)
        return bool(is_opened or _CHANGES.fullmatch(self.name))


def calls(log: Path, folder: Path) -> Iterator[Call]:
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if found := _CALL.match(line):
            named = _PATH.findall(found["rest"].partition('["')[0])
            # strace -y shows a descriptor with its path: “3<PATH>”.
            base = re.match(r"(?:AT_FDCWD|\d+)<([^>]*)>", found["rest"])
            around = Path(base[1]) if base else folder
            paths = tuple(Path(os.path.normpath(around / name)) for name in named if name)
            yield Call(found["name"], found["rest"], paths)


CONF: Final = """\
project = "Site"
author = "The authors"
version = "1"
epub_copyright = "2020"
extensions = ["myst_parser", "eventreports", "typstprint", "cjksearch"]
exclude_patterns = ["_build"]
html_theme = "eventreports"
html_baseurl = "https://reports.example/"
eventreports_audience = "draft"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Site(tmp_path_factory.mktemp("calls"))
    made.write({
        "conf.py": CONF,
        "index.md": "# Site\n\n```{event:list}\n```\n\n```{toctree}\nevents/years/index\n```\n",
    })  # fmt: skip
    add_every_key(made.folder)
    made.event("日本語 の会", "name: 日本語の会\ndate: 2020-01-02\nsessions: [一つ, 二つ]\n")
    return made.folder


class Traced(NamedTuple):
    """The calls of a build, its output, and where temporary files may be."""

    calls: list[Call]
    out: Path
    temporary: Path


def traced(builder: str, site: Path, work: Path) -> Traced:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("needs strace")
    home, temporary, out = work / "home", work / "tmp", work / "out"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "id_rsa").write_text("a secret\n")
    (home / ".netrc").write_text("machine example.org login me password secret\n")
    temporary.mkdir()
    log = work / "log"
    command = [strace, "-f", "-qq", "-y", "-s", "4096", "-o", str(log)]
    command += ["-e", "trace=%file,%network,%process", "-e", "signal=none"]
    command += [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-j", "2"]
    command += ["-D", "linkcheck_ignore=https?://", "-d", str(out / "doctrees")]
    command += [str(site), str(out / "built")]
    environment = {
        **os.environ,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ROOT / "_ext"),
    }
    done = subprocess.run(
        command, cwd=site, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = list(calls(log, site))
    assert len(found) > 1000
    return Traced(found, out, temporary)


@pytest.mark.parametrize("builder", ["html", "typstprint"])
def test_pages_and_pdfs_are_built_of_the_project_alone(
    builder: str, site: Path, tmp_path: Path
) -> None:
    check_reach(traced(builder, site, tmp_path), site)


@pytest.mark.matrix
@pytest.mark.parametrize("builder", OTHER_BUILDERS)
def test_so_is_what_others_build(builder: str, site: Path, tmp_path: Path) -> None:
    check_reach(traced(builder, site, tmp_path), site)


def check_reach(build: Traced, site: Path) -> None:
    """Check that a build reads and writes nowhere else, connects to nothing, and runs nothing."""
    assert written_elsewhere(build, site) == set()
    assert read_elsewhere(build, site) == set()
    assert connections(build) == []
    python = re.compile(r"python[\d.]*")
    assert {name for name in programs(build) if not python.fullmatch(name)} == set()


def written_elsewhere(build: Traced, site: Path) -> set[Path]:
    may = (build.out, build.temporary, site / "events" / "years", Path("/dev"), Path("/proc/self"))
    return {
        path
        for call in build.calls
        if call.writes and not call.has_failed
        for path in call.paths
        if not any(path.is_relative_to(one) for one in may)
    }


def read_elsewhere(build: Traced, site: Path) -> set[Path]:
    may = [site, build.out, build.temporary, ROOT / "_ext"]
    may += [Path(sys.prefix), Path(sys.base_prefix)]
    may += [Path(one) for one in sys.path if one and Path(one).is_absolute()]
    return {
        path
        for call in build.calls
        if call.name.startswith("open") and not call.has_failed and not call.writes
        for path in call.paths
        if not any(path.is_relative_to(one) for one in may)
        and not str(path).startswith(SYSTEM)
        # Folders on the way, which are listed and not read.
        and "O_DIRECTORY" not in call.rest
    }


def connections(build: Traced) -> list[str]:
    return [
        call.rest
        for call in build.calls
        if call.name in ("connect", "sendto", "sendmsg", "sendmmsg", "accept", "accept4", "listen")
        and "AF_INET" in call.rest
    ]


def programs(build: Traced) -> set[str]:
    return {
        call.paths[0].name for call in build.calls if call.name.startswith("execve") and call.paths
    }


@pytest.mark.parametrize("builder", ["html", "typstprint"])
def test_a_build_needs_no_network(site: Path, builder: str, tmp_path: Path) -> None:
    alone = ["unshare", "--map-root-user", "--net"]
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs namespaces")
    options = ["-q", "-b", builder, "-d", str(tmp_path / "doctrees")]
    done = subprocess.run(
        [*alone, sys.executable, "-m", "sphinx", *options, str(site), str(tmp_path / "built")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "_ext")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
