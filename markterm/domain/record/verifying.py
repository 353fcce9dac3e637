"""What verifiers sampled of a unit, looked at and answered, and what that comes to beside what stands now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import (
    NO_REPORT,
    Answer,
    Looked,
    Override,
    Report,
    Sampled,
    Verified,
)
from markterm.domain.record.decision import attempt_of
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.states import VerificationState

INTERIM, SUMMATIVE = "interim", "summative"
"""The stages: before the assessor has closed the unit, and after."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An attempt at a unit that was sampled, and why. It covers every closing of that attempt.

    `stage` is interim or summative; `verifier` the id of whom it was given to, empty for anybody; `due` until when.
    """

    uid: str
    attempt: int
    why: str
    actor: str
    at: datetime
    stage: str = SUMMATIVE
    verifier: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """A verifier's answer to one closing of a unit, by its uid: `agrees`, or not and why.

    `answers` are to single decisions; without them it was to the unit as a whole. An interim look has no closing. While
    it is `unfinished` the verifier goes on with it, and `agrees` is of what was answered so far. One that was made
    `in_training` waits for a countersignature, and one that `countersigns` is that of what the member of that id had
    answered.
    """

    uid: str
    closing: str
    attempt: int
    agrees: bool
    reason: str
    actor: str
    at: datetime
    answers: tuple[Answer, ...] = ()
    report: Report = NO_REPORT
    overrides: tuple[Override, ...] = ()
    unfinished: bool = False
    in_training: bool = False
    countersigns: str = ""

    @property
    def how_far(self) -> tuple[str, ...]:
        """What is said of how far it stands: that it is not finished, not countersigned, or a countersignature."""
        told = (
            "not finished" if self.unfinished else "",
            "in training, not countersigned" if self.in_training else "",
            f"countersigns {self.countersigns}" if self.countersigns else "",
        )
        return tuple(filter(None, told))

    @property
    def is_interim(self) -> bool:
        """Whether it is an interim look."""
        return not self.closing

    @property
    def why_not(self) -> str:
        """Why it is not agreed: of each criterion, or of the unit."""
        reasons = [f"{each.criterion}: {each.reason}" for each in self.answers if not each.agrees]
        return "; ".join((*reasons, *([self.reason] if self.reason.strip() else ())))

    @property
    def speaks_to_assessor(self) -> bool:
        """Whether it says something of single decisions or to the assessor, who is to read it."""
        return bool(self.answers) or self.report != NO_REPORT

    @property
    def own(self) -> tuple[Answer, ...]:
        """The answers with a result of the verifier's own: an independent second assessment."""
        return tuple(each for each in self.answers if each.own is not None)

    def no_longer_stand(self, standing: Collection[str]) -> tuple[str, ...]:
        """What became of the decisions that were looked at and are not among those that stand, in a clause each."""
        gone = [each for each in self.answers if each.decision not in standing]
        amended = ", ".join(each.criterion for each in gone if not each.agrees)
        again = ", ".join(each.criterion for each in gone if each.agrees)
        told = (
            f"{amended} amended by the assessor since" if amended else "",
            f"{again} decided again since" if again else "",
        )
        return tuple(filter(None, told))

    @property
    def in_words(self) -> str:
        """What was answered: `agrees to 1.1, 2.3`, `✗ does not agree to 1.2; agrees to 1.1`, or to the unit."""
        if not self.answers:
            return "agrees" if self.agrees else "✗ does not agree"
        against = ", ".join(each.criterion for each in self.answers if not each.agrees)
        agreed = ", ".join(each.criterion for each in self.answers if each.agrees)
        told = (f"✗ does not agree to {against}" if against else "", f"agrees to {agreed}" if agreed else "")
        return "; ".join(filter(None, told))


def contradict(answers: Sequence[Verification]) -> tuple[str, ...]:
    """What standing answers to the same closing, given by people who had not seen each other's, contradict each other
    about: numbers of criteria, or `the unit`; nothing where they do not."""
    found: dict[str, None] = {}
    for one in answers:  # One that goes on with a conflict has both answers.
        agreed = {each.criterion for each in one.answers if each.agrees}
        found |= dict.fromkeys(each.criterion for each in one.answers if not each.agrees and each.criterion in agreed)
    for place, one in enumerate(answers):
        for other in answers[place + 1 :]:
            theirs = {each.criterion: each.agrees for each in other.answers}
            if one.answers and theirs:
                differ = [each for each in one.answers if theirs.get(each.criterion, each.agrees) is not each.agrees]
                found |= dict.fromkeys(each.criterion for each in differ)
            elif one.agrees is not other.agrees:
                found["the unit"] = None
    return tuple(found)


