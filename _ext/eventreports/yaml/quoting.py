"""Texts in quotes, as an author writes them."""

from typing import Final

_LONGEST: Final = 60


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
    count = value.count(quote)
    if value.endswith(quote) and (count == 2 or count % 2):
        return value[1:-1] if count > 1 else value[1:]
    return value[1:] if count == 1 else value


def shown_in_quotes(text: str) -> str:
    """Return how ``text`` looks in quotes; of a long one the beginning."""
    return quoted(shortened(text))


def shortened(text: str) -> str:
    """Return the beginning of a long text, and any other as it is."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
