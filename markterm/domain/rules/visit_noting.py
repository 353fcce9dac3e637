"""What an external quality assurer records while they visit: whom they looked at and how, and whom
they picked by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.visit_noting import NoteStep, VisitNoted
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.visit_lists import CalledNow, VisitList, visit_list
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.rules.seeing import require_visiting
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local


def visiting(act: Act) -> tuple[Member, date]:
    """The external quality assurer who acts, and the first day of their visit. Raises `Refused` for anybody else, and
    on a day that is none of it."""
    member = in_role(act, Role.EXTERNAL, "The external quality assurer picks", "Ask the external quality assurer")
    require_visiting(member, local(act.at).date())
    assert member.visit is not None  # or no day would be one of it
    return member, member.visit[0]


def list_of(act: Act, events: Iterable[Event], called: CalledNow) -> VisitList:
    """The list of the visit of whoever acts. Raises `Refused` as `visiting` does."""
    member, visit = visiting(act)
    return visit_list(events, member.id, visit, called)


def open_them(act: Act, learners: Sequence[str]) -> Event:
    """That these learners were opened. Raises `Refused` as `visiting` does."""
    return _note(act, NoteStep.OPENED, learners, "")


def list_them(act: Act, learners: Sequence[str]) -> Event:
    """That these learners were on a list or in a report that was read. Raises `Refused` as `visiting` does."""
    return _note(act, NoteStep.LISTED, learners, "")


def pick(act: Act, told: VisitList, learner: str, why: str) -> Event:
    """That a learner is in the visit's list, which is `told` as it is. Raises `Refused` as `visiting` does, and when
    they are in it."""
    if told.has_picked(learner):
        raise Refused(
            "In the list already", f"{one_line(learner)} is in the list of this visit.", "Nothing has to be done."
        )
    return _note(act, NoteStep.PICKED, (learner,), why)


def put_back(act: Act, told: VisitList, learner: str, why: str) -> Event:
    """That a learner is in the list no more; that they were stays on record. Raises `Refused` as `visiting` does, and
    when they are not in it."""
    if not told.has_picked(learner):
        raise Refused(
            "Not in the list", f"{one_line(learner)} is not in the list of this visit.", "Nothing has to be done."
        )
    return _note(act, NoteStep.PUT_BACK, (learner,), why)


def _note(act: Act, step: NoteStep, learners: Sequence[str], why: str) -> Event:
    member, visit = visiting(act)
    said = VisitNoted(step, visit, tuple(learners), why.strip())
    event = entry(replace(act, learner=CENTRE), member, Kind.VISIT_NOTED, Subject(), said)
    return replace(event, role=Role.EXTERNAL.value)
