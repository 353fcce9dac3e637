"""What can be claimed for everybody, as it was read last: a learner is read anew when what it rests on changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markterm.centre.centre import Centre
from markterm.domain.claims.claimable import AfterVisits, Claimable
from markterm.domain.views.caseload import CaseloadRow, hidden_in_words
from markterm.domain.views.listed_claims import ListedClaim
from markterm.tui.blindfold import Blindfold


class _Stamp(NamedTuple):
    """What another one is read by: what the learner's row was made from, the day, and what visits left."""

    made_from: str
    today: date
    visited: AfterVisits


class _Kept(NamedTuple):
    stamp: _Stamp | None
    row: CaseloadRow
    listed: tuple[ListedClaim, ...]


class KnownClaims:
    """The claims of every learner in the caseload, in the order of their names as they are shown. For one thread."""

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        self._centre = centre
        self._blindfold = blindfold
        self._kept: dict[str, _Kept] = {}
        self._rows: Sequence[CaseloadRow] = ()

    def reading(self) -> Iterator[tuple[int, int]]:
        """Read those learners of the caseload, as it was looked at last, of whom something changed; yields after each
        how many were read, of how many. What was read is kept, wherever that is stopped."""
        caseload, claims = self._centre.caseload, self._centre.claims
        today, visited = caseload.today, claims.visited()
        self._rows = sorted(self._blindfold.rows(caseload.rows), key=lambda row: row.place)
        self._blindfold.learn_names()
        new = []
        for row in self._rows:
            stamp, kept = _Stamp(caseload.made_from(row.folder), today, visited), self._kept.get(row.folder)
            if kept is None or not stamp.made_from or kept.stamp != stamp:
                new.append((row, stamp))
            elif kept.row != row:
                self._keep(row, stamp, [each.claimable for each in kept.listed])
        every = claims.of_each(row.registration for row, _ in new)
        for number, ((row, stamp), of) in enumerate(zip(new, every, strict=True), 1):
            self._keep(row, stamp, of.claimables if of is not None else ())
            yield number, len(new)

    def _keep(self, row: CaseloadRow, stamp: _Stamp, claimables: Sequence[Claimable]) -> None:
        listed = tuple(ListedClaim(row, each) for each in claimables)
        for each in listed:
            _ = each.words, each.facets  # No key waits for them.
        self._kept[row.folder] = _Kept(stamp, row, listed)

    @property
    def listed(self) -> list[ListedClaim]:
        """All that is known of those who are in the caseload."""
        return [each for row in self._rows if (kept := self._kept.get(row.folder)) is not None for each in kept.listed]

    def forget(self) -> None:
        """Read everybody anew the next time; until then what was read stays."""
        self._kept = {folder: kept._replace(stamp=None) for folder, kept in self._kept.items()}

    @property
    def hidden(self) -> str:
        """What is to be said where records could not be read whole; empty where all could."""
        return hidden_in_words(self._rows)
