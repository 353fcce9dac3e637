"""The plain form of a learner's portfolio by standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markterm.domain.record.citation import cited_file
from markterm.domain.standards.portfolio_index import EvidenceSort, counts, why_left
from markterm.exports.plain.decision import decision_as_json
from markterm.exports.plain.evidence import citation_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.domain.record.portfolio import Portfolio
    from markterm.domain.standards.evidenced import ShownBy, StatementOfLearner
    from markterm.domain.standards.portfolio_index import PortfolioIndex


def portfolio_index_as_json(index: PortfolioIndex, portfolio: Portfolio, files: Mapping[str, str] | None) -> Json:
    """A portfolio by standards as a JSON object; `files` are the SHA-256 of the learner's files by name, None
    where they cannot be looked at now."""
    return {
        "standards": [
            {
                "code": standard.code,
                "version": standard.version,
                "title": standard.title,
                "in_force": standard.in_force,
                "counts": {state.name.lower(): number for state, number in counts(index.of(standard)).items()},
                "statements": [_statement_as_json(each, portfolio, files) for each in index.of(standard)],
            }
            for standard in index.standards
        ],
        "other_versions": [
            {"code": standard.code, "version": standard.version, "evidenced": number}
            for standard, number in index.elsewhere
        ],
        "standards_without_sheet": list(index.without_sheet),
        "units_without_sheet": list(index.units_without_sheet),
        "caveats": list(index.caveats),
    }


def _statement_as_json(statement: StatementOfLearner, portfolio: Portfolio, files: Mapping[str, str] | None) -> Json:
    own = statement.statement
    return {
        "code": own.code,
        "kind": own.kind.name.lower(),
        "sort": EvidenceSort.of(own.kind).name.lower(),
        "text": own.text,
        "state": statement.state.name.lower(),
        "why_left": why_left(statement) or None,
        "by": [_shown_as_json(each, portfolio, files) for each in statement.by],
    }


def _shown_as_json(shown: ShownBy, portfolio: Portfolio, files: Mapping[str, str] | None) -> Json:
    destroyed, citations = portfolio.destroyed_of(shown.unit.key) is not None, []
    for each in shown.citations:
        found, name = cited_file(each.passage, files, destroyed=destroyed)
        citations.append(citation_as_json(each) | {"presence": found.value, "file_now": name or None})
    return {
        "unit": shown.unit.code,
        "version": shown.unit.version,
        "criterion": shown.criterion.number,
        "covers": shown.mapped.strength.value,
        "mapping_note": shown.mapped.note or None,
        "state": shown.state.value,
        "unit_state": shown.unit_words,
        "counts": shown.counts,
        "why_not": shown.why_not or None,
        "decision": decision_as_json(shown.decision) if shown.decision is not None else None,
        "citations": citations,
    }
