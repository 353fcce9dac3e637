"""What is kept of where criteria stand: what is read again is what was put, whatever it was."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.views.tracking import TrackedUnit, Turn
from markterm.own.tracked_index import TrackedLearner, tracked_index
from markterm.records.store import Head

_TEXT, _DAY = st.text(max_size=9), st.none() | st.dates()
_MARKED = st.lists(st.tuples(_TEXT, st.characters()), max_size=3)
"""Criteria by number, with the one sign of where each stands."""
_TURNS = st.lists(st.builds(Turn, st.integers(1, 9), _DAY, _DAY, _TEXT), max_size=2).map(tuple)


@st.composite
def _units(draw: st.DrawFn) -> TrackedUnit:
    marked = draw(_MARKED)
    numbers, states = tuple(number for number, _ in marked), "".join(sign for _, sign in marked)
    key = draw(st.builds(UnitKey, _TEXT, _TEXT))
    return TrackedUnit(key, numbers, states, draw(_TEXT), draw(_TEXT), draw(_DAY), draw(_TURNS), draw(_TEXT))


_HEADS = st.dictionaries(
    _TEXT, st.dictionaries(_TEXT, st.builds(Head, st.integers(0, 9), _TEXT), max_size=2), max_size=2
)
_LEARNER = st.builds(TrackedLearner, _TEXT, st.lists(_units(), max_size=2).map(tuple), _HEADS, _TEXT)


@given(_LEARNER)
def test_what_is_read_again_is_what_was_put(learner: TrackedLearner) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracked.json"
        index = tracked_index(path)
        index.put("AAA1", "stamp", learner)
        index.save()
        assert tracked_index(path).get("AAA1", "stamp") == learner
