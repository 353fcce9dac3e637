"""Taking back one's own last act of this sitting with the learner, wherever it was."""

from __future__ import annotations

from dataclasses import replace

from markterm.centre.drafts import DraftKind, kind_of_note, not_kept
from markterm.domain.record.bodies.criterion import Cited, Decided
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.decision import decision_of
from markterm.domain.record.event import Event
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.states import DECIDED, CriterionState
from markterm.domain.rules.act import Act
from markterm.domain.rules.citing import take_back_citations
from markterm.domain.rules.marking import reopen
from markterm.domain.rules.taking_back import SLIP, TakingBack, Undo, is_slip, taking_back
from markterm.domain.rules.withdrawal import withdraw_decision
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.desk import ANY_TEXT
from markterm.tui.local_time import second
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.commands.settle import settle_for_neither
from markterm.tui.marking.commands.withdraw import withdraw_here
from markterm.tui.marking.sitting import Entered, NoteKept
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import write


class TakeBack(AssessorsAct):
    """Take back what one did last here, and go there; in a round also on the learner before. Where one did nothing yet,
    withdraw the last decision of this criterion."""

    id, key, label = "mark.withdraw", "u", "undo"
    words = "Take back your last act; before the first, withdraw the last decision here"

    async def run(self, on: Workplace) -> None:
        """Take it back at once if it was a slip; else ask why."""
        now, before = on.round, on.sitting.last(on.desk.who)
        if now is not None and before is not None and before.whose[1] == now.marked != on.desk.registration:
            # In a round the screen has gone on to the next learner already.
            await on.open_in_round(replace(now, learner=now.marked, marked=""))
        while (act := on.sitting.last(on.desk.who, on.desk.registration)) is not None and on.desk.shown is not None:
            if isinstance(act, NoteKept):
                on.sitting.forget(act)
                # What was recorded or thrown away since, or written anew by another window, is not kept any more.
                if on.drafts.kept_note(act.place) == act.text:
                    _no_longer_keep(on, act)
                    return
                continue
            try:
                taking = taking_back(act.events, on.desk.shown.portfolio)
            except Refused as refused:
                on.sitting.forget(act)
                on.failed(refused)
                return
            if taking is not None:
                await _take_back(on, act, taking)
                return
            on.sitting.forget(act)
        await withdraw_here(on)


def _no_longer_keep(at: Workplace, note: NoteKept) -> None:
    """The note that was kept for the decision is begun and no more; none of it is lost, nor of what was begun since."""
    place, begun = note.place, at.drafts.get(DraftKind.NOTE, note.place)
    _go_to(at, place.unit.code, place.criterion.number)
    both = f"{note.text}\n{begun}".rstrip("\n")
    if note.text not in begun and not at.drafts.keep(both, DraftKind.NOTE, place):
        at.failed(not_kept(DraftKind.NOTE))
        return
    at.drafts.keep(note.before, DraftKind.KEPT, place)
    at.draw()
    if note.before:
        words = "is kept as it was before." + keyed(" What you wrote is a draft, which {mark.note} opens.") * bool(
            note.text
        )
    else:
        words = keyed("is no longer kept for the decision. It is a draft, which {mark.note} opens.")
    at.notify(f"The note on {one_line(place.unit.code)} {place.criterion.number} {words}")


def _go_to(at: Workplace, unit_code: str, number: str, event: Event | None = None) -> None:
    """Go to where that was done, in the task in which it was."""
    place = at.place
    if place is not None and place.unit.code == unit_code and number in ("", place.criterion.number):
        return
    said, by_task = said_in(event, Decided) if event is not None else None, at.assignment
    in_task = said.task if said is not None and by_task is not None and said.assignment == by_task.code else None
    task = by_task.task(in_task) if by_task is not None and in_task is not None else None
    at.go_to(unit_code, number or None, task)


async def _take_back(at: Workplace, act: Entered, taking: TakingBack) -> None:
    last = taking.events[-1]
    _go_to(at, taking.unit.code, taking.criterion, last)
    place = at.place
    if place is None or place.unit.key != taking.unit or taking.criterion not in ("", place.criterion.number):
        at.sitting.forget(act)
        at.notify(f"{one_line(taking.unit.code)} {taking.criterion} is not among the learner's criteria any more.")
        return
    before = at.desk.record_of(place)
    if taking.undo is Undo.WITHDRAW and len(taking.events) == 1 and before.state is CriterionState.CONFLICT:
        await settle_for_neither(at, place, before)
        return
    if not at.allows(lambda act, now: _rule(at, taking, act, now)):
        at.sitting.forget(act)
        return
    what = _named(at, taking)

    async def record(reason: str) -> None:
        with at.sitting.taking_back(act):
            await _record(at, taking, reason)

    async def tell() -> None:
        _keep_note_again(at, taking)
        if taking.undo is Undo.REOPEN:
            at.evidence.look_anew()
        at.notify(f"Taken back: {what}. {_stands(at, taking, place)}".rstrip())

    if taking.undo is Undo.CITE_AGAIN or is_slip(act.at, at.centre.recorder.now()):
        try:
            await record(SLIP)
        except MarkTermError as error:
            at.failed(error)
        else:
            await tell()
        return
    kind = DraftKind.REOPENING if taking.undo is Undo.REOPEN else DraftKind.WITHDRAWAL
    detail = f"Recorded at {second(act.at)}, and it stays in the history. Why? One word is enough."
    await write(at, f"Take back {what}", detail, place, kind, record, then=tell)


