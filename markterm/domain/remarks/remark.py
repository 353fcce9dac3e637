"""Remarks: what assessors wrote on criteria, kept by itself, and what a member chose to have first or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.centre import RemarkChosen
from markterm.domain.record.bodies.criterion import Decided, own_note
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.states import CriterionState, decided_as
from markterm.domain.remarks.remark_places import Person, Pronouns, place
from markterm.domain.rules.act import Act, entry
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way


class RemarkState(StrEnum):
    """What a member chose for a remark: to have it first, or not to be shown it any more."""

    USUAL = "usual"
    PINNED = "pinned"
    RETIRED = "retired"


_LEADS_TO: Mapping[str, RemarkState] = {
    Kind.REMARK_PINNED: RemarkState.PINNED,
    Kind.REMARK_UNPINNED: RemarkState.USUAL,
    Kind.REMARK_RETIRED: RemarkState.RETIRED,
    Kind.REMARK_RESTORED: RemarkState.USUAL,
}
_UNDOES = {Kind.REMARK_UNPINNED: RemarkState.PINNED, Kind.REMARK_RESTORED: RemarkState.RETIRED}


class CriterionKey(NamedTuple):
    """A criterion of a unit's version."""

    unit: UnitKey
    number: str


class Use(NamedTuple):
    """One decision's note: of whom, by whom, on which criterion, and its text with places. Withdrawn or not. `gates`
    is not so where its criterion was for a higher grade."""

    registration: str
    actor: str
    criterion: CriterionKey
    result: Result
    at: datetime
    text: str
    pronouns: Pronouns | None = None
    gates: bool = True


@dataclass(frozen=True, slots=True)
class Remark:
    """A text with places, and the decisions whose notes said it, the newest first; none if it is only pinned."""

    text: str
    uses: tuple[Use, ...] = ()
    state: RemarkState = RemarkState.USUAL

    @property
    def id(self) -> str:
        """What identifies it for ever: the hash of its words."""
        return remark_id(self.text)

    @property
    def learners(self) -> tuple[str, ...]:
        """The registrations of those it was written for, the last one first."""
        return tuple(dict.fromkeys(use.registration for use in self.uses))

    @property
    def criteria(self) -> tuple[CriterionKey, ...]:
        """Where it was used, most often first."""
        return tuple(each for each, _ in Counter(use.criterion for use in self.uses).most_common())

    @property
    def results(self) -> Mapping[Result, int]:
        """How often it stood with a pass, and how often with a referral."""
        return Counter(use.result for use in self.uses)

    @property
    def decided(self) -> Mapping[CriterionState, int]:
        """The same in the words of the decisions: for a higher grade, how often it stood with what was achieved."""
        return Counter(decided_as(use.result, gates=use.gates) for use in self.uses)


def words_alone(text: str) -> str:
    """What remarks are the same by: the words without capitals and extra space."""
    return " ".join(text.casefold().split())


def remark_id(text: str) -> str:
    """The SHA-256 of the words of a remark, in hexadecimal digits."""
    return sha256(words_alone(text).encode("utf-8", "surrogatepass")).hexdigest()


def uses_in(events: Iterable[Event], name: str, registration: str = "", email: str = "") -> tuple[Use, ...]:
    """The notes of the decisions in a learner's record, in its order. `name` is the learner's, empty if not known, and
    so is `email`; `registration` the one that they have now, if events bear an earlier one too."""
    found: list[Use] = []
    for event in events:
        unit, criterion = event.subject.unit, event.subject.criterion
        said = said_in(event, Decided)
        if said is None or unit is None or criterion is None:
            continue
        # Somebody else's words, kept as theirs, are among their own already.
        if note := own_note(event.body, event.actor):
            placed = place(note, Person(name, event.learner, email=email))
            key = CriterionKey(unit, criterion)
            whose = registration or event.learner
            told = (placed.text, placed.pronouns, not said.level)
            found.append(Use(whose, event.actor, key, said.result, event.at, *told))
    return tuple(found)


def choices_of(events: Iterable[Event], member: str) -> dict[str, Remark]:
    """The remarks that a member pinned or retired, by id: the last choice counts."""
    found: dict[str, Remark] = {}
    for event in events:
        state = _LEADS_TO.get(event.kind)
        said = said_in(event, RemarkChosen) if event.actor == member else None
        if said is None or state is None:
            continue
        found.pop(remark_id(said.text), None)
        if state is not RemarkState.USUAL:
            found[remark_id(said.text)] = Remark(said.text, (), state)
    return found


def choose(act: Act, kind: Kind, remark: Remark) -> Event:
    """The event by which a member pins, unpins, retires or restores a remark.

    Raises `Refused` when nobody acts or it is so already.
    """
    if act.member is None:
        raise Refused(
            "Whose remarks?",
            "Each member pins and retires remarks for themselves, and nobody was named.",
            "Say who you are, as centre.toml names you.",
            hint=Hint(Way.SAY_WHO_ACTS),
        )
    undone = _UNDOES.get(kind)
    if remark.state is not undone if undone is not None else remark.state is _LEADS_TO[kind]:
        raise Refused(
            "Nothing to change",
            f"This remark is {f'not {undone}' if undone is not None else f'{remark.state} already'}.",
            "Look in the bank which are pinned and which are retired.",
            hint=Hint(Way.LIST_REMARKS),
        )
    return entry(act, act.member, kind, Subject(), RemarkChosen(remark.id, remark.text))
