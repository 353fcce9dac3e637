"""The steps of an action or a case: each names those that it replaces, and what no other one replaced holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markterm.domain.record.event import Event


class Steps(NamedTuple):
    """The uids of steps in their order, and those of the ones that no other one replaced: several where people acted
    without having seen each other."""

    order: tuple[str, ...]
    heads: tuple[str, ...]


def in_order(events: Iterable[Event]) -> Steps:
    """The steps in the same order whatever order the record tells them in, as long as it tells what a step replaces
    before the step."""
    by_uid = {event.uid: event for event in events}
    depths: dict[str, int] = {}
    for uid, event in by_uid.items():
        depths[uid] = 1 + max((depths.get(gone, 0) for gone in event.supersedes), default=0)
    order = tuple(sorted(by_uid, key=lambda uid: (depths[uid], by_uid[uid].at, uid)))
    replaced = {gone for event in by_uid.values() for gone in event.supersedes}
    return Steps(order, tuple(uid for uid in order if uid not in replaced))
