"""`markterm mark --interactive`: criterion by criterion in plain lines, for whoever cannot use the screen.

Nothing is drawn again and nothing moves: what is read aloud comes once, in its order. Questions go to stderr.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from markterm.centre.drafts import DraftKind, kind_of_note, note_begun
from markterm.cli.asking import NobodyAnswers, asked_line
from markterm.cli.caveats import warn_of_damage
from markterm.cli.cite import lines_given
from markterm.cli.failure import tell
from markterm.cli.output import indented, say
from markterm.cli.recorded import tell_recorded
from markterm.cli.references import passage_line, tell_left
from markterm.cli.session import Session
from markterm.cli.show import criterion_lines
from markterm.cli.wording import learner_line
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.record.event import Event, Result
from markterm.domain.record.states import CriterionState
from markterm.domain.rules.act import assessor, in_role
from markterm.domain.rules.conflict import has_note
from markterm.domain.rules.decided_before import NothingNew, OthersNote, SomebodysNote
from markterm.domain.rules.taking_back import SLIP, Undo, is_slip, taking_back
from markterm.domain.rules.withdrawal import refuse_in_conflict
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.progress import Progress

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.centre.recorder import Recorded
    from markterm.domain.record.decision import CriterionRecord
    from markterm.evidence.text.referenced import ReferencedPassage

_INTERRUPTED = 130
_QUESTION = "p/r/n/c/s/b/u/q ?"
_MEANT = """\
p  pass, with the note that was kept for it
r  refer; the note is asked for
n  write a note: kept for the decision, or recorded with the one that stands
c  cite a passage
s  skip: go to the next criterion that waits
b  back: go to the criterion before this one
u  undo what you recorded last; where that is nothing, the last decision here
q  quit; all that was recorded is safe
The words pass, refer, note, cite, skip, back, undo and quit do the same."""
_LEAVE_IT = "."
_NONE_LEFT = "No criterion after this one waits. b goes back, u undoes, q quits."


class _Place(NamedTuple):
    """A criterion of a unit."""

    unit: Unit
    criterion: Criterion

    @property
    def name(self) -> str:
        return one_line(f"{self.unit.code} {self.criterion.number}")


def mark_in_lines(session: Session, centre: Centre, registration: str, unit: str | None) -> int:
    """Go through the criteria of a unit, or of all that whoever acts may mark, and ask of each; the exit code.

    Raises `Refused` when they may mark none, and `WrongUse` when there is no such unit.
    """
    shown = centre.learners.portfolio(registration)
    sitting = _Sitting(session, centre, shown, _to_mark(centre, shown, unit))
    try:
        sitting.go_through()
        return 0
    except NobodyAnswers:
        click.echo(err=True)
        return 0
    except KeyboardInterrupt:
        click.echo(err=True)
        return _INTERRUPTED
    finally:
        centre.presence.leave()
        sitting.tell_what_is_left()


def _to_mark(centre: Centre, shown: LearnerPortfolio, code: str | None) -> tuple[Unit, ...]:
    act = centre.recorder.act(shown.learner.registration)
    if code is not None:
        unit = shown.unit(code)
        assessor(act, unit)
        return (unit,)
    member = in_role(act, Role.ASSESSOR, "Only an assessor marks", "Ask an assessor")
    theirs = tuple(each for each in shown.units if member.approved_for(each.code) or member.in_training_for(each.code))
    if not theirs:
        raise Refused(
            "No unit of yours",
            f"{member.name} ({member.id}) may mark none of the units of {shown.learner.registration}.",
            "Ask an assessor who is approved for them.",
        )
    return theirs


class _Sitting:
    """One learner's criteria, one after the other. What was decided is durable before the next line is said."""

    def __init__(self, session: Session, centre: Centre, shown: LearnerPortfolio, units: Sequence[Unit]) -> None:
        self._session = session
        self._centre = centre
        self._registration = shown.learner.registration
        self._shown = shown
        self._places = [_Place(unit, criterion) for unit in units for criterion in unit.criteria]
        self._at = -1
        self._done: list[Event] = []
        click.echo("Looking through the evidence.", err=True)
        progress = Progress()
        self._references = centre.evidence.references(shown, progress)
        tell_left(self._references.references, progress.left)
        self._files = centre.fixing.fingerprints(self._registration)

    def go_through(self) -> None:
        """Ask of one criterion after the other until whoever answers leaves. Raises `NobodyAnswers`."""
        say(learner_line(self._shown))
        warn_of_damage(self._shown.findings, self._shown.incomplete)
        click.echo("? tells what the letters do.", err=True)
        self._go_on()
        while self._answered():
            pass

    def tell_what_is_left(self) -> None:
        """Say what still waits."""
        waiting = [place.name for place in self._places if self._waits(place)]
        left = f"{counted(len(waiting), 'criterion', 'criteria')} left to decide: {', '.join(waiting)}."
        click.echo(left if waiting else "No criterion is left to decide.", err=True)

    def _waits(self, place: _Place) -> bool:
        return self._shown.waits(place.unit.key, place.criterion.number)

    def _record(self, place: _Place) -> CriterionRecord:
        return self._shown.portfolio.unit(place.unit.key).criterion(place.criterion.number)

    def _look_again(self) -> None:
        """What colleagues recorded meanwhile is seen, and they see who is here."""
        self._shown = self._centre.learners.portfolio(self._registration)
        if self._centre.member is not None:
            self._centre.presence.be_on(self._centre.member.id, self._registration)

    # Where one is

    def _go_on(self) -> None:
        """Go to the next criterion that waits, or behind the last one."""
        self._look_again()
        behind = range(self._at + 1, len(self._places))
        self._go_to(next((each for each in behind if self._waits(self._places[each])), len(self._places)))

    def _go_back(self) -> None:
        self._look_again()
        if self._at == 0 or not self._places:
            click.echo("This is the first criterion.", err=True)
        else:
            self._go_to(self._at - 1)

    def _go_to(self, at: int) -> None:
        before = self._places[self._at].unit if 0 <= self._at < len(self._places) else None
        self._at = at
        if at == len(self._places):
            say()
            say(_NONE_LEFT)
            return
        place = self._places[at]
        if place.unit is not before:
            say()
            say(one_line(f"{place.unit.code} {place.unit.title}"))
            waiting = sum(self._waits(each) for each in self._places if each.unit is place.unit)
            say(f"{waiting} of {counted(len(place.unit.criteria), 'criterion', 'criteria')} wait for a decision")
        self._tell(place)

    def _tell(self, place: _Place) -> None:
        say()
        unit, criterion = place
        for line in criterion_lines(self._centre, unit, criterion, self._shown, self._files, with_descriptors=True):
            say(line)
        found = self._referenced(place)
        say(f"    referenced in {counted(len(found), 'passage')}" if found else "    not referenced")
        for number, each in enumerate(found, 1):
            say(f"      {number}. {passage_line(each)}")
        for kind in self._centre.drafts.begun(self._registration, unit.key, criterion.number):
            say(f"    draft of yours, in no record yet ({kind.words})")
            say(indented(self._draft(kind, place), 8))

    def _referenced(self, place: _Place) -> tuple[ReferencedPassage, ...]:
        return self._references.for_criterion(place.unit.key, place.criterion.number)

    # What is answered

    def _answered(self) -> bool:
        """Ask once and do it; False when whoever answers leaves."""
        answer = asked_line(_QUESTION).strip().casefold()
        if answer in ("q", "quit"):
            return False
        try:
            self._do(answer)
        except MarkTermError as error:
            tell(error)
        return True

    def _do(self, answer: str) -> None:
        place = self._places[self._at] if self._at < len(self._places) else None
        match answer:
            case "b" | "back":
                self._go_back()
            case "u" | "undo":
                self._undo(place)
            case "p" | "pass" | "r" | "refer" | "n" | "note" | "c" | "cite" | "s" | "skip" if place is None:
                click.echo(_NONE_LEFT, err=True)
            case "p" | "pass" if place is not None:
                self._pass(place)
            case "r" | "refer" if place is not None:
                self._refer(place)
            case "n" | "note" if place is not None:
                self._note(place)
            case "c" | "cite" if place is not None:
                self._cite(place)
            case "s" | "skip":
                self._go_on()
            case _:
                if answer not in ("", "?"):
                    click.echo(one_line(f"{answer} is none of the letters."), err=True)
                click.echo(_MEANT, err=True)

    def _pass(self, place: _Place) -> None:
        self._decide(place, Result.PASS, self._draft(DraftKind.KEPT, place), DraftKind.KEPT)

    def _refer(self, place: _Place) -> None:
        record = self._record(place)
        is_said = has_note(record.standing, Result.REFER) and not self._draft(DraftKind.KEPT, place)
        if record.state is CriterionState.CONFLICT and is_said:
            self._decide(place, Result.REFER, "")
            return
        note, used = self._note_of(DraftKind.REFERRAL, place, "What is missing, without giving the answer?")
        if note:
            self._decide(place, Result.REFER, note, *used)

    def _note(self, place: _Place) -> None:
        decision = self._record(place).decision
        stands = decision is not None and decision.note.strip()
        kind = kind_of_note(decision.result) if decision is not None else DraftKind.NOTE
        note, used = self._note_of(kind, place, "Note, in place of the one that stands?" if stands else "Note?")
        if not note:
            return
        if decision is not None:
            self._decide(place, decision.result, note, *used)
            return
        self._keep(note, DraftKind.KEPT, place)
        self._keep("", DraftKind.NOTE, place)
        say(f"Note on {place.name} kept: p records it with the pass, and r begins with it.")

    def _decide(self, place: _Place, result: Result, note: str, *used: DraftKind) -> None:
        try:
            recorded = self._decided(place, result, note)
            if recorded is None:
                return
        except NothingNew as standing:
            click.echo(one_line(standing.what), err=True)
            recorded = None
        # Also where nothing was new it is in the record, and no draft any more.
        for kind in used:
            self._keep("", kind, place)
        if recorded is not None:
            self._tell_recorded(recorded)
        self._go_on()

    def _decided(self, place: _Place, result: Result, note: str) -> Recorded | None:
        """What is recorded; None when what is asked beside it is not answered. Raises `NothingNew`."""
        record = self._record(place)
        code, number = place.unit.code, place.criterion.number
        marking = self._centre.marking
        if record.state is CriterionState.CONFLICT:
            reason = asked_line(f"Why does a {result} hold? One line settles the conflict, nothing leaves it:").strip()
            if not reason:
                return None
            return marking.settle(self._registration, code, number, result, reason, shown=record, note=note)
        try:
            return marking.mark(self._registration, code, number, result, note, shown=record)
        except SomebodysNote as unsaid:
            theirs = self._asked_whose(unsaid)
            if theirs is None:
                return None
            return marking.mark(self._registration, code, number, result, note, shown=record, others_note=theirs)

    def _asked_whose(self, unsaid: SomebodysNote) -> OthersNote | None:
        by = " and ".join(unsaid.authors)
        click.echo(one_line(f"The {unsaid.standing.result} that stands has a note by {by}:"), err=True)
        click.echo(indented(unsaid.standing.note, 4), err=True)
        answer = asked_line("keep it as theirs, drop it, or nothing to leave all as it is:").strip().casefold()
        return next((each for each in OthersNote if answer in (each.value, each.value[0])), None)

    def _cite(self, place: _Place) -> None:
        from markterm.evidence.text.passages import Extent, cite_lines

        found = self._referenced(place)
        numbered = "The number of a reference, or a" if found else "A"
        answer = asked_line(f"{numbered} file and its lines, such as diary.md 12-14; nothing leaves it:").strip()
        if not answer:
            return
        if answer.isdecimal() and 1 <= int(answer) <= len(found):
            name, extent = found[int(answer) - 1].file, found[int(answer) - 1].extent
        else:
            name, _, lines = answer.rpartition(" ")
            if not name.strip():
                raise WrongUse(
                    "Which passage?", f"{one_line(answer)} is no reference.", "Write a file and its lines: diary.md 12."
                )
            first, last = lines_given(lines)
            extent = Extent(first - 1, last - 1)
        file = self._centre.evidence.named(self._registration, name.strip())
        passage = cite_lines(self._centre.evidence.read(file), file.name, extent)
        self._tell_recorded(
            self._centre.marking.cite(self._registration, place.unit.code, place.criterion.number, passage)
        )
        self._files = self._centre.fixing.fingerprints(self._registration)

    def _undo(self, here: _Place | None) -> None:
        while self._done:
            last = self._done[-1]
            try:
                taking = taking_back([last], self._shown.portfolio)
            except Refused:
                self._done.pop()
                raise
            if taking is None:
                self._done.pop()
                continue
            at = next(
                number
                for number, each in enumerate(self._places)
                if (each.unit.key, each.criterion.number) == (taking.unit, taking.criterion)
            )
            place = self._places[at]
            what = "citation for" if taking.undo is Undo.TAKE_BACK else "decision on"
            is_soon = is_slip(last.at, self._centre.recorder.now())
            reason = SLIP if is_soon else asked_line(f"Why is the {what} {place.name} taken back? One word is enough:")
            if not reason.strip():
                click.echo("Nothing was taken back.", err=True)
                return
            whose = (self._registration, place.unit.code, place.criterion.number)
            try:
                if taking.undo is Undo.TAKE_BACK:
                    recorded = self._centre.marking.take_back_citations(*whose, [last.uid], reason)
                else:
                    recorded = self._centre.marking.withdraw_decision(*whose, last.uid, reason)
            except Refused:
                # It stays: undoing once more goes on with what was done before it.
                self._done.pop()
                raise
            self._done.pop()
            self._tell_taken_back(recorded, at)
            return
        if here is None:
            click.echo("You recorded nothing yet. b goes back to what was decided before.", err=True)
            return
        self._withdraw(here)

    def _withdraw(self, place: _Place) -> None:
        record = self._record(place)
        refuse_in_conflict(place.unit, place.criterion.number, record)
        if record.to_withdraw is None:
            click.echo(f"There is nothing to take back on {place.name}.", err=True)
            return
        reason = asked_line(f"Why is the {record.to_withdraw.result} of {place.name} withdrawn? One word is enough:")
        if not reason.strip():
            click.echo("Nothing was withdrawn.", err=True)
            return
        recorded = self._centre.marking.withdraw(
            self._registration, place.unit.code, place.criterion.number, reason, shown=record
        )
        self._tell_taken_back(recorded, self._at)

    def _tell_recorded(self, recorded: Recorded) -> None:
        self._done.append(recorded.event)
        self._shown = recorded.portfolio
        tell_recorded(self._session, self._centre, recorded)

    def _tell_taken_back(self, recorded: Recorded, at: int) -> None:
        self._shown = recorded.portfolio
        tell_recorded(self._session, self._centre, recorded)
        self._go_to(at)

    # What is written

    def _draft(self, kind: DraftKind, place: _Place) -> str:
        return self._centre.drafts.get(kind, self._registration, place.unit.key, place.criterion.number)

    def _keep(self, text: str, kind: DraftKind, place: _Place) -> None:
        self._centre.drafts.keep(text, kind, self._registration, place.unit.key, place.criterion.number)

    def _note_of(self, kind: DraftKind, place: _Place, question: str) -> tuple[str, tuple[DraftKind, ...]]:
        """The note that is written, or was begun, and the drafts that are recorded with it."""
        begun = note_begun(kind, lambda each: self._draft(each, place))
        return self._written(question, kind, place, self._draft(kind, place) or begun.text), begun.used

    def _written(self, question: str, kind: DraftKind, place: _Place, begun: str) -> str:
        """What is written line by line, or what was `begun` where that is nothing; empty when it is left.

        Each line is on the disk, as a draft, before the next one is asked for.
        """
        if begun:
            click.echo("Begun before:", err=True)
            click.echo(indented(begun, 4), err=True)
        alone = "takes that" if begun else "leaves it"
        click.echo(f"Enter alone ends it; at once it {alone}. A full stop alone leaves it as a draft.", err=True)
        lines: list[str] = []
        is_ended = False
        try:
            while (line := asked_line("More?" if lines else question)).strip() not in ("", _LEAVE_IT):
                lines.append(line)
                self._keep("\n".join(lines), kind, place)
            is_ended = not line.strip()
        finally:
            if lines and not is_ended:
                click.echo(f"\nWhat you wrote on {place.name} is a draft of yours, in no record yet.", err=True)
        return ("\n".join(lines) or begun) if is_ended else ""
