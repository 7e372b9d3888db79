"""``event:keys`` and ``event:problems``: the guide's tables, made of the model and of the codes."""

import html
import re

import pytest
from docutils import nodes

from conftest import ROOT, Built, Site
from eventreports.core.entity import Entity, shape
from eventreports.core.i18n import translations
from eventreports.core.model import ENTITIES, REGISTER_ENTITIES
from eventreports.core.problems import Code, Severity
from eventreports.core.value_types import ValueType
from eventreports.yaml import limits

ALL = (*ENTITIES, *REGISTER_ENTITIES)
KINDS = {entity.__name__.lower(): entity for entity in ALL}
each_kind = pytest.mark.parametrize("kind", KINDS)
each_severity = pytest.mark.parametrize("severity", Severity)


def fence(name: str, argument: str) -> str:
    return f"```{{event:{name}}} {argument}\n```\n\n"


KEYS = "# Keys\n\n" + "".join(fence("keys", kind) for kind in KINDS)
PROBLEMS = "# Problems\n\n" + "".join(fence("problems", severity) for severity in Severity)
INDEX = "# Site\n\n```{toctree}\n:glob:\n\n*\n```\n"


@pytest.fixture(scope="module", params=["ja", "en"])
def reference(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site of all tables, in a language."""
    site = Site(tmp_path_factory.mktemp("reference"))
    site.write({"index.md": INDEX, "keys.md": KEYS, "problems.md": PROBLEMS})
    built = site.build(language=request.param)
    assert built.warnings == []
    return built


def tables(built: Built, docname: str) -> list[nodes.table]:
    return list(built.doctree(docname).findall(nodes.table))


def rows(table: nodes.table) -> list[list[str]]:
    """The words of the table's cells, below its head."""
    body = next(iter(table.findall(nodes.tbody)))
    return [[cell.astext() for cell in row.children] for row in body.children]


def translation(message: str, language: str) -> str:
    return translations(language).gettext(message)


def said(built: Built, message: str) -> str:
    """A message in the site's language, as a page shows it."""
    return translation(message, built.app.config.language).replace("`", "")


def is_japanese(text: str) -> bool:
    return re.search(r"[ぁ-ヿ一-鿿]", text) is not None


# What the tables say


@pytest.mark.matrix
@each_kind
def test_every_key_is_in_the_table_of_its_kind(reference: Built, kind: str) -> None:
    entity = KINDS[kind]
    table = tables(reference, "keys")[[*KINDS].index(kind)]
    found = rows(table)
    assert [row[0] for row in found] == [*entity.model_fields]
    for key, meaning, form, example in found:
        field = entity.model_fields[key]
        assert meaning.startswith(said(reference, field.description or "none"))
        assert meaning.endswith(said(reference, "Required.")) == (key in entity.required)
        assert form.endswith(words_of_form(reference, entity, key))
        assert form.startswith(said(reference, "one or more")) == shape(entity, key).is_list
        assert example in (field.examples or [])


def words_of_form(built: Built, entity: type[Entity], key: str) -> str:
    of, _is_list = shape(entity, key)
    return said(built, of.label if isinstance(of, ValueType) else of.called)


def test_every_word_of_a_closed_set_is_explained(reference: Built) -> None:
    found = {row[0]: row[1] for table in tables(reference, "keys") for row in rows(table)}
    of, _is_list = shape(KINDS["resource"], "status")
    assert isinstance(of, ValueType)
    for word, meaning in zip(of.schema["enum"], of.schema["enumDescriptions"], strict=True):
        assert f"{word}{said(reference, ': ')}{said(reference, meaning)}" in found["status"]


@each_severity
def test_every_code_is_in_the_table_of_its_severity(reference: Built, severity: Severity) -> None:
    table = tables(reference, "problems")[[*Severity].index(severity)]
    assert rows(table) == [
        [code.label, said(reference, code.cause), said(reference, code.cure)]
        for code in Code
        if code.severity is severity
    ]


def test_the_heads_are_in_the_site_s_language(reference: Built) -> None:
    heads = [
        cell.astext()
        for docname in ("keys", "problems")
        for head in tables(reference, docname)[0].findall(nodes.thead)
        for cell in head.findall(nodes.entry)
    ]
    english = ["Key", "Meaning", "Form", "Example", "Code", "What is wrong", "What to do"]
    assert heads == [said(reference, head) for head in english]
    assert reference.app.config.language == "en" or all(map(is_japanese, heads))


def test_names_and_examples_are_code_on_the_page(reference: Built) -> None:
    page = reference.text("keys.html")
    assert re.search(r"<code[^>]*><span class=\"pre\">start_date</span></code>", page)
    assert re.search(r"<code[^>]*>.*?https://example\.com/edge.*?</code>", page)
    assert "`" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


# Where they lead


def ids(page: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]*)"', page))


