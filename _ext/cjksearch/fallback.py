"""The index for browsers that may not run the other: Sphinx's own, of pairs of characters.

Sphinx's index says which documents a term is in, and not where. So each record goes in as a
document, and pairs of neighbouring characters as terms: all pairs of 機械学習 are hardly
anywhere but where 機械学習 is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.search import IndexBuilder, SearchLanguage
from sphinx.util.docutils import new_document

from .folding import SYMBOLS, is_word, short_spellings, tokens
from .records import Record

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

LANGUAGE: Final = "cjksearch"
#: These begin the terms of names and of titles around, and no others.
NAME: Final = "@"
AROUND: Final = "~"


def terms(text: str) -> Iterator[str]:
    """Each token, and each pair of neighbours: 機, 械, 機械; scale, out, “scale out”.

    What stands around a symbol belongs together: where 2.1 and 1.0 are, there is no 2.0.
    """
    for line in text.split("\n"):
        found = tokens(line)
        yield from found
        for first, second in pairwise(found):
            # 10:00 is no 1,000.
            words, numbers = is_word(first), first.isdecimal()
            is_alike = is_word(second) if words else numbers and second.isdecimal()
            blank = " " if is_alike else ""
            yield f"{first}{blank}{second}"
        for first, middle, last in zip(found, found[1:], found[2:], strict=False):
            if middle in SYMBOLS:
                yield f"{first}{middle}{last}"


class PairsOfCharacters(SearchLanguage):
    """Cuts text into the terms of this index, in whatever language it is."""

    lang = LANGUAGE
    language_name = "Chinese, Japanese, Korean and others"
    js_stemmer_code = "function Stemmer() { this.stemWord = (word) => word; }"

    def split(self, input: str) -> list[str]:  # noqa: A002
        return list(terms(input))

    def stem(self, word: str) -> str:
        return word

    def word_filter(self, word: str) -> bool:
        return bool(word)


class RecordIndex(IndexBuilder):
    """Sphinx's index of records, each of which goes in as a document."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env, LANGUAGE, {}, "")

    def add(self, row: int, record: Record, url: str) -> None:
        """Feed a record; its names, and the titles around it, have terms of their own."""
        key = f"{row:06}"
        text = "\n".join((record.text, *short_spellings(f"{record.title}\n{record.text}")))
        document = new_document(url)
        document += nodes.section("", nodes.title("", record.title), nodes.paragraph("", text))
        self.feed(key, url, record.title, document)
        for mark, lines in ((NAME, record.facts.names), (AROUND, record.parents)):
            for term in terms("\n".join(lines)):
                self._mapping.setdefault(mark + term, set()).add(key)
