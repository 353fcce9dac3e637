"""What became of records that came back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The records that were taken in, those that were there already with the same bytes, and the events of both.

    `without_learner` are those of them that no learner's folder is called like; `faults` what does not verify;
    `destroyed` are those that the centre's record says were destroyed: they are here again.
    """

    records: tuple[str, ...]
    there: tuple[str, ...]
    events: int
    without_learner: tuple[str, ...]
    faults: tuple[str, ...]
    destroyed: tuple[str, ...]
