"""Deciding what is decided already: what changes nothing is not written, nobody's note becomes another's words or goes
unasked, and what an earlier attempt passed is not decided anew in passing."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, NamedTuple

from markterm.domain.record.bodies.criterion import Decided
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.event import Result
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.hint import Hint, Way


class OthersNote(StrEnum):
    """What becomes of the note that stands when the same result is decided again without another note."""

    KEEP = "keep"
    DROP = "drop"


class NothingNew(MarkTermError):
    """The decision stands already, word for word: nothing is to be recorded. `uid` is that of the one that stands."""

    exit_code: ClassVar[int] = 0

    def __init__(self, unit: str, number: str, standing: Decision) -> None:
        super().__init__(
            "Nothing new",
            f"{unit} {number} is a {standing.noun} of yours already. Nothing was recorded.",
            "Write a note, or mark it otherwise.",
        )
        self.uid = standing.uid


class SomebodysNote(Refused):
    """The note that stands was written by somebody else, and nobody said whether it stays. `standing` is its decision,
    `authors` are the ids of those who wrote it."""

    def __init__(self, unit: str, number: str, standing: Decision) -> None:
        authors = standing.written_by
        super().__init__(
            "Somebody else's note stands",
            f"{unit} {number} was not marked: the {standing.noun} that stands has a note by {' and '.join(authors)}.",
            "Say whether that note stays, or write your own.",
        )
        self.standing = standing
        self.authors = authors


class Words(NamedTuple):
    """A note, and the ids of those whose words it is where that is not whoever decides."""

    note: str
    by: tuple[str, ...] = ()


def refuse_passed_before(unit: str, number: str, record: CriterionRecord, attempt: int) -> None:
    """Raise `Refused` when the pass of an earlier attempt stands alone: it is withdrawn first, with a reason."""
    standing = record.decision
    if standing is not None and standing.result is Result.PASS and standing.attempt < attempt:
        was = f"{standing.participle} at attempt {standing.attempt} by {standing.actor}"
        raise Refused(
            f"{standing.participle.capitalize()} at an earlier attempt",
            f"{unit} {number} was {was}, and that stands.",
            "Before it is decided at this attempt, withdraw it with a reason.",
            hint=Hint(Way.WITHDRAW),
        )


def same_result(record: CriterionRecord, result: Result, attempt: int) -> Decision | None:
    """The decision that stands alone, when it is this result at this attempt; else None."""
    standing = record.decision
    return standing if standing is not None and (standing.result, standing.attempt) == (result, attempt) else None


def somebodys_note(record: CriterionRecord, result: Result, attempt: int, member: str) -> Decision | None:
    """The decision with a note of somebody else that the same result, decided by that member, would replace."""
    standing = same_result(record, result, attempt)
    if standing is None or standing.actor == member or not standing.note.strip():
        return None
    return None if standing.written_by == (member,) else standing


def words_for(
    unit: str,
    number: str,
    record: CriterionRecord,
    result: Result,
    attempt: int,
    member: str,
    note: str,
    others_note: OthersNote | None,
) -> Words:
    """The note that a decision of that member is recorded with, and whose words it is.

    Without a `note` the one that stands stays with the same result, unless it is to go. Raises `SomebodysNote` when it
    is somebody else's and `others_note` does not say what becomes of it.
    """
    standing = same_result(record, result, attempt)
    if standing is None or not standing.note.strip():
        return Words(note)
    whose = standing.written_by if standing.written_by != (member,) else ()
    if note.strip():
        # Word for word what somebody else wrote is theirs, whoever copied it.
        return Words(note, whose if note.strip() == standing.note.strip() else ())
    if others_note is None and somebodys_note(record, result, attempt, member) is not None:
        raise SomebodysNote(unit, number, standing)
    return Words(note) if others_note is OthersNote.DROP else Words(standing.note, whose)


def refuse_nothing_new(unit: str, number: str, record: CriterionRecord, member: str, said: Decided) -> None:
    """Raise `NothingNew` when a decision of that member that says this says what stands of theirs already.

    Cited otherwise, beside other descriptors, by other marks, or no longer in training it is a decision of its own. The
    task that it is seen in does not matter: a criterion that several tasks carry is one decision.
    """
    standing = record.decision
    if standing is None or standing.actor != member or said.reason:
        return
    event = next((event for event in record.events if event.uid == standing.uid), None)
    if event is None:
        return
    known = Decided.read(event.body)
    if _compared(said) != _compared(known) or said.note.strip() != known.note.strip():
        return
    other_marks = said.marks is not None and said.marks != known.marks
    # Older decisions do not say beside which descriptors they were made.
    others_beside = bool(said.descriptors and known.descriptors) and said.descriptors != known.descriptors
    if not (other_marks or others_beside):
        raise NothingNew(unit, number, standing)


def _compared(said: Decided) -> tuple[object, ...]:
    return said.result, said.attempt, said.training, said.citations, said.note_by
