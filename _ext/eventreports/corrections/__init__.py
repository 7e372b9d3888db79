"""Keys and values that are not those of the model: what was meant, and the message that says so.

Where the meaning is certain, and nothing is lost, what was meant is read; else the message says
what to write, and the value is left out. Which words mean what is data, in :mod:`..core.key_words`.
"""

from .base import VISIBILITY, Correction, is_about_visibility
from .keys import of_key
from .values import of_value

__all__ = ["VISIBILITY", "Correction", "is_about_visibility", "of_key", "of_value"]
