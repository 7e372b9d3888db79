"""Who wrote a page, by the field ``reporter`` at its top."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import yaml

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import suggesting

from .key_words import keys_by_word, same_key
from .names import composed, is_typo_of
from .page_fields import (
    FIELD,
    MOST_LINES,
    body_of_field,
    front_matter,
    has_front_matter,
)
from .problems import Code, Finding, Mark
from .short_people import read_person, split_people

REPORTER: Final = "reporter"


class WrittenReporter(NamedTuple):
    """A name, and where it stands in the page."""

    mark: Mark
    name: str


class _Field(NamedTuple):
    """A field that may say who wrote a page; without texts its value is no text, nor a list."""

    mark: Mark
    key: str
    texts: list[tuple[Mark, str]] | None


def reporters_of_page(
    lines: Sequence[str], *, is_markdown: bool
) -> tuple[list[WrittenReporter], list[Finding]]:
    """Return who wrote a page, and what is wrong with how it says so.

    :param lines: The lines of the page.
    :param is_markdown: Whether it has its fields in front matter, as MyST does; else they are a
        list of fields, as docutils has it.
    :returns: The names in the author's order, without affiliations, and the findings.
    """
    found: list[WrittenReporter] = []
    findings: list[Finding] = []
    for field in _of_markdown(lines) if is_markdown else _of_fields(lines):
        if field.key != REPORTER:
            unknown = suggesting(Message("unknown key “{key}”", key=field.key), REPORTER)
            message = Message("{problem}; it is read as what is meant", problem=unknown)
            findings.append(Finding(field.mark, Code.UNKNOWN_KEY, message))
        if field.texts is None:
            message = Message("“{key}” takes a name, or a list of names", key=REPORTER)
            findings.append(Finding(field.mark, Code.TYPE, message))
        elif not any(text for _mark, text in field.texts):
            message = Message("“{key}” is empty: write a name, or remove the line", key=REPORTER)
            findings.append(Finding(field.mark, Code.EMPTY, message))
        found += _names(field.texts or ())
    return found, findings


def _names(texts: Sequence[tuple[Mark, str]]) -> Iterator[WrittenReporter]:
    """Yield the names in some texts, which may be in the short form of people."""
    for mark, text in texts:
        for one in split_people(text):
            if name := str(read_person(one)["name"]):
                yield WrittenReporter(mark, composed(name))


def _is_key(word: str) -> bool:
    """Return whether a word means the field; ``author`` is a field of docutils."""
    is_other_word = keys_by_word("Event").get(same_key(word)) == "reporters"
    return is_typo_of(word, REPORTER) or (is_other_word and not word.isascii())


def _of_markdown(lines: Sequence[str]) -> Iterator[_Field]:
    """Find the fields in front matter; what YAML cannot read of it, MyST reports."""
    if not has_front_matter(lines):
        return
    matter, is_closed = front_matter(lines)
    try:
        root = yaml.compose("\n".join(matter), yaml.SafeLoader) if is_closed else None
    except (yaml.YAMLError, RecursionError):
        return
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and _is_key(key.value):
            yield _Field(_mark(key), key.value, _texts(value))


def _texts(value: yaml.Node) -> list[tuple[Mark, str]] | None:
    values = value.value if isinstance(value, yaml.SequenceNode) else [value]
    if not all(isinstance(one, yaml.ScalarNode) for one in values):
        return None
    return [(_mark(one), "" if one.tag.endswith(":null") else one.value.strip()) for one in values]


def _mark(node: yaml.Node) -> Mark:
    """Return the place of a node in the page, whose front matter begins in its second line."""
    return Mark(node.start_mark.line + 2, node.start_mark.column + 1)


def _of_fields(lines: Sequence[str]) -> Iterator[_Field]:
    for number, line in enumerate(lines[:MOST_LINES], 1):
        found = FIELD.fullmatch(line.removeprefix("\ufeff").rstrip())
        if found and not line[:1].isspace() and _is_key(found["key"]):
            text = body_of_field(lines, number, found["value"])
            mark = Mark(number, found.start("key") + 1)
            yield _Field(mark, found["key"], [(mark, text)])
