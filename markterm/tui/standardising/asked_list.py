"""The criteria that a standardisation asks about, each with one's own answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markterm.domain.record.bodies.standardising import Standardised, View, Viewed
from markterm.domain.record.standardisation import Asked, Standardisation
from markterm.domain.views.standardised import sign_of
from markterm.domain.words.foreign_text import one_line
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.widgets.line_list import LineList, Piece, fit

_STYLES = {
    **{state.value: sign.style for state, sign in CRITERION_SIGNS.items()},
    View.AGREE.value: "sign--pass",
    View.NOT_AGREED.value: "sign--refer",
}
_ANSWER = len("○ not achieved ✎") + 1


class AskedList(LineList, can_focus=False):
    """What is asked, each with one's own answer."""

    def __init__(self, told: Standardisation) -> None:
        super().__init__(id="criteria")
        self._told = told
        self.asked: Sequence[Asked] = tuple(told.asked)
        self.own: Mapping[Asked, Viewed] = {}

    def line_count(self) -> int:
        return len(self.asked)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        place, number = self.asked[index]
        exhibit, own = self._told.exhibits[place - 1], self.own.get(self.asked[index])
        answer = f"{sign_of(self._told, own)}{' ✎' if own.note.strip() else ''}" if own is not None else "· open"
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        of = "" if exhibit.of is Standardised.DECISIONS else f", {exhibit.of}"
        yield fit(one_line(f"{place} {exhibit.unit} {number}{of}"), max(width - _ANSWER - 3, 8)), ""
        yield fit(answer, _ANSWER), _STYLES[self._told.word(own)] if own is not None else "sign--open"
