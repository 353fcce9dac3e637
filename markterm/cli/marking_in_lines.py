"""`markterm mark --interactive`: criterion by criterion in plain lines, for whoever cannot use the screen.

Nothing is drawn again and nothing moves: what is read aloud comes once, in its order. Questions go to stderr.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from markterm.centre.drafts import DraftKind, kind_of_note
from markterm.cli.asking import NobodyAnswers, asked_line
from markterm.cli.caveats import warn_of_damage
from markterm.cli.failure import tell
from markterm.cli.notes_in_lines import NotesInLines
from markterm.cli.output import indented, say
from markterm.cli.passages_in_lines import asked_passage, asked_to_read, tell_passage
from markterm.cli.places_in_lines import Place, places_to_mark
from markterm.cli.recorded import tell_recorded
from markterm.cli.references import passage_line, tell_left
from markterm.cli.session import Session
from markterm.cli.undo_in_lines import UndoInLines
from markterm.cli.unit_in_lines import comment_lines, criterion_lines, unit_head
from markterm.cli.wording import learner_line
from markterm.domain.record.comments import Section
from markterm.domain.record.decision import Decision
from markterm.domain.record.event import Result
from markterm.domain.record.outcome import unit_state
from markterm.domain.record.states import CriterionState, UnitState, decided_as
from markterm.domain.rules.conflict import has_note
from markterm.domain.rules.decided_before import NothingNew, OthersNote, SomebodysNote, same_result
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.progress import Progress
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.centre.recorder import Recorded
    from markterm.domain.record.decision import CriterionRecord
    from markterm.evidence.text.referenced import ReferencedPassage

_INTERRUPTED = 130
_QUESTION = "p/r/n/c/e/s/a/b/u/q ?"
_MEANT = """\
p  pass, with the note that was kept for it
r  refer; the note is asked for
n  write a note: kept for the decision, or recorded with the one that stands
c  cite a passage
e  read a passage of the evidence in full, or a file
s  skip: go to the next criterion that waits
a  again: say this criterion once more
b  back: go to the criterion before this one
u  undo what you recorded last; where that is nothing, the last decision here
q  quit; all that was recorded is safe
A number goes to that criterion: 2.1, or with the unit 501 2.1.
The words pass, refer, note, cite, evidence, skip, again, back, undo and quit do the same."""
_WORDS = {
    word: word[0] for word in ("pass", "refer", "note", "cite", "evidence", "skip", "again", "back", "undo", "quit")
}
_NONE_LEFT = "No criterion after this one waits. b goes back, u undoes, q quits."


def mark_in_lines(
    session: Session, centre: Centre, registration: str, unit: str | None, assignment: str, task: int | None
) -> int:
    """Go through the criteria of a unit, or of all that whoever acts may mark, by task where an assignment is named,
    and ask of each; the exit code.

    Raises `Refused` when they may mark none, and `WrongUse` when there is no such unit, assignment or task.
    """
    shown = centre.learners.portfolio(registration)
    sitting = _Sitting(session, centre, shown, places_to_mark(centre, shown, unit, assignment, task))
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


class _Sitting:
    """One learner's criteria, one after the other. What was decided is durable before the next line is said."""

    def __init__(self, session: Session, centre: Centre, shown: LearnerPortfolio, places: Sequence[Place]) -> None:
        self._session = session
        self._centre = centre
        self._registration = shown.learner.registration
        self._shown = shown
        self._places = places
        self._at = -1
        self._told: set[str] = set()
        self._notes = NotesInLines(centre.drafts, self._registration)
        self._undoing = UndoInLines(centre, self._notes)
        click.echo("Looking through the evidence.", err=True)
        progress = Progress()
        self._references = centre.evidence.references(shown, progress)
        tell_left(self._references, progress.left)
        self._files = centre.fixing.fingerprints(self._registration)
        self._agreed = centre.standardisation.agreed({each.unit.key for each in places})

    def go_through(self) -> None:
        """Ask of one criterion after the other until whoever answers leaves. Raises `NobodyAnswers`."""
        say(learner_line(self._shown))
        warn_of_damage(self._shown.findings, self._shown.incomplete)
        listed = self._centre.evidence.listed(self._registration)
        for problem in listed.problems:
            say(one_line(f"! {problem}"))
        if not (listed.documents or listed.problems or self._shown.portfolio.evidence_destroyed):
            say("Evidence: none yet")
        click.echo("? tells what the letters do.", err=True)
        self._go_on()
        while self._answered():
            pass

    def tell_what_is_left(self) -> None:
        """Say what still waits."""
        waiting = [place.name for place in self._places if self._waits(place)]
        waiting = list(dict.fromkeys(waiting))
        left = f"{counted(len(waiting), 'criterion', 'criteria')} left to decide: {', '.join(waiting)}."
        click.echo(left if waiting else "No criterion is left to decide.", err=True)
        for unit in dict.fromkeys(each.unit.key for each in self._places):
            whole = self._shown.unit(unit.code)
            if unit_state(whole, self._shown.portfolio.unit(whole.key)) is UnitState.DECIDED:
                command = f"markterm close {self._registration} {unit.code} --from-notes"
                click.echo(one_line(f"{unit.code} is decided and not closed: {command} closes it."), err=True)

    def _waits(self, place: Place) -> bool:
        return self._shown.waits(place.unit.key, place.criterion.number)

    def _record(self, place: Place) -> CriterionRecord:
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
        before = self._places[self._at] if 0 <= self._at < len(self._places) else None
        self._at = at
        if at == len(self._places):
            # What stands has to be read all the same: why nothing waits, and what came back.
            for place in {each.unit.key: each for each in self._places}.values() if before is None else ():
                self._tell_unit(place)
            say()
            say(_NONE_LEFT)
            return
        place = self._places[at]
        if place.task is not None and (before is None or place.task is not before.task):
            self._tell_task(place)
        if before is None or place.unit is not before.unit:
            self._tell_unit(place)
        self._tell(place)

    def _tell_task(self, place: Place) -> None:
        """The task with its brief, the first time that one comes to it."""
        assert place.assignment is not None
        assert place.task is not None
        task = place.task
        say()
        say(one_line(f"Task {task.number} of {place.assignment.code}: {task.title}"))
        if not self._is_new(f"task {task.number}"):
            return
        for told in filter(str.strip, (task.brief, f"Evidence: {task.evidence}" if task.evidence.strip() else "")):
            say(indented(told, 4))

    def _tell_unit(self, place: Place) -> None:
        """The unit with how it stands as a whole, the first time that one comes to it."""
        unit = place.unit
        say()
        if self._is_new(f"unit {unit.code}"):
            row = self._centre.caseload.row_of(folder_name(self._registration))
            progress = next((each for each in row.units if each.code == unit.code), None)
            for line in unit_head(self._centre, unit, self._shown, progress):
                say(line)
        else:
            say(one_line(f"{unit.code} {unit.title}"))
        waiting = sum(self._waits(Place(unit, each)) for each in unit.criteria)
        said = "waits" if waiting == 1 else "wait"
        say(f"{waiting} of {counted(len(unit.criteria), 'criterion', 'criteria')} {said} for a decision")

    def _is_new(self, what: str) -> bool:
        is_new = what not in self._told
        self._told.add(what)
        return is_new

    def _tell(self, place: Place) -> None:
        say()
        unit, criterion = place.unit, place.criterion
        outcome = next(each for each in unit.outcomes if criterion in each.criteria)
        said = [*comment_lines(self._centre, self._shown, Section(unit.key, outcome.number))]
        if said:
            say(f"  {outcome.heading(one_line(outcome.title))}")
        agreed = self._agreed[unit.key].get(criterion.number, ())
        told = criterion_lines(self._centre, unit, criterion, self._shown, self._files, agreed, with_descriptors=True)
        for line in (*said, *told):
            say(line)
        found = self._referenced(place)
        say(f"    referenced in {counted(len(found), 'passage')}" if found else "    not referenced")
        for number, each in enumerate(found, 1):
            say(f"      {number}. {passage_line(each)}")
        for kind in self._notes.begun(place):
            say(f"    draft of yours, in no record yet ({kind.words})")
            say(indented(self._notes.draft(kind, place), 8))

    def _referenced(self, place: Place) -> tuple[ReferencedPassage, ...]:
        return self._references.for_criterion(place.unit.key, place.criterion.number)

    # What is answered

    def _answered(self) -> bool:
        """Ask once and do it; False when whoever answers leaves."""
        place = self._places[self._at] if self._at < len(self._places) else None
        answer = " ".join(asked_line(f"{place.name} {_QUESTION}" if place is not None else _QUESTION).split())
        answer = answer.casefold()
        if answer in ("q", "quit"):
            return False
        try:
            self._do(answer, place)
        except MarkTermError as error:
            tell(error)
        return True

    def _do(self, answer: str, place: Place | None) -> None:
        match _WORDS.get(answer, answer):
            case "b":
                self._go_back()
            case "u":
                self._undo(place)
            case "p" | "r" | "n" | "c" | "e" | "s" | "a" if place is None:
                click.echo(_NONE_LEFT, err=True)
            case "p" if place is not None:
                self._pass(place)
            case "r" if place is not None:
                self._refer(place)
            case "n" if place is not None:
                self._note(place)
            case "c" if place is not None:
                self._cite(place)
            case "e" if place is not None:
                self._read(place)
            case "a" if place is not None:
                self._tell(place)
            case "s":
                self._go_on()
            case _:
                self._go_to_named(answer)

    def _go_to_named(self, answer: str) -> None:
        meant = [each for each, place in enumerate(self._places) if place.is_meant(answer)]
        if meant:
            self._look_again()
            here = self._at if self._at < len(self._places) else 0
            # Of several units, or tasks, that have one of that number the one where one is.
            self._go_to(min(meant, key=lambda each: (self._places[each].unit is not self._places[here].unit, each)))
            return
        if answer not in ("", "?"):
            click.echo(one_line(f"{answer} is none of the letters, and no criterion here."), err=True)
        click.echo(_MEANT, err=True)

    def _pass(self, place: Place) -> None:
        record = self._record(place)
        kept, begun = self._notes.draft(DraftKind.KEPT, place), self._notes.draft(DraftKind.NOTE, place)
        if record.state is CriterionState.CONFLICT:
            self._decide(place, Result.PASS, kept, DraftKind.KEPT)
            return
        standing = same_result(record, Result.PASS, record.attempt)
        referral = self._notes.draft(DraftKind.REFERRAL, place)
        if referral and not begun and not kept and standing is None:
            click.echo("A referral was begun. It is no note of a pass, and stays a draft.", err=True)
        elif not begun:
            if standing is not None and not kept and not self._is_to_be_own(place, standing):
                return
            self._decide(place, Result.PASS, kept, DraftKind.KEPT)
            return
        written = self._notes.of_decision(DraftKind.NOTE, place, "Note of the pass?", needed=False)
        if written is not None:
            self._decide(place, Result.PASS, written[0], *written[1])

    def _is_to_be_own(self, place: Place, standing: Decision) -> bool:
        """Whether a colleague's decision, which has no note that is asked about, is to be made one's own."""
        who = self._centre.member
        if who is None or standing.actor == who.id or standing.note.strip():
            return True
        by = one_line(standing.actor)
        click.echo(f"{by} decided {place.name} already: {standing.state}.", err=True)
        return asked_line("y makes it your decision, nothing leaves it:").strip().casefold() in ("y", "yes")

    def _refer(self, place: Place) -> None:
        record = self._record(place)
        is_said = has_note(record.standing, Result.REFER) and not self._notes.draft(DraftKind.KEPT, place)
        if record.state is CriterionState.CONFLICT and is_said:
            self._decide(place, Result.REFER, "")
            return
        gates = place.criterion.gates
        asked = "What is missing, without giving the answer?" if gates else "Not achieved, which refers nobody. Note?"
        written = self._notes.of_decision(DraftKind.REFERRAL, place, asked, needed=gates)
        if written is not None:
            self._decide(place, Result.REFER, written[0], *written[1])

    def _note(self, place: Place) -> None:
        decision = self._record(place).decision
        stands = decision is not None and decision.note.strip()
        kind = kind_of_note(decision.result) if decision is not None else DraftKind.NOTE
        asked = "Note, in place of the one that stands?" if stands else "Note?"
        written = self._notes.of_decision(kind, place, asked)
        if written is None:
            return
        note, used = written
        if decision is not None:
            self._decide(place, decision.result, note, *used)
            return
        before = self._notes.draft(DraftKind.KEPT, place)
        self._notes.save(note, DraftKind.KEPT, place)
        self._undoing.kept(place, note, before)
        self._notes.keep("", DraftKind.NOTE, place)
        say(f"Note on {place.name} kept: p records it with the pass, and r begins with it.")

    def _decide(self, place: Place, result: Result, note: str, *used: DraftKind) -> None:
        try:
            recorded = self._decided(place, result, note)
            if recorded is None:
                return
        except NothingNew as standing:
            click.echo(one_line(standing.what), err=True)
            recorded = None
        # Also where nothing was new it is in the record, and no draft any more.
        for kind in used:
            self._notes.keep("", kind, place)
        if recorded is not None:
            self._tell_recorded(place, recorded)
        self._go_on()

    def _decided(self, place: Place, result: Result, note: str) -> Recorded | None:
        """What is recorded; None when what is asked beside it is not answered. Raises `NothingNew`."""
        record = self._record(place)
        code, number = place.unit.code, place.criterion.number
        marking = self._centre.marking
        if record.state is CriterionState.CONFLICT:
            word = decided_as(result, gates=place.criterion.gates)
            reason = asked_line(f"Why does “{word}” hold? One line settles the conflict, nothing leaves it:").strip()
            if not reason:
                return None
            return marking.settle(self._registration, code, number, result, reason, shown=record, note=note)
        try:
            return marking.mark(self._registration, code, number, result, note, shown=record, occasion=place.occasion)
        except SomebodysNote as unsaid:
            theirs = self._asked_whose(unsaid)
            if theirs is None:
                return None
            return marking.mark(
                self._registration,
                code,
                number,
                result,
                note,
                shown=record,
                occasion=place.occasion,
                others_note=theirs,
            )

    def _asked_whose(self, unsaid: SomebodysNote) -> OthersNote | None:
        by = " and ".join(unsaid.authors)
        click.echo(one_line(f"The {unsaid.standing.noun} that stands has a note by {by}:"), err=True)
        click.echo(indented(unsaid.standing.note, 4), err=True)
        answer = asked_line("keep it as theirs, drop it, or nothing to leave all as it is:").strip().casefold()
        return next((each for each in OthersNote if answer in (each.value, each.value[0])), None)

    def _cite(self, place: Place) -> None:
        from markterm.evidence.text.passages import cite_lines

        asked = asked_passage(self._referenced(place))
        if asked is None:
            return
        file = self._centre.evidence.named(self._registration, asked[0])
        passage = cite_lines(self._centre.evidence.read(file), file.name, asked[1])
        self._tell_recorded(
            place, self._centre.marking.cite(self._registration, place.unit.code, place.criterion.number, passage)
        )
        self._files = self._centre.fixing.fingerprints(self._registration)

    def _read(self, place: Place) -> None:
        asked = asked_to_read(self._referenced(place))
        if asked is not None:
            tell_passage(self._centre, self._registration, *asked)

    def _undo(self, here: Place | None) -> None:
        taken_back = self._undoing.take_back(self._shown, here)
        if taken_back is None:
            return
        if taken_back.recorded is not None:
            self._shown = taken_back.recorded.portfolio
            tell_recorded(self._session, self._centre, taken_back.recorded)
        self._go_to(self._places.index(taken_back.place))

    def _tell_recorded(self, place: Place, recorded: Recorded) -> None:
        self._undoing.did(place, recorded.event)
        self._shown = recorded.portfolio
        tell_recorded(self._session, self._centre, recorded)
