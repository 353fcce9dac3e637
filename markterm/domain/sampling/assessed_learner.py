"""What everybody's records say of what was assessed: learner by learner, and added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from markterm.domain.record.plans import Key
from markterm.domain.sampling.assessed_unit import AssessedUnit
from markterm.domain.sampling.track_record import Count, TrackRecords


class AssessedLearner(NamedTuple):
    """What plan and ratings need of one learner's record, and nothing else of it.

    `earlier` are the registrations that the learner had before, `heads` is another text whenever the record is another
    one. A record that is no learner's any more has no units; what was decided in it counts for whoever decided.
    """

    registration: str
    earlier: tuple[str, ...]
    units: tuple[AssessedUnit, ...]
    counts: tuple[Count, ...]
    heads: str


@dataclass
class Assessed:
    """What everybody's records say, gathered learner by learner.

    `now_called` says what learners and units are called now that had other names, `heads` what the records were, and
    `names` by each registration all that the learner had.
    """

    units: list[AssessedUnit] = field(default_factory=list)
    counts: TrackRecords = field(default_factory=TrackRecords)
    now_called: dict[Key, Key] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, learner: AssessedLearner) -> None:
        """Gather one learner more."""
        names = self.names[learner.registration] = (*learner.earlier, learner.registration)
        self.units += learner.units
        self.counts.add(learner.counts)
        self.heads.append(learner.heads)
        for unit in learner.units:
            if unit.was or learner.earlier:
                called = ((name, code) for name in names for code in (*unit.was, unit.unit))
                self.now_called |= {key: unit.key for key in called if key != unit.key}

    @property
    def by_key(self) -> Mapping[Key, AssessedUnit]:
        """Each by its learner and unit."""
        return {each.key: each for each in self.units}

    @property
    def hash_of_heads(self) -> str:
        """The hash of the heads of all records: another one where any of them is another."""
        return sha256("\n".join(sorted(self.heads)).encode("utf-8", "surrogateescape")).hexdigest()
