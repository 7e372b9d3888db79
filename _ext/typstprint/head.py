"""How the source of a document begins: the template, its settings, and the styles of nodes."""

import datetime as dt
import os
from collections.abc import Sequence
from typing import Final

from babel import UnknownLocaleError
from babel.dates import format_skeleton
from sphinx.config import Config
from sphinx.locale import _
from sphinx.util.i18n import format_date

from .characters import composed
from .documents import PrintedDocument
from .markup import arguments, array, boolean, string, strings
from .options import Options, running_line
from .settings import Settings

#: The template's functions that look at classes, and which group of styles they take.
_STYLED: Final = {
    "span": "spans",
    "paragraph": "paragraphs",
    "bullets": "lists",
    "container": "containers",
}


def head_of(
    document: PrintedDocument,
    options: Options,
    config: Config,
    looks: Sequence[str],
    rules: str = "",
) -> str:
    """Return the source before a document's own content.

    :param document: The document, which has a title.
    :param options: Its options.
    :param config: The configuration of the site.
    :param looks: The files of styles.
    :param rules: Show rules for all of the document.
    :return: The source.
    """
    imported = [
        f'#import "/{name}": looks as looks-{number}\n' for number, name in enumerate(looks)
    ]
    all_looks = array(["looks", *(f"looks-{number}" for number in range(len(looks)))])
    bound = [
        f"#let {function} = {function}.with(looks: all-looks.{group})\n"
        for function, group in _STYLED.items()
    ]
    words = strings(_page_words(config.language))
    bound.append(f"#let reference = reference.with(page-words: {words})\n")
    return "".join(
        (
            '#import "/template.typ": *\n#import "/template.typ"\n',
            # For what authors write of Typst's.
            "#let in-sources = dictionary(template)\n",
            *imported,
            f"#let all-looks = joined-looks({all_looks})\n",
            *bound,
            rules,
            f"#show: document-of.with({_settings(document, options, config)})\n#{{\n",
        )
    )


def _settings(document: PrintedDocument, options: Options, config: Config) -> str:
    day = _day(options) or _least_day(config)
    facts = {
        "title": composed(document.title),
        "author": composed(document.author or config.author),
        "date": _date(options, config),
        "revision": config.release,
    }
    return arguments(
        title=string(facts["title"]),
        author=string(facts["author"]),
        language=string(config.language),
        fonts=strings(Settings.of(config).fonts),
        paper=string(options.paper),
        accent=f"rgb({string(options.accent)})",
        cover=boolean(options.cover),
        contents=str(options.contents),
        numbering=string(options.numbering) if options.numbering else "none",
        header=running_line(options.header, facts),
        footer=running_line(options.footer, facts),
        marking=string(options.marking) if options.marking else "none",
        binding=options.binding,
        two_sided=boolean(options.two_sided),
        date=string(facts["date"]),
        day=f"datetime(year: {day.year}, month: {day.month}, day: {day.day})" if day else "none",
    )


def _date(options: Options, config: Config) -> str:
    """Return what is printed as a document's date: never that of a file, the day of its clone."""
    if isinstance(options.date, str) and (text := options.date or config.today):
        return str(text)
    if not (day := _day(options)):
        return ""
    if form := config.today_fmt:
        at = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
        return format_date(str(form), date=at, language=config.language)
    try:
        return format_skeleton("yMMMd", day, locale=config.language)
    except (ValueError, UnknownLocaleError):
        return day.isoformat()


def _day(options: Options) -> dt.date | None:
    """Return the day that a document is of, or else the one of ``SOURCE_DATE_EPOCH``."""
    if isinstance(options.date, dt.date):
        return options.date
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date() if epoch else None


def _least_day(config: Config) -> dt.date | None:
    """Return a day for documents without one: the standards for archives ask for it."""
    is_archived = any(one.startswith("a-") for one in Settings.of(config).standards)
    return dt.date(1970, 1, 1) if is_archived else None


def _page_words(language: str) -> tuple[str, str]:
    """Return what stands before and after the number of a page that a reference leads to."""
    if language.startswith(("ja", "zh")):
        return "（", f"{_('page')}）"
    word = "p." if language.startswith("en") else _("page")
    return f" ({word}\N{NO-BREAK SPACE}", ")"
