"""A bar shows every part that there is, and none that there is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.standards.coverage import Share
from markterm.exports.plot.share_bar import share_bar

_COUNTS = st.integers(0, 2000)


@given(_COUNTS, _COUNTS, _COUNTS, st.integers(3, 40))
def test_a_bar_has_a_cell_of_everything_that_there_is_and_of_nothing_else(
    fully: int, partly: int, uncovered: int, room: int
) -> None:
    share = Share(fully, partly, of=fully + partly + uncovered)
    bar = share_bar(share, room)
    assert len(bar) == (room if share.of else 0)
    for sign, count in zip("█▒░", (fully, partly, uncovered), strict=True):
        assert (sign in bar) == bool(count)
