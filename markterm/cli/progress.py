"""`markterm progress`: how far a learner is in each qualification, and what would complete it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.output import draws, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.wording import learner_line
from markterm.domain.assessed.qualification import GroupUnit
from markterm.domain.claims.badges import badge_of_unit
from markterm.domain.record.outcome import count
from markterm.domain.record.sheet_fit import why_changed
from markterm.domain.record.states import CriterionState, VerificationState
from markterm.domain.views.unit_told import due_told
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.badge import badge_as_json
from markterm.exports.plain.claim import claimable_as_json
from markterm.exports.plain.learner import departure_as_json, learner_as_json, standings_as_json
from markterm.exports.plain.qualification import progress_as_json
from markterm.exports.plain.values import iso

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.assessed.qualification_progress import QualificationProgress
    from markterm.domain.assessed.unit import Unit

_BAR = 40
_VERIFICATION = {
    VerificationState.OPEN: "sampled, and not verified yet",
    VerificationState.UNFINISHED: "a verifier has not finished with it",
    VerificationState.UNCOUNTERSIGNED: "a verifier in training agreed, and nobody countersigned",
    VerificationState.NOT_AGREED: "a verifier does not agree",
    VerificationState.CONFLICT: "two verifiers answered differently",
    VerificationState.STALE: "what was verified does not stand any more",
}
"""What of a unit's verification is in the way of a claim."""


