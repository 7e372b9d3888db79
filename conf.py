"""The site. One setting makes it English: SITE_LANGUAGE=en, or -D language=en."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

language = os.environ.get("SITE_LANGUAGE", "ja")
project = "イベントレポート"
author = "イベントレポート"

extensions = ["myst_parser", "sphinx_design", "eventreports"]
exclude_patterns = [
    "_build",
    "_ext",
    "_static",
    ".*",
    "bench",
    "tests",
    "*.egg-info",
    "README*.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}

# Dashes and quotes in notes stay as they were typed: `--amend` is an option.
smartquotes = False
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist", "strikethrough", "tasklist"]

html_theme = "pydata_sphinx_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_favicon = "_static/favicon.svg"
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_show_sourcelink = False
# A sidebar of all events would grow with them, on each of their pages.
html_context = {"default_mode": "auto"}
html_sidebars = {"events/**": []}
html_theme_options = {
    "show_toc_level": 2,
    "navigation_with_keys": False,
}
