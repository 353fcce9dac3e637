"""The lines of what can be claimed: for whom, what, how far it is, and what blocks it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markterm.domain.views.listed_claims import ClaimState, ListedClaim
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.widgets.line_list import LineList, Piece, fit

_WIDE = 110
_LEARNER, _WHAT, _STATE = 11, 14, 23
_NAME = 22

_SIGNS = {
    ClaimState.READY: ("✓", "sign--pass"),
    ClaimState.BLOCKED: ("·", "sign--open"),
    ClaimState.CLAIMED: ("○", "sign--heading"),
    ClaimState.RECEIVED: ("◐", "sign--heading"),
    ClaimState.SENT: ("●", "sign--quiet"),
    ClaimState.EXEMPT: ("–", "sign--quiet"),
}


class ClaimList(LineList):
    """A line for each qualification and unit of each learner."""

    def __init__(self, blindfold: Blindfold) -> None:
        super().__init__()
        self._blindfold = blindfold
        self._lines: Sequence[ListedClaim] = ()

    def show(self, claims: Sequence[ListedClaim]) -> None:
        """Show these, with the cursor on what it was on; if that is gone, on what stands there now."""
        before, self._lines = self.selected, claims
        self.move_to(self._place_of(before))
        self.lines_changed()

    def _place_of(self, before: ListedClaim | None) -> int:
        if before is None:
            return self.cursor
        same = next((number for number, each in enumerate(self._lines) if each is before), None)
        if same is None:
            who, key = before.row.registration, before.key
            found = (n for n, each in enumerate(self._lines) if each.row.registration == who and each.key == key)
            same = next(found, self.cursor)
        return same

    @property
    def selected(self) -> ListedClaim | None:
        """What is under the cursor."""
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    def line_count(self) -> int:
        """As many as are shown."""
        return len(self._lines)

    def header(self, width: int) -> str:
        """The titles of the columns for that width."""
        return (
            f"  {fit('Learner', _learner(width))} {fit('What', _WHAT)} {fit('Claim', _STATE)} Why not, number and day"
        )

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """What of whom, how far it is, and what is in the way or was given."""
        each = self._lines[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        row, learner = each.row, _learner(width)
        who = self._blindfold.known_as(row.registration)
        name = f"{who}  {one_line(row.name)}" if width >= _WIDE and not row.alias else who
        yield fit(name, learner) + " ", ""
        # The units of a qualification stand a little to the right.
        indented = "  " * (each.claimable.unit is not None)
        yield fit(indented + one_line(each.claimable.code), _WHAT) + " ", ""
        sign, style = _SIGNS[each.state]
        yield fit(f"{sign} {each.state.in_words}", _STATE) + " ", style
        left = max(width - 5 - learner - _WHAT - _STATE, 0)
        if each.claimable.changed:
            yield fit(one_line(f"! {'; '.join(each.claimable.changed)}"), left), "sign--refer"
        else:
            yield fit(_about(each), left), "sign--quiet"


def _about(each: ListedClaim) -> str:
    """The first of what blocks it, and how many more; or what was given of its claim."""
    blocks = each.claimable.blocks
    if each.state is ClaimState.BLOCKED:
        return one_line(f"{f'{len(blocks)}: ' if len(blocks) > 1 else ''}{blocks[0]}")
    claim = each.claimable.claim
    if claim is None or claim.state is None:
        return one_line(each.claimable.claimed_with)
    return one_line(claim.in_words.removeprefix(each.state.in_words).removeprefix(", "))


def _learner(width: int) -> int:
    return _LEARNER if width < _WIDE else _LEARNER + 2 + _NAME
