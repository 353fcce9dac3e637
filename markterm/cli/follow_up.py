"""How actions, cases and claims are told, line by line, to members of staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from markterm.cli.output import indented, moment
from markterm.domain.claims.since import changed_since
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.cases import CaseRecord, outcome_of
from markterm.domain.record.claims import words_of as step_in_words
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.record.claims import ClaimRecord
    from markterm.domain.record.event import Event
    from markterm.domain.record.portfolio import Portfolio


def action_lines(centre: Centre, action: ActionRecord, today: date) -> Iterator[str]:
    """An action with its steps: what is to be done by whom, until when, and where it stands by that day."""
    on = f" on {action.criterion}" if action.criterion else ""
    left = "" if centre.details.member(action.owner) is not None else ", who left the centre"
    due = f", due {action.due.isoformat()}" if action.due is not None else ""
    holds = ", holds the feedback" if action.holds else ""
    sign = "! " if action.is_overdue(today) else ""
    owner = f"for {centre.details.name_of(action.owner)}{left}"
    yield one_line(f"{sign}action {action.short}{on}: {action.in_words(today)}, {owner}{due}{holds}")
    for each in action.steps:
        to = f" for {centre.details.name_of(each.owner, each.at)}" if each.owner else ""
        until = f", due {each.due.isoformat()}" if each.due is not None else ""
        yield "  " + one_line(
            f"{moment(each.at)} {each.step}{to}{until} by {centre.details.name_of(each.actor, each.at)}"
        )
        if each.text.strip():
            yield indented(each.text, 6)


def case_lines(centre: Centre, case: CaseRecord) -> Iterator[str]:
    """A case with its steps, for members of staff."""
    holds = ", holds what it is on" if case.holds else ""
    yield one_line(f"case {case.short}: {case.about_in_words}, {case.place or 'all units'}, {case.state}{holds}")
    if case.evidence:
        yield "  " + one_line(f"shown by {', '.join(case.evidence)}")
    for each in case.steps:
        to = f" to {each.to}" if each.to else ""
        outcome = f" as {outcome_of(case.about, each.upheld)}" if each.upheld is not None else ""
        day = f"{each.on.isoformat()} " if each.on is not None else ""
        by = centre.details.name_of(each.actor, each.at)
        yield "  " + one_line(f"{day}{each.step}{to}{outcome} by {by}")
        if each.text.strip():
            yield indented(each.text, 6)


def claim_lines(portfolio: Portfolio) -> Iterator[str]:
    """What was claimed for the learner and stands, with what changed since."""
    for claim in portfolio.claims:
        if claim.state is not None:
            yield one_line(f"claim of {claim.place}: {claim.in_words}")
            for changed in changed_since(claim, portfolio):
                yield "  ! " + one_line(changed)


def badge_lines(portfolio: Portfolio) -> Iterator[str]:
    """Every badge of the learner that was issued, as it stands, and what is agreed to and not issued."""
    from markterm.domain.claims.badges import badge_of, standing_of

    badges = portfolio.badges
    for badge in badges.issued:
        standing = standing_of(badge, portfolio)
        told = standing.in_words
        yield one_line(f"{'! ' if standing.asks else ''}{badge.unit.code}: {told[:1].lower()}{told[1:]}")
    for key in badges.agreed:
        if not badges.of(key) and (agreed := badge_of(key, portfolio)) is not None:
            yield one_line(f"{key.code}: {agreed.in_words[:1].lower()}{agreed.in_words[1:]}")


def claim_step_lines(centre: Centre, claim: ClaimRecord) -> Iterator[str]:
    """The steps of a claim, also those that were taken back."""
    for step in claim.steps:
        number = f", number {step.number}" if step.number else ""
        by = f"by {centre.details.name_of(step.actor, step.at)} {moment(step.at)}"
        gone = ", taken back since" if step.uid in claim.undone else ""
        text = f": {step.text}" if step.text else ""
        yield one_line(f"{step_in_words(step.step)} {step.on.isoformat()}{number}, {by}{gone}{text}")


def signed_lines(centre: Centre, events: Iterable[Event]) -> Mapping[str, Sequence[str]]:
    """By the uid of what is signed a line for each signature among these events: by whom, and with which key. Whether
    it holds is for an audit to find, and said."""
    from markterm.domain.record.signatures import signed_in
    from markterm.domain.record.signing_keys import name_of_key

    found: dict[str, list[str]] = {}
    for event, said in signed_in(events):
        by = centre.details.name_of(event.actor, event.at)
        line = f"signature by {by} {moment(event.at)}, key {name_of_key(said.key)}: markterm audit checks it"
        found.setdefault(said.event, []).append(indented(one_line(line), 4))
    return found
