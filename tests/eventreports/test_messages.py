"""Messages to authors: a template and its arguments, translated where they are shown."""

import pickle
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventreports.core.i18n import translations
from eventreports.core.located import Text
from eventreports.core.problems import Mark
from sphinxcommon.messages import Message
from sphinxcommon.suggestions import suggesting


def quote(**texts: str) -> Message:
    return Message(" and ".join(f"“{{{name}}}”" for name in texts), **texts)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (Message("no argument"), "no argument"),
        (Message("in line {line}", line=3), "in line 3"),
        (Message("known are {known}", known=["a", "b"]), "known are a, b"),
        (Message("write “{name: …}”", name="x"), "write “{name: …}”"),
        (Message("write “{status: {path}}”", path="later"), "write “{status: later}”"),
        (Message("found {found}", found=Message("a list")), "found a list"),
        (suggesting(Message("no “{a}”", a="{b}"), "{a}"), "no “{b}” (did you mean “{a}”?)"),
        (quote(a="a\nb"), "“a\\nb”"),
        (quote(a="\x1b[31m"), "“\\x1b[31m”"),
        (quote(a="a\u202eb"), "“a\\u202eb”"),
        (quote(a="日本 😀"), "“日本 😀”"),
        (quote(a="x" * 80), f"“{'x' * 80}”"),
        (quote(a="x" * 5000), f"“{'x' * 60}…”"),
        (quote(a="x" * 99, b="y" * 99), f"“{'x' * 60}…” and “{'y' * 60}…”"),
        (Message("write {whole}", whole="x" * 99), f"write {'x' * 99}"),
    ],
)
def test_a_message_is_one_line_of_a_length_that_can_be_read(message: Message, text: str) -> None:
    """What is to be written is never shortened."""
    assert message.text() == text


@given(st.text(), st.sampled_from(["en", "ja"]))
@settings(max_examples=300)
def test_whatever_a_message_quotes_it_is_one_line_without_what_acts(
    text: str, language: str
) -> None:
    """Blanks of any width, and what joins emoji, are shown as they are."""
    message = suggesting(Message("there is no event “{event}”", event=text), text)
    for char in message.text(translations(language).gettext):
        assert char.isprintable() or unicodedata.category(char) == "Zs" or char == "\u200d"


def test_a_message_is_translated_with_all_that_is_in_it() -> None:
    message = suggesting(Message("“{word}” is none of {known}", word="x", known=["a", "b"]), "a")
    japanese = message.text(translations("ja").gettext)
    assert japanese == "「x」は使えません。a、bのどれかを書いてください（「a」のことですか？）"


@pytest.mark.parametrize("language", ["en", "tlh", "not a language"])
def test_a_language_without_translations_reads_english(language: str) -> None:
    message = Message("there is no event “{event}”", event="x")
    assert message.text(translations(language).gettext) == "there is no event “x”"
    assert Message("in no catalog").text(translations("ja").gettext) == "in no catalog"


def test_messages_are_kept_and_compared() -> None:
    message = suggesting(Message("known are {known}", known=["a", "b"]), "a")
    again: Message = pickle.loads(pickle.dumps(message))
    assert (again, hash(again)) == (message, hash(message))
    assert again != Message("known are {known}", known=["a"])
    assert dict(again.values()) == {"known": ("a", "b"), "suggestion": "a"}


def test_of_texts_of_a_file_a_message_keeps_what_they_say() -> None:
    key, names = Text("key", Mark(3, 1)), [Text("a", Mark(4, 1))]
    message: Message = pickle.loads(pickle.dumps(Message("{key}: {names}", key=key, names=names)))
    assert dict(message.values()) == {"key": "key", "names": ("a",)}