async def _record(at: Workplace, taking: TakingBack, reason: str) -> None:
    marking, registration = at.centre.marking, at.desk.registration
    unit, number, uids = taking.unit.code, taking.criterion, [each.uid for each in taking.events]
    if taking.undo is Undo.REOPEN:
        await at.desk.record(lambda: at.centre.closings.reopen(registration, unit, reason))
    elif taking.undo is Undo.TAKE_BACK:
        if not reason.strip():
            raise _no_reason("The citation", unit, number)
        await at.desk.record(lambda: marking.take_back_citations(registration, unit, number, uids, reason))
    elif taking.undo is Undo.CITE_AGAIN:
        await at.desk.record_each(
            lambda: (marking.cite(registration, unit, number, passage) for passage in taking.passages)
        )
    elif len(uids) > 1:
        batch = Decided.read(taking.events[-1].body).batch
        await at.desk.record_each(lambda: marking.withdraw_batch(registration, batch, reason))
    else:
        await at.desk.record(lambda: marking.withdraw_decision(registration, unit, number, uids[0], reason))


def _no_reason(what: str, unit: str, number: str) -> Refused:
    return Refused("A reason is needed", f"{what} for {unit} {number} stands.", "Say why; one word is enough.")


def _rule(at: Workplace, taking: TakingBack, act: Act, now: Portfolio) -> None:
    """Raise what forbids it, before anybody is asked for a reason."""
    assert at.desk.shown is not None
    if taking.undo is Undo.REOPEN:
        reopen(act, at.desk.shown.unit(taking.unit.code), now, ANY_TEXT)
    elif taking.undo is Undo.TAKE_BACK:
        unit, uids = at.desk.shown.unit(taking.unit.code), [each.uid for each in taking.events]
        take_back_citations(act, unit, now, taking.criterion, uids)
    elif taking.undo is Undo.WITHDRAW:
        for each in taking.events:
            assert each.subject.unit is not None
            assert each.subject.criterion is not None
            unit = at.desk.shown.unit(each.subject.unit.code)
            withdraw_decision(act, unit, now, each.subject.criterion, each.uid, ANY_TEXT)


# In words


def _named(at: Workplace, taking: TakingBack) -> str:
    """What is taken back: `the pass of T-101 1.1`."""
    name = one_line(f"{taking.unit.code} {taking.criterion}".rstrip())
    last = taking.events[-1]
    if taking.undo is Undo.REOPEN:
        return f"the closing of {name}"
    if taking.undo is Undo.CITE_AGAIN:
        return f"that the citation for {name} was taken back"
    if taking.undo is Undo.TAKE_BACK:
        passage = Cited.read(last.body).passage
        return one_line(f"the citation for {name}: {at.blindfold.file(passage.file)}, {passage.locator}")
    said = Decided.read(last.body)
    if len(taking.events) == 1:
        return f"the {decision_of(last).noun} of {name}"
    task = f" of task {said.task}" if said.task is not None else ""
    return f"all {counted(len(taking.events), 'decision')}{task} that you made at once"


def _stands(at: Workplace, taking: TakingBack, place: CriterionPlace) -> str:
    """What stands by now where that was; nothing where its name says all."""
    if taking.undo is Undo.REOPEN:
        return f"{one_line(taking.unit.code)} is open again."
    if taking.undo is not Undo.WITHDRAW or len(taking.events) > 1:
        return ""
    now = at.desk.record_of(place)
    if now.decision is not None and now.state in DECIDED:
        return f"The {now.decision.noun} by {one_line(now.decision.actor)} stands again."
    if now.state is CriterionState.CONFLICT:
        return "It is in conflict again."
    return "It is open again."


def _keep_note_again(at: Workplace, taking: TakingBack) -> None:
    """The words of a decision that was taken back begin the next one: kept for it where they were, else as a draft."""
    kept, place = at.sitting.last(at.desk.who, at.desk.registration), at.place
    if taking.undo is not Undo.WITHDRAW or len(taking.events) > 1 or place is None or not at.desk.is_open(place):
        return
    said = Decided.read(taking.events[-1].body)
    if not said.note.strip() or said.note_by:
        return
    is_kept = isinstance(kept, NoteKept) and kept.place == place and said.note.strip() == kept.text.strip()
    kind = DraftKind.KEPT if is_kept else kind_of_note(said.result)
    if not at.drafts.get(kind, place):
        at.drafts.keep(said.note, kind, place)
        at.draw()
