"""Taking back what one did last in marking by lines: decisions, citations, and notes that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from markterm.centre.drafts import DraftKind, kind_of_note
from markterm.cli.asking import asked_line
from markterm.domain.record.bodies.criterion import Decided
from markterm.domain.record.event import Event
from markterm.domain.rules.taking_back import SLIP, TakingBack, Undo, is_slip, taking_back
from markterm.domain.rules.withdrawal import refuse_in_conflict
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.centre.recorder import Recorded
    from markterm.cli.notes_in_lines import NotesInLines
    from markterm.cli.places_in_lines import Place


class NoteKept(NamedTuple):
    """A note that was kept for the decision to come, and what was kept there before. It is in no record."""

    place: Place
    text: str
    before: str


class TakenBack(NamedTuple):
    """Where something was taken back, and what that recorded; None for a note, which is in no record."""

    place: Place
    recorded: Recorded | None = None


class UndoInLines:
    """What was done in this sitting, the last act last."""

    def __init__(self, centre: Centre, notes: NotesInLines) -> None:
        self._centre = centre
        self._notes = notes
        self._done: list[tuple[Place, Event] | NoteKept] = []

    def did(self, place: Place, event: Event) -> None:
        """Take in what was recorded there."""
        self._done.append((place, event))

    def kept(self, place: Place, text: str, before: str) -> None:
        """Take in that a note was kept for the decision."""
        self._done.append(NoteKept(place, text, before))

    def take_back(self, shown: LearnerPortfolio, here: Place | None) -> TakenBack | None:
        """Take back the last act, or, where there is none, withdraw the last decision `here`; None when nothing is.

        Raises `Refused` when it is something that stays: undoing once more goes on with what was done before it.
        """
        while self._done:
            last = self._done[-1]
            if isinstance(last, NoteKept):
                self._done.pop()
                # What was recorded or thrown away since is not kept any more.
                if self._notes.draft(DraftKind.KEPT, last.place) == last.text:
                    self._keep_no_more(last)
                    return TakenBack(last.place)
                continue
            place, event = last
            try:
                taking = taking_back([event], shown.portfolio)
                if taking is None:
                    self._done.pop()
                    continue
                reason = SLIP if is_slip(event.at, self._centre.recorder.now()) else _asked_why(taking, place)
                if not reason.strip():
                    click.echo("Nothing was taken back.", err=True)
                    return None
                recorded = self._recorded(shown, taking, event, reason)
            except Refused:
                # It stays: undoing once more goes on with what was done before it.
                self._done.pop()
                raise
            self._done.pop()
            if taking.undo is Undo.WITHDRAW:
                self._begin_note_again(recorded, place, event)
            return TakenBack(place, recorded)
        if here is None:
            click.echo("You recorded nothing yet. b goes back to what was decided before.", err=True)
            return None
        return self._withdrawn(shown, here)

    def _keep_no_more(self, note: NoteKept) -> None:
        """The note is begun and no more; none of it is lost, nor of what was begun since."""
        begun = self._notes.draft(DraftKind.NOTE, note.place)
        if note.text not in begun:
            self._notes.save(f"{note.text}\n{begun}".rstrip("\n"), DraftKind.NOTE, note.place)
        self._notes.keep(note.before, DraftKind.KEPT, note.place)
        how = "as it was before; what you wrote" if note.before else "no more; it"
        click.echo(f"The note on {note.place.name} is kept {how} is a draft, which n opens.", err=True)

    def _recorded(self, shown: LearnerPortfolio, taking: TakingBack, event: Event, reason: str) -> Recorded:
        # Where it belongs by now: its sheet may have changed meanwhile.
        whose = (shown.learner.registration, taking.unit.code, taking.criterion)
        marking = self._centre.marking
        if taking.undo is Undo.TAKE_BACK:
            return marking.take_back_citations(*whose, [event.uid], reason)
        return marking.withdraw_decision(*whose, event.uid, reason)

    def _begin_note_again(self, recorded: Recorded, place: Place, event: Event) -> None:
        """The words of a decision that is taken back are the draft of the next one, and are not typed again."""
        said = Decided.read(event.body)
        record = recorded.portfolio.portfolio.unit(place.unit.key).criterion(place.criterion.number)
        if not said.note.strip() or said.note_by or record.standing:
            return
        kept = self._done[-1] if self._done and isinstance(self._done[-1], NoteKept) else None
        is_kept = kept is not None and kept.place == place and kept.text.strip() == said.note.strip()
        kind = DraftKind.KEPT if is_kept else kind_of_note(said.result)
        if not self._notes.draft(kind, place):
            self._notes.keep(said.note, kind, place)

    def _withdrawn(self, shown: LearnerPortfolio, place: Place) -> TakenBack | None:
        record = shown.portfolio.unit(place.unit.key).criterion(place.criterion.number)
        refuse_in_conflict(place.unit, place.criterion.number, record)
        if record.to_withdraw is None:
            click.echo(f"There is nothing to take back on {place.name}.", err=True)
            return None
        asked = f"Why is the {record.to_withdraw.noun} of {place.name} by {one_line(record.to_withdraw.actor)}"
        reason = asked_line(f"{asked} withdrawn? One word is enough:")
        if not reason.strip():
            click.echo("Nothing was withdrawn.", err=True)
            return None
        recorded = self._centre.marking.withdraw(
            shown.learner.registration, place.unit.code, place.criterion.number, reason, shown=record
        )
        return TakenBack(place, recorded)


def _asked_why(taking: TakingBack, place: Place) -> str:
    what = "citation for" if taking.undo is Undo.TAKE_BACK else "decision on"
    return asked_line(f"Why is the {what} {place.name} taken back? One word is enough:")
