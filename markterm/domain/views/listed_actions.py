"""The actions of a centre in a list: where each stands, whose it is, and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.actions import ActionRecord, ActionState
from markterm.domain.record.bodies.actions import ActionStep
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.views.list_filter import Fields, filter_list
from markterm.domain.words.code import is_code, short_codes
from markterm.domain.words.letters import plain


class Standing(StrEnum):
    """Where an action stands, in the order in which they are listed. One that was given to another member and is not
    over its day is open."""

    OVERDUE = "overdue"
    DONE = "done"
    OPEN = "open"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class ListedAction:
    """An action, of the learner of that row and their unit, or of the centre: then `where` says of what.

    `has_left` says that its owner is no member any more, `holds` what waits for an action of a visit.
    """

    row: CaseloadRow | None
    unit: UnitKey | None
    where: str
    action: ActionRecord
    standing: Standing
    has_left: bool = False
    holds: str = ""

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        if self.standing is Standing.OPEN and self.action.last.step is ActionStep.REASSIGNED:
            return "reassigned"
        return self.standing.value

    @property
    def is_finished(self) -> bool:
        """Whether a verifier accepted it."""
        return self.action.is_finished

    def steps_for(self, member: Member | None) -> frozenset[ActionStep]:
        """What that member may do with it where it stands: its owner says that it is done, another verifier accepts
        that, a verifier sets it again, and who verifies or coordinates gives it to somebody else."""
        if member is None or self.is_finished:
            return frozenset()
        is_own, is_done = member.id == self.action.owner, self.standing is Standing.DONE
        return frozenset(
            step
            for step, may in (
                (ActionStep.DONE, is_own and not is_done),
                (ActionStep.ACCEPTED, is_done and not is_own and Role.VERIFIER in member.roles),
                (ActionStep.SET, Role.VERIFIER in member.roles),
                (ActionStep.REASSIGNED, not member.roles.isdisjoint({Role.VERIFIER, Role.COORDINATOR})),
            )
            if may
        )

    @cached_property
    def words(self) -> str:
        """What words of a filter are looked for in, as `plain` gives it; of whoever is marked blind not what was
        written, which may name them."""
        row, action = self.row, self.action
        who = () if row is None else (row.alias,) if row.alias else (row.registration, row.name)
        text = () if row is not None and row.alias else (action.text,)
        return plain(" ".join((*who, self.where, action.criterion, action.owner, self.state, *text)))

    def concerns(self, member: str) -> bool:
        """Whether that member owns it or set it."""
        return bool(member) and member in (self.action.owner, self.action.first.actor)


def listed(
    row: CaseloadRow | None,
    unit: UnitKey | None,
    where: str,
    action: ActionRecord,
    members: Collection[str],
    today: date,
    holds: str = "",
) -> ListedAction:
    """The action as it stands on that day; `members` are the ids of those who are still there."""
    standing = Standing.OVERDUE if action.is_overdue(today) else _STANDING[action.state]
    return ListedAction(row, unit, where, action, standing, action.owner not in members, holds)


_STANDING = {
    ActionState.OPEN: Standing.OPEN,
    ActionState.DONE: Standing.DONE,
    ActionState.ACCEPTED: Standing.ACCEPTED,
}
_PLACE = {standing: place for place, standing in enumerate(Standing)}


def sort_actions(actions: Iterable[ListedAction]) -> list[ListedAction]:
    """By where they stand: overdue, done, open, accepted; and those that are due first come first."""
    return sorted(actions, key=_order)


def _order(each: ListedAction) -> tuple[object, ...]:
    place = each.row.place if each.row is not None else ("", "")
    return _PLACE[each.standing], each.action.due or date.max, place, each.where, each.action.uid


def left_in_words(actions: Sequence[ListedAction]) -> str:
    """How many are left: `3 open, 1 overdue, 2 to accept`."""
    counts = {standing: sum(each.standing is standing for each in actions) for standing in Standing}
    told = (
        (counts[Standing.OVERDUE], "overdue"),
        (counts[Standing.DONE], "to accept"),
        (counts[Standing.OPEN], "open"),
        (counts[Standing.ACCEPTED], "accepted"),
    )
    return ", ".join(f"{count:,} {words}" for count, words in told if count) or "no actions"


_FIELDS: dict[str, Callable[[ListedAction, str], bool]] = {
    "unit": lambda each, value: each.unit is not None and is_code(value, plain(each.unit.code)),
    "owner": lambda each, value: plain(each.action.owner) == value,
    "state": lambda each, value: (
        each.state.startswith(value) or each.standing.startswith(value) or (each.has_left and _LEFT.startswith(value))
    ),
}
_LEFT = "left"
ACTION_FILTER = FilterWords(tuple(_FIELDS), {"state": (*Standing, "reassigned", _LEFT)})
"""What a filter of actions knows, whatever they are."""


def words_of_actions(actions: Iterable[ListedAction]) -> FilterWords:
    """The same, with the units and members of these."""
    actions = tuple(actions)
    return ACTION_FILTER.with_known(
        {
            "unit": short_codes({each.unit.code for each in actions if each.unit is not None}).values(),
            "owner": {each.action.owner for each in actions},
        }
    )


def filter_actions(actions: Iterable[ListedAction], text: str) -> list[ListedAction]:
    """What the filter lets through, by words and the fields of `ACTION_FILTER`; `state:left` finds what belongs to
    somebody who left."""
    fields: Fields[ListedAction] = _FIELDS
    return filter_list(actions, text, fields, lambda each: each.words)
