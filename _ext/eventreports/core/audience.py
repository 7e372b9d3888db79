"""For whom a build is, and what of an event is for these."""

from dataclasses import dataclass, field
from typing import Any, Final, TypeVar, get_args

from .entity import Entity
from .model import Event, Visibility

E = TypeVar("E", bound=Entity)

#: In ascending strictness: what is for some is for all whose level is higher, too.
LEVELS: Final[tuple[Visibility, ...]] = get_args(Visibility)


def is_for(visibility: Visibility, audience: Visibility) -> bool:
    """Return whether what has a visibility is for an audience."""
    return LEVELS.index(visibility) <= LEVELS.index(audience)


def strictest(*levels: Visibility | None) -> Visibility:
    """Return the strictest of some levels; ``public`` without any."""
    return max(filter(None, levels), key=LEVELS.index, default="public")


@dataclass(frozen=True)
class LeftOut:
    """A part of an event that is not for an audience; what is within it is not listed.

    :param entity: The part.
    :param visibility: For whom it is: the stricter of its own and of what is around it.
    """

    entity: Entity
    visibility: Visibility


@dataclass(frozen=True)
class Audience:
    """For whom a build is.

    :param level: The highest level of what it has.
    :param default: The level of events that say nothing.
    """

    level: Visibility = LEVELS[-1]
    default: Visibility = LEVELS[0]

    def has(self, *levels: Visibility | None) -> bool:
        """Return whether what has all these levels around it is for the audience."""
        return is_for(strictest(*levels), self.level)

    def view(self, event: Event) -> "View":
        """Return what of an event is for the audience."""
        left_out: list[LeftOut] = []
        default = event.visibility or self.default
        seen = self._seen(event.model_copy(update={"visibility": default}), None, left_out)
        return View(seen if isinstance(seen, Event) else None, tuple(left_out))

    def part(self, entity: E) -> E | None:
        """Return what of something that stands in no event is for the audience."""
        seen = self._seen(entity, None, [])
        return seen if isinstance(seen, type(entity)) else None

    def _seen(
        self, entity: Entity, around: Visibility | None, left_out: list[LeftOut]
    ) -> Entity | None:
        """Return an entity without those within it that are not for the audience.

        :param entity: The entity.
        :param around: The level of what it is in.
        :param left_out: Where to add what is not for the audience.
        :returns: The entity, whose ``visibility`` is empty where it is that of what it is in;
            ``None`` if the whole is not for the audience.
        """
        own = getattr(entity, "visibility", None)
        level = strictest(around, own)
        if not self.has(level):
            left_out.append(LeftOut(entity, level))
            return None
        changed: dict[str, Any] = {}
        if own and level == around:
            changed["visibility"] = None
        for name, value in vars(entity).items():
            is_list = isinstance(value, tuple)
            below = [one for one in (value if is_list else (value,)) if isinstance(one, Entity)]
            seen = [self._seen(one, level, left_out) for one in below]
            if any(one is not other for one, other in zip(seen, below, strict=True)):
                kept = tuple(filter(None, seen))
                changed[name] = kept if is_list else next(iter(kept), None)
        return entity.model_copy(update=changed) if changed else entity


@dataclass(frozen=True)
class View:
    """What of an event an audience may see.

    :param event: The event, with its level, without what is left out; ``None`` if it is that.
    :param left_out: The parts that are left out.
    """

    event: Event | None
    left_out: tuple[LeftOut, ...] = field(default=())


#: Those for whom everything is.
ALL: Final = Audience()
