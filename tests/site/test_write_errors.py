"""A full disk, and a project that may only be read: one message, and the next build is right."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Built, Site
from sphinxcommon.files import write_whole

CONF = """\
project = "Site"
extensions = ["myst_parser", "eventreports", "typstprint", "cjksearch"]
exclude_patterns = ["_build"]
html_copy_source = False
"""
INDEX = "# Site\n\n```{toctree}\nevents/years/index\n```\n"

Fill = Callable[..., None]


@pytest.fixture
def reports(site: Site) -> Site:
    site.write({"conf.py": CONF, "index.md": INDEX})
    for name in "abc":
        site.event(name, f"name: {name}\ndate: 2020-01-02\nsessions: [Talk]\n")
    return site


@pytest.fixture
def fill(monkeypatch: pytest.MonkeyPatch) -> Fill:
    """Let there be no room for files of some names; what is begun is left."""

    def fill(*endings: str, number: int = errno.ENOSPC) -> None:
        for method in ("write_text", "write_bytes"):
            original = getattr(Path, method)

            def write(
                path: Path, data: Any, *args: Any, _original: Any = original, **kw: Any
            ) -> Any:
                if str(path).endswith(endings):
                    _original(path, data[: len(data) // 2], *args, **kw)
                    raise OSError(number, os.strerror(number), str(path))
                return _original(path, data, *args, **kw)

            monkeypatch.setattr(Path, method, write)

    return fill


def outputs(built: Built) -> dict[str, bytes]:
    """All files that do not say when they were made."""
    files = (path for path in built.outdir.rglob("*") if path.is_file())
    return {
        path.relative_to(built.outdir).as_posix(): path.read_bytes()
        for path in files
        if path.suffix not in (".json", ".digest")
    }


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path, fill: Fill) -> None:
    path = tmp_path / "index.md"
    write_whole(path, b"as it was")
    fill("index.md.part")
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"another text")
    assert path.read_bytes() == b"as it was"
    assert [one.name for one in tmp_path.iterdir()] == ["index.md"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("builder", "endings"),
    [
        ("text", (".txt",)),
        ("html", ("events/b/index.html", ".buildinfo")),
        ("html", ("cjksearch/site.js",)),
        ("html", ("cjksearch/i/0.js", "cjksearch/r/0.js")),
        ("html", ("cjksearch-html/.table.part",)),
        ("html", (".new.part",)),
        ("typstprint", ("a.typ", "book.typ")),
    ],
)
def test_a_full_disk_is_one_message_and_the_next_build_is_right(
    reports: Site,
    builder: str,
    endings: tuple[str, ...],
    fill: Fill,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports.build(builder)
    reports.event("b", "name: b\ndate: 2020-01-03\nsessions: [Talk, Another]\n")
    reports.write({"index.md": INDEX.replace("Site", "Another")})
    fill(*endings)
    built = reports.build(builder)
    monkeypatch.undo()
    (line,) = built.warnings
    assert "No space left on device" in line
    assert built.app.statuscode == 1
    again = reports.build(builder)
    assert again.warnings == []
    assert again.app.statuscode == 0
    found = outputs(again)
    shutil.rmtree(reports.folder / "_build")
    assert found == outputs(reports.build(builder))


def test_where_sphinx_ends_the_build_the_message_is_the_same(
    reports: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dump(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("sphinx.builders.pickle.dump", dump)
    with pytest.raises(SystemExit) as ended:
        reports.build("text")
    assert ended.value.code == 2
    monkeypatch.undo()
    assert reports.build("text").warnings == []


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_years_that_cannot_be_written_are_one_message(
    reports: Site, number: int, fill: Fill
) -> None:
    fill(".md.part", number=number)
    built = reports.build("text")
    (line,) = built.warnings
    assert "the years' pages cannot be written" in line
    assert os.strerror(number) in line
    assert built.app.statuscode == 1
    assert built.text("events/a/index.txt")


def test_a_file_in_the_place_of_the_years_is_reported(reports: Site) -> None:
    reports.write({"events/years": "a file"})
    built = reports.build("text")
    (line,) = built.warnings
    assert "the years' pages cannot be written" in line
    assert built.app.statuscode == 1


def test_pdfs_that_cannot_be_copied_are_reported(reports: Site, monkeypatch: Any) -> None:
    reports.write({"_build/typst/book.pdf": "%PDF"})

    def copy(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("shutil.copy2", copy)
    built = reports.build("html", eventreports_pdf_folder="_build/typst")
    (line,) = built.warnings
    assert "the PDFs that pages offer cannot be written" in line
    assert built.app.statuscode == 1
