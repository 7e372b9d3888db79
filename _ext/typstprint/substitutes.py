"""What is shown instead of characters that fonts have not, or that standards do not allow."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from .characters import KEYCAP, base_of, clusters, joins
from .markup import string
from .messages import __, warn
from .prechecks import Prechecks
from .settings import Settings


def substitutes_for(
    texts: Sequence[tuple[str, Any]], prechecks: Prechecks, settings: Settings
) -> str:
    """Return show rules for what cannot be shown, and warn of each where it stands first.

    :param texts: All texts of a document, each with its location, as Sphinx's loggers take it.
    :param prechecks: Tells what cannot be shown.
    :param settings: Those of the site.
    :return: Show rules for all of the document; nothing if all can be shown.
    """
    # From the last to the first, which so prevails.
    places = {character: place for text, place in reversed(texts) for character in set(text)}
    missing = prechecks.missing(places)
    refused = prechecks.refused(set(places) - missing)
    for character in sorted(missing | refused):
        name = unicodedata.name(character, __("a character without a name"))
        known, place = (character, ord(character), name), places[character]
        if character in missing:
            warn("font", __("no font has “%s” (U+%04X, %s)"), *known, location=place)
        else:
            message = __("“%s” (U+%04X, %s) is not allowed in a PDF of %s")
            warn("font", message, *known, ", ".join(settings.standards), location=place)
    joining = {one for one in places if joins(one)}
    found = {
        cluster: place
        for text, place in reversed(texts)
        if joining and not joining.isdisjoint(text)
        for cluster in clusters(text)
    }
    # Of one with a character that is missing, the others are shown.
    whole = (one for one in found if (missing | refused).isdisjoint(one))
    incomplete = sorted(prechecks.incomplete(whole, settings.fonts))
    for cluster in (one for one in incomplete if not one.endswith(KEYCAP)):
        codes = " ".join(f"U+{ord(one):04X}" for one in cluster)
        message = __("no font has “%s” (%s) as one: “%s” is shown")
        warn("font", message, cluster, codes, base_of(cluster), location=found[cluster])
    return _rules(sorted(missing | refused), incomplete)


def _rules(characters: Sequence[str], incomplete: Sequence[str]) -> str:
    """Return show rules for single characters, and for clusters of which the base can be shown."""
    rules = ""
    if characters:
        rules += f"#show regex({_pattern(characters)}): missing-character\n"
    if incomplete:
        # The longest first: one may begin as another does.
        pattern = _pattern(sorted(incomplete, key=len, reverse=True))
        shown = ", ".join(f"{string(one)}: {_shown_of(one)}" for one in incomplete)
        rules += f"#show regex({pattern}): it => ({shown}).at(it.text)\n"
    return rules


def _pattern(texts: Iterable[str]) -> str:
    escaped = ("".join(f"\\x{{{ord(character):x}}}" for character in text) for text in texts)
    return string("|".join(escaped))


def _shown_of(cluster: str) -> str:
    base = string(base_of(cluster))
    return f"keycap({base})" if cluster.endswith(KEYCAP) else base
