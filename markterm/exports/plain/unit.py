"""The plain form of a unit as a learner has it: its criteria, what was decided of them, and what it waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from markterm.domain.claims.badges import badge_of_unit
from markterm.domain.record.citation import cited_file
from markterm.domain.record.comments import Comment, Section
from markterm.domain.record.methods_used import methods_used
from markterm.domain.record.outcome import aim_grades, grade, unit_state
from markterm.domain.record.sheet_fit import fit_in_words, stale
from markterm.domain.views.verified import by_criterion
from markterm.exports.plain.caseload import due_as_json
from markterm.exports.plain.closing import closing_as_json, release_as_json
from markterm.exports.plain.decision import decision_as_json
from markterm.exports.plain.evidence import citation_as_json
from markterm.exports.plain.standardisation import agreed_as_json
from markterm.exports.plain.submission import declaration_as_json, submission_as_json
from markterm.exports.plain.values import Json
from markterm.exports.plain.verification import unit_verification_as_json

if TYPE_CHECKING:
    from markterm.domain.assessed.mapping import Mapped
    from markterm.domain.assessed.unit import Criterion, Unit
    from markterm.domain.record.portfolio import Portfolio
    from markterm.domain.record.standardisation import Agreed
    from markterm.domain.standards.unit_mapped import MappedPair
    from markterm.domain.views.caseload import UnitProgress


def unit_as_json(
    unit: Unit,
    portfolio: Portfolio,
    files: Mapping[str, str] | None,
    progress: UnitProgress | None,
    agreed: Mapping[str, Sequence[Agreed]],
    covers: Mapping[str, Sequence[MappedPair]],
) -> Json:
    """A unit as a JSON object. `files` are the SHA-256 of the learner's files by name, which tell what became of those
    that are cited, None where they cannot be looked at now; `progress` is how the caseload has the unit, None where it
    does not; `agreed` is what was agreed of each criterion in standardisations, and `covers` what each covers of
    standards."""
    record = portfolio.unit(unit.key)
    closing, aims = record.closing, aim_grades(unit, record)
    return {
        "code": unit.code,
        "version": unit.version,
        "title": unit.title,
        "is_standard": unit.is_standard,
        "state": unit_state(unit, record).value,
        "graded": unit.graded is True,
        "regulated": unit.regulated,
        "grade_so_far": so_far.value if (so_far := grade(unit, record)) is not None else None,
        "waiting": [due_as_json(each) for each in (progress.due if progress is not None else ())],
        "case_open": progress is not None and progress.has_case,
        "claim": progress.claim or None if progress is not None else None,
        "claim_changed": progress is not None and progress.claim_changed,
        "badge": badge.state.value if (badge := badge_of_unit(unit, portfolio)) is not None else None,
        "badge_why": badge.why or None if badge is not None else None,
        "held_by_cases": [each.uid for each in portfolio.cases if each.holds and each.concerns(unit.key)],
        "no_sheet": unit.no_sheet or None,
        "sheet_has_errors": unit.faulty,
        "stale": list(stale(unit, record)),
        "attempt": record.attempt,
        "methods": [each.value for each in methods_used(portfolio, unit.key)],
        "declaration": declaration_as_json(portfolio.declared(unit.key)),
        "submission": submission_as_json(record.submission),
        "closing": (
            closing_as_json(closing) | {"changed_since": record.changed_since_closing} if closing is not None else None
        ),
        "verification": unit_verification_as_json(record),
        "released": [release_as_json(each) for each in record.releases],
        "outcomes": [
            {
                "number": outcome.number if outcome.label else None,
                "title": outcome.title,
                "aims": [
                    {"aim": aim, "grade": own.value if (own := aims[aim]) is not None else None}
                    for aim in unit.aims_in(outcome)
                ],
                "comments": [
                    comment_as_json(each) for each in portfolio.comments_on(Section(unit.key, outcome.number))
                ],
                "criteria": [
                    criterion_as_json(unit, each, portfolio, files)
                    | {"standardised": [agreed_as_json(one) for one in agreed.get(each.number, ())]}
                    | {"covers": [_covered_as_json(one.mapped) for one in covers.get(each.number, ())]}
                    for each in outcome.criteria
                ],
            }
            for outcome in unit.outcomes
        ],
    }


def _covered_as_json(mapped: Mapped) -> Json:
    return {"statement": str(mapped.link), "covers": mapped.strength.value}


def comment_as_json(comment: Comment) -> Json:
    """A comment on a section of a sheet, as a JSON object."""
    return {
        "uid": comment.uid,
        "text": comment.text,
        "actor": comment.actor,
        "at": comment.at.isoformat(),
        "outcome": comment.section.outcome,
        "assignment": comment.section.assignment or None,
        "task": comment.section.task,
    }


def criterion_as_json(unit: Unit, criterion: Criterion, portfolio: Portfolio, files: Mapping[str, str] | None) -> Json:
    """A criterion, with what stands of it, as a JSON object."""
    marked = portfolio.unit(unit.key).criterion(criterion.number)
    verified = by_criterion(portfolio.unit(unit.key)).get(criterion.number)
    citations, destroyed = [], portfolio.destroyed_of(unit.key) is not None
    for each in marked.citations:
        found, name = cited_file(each.passage, files, destroyed=destroyed)
        now = {"earlier_attempt": marked.is_earlier(each), "presence": found.value, "file_now": name or None}
        now |= {"doubt": portfolio.accounts.doubt(each.passage)}
        citations.append(citation_as_json(each) | now)
    return {
        "number": criterion.number,
        "text": criterion.text,
        "descriptors": {descriptor.standing.value: descriptor.text for descriptor in criterion.descriptors},
        "level": criterion.level.value if criterion.level is not None else None,
        "state": marked.state.value,
        "on_the_sheet": criterion.is_asked,
        "verification": verified.state.value if verified is not None else None,
        "decisions": [
            decision_as_json(each) | {"fit": list(fit_in_words(unit, criterion, marked, each, portfolio.placing))}
            for each in marked.standing
        ],
        "citations": citations,
    }
