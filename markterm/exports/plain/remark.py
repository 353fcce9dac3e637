"""The plain form of a remark of the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.domain.record.states import DECIDED
from markterm.exports.plain.decision import place_as_json
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.remarks.remark import Remark


def remark_as_json(remark: Remark) -> Json:
    """A remark as a JSON object."""
    return {
        "id": remark.id,
        "state": remark.state.value,
        "text": remark.text,
        "uses": len(remark.uses),
        "results": {state.value.replace(" ", "_"): remark.decided.get(state, 0) for state in DECIDED},
        "learners": list(remark.learners),
        "criteria": [place_as_json(each.unit, each.number) for each in remark.criteria],
        "last": iso(remark.uses[0].at) if remark.uses else None,
    }
