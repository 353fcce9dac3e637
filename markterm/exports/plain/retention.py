"""The plain form of what is kept of a learner until when, and of what was destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.domain.record.bodies.retaining import What
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from datetime import date

    from markterm.domain.record.destructions import Destruction
    from markterm.domain.record.holds import DestroyedEvidence, HoldSet
    from markterm.domain.rules.retention import Kept
    from markterm.domain.views.kept_of import KeptOf, Outcome
    from markterm.domain.words.errors import MarkTermError


def kept_of_as_json(of: KeptOf, today: date) -> Json:
    """What is kept of a learner until when, with all that is told of it, as a JSON object."""
    return {
        "registration": of.registration,
        "name": of.name,
        **kept_as_json(of.kept),
        "may_destroy": {what.value: of.may_go(what, today) for what in What},
        "holds": [hold_as_json(each) for each in of.holds],
        "evidence_destroyed": destroyed_evidence_as_json(of.evidence_destroyed),
        "coming": [destruction_as_json(each) for each in of.coming],
        "problem": of.problem or None,
    }


def kept_as_json(kept: Kept) -> Json:
    """What is kept until when, and why, as a JSON object."""
    return {
        "rules": [
            {"name": each.name, "evidence_weeks": each.evidence_weeks, "record_years": each.record_years}
            for each in kept.rules
        ],
        "certified": iso(kept.certified),
        "evidence_from": iso(kept.evidence_from),
        "record_from": iso(kept.record_from),
        "unknown": list(kept.unknown),
        "open": list(kept.open),
    }


def hold_as_json(hold: HoldSet) -> Json:
    """A hold as a JSON object."""
    return {"uid": hold.uid, "text": hold.text, "by": hold.actor, "at": iso(hold.at), "lifted": hold.lifted}


def destroyed_evidence_as_json(destroyed: DestroyedEvidence | None) -> Json | None:
    """That the evidence was destroyed as a JSON object; null where it was not."""
    if destroyed is None:
        return None
    told = {"rule": destroyed.rule, "files": destroyed.files, "text": destroyed.text}
    return {**told, "by": destroyed.actor, "at": iso(destroyed.at)}


def destruction_as_json(destruction: Destruction) -> Json:
    """A destruction with its steps as a JSON object. Whose it is it does not know."""
    return {
        "uid": destruction.uid,
        "what": destruction.what.value,
        "rule": destruction.rule,
        "begun": destruction.is_begun,
        "done": destruction.is_done,
        "lapses_at": iso(destruction.lapses_at) if destruction.is_pending else None,
        "steps": [
            {"uid": each.uid, "step": each.step.value, "text": each.text, "by": each.actor, "at": iso(each.at)}
            for each in destruction.steps
        ],
    }


def outcome_as_json(outcome: Outcome, registration: str = "") -> Json:
    """What became of asking for a destruction as a JSON object; of whom it is where a registration is given."""
    whose = {"registration": registration} if registration else {}
    told = destruction_as_json(outcome.destruction)
    return {**whose, "destruction": told, "left": list(outcome.left), "named_in_centre": outcome.names}


def completed_as_json(destruction: Destruction, became: Outcome | MarkTermError) -> Json:
    """What became of completing a destruction as a JSON object: with `problem`, why it is not done."""
    if isinstance(became, Exception):
        return {"destruction": destruction_as_json(destruction), "problem": f"{became.title}: {became.what}"}
    return {**outcome_as_json(became), "problem": None}
