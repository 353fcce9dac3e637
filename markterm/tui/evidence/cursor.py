"""The passage that is chosen in the evidence: where it is, how it moves, and how far a selection reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markterm.evidence.text.passages import Extent, extent
from markterm.tui.evidence.rows import DECORATION, Row
from markterm.tui.evidence.view import TOP, EvidenceView, RowPlace


def has_words(row: Row) -> bool:
    """Whether the row shows words of the evidence, and not only lines and bars."""
    return any(part.offset != DECORATION and not part.text.isspace() for part in row.parts)


def extent_at(view: EvidenceView, place: RowPlace) -> Extent | None:
    """The passage that the row at `place` belongs to; None where there are no words."""
    row = view.row(place)
    return extent(view.blocks(place.chunk)[row.block], row.line) if row is not None and has_words(row) else None


@dataclass(slots=True)
class PassageCursor:
    """Stands on a passage of a view. `place` is a row of it, `anchor` the passage where a selection began."""

    place: RowPlace = TOP
    anchor: Extent | None = None

    def chosen(self, view: EvidenceView) -> Extent | None:
        """The passage, or all from the anchor to it; None in a document without words."""
        here = extent_at(view, self.place)
        if here is None or self.anchor is None:
            return here
        return Extent(min(here.first, self.anchor.first), max(here.last, self.anchor.last))

    def select(self, view: EvidenceView) -> None:
        """Begin a selection at the passage, or give up the one there is."""
        self.anchor = extent_at(view, self.place) if self.anchor is None else None

    def stand_at(self, view: EvidenceView, place: RowPlace) -> None:
        """Stand on the passage at `place`, or the next one that has words, or else the one before."""
        for step in (1, -1):
            found = place if extent_at(view, place) is not None else _seek(view, place, step)
            if found is not None:
                self.place = found
                return
        self.place = place

    def move(self, view: EvidenceView, step: int) -> bool:
        """Go to the first row of the next passage, or of the one before; whether there is one."""
        found = _seek(view, self.place, step)
        if found is not None and step < 0:
            # From below one comes to its last row.
            here = extent_at(view, found)
            while (above := view.moved(found, -1)) != found and extent_at(view, above) == here:
                found = above
        if found is not None:
            self.place = found
        return found is not None

    def keep_in(self, view: EvidenceView, page: Sequence[tuple[RowPlace, Row]]) -> None:
        """Stand on a passage of the page, which is what is in sight."""
        here = extent_at(view, self.place)
        if page and (here is None or not any(extent_at(view, place) == here for place, _ in page)):
            self.stand_at(view, page[0][0])


def _seek(view: EvidenceView, place: RowPlace, step: int) -> RowPlace | None:
    """The nearest row in that direction which belongs to another passage."""
    here = extent_at(view, place)
    while (further := view.moved(place, step)) != place:
        place = further
        found = extent_at(view, place)
        if found is not None and found != here:
            return place
    return None
