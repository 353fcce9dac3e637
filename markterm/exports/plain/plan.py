"""The plain form of a sampling plan, and of why a unit is in it or is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.plans import StandingPlan
    from markterm.domain.sampling.beside import BesidePlan
    from markterm.domain.sampling.proposal import Proposal
    from markterm.domain.sampling.table import PlanRow, Table
    from markterm.domain.sampling.why import Why
    from markterm.domain.views.plan_lines import PlanLine


def plan_as_json(stands: StandingPlan, proposed: Proposal, table: Table, shown: Iterable[PlanLine]) -> Json:
    """The plan with what is proposed, and of its samples those that are `shown`, as a JSON object."""
    said = proposed.said
    return {
        "begins": iso(stands.begins),
        "ends": iso(stands.ends),
        "adopted": _adopted(stands),
        "seed": said.seed,
        "samples": [_row(line.row) for line in shown],
        "dropped": [
            {"registration": learner, "unit": unit, "because": why} for (learner, unit), why in stands.dropped.items()
        ],
        "rules": [
            {"rule": each.words, "asked": each.asked, "of": each.of, "got": each.got, "why_fewer": each.why}
            for each in said.rules
        ],
        "at_least": proposed.lower_bound,
        "drawn": said.drawn if said.is_whole else None,
        "drawn_from": said.drawn_from if said.is_whole else None,
        "proves": table.proves,
        "chosen": table.others._asdict(),
        **_beside(table.beside),
    }


def _beside(beside: BesidePlan) -> Json:
    return {
        "observations_due": [
            {
                "assessor": each.assessor,
                "how": each.how.value,
                "every_months": each.every,
                "last": iso(each.last),
                "by": iso(each.by),
                "planned": each.planned.uid if each.planned is not None else None,
            }
            for each in beside.to_observe
        ],
        "verifiers": [
            {
                "verifier": each.verifier,
                "verified": each.verified,
                "asked": each.asked,
                "looked_at": [{"registration": learner, "unit": unit} for learner, unit in each.looked_at],
                "to_look_at": [{"registration": learner, "unit": unit} for learner, unit in each.to_look_at],
                "nobody": each.nobody,
            }
            for each in beside.of_verifiers
        ],
    }


def plan_in_short(stands: StandingPlan) -> Json:
    """Which plan it is, who adopted it, and how much is in it, as a JSON object."""
    return {
        "begins": iso(stands.begins),
        "ends": iso(stands.ends),
        "adopted": _adopted(stands),
        "samples": len(stands.samples),
        "dropped": len(stands.dropped),
    }


def _adopted(stands: StandingPlan) -> list[Json]:
    return [
        {"uid": each.uid, "by": each.actor, "at": iso(each.at), "day": iso(each.said.day)} for each in stands.adopted
    ]


def _row(row: PlanRow) -> Json:
    sample, planned = row.sample, row.sample.planned
    return {
        "registration": planned.learner,
        "unit": planned.unit,
        "assessor": planned.assessor,
        "risk": planned.risk,
        "stage": planned.stage,
        "method": sample.method,
        "verifier": sample.verifier,
        "planned_for": iso(sample.planned_for),
        "due": iso(row.by),
        "actual": iso(row.actual),
        "state": row.where.value,
        "report": row.report,
        "drawn": planned.drawn,
        "because": list(sample.because),
        "by_hand": [each.words for each in sample.by_hand],
        "nobody": row.nobody,
    }


def why_as_json(stands: StandingPlan, learner: str, unit: str, answer: Why) -> Json:
    """Why a learner's unit is in the plan, or is not, as a JSON object."""
    latest = stands.latest
    return {
        "registration": learner,
        "unit": unit,
        "begins": iso(stands.begins),
        "ends": iso(stands.ends),
        "day": iso(latest.said.day) if latest is not None else None,
        "seed": latest.said.seed if latest is not None else None,
        "sampled": answer.sampled,
        "because": list(answer.because),
        "place": answer.place or None,
        "of": answer.of or None,
        "rules": [
            {"rule": each.words, "asked": each.asked, "of": each.of, "got": each.got, "why_fewer": each.why}
            for each in answer.rules
        ],
    }
