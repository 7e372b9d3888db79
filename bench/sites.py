"""Sites to measure, with any number of copies of an event."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: A report of the site itself.
SHIPPED = ROOT / "events" / "japan-container-days-v1804"
#: That of commands to measure: Python keeps what it has compiled, as it does on people's machines.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


def make_site(folder: Path, events: int, source: Path = SHIPPED) -> None:
    """Make a site whose events are copies of ``source``, with the site's own settings."""
    shutil.copytree(ROOT / "_static", folder / "_static")
    for name in ("conf.py", "index.md"):
        shutil.copy(ROOT / name, folder)
    # The extensions are used from this checkout; the guide is left out.
    conf = (folder / "conf.py").read_text(encoding="utf-8")
    conf = conf.replace("Path(__file__).parent", f"Path({str(ROOT)!r})")
    (folder / "conf.py").write_text(conf, "utf-8")
    others = ("guide/index", "people", "organizations", "topics", "slides")
    index = (folder / "index.md").read_text(encoding="utf-8").splitlines()
    lines = [line for line in index if line not in others]
    (folder / "index.md").write_text("\n".join([*lines, ""]), "utf-8")
    for number in range(events):
        event = folder / "events" / f"event-{number:04}"
        event.mkdir(parents=True)
        for file in source.iterdir():
            shutil.copyfile(file, event / file.name)
        data = (event / "event.yaml").read_text(encoding="utf-8")
        year = 2000 + number % 25
        data = data.replace("date: 2018-04-19", f"date: {year}-04-19")
        (event / "event.yaml").write_text(data, "utf-8")


def build(
    folder: Path,
    builder: str = "html",
    settings: Mapping[str, str] | None = None,
    *,
    warnings: Path | None = None,
) -> float:
    """Return the seconds of a command; what was built before is kept.

    A warning ends it, unless there is a file to write them to.
    """
    started = time.perf_counter()
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder]
    command += ["-w", str(warnings)] if warnings else ["-W"]
    command += ["-d", "_build/doctrees", ".", f"_build/{builder}"]
    for name, value in (settings or {}).items():
        command += ["-D", f"{name}={value}"]
    shown = subprocess.DEVNULL if warnings else None
    subprocess.run(command, cwd=folder, check=True, env=ENVIRONMENT, stderr=shown)
    return time.perf_counter() - started
