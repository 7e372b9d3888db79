"""Templates are compiled once, and again when their text changes."""

from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2.sandbox import SandboxedEnvironment

from conftest import CONF, Site

CONFIG = CONF + 'templates_path = ["_templates"]\n'


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the names of the templates that are compiled, which other tests share."""
    monkeypatch.setattr("sphinx.jinja2glue.SandboxedEnvironment", SandboxedEnvironment)
    names: list[str] = []
    compile_template = jinja2.Environment.compile

    def compile_noted(self: jinja2.Environment, source: Any, name: str, *rest: Any) -> Any:
        names.append(Path(name).name)
        return compile_template(self, source, name, *rest)

    monkeypatch.setattr(jinja2.Environment, "compile", compile_noted)
    return names


def test_templates_are_compiled_once(site: Site, compiled: list[str]) -> None:
    template = (
        '{{% extends "!page.html" %}}{{% block body %}}{{{{ body }}}}<p>{}</p>{{% endblock %}}'
    )
    site.write({"conf.py": CONFIG, "_templates/page.html": template.format("左")})
    site.build()
    assert {"page.html", "layout.html"} <= set(compiled)
    compiled.clear()
    site.write({"index.md": "# 別の題名\n"})
    assert "別の題名" in site.build().text("index.html")
    assert compiled == []
    site.write({"_templates/page.html": template.format("右")})
    assert "右" in site.build().text("index.html")
    assert compiled == ["page.html"]
