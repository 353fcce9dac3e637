"""Standardising: evidence is chosen, each member answers without having seen the others' answers, minutes close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.standardising import Exhibit, Standardised, Standardising, StandardisingStep, Viewed
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.standardisation import Standardisation, StandardisationState
from markterm.domain.rules.act import Act, entry, in_role, known
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local


def refuses_use(portfolio: Portfolio, unit: Unit) -> bool:
    """Whether the learner ticked, for any attempt at the unit, that their work is not used for standardisation."""
    last = {each.attempt: each for each in portfolio.unit(unit.key).declarations}
    whole = portfolio.declaration
    return any(each.refuses_use for each in last.values()) or (whole is not None and whole.refuses_use)


def exhibit(learner: str, unit: Unit, portfolio: Portfolio, criteria: Sequence[str], of: Standardised) -> Exhibit:
    """What is looked at of a learner's unit, with what it rests on.

    Raises `WrongUse` for what is no criterion of the unit, and `Refused` where there is no feedback or verification.
    """
    numbers = tuple(dict.fromkeys(criteria))
    record = portfolio.unit(unit.key)
    higher = tuple(number for number in numbers if not criterion_of(unit, number).gates)
    chosen = Exhibit(learner, unit.code, unit.version, numbers, of)
    if of is Standardised.DECISIONS:
        return chosen._replace(higher=higher)
    if of is Standardised.FEEDBACK:
        noted = {number: record.criterion(number).decision for number in numbers}
        bare = [number for number, decision in noted.items() if decision is None or not decision.note.strip()]
        if bare:
            raise Refused(
                "There is no feedback",
                f"{unit.code} {', '.join(bare)} of {learner} is not decided with a note. Nothing was recorded.",
                "Choose criteria whose decisions have notes.",
            )
        return chosen._replace(rests_on=tuple(decision.uid for decision in noted.values() if decision is not None))
    verifications = record.after.verifications
    if not verifications:
        raise Refused(
            "There is no verification",
            f"{unit.code} of {learner} is not verified. Nothing was recorded.",
            "Choose a unit that a verifier has answered to.",
        )
    return chosen._replace(rests_on=(verifications[-1].uid,))


def begin(act: Act, qualification: str, exhibits: Sequence[Exhibit], why: str) -> Event:
    """The opening of a standardisation. Raises `Refused` when the member is no verifier or nothing is to be looked
    at."""
    member = in_role(act, Role.VERIFIER, "Only a verifier opens a standardisation", "Ask a verifier")
    if not exhibits:
        raise Refused(
            "There is nothing to standardise",
            "No evidence is left of what was chosen. Nothing was recorded.",
            "Choose the work of learners who do not refuse that it is used.",
        )
    said = Standardising(
        StandardisingStep.OPENED, qualification=qualification, exhibits=tuple(exhibits), text=why.strip()
    )
    return _as_verifier(act, member, said)


def answer(act: Act, standardisation: Standardisation, views: Sequence[Viewed]) -> Event:
    """A member's own answers. Until they have given all, an answer replaces the one before.

    Raises `Refused` when it is closed, or the member is no assessor and no verifier, or has given all their answers;
    and `WrongUse` for an answer to what is not asked.
    """
    member = known(act)
    if not member.roles & {Role.ASSESSOR, Role.VERIFIER}:
        raise Refused(
            "Only assessors and verifiers are standardised",
            f"{member.name} ({member.id}) is neither at this centre. Nothing was recorded.",
            "Ask an assessor or a verifier.",
        )
    _require_open(standardisation)
    if standardisation.is_answered_by(member.id):
        raise Refused(
            "You have answered already",
            "Whoever has given all their answers may have seen those of others: theirs stand. Nothing was recorded.",
            "Say at the meeting what you think of it now: the minutes tell it.",
        )
    for each in views:
        _check(standardisation, each)
    if not views:
        raise WrongUse("Which answer?", "Nothing was answered.", "Answer at least one criterion.")
    said = Standardising(StandardisingStep.ANSWERED, standardisation.uid, views=tuple(views))
    return entry(replace(act, learner=CENTRE), member, Kind.STANDARDISED, Subject(), said)


def close(act: Act, standardisation: Standardisation, minutes: Standardising) -> Event:
    """The minutes of the meeting, which close it: `minutes` is what they say.

    Raises `Refused` when it is closed already, the member is no verifier, nobody was present or there is no discussion;
    and `WrongUse` for what is agreed of what is not asked, or without words.
    """
    member = in_role(act, Role.VERIFIER, "Only a verifier closes a standardisation", "Ask a verifier")
    _require_open(standardisation)
    if not minutes.present or not minutes.text.strip() or minutes.on is None:
        raise Refused(
            "The minutes are not complete",
            "They say on which day it was, who was present and what was discussed. Nothing was recorded.",
            "Give the day, those who were present, and the discussion.",
        )
    if minutes.on > local(act.at).date():
        raise Refused(
            "That day is to come",
            f"A meeting on {minutes.on.isoformat()} has not been yet. Nothing was recorded.",
            "Give the day on which it was.",
        )
    for each in minutes.views:
        _check(standardisation, each)
        if not each.note.strip():
            raise WrongUse(
                "What was agreed?",
                f"Nothing says why {each.criterion} is {standardisation.word(each)}. Nothing was recorded.",
                "Say it in words that help whoever decides it later.",
            )
    for action in minutes.actions:
        if not action.text.strip() or action.due is None:
            raise WrongUse(
                "Which action, until when?",
                "An action says what is to be done, by whom and until which day. Nothing was recorded.",
                "Give all three.",
            )
    said = replace(minutes, step=StandardisingStep.CLOSED, standardisation=standardisation.uid)
    return _as_verifier(act, member, said)


def drop(act: Act, standardisation: Standardisation, why: str) -> Event:
    """That it was opened by mistake. Raises `Refused` when it is closed, the member is no verifier, or no reason is
    given."""
    member = in_role(act, Role.VERIFIER, "Only a verifier drops a standardisation", "Ask a verifier")
    _require_open(standardisation)
    if not why.strip():
        raise Refused(
            "Dropping it needs a reason", "The standardisation goes on. Nothing was recorded.", "Say why it is dropped."
        )
    return _as_verifier(act, member, Standardising(StandardisingStep.DROPPED, standardisation.uid, text=why.strip()))


def _require_open(standardisation: Standardisation) -> None:
    if standardisation.state is not StandardisationState.OPEN:
        raise Refused(
            f"It is {standardisation.state} already",
            f"The standardisation for {standardisation.qualification} of {standardisation.at.date().isoformat()} is "
            f"{standardisation.state}. Nothing was recorded.",
            "Open another one.",
        )


def _check(standardisation: Standardisation, viewed: Viewed) -> None:
    """Raises `WrongUse` when that is not asked, or no answer to it."""
    exhibit = standardisation.exhibit(viewed.exhibit)
    if exhibit is None:
        raise WrongUse(
            "No such exhibit",
            f"There is no exhibit {viewed.exhibit}. Nothing was recorded.",
            f"They are numbered from 1 to {len(standardisation.exhibits)}.",
        )
    if viewed.criterion not in exhibit.criteria:
        raise WrongUse(
            "That criterion is not asked",
            f"Exhibit {viewed.exhibit} is not about {one_line(viewed.criterion)}. Nothing was recorded.",
            f"It is about {', '.join(exhibit.criteria)}.",
        )
    if viewed.view not in exhibit.of.answers:
        raise WrongUse(
            "That is no answer here",
            f"Of {exhibit.of} nobody says {viewed.view}. Nothing was recorded.",
            f"Say {exhibit.of.answers[0]} or {exhibit.of.answers[1]}.",
        )


def _as_verifier(act: Act, member: Member, said: Standardising) -> Event:
    event = entry(replace(act, learner=CENTRE), member, Kind.STANDARDISED, Subject(), said)
    return replace(event, role=Role.VERIFIER.value)