def links(built: Built, page: str) -> list[str]:
    """Where the page's tables lead."""
    found = re.findall(r'<a class="reference internal" href="([^"]*event-[^"]*)"', built.text(page))
    return [html.unescape(link) for link in found]


def kinds_within(*kinds: str) -> list[str]:
    """The tables that those of some kinds refer to, in the order of the keys."""
    return [
        f"event-keys-{of.__name__.lower()}"
        for kind in kinds
        for key in KINDS[kind].model_fields
        if not isinstance(of := shape(KINDS[kind], key).of, ValueType)
    ]


def test_kinds_lead_to_their_own_tables(reference: Built) -> None:
    assert links(reference, "keys.html") == [f"#{place}" for place in kinds_within(*KINDS)]


def test_every_table_and_every_code_has_a_place(reference: Built) -> None:
    assert {f"event-keys-{kind}" for kind in KINDS} <= ids(reference.text("keys.html"))
    assert {f"event-{code.label}" for code in Code} <= ids(reference.text("problems.html"))
    for page in ("keys.html", "problems.html"):
        found = re.findall(r'\bid="([^"]*)"', reference.text(page))
        assert len(found) == len(set(found))


@pytest.mark.parametrize("parallel", [0, 2])
def test_tables_on_different_pages_lead_to_each_other(site: Site, parallel: int) -> None:
    site.write({"index.md": INDEX})
    for kind in KINDS:
        site.write({f"event-keys-{kind}.md": f"# {kind}\n\n{fence('keys', kind)}"})
    built = site.build(parallel=parallel)
    assert built.warnings == []
    for kind in KINDS:
        page = f"event-keys-{kind}.html"
        assert f"event-keys-{kind}" in ids(built.text(page))
        within = [f"#{place}" for place in kinds_within(kind)]
        # A session may consist of sessions: that table is on its own page.
        expected = [place if place[1:] in page else f"{place[1:]}.html{place}" for place in within]
        assert links(built, page) == expected


def test_a_page_that_is_a_folder_is_led_to_as_well(site: Site) -> None:
    site.write({"index.md": INDEX, "keys.md": KEYS, "a.md": "# A\n\n{ref}`event-keys-person`\n"})
    built = site.build("dirhtml")
    assert built.warnings == []
    assert links(built, "a/index.html") == ["../keys/#event-keys-person"]
    assert "event-keys-person" in ids(built.text("keys/index.html"))


def test_a_kind_without_a_table_is_a_word(site: Site) -> None:
    site.write({"index.md": f"# Site\n\n{fence('keys', 'sponsortier')}"})
    built = site.build(language="en")
    assert built.warnings == []
    assert links(built, "index.html") == []
    assert rows(tables(built, "index")[0])[1][2] == "one or more: organization"


