"""Visits of the external quality assurer, recorded by a coordinator or a verifier: the report, and what it asks for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.visiting import Held, Visited, VisitStep
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.visits import Visit
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.rules.action_steps import check_asked
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.domain.words.nearly import did_you_mean

_RECORDERS = (Role.COORDINATOR, Role.VERIFIER)


def record_visit(act: Act, said: Visited, qualifications: Collection[str]) -> Event:
    """A visit and its report; `qualifications` are those of the centre.

    Raises `Refused` when the member neither coordinates nor verifies, for a day that has not come and without an
    awarding organisation; `WrongUse` when it signs off a qualification that the centre has not.
    """
    member, role = who_records(act)
    if not said.organisation.strip():
        raise Refused("Whose visit?", "Nothing was recorded: no awarding organisation was named.", "Name it.")
    if said.on is None or said.on > local(act.at).date():
        raise Refused(
            "That day has not come", f"{said.on or 'No day'} is no day of a visit that was.", "Give the day of it."
        )
    for code in said.signed_off:
        _known(code, qualifications)
    return _step(act, member, role, replace(said, step=VisitStep.RECORDED))


def ask_for(
    act: Act,
    visit: Visit,
    text: str,
    owner: Member,
    due: date,
    holds: Collection[Held],
    qualification: str,
    qualifications: Collection[str],
) -> Event:
    """Something that a visit asks for, by a member until a day; it holds what is said until it is accepted.

    Raises `Refused` as `record_visit` and `check_asked` do, and for a visit that was dropped; `WrongUse` for a
    qualification that the centre has not.
    """
    member, role = who_records(act)
    _still_there(visit)
    if not text.strip():
        raise Refused("What is asked for?", "Nothing was recorded: the text is empty.", "Say what is to be done.")
    check_asked(act, text, owner, due)
    if qualification:
        _known(qualification, qualifications)
    said = Visited(
        VisitStep.ASKED,
        visit.uid,
        text=text,
        owner=owner.id,
        due=due,
        qualification=qualification,
        holds=tuple(each.value for each in Held if each in holds),
    )
    return _step(act, member, role, said)


def drop_visit(act: Act, visit: Visit, text: str) -> Event:
    """That a visit was recorded by mistake: it signs off nothing, and asks for nothing. Raises `Refused` as
    `record_visit` does, without a reason, and when it was dropped."""
    member, role = who_records(act)
    _still_there(visit)
    if not text.strip():
        raise Refused("Why is it dropped?", "Nothing was recorded: no reason was given.", "Say why, in a few words.")
    return _step(act, member, role, Visited(VisitStep.DROPPED, visit.uid, text=text))


def who_records(act: Act) -> tuple[Member, Role]:
    """The member who acts, and in which role. Raises `Refused` when they neither coordinate nor verify."""
    member = known(act)
    role = next((each for each in _RECORDERS if each in member.roles), None)
    if role is None:
        raise Refused(
            "Not for everybody",
            f"{member.name} ({member.id}) neither coordinates nor verifies at this centre.",
            "Ask the coordinator or a verifier.",
        )
    return member, role


def _still_there(visit: Visit) -> None:
    if visit.dropped:
        raise Refused("It was dropped", f"The visit {visit.short} was recorded by mistake.", "Record the right one.")


def _known(code: str, qualifications: Collection[str]) -> None:
    if code not in qualifications:
        raise WrongUse(
            "No such qualification",
            f"The centre has no sheet of a qualification {one_line(code)}.",
            did_you_mean(code, qualifications, f"It has {', '.join(qualifications) or 'none'}."),
        )


def _step(act: Act, member: Member, role: Role, said: Visited) -> Event:
    event = entry(replace(act, learner=CENTRE), member, Kind.VISITED, Subject(), said)
    return replace(event, role=role.value)
