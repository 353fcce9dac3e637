"""What can be done with the visit, or what it asks for, that is under the cursor: what stands below the visits."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.assessed.member import Member, Role
from markterm.domain.views.listed_actions import ListedAction, Standing

_RECORD = frozenset({Role.COORDINATOR, Role.VERIFIER})


def keys_of_visits(action: ListedAction | None, member: Member | None, *, is_visit: bool = False) -> str:
    """What to press, with commands in braces: on an action, or else on a visit where there is one."""
    roles = member.roles if member is not None else frozenset()
    records = bool(roles & _RECORD)
    if action is not None:
        parts = list(_of_action(action, member, records=records))
    elif is_visit:
        parts = ["{visits.read} reads", *(["{visits.ask} sets an action"] if records else [])]
    else:
        parts = []
    if records:
        parts.append("{visits.new} new visit")
    parts += ["{visits.leave} leaves", "{visits.export} exports"]
    if records and is_visit and action is None:
        parts.append("{visits.drop} drops")
    return " · ".join(parts)


def _of_action(action: ListedAction, member: Member | None, *, records: bool) -> Iterator[str]:
    roles = member.roles if member is not None else frozenset()
    is_own, is_done = member is not None and action.action.owner == member.id, action.standing is Standing.DONE
    decides = Role.VERIFIER in roles and not action.is_finished
    if is_own and not is_done and not action.is_finished:
        yield "{visits.done} done"
    if is_done and decides and not is_own:
        yield "{visits.accept} accepts"
    yield "{visits.read} reads"
    if decides:
        yield "{visits.again} " + ("sends back" if is_done else "sets again")
    if records and not action.is_finished:
        yield "{visits.reassign} reassigns"
