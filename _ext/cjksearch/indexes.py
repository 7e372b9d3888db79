"""Records → the files that the browser reads, written where they are other than what is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.search import js_index
from sphinx.util import logging

from sphinxcommon import __version__

from . import bundle, pagefind
from .fallback import RecordIndex
from .messages import __
from .records import Record

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

#: Counted up when what is written changes: what an older version wrote is then written anew.
_FORMAT: Final = 7


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written; see the settings ``cjksearch_*``."""

    filters: Mapping[str, str]
    pagefind: bool
    fallback_characters: int


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    ``digest`` tells it from others; ``counts`` are the records in each file of them;
    ``borders`` those of Pagefind's index (see ``pagefind.write_index``), ``None`` without.
    """

    digest: str
    counts: list[int]
    borders: list[str] | None
    has_fallback: bool


def write(
    env: BuildEnvironment,
    records: Sequence[Record],
    urls: Sequence[str],
    wanted: Wanted,
    folder: Path,
) -> Written:
    """Write the records, what to choose by and the indexes, or leave them as they are."""
    digest = bundle.digest((__version__, _FORMAT), records, urls, wanted)
    state = folder / "state.json"
    if (kept := _kept(state)) and kept.digest == digest and _is_there(kept, folder):
        _report_size(records, wanted, kept)
        return kept
    folder.mkdir(exist_ok=True)
    # Of files that are written in part, should the build be interrupted, nothing is kept.
    state.unlink(missing_ok=True)
    wants_index = bool(wanted.pagefind and records)
    counts = bundle.write_records(records, urls, folder / "records", digest)
    facets = bundle.facets(records, wanted.filters)
    bundle.write_script(folder / "facets.js", "facets", facets, digest)
    shutil.rmtree(folder / "pagefind", ignore_errors=True)
    borders = _write_pagefind(records, folder / "pagefind") if wants_index else None
    size = sum(len(record.text) for record in records)
    # Where it is the only one there is it may cost what it will.
    is_small = size <= wanted.fallback_characters or borders is None
    has_fallback = bool(records) and is_small
    _write_fallback(env, records if has_fallback else [], urls, folder / "searchindex.js")
    written = Written(digest, counts, borders, has_fallback)
    _report_size(records, wanted, written)
    # What failed is tried again, and told again.
    if borders is not None or not wants_index:
        state.write_text(json.dumps(asdict(written)), encoding="utf-8")
    return written


def _report_size(records: Sequence[Record], wanted: Wanted, written: Written) -> None:
    """Report, in every build, that the site is too large for the second index."""
    if records and not written.has_fallback:
        size = sum(len(record.text) for record in records)
        message = __("the search has Pagefind's index alone: %d characters are beyond %s = %d")
        logger.info(message, size, "cjksearch_fallback_characters", wanted.fallback_characters)


def _kept(state: Path) -> Written | None:
    try:
        return Written(**json.loads(state.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _is_there(written: Written, folder: Path) -> bool:
    has_records = len([*folder.glob("records/*.js")]) == len(written.counts)
    has_index = written.borders is None or (folder / "pagefind" / "pagefind.js").is_file()
    has_fallback = not written.has_fallback or (folder / "searchindex.js").is_file()
    return has_records and has_index and has_fallback and (folder / "facets.js").is_file()


def _write_pagefind(records: Sequence[Record], folder: Path) -> list[str] | None:
    try:
        return pagefind.write_index(records, folder)
    except pagefind.IndexerError as error:
        message = __("the search has no index of Pagefind, and uses Sphinx's own: %s")
        logger.warning(message, error, type="cjksearch", subtype="pagefind")
        return None


def _write_fallback(
    env: BuildEnvironment, records: Sequence[Record], urls: Sequence[str], path: Path
) -> None:
    if not records:
        path.unlink(missing_ok=True)
        return
    index = RecordIndex(env)
    for row, record in enumerate(records):
        index.add(row, record, urls[row])
    with path.open("w", encoding="utf-8") as stream:
        index.dump(stream, js_index)
