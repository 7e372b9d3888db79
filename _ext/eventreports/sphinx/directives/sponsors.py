"""``event:sponsors``: organizations by role, tier and group."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from docutils.nodes import Element

from ...core.model import Event, Group, Organization, SponsorTier
from ...core.texts import LocalizedText, all_texts
from ...render import cards
from ...render.context import Context, rubric
from ...render.facts import label
from ...render.labels import _
from ...render.markdown import described
from .base import EventDirective
from .options import OptionSpec, choice, columns, names, words_of

#: The number of successive tiers with one member from which these stand in one grid.
_MANY = 3
_ROLES = ("organizers", "supporters", "sponsors", "media_partners", "groups")


@dataclass(frozen=True)
class _Members:
    """The organisations with one role; ``of`` is their tier or group, if they are of one."""

    role: str
    of: SponsorTier | Group | None
    members: Sequence[Organization]

    @property
    def name(self) -> LocalizedText | None:
        return self.of.name if self.of else None


class Sponsors(EventDirective):
    """The sponsors, and other organisations by role, in tiers or groups."""

    option_spec: ClassVar[OptionSpec] = {
        **EventDirective.option_spec,
        "roles": words_of(*_ROLES),
        "tiers": names,
        "columns": columns,
        "sort": choice("given", "name"),
        "tier-names": choice("show", "none"),
    }
    keys = (*_ROLES, "sponsor_tiers")

    def show(self, context: Context, event: Event) -> list[Element]:
        roles = self.options.get("roles", ["sponsors"])
        are_named = self.options.get("tier-names") != "none"
        groups = [
            one
            for role in roles
            for one in self._groups(event, role)
            if one.members or (one.name and are_named)
        ]
        if not groups:
            return self.nothing(_("There are no sponsors."))
        block = self.block()
        # A single role needs no name: the heading above says it.
        several = len(groups) > 1
        in_row = self.options.get("columns") or columns("2 2 3 4")
        for is_single, run in itertools.groupby(groups, key=self._is_single):
            found = list(run)
            if is_single and are_named and len(found) >= _MANY:
                # One heading for all; the cards say the tiers.
                if block.children:
                    block += rubric(_("Others"), "event-tier")
                tiles = [(self._heading(context, one), one.members[0]) for one in found]
                block += cards.organization_cards(context, tiles, in_row)
                continue
            for group in found:
                if are_named and (several or group.name):
                    block += rubric(self._heading(context, group), "event-tier")
                if group.of and group.of.description:
                    block += described(context, group.of, group.of.description)
                members = group.members
                if self.options.get("sort") == "name":
                    members = sorted(members, key=lambda one: context.name(one.name).casefold())
                if members:
                    named = [("", member) for member in members]
                    block += cards.organization_cards(context, named, in_row)
        return [block]

    def _heading(self, context: Context, group: _Members) -> str:
        return context.text(group.name) or label(group.role)

    def _is_single(self, group: _Members) -> bool:
        """Return whether the card of the only member may say the tier."""
        return len(group.members) == 1 and not (group.of and group.of.description)

    def _groups(self, event: Event, role: str) -> list[_Members]:
        if role == "groups":
            return [_Members(role, group, group.members) for group in event.groups]
        if role != "sponsors":
            return [_Members(role, None, getattr(event, role))]
        groups = [_Members(role, tier, tier.sponsors) for tier in event.tiers]
        if "tiers" not in self.options:
            return groups
        known = list(all_texts(*(group.name for group in groups)))
        return [
            group
            for wanted in self.chosen_names("tiers", known)
            for group in groups
            if group.name and group.name.says(wanted)
        ]
