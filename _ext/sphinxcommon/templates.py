"""Keep what templates are compiled to, so that later builds need not compile them.

A build of one page spends a fifth of its time on that.
"""

from pathlib import Path

import jinja2
import sphinx
from sphinx.application import Sphinx
from sphinx.jinja2glue import BuiltinTemplateLoader


def keep_compiled(app: Sphinx) -> None:
    """Keep the compiled templates of the builder beside the doctrees.

    Jinja compiles a template again whose text has changed (`Bytecode Cache
    <https://jinja.palletsprojects.com/en/stable/api/#bytecode-cache>`__).
    """
    # Builders that need no templates have none; others may keep them already.
    templates = getattr(app.builder, "templates", None)
    if isinstance(templates, BuiltinTemplateLoader) and not templates.environment.bytecode_cache:
        folder = Path(app.doctreedir, "templates")
        folder.mkdir(parents=True, exist_ok=True)
        # Other versions may compile the same text to something else.
        name = f"%s.sphinx-{sphinx.__version__}-jinja-{jinja2.__version__}"
        cache = jinja2.FileSystemBytecodeCache(str(folder), name)
        templates.environment.bytecode_cache = cache
