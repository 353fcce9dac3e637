"""What can be done with a sample here and now, the most useful first: what the key bar of verifying tells, so that it
names no key that does nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markterm.domain.record.event import Result
from markterm.domain.record.states import decided_as
from markterm.tui.verifying.commands.finish import LetPass
from markterm.tui.verifying.sample import Sample


class Here(NamedTuple):
    """Where whoever verifies is, as far as it changes what can be done."""

    is_refused: bool = False
    """Whether a rule keeps whoever acts from verifying it."""
    can_let_pass: bool = False
    is_decided: bool = True
    """Whether the criterion has a decision to answer to."""
    gates: bool = True
    """Whether the criterion gates the unit: one for a higher grade is achieved or not."""
    is_hidden: bool = False
    """Whether whoever acts decides first, and has not yet."""
    is_agreed: bool = False
    """Whether whoever acts agreed to it."""
    is_not_agreed: bool = False
    """Whether whoever acts, or somebody else, did not."""
    is_in_conflict: bool = False
    """Whether two verifiers differ about it."""
    is_looked_at: bool = False
    has_passages: bool = False
    """Whether something is known that it rests on."""
    is_referenced: bool = False
    can_agree_to_all: bool = False
    """Whether decisions were looked at that wait for an answer."""
    waits_elsewhere: bool = True
    """Whether another decision waits for an answer."""
    can_finish: bool = False
    is_finished: bool = False
    to_countersign: bool = False
    has_files: bool = True
    has_several_files: bool = False
    has_assignment: bool = False
    task: str = ""
    """The number of the task by which is listed."""
    is_finding: bool = False


def here(at: Sample) -> Here:
    """Where whoever verifies is."""
    place, now, reader, shown = at.place, at.now, at.evidence.reader, at.desk.shown
    assert shown is not None
    waiting = [each for each in at.criteria.criteria_once if at.waits(each)]
    is_unfinished = any(each.unfinished for each in now.answers)
    own = at.own_answer(place) if place is not None else None
    given = at.given_at(place) if place is not None else ()
    return Here(
        is_refused=at.refused is not None,
        can_let_pass=LetPass().works(at),
        is_decided=place is not None and at.decision_at(place) is not None,
        gates=place is None or place.criterion.gates,
        is_hidden=at.hides_here,
        is_agreed=own is not None and own.answer.agrees,
        is_not_agreed=any(not each.answer.agrees for each in given),
        is_in_conflict=place is not None and place.criterion.number in now.contradicted,
        is_looked_at=place is not None and at.looking.has_looked(place),
        has_passages=place is not None and at.has_passages(place) and at.evidence.references is not None,
        is_referenced=bool(at.evidence.references_of(place)),
        can_agree_to_all=any(at.looking.has_looked(each) and not at.is_hidden(each) for each in waiting),
        waits_elsewhere=any(each.criterion != (place.criterion if place is not None else None) for each in waiting),
        can_finish=not waiting and is_unfinished and not now.contradicted,
        is_finished=bool(now.answers) and not is_unfinished and not now.contradicted and not at.answers_again,
        to_countersign=any(each.in_training for each in now.answers),
        has_files=bool(reader.files),
        has_several_files=len(reader.files) > 1,
        has_assignment=any(at.unit.code in each.units for each in shown.assignments),
        task=str(place.task.number) if place is not None and place.task is not None else "",
        is_finding=reader.finding,
    )


def told_here(now: Here) -> Iterator[tuple[str, str]]:
    """The ids of the commands and what each is called here, the most useful first."""
    if now.is_finding:
        yield "find.next", "next match"
        yield "find.previous", "previous"
    if now.is_refused:
        yield from _on_refused(now)
    elif now.is_finished:
        yield from _on_finished(now)
    else:
        yield from _on_waiting(now)
    if now.has_files:
        yield "find.start", "find"
    if now.has_several_files:
        yield "evidence.next", "file"
    if now.has_files:
        yield "evidence.outline", "outline"
    if not (now.is_refused or now.is_finished):
        yield "verify.next-sample", "next sample"
    if now.has_assignment:
        yield "verify.by-task", "by outcome" if now.task else "by task"
    yield "verify.why", "why sampled"
    yield "verify.leave", "back"


def _on_refused(now: Here) -> Iterator[tuple[str, str]]:
    if now.can_let_pass:
        yield "verify.let-pass", "let pass"
    yield "verify.next-sample", "next sample"
    yield from _what_it_rests_on(now)


def _on_finished(now: Here) -> Iterator[tuple[str, str]]:
    if now.to_countersign:
        yield "verify.countersign", "countersign"
    yield "verify.next-sample", "next sample"
    if now.is_not_agreed:
        yield "verify.wider", "elsewhere"
    yield from _what_it_rests_on(now)
    yield "verify.finish", "report again"
    if now.is_decided:
        yield from _answers(now)


def _on_waiting(now: Here) -> Iterator[tuple[str, str]]:
    if now.to_countersign:
        yield "verify.countersign", "countersign"
    if now.can_finish:
        yield "verify.finish", "finish"
    if now.is_hidden:
        yield "verify.own-pass", decided_as(Result.PASS, gates=now.gates).value
        yield "verify.own-refer", decided_as(Result.REFER, gates=now.gates).value
        yield from _what_it_rests_on(now)
    elif now.is_decided:
        looks_first = not (now.is_looked_at or now.is_agreed or now.is_not_agreed)
        if looks_first:
            yield from _what_it_rests_on(now)
        yield from _answers(now)
        if now.is_not_agreed:
            yield "verify.wider", "elsewhere"
        if not looks_first:
            yield from _what_it_rests_on(now)
    if now.waits_elsewhere:
        yield "verify.next", "next"
    if now.can_agree_to_all:
        yield "verify.agree-all", "all seen"


def _answers(now: Here) -> Iterator[tuple[str, str]]:
    """What can be answered to the decision: where it was answered by oneself, the other answer alone."""
    if not now.is_agreed or now.is_in_conflict:
        yield "verify.agree", "agree"
    if not now.is_not_agreed or now.is_in_conflict:
        yield "verify.not-agreed", "not agreed"
    else:
        yield "verify.not-agreed", "reason, action"


def _what_it_rests_on(now: Here) -> Iterator[tuple[str, str]]:
    if now.has_passages and not now.is_hidden:
        yield "verify.citation", "cited"
    if now.is_referenced:
        yield "evidence.reference", "referenced"
