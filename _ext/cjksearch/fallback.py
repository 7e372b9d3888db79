"""The fallback for browsers that cannot run Pagefind: Sphinx's own index, of pairs of characters.

Sphinx's index knows which documents a term is in, and not where in them. So each record is indexed
as a document, and pairs of adjacent characters as terms: all pairs of 機械学習 are hardly ever in a
text without 機械学習.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.search import IndexBuilder, SearchLanguage
from sphinx.util.docutils import new_document

from .folding import SYMBOLS, is_word, short_spellings, tokens
from .records import Record

LANGUAGE: Final = "cjksearch"
#: Control characters that begin lines of names, and of the titles of parents.
_NAME: Final = "\x01"
_AROUND: Final = "\x02"
#: What their terms begin with; others do not.
_PREFIXES: Final = {_NAME: "@", _AROUND: "~"}


def terms(line: str) -> Iterator[str]:
    """Yield each token, and each pair of adjacent ones: 機, 械, 機械; scale, out, “scale out”.

    A symbol is a term with both of its neighbours, too: a text with 2.1 and 1.0 has no 2.0.
    """
    found = tokens(line)
    yield from found
    for first, second in pairwise(found):
        # With a space between alike ones: 10:00 is not 1,000.
        words, numbers = is_word(first), first.isdecimal()
        is_alike = is_word(second) if words else numbers and second.isdecimal()
        space = " " if is_alike else ""
        yield f"{first}{space}{second}"
    for first, middle, last in zip(found, found[1:], found[2:], strict=False):
        if middle in SYMBOLS:
            yield f"{first}{middle}{last}"


class PairsOfCharacters(SearchLanguage):
    """The pseudo language of this index: it splits text of any language into terms."""

    lang = LANGUAGE
    language_name = "Chinese, Japanese, Korean and others"
    js_stemmer_code = "function Stemmer() { this.stemWord = (word) => word; }"

    def split(self, input: str) -> list[str]:  # noqa: A002
        """Split a text into terms."""
        return [
            f"{_PREFIXES.get(line[:1], '')}{term}"
            for line in input.split("\n")
            for term in terms(line)
        ]

    def word_filter(self, word: str) -> bool:
        """Return whether to index a word: always."""
        return bool(word)


class RecordIndex(IndexBuilder):
    """Sphinx's index, with records for documents."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env, LANGUAGE, {}, "")

    def add(self, row: int, record: Record, url: str) -> None:
        """Index a record; its names, and the titles of its parents, have terms of their own."""
        lines = [record.text, *short_spellings(f"{record.title}\n{record.text}")]
        for mark, more in ((_NAME, record.facts.names), (_AROUND, record.parents)):
            lines += [f"{mark}{' '.join(line.split())}" for line in more]
        document = new_document(url)
        text = nodes.paragraph("", "\n".join(lines))
        document += nodes.section("", nodes.title("", record.title), text)
        self.feed(f"{row:06}", url, record.title, document)
