"""`markterm attempts`: what was handed in for a unit, and what came of it, attempt by attempt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import learner_argument, unit_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.output import indented, moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.wording import learner_line
from markterm.domain.record.submission import NO_CHANGES, Changes, Submission
from markterm.domain.rules.attempt import Attempt, attempts
from markterm.domain.views.signs import decision_sign
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.attempt import attempt_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre


@click.command("attempts", cls=Command)
@learner_argument
@unit_argument
@pass_session
def command(session: Session, learner: str, unit: str) -> None:
    """Show every attempt at a unit, and what came of each.

    The referrals of the earlier attempt come with their notes: they say what had to be handed in again. What was added,
    changed or removed since the last submission is named.

    \b
    Examples:
      markterm attempts JON2041 501
      markterm attempts JON2041 501 --json
    """
    centre = session.centre()
    shown = centre.learners.portfolio(centre.learners.find(learner))
    of_unit = shown.unit(unit)
    found = attempts(of_unit, shown.portfolio)
    since = centre.attempts.since_submitted(shown.learner.registration).get(of_unit.code, NO_CHANGES)
    last = shown.portfolio.unit(of_unit.key).submission
    if session.as_json:
        say_json([attempt_as_json(each, since if _is_last(each, last) else None) for each in found])
    else:
        say(learner_line(shown))
        say(one_line(f"{of_unit.code} {of_unit.title}"))
        allowed = centre.details.policy.attempts
        say(f"{counted(allowed, 'attempt')} allowed by the centre")
        for each in found:
            say("")
            for line in _lines(centre, each, since if _is_last(each, last) else NO_CHANGES):
                say(line)
    warn_of_damage(shown.findings, shown.incomplete)


def _is_last(attempt: Attempt, last: Submission | None) -> bool:
    """Whether what was submitted then is what the files as they are now are compared with."""
    return last is not None and attempt.submission is not None and attempt.submission.uid == last.uid


def _lines(centre: Centre, attempt: Attempt, since: Changes) -> Iterator[str]:
    always = ", always sampled by the internal verifier" if attempt.always_sampled else ""
    yield f"Attempt {attempt.number}{always}"
    if attempt.submission is None:
        yield "  not submitted" + (": its evidence was never fixed" if attempt.closing is not None else "")
    else:
        given = attempt.submission
        by = f", authorised by {centre.details.name_of(given.authorised_by, given.at)}" if given.authorised_by else ""
        what = "evidence fixed at closing" if given.at_closing else "submitted"
        why = f": {given.no_evidence}" if given.no_evidence else ""
        if given.unread:
            why += f"; not read and so not fixed: {'; '.join(given.unread)}"
        yield "  " + one_line(f"{what} {moment(given.at)} with {counted(len(given.files), 'file')}{by}{why}")
        yield from (f"    condition met: {one_line(each)}" for each in given.conditions)
    if attempt.changes is not None:
        yield "  " + one_line(f"since the attempt before: {attempt.changes}")
        yield from (f"    {one_line(line)}" for line in attempt.changes.lines())
    if since:
        yield "  " + one_line(f"changed since it was submitted: {since}")
        yield from (f"    {one_line(line)}" for line in since.lines())
    declared = attempt.declaration
    if declared is None:
        yield "  not declared yet"
    else:
        day = f" on {declared.on.isoformat()}" if declared.on is not None else ""
        yield "  " + one_line(f"declared: {declared.form}{day}")
    referred, higher = attempt.referred, attempt.not_achieved
    if attempt.decided:
        achieved = len(attempt.achieved)
        more = f"; for a higher grade {achieved} achieved, {len(higher)} not achieved" if achieved or higher else ""
        yield f"  {len(attempt.passed)} passed, {len(referred)} referred{more}"
    if attempt.stale:
        yield "  " + one_line(
            f"≠ decided on another wording or level, or no longer on the sheet: {', '.join(attempt.stale)}"
        )
    for number, decision in attempt.decided:
        if number in referred or number in higher:
            by = f"{centre.details.name_of(decision.actor, decision.at)} {moment(decision.at)}"
            yield "  " + one_line(f"{decision_sign(decision).glyph} {number} by {by}")
            if decision.note.strip():
                yield indented(decision.note, 6)
    if attempt.closing is not None:
        by = centre.details.name_of(attempt.closing.actor, attempt.closing.at)
        fate = ", reopened since" if attempt.closing.reopened else ", changed since" if attempt.changed_since else ""
        yield "  " + one_line(f"closed as {attempt.closing.word} by {by} {moment(attempt.closing.at)}{fate}")
        for other in attempt.also_closed:
            by = centre.details.name_of(other.actor, other.at)
            yield "  " + one_line(f"! closed as {other.word} by {by} {moment(other.at)} too, without having seen it")
            if other.feedback.strip():
                yield indented(other.feedback, 6)
        if changed := attempt.closing.evidence_changed:
            yield "  " + one_line(f"on the evidence as it was submitted; by then: {'; '.join(changed)}")
    if (went := attempt.released) is not None:
        yield "  " + one_line(f"feedback released by {centre.details.name_of(went.actor, went.at)} {moment(went.at)}")
