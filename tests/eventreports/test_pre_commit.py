"""The hook of pre-commit, as other repositories that hold events use it."""

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT
from copies import copy_project
from eventreports.core.schema import FILE_NAME, schema_text

pytestmark = [pytest.mark.slow, pytest.mark.once]

FAULTY = "name: Conf\ndate: soon\n"
FIXED = "name: Conf\ndate: 2018-04-19\n"
CONFIG = """\
repos:
  - repo: {project}
    rev: {revision}
    hooks:
      - id: eventreports-check
        args: [{options}]
"""
#: Whoever commits, wherever the tests run.
AUTHOR = {
    f"GIT_{role}_{fact}": "author@example.org"
    for role in ("AUTHOR", "COMMITTER")
    for fact in ("NAME", "EMAIL")
}

#: Where the environment of the tests has its packages. The hook's finds there what it needs, and
#: has to install but this project.
PACKAGES = sysconfig.get_path("purelib")


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # Where the tests themselves run in a hook, git's variables name another repository.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        command,
        cwd=folder,
        env={**kept, **AUTHOR, "PYTHONUTF8": "1", "PYTHONPATH": PACKAGES, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def git(folder: Path, *arguments: str) -> str:
    done = run(folder, "git", *arguments)
    assert done.returncode == 0, done.stdout
    return done.stdout.strip()


@dataclass
class Repository:
    """Somebody's events, checked by the hook of this project as it stands."""

    folder: Path
    project: Path
    home: Path

    def hook(self, *which: str, options: str = "") -> subprocess.CompletedProcess[str]:
        """Run it on what is staged, or on ``which``."""
        revision = git(self.project, "rev-parse", "HEAD")
        config = CONFIG.format(project=self.project, revision=revision, options=options)
        self.stage(".pre-commit-config.yaml", config)
        command = (sys.executable, "-m", "pre_commit", "run", "--color=never", *which)
        return run(self.folder, *command, PRE_COMMIT_HOME=str(self.home))

    def stage(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        git(self.folder, "add", name)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of what git knows of this one, and of what it is to know."""
    folder = copy_project(tmp_path_factory.mktemp("hook") / "project")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "As it stands")
    return folder


@pytest.fixture
def repository(project: Path, tmp_path: Path) -> Repository:
    folder = tmp_path / "events of others"
    folder.mkdir()
    git(folder, "init", "--quiet")
    return Repository(folder, project, project.with_name("home"))


def test_the_manifest_is_valid() -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    done = run(ROOT, sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest))
    assert (done.returncode, done.stdout) == (0, "")


def test_a_fault_is_shown_and_fails_until_it_is_fixed(repository: Repository) -> None:
    repository.stage("2018/conf/event.yaml", FAULTY)
    done = repository.hook("--all-files")
    assert done.returncode == 1, done.stdout
    assert "Failed" in done.stdout
    assert "\n2018/conf/event.yaml:2:7: date: “soon” is no date" in done.stdout
    assert "\n    2 | date: soon\n      |       ^\n" in done.stdout
    assert "1 file: 1 warning" in done.stdout
    repository.stage("2018/conf/event.yaml", FIXED)
    done = repository.hook("--all-files")
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout


def test_only_events_that_are_to_be_committed_are_checked(repository: Repository) -> None:
    repository.stage("a/event.yaml", FAULTY)
    git(repository.folder, "commit", "--quiet", "--no-verify", "--message", "A fault")
    assert "Skipped" in repository.hook().stdout
    repository.stage("b/event.yaml", FIXED)
    repository.stage("b/other-event.yaml", FAULTY)
    repository.stage("b/event.yaml.txt", FAULTY)
    done = repository.hook()
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout
    repository.stage("event.yaml", FAULTY)
    done = repository.hook()
    assert done.returncode == 1
    assert "\nevent.yaml:2:7: " in done.stdout
    assert "2 files: 1 warning" in done.stdout


def test_files_that_only_together_are_wrong_are_checked_together(repository: Repository) -> None:
    for name in ("a", "b"):
        repository.stage(f"{name}/event.yaml", f"name: {name}\nid: same\n")
    done = repository.hook("--all-files")
    assert done.returncode == 1
    assert done.stdout.count("[event.duplicate-id]") == 1


def test_options_are_those_of_the_command(repository: Repository) -> None:
    repository.stage("conf/event.yaml", FAULTY)
    assert repository.hook("--all-files", options="--ignore, date").returncode == 0
    done = repository.hook("--all-files", options="--format, github")
    assert "\n::warning file=conf/event.yaml,line=2,col=7,title=event.date::" in done.stdout


def test_what_it_installs_brings_the_schema_and_its_japanese(repository: Repository) -> None:
    repository.stage("conf/event.yaml", FIXED)
    assert repository.hook("--all-files").returncode == 0
    (package,) = repository.home.glob("**/site-packages/eventreports")
    installed = (package / FILE_NAME).read_text(encoding="utf-8")
    assert installed == (ROOT / "_ext" / "eventreports" / FILE_NAME).read_text(encoding="utf-8")
    (command,) = repository.home.glob("repo*/py_env-*/*/eventreports*")
    assert run(repository.folder, str(command), "schema").stdout == schema_text()
    printed = run(repository.folder, str(command), "schema", "events.json").stdout
    assert printed == schema_text("events.json")
