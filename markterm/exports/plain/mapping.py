"""The plain form of a unit beside standards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.domain.standards.proposal import ProposedStatement
    from markterm.domain.standards.unit_mapped import MappedCriterion, MappedPair, UnitMapped


def unit_mapped_as_json(shown: UnitMapped) -> Json:
    """A unit beside standards as a JSON object. What is proposed counts for nothing."""
    return {
        "unit": shown.unit.code,
        "version": shown.unit.version or None,
        "title": shown.unit.title,
        "standards": [{"code": each.code, "version": each.version or None} for each in shown.standards],
        "mapped": shown.mapped,
        "criteria": [mapped_criterion_as_json(each) for each in shown.criteria],
    }


def mapped_criterion_as_json(each: MappedCriterion) -> Json:
    """A criterion as a JSON object."""
    return {
        "number": each.criterion.number,
        "text": each.criterion.text,
        "covers": [_pair_as_json(pair) for pair in each.pairs],
        "proposed": [_proposed_as_json(proposed) for proposed in each.proposed],
    }


def _pair_as_json(pair: MappedPair) -> Json:
    known = pair.known
    return {
        "statement": str(pair.name),
        "covers": pair.mapped.strength.value,
        "note": pair.mapped.note or None,
        "text": known.statement.text if known is not None else None,
        "counts": pair.counts,
    }


def _proposed_as_json(proposed: ProposedStatement) -> Json:
    return {
        "statement": str(proposed.known.link),
        "text": proposed.known.statement.text,
        "score": proposed.score,
        "shared": list(proposed.shared),
        "reason": proposed.reason,
    }
