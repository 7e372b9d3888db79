"""The files that Sphinx's builders write for each page, and what a page shows of others."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.changes import ChangesBuilder
from sphinx.builders.gettext import I18nBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.matching import patmatch

from .files import short_digest

#: Templates of Sphinx's sidebars that show no other pages.
_PLAIN_SIDEBARS: Final = frozenset({
    "localtoc.html", "relations.html", "sourcelink.html", "searchbox.html",
})  # fmt: skip
#: A heading, a comment, and the hashes of settings and tags.
_LINES_OF_BUILD_INFO: Final = 4


def writes_pages(builder: Builder) -> bool:
    """Return whether the builder is one of Sphinx's that write pages."""
    return isinstance(builder, StandaloneHTMLBuilder) or bool(getattr(builder, "out_suffix", ""))


def is_assembled(builder: Builder) -> bool:
    """Return whether the builder writes all pages into one file."""
    return isinstance(builder, SingleFileHTMLBuilder)


def files_of_pages(builder: Builder) -> dict[str, set[str]]:
    """Return the files of each page, relative to the output folder.

    Some may not exist: of an image in several formats a builder uses one. Files that extensions
    write on their own are not known.
    """
    env = builder.env
    files: dict[str, set[str]] = {docname: set() for docname in env.found_docs}
    for docname in [builder.config.root_doc] if is_assembled(builder) else files:
        files[docname].update(_own_files(builder, docname))
    copied: list[tuple[str, set[str], object]] = [
        (builder.imagedir, *one) for one in env.images.values()
    ]
    if isinstance(builder, StandaloneHTMLBuilder):
        copied += [("_downloads", *one) for one in env.dlfiles.values()]
    for folder, docnames, name in copied:
        for docname in docnames & files.keys():
            files[docname].add(f"{folder}/{name}")
    return files


def files_of_others(builder: Builder) -> Iterator[str]:
    """Yield the files that one of Sphinx's builders that write no pages has from them.

    That are the images beside books, the catalogs of messages, and the pages with changes.
    """
    env, folder = builder.env, Path(builder.outdir)
    if builder.format in ("latex", "texinfo"):
        names = {name for _pages, name in env.images.values()}
        files = (path for path in folder.rglob("*") if path.name in names and path.is_file())
        yield from (path.relative_to(folder).as_posix() for path in files)
    elif isinstance(builder, I18nBuilder):
        yield from (f"{domain}.pot" for domain in builder.catalogs)
    elif isinstance(builder, ChangesBuilder) and _has_changes(builder):
        yield from ("index.html", "changes.html")
        yield from (f"rst/{docname}.html" for docname in env.all_docs)


def _has_changes(builder: ChangesBuilder) -> bool:
    domain = builder.env.domains.changeset_domain
    return bool(domain.get_changesets_for(builder.config.version))


def file_of_page(builder: StandaloneHTMLBuilder, page: str) -> str:
    """Return the HTML file of a page, relative to the output folder."""
    # Text, because ``Path`` is slow for thousands of pages.
    path = str(builder.get_output_path(page))
    return path.removeprefix(f"{builder.outdir}{os.sep}").replace(os.sep, "/")


def remove_damaged_build_info(app: Sphinx) -> None:
    """Remove a ``.buildinfo`` that an interrupted build has written in part.

    Sphinx ends with a traceback if it lacks lines; if it is missing, all pages are written.
    """
    path = Path(app.outdir, ".buildinfo")
    with suppress(OSError, UnicodeDecodeError):
        if len(path.read_text(encoding="utf-8").splitlines()) < _LINES_OF_BUILD_INFO:
            path.unlink()


def _own_files(builder: Builder, docname: str) -> Iterator[str]:
    """Yield the file of a page, and the copy of its source."""
    if not isinstance(builder, StandaloneHTMLBuilder):
        yield f"{docname}{getattr(builder, 'out_suffix', '')}"
        return
    yield file_of_page(builder, docname)
    if builder.copysource and builder.config.html_copy_source:
        suffix = Path(builder.env.doc2path(docname)).name.removeprefix(docname.split("/")[-1])
        link_suffix: str = builder.config.html_sourcelink_suffix
        yield f"_sources/{docname}{suffix}{link_suffix if suffix != link_suffix else ''}"


def shown_of_others(builder: Builder) -> dict[str, str]:
    """Return for each page a digest of what it shows of other pages around its own text.

    In HTML these are the previous and the next page, its parents, the top level of the table of
    contents, and, if a sidebar may show it, the table of contents of its part of the site. What
    else a theme shows is not known.
    """
    env = builder.env
    if not isinstance(builder, StandaloneHTMLBuilder) or is_assembled(builder):
        return dict.fromkeys(env.found_docs, "nothing")
    relations = env.collect_relations()
    titles = {docname: title.pformat() for docname, title in env.titles.items()}
    top = _contents(env, builder.config.root_doc, titles)
    parts: dict[str, object] = {}

    def shown(docname: str) -> object:
        _parent, before, after = relations.get(docname, (None, None, None))
        above = _above(relations, docname)
        around = [titles.get(one) for one in (before, after, *above) if one]
        place = [before, after, *above], around, top
        part = ([docname, *above])[-2:][0]
        if not _may_show_contents(builder, docname):
            return place
        if part not in parts:
            parts[part] = [(one, _contents(env, one, titles)) for one in pages_below(env, part)]
        return place, parts[part]

    return {docname: short_digest(shown(docname)) for docname in env.found_docs}


def frame_of_pages(builder: StandaloneHTMLBuilder) -> str:
    """Return a digest of what stands around every page: settings, templates, the top contents."""
    env = builder.env
    titles = {docname: title.pformat() for docname, title in env.titles.items()}
    top = _contents(env, builder.config.root_doc, titles)
    templates = builder.templates.newest_template_mtime()
    settings = builder.build_info.config_hash, builder.build_info.tags_hash
    return short_digest((settings, templates, top))


def _above(relations: Mapping[str, list[str | None]], docname: str) -> list[str]:
    """Return the parents of a page, the nearest first."""
    found: list[str] = []
    parent = relations.get(docname, [None])[0]
    while parent and parent not in found:
        found.append(parent)
        parent = relations.get(parent, [None])[0]
    return found


def pages_below(env: BuildEnvironment, docname: str) -> list[str]:
    """Return a page and all pages below it, each once."""
    found = dict.fromkeys([docname])
    for one in (pages := [docname]):
        new = [page for page in env.toctree_includes.get(one, ()) if page not in found]
        found.update(dict.fromkeys(new))
        pages += new
    return list(found)


def _contents(env: BuildEnvironment, docname: str, titles: Mapping[str, str]) -> list[object]:
    """Return the entries of the toctrees of a page, with the titles of their pages."""
    toc = env.tocs.get(docname)
    entries = [
        entry
        for toctree in (toc.findall(addnodes.toctree) if toc is not None else ())
        for entry in toctree["entries"]
    ]
    return [(title, page, titles.get(page)) for title, page in entries]


def _may_show_contents(builder: StandaloneHTMLBuilder, docname: str) -> bool:
    """Return whether a sidebar of the page may show the contents of its part of the site."""
    given: Mapping[str, list[str]] = builder.get_builder_config("sidebars", "html")
    chosen = [names for pattern, names in given.items() if patmatch(docname, pattern)]
    sidebars = chosen or [list(getattr(builder.theme, "sidebar_templates", ()))]
    return any(not _PLAIN_SIDEBARS.issuperset(names) for names in sidebars)
