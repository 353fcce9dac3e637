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

    @property
    def is_held(self) -> bool:
        """Whether somebody holds it."""
        return any(not each.lifted for each in self.holds)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of asking for a destruction: it is meant now, or done; `left` is what a person has to look through,
    `names` how many entries of the centre's record name the learner and remain."""

    destruction: Destruction
    left: tuple[str, ...] = ()
    names: int = 0
