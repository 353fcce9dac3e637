"""A centre's strategy of verification: how much is sampled, of what, and what is always looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markterm.domain.sampling.candidate import Always, Risk
from markterm.domain.sampling.share import EXAMPLE, EXAMPLE_LOW_RISK, LEAST, Band


@dataclass(frozen=True, slots=True)
class Strategy:
    """What `[verification]` in centre.toml says, or a qualification's own part of it.

    Shares are percentages of the learners of a unit and cohort, in bands, by the risk of their assessor; `by_root` asks
    for the square root instead. `interim`, `summative` are the percentages of what can be looked at then; `drawn` is
    the percentage of a plan's samples that is drawn at random.
    """

    bands: tuple[Band, ...] = EXAMPLE
    bands_of_low_risk: tuple[Band, ...] = EXAMPLE_LOW_RISK
    by_root: bool = False
    least: int = LEAST
    least_of_assessor: int = 2
    least_of_unit: int = 1
    interim: int = 0
    summative: int = 0
    drawn: int = 50
    always: frozenset[Always] = frozenset(Always)

    def bands_of(self, risk: str) -> Sequence[Band]:
        """The bands for work that was assessed at that risk."""
        return self.bands_of_low_risk if risk == Risk.GREEN else self.bands
