"""The plain form of records that were taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.exports.record.taken_in import TakenIn


def taken_in_as_json(taken: TakenIn) -> Json:
    """What was taken in, and what has to be done about it, as a JSON object."""
    return {
        "records": list(taken.records),
        "there": list(taken.there),
        "events": taken.events,
        "without_learner": list(taken.without_learner),
        "faults": list(taken.faults),
        "destroyed": list(taken.destroyed),
    }
