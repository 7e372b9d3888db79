"""Links and files: slides, videos, attachments."""

from typing import Annotated, Any, Final, Literal

from sphinxcommon.messages import Message

from ..entity import Entity, OneOrMany, key
from ..i18n import N_
from ..key_words import NOTHING, is_among, sharing
from ..problems import Code
from ..texts import Localized
from ..urls import is_url, link_meant
from ..value_types import Date, LocalPath, Offset, Str, Url, invalid, one_of
from .common import VISIBILITIES, Languages, Visibility

Sharing = Literal["available", "not-shared", "not-recorded", "later", "gone"]
_SHARINGS: Final = one_of(
    N_("state of sharing"),
    available=N_("It is shared (the default)."),
    not_shared=N_("It is not going to be shared."),
    not_recorded=N_("There is none: nothing was recorded."),
    later=N_("It is going to be shared."),
    gone=N_("It was shared, and is no more; `archived` leads to a copy."),
)


class Target(Entity):
    """What has a URL or a path, which is also its short form."""

    short_form = N_("a URL or a path")

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        """Read a URL or a path."""
        return {"url": text} if is_url(text.strip()) else {"path": text}


class Resource(Target):
    """A link or a local file: slides, a video, a repository; or why there is none."""

    called = N_("link")

    url: Url | None = key(
        N_("Where it is published."), "https://example.com/edge", "https://example.org/edge.pdf"
    )
    path: LocalPath | None = key(
        N_("File beside `event.yaml`; not together with `url`."), "edge.pdf", "files/edge.pdf"
    )
    title: Localized | None = key(
        N_("What it is; stands before the service's name."), "Appendix", "Demo"
    )
    #: ``not-shared``, ``not-recorded``, ``later`` and ``gone`` are four different things.
    status: Annotated[Sharing, _SHARINGS] = key(
        N_("Whether it is shared."), "not-shared", "later", default="available"
    )
    start: Offset | None = key(
        N_("Where in a video it begins: 12:34, 1:02:03, or seconds."), "12:34", "754"
    )
    language: Languages = key(
        N_("Its language, by tag (BCP 47) or name."), "en", "Japanese", default=()
    )
    text: Localized | None = key(
        N_("Wording that is shown for the status."), "Promised for July", "共有なし"
    )
    archived: Url | None = key(
        N_("A copy in an archive."),
        "https://web.archive.org/web/2026/https://example.com/edge",
        "https://example.org/copy",
    )
    visibility: Annotated[Visibility, VISIBILITIES] | None = key(
        N_("For whom it is, where not for all who read of the session."), "internal", "draft"
    )

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        """Read a URL or a path; a word that says why there is none, or a link, is neither."""
        is_none = not is_url(text.strip()) and (sharing(text) or is_among(text, NOTHING))
        if is_none or link_meant(text):
            raise invalid(
                Code.VALUE, Message("“{text}” is neither a URL nor a path", text=text.strip())
            )
        return super().expand(text)

    @property
    def says_nothing(self) -> bool:
        """Whether it has neither a link nor a reason for having none."""
        return self.status == "available" and not (self.url or self.path or self.archived)


Resources = Annotated[tuple[Resource, ...], OneOrMany]


class Attachment(Target):
    """A file of the report: a local one, one elsewhere, or one of which only facts are known."""

    called = N_("file")

    name: Str | None = key(
        N_("Name that is shown; the path or URL where there is none."), "Handout", "map.png"
    )
    path: LocalPath | None = key(
        N_("File beside `event.yaml`; not together with `url`."), "handout.pdf", "files/map.png"
    )
    url: Url | None = key(
        N_("Where it is published."), "https://example.com/map", "https://example.org/map.png"
    )
    size: Str | None = key(N_("Size; found out for a local file."), "4.81 MB", "183 KB")
    date: Date | None = key(N_("Day on which it was added."), "2026-11-25", "2026-11")
    uploader: Localized | None = key(N_("Who added it."), "Hanako Yamada", "山田花子")
    description: Localized | None = key(N_("What it is."), "Map of the venue", "会場の地図")
    visibility: Annotated[Visibility, VISIBILITIES] | None = key(
        N_("For whom it is, where not for all who read the report."), "internal", "draft"
    )
