"""What can be done with the visit, or what it asks for, that is under the cursor: what stands below the visits."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.actions import ActionStep
from markterm.domain.views.listed_actions import ListedAction, Standing

_RECORD = frozenset({Role.COORDINATOR, Role.VERIFIER})


def keys_of_visits(action: ListedAction | None, member: Member | None, *, is_visit: bool = False) -> str:
    """What to press, with commands in braces: on an action, or else on a visit where there is one."""
    roles = member.roles if member is not None else frozenset()
    records = bool(roles & _RECORD)
    if action is not None:
        parts = list(_of_action(action, member))
    elif is_visit:
        parts = ["{visits.read} reads", *(["{visits.ask} sets an action"] if records else [])]
    else:
        parts = []
    if records:
        parts.append("{visits.new} new visit")
    parts += ["{visits.leave} leaves", "{visits.export} exports", "{visits.lists} lists"]
    if records and is_visit and action is None:
        parts.append("{visits.drop} drops")
    return " · ".join(parts)


def _of_action(action: ListedAction, member: Member | None) -> Iterator[str]:
    steps = action.steps_for(member)
    if ActionStep.DONE in steps:
        yield "{visits.done} done"
    if ActionStep.ACCEPTED in steps:
        yield "{visits.accept} accepts"
    yield "{visits.read} reads"
    if ActionStep.SET in steps:
        yield "{visits.again} " + ("sends back" if action.standing is Standing.DONE else "sets again")
    if ActionStep.REASSIGNED in steps:
        yield "{visits.reassign} reassigns"
