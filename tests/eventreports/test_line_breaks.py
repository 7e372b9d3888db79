"""Lines within Japanese text join without a blank; others keep theirs."""

import pytest

from conftest import Site


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("日本語の\n文章です。\n次の文。", "日本語の文章です。次の文。"),
        ("two\nwords", "two words"),
        ("日本語と\nEnglish と\n日本語", "日本語と English と日本語"),
        ("**太字**\nの後と\n*強調*", "**太字**の後と*強調*"),
        ("한국어\n문장", "한국어 문장"),
        ("- 項目の\n  続き\n- 次", "* 項目の続き * 次"),
    ],
)
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_lines_join(site: Site, source: str, shown: str, suffix: str) -> None:
    title = "# T" if suffix == "md" else "T\n="
    if suffix == "rst":
        # Inline markup needs a blank or an escape after it there.
        source = source.replace("**\nの", "**\\\nの").replace("と\n*強", "と\\ *強")
    site.write(
        {
            f"page.{suffix}": f"{title}\n\n{source}\n",
            "index.rst": "S\n=\n\n.. toctree::\n\n   page\n",
        }
    )
    text = site.build("text").text("page.txt").partition("\n\n")[2]
    assert " ".join(text.split()) == shown


def test_code_keeps_its_lines(site: Site) -> None:
    site.write({"index.md": "# T\n\n```text\n一行\n二行\n```\n"})
    assert "一行\n   二行" in site.build("text").text("index.txt")
