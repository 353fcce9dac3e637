"""The plain forms of how people develop: profiles, self-ratings, gaps and CPD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from datetime import date

    from markterm.domain.record.cpd import Cpd, CpdItem, Did
    from markterm.domain.record.profiles import Profile
    from markterm.domain.record.self_ratings import SelfRating
    from markterm.domain.standards.gap import Gap, StatementGap
    from markterm.domain.standards.wanted import Wanted


def profile_as_json(profile: Profile, wanted: Wanted) -> Json:
    """A role profile as a JSON object."""
    return {
        "uid": profile.uid,
        "code": profile.code,
        "title": profile.said.title,
        "functions": [
            {"suite": each.suite, "version": each.version, "code": each.code, "title": each.title}
            for each in profile.said.functions
        ],
        "standards": [
            {"code": each.standard, "version": each.version, "statements": list(each.statements)}
            for each in profile.said.parts
        ],
        "statements": len(profile.links),
        "newer": _newer(wanted),
        "kept_unseen": profile.unseen,
        "why": profile.said.why or None,
        "ended": profile.ended,
        "actor": profile.actor,
        "at": iso(profile.at),
    }


def rating_as_json(rating: SelfRating) -> Json:
    """A self-rating as a JSON object."""
    return {
        "uid": rating.uid,
        "statement": str(rating.link),
        "rating": rating.rating,
        "place": rating.place + 1 if rating.place is not None else None,
        "scale": list(rating.said.scale),
        "enough": rating.is_enough,
        "example": rating.example or None,
        "said_by": rating.said.said_by,
        "how": rating.said.how,
        "on": iso(rating.on),
        "corrected": rating.why or None,
        "corrected_unseen": rating.unseen,
        "actor": rating.actor,
        "at": iso(rating.at),
    }


def statement_gap_as_json(each: StatementGap) -> Json:
    """A statement beside a person as a JSON object: what assessors decided, and what the person says, apart."""
    return {
        "statement": str(each.link),
        "text": each.statement.text if each.statement is not None else None,
        "state": each.state.value,
        "evidenced": each.evidenced.state.value if each.evidenced is not None else None,
        "by": [
            {"unit": shown.unit.code, "criterion": shown.criterion.number, "strength": shown.mapped.strength.value}
            for shown in (each.evidenced.by if each.evidenced is not None else ())
            if shown.counts
        ],
        "said": [rating_as_json(rating) for rating in each.said],
        "change": each.change.value if each.change is not None else None,
        "differs": each.differs or None,
        "items": [item.uid for item in each.items],
    }


def gap_as_json(found: Gap) -> Json:
    """A person beside what is wanted as a JSON object."""
    return {
        "of": found.wanted.code,
        "title": found.wanted.title,
        "counts": {state.value: number for state, number in found.counts.items()},
        "statements": [statement_gap_as_json(each) for each in found.statements],
        "functions": [
            {
                "code": each.function.code,
                "title": each.function.title,
                "standards": [str(key) for key in each.function.standards],
                "statements": len(each.statements),
                "gaps": each.gaps,
            }
            for each in found.by_function
        ],
        "not_planned": [str(each.link) for each in found.not_planned],
        "newer": _newer(found.wanted),
        "caveats": list(found.caveats),
    }


def item_as_json(item: CpdItem, today: date) -> Json:
    """An item of a CPD plan as a JSON object."""
    return {
        "uid": item.uid,
        "state": item.state.value,
        "overdue": item.is_overdue(today),
        "what": item.said.what,
        "how": item.said.how,
        "by": iso(item.said.by),
        "evidence": item.said.evidence,
        "statements": [str(each) for each in item.statements],
        "why": item.said.why or None,
        "changed_unseen": len(item.heads) > 1,
        "done": [each.uid for each in item.done],
        "actor": item.actor,
        "at": iso(item.at),
    }


def did_as_json(did: Did) -> Json:
    """Something that was done as a JSON object."""
    return {
        "uid": did.uid,
        "what": did.said.what,
        "on": iso(did.said.on),
        "evidence": did.said.evidence,
        "item": did.said.item or None,
        "requirements": list(did.said.requirements),
        "statements": [str(each) for each in did.said.statements],
        "corrected": did.said.why or None,
        "actor": did.actor,
        "at": iso(did.at),
    }


def cpd_as_json(cpd: Cpd, today: date) -> Json:
    """A person's CPD as a JSON object."""
    return {
        "plan": [item_as_json(each, today) for each in cpd.items],
        "done": [did_as_json(each) for each in cpd.done],
    }


def _newer(wanted: Wanted) -> list[Json]:
    return [{"kept": str(each.kept), "newest": str(each.newest)} for each in wanted.newer]
