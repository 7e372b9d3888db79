"""Headings of pages that say other than the titles of an event and of its sessions."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sphinxcommon.east_asian import columns_in
from sphinxcommon.messages import Message

from .model import Event, Session
from .names import composed, without_spaces
from .page_sections import Section, block_parser, sections_of_markdown, sections_of_restructuredtext
from .problems import LINE_END, Code, Edit, Finding, Mark
from .quoting import as_heading
from .texts import LocalizedText, all_texts

#: A heading of Markdown on one line, with what may stand behind it.
_ATX: Final = re.compile(r"(?P<before>\s*#{1,6}[ \t]+)(?P<text>.*?)(?P<behind>(?:[ \t]+#+)?[ \t]*)")
#: In headings, what is shown as something else: roles, substitutions, links, math.
_SHOWN_OTHERWISE: Final = re.compile(
    r"\{[\w:+.-]+\}`|\{\{|<|~~|\$\S.*\$|\][(\[]|!\[|\[\^|[:|]`|`:|`_|\w_+(?:\W|$)|\|\S"
)
_ESCAPED: Final = re.compile(r"\\([\W_])")
#: Emphasis, which is none within a word.
_EMPHASIS: Final = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")


def titles_of(session: Session) -> Iterator[str]:
    """Yield what a heading may say of a session: its titles, alone and before the subtitles."""
    for title in all_texts(session.title):
        yield title
        for subtitle in all_texts(session.subtitle):
            yield from (f"{title}{sign}{subtitle}" for sign in (": ", "：", " - ", " – ", " — "))


def says(heading: str, titles: Iterable[str]) -> bool:
    """Return whether a heading is one of some titles, apart from case, spaces and emphasis."""
    return _words(heading) in map(_words, titles)


def _words(heading: str) -> str:
    """Return a heading or title without what Markdown shows as emphasis or code."""
    return without_spaces(re.sub("[`*]", "", heading))


def other_than_session(title: str) -> Message:
    """Return that a heading is another than the title of its session."""
    return Message("the heading says other than the session's title, “{title}”", title=title)


def other_than_event(title: str) -> Message:
    """Return that a heading is another than the title of its event."""
    return Message("the heading says other than the event's title, “{title}”", title=title)


def differing(
    event: Event, lines: Sequence[str], *, is_markdown: bool, is_main: bool
) -> Iterator[Finding]:
    """Find headings that say other than the titles in the data, each with the title to write.

    One with roles, links or other markup is left aside: what it says, a build knows.

    :param event: The event of the page, with the ids of its sessions.
    :param lines: The lines of the page, without their ends.
    :param is_markdown: Whether it is Markdown, rather than reStructuredText.
    :param is_main: Whether it is the event's own page, whose first heading is the event's title.
    :yields: What differs.
    """
    sections = list(_sections(lines, is_markdown=is_markdown))
    if is_main and sections and event.title:
        yield from _of_section(
            sections[0], lines, event.title, all_texts(event.title), is_markdown=is_markdown
        )
    seen = set()
    for section in sections:
        session = _session(event, section)
        if session and session.title and session.id not in seen:
            seen.add(session.id)
            yield from _of_section(
                section, lines, session.title, titles_of(session), is_markdown=is_markdown
            )


def _sections(lines: Sequence[str], *, is_markdown: bool) -> Iterator[Section]:
    if not is_markdown:
        return sections_of_restructuredtext(lines)
    return sections_of_markdown(block_parser(), lines)


def _session(event: Event, section: Section) -> Session | None:
    """Return the session of the event whose notes a section has."""
    if not section.named or section.event not in (None, event.id):
        return None
    return event.session(composed(section.named[0]))


def _of_section(
    section: Section,
    lines: Sequence[str],
    title: LocalizedText,
    titles: Iterable[str],
    *,
    is_markdown: bool,
) -> Iterator[Finding]:
    """Find out whether the heading of a section is one of some titles."""
    written = _heading_of(section, lines, is_markdown=is_markdown)
    unescaped = _ESCAPED.sub(r"\1", written)
    plain = html.unescape(unescaped) if is_markdown else unescaped
    known = list(titles)
    if _SHOWN_OTHERWISE.search(_ESCAPED.sub("", written)):
        return
    if says(plain, known) or says(_EMPHASIS.sub("", plain), known):
        return
    message = other_than_session(str(title)) if section.named else other_than_event(str(title))
    # Of several languages the page has one.
    is_certain = len(set(all_texts(title))) == 1
    edit = _markdown_edits if is_markdown else _restructuredtext_edits
    fix = tuple(edit(section.head, lines, str(title))) if is_certain else ()
    yield Finding(Mark(section.head.start + 1), Code.HEADING, message, fix)


def _heading_of(section: Section, lines: Sequence[str], *, is_markdown: bool) -> str:
    """Return what a heading says in the words of the markup; of several lines one."""
    if len(section.head) == 1:
        return section.heading
    head = [lines[number].strip() for number in section.head]
    return " ".join(head[:-1]) if is_markdown else section.heading


def _markdown_edits(head: range, lines: Sequence[str], title: str) -> Iterator[Edit]:
    line = lines[head.start]
    if len(head) == 1 and (found := _ATX.fullmatch(line)):
        place = Mark(head.start + 1, found.start("text") + 1)
        yield Edit(place, place._replace(column=found.end("text") + 1), as_heading(title))
    elif len(head) > 1:
        last = Mark(head.stop - 1, LINE_END)
        yield Edit(Mark(head.start + 1), last, as_heading(title, begins_line=True))


def _restructuredtext_edits(head: range, lines: Sequence[str], title: str) -> Iterator[Edit]:
    """Write a heading, with the signs around or below it as long as it needs."""
    *above, old, below = (lines[number].rstrip() for number in head)
    new = old[: len(old) - len(old.lstrip())] + as_heading(title, begins_line=True)
    width = columns_in(new)
    signs = below if len(below) >= width and len(below) != columns_in(old) else below[0] * width
    written = [*(signs for _line in above), new, signs]
    for number, text in zip(head, written, strict=True):
        yield Edit.of_line(number + 1, text)
