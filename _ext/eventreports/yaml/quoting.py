"""Texts in quotes, as an author writes them."""

from typing import Final

_LONGEST: Final = 60
#: Quotes that an input method closes a text with.
_CLOSING: Final = "”’＂"


def quoted(text: str) -> str:
    """Return ``text`` as a scalar of YAML that says nothing else."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def unquoted(value: str) -> str:
    """Strip quotes that were meant to surround the whole value, as far as that can be told."""
    quote = value[:1]
    if quote not in ("'", '"'):
        return value
    within = value.strip(quote)
    if quote not in within and value.endswith(quote) and value != quote:
        # As many as there may be.
        return within
    count = value.count(quote)
    if count == 1:
        return value[1:].rstrip(_CLOSING)
    opens_another = value[value.index(quote, 1) - 1].isspace()
    return value[1:-1] if value.endswith(quote) and (count % 2 or opens_another) else value


def shown_in_quotes(text: str) -> str:
    """Return how ``text`` looks in quotes; of a long one the beginning."""
    return quoted(shortened(text))


def shortened(text: str) -> str:
    """Return the beginning of a long text, and any other as it is."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