@click.command("progress", cls=Command)
@learner_argument
@pass_session
def command(session: Session, learner: str) -> None:
    """Show how far a learner is in each qualification.

    The credits gained of those needed, by which units, what is missing, which choices remain, the days left, and what
    would complete it. Only units that are closed as passed count, once each, in every qualification that lists them;
    one that was changed since it was closed, or whose sheet says something else by now, does not until it is settled.
    A standard that the learner is marked on is told apart: it gives no credit. What is due until when is told too.
    What a verifier has not agreed to yet is said, and what a case or an action holds; and how the centre stands in the
    qualification, how far its claim is, and what changed since; and where the badge of a course of the centre's own
    stands.

    \b
    Examples:
      markterm progress JON2041
      markterm progress JON2041 --json
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    shown = centre.learners.portfolio(registration)
    attained = centre.learners.progress(registration)
    codes = {each.qualification.code for each in attained}
    # A closing that does not hold counts no credits until somebody has looked at it.
    records = ((unit, shown.portfolio.unit(unit.key)) for unit in shown.units)
    not_counted = {unit.code: why for unit, record in records if (why := why_changed(unit, record))}
    verified = {
        unit.code: words
        for unit, record in ((unit, shown.portfolio.unit(unit.key)) for unit in shown.units)
        if record.closing is not None and (words := _VERIFICATION.get(record.verification))
    }
    cases = [case for case in shown.portfolio.cases if case.holds]
    held = [unit.code for unit in shown.units if any(case.concerns(unit.key) for case in cases)]
    waiting = [unit.code for unit in shown.units if any(a.holds for a in shown.portfolio.unit(unit.key).after.actions)]
    claims = {each.code: each for each in centre.claims.of(registration).claimables if each.unit is None}
    badges = [(unit, stands) for unit in shown.units if (stands := badge_of_unit(unit, shown.portfolio)) is not None]
    closed = ((unit.code, shown.portfolio.unit(unit.key).closing) for unit in shown.units)
    graded = {code: each.grade.value for code, each in closed if each is not None and each.grade is not None}
    today = centre.caseload.today
    due = {unit.code: day for unit in shown.units if (day := shown.due_on(unit)) is not None}
    on_standards = [unit for unit in shown.units if unit.is_standard]
    without_sheet = [code for code in shown.learner.qualifications if code not in codes]
    if session.as_json:
        say_json(
            {
                **learner_as_json(shown.learner),
                "qualifications": [
                    progress_as_json(each) | {"claim": claimable_as_json(claims[each.qualification.code])}
                    for each in attained
                ],
                "qualification_status": standings_as_json(centre.details.claiming, shown.learner.qualifications),
                "not_counted": [{"unit": code, "why": why} for code, why in not_counted.items()],
                "verification": [{"unit": code, "state": words} for code, words in verified.items()],
                "on_standards": [
                    {"code": unit.code, "version": unit.version, "passed": passed, "of": len(unit.criteria)}
                    for unit, passed in _passed(shown, on_standards)
                ],
                "grades": [{"unit": code, "grade": grade} for code, grade in graded.items()],
                "badges": [badge_as_json(shown.learner.registration, unit.key, badge) for unit, badge in badges],
                "held_by_cases": held,
                "held_by_actions": waiting,
                "due": [{"unit": code, "due_on": iso(day), "late": day < today} for code, day in due.items()],
                "departure": departure_as_json(shown.portfolio.departure),
                "without_sheet": without_sheet,
                "incomplete": shown.incomplete,
            }
        )
    else:
        say(learner_line(shown))
        if shown.incomplete:
            say(one_line(f"! The record is incomplete: {shown.incomplete}"))
        for each in attained:
            say()
            for line in _lines(each):
                say(line)
            claim = claims[each.qualification.code]
            if standing := centre.details.claiming.standing(claim.code).in_words:
                say(one_line(f"Status: {standing}."))
            if each.complete or claim.state is not None:
                say(one_line(f"Claim: {claim.in_words}."))
            for changed in claim.changed:
                say(one_line(f"! {changed}"))
        for unit, passed in _passed(shown, on_standards):
            told = f"{passed} of {counted(len(unit.criteria), 'statement')} passed, and no credit"
            say(one_line(f"{unit.code} {unit.title}: {told}"))
        for code, day in due.items():
            say(one_line(f"{code}:{due_told(day, today)}"))
        for code, grade in graded.items():
            say(one_line(f"{code}: {grade}"))
        for unit, badge in badges:
            say(one_line(f"{'! ' if badge.asks else ''}{unit.code} {unit.title}: {badge.in_words}"))
        for code, why in not_counted.items():
            say(one_line(f"! {code}: {why}"))
        for code, words in verified.items():
            say(one_line(f"! {code}: {words}"))
        for code in held:
            say(one_line(f"! {code}: held by a case"))
        for code in waiting:
            say(one_line(f"! {code}: held by an action that is not finished"))
        for code in without_sheet:
            say(one_line(f"{code}: there is no sound sheet for this qualification; markterm check says why"))
        if not shown.learner.qualifications:
            click.echo("On no qualification: `qualification:` in learner.md names them.", err=True)
    warn_of_damage(shown.findings, shown.incomplete)


def _passed(shown: LearnerPortfolio, units: Iterable[Unit]) -> Iterator[tuple[Unit, int]]:
    """Each of these units with how many of its criteria are passed."""
    for unit in units:
        yield unit, count(unit, shown.portfolio.unit(unit.key), CriterionState.PASS)


def _lines(attained: QualificationProgress) -> Iterator[str]:
    yield one_line(f"{attained.qualification.code} {attained.qualification.title}")
    done = min(attained.credits * _BAR // attained.needed, _BAR) if attained.needed else 0
    bar = f"{'█' * done}{'░' * (_BAR - done)} " if draws() else ""
    yield f"{bar}{attained.credits} of {attained.needed} credits"
    lists = (
        ("Gained by", [_named(unit) for unit in attained.counted]),
        ("Missing", [_named(unit) for unit in attained.missing]),
        ("To choose", [str(choice) for choice in attained.choices]),
    )
    for heading, items in lists:
        if items:
            yield f"{heading}:"
            yield from (f"  {one_line(item)}" for item in items)
    yield "Rules:"
    for verdict in attained.verdicts:
        yield f"  {'✓' if verdict.met else '·'} {one_line(verdict.sentence)}"
    for left_out in attained.left_out:
        yield f"  ! {one_line(left_out.sentence)}"
    if attained.ends is not None and attained.days_left is not None and not attained.complete:
        yield _time(attained.ends, attained.days_left)
    yield one_line(attained.sentence)


def _named(unit: GroupUnit) -> str:
    return f"{unit.code} {unit.title}, {counted(unit.credit, 'credit')}"


def _time(ends: date, left: int) -> str:
    days = counted(abs(left), "day")
    return f"Time: {days} left, to {ends}." if left >= 0 else f"Time: over since {ends}, {days} ago."
