"""What a plan chooses from: a learner's unit, with everything that a rule of sampling can ask about it."""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from markterm.domain.assessed.strategy import Always, Risk
from markterm.domain.record.plans import Given


class Stage(StrEnum):
    """When a unit is looked at: before its assessor has closed it, or after."""

    INTERIM = "interim"
    SUMMATIVE = "summative"


class Candidate(NamedTuple):
    """A learner's unit in the period of a plan.

    `cohort` is the group whose number the shares go by: the qualification, or the centre's own word. `labels` are what
    else has to be covered, each a pair of what it is ("method", "evidence", "record", "location", "assignment") and its
    name; `outcome` is pass, refer, the grade of a graded unit, or empty while the unit is open. `sampled` says who has
    sampled it without a plan, and why, `given` when, to whom and until when. A named tuple: a plan has tens of
    thousands.
    """

    learner: str
    unit: str
    assessor: str
    cohort: str = ""
    stage: Stage = Stage.SUMMATIVE
    outcome: str = ""
    risk: Risk = Risk.AMBER
    labels: frozenset[tuple[str, str]] = frozenset()
    always: frozenset[Always] = frozenset()
    sampled: str = ""
    given: Given | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The learner and the unit: what a sample is of."""
        return self.learner, self.unit


def order_in(seed: str, key: tuple[str, str]) -> bytes:
    """The place of a learner's unit in the random order of that seed: permanent, and the same on every machine.

    It does not depend on who else there is, so that a learner who joins moves nobody.
    """
    learner, unit = key
    return blake2b(f"{seed}\0{learner}\0{unit}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
