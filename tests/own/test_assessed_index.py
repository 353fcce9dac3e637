"""What is kept of what was assessed: what is read again is what was put, whatever it was."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.plans import Given
from markterm.domain.record.states import VerificationState
from markterm.domain.sampling.assessed_learner import AssessedLearner
from markterm.domain.sampling.assessed_unit import Answered, AssessedUnit
from markterm.domain.sampling.track_record import Count
from markterm.own.assessed_index import assessed_index

_TEXT, _COUNT = st.text(max_size=9), st.integers(0, 40)
_UNIT = st.builds(
    AssessedUnit,
    learner=st.just("AAA1"),
    unit=_TEXT,
    cohort=_TEXT,
    assessor=_TEXT,
    people=st.lists(_TEXT, max_size=2).map(tuple),
    began=st.lists(st.tuples(_TEXT, st.dates()), max_size=2).map(tuple),
    closed=st.none() | st.dates(),
    outcome=_TEXT,
    attempt=_COUNT,
    in_training=st.booleans(),
    not_agreed=st.booleans(),
    has_open_case=st.booleans(),
    answered=st.none()
    | st.builds(Answered, st.dates(), _TEXT, st.sampled_from(VerificationState), st.booleans(), _TEXT),
    labels=st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(tuple),
    was=st.lists(_TEXT, max_size=2).map(tuple),
    sampled=_TEXT,
    unfinished=st.booleans(),
    given=st.none() | st.builds(Given, st.datetimes(), _TEXT, _TEXT, st.none() | st.dates()),
)
_LEARNER = st.builds(
    AssessedLearner,
    st.just("AAA1"),
    st.lists(_TEXT, max_size=2).map(tuple),
    st.lists(_UNIT, max_size=2).map(tuple),
    st.lists(st.builds(Count, _TEXT, _TEXT, _COUNT, _COUNT, _COUNT, _COUNT), max_size=2).map(tuple),
    _TEXT,
)


def _types(learner: AssessedLearner) -> list[type]:
    return [type(each) for unit in learner.units for each in unit]


@given(_LEARNER)
def test_what_is_read_again_is_what_was_put(learner: AssessedLearner) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "assessed.json"
        index = assessed_index(path)
        index.put("AAA1", "stamp", learner)
        index.save()
        again = assessed_index(path).get("AAA1", "stamp")
    assert again == learner
    assert again is not None
    assert _types(again) == _types(learner)


def test_every_field_of_a_unit_is_kept() -> None:
    given_fields = set(AssessedUnit._fields)
    assert given_fields == {
        *("learner", "unit", "cohort", "assessor", "people", "began", "closed", "outcome", "attempt", "in_training"),
        *("not_agreed", "has_open_case", "answered", "labels", "was", "sampled", "unfinished", "given"),
    }, "the test above makes them all"
