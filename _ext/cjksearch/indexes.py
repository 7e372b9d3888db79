"""The files that the browser searches with, written when the records have changed."""

import json
import shutil
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sphinx.environment import BuildEnvironment
from sphinx.search import js_index
from sphinx.util import logging

from sphinxcommon import __version__
from sphinxcommon.files import read_json, short_digest, write_whole

from . import browser_data, pagefind
from .fallback import RecordIndex
from .messages import __
from .records import Record

logger = logging.getLogger(__name__)

#: Increased when the files change, so that those of an older version are written again.
_FORMAT: Final = 7
#: Characters of all records up to which there is a fallback index besides Pagefind's: the index of
#: a larger site would take readers too long to download.
FALLBACK_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """A description of the files that were written.

    :param digest: The state of the records that they belong to.
    :param counts: The number of records in each file of records.
    :param borders: The borders of Pagefind's index (see ``pagefind.write_index``), ``None`` without
        that index.
    :param has_fallback: Whether there is Sphinx's index.
    """

    digest: str
    counts: list[int]
    borders: list[str] | None
    has_fallback: bool


def write(
    env: BuildEnvironment,
    records: Sequence[Record],
    urls: Sequence[str],
    filters: Collection[str],
    folder: Path,
    *,
    with_pagefind: bool,
) -> Written:
    """Write the records, the values of filters and the indexes, or keep them as they are.

    :param env: The environment, which Sphinx's index needs.
    :param records: The records, each in its row.
    :param urls: The address of each record, from the root of the site.
    :param filters: The names of the filters.
    :param folder: The folder to write into.
    :param with_pagefind: Whether to write Pagefind's index.
    :return: What is in the folder then.
    """
    size = sum(len(record.text) for record in records)
    state = (__version__, _FORMAT, FALLBACK_CHARACTERS), records, urls, filters, with_pagefind
    digest = short_digest(state)
    path = folder / "state.json"
    if (kept := _read(path)) and kept.digest == digest and _is_complete(kept, folder):
        _report_size(size, kept)
        return kept
    folder.mkdir(exist_ok=True)
    # If the build is interrupted from here on, the next one writes all files again.
    path.unlink(missing_ok=True)
    wants_pagefind = bool(with_pagefind and records)
    counts = browser_data.write_records(records, urls, folder / "records", digest)
    facets = browser_data.facets(records, filters)
    browser_data.write_script(folder / "facets.js", "facets", facets, digest)
    shutil.rmtree(folder / "pagefind", ignore_errors=True)
    borders = _write_pagefind(records, folder / "pagefind") if wants_pagefind else None
    # The only index there is may have any size.
    has_fallback = bool(records) and (size <= FALLBACK_CHARACTERS or borders is None)
    if has_fallback:
        _write_fallback(env, records, urls, folder / "searchindex.js")
    else:
        (folder / "searchindex.js").unlink(missing_ok=True)
    written = Written(digest, counts, borders, has_fallback)
    _report_size(size, written)
    # After a failure the next build tries again, and reports again.
    if borders is not None or not wants_pagefind:
        write_whole(path, json.dumps(asdict(written)))
    return written


def _report_size(size: int, written: Written) -> None:
    """Report, in every build, that the site is too large for the fallback index."""
    if size > FALLBACK_CHARACTERS and not written.has_fallback:
        message = __("the search has no fallback index: the site has %d characters, more than %d")
        logger.info(message, size, FALLBACK_CHARACTERS)


def _read(state: Path) -> Written | None:
    try:
        return Written(**read_json(state))
    except TypeError:
        return None


def _is_complete(written: Written, folder: Path) -> bool:
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
    index = RecordIndex(env)
    for row, record in enumerate(records):
        index.add(row, record, urls[row])
    with path.open("w", encoding="utf-8") as stream:
        index.dump(stream, js_index)