def test_any_page_can_refer_to_a_code_or_a_table(site: Site) -> None:
    references = "{ref}`event-date` [](#event-limit) {ref}`event-keys-person` {ref}`so <event-url>`"
    pages = {"keys.md": KEYS, "problems.md": PROBLEMS, "a.md": f"# A\n\n{references}\n"}
    site.write({"index.md": INDEX, **pages})
    built = site.build(language="en")
    assert built.warnings == []
    found = re.findall(
        r'<a class="reference internal" href="(\w+\.html#event-[^"]*)"><span[^>]*>(.*?)</span></a>',
        built.text("a.html"),
    )
    assert found == [
        ("problems.html#event-date", "date"),
        ("problems.html#event-limit", "limit"),
        ("keys.html#event-keys-person", "person"),
        ("problems.html#event-url", "so"),
    ]


def test_what_was_referred_to_and_is_gone_is_reported_in_a_second_build(site: Site) -> None:
    site.write({"index.md": INDEX, "problems.md": PROBLEMS, "a.md": "# A\n\n{ref}`event-date`\n"})
    assert site.build().warnings == []
    site.write({"problems.md": "# Problems\n", "a.md": "# A\n\nStill {ref}`event-date`\n"})
    (warning,) = site.build().warnings
    assert "event-date" in warning


# What is wrong with them


@pytest.mark.parametrize(
    ("name", "argument", "known"),
    [
        ("keys", "evnt", [*KINDS]),
        ("problems", "errors", [*Severity]),
    ],
)
def test_an_unknown_argument_is_a_warning_that_names_the_known_ones(
    site: Site, name: str, argument: str, known: list[str]
) -> None:
    site.write({"index.md": f"# Site\n\nBefore.\n\n{fence(name, argument)}After.\n"})
    built = site.build()
    reported = "\n".join(built.warnings)
    assert re.search(r"index\.md:5: (WARNING|ERROR): ", reported)
    assert argument in reported
    assert [word for word in known if word not in reported] == []
    assert "After." in built.text("index.html")


@pytest.mark.parametrize("argument", ["", "event session"])
def test_one_argument_is_needed_and_no_more(site: Site, argument: str) -> None:
    site.write({"index.md": f"# Site\n\n{fence('keys', argument)}After.\n"})
    built = site.build()
    assert "index.md:3: " in built.warnings[0]
    assert "1 argument(s)" in "\n".join(built.warnings)
    assert "After." in built.text("index.html")


# In every builder


BUILDERS = {
    "html": "*.html",
    "dirhtml": "*/index.html",
    "singlehtml": "index.html",
    "latex": "book.tex",
    "text": "*.txt",
    "man": "book.7",
    "epub": "*.xhtml",
    "xml": "*.xml",
}


def squeezed(text: str) -> str:
    """Without what writers put between words, or within."""
    text = re.sub(r"<[^>]+>|\\(?:sphinx)?\w+\{\}|\\[%&:]", "", html.unescape(text))
    return re.sub(r"[^\w]", "", text.replace("\\", ""))


@pytest.mark.matrix
@pytest.mark.slow
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_has_the_tables(site: Site, builder: str, language: str) -> None:
    site.write({"index.md": INDEX, "keys.md": KEYS, "problems.md": PROBLEMS})
    built = site.build(
        builder,
        language=language,
        man_pages=[("index", "book", "Book", ["A"], 7)],
        latex_documents=[("index", "book.tex", "Book", "A", "manual")],
        latex_engine="lualatex",
    )
    assert built.warnings == []
    pages = [path.read_text(encoding="utf-8") for path in built.outdir.glob(BUILDERS[builder])]
    found = squeezed("".join(pages))
    words = [code.label for code in Code] + [key for kind in ALL for key in kind.model_fields]
    assert [word for word in words if squeezed(word) not in found] == []


