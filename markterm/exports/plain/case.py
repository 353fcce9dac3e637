"""The plain form of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.domain.record.bodies.cases import CaseAbout
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.cases import CaseRecord


def case_as_json(case: CaseRecord) -> Json:
    """A case with its steps as a JSON object."""
    return {
        "uid": case.uid,
        "about": case.about.value,
        "unit": case.unit.code if case.unit is not None else None,
        "version": case.unit.version if case.unit is not None else None,
        "criterion": case.criterion or None,
        "state": case.state,
        "open": case.is_open,
        "holds": case.holds,
        "decisions": list(case.rests_on),
        "recognised_as": case.recognised_as.value if case.recognised_as is not None else None,
        "evidence": dict(case.evidence),
        "may_be_used": case.may_be_used if case.about is CaseAbout.RECOGNITION else None,
        "steps": [
            {
                "uid": each.uid,
                "step": each.step.value,
                "on": iso(each.on),
                "text": each.text,
                "to": each.to or None,
                "upheld": each.upheld,
                "by": each.actor,
                "at": iso(each.at),
            }
            for each in case.steps
        ],
    }
