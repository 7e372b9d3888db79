"""``event:info``, ``event:sponsors``, ``event:files``: the facts of the event itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sphinx_design.grids import row_columns_option

from ..forms import LocalizedText
from ..labels import _, label
from ..model import Event, Organization, SponsorTier
from ..problems import Problem
from ..render import cards, facts, lists
from ..render.context import Context, rubric
from .base import EventDirective, described
from .options import OptionSpec, choice, names, words_of

if TYPE_CHECKING:
    from docutils.nodes import Element

_ROLES = ("organizers", "supporters", "sponsors")


class Info(EventDirective):
    """The facts of the event, in the author's order."""

    option_spec: ClassVar[OptionSpec] = {
        **EventDirective.option_spec,
        "fields": words_of(*facts.EVENT_FIELDS),
        "exclude": words_of(*facts.EVENT_FIELDS),
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        keys = self.options.get("fields") or facts.given_keys(event)
        keys = [key for key in keys if key not in self.options.get("exclude", [])]
        block = self.block()
        if (fields := facts.event_facts(context, event, keys)).children:
            block += fields
        if event.description and "fields" not in self.options:
            block += described(context, event, event.description)
        return [block] if block.children else self.nothing(_("Nothing is known of this event yet."))

    def tells_of(self, event: Event, problem: Problem) -> bool:
        """All that no other directive is about."""
        return event.key_at(problem.mark) not in ("sessions", "files")


@dataclass(frozen=True)
class _Group:
    """Those who have one role, or are of one tier."""

    role: str
    tier: SponsorTier | None
    members: Sequence[Organization]

    @property
    def name(self) -> LocalizedText | None:
        return self.tier.name if self.tier else None


class Sponsors(EventDirective):
    """Who made the event possible, by tier or role."""

    option_spec: ClassVar[OptionSpec] = {
        **EventDirective.option_spec,
        "roles": words_of(*_ROLES),
        "tiers": names,
        "columns": row_columns_option,
        "sort": choice("given", "name"),
        "tier-names": choice("show", "none"),
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        roles = self.options.get("roles", ["sponsors"])
        groups = [group for role in roles for group in self._groups(event, role)]
        groups = [group for group in groups if group.members]
        if not groups:
            return self.nothing(_("There are no sponsors."))
        block = self.block()
        # One role needs no name: the heading above has said it.
        several = len(groups) > 1
        are_named = self.options.get("tier-names") != "none"
        columns = self.options.get("columns") or row_columns_option("2 2 3 4")
        for group in groups:
            heading = context.text(group.name) or label(group.role)
            members = group.members
            if are_named and (several or group.name):
                block += rubric(heading, "event-tier")
            if group.tier and group.tier.description:
                block += described(context, group.tier, group.tier.description)
            if self.options.get("sort") == "name":
                members = sorted(members, key=lambda member: context.text(member.name).casefold())
            block += cards.organization_cards(context, members, columns)
        return [block]

    def tells_of(self, event: Event, problem: Problem) -> bool:
        return event.key_at(problem.mark) in (*_ROLES, "sponsor_tiers")

    def _groups(self, event: Event, role: str) -> list[_Group]:
        if role != "sponsors":
            return [_Group(role, None, getattr(event, role))]
        groups = [_Group(role, tier, tier.sponsors) for tier in event.tiers]
        if "tiers" not in self.options:
            return groups
        known = [group.name for group in groups if group.name]
        return [
            group
            for wanted in self.chosen_names("tiers", known)
            for group in groups
            if group.name and group.name.says(wanted)
        ]


class Files(EventDirective):
    """The attachments."""

    def show(self, context: Context, event: Event) -> list[Element]:
        if not event.files:
            return self.nothing(_("There are no files."))
        return [self.block(lists.file_table(context, event.files))]

    def tells_of(self, event: Event, problem: Problem) -> bool:
        return event.key_at(problem.mark) == "files"
