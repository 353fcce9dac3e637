"""A published standard as a unit: learners of a framework are marked statement by statement, as on a mark sheet.

A standard is no qualification (NOS say what is done well, and certificate nobody): it gives no credit, and is never
claimed. Its title says so wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit

NOT_CLAIMABLE = "a standard, not claimable"


def as_unit(standard: Standard) -> Unit:
    """The standard as a unit: each kind of statement that somebody is asked to show, under each of the headings that it
    is published under, is an outcome that has no number, and each statement a criterion of its code, which evidences
    that statement (`mapped_in`): P1 is no level. Duties are guidance: they say what the work is."""
    groups: dict[tuple[StatementKind, str], list[Statement]] = {}
    for kind in standard.counts:
        for each in standard.of_kind(kind) if kind.is_asked else ():
            groups.setdefault((kind, each.under), []).append(each)
    return Unit(
        standard.code,
        f"{standard.title} ({NOT_CLAIMABLE})",
        version=standard.version,
        guidance="\n\n".join(_guidance(standard)),
        outcomes=tuple(
            LearningOutcome(
                number,
                f"{kind.value}: {under}" if under else kind.value,
                tuple(Criterion(each.code, each.text) for each in own),
                is_numbered=False,
            )
            for number, ((kind, under), own) in enumerate(groups.items(), 1)
        ),
        faulty=standard.faulty,
        graded=False,
        is_standard=True,
    )


def _guidance(standard: Standard) -> Iterator[str]:
    yield "A standard, and no qualification: it gives no credit, and is not claimed."
    if not standard.in_force:
        yield "It is no longer in force."
    if standard.overview.strip():
        yield standard.overview.strip()
    if duties := standard.of_kind(StatementKind.DUTY):
        yield StatementKind.DUTY.value
        yield "\n".join(f"- {each.code} {each.text}" for each in duties)
    if standard.to_check:
        yield "Nobody has checked yet against the document:"
        yield "\n".join(f"- {each}" for each in standard.to_check)
