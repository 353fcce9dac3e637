"""What a plan chooses from: a learner's unit, with everything that a rule of sampling can ask about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b


class Risk(StrEnum):
    """How closely an assessor's decisions in a unit are looked at."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Stage(StrEnum):
    """When a unit is looked at: before its assessor has closed it, or after."""

    INTERIM = "interim"
    SUMMATIVE = "summative"


class Always(StrEnum):
    """What a strategy can have sampled always, whatever the shares ask for."""

    FIRST_DECISIONS = "first_decisions"
    RESUBMISSIONS = "resubmissions"
    IN_TRAINING = "in_training"
    VERIFIER_IN_TRAINING = "verifier_in_training"
    NOT_AGREED_BEFORE = "not_agreed_before"
    OPEN_CASE = "open_case"

    @property
    def words(self) -> str:
        """Why such a unit is sampled, as the end of a sentence."""
        return _WORDS[self]


_WORDS = {
    Always.FIRST_DECISIONS: "the first decisions of a new assessor in the unit are always sampled",
    Always.RESUBMISSIONS: "a resubmission is always sampled",
    Always.IN_TRAINING: "what was decided in training is always sampled",
    Always.VERIFIER_IN_TRAINING: "what a verifier in training looked at is sampled again",
    Always.NOT_AGREED_BEFORE: "what a verifier did not agree with before is sampled again",
    Always.OPEN_CASE: "the learner has an open case",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A learner's unit in the period of a plan.

    `cohort` is the group whose number the shares go by: the qualification, or the centre's own word. `labels` are what
    else has to be covered, each a pair of what it is ("method", "evidence", "record", "location", "assignment") and its
    name; `outcome` is pass, refer, or empty while the unit is open.
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

    @property
    def key(self) -> tuple[str, str]:
        """The learner and the unit: what a sample is of."""
        return self.learner, self.unit


def order_in(seed: str, candidate: Candidate) -> int:
    """The candidate's place in the random order of that seed: a permanent number, the same on every machine.

    It does not depend on who else there is, so that a learner who joins moves nobody.
    """
    said = "\0".join((seed, candidate.learner, candidate.unit)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest())
