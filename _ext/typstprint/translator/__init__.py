"""The document tree → Typst source.

Each element becomes a call of a function of the template's, or of Typst's own; how it looks is
for the template to say, so that a site's own can say otherwise. The visitors stand in modules by
topic: ``visit_strong`` is in ``inline``, ``visit_table`` in ``tables``.
"""

from .blocks import Blocks
from .code_and_math import CodeAndMath
from .figures import Figures
from .inline import Inline
from .lists import Lists
from .sections import Sections
from .signatures import Signatures
from .tables import Tables


class TypstTranslator(Sections, Lists, Blocks, Tables, Figures, CodeAndMath, Inline, Signatures):
    """Writes the Typst source of one document."""
