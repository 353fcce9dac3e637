"""The cases of a learner, as their steps tell: what was suspected, appealed or asked for, and what came of it.

A case is closed when nobody who knew less left it open: of two who acted without having seen each other, whoever did
not close it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.cases import Case, CaseAbout, CaseStep, RecognisedAs
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event
from markterm.domain.record.steps import in_order
from markterm.domain.words.uid import short

_WORDS = {
    CaseAbout.MALPRACTICE: "suspected malpractice",
    CaseAbout.APPEAL: "an appeal",
    CaseAbout.COMPLAINT: "a complaint",
    CaseAbout.ADJUSTMENT: "a reasonable adjustment",
    CaseAbout.RECOGNITION: "recognition of prior learning",
}
_GIVES = {RecognisedAs.EXEMPTION: "an exemption", RecognisedAs.CREDIT_TRANSFER: "a credit transfer"}
ASKED_FOR = (CaseAbout.ADJUSTMENT, CaseAbout.RECOGNITION)
"""What nobody is accused of: somebody asks for it, and it is agreed or not."""
_HOLDING = (CaseAbout.MALPRACTICE, CaseAbout.APPEAL)


@dataclass(frozen=True, slots=True)
class CaseStepTaken:
    """One step of a case, by whom and when it was recorded; `on` is the day that it was taken, `to` whom it was
    reported to, `upheld` what was decided."""

    uid: str
    step: CaseStep
    text: str
    actor: str
    at: datetime
    on: date | None = None
    to: str = ""
    upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case of a learner: `uid` is that of the event that opened it. Without a `unit` it is on all of their work, and
    without a `criterion` on the whole unit. `heads` are the uids of the steps that no other one replaced, and
    `rests_on` those of the decisions that are appealed against. Of recognition of prior learning `recognised_as` is
    what it is to give, and `evidence` the SHA-256 of what shows it, by name."""

    uid: str
    about: CaseAbout
    unit: UnitKey | None
    criterion: str
    steps: tuple[CaseStepTaken, ...]
    heads: tuple[str, ...]
    rests_on: tuple[str, ...] = ()
    recognised_as: RecognisedAs | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The beginning of its uid, by which people name it."""
        return short(self.uid)

    @property
    def first(self) -> CaseStepTaken:
        """The step that opened it."""
        return next(each for each in self.steps if each.uid == self.uid)

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        heads = [each for each in self.steps if each.uid in self.heads]
        return not heads or any(each.step is not CaseStep.CLOSED for each in heads)

    @property
    def decided(self) -> CaseStepTaken | None:
        """The last decision of it; None before there is one."""
        return next((each for each in reversed(self.steps) if each.step is CaseStep.DECIDED), None)

    @property
    def holds(self) -> bool:
        """Whether what it is on waits for it: it is open, and of malpractice or an appeal."""
        return self.is_open and self.about in _HOLDING

    @property
    def suspects(self) -> bool:
        """Whether malpractice is suspected: until it is closed nothing is decided there."""
        return self.is_open and self.about is CaseAbout.MALPRACTICE

    def concerns(self, unit: UnitKey, criterion: str = "") -> bool:
        """Whether it is on that unit, in whatever version, or on that criterion of it; one on the whole is on every
        part."""
        if self.unit is not None and self.unit.code != unit.code:
            return False
        return not criterion or not self.criterion or self.criterion == criterion

    @property
    def state(self) -> str:
        """Where it stands: `open` or `closed`, and `upheld`, `not upheld`, `agreed`, `not agreed` behind it; of prior
        learning also what is left to do."""
        decided = self.decided
        outcome = outcome_of(self.about, decided.upheld) if decided is not None and decided.upheld is not None else ""
        left = "the awarding organisation is not told yet: it is not to be used" if self.waits_to_be_told else ""
        if self.is_open and self.may_be_used:
            left = "the awarding organisation is told: it may be used, and the case is to be closed"
        return ", ".join(filter(None, ("open" if self.is_open else "closed", outcome, left)))

    @property
    def waits_to_be_told(self) -> bool:
        """Whether it is recognition of prior learning that was agreed, and that nobody reported."""
        is_reported = any(each.step is CaseStep.REPORTED for each in self.steps)
        return self._is_recognised and not is_reported

    @property
    def may_be_used(self) -> bool:
        """Whether it is recognition of prior learning that was agreed and reported."""
        return self._is_recognised and not self.waits_to_be_told

    @property
    def _is_recognised(self) -> bool:
        return self.about is CaseAbout.RECOGNITION and self.decided is not None and bool(self.decided.upheld)

    @property
    def about_in_words(self) -> str:
        """What it is about, and what recognition is to give: `recognition of prior learning, an exemption`."""
        gives = f", {_GIVES[self.recognised_as]}" if self.recognised_as is not None else ""
        return f"{words_of(self.about)}{gives}"

    @property
    def place(self) -> str:
        """What it is on: the unit and the criterion; empty where it is on all of the learner's work."""
        return f"{self.unit.code} {self.criterion}".rstrip() if self.unit is not None else ""


def words_of(about: CaseAbout) -> str:
    """What a case is about, in words: `an appeal`."""
    return _WORDS[about]


def outcome_of(about: CaseAbout, upheld: bool) -> str:
    """How a case was decided: what was asked for is agreed or not, all else upheld or not."""
    return f"{'' if upheld else 'not '}{'agreed' if about in ASKED_FOR else 'upheld'}"


def cases_of(events: Iterable[Event], placed: Callable[[UnitKey], UnitKey]) -> tuple[CaseRecord, ...]:
    """The cases that these events tell of, in the order in which they were opened; `placed` says where what was of a
    unit goes on."""
    steps: dict[str, dict[str, tuple[Event, Case]]] = {}
    for event in events:
        if (said := said_in(event, Case)) is not None:
            steps.setdefault(said.case or event.uid, {})[event.uid] = event, said
    return tuple(_case(uid, own, placed) for uid, own in steps.items() if uid in own and not own[uid][1].case)


def _case(uid: str, steps: Mapping[str, tuple[Event, Case]], placed: Callable[[UnitKey], UnitKey]) -> CaseRecord:
    event, first = steps[uid]
    order, heads = in_order(step for step, _ in steps.values())
    unit = event.subject.unit
    return CaseRecord(
        uid,
        first.about,
        placed(unit) if unit is not None else None,
        first.criterion,
        tuple(_taken(*steps[each]) for each in order),
        heads,
        first.rests_on,
        first.recognised_as,
        {name: sha256 for _, said in steps.values() for name, sha256 in said.evidence.items()},
    )


def _taken(event: Event, said: Case) -> CaseStepTaken:
    return CaseStepTaken(event.uid, said.step, said.text, event.actor, event.at, said.on, said.to, said.upheld)


def in_words(event: Event) -> str:
    """What a step of a case tells, in a line: `case 3f2a91c0, an appeal, opened on 1.2 as of 2026-03-02`."""
    said = Case.read(event.body)
    on = f" on {said.criterion}" if said.criterion else ""
    to = f" to {said.to}" if said.to else ""
    outcome = f": {outcome_of(said.about, said.upheld)}" if said.upheld is not None else ""
    day = f" as of {said.on.isoformat()}" if said.on is not None else ""
    return f"case {short(said.case or event.uid)}, {words_of(said.about)}, {said.step}{on}{to}{day}{outcome}"
