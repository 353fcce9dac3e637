"""One criterion across learners: whose waits for a decision, and how it was decided for the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from markterm.domain.record.decision import Decision
from markterm.domain.record.event import Result
from markterm.domain.record.states import WAITING, CriterionState, decided_as
from markterm.domain.views.caseload import CaseloadRow

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the criterion stands for the learner of a row of the caseload.

    `decision` is the one that stands alone, also one that is to be decided anew; `closed` whether the unit is closed;
    `since` when the unit began to wait to be marked or settled, None where no event began it.
    """

    row: CaseloadRow
    state: CriterionState = CriterionState.OPEN
    decision: Decision | None = None
    closed: bool = False
    since: datetime | None = None

    @property
    def registration(self) -> str:
        """Whose it is."""
        return self.row.registration

    @property
    def at(self) -> datetime | None:
        """Since when it waits, or when it was decided; None where nothing was recorded of it."""
        return self.since if self.waits or self.decision is None else self.decision.at

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide it: nobody has to of who left, and how it was decided for them remains."""
        return not self.closed and self.state in WAITING and not self.row.left


@dataclass(frozen=True)
class Across:
    """The criterion of every learner who was looked at so far: `looked` of `of`, in the order of the caseload.

    `gates` says whether it gates the unit: one for a higher grade is counted as achieved or not achieved.
    """

    stands: tuple[Stand, ...] = ()
    looked: int = 0
    of: int = 0
    gates: bool = True

    @cached_property
    def waiting(self) -> tuple[Stand, ...]:
        """Those that wait, whoever waits longest first; those of whose unit nothing was recorded yet come last."""
        return tuple(sorted((each for each in self.stands if each.waits), key=lambda each: each.since or _NEVER))

    @cached_property
    def decided(self) -> tuple[Stand, ...]:
        """Those with a decision, the newest first."""
        with_time = [(each.decision.at, each) for each in self.stands if each.decision is not None]
        return tuple(each for _, each in sorted(with_time, key=lambda pair: pair[0], reverse=True))

    def others(self, registration: str) -> tuple[Stand, ...]:
        """The decisions on other learners, the newest first."""
        return tuple(each for each in self.decided if each.registration != registration)


def tally(stands: Iterable[Stand], *, gates: bool) -> str:
    """How many passed and how many were referred: `7 pass, 2 refer`; of a criterion for a higher grade, achieved."""
    return ", ".join(f"{count} {state}" for state, count in counted(stands, gates=gates).items())


def counted(stands: Iterable[Stand], *, gates: bool) -> Mapping[CriterionState, int]:
    """How many decisions there are of each word that the criterion has, and of any other that stands: its level may
    have changed since."""
    states = Counter(each.decision.state for each in stands if each.decision is not None)
    words = (*(decided_as(result, gates=gates) for result in Result), *states)
    return {state: states[state] for state in dict.fromkeys(words)}
