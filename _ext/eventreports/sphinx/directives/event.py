"""``event:info``, ``event:sponsors``, ``event:files``: the facts of the event itself."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from docutils.nodes import Element
from sphinx_design.grids import row_columns_option

from ...core.model import Event, Group, Organization, SponsorTier
from ...core.problems import Problem
from ...core.scalars import LocalizedText
from ...render import cards, facts, lists
from ...render.context import Context, rubric
from ...render.labels import _, label
from ...render.markdown import described
from .base import EventDirective
from .options import OptionSpec, choice, names, words_of

#: So many tiers of one member in a row share a wall.
_MANY = 3
_ROLES = ("organizers", "supporters", "sponsors", "media_partners", "groups")


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
class _Members:
    """Those who have one role, or are of one tier or group (``of``)."""

    role: str
    of: SponsorTier | Group | None
    members: Sequence[Organization]

    @property
    def name(self) -> LocalizedText | None:
        return self.of.name if self.of else None


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
        for is_single, run in itertools.groupby(groups, key=self._is_single):
            found = list(run)
            if is_single and are_named and len(found) >= _MANY:
                # A heading over each tile would be a page of headings.
                if block.children:
                    block += rubric(_("Others"), "event-tier")
                tiles = [(self._heading(context, one), one.members[0]) for one in found]
                block += cards.organization_cards(context, tiles, columns)
                continue
            for group in found:
                if are_named and (several or group.name):
                    block += rubric(self._heading(context, group), "event-tier")
                if group.of and group.of.description:
                    block += described(context, group.of, group.of.description)
                members = group.members
                if self.options.get("sort") == "name":
                    members = sorted(members, key=lambda one: context.name(one.name).casefold())
                named = [("", member) for member in members]
                block += cards.organization_cards(context, named, columns)
        return [block]

    def tells_of(self, event: Event, problem: Problem) -> bool:
        return event.key_at(problem.mark) in (*_ROLES, "sponsor_tiers")

    def _heading(self, context: Context, group: _Members) -> str:
        return context.text(group.name) or label(group.role)

    def _is_single(self, group: _Members) -> bool:
        """Whether it is so small that its tile may say what it is."""
        return len(group.members) == 1 and not (group.of and group.of.description)

    def _groups(self, event: Event, role: str) -> list[_Members]:
        if role == "groups":
            return [_Members(role, group, group.members) for group in event.groups]
        if role != "sponsors":
            return [_Members(role, None, getattr(event, role))]
        groups = [_Members(role, tier, tier.sponsors) for tier in event.tiers]
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
