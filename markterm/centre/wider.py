"""The same criterion by the same assessor across the learners of a centre, after a verifier did not agree once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from markterm.centre.caseload import Caseload
from markterm.domain.assessed.strategy import Risk, Strategies
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.sampling.wider import Alike, alike, assessors_not_agreed, wider_sample
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.records.store import EventStore


@dataclass(frozen=True, slots=True)
class Wider:
    """What was not agreed with and whose it was, and where else they decided the same criterion."""

    unit: Unit
    criterion: str
    assessor: str
    verification: str
    found: tuple[Alike, ...]

    def why(self, registration: str) -> str:
        """Why what is proposed is sampled: what was not agreed of that learner."""
        return one_line(f"a wider sample: {self.criterion} by {self.assessor} was not agreed of {registration}")


def look_wider(
    caseload: Caseload,
    store: EventStore,
    strategies: Strategies,
    registration: str,
    unit: Unit,
    portfolio: Portfolio,
    number: str,
) -> Wider:
    """The decisions of the other learners, in the caseload as it was read last, and a wider sample of them that is
    proposed: as many as the centre's strategy asks for at red risk.

    Raises `WrongUse` when the unit has no such criterion, or no verifier did not agree there, or with several.
    """
    criterion_of(unit, number)
    whose = assessors_not_agreed(portfolio.unit(unit.key), number)
    if len(whose) != 1:
        who = f"decisions of {' and '.join(sorted(whose))} were not agreed" if whose else "nothing was not agreed"
        what = f"{unit.code} {number} of {registration}: {who}."
        raise WrongUse("Wider than what?", what, "Name a criterion of which one assessor's decision was not agreed.")
    ((assessor, verification),) = whose.items()
    found = _everywhere(caseload, store, registration, unit, number, assessor)
    bands = strategies.usual.bands_of(Risk.RED)
    return Wider(unit, number, assessor, verification, wider_sample(found, unit.code, bands, verification))


def _everywhere(
    caseload: Caseload, store: EventStore, registration: str, unit: Unit, number: str, assessor: str
) -> Iterator[Alike]:
    for row in caseload.rows:
        if row.registration != registration and row.latest is not None and unit.code in {u.code for u in row.units}:
            with suppress(MarkTermError):  # The caseload tells of records that cannot be read.
                portfolio = fold(store.load(row.registration))
                if portfolio.begun.get(unit.code) == unit.key:
                    yield from alike(row.registration, row.name, portfolio.unit(unit.key), number, assessor)
