"""Repairs of places that YAML cannot read: what is wrong in words, and lines that it can read.

libyaml says where it gave up, and what it expected there in the words of a grammar. Which typo it
was is seen from the line and those around it: each of ``RULES`` is one that people make.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sphinxcommon.messages import Message

from ..failures import (
    COLON_IN_TEXT,
    COMMA,
    ITEM_IN_TEXT,
    KEY_NOT_TEXT,
    MISSING_DASH,
    NO_COLON,
    NO_ITEM,
    NO_MAPPING,
    NO_SPACE,
    Failure,
)
from ..lines import Lines
from . import colons, flow, indentation, lists, nesting, quotes
from .base import Repair, does_not_go_on, leave_out

#: libyaml: a line does not go on with what stands above it.
_MISPLACED: Final = ("expected", "not allowed")
#: libyaml: what is deeper than a value does not go on with it.
_BELOW: Final = (COLON_IN_TEXT, "did not find expected key", NO_ITEM)
#: libyaml: what it was reading in brackets, or where it may not have known these yet.
_IN_BRACKETS: Final = (" flow ", "while scanning for the next token", "while scanning an a")


@dataclass(frozen=True)
class Rule:
    """A typo and its repair.

    ``problems`` and ``contexts`` are parts of the words of a :class:`~..failures.Failure` that the
    repair answers to; any, if there are none. The file ``written`` is read as ``meant``.
    """

    typo: str
    written: str
    meant: str
    fix: Callable[[Failure, Lines], Repair | None]
    problems: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()

    def repair(self, failure: Failure, lines: Lines) -> Repair | None:
        """Return the repair of a failure, if this is its typo."""
        is_one = any(problem in failure.problem for problem in self.problems or ("",))
        is_there = any(context in failure.context for context in self.contexts or ("",))
        return self.fix(failure, lines) if is_one and is_there else None


#: The first that applies is taken. First what one character shows, which makes all else look wrong;
#: then what the line shows; last what only the lines around it show. Within a family, what is sure
#: stands before what is likely, and before what leaves something out.
RULES: Final = (
    # What one character shows
    Rule(
        "tabs, or spaces of an input method",
        "name: A\nvenue:\n\tname: B\n\u3000url: c\n",
        "name: A\nvenue:\n  name: B\n  url: c\n",
        indentation.replace_spaces,
    ),
    Rule(
        "no space after the colon of a key that is an item, or in brackets",
        "venue: {name:A, url: b}\n",
        "venue: {name: A, url: b}\n",
        colons.add_space_in_item,
        problems=(NO_SPACE,),
    ),
    # Lists
    Rule(
        "another bullet than a dash and a space",
        "topics:\n  ・A\n  ・B\n",
        "topics:\n  - A\n  - B\n",
        lists.replace_bullets,
    ),
    Rule(
        "a dash before the first key",
        "- name: A\ndate: B\n",
        "name: A\ndate: B\n",
        lists.remove_dash,
        problems=(NO_ITEM,),
    ),
    Rule(
        "no dash before an item",
        "sessions:\n  - title: A\n    room: B\n  title: C\n",
        "sessions:\n  - title: A\n    room: B\n  - title: C\n",
        lists.add_dash,
        problems=(MISSING_DASH, NO_ITEM),
    ),
    Rule(
        "no dash before any item",
        "sessions:\n  title: A\n  room: B\n  title: C\n",
        "sessions:\n  - title: A\n    room: B\n  - title: C\n",
        lists.add_dashes_to_keys,
        problems=(MISSING_DASH,),
    ),
    Rule(
        "no dashes before items in brackets or quotes",
        "sessions:\n  {title: A},\n  {title: B}\nname: C\n",
        "sessions:\n  - {title: A}\n  - {title: B}\nname: C\n",
        lists.add_dashes_to_brackets,
        problems=_MISPLACED,
    ),
    Rule(
        "no dash before the first item",
        "sessions:\n  title: A\n    room: B\n  - title: C\n",
        "sessions:\n  - title: A\n    room: B\n  - title: C\n",
        lists.add_first_dash,
        problems=(COLON_IN_TEXT,),
    ),
    # Lists and mappings in brackets
    Rule(
        "a link of Markdown",
        "url: [A](https://b.example)\n",
        "url: https://b.example\n",
        flow.replace_links,
    ),
    Rule(
        "no closing quote in brackets",
        'topics: [A, "B]\nname: "C"\n',
        'topics: [A, "B"]\nname: "C"\n',
        quotes.close_quote_in_brackets,
    ),
    Rule(
        "a placeholder of a template",
        "title: {{ a }} B\n",
        "title: '{{ a }} B'\n",
        flow.quote_templates,
    ),
    Rule(
        "a text in brackets with a comma",
        "speakers: [A (B, Inc.), C]\n",
        'speakers: ["A (B, Inc.)", C]\n',
        flow.quote_comma,
        problems=(COMMA,),
    ),
    Rule(
        "a text in brackets with a comment in it",
        "topics: [A #1, B]\n",
        'topics: ["A #1", B]\n',
        flow.quote_comments,
    ),
    Rule(
        "a comma too many",
        "topics: [A,, B]\nname: C\n",
        "topics: [A, B]\nname: C\n",
        flow.remove_comma,
    ),
    Rule(
        "a text in brackets that begins with @",
        "speakers: [@a, B]\nname: C\n",
        'speakers: ["@a", B]\nname: C\n',
        flow.quote_reserved,
        contexts=_IN_BRACKETS,
    ),
    Rule(
        "no comma before a key",
        'venue: {name: "A" url: b}\nname: C\n',
        'venue: {name: "A", url: b}\nname: C\n',
        flow.add_comma,
        contexts=(" flow ",),
    ),
    Rule(
        "a text in brackets with a colon",
        "venue: {name: A: b, url: c}\nname: C\n",
        'venue: {name: "A: b", url: c}\nname: C\n',
        flow.quote_item,
        contexts=(" flow ",),
    ),
    Rule(
        "no closing bracket",
        "topics: [A, B\nname: C\n",
        "topics: [A, B]\nname: C\n",
        flow.close_brackets,
        contexts=_IN_BRACKETS,
    ),
    Rule(
        "a bracket too many",
        "topics: [A, B]]\nname: C\n",
        "topics: [A, B]\nname: C\n",
        flow.remove_bracket,
    ),
    # Quotes
    Rule(
        "no closing quote",
        'title: "A\nname: B\n',
        'title: "A"\nname: B\n',
        quotes.close_quote,
        contexts=("while scanning a quoted scalar",),
    ),
    Rule(
        "a backslash in double quotes",
        'title: "C:\\Users"\nname: B\n',
        "title: 'C:\\Users'\nname: B\n",
        quotes.use_single_quotes,
        contexts=("quoted scalar",),
    ),
    Rule(
        "quotes around a part of the text",
        'title: "A" or B\nname: C\n',
        "title: '\"A\" or B'\nname: C\n",
        quotes.quote_whole_value,
    ),
    # Colons
    Rule(
        "a colon within a text",
        "title: A: B\nname: C\n",
        'title: "A: B"\nname: C\n',
        colons.quote_colon,
        problems=(COLON_IN_TEXT,),
    ),
    Rule(
        "no space after the colon of a key",
        "name:A\ndate: B\n",
        "name: A\ndate: B\n",
        colons.add_space,
        problems=(NO_COLON, NO_MAPPING, COLON_IN_TEXT, ITEM_IN_TEXT),
    ),
    # What stands below a value
    Rule(
        "keys below a short form",
        "venue: A\n  address: B\nname: C\n",
        "venue:\n  name: A\n  address: B\nname: C\n",
        nesting.write_long_form,
        problems=_BELOW,
    ),
    Rule(
        "an item below a text",
        "topics: A\n  - B\nname: C\n",
        "topics:\n  - A\n  - B\nname: C\n",
        nesting.write_list,
        problems=(*_BELOW, ITEM_IN_TEXT),
    ),
    Rule(
        "keys or items within a text of several lines",
        "description: A\n  - B\n  - C\nname: D\n",
        "description: |\n  A\n  - B\n  - C\nname: D\n",
        nesting.write_block,
        problems=(*_BELOW, ITEM_IN_TEXT),
    ),
    # Lines that are none
    Rule(
        "words above a key or an item",
        "name: A\ntopics:\n  and others\n  - B\n",
        "name: A\ntopics:\n  - B\n",
        colons.leave_out_words,
        problems=(COLON_IN_TEXT, ITEM_IN_TEXT),
    ),
    Rule(
        "no colon after a key",
        "name: A\ntopics\n  - B\n",
        "name: A\ntopics:\n  - B\n",
        colons.add_colon,
        problems=(NO_COLON,),
    ),
    Rule(
        "a line that is neither a key nor an item",
        "name: A\ndate 2018\nvenue: B\n",
        "name: A\nvenue: B\n",
        colons.leave_out_line,
        problems=(NO_COLON,),
    ),
    # Texts without quotes
    Rule(
        "a text that begins with a sign of YAML",
        "title: @A\nname: B\n",
        'title: "@A"\nname: B\n',
        quotes.quote_indicator,
    ),
    # Indentation
    Rule(
        "a first line of another depth",
        "  name: A\ndate: B\n",
        "name: A\ndate: B\n",
        indentation.move_first_key,
        problems=(NO_MAPPING,),
    ),
    Rule(
        "an item one column beside the others",
        "topics:\n   - A\n  - B\n  - C\n",
        "topics:\n  - A\n  - B\n  - C\n",
        indentation.align_item,
        problems=_MISPLACED,
    ),
    Rule(
        "a key between items that is not indented",
        "sessions:\n  - title: A\nroom: B\n  - title: C\n",
        "sessions:\n  - title: A\n    room: B\n  - title: C\n",
        indentation.indent_key_between_items,
        problems=(ITEM_IN_TEXT,),
    ),
    Rule(
        "a key or an item a little beside the others",
        "name: A\n date: B\nvenue: C\n",
        "name: A\ndate: B\nvenue: C\n",
        indentation.align_line,
        problems=_MISPLACED,
    ),
    Rule(
        "a key below the value of another",
        "sessions:\n  - title: A\n      room: B\n      start: C\n",
        "sessions:\n  - title: A\n    room: B\n    start: C\n",
        nesting.move_to_key_above,
        problems=_BELOW,
    ),
)


def repair(failure: Failure, lines: Lines) -> Repair:
    """Find the repair of a place that YAML cannot read.

    :param failure: What YAML says of the place.
    :param lines: Those of the file, without their ends.
    :returns: That of the first rule that applies; else the line is left out.
    """
    repairs = (rule.repair(failure, lines) for rule in RULES)
    return next(filter(None, repairs), None) or _leave_out(failure, lines)


def _leave_out(failure: Failure, lines: Lines) -> Repair:
    """Leave out a line of which nothing is known, with what belongs to it."""
    number = (failure.at if lines[failure.at.line - 1].strip() else failure.around).line
    if failure.problem == ITEM_IN_TEXT:
        message = Message("an item of a list stands below a text; write both as items")
    elif failure.problem == KEY_NOT_TEXT:
        message = Message("a key must be a text")
    elif any(words in failure.problem for words in _MISPLACED):
        message = does_not_go_on()
    else:
        message = Message("YAML cannot read this: {reason}", reason=failure.problem)
    return leave_out(number, lines, message)
