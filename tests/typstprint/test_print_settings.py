"""What may be set in ``conf.py``: what is wrong is reported once, with what would be right."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import typst

import typstprint
from conftest import Site
from printing import CONF, build, says
from typstprint.options import PAPERS
from typstprint.settings import Settings, usable

BOOK: list[Any] = [("index", "book", "Site", "The authors", True, {})]


def reported(folder: Path, **given: Any) -> tuple[Settings, list[str]]:
    """Return what is usable of some settings, and what is reported of the others."""
    prefix = Settings.prefix
    right, faults = Settings.checked({f"{prefix}{name}": one for name, one in given.items()})
    said = [fault.text() for fault in faults]
    values = {"documents": BOOK, **{name.removeprefix(prefix): one for name, one in right.items()}}
    settings = usable(
        Settings(**values),
        folder,
        lambda name, fault: said.append(f"typstprint_{name}: {fault.text()}"),
    )
    return settings, said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("fonts", "Noto Sans CJK JP", "must be a list of names of fonts, such as ['Noto Sans CJK"),
        ("fonts", [3], "not [3]"),
        ("fonts", [], "not []"),
        ("font_paths", "fonts", "must be a list of paths from the folder of conf.py, not 'fonts'"),
        ("font_paths", ["nope"], "there is no folder “nope” in "),
        ("looks", ["nope.typ"], "there is no file “nope.typ” in "),
        ("template", "nope.typ", "there is no file “nope.typ” in "),
        ("template", None, "must be a text, not None"),
        ("additional_files", ["nope"], "there is no file or folder “nope” in "),
        ("additional_files", ["template.typ"], "in the place of what is made here"),
        ("additional_files", ["../"], "leads out of "),
        ("additional_files", ["/etc/hosts"], "leads out of "),
        ("standards", ["foo"], "must be a list of some of '1.4', '1.5',"),
        ("standards", "ua-1", "not 'ua-1'"),
        ("standards", ["a-2b", "a-3b"], "a-2b, a-3b do not go together: "),
        ("show_urls", "yes", "must be one of 'no', 'inline', 'footnote', 'qr', not 'yes'"),
        ("show_urls", ["no"], "not ['no']"),
        ("options", ["a4"], "must be a dictionary, not ['a4']"),
        ("options", {"papr": "a5"}, "there is no setting “papr” (did you mean “paper”?)"),
        ("documents", "index", "must be a list of (page, file, title, author, is a book, options)"),
    ],
)
def test_a_wrong_setting_is_reported_with_what_would_be_right(
    tmp_path: Path, name: str, value: object, said: str
) -> None:
    (tmp_path / "template.typ").touch()
    settings, (fault,) = reported(tmp_path, **{name: value})
    assert re.match(rf"typstprint_{name}\b", fault)
    assert said in fault
    assert settings == reported(tmp_path)[0]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("index", "two may do, not 'index'"),
        (5, "not 5"),
        (("index",), "not ('index',)"),
        ((3, "b"), "the page must be a name such as “index”, not 3"),
        (("index", None), "a name without an ending, such as “book” or “handouts/one”, not None"),
        (("index", ""), "not ''"),
        (("index", "../../x"), "not '../../x'"),
        (("index", "/x"), "not '/x'"),
        (("index", "./x"), "not './x'"),
        (("index", "a\\b"), "that every system takes for a file's"),
        (("index", "a\nb"), "that every system takes for a file's"),
        (("index", "template"), "may not be “template”"),
        (("index", "looks-0"), "may not be “looks-0”"),
        (("index", "_images/x"), "may not be “_images/x”"),
        (("index", "more"), "may not be “more”"),
    ],
)
def test_a_document_that_cannot_be_is_left_out(tmp_path: Path, entry: object, said: str) -> None:
    (tmp_path / "more.typ").touch()
    given = [entry, ("other", "fine")]
    settings, (fault,) = reported(tmp_path, documents=given, additional_files=["more.typ"])
    assert said in fault
    assert [one[1] for one in settings.documents] == ["fine"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (("index", "b", 3), "documents: “b”: title must be a text, not 3"),
        (("index", "b", "", "", "manual"), "“b”: is_book must be True or False, not 'manual'"),
        (("index", "b", "", "", True, 3), "“b”: options must be a dictionary, not 3"),
    ],
)
def test_of_a_document_only_what_is_wrong_is_left_out(
    tmp_path: Path, entry: object, said: str
) -> None:
    settings, (fault,) = reported(tmp_path, documents=[entry])
    assert said in fault
    assert settings.documents == [("index", "b", "", "", True, {})]


def test_typst_knows_all_papers() -> None:
    source = "".join(f"#set page(paper: {name!r})\n".replace("'", '"') for name in sorted(PAPERS))
    fonts = typst.Fonts(include_system_fonts=False)
    assert typst.compile(source.encode(), font_paths=fonts) is not None


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


@pytest.mark.slow
def test_settings_are_reported_of_by_sphinx_and_all_is_printed(book: Site) -> None:
    wrong: dict[str, Any] = {
        "typstprint_fonts": [3],
        "typstprint_standards": ["foo"],
        "typstprint_template": "nope.typ",
        "typstprint_show_urls": "yes",
        "typstprint_documents": [("index", "book"), 5],
    }
    built = build(book, "# Site\n\nWords\n", **wrong)
    assert all("[typstprint.setting]" in line for line in built.warnings)
    for name in wrong:
        assert [line for line in built.warnings if name in line]
    assert len(built.warnings) == len(wrong)
    assert says(built.outdir / "book.pdf", "Words")


@pytest.mark.slow
def test_what_conf_py_sets_late_is_in_the_title(book: Site) -> None:
    late = "def setup(app):\n    app.connect('config-inited', lambda _a, c: c.update_project())\n"
    late = late.replace("c.update_project()", "setattr(c, 'project', 'Late')")
    (book.folder / "conf.py").write_text(CONF + late, encoding="utf-8")
    assert 'title: "Late"' in build(book, "# Site\n").text("book.typ")


@pytest.mark.slow
def test_looks_are_of_the_folder_of_conf_py_and_may_have_one_name(book: Site) -> None:
    for name in "ab":
        look = f"#let looks = (containers: ({name}: it => [LOOK {name} #it]))\n"
        book.write({f"{name}/print.typ": look})
    page = "# Site\n\n:::{container} a\none\n:::\n\n:::{container} b\ntwo\n:::\n"
    built = build(book, page, typstprint_looks=["a/print.typ", "b/print.typ"])
    assert built.warnings == []
    assert says(built.outdir / "book.pdf", "LOOK a one LOOK b two")


@pytest.mark.slow
def test_a_template_of_ones_own_has_files_beside_it(book: Site) -> None:
    own = (Path(typstprint.__file__).parent / "template.typ").read_text(encoding="utf-8")
    own = '#import "more.typ": more\n' + own.replace("#let paragraph(", "#let old(")
    own += "#let paragraph(..all, body) = par[#more#body]\n"
    book.write({"print/own.typ": own, "print/more.typ": "#let more = [More]\n"})
    book.write({"print/data/x.txt": "x"})
    files = ["print/more.typ", "print/data"]
    conf: dict[str, Any] = {"typstprint_template": "print/own.typ"}
    built = build(book, "# Site\n\nWords\n", typstprint_additional_files=files, **conf)
    assert built.warnings == []
    assert says(built.outdir / "book.pdf", "More Words")
    assert (built.outdir / "data" / "x.txt").is_file()
    book.write({"print/more.typ": "#let more = [Other]\n"})
    built = build(book, "# Site\n\nWords\n", typstprint_additional_files=files, **conf)
    assert says(built.outdir / "book.pdf", "Other Words")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_of_additional_files_none_leads_out(book: Site) -> None:
    secret = book.folder.parent / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    book.write({"data/x.txt": "x", "index.md": "# Site\n"})
    (book.folder / "link.txt").symlink_to(secret)
    (book.folder / "data/link.txt").symlink_to(secret)
    (book.folder / "data/folder").symlink_to(secret.parent)
    (book.folder / "data/up").symlink_to("..")
    (book.folder / "data/fine.txt").symlink_to("x.txt")
    files = ["data", "link.txt", "../secret.txt"]
    # Sphinx itself looks for pages behind links, in circles too.
    settings: dict[str, Any] = {"exclude_patterns": ["_build", "data"]}
    built = book.build("typstprint-src", typstprint_additional_files=files, **settings)
    names = {path.name for path in built.outdir.rglob("*") if "secret" not in path.name}
    assert {"x.txt", "fine.txt"} <= names
    assert not {"link.txt", "folder", "up"} & names
    assert not (built.outdir / "secret.txt").exists()
    for name in ("“link.txt”", "“../secret.txt”", "data/link.txt", "data/folder"):
        assert sum(name in one for one in built.warnings) == 1, built.warnings
    assert len(built.warnings) == 4
