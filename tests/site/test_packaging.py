"""What a release publishes: the wheel, and a source distribution with everything in it."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from packaging.metadata import Metadata

import sphinxcommon
from conftest import ROOT
from copies import copy_project, project_files

pytestmark = [pytest.mark.slow, pytest.mark.once]

#: What the tools write into a source distribution.
GENERATED: Final = re.compile(r"PKG-INFO|setup\.cfg|_ext/eventreports\.egg-info/.*")


class Distributions(NamedTuple):
    source: Path
    wheel: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """The wheel is built from the source distribution, as ``build`` does."""
    folder = copy_project(tmp_path_factory.mktemp("packaging") / "project")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", "dist"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (source,), (wheel,) = (folder / "dist").glob("*.tar.gz"), (folder / "dist").glob("*.whl")
    return Distributions(source, wheel)


@pytest.fixture(scope="module")
def unpacked(built: Distributions) -> Path:
    with tarfile.open(built.source) as archive:
        archive.extractall(built.source.parent, filter="data")
    return built.source.with_name(built.source.name.removesuffix(".tar.gz"))


def test_the_source_distribution_has_all_files_of_the_project(unpacked: Path) -> None:
    files = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")}
    files = {name for name in files if (unpacked / name).is_file()}
    expected = {name for name in project_files() if not GENERATED.fullmatch(name)}
    assert expected <= files
    assert all(GENERATED.fullmatch(name) for name in files - expected)


def test_the_source_distribution_can_run_its_tests(unpacked: Path) -> None:
    # Some of those that read the project's files.
    some = ("tests/site/test_make.py", "-k", "of_the_script")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *some],
        cwd=unpacked,
        env={**os.environ, "PYTHONPATH": str(unpacked / "_ext")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_the_wheel_has_all_files_of_the_packages(built: Distributions) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        files = {name for name in archive.namelist() if ".dist-info/" not in name}
    packages = {name.removeprefix("_ext/") for name in project_files() if name.startswith("_ext/")}
    of_development = {name for name in packages if name.endswith(".d.ts") or ".egg-info/" in name}
    assert files == packages - of_development


def test_the_metadata_are_right(built: Distributions) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        found = Metadata.from_email(archive.read(name), validate=True)
    assert str(found.version) == sphinxcommon.__version__
    assert found.description_content_type == "text/markdown"
    assert {"photos", "print", "site"} <= set(found.provides_extra or ())
    assert {"Documentation", "Source", "Changelog", "Issues"} <= set(found.project_urls or ())


def test_the_wheel_writes_a_site(built: Distributions, tmp_path: Path) -> None:
    packages, site = tmp_path / "packages", tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    subprocess.run([*install, packages, built.wheel], check=True)
    environment = {**os.environ, "PYTHONPATH": str(packages)}
    done = subprocess.run(
        [sys.executable, packages / "bin" / "eventreports", "init", site, "--yes"],
        cwd=tmp_path,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert (site / ".github" / "workflows" / "site.yml").is_file()
    assert urls()["Documentation"] in done.stdout


@pytest.mark.parametrize("page", ["README.md", "README.ja.md", "guide/problems.md"])
def test_the_hook_is_that_of_the_repository(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert re.findall(r"- repo: (\S+)", text) == [urls()["Source"]]


def urls() -> dict[str, str]:
    """The project's addresses, by their names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, str] = project["urls"]
    return found
