"""Looking: whether a key brought what a criterion rests on into sight, and it stayed there."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen
from textual.timer import Timer

from markterm.domain.assessed.unit import UnitKey
from markterm.tui.criterion_place import CriterionPlace

STAYS = 1.0
"""Seconds that a passage has to stay in sight, for its criterion to count as looked at."""

_Looked = tuple[UnitKey, str, str]


class Looking:
    """Remembers what was looked at, by criterion and by the decision that stood there then.

    `place` gives the criterion under the cursor, `decided` the uid of what stands on one, `in_sight` whether a passage
    that it cites, or in which the learner refers to it, is in sight now; `seen` is called when one more was looked at.
    """

    def __init__(
        self,
        screen: Screen[None],
        place: Callable[[], CriterionPlace | None],
        decided: Callable[[CriterionPlace], str],
        in_sight: Callable[[CriterionPlace], bool],
        seen: Callable[[], None],
        stays: float,
    ) -> None:
        self._screen = screen
        self._place = place
        self._decided = decided
        self._in_sight = in_sight
        self._seen = seen
        self._stays = stays
        self._looked: set[_Looked] = set()
        self._brought: CriterionPlace | None = None
        self._timer: Timer | None = None

    def has_looked(self, place: CriterionPlace) -> bool:
        """Whether that criterion was looked at, with what stands there."""
        return self._of(place) in self._looked

    def begin_anew(self) -> None:
        """Another sample is open, or somebody else verifies: nothing of it was looked at."""
        self._looked.clear()
        self._leave()

    def brought(self) -> None:
        """A key moved the evidence: what is in sight now is looked at, if it stays."""
        self._brought = self._place()
        self._wait()

    def moved(self) -> None:
        """The evidence moved, or the cursor did: what was in sight is to stay from now on."""
        if self._brought is None or self._brought != self._place():
            self._leave()
        else:
            self._wait()

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._stays:
            self._timer = self._screen.set_timer(self._stays, self._stayed)
        else:
            self._screen.call_after_refresh(self._stayed)

    def _leave(self) -> None:
        self._brought = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _stayed(self) -> None:
        place = self._brought
        if place is None or self.has_looked(place) or not self._in_sight(place):
            return
        self._looked.add(self._of(place))
        self._seen()

    def _of(self, place: CriterionPlace) -> _Looked:
        return place.unit.key, place.criterion.number, self._decided(place)
