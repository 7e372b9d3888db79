"""The site. ``language`` alone makes it Japanese or English."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

# In English: SITE_LANGUAGE=en, or -D language=en. Read the Docs has a project for each language.
language = os.environ.get("SITE_LANGUAGE") or os.environ.get("READTHEDOCS_LANGUAGE", "ja")
project = "イベントレポート"
author = "イベントレポート"
project_copyright = author
# EPUB asks for a version. There is no release: pages and PDFs show none.
version = "1"

extensions = ["myst_parser", "eventreports", "typstprint", "cjksearch"]
# What a checkout has beside the pages.
exclude_patterns = [
    ".*",
    "_build",
    "_ext",
    "_static",
    "bench",
    "build",
    "dist",
    "docs",
    "env",
    # Examples that pages of the guide show.
    "guide/first-report",
    "guide/sample",
    "node_modules",
    "tests",
    "venv*",
    "*.egg-info",
    "**/node_modules",
    # README, CHANGELOG, …
    "[A-Z]*.md",
]
# The site's own pages are written in Japanese; their English is in these catalogs.
locale_dirs = ["locale"]
gettext_compact = False
gettext_location = False

# Dashes and quotes in notes stay as they were typed: `--amend` is an option.
smartquotes = False
myst_heading_anchors = 3
# Struck words have no form but HTML's; that they stand unstruck elsewhere is no fault.
suppress_warnings = ["myst.strikethrough"]
myst_enable_extensions = ["colon_fence", "deflist", "strikethrough", "tasklist"]

html_theme = "eventreports"
html_static_path = ["_static"]
html_title = project
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_copy_source = False
html_context = {"default_mode": "auto"}
# A sidebar of all events would grow with them, on each of their pages.
_WITHOUT_SIDEBAR = ("index", "events/**", "people", "organizations", "topics", "slides")
html_sidebars: dict[str, list[str]] = {page: [] for page in _WITHOUT_SIDEBAR}
html_theme_options = {
    "navbar_align": "left",
    "search_bar_text": "セッション、登壇者、メモの言葉",
}

# Whoever searches for one of these names finds the others.
cjksearch_synonyms = [
    ["Kubernetes", "k8s"],
    ["機械学習", "machine learning"],
    ["マイクロサービス", "microservices"],
    ["サーバーレス", "serverless"],
    ["オブザーバビリティ", "可観測性", "observability", "o11y"],
    ["国際化", "internationalization", "i18n"],
    ["アクセシビリティ", "accessibility", "a11y"],
    ["継続的インテグレーション", "continuous integration", "CI"],
]

man_pages = [("index", "event-reports", project, author, 7)]
man_show_urls = True
latex_documents = [("index", "event-reports.tex", project, author, "manual")]
latex_show_urls = "footnote"
latex_toplevel_sectioning = "part"
# The one engine that sets Japanese in a site of either language.
latex_engine = "lualatex"
latex_docclass = {"manual": "ltjsbook"}
latex_elements = {
    "papersize": "a4paper",
    "extraclassoptions": "openany,oneside",
    # What is English is to be hyphenated in Japanese, too; and chapters look as the class has them.
    "polyglossia": "",
    "fncychap": "",
    # Sphinx's own styles expect a room below the text, a label as wide as its line, and an index
    # that does not enter itself into the contents; this class has none of them.
    "preamble": r"""
\usepackage[haranoaji]{luatexja-preset}
\usepackage{xurl}
\setlength{\footskip}{30pt}
\renewcommand*{\descriptionlabel}[1]{\hspace\labelsep\headfont #1\hfil}
\renewenvironment{sphinxtheindex}{\clearpage\phantomsection\begin{theindex}}{\end{theindex}}
\makeatletter
% English apostrophes are not as wide as kanji.
\if@english \ltjsetparameter{jacharrange={-3,-9}}\fi
\makeatother
""",
}
epub_show_urls = "inline"
typstprint_show_urls = "inline"

_IN_ENGLISH = {"project": "Event reports", "author": "Event reports", "html_title": "Event reports"}


def name_site(_app: Sphinx, config: Config) -> None:
    """Give the site its name in its language."""
    if not config.language.startswith("ja"):
        for setting, text in _IN_ENGLISH.items():
            setattr(config, setting, text)
        for setting in ("latex_documents", "man_pages"):
            named = [
                tuple(config.project if part == project else part for part in one)
                for one in getattr(config, setting)
            ]
            setattr(config, setting, named)
        config.latex_elements["extraclassoptions"] += ",english"
        config.html_theme_options["search_bar_text"] = "Sessions, speakers, words of the notes"


def setup(app: Sphinx) -> None:
    app.connect("config-inited", name_site)
