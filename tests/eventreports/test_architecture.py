"""The script in ``docs/architecture.md``."""

import re

from conftest import ROOT


def test_the_way_of_a_fact_is_as_it_is_described() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 3
    exec(compile("".join(blocks), "architecture.md", "exec"), {})