def test_links_of_latex_have_their_labels(site: Site) -> None:
    site.write({"index.md": INDEX, "keys.md": KEYS, "problems.md": PROBLEMS})
    built = site.build("latex", latex_documents=[("index", "book.tex", "Book", "A", "manual")])
    text = built.text("book.tex")
    wanted = re.findall(r"\\hyperref\[\\detokenize\{keys:(event-[^}]*)\}\]", text)
    assert wanted == kinds_within(*KINDS)
    assert {*wanted} <= set(re.findall(r"\\label\{\\detokenize\{keys:([^}]*)\}\}", text))


def test_the_tables_are_not_offered_for_translation(site: Site) -> None:
    """Their words have their own catalog."""
    site.write({"index.md": INDEX, "keys.md": KEYS, "problems.md": PROBLEMS})
    built = site.build("gettext")
    assert built.warnings == []
    catalogs = [path.read_text(encoding="utf-8") for path in built.outdir.glob("*.pot")]
    assert 'msgid "Problems"' in "".join(catalogs)
    assert "UTF-8" not in re.sub(r"charset=UTF-8", "", "".join(catalogs))


# Their words


def messages() -> list[str]:
    keys = [(kind, key) for kind in ALL for key in kind.model_fields]
    forms = [of for kind, key in keys if isinstance(of := shape(kind, key).of, ValueType)]
    said_of_keys = [kind.model_fields[key].description or "" for kind, key in keys]
    said_of_codes = [text for code in Code for text in (code.cause, code.cure)]
    said_of_forms = [
        text for of in forms for text in (of.label, *of.schema.get("enumDescriptions", ()))
    ]
    called = [kind.called for kind in ALL]
    return [*dict.fromkeys([*said_of_codes, *said_of_keys, *said_of_forms, *called])]


#: Words that are written the same in Japanese.
INTERNATIONAL = {"URL", "id"}


def test_every_word_of_the_tables_has_its_japanese() -> None:
    lacking = [text for text in messages() if not is_japanese(translation(text, "ja"))]
    assert {*lacking} <= INTERNATIONAL
    same = [text for text in messages() if translation(text, "ja") == text]
    assert {*same} <= INTERNATIONAL


def test_every_problem_has_a_cause_and_a_cure_in_both_languages() -> None:
    for code in Code:
        for text in (code.cause, code.cure):
            assert re.search(r"[.:…`]$", text), text
            assert not is_japanese(text.replace("未定", ""))
            assert translation(text, "ja").endswith("。"), text
            # What is code in one language is code in the other.
            assert text.count("`") % 2 == translation(text, "ja").count("`") % 2 == 0, text


def test_what_authors_type_is_the_same_in_both_languages() -> None:
    for text in messages():
        for name in re.findall(r"`([a-z_]+(?:\.yaml)?)`", text):
            assert f"`{name}`" in translation(text, "ja"), text


def test_the_limits_are_those_of_the_code() -> None:
    mebibytes = limits.MAX_BYTES // 1024**2
    millions = round(limits.MAX_SIZE / 1e6)
    for limit in (f"{mebibytes} MiB", f"{limits.MAX_DEPTH} levels", f"{millions} million"):
        assert limit in Code.LIMIT.cause
    in_japanese = translation(Code.LIMIT.cause, "ja")
    for limit in (f"{mebibytes} MiB", f"{limits.MAX_DEPTH}段", f"{millions}00万文字"):
        assert limit in in_japanese
    guide = (ROOT / "guide" / "problems.md").read_text(encoding="utf-8")
    for limit in (
        f"{mebibytes} MiB",
        f"{limits.MAX_DEPTH}段",
        f"{limits.MAX_SIZE:,}",
        f"{limits.SIZE_OF_A_VALUE}文字",
    ):
        assert limit in guide


def test_the_guide_has_each_table_once() -> None:
    pages = [path for path in (ROOT / "guide").glob("*.md") if path.name != "directives.md"]
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    shown = re.findall(r"^```\{event:(keys|problems)\} (\w+)$", text, flags=re.MULTILINE)
    expected = [("keys", kind) for kind in KINDS] + [("problems", one) for one in Severity]
    assert sorted(shown) == sorted(expected)
