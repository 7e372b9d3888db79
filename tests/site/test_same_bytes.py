"""The same sources give the same bytes, whatever machine, person, clock and order build them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from conftest import ROOT
from copies import SITE, add_every_key

pytestmark = [pytest.mark.slow, pytest.mark.once]

BUILDERS: Final = ("html", "dirhtml", "singlehtml", "epub", "text", "typstprint")


#: What each build knows: when it is made, and where the site is, so that it has a feed.
ALWAYS: Final = {
    "SOURCE_DATE_EPOCH": "1550000000",
    "NO_FAKE_STAT": "1",
    "READTHEDOCS_CANONICAL_URL": "https://reports.example/",
}


def copied(folder: Path, *, is_reversed: bool) -> Path:
    """The site that ships, its files made in one order or the other."""
    names = [path for name in SITE for path in sorted(one_or_all(ROOT / name))]
    for path in reversed(names) if is_reversed else names:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
        # Of which day a file is says nothing.
        os.utime(target, (1_500_000_000 + 99_999 * is_reversed, 1_500_000_000))
    add_every_key(folder)
    return folder


def one_or_all(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    years, left_out = ROOT / "events" / "years", ("__pycache__",)
    return [
        one
        for one in path.rglob("*")
        if one.is_file() and years not in one.parents and not set(left_out) & set(one.parts)
    ]


def build(site: Path, builder: str, *options: str, **environment: str) -> dict[str, bytes]:
    """What a build makes, by name; without what is kept for the next one."""
    out = site / "_build" / builder
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, *options]
    command += ["-d", str(site / "_build" / f"doctrees-{builder}"), ".", str(out)]
    if moment := environment.pop("CLOCK", ""):
        program = shutil.which("faketime")
        if program is None:
            pytest.skip("needs faketime")
        command = [program, "-f", moment, *command]
    inherited = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    umask = int(environment.pop("UMASK", "022"), 8)
    done = subprocess.run(
        command,
        cwd=site,
        env={**inherited, **ALWAYS, **environment},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # Records of what a PDF was made from, beside it.
    kept = (".json", ".digest") if builder == "typstprint" else ()
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(".buildinfo") and path.suffix not in kept
    }


@pytest.mark.matrix
@pytest.mark.parametrize("builder", BUILDERS)
def test_the_bytes_are_the_same(builder: str, tmp_path: Path) -> None:
    one = build(
        copied(tmp_path / "a", is_reversed=False),
        builder,
        HOME="/root",
        USER="root",
        LOGNAME="root",
        TZ="UTC",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="1",
    )
    other = build(
        copied(tmp_path / "another folder, 日本語" / "site", is_reversed=True),
        builder,
        "-j",
        "3",
        HOME=str(tmp_path),
        USER="hanako",
        LOGNAME="hanako",
        TZ="Asia/Tokyo",
        LC_ALL="POSIX",
        LANGUAGE="en",
        PYTHONHASHSEED="2",
        UMASK="077",
        CLOCK="+401d",
    )
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert len(one) > 5 or builder == "epub"
