"""What can be done here and now, the most useful first: what the key bar of marking tells, so that it names no key that
does nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.record.event import Result
from markterm.domain.record.states import decided_as
from markterm.domain.views.caseload import UnitProgress
from markterm.domain.views.due import Step
from markterm.domain.views.owed import owed
from markterm.tui.marking.workplace import Workplace


class Here(NamedTuple):
    """Where whoever marks is, as far as it changes what can be done."""

    is_closed: bool = False
    is_decided: bool = False
    """Whether the criterion has a decision that stands."""
    gates: bool = True
    """Whether the criterion gates the unit: one for a higher grade is achieved or not."""
    can_close: bool = False
    to_declare: bool = False
    """Whether the unit could be closed if the learner's declaration were recorded."""
    to_submit: bool = False
    """Whether the learner is waited for to hand in, or to hand in again."""
    to_countersign: bool = False
    is_again: bool = False
    """Whether it is a resubmission."""
    is_answered: bool = False
    """Whether a verifier answered to the unit."""
    is_owed: bool = False
    """Whether something of what a verifier answered waits for whoever marks: to be read, settled or done."""
    has_open: bool = True
    """Whether another criterion of the learner is open."""
    has_files: bool = True
    has_several_files: bool = False
    is_referenced: bool = False
    can_undo: bool = False
    has_assignment: bool = False
    task: str = ""
    """The number of the task by which is marked."""
    in_round: bool = False
    is_finding: bool = False


def here(at: Workplace, shown: LearnerPortfolio, progress: UnitProgress | None) -> Here:
    """Where whoever marks is; `progress` is that of the unit under the cursor."""
    place = at.place
    if place is None or progress is None:
        return Here(has_open=False, has_files=bool(at.reader.files), is_finding=at.reader.finding)
    record = shown.portfolio.unit(place.unit.key)
    decision = at.desk.record_of(place).decision
    steps = {due.step for due in progress.due}
    return Here(
        is_closed=record.closing is not None,
        is_decided=decision is not None and not at.desk.is_open(place),
        gates=place.criterion.gates,
        can_close=Step.CLOSE in steps,
        to_declare=Step.CLOSE in steps and not at.is_declared(place.unit),
        to_submit=bool({Step.SUBMIT, Step.RESUBMIT} & steps),
        to_countersign=decision is not None and decision.waits_for_countersignature,
        is_again=record.attempt > 1,
        is_answered=bool(record.after.looks or record.after.verifications),
        is_owed=any(each.member == at.desk.who for each in owed(record)),
        has_open=at.next_open(place) is not None,
        has_files=bool(at.reader.files),
        has_several_files=len(at.reader.files) > 1,
        is_referenced=bool(at.evidence.references_of(place)),
        can_undo=at.sitting.may_take_back(at.desk.who, at.desk.registration)
        or (record.closing is None and at.desk.decision_at(place) is not None),
        has_assignment=bool(shown.assignments),
        task=str(place.task.number) if place.task is not None else "",
        in_round=at.round is not None,
        is_finding=at.reader.finding,
    )


def told_here(now: Here) -> Iterator[tuple[str, str]]:
    """The ids of the commands and what each is called here, the most useful first."""
    if now.is_finding:
        yield "find.next", "next match"
        yield "find.previous", "previous"
    yield from _on_closed(now) if now.is_closed else _on_open(now)
    if now.is_answered and not now.is_owed:
        yield "unit.verification", "report"
    if now.has_files:
        yield "find.start", "find"
    if now.has_several_files:
        yield "evidence.next", "file"
    if now.has_files:
        yield "evidence.outline", "outline"
    if not now.is_closed:
        yield "learner.next-waiting", "next learner"
    yield "criterion.go-to", "go to"
    yield "mark.matrix", "map"
    if now.has_assignment:
        yield "mark.by-task", "by unit" if now.task else "by task"
    yield "mark.history", "history"
    yield "marking.leave", "back"


def _on_closed(now: Here) -> Iterator[tuple[str, str]]:
    if now.is_owed:
        yield "unit.verification", "report"
        yield "unit.close", "reopen"
    yield "unit.feedback", "feedback"
    if now.to_submit:
        yield "unit.submit", "submit again"
    yield "learner.next-waiting", "next learner"
    if now.is_again:
        yield "evidence.differences", "changes"
    if now.has_open:
        yield "mark.next-open", "next"
    if now.can_undo:
        yield "mark.withdraw", "undo"
    if not now.is_owed:
        yield "unit.close", "reopen"


def _on_open(now: Here) -> Iterator[tuple[str, str]]:
    if now.to_countersign:
        yield "mark.countersign", "countersign"
    if now.to_declare:
        yield "learner.declare", "declaration"
    if now.can_close:
        yield "unit.close", "close"
        if now.can_undo:
            yield "mark.withdraw", "undo"
    yield "mark.pass", decided_as(Result.PASS, gates=now.gates).value
    yield "mark.refer", decided_as(Result.REFER, gates=now.gates).value
    if now.has_files:
        yield "evidence.cite", "cite"
    yield "mark.note", "note"
    if now.is_owed:
        yield "unit.verification", "report"
    if now.is_again and not now.is_decided:
        yield "evidence.differences", "changes"
    if now.has_open or now.in_round:
        yield "mark.next-open", "next learner" if now.in_round else "next"
    if now.can_undo and not now.can_close:
        yield "mark.withdraw", "undo"
    if now.is_referenced:
        yield "evidence.reference", "referenced"
    if now.to_submit:
        yield "unit.submit", "submit"
    yield "mark.bank", "bank"
    if now.task:
        yield "task.pass", "pass task"
        yield "task.brief", "brief"
