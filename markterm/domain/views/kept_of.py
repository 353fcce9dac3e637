"""What is kept of one learner until when, with all that a list of it shows; and what became of a destruction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.destructions import Destruction
from markterm.domain.record.holds import DestroyedEvidence, HoldSet
from markterm.domain.rules.retention import Kept


@dataclass(frozen=True, slots=True)
class KeptOf:
    """What is kept of a learner until when; the holds on it, that the evidence is gone, and what is meant or begun to
    be destroyed. `problem` says that their record could not be read."""

    registration: str
    name: str
    kept: Kept
    holds: tuple[HoldSet, ...] = ()
    evidence_destroyed: DestroyedEvidence | None = None
    coming: tuple[Destruction, ...] = ()
    problem: str = ""

    def may_go(self, what: What, today: date) -> bool:
        """Whether that may be destroyed today; evidence that is gone already need not be."""
        is_gone = what is What.EVIDENCE and self.evidence_destroyed is not None
        return not (self.problem or is_gone or self.kept.why_not(what, today))

    def is_due(self, today: date) -> bool:
        """Whether any of it may be destroyed today."""
        return any(self.may_go(what, today) for what in What)

    def why_kept(self, today: date) -> str:
        """Why none of it may be destroyed today: what holds both, then the evidence and the record each by its day."""
        if self.problem:
            return self.problem
        whats = [what for what in What if what is What.RECORD or self.evidence_destroyed is None]
        days = {what: day for what in whats if (day := self.kept.since(what)) is not None and today < day}
        early = [f"the {what} is kept until {day.isoformat()}" for what, day in days.items()]
        return "; ".join((*self.kept.open, *self.kept.unknown, *early))

    @property
    def is_held(self) -> bool:
        """Whether somebody holds it."""
        return any(not each.lifted for each in self.holds)

    @property
    def shown_first(self) -> tuple[int, date, str]:
        """By what a list is sorted: what is begun or meant, then by the earliest day, then what has none."""
        begun = 0 if any(each.is_begun for each in self.coming) else 1 if self.coming else 2
        days = [day for what in What if (day := self.kept.since(what)) is not None]
        return begun, min(days, default=date.max), self.registration

    def in_words(self, today: date) -> tuple[str, ...]:
        """What is kept until when and why, line by line; what is in the way begins with `!`."""
        if self.problem:
            return (f"kept: {self.problem}",)
        lines = [f"rule {rule.words}" for rule in self.kept.rules]
        lines += filter(None, (self.kept.counts_from,))
        for what in What:
            gone = self.evidence_destroyed if what is What.EVIDENCE else None
            lines.append(f"{what} {gone.words if gone is not None else self.kept.in_words(what, today)}")
        lines += [f"! {why}" for why in (*self.kept.unknown, *self.kept.open)]
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of asking for a destruction: it is meant now, or done; `left` is what a person has to look through,
    `names` how many entries of the centre's record name the learner and remain."""

    destruction: Destruction
    left: tuple[str, ...] = ()
    names: int = 0
