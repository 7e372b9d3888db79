"""Have linkcheck name the event's file for a link, and say what to write if that is gone."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.linkcheck import CheckExternalLinksBuilder, CheckResult, Hyperlink
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxcommon.messages import Message

from ...core.encodings import decode_anyway
from ...core.gone_links import gone_message, links_of
from ...core.problems import Code, Problem
from ...library import Entry
from ..domain import event_domain
from ..logging import report
from .web_archive import WebArchive


def setup(app: Sphinx) -> None:
    """Register the builder and the transform."""
    app.add_builder(EventLinksBuilder, override=True)
    app.add_post_transform(DataLinks)


class EventLinksBuilder(CheckExternalLinksBuilder):
    """Sphinx's ``linkcheck``, which then says what to write of links of events that are gone."""

    def init(self) -> None:
        super().init()
        self._results: list[CheckResult] = []

    def process_result(self, result: CheckResult) -> None:
        super().process_result(result)
        self._results.append(result)

    def finish(self) -> None:
        super().finish()
        gone = _gone(self._results)
        if gone:
            archive = WebArchive(self.config)
            for entry in event_domain(self.env).library.entries.values():
                for problem in self._problems(entry, gone, archive):
                    report(problem, Path(self.srcdir), self.config)

    def _problems(
        self, entry: Entry, gone: dict[str, Message], archive: WebArchive
    ) -> Iterator[Problem]:
        """Yield a problem for each link of an event that is gone, in the order of the file."""
        loaded = event_domain(self.env).library.load(entry.folder)
        if loaded.event is None:
            return
        links = [link for link in links_of(loaded.event) if link.address in gone]
        text = decode_anyway(loaded.path.read_bytes()) or "" if links else ""
        for link in sorted(links, key=lambda link: link.mark):
            copy = "" if link.has_copy else archive.copy_of(link.url, entry.date)
            message = gone_message(link, gone[link.address], copy, text)
            yield Problem(entry.file, link.mark, Code.LINK_GONE, message)


def _gone(results: list[CheckResult]) -> dict[str, Message]:
    """Return the addresses that are gone for sure, each with how that is known."""
    gone, unknown = {}, {}
    is_online = False
    for result in results:
        is_web = result.uri.startswith(("https://", "http://"))
        status = re.match(r"(\d{3}) (?:Client|Server) Error", result.message)
        is_online |= is_web and (status is not None or result.status in ("working", "redirected"))
        if result.status != "broken":
            continue
        if status and status[1] in ("404", "410"):
            gone[result.uri] = Message("status {status}", status=status[1])
        elif _is_unknown_host(result):
            unknown[result.uri] = Message("there is no such host")
    # Without any answer it is the network that is missing.
    return gone | unknown if is_online else gone


def _is_unknown_host(result: CheckResult) -> bool:
    """Return whether there is no host of a link, and not only none that answers now."""
    if "Failed to resolve" not in result.message or "ProxyError" in result.message:
        return False
    try:
        socket.getaddrinfo(urlsplit(result.uri).hostname, None)
    except socket.gaierror as error:
        return error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None))
    except (OSError, ValueError):
        return False
    return False


class DataLinks(SphinxPostTransform):
    """Replace the page of a link by the event's file, after Sphinx has collected the links."""

    builders = ("linkcheck",)
    default_priority = 801

    def run(self, **kwargs: object) -> None:
        builder = cast(CheckExternalLinksBuilder, self.env._app.builder)
        docname = self.env.current_document.docname
        if any(re.match(pattern, docname) for pattern in self.config.linkcheck_exclude_documents):
            # Exclusion is by the page's name, which would be lost.
            return
        srcdir = Path(self.env.srcdir)
        page = Path(self.env.doc2path(docname))
        for link in self.document.findall(nodes.reference):
            known = builder.hyperlinks.get(link.get("refuri", ""))
            if known is None or not link.source:
                continue
            source = Path(link.source)
            if source == page or not source.is_relative_to(srcdir):
                continue
            name = source.relative_to(srcdir)
            # The report asks for the path of a document with this name.
            self.env.project._docname_to_path.setdefault(name.as_posix(), name)
            path = type(known.docpath)(source)
            builder.hyperlinks[known.uri] = Hyperlink(
                known.uri, name.as_posix(), path, link.line or 0
            )