def state_of(answers: Sequence[Verification], why_stale: Callable[[Verification], str]) -> VerificationState:
    """What answers that stand beside each other come to; `why_stale` says of one why it is not to what stands now."""
    if not answers:
        return VerificationState.NONE
    if any(map(why_stale, answers)):
        return VerificationState.STALE
    if contradict(answers):
        return VerificationState.CONFLICT
    if not all(each.agrees for each in answers):
        return VerificationState.NOT_AGREED
    if any(each.unfinished for each in answers):
        return VerificationState.UNFINISHED
    return VerificationState.UNCOUNTERSIGNED if any(each.in_training for each in answers) else VerificationState.AGREED


def sample_of(event: Event) -> Sample:
    """The sample that an event of that kind tells of."""
    said = Sampled.read(event.body)
    stage = INTERIM if said.stage == INTERIM else SUMMATIVE
    return Sample(event.uid, attempt_of(event), said.why, event.actor, event.at, stage, said.verifier, said.due)


def is_taken_back(event: Event) -> bool:
    """Whether an event of that kind says that it is sampled no more."""
    return Sampled.read(event.body).taken_back


def verification_of(event: Event) -> Verification:
    """The answer that a verification or an interim look tells of."""
    attempt, at = attempt_of(event), event.at
    if event.kind == Kind.LOOKED:
        look = Looked.read(event.body)
        agrees = all(each.agrees for each in look.answers)
        return Verification(
            event.uid,
            "",
            attempt,
            agrees,
            "",
            event.actor,
            at,
            look.answers,
            look.report,
            look.overrides,
            look.unfinished,
            look.in_training,
            look.countersigns,
        )
    said = Verified.read(event.body)
    return Verification(
        event.uid,
        said.closing,
        attempt,
        said.agrees,
        said.reason,
        event.actor,
        at,
        said.answers,
        said.report,
        said.overrides,
        said.unfinished,
        said.in_training,
        said.countersigns,
    )


def closings_verified(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """Every verification among the events of a learner that is understood, each with the closing that it answers."""
    by_uid = {event.uid: event for event in events}
    for event in by_uid.values():
        said = said_in(event, Verified) if event.kind == Kind.VERIFIED else None
        if said is not None and said.closing in by_uid:
            yield event, by_uid[said.closing]


def in_words(event: Event) -> str:
    """What an event of these kinds tells, in a line."""
    attempt = f"attempt {attempt_of(event)}"
    if event.kind == Kind.SAMPLED:
        if is_taken_back(event):
            return f"sampled: {attempt} is sampled no more"
        return f"sampled: {attempt} picked for verification{said_of_sample(sample_of(event))}"
    kind = "looked" if event.kind == Kind.LOOKED else "verified"
    told = verification_of(event)
    more = [*told.how_far]
    more += ["independent second assessment"] if told.own else []
    more += [f"override of {each.rule} by {each.authorised_by}: {each.reason}" for each in told.overrides]
    return f"{kind}: {attempt}, {', '.join((told.in_words, *more))}"


def said_of_sample(sample: Sample, name: str = "") -> str:
    """What is said of a sample beside its reason: `, interim, for ines, due 2026-04-01`; `name` is the verifier's."""
    said = (
        "interim" if sample.stage == INTERIM else "",
        f"for {name or sample.verifier}" if sample.verifier else "",
        f"due {sample.due.isoformat()}" if sample.due is not None else "",
    )
    return "".join(f", {each}" for each in said if each)


def standing_of(events: Iterable[Event], kind: Kind) -> tuple[Event, ...]:
    """Those of that kind that no other of the kind replaced."""
    own = [event for event in events if event.kind == kind]
    replaced = {uid for event in own for uid in event.supersedes}
    return tuple(event for event in own if event.uid not in replaced)
