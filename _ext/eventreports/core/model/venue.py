"""Venues and their rooms."""

from typing import Annotated

from ..entity import Entity, OneOrMany, key
from ..i18n import N_
from ..texts import Localized, LocalizedText
from ..value_types import Count, Latitude, Longitude, Url
from .resource import Resources


class Room(Entity):
    """A room of the venue."""

    called = N_("room")
    short_form = N_("a name")
    short_key = "name"
    required = ("name",)

    name: Localized | None = key(N_("Name."), "Hall A", "{ja: 大ホール, en: Main Hall}")
    description: Localized | None = key(N_("Where it is, or what it has."), "5F", "地下1階")
    capacity: Count | None = key(N_("How many people it holds."), "300", "1,200")


class Venue(Entity):
    """Where the event took place, or one of its sessions."""

    called = N_("venue")
    short_form = N_("a name")
    short_key = "name"

    name: Localized | None = key(N_("Name."), "Minato Hall", "{ja: みなとホール, en: Minato Hall}")
    address: Localized | None = key(N_("Address."), "Shibaura, Tokyo", "東京都港区芝浦")
    locality: Localized | None = key(N_("City or region."), "Minato, Tokyo", "仙台市")
    latitude: Latitude | None = key(N_("Degrees north; south is negative."), "35.6427", "-33.86")
    longitude: Longitude | None = key(N_("Degrees east; west is negative."), "139.7463", "-0.1276")
    maps: Resources = key(
        N_("Maps of the place."),
        "https://www.openstreetmap.org/?mlat=35.64&mlon=139.74",
        "https://example.com/map",
        default=(),
    )
    url: Url | None = key(
        N_("The venue's website."), "https://example.com/hall", "https://example.org/access"
    )
    rooms: Annotated[tuple[Room, ...], OneOrMany] = key(
        N_("The rooms, in the order of the schedule's columns."),
        "[Hall A, Hall B]",
        "[{name: Hall A, capacity: 300}]",
        default=(),
    )

    @property
    def shown_name(self) -> LocalizedText | None:
        """Its name, or else where it is."""
        return self.name or self.address or self.locality

    @property
    def says_nothing(self) -> bool:
        """Whether there is neither where it is nor what it is called."""
        has_place = self.latitude and self.longitude
        return not (self.name or self.address or self.locality or has_place or self.rooms)
