"""What is kept of what waits and was done: what is read again is what was put, whatever it was."""

from __future__ import annotations

import tempfile
from datetime import UTC
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.actions import ActionState
from markterm.domain.reports.workload import Done, LearnersWork, SetAction, Work
from markterm.domain.views.due import Person, Step
from markterm.own.work_index import work_index

_TEXT, _AT, _DAY = st.text(max_size=9), st.datetimes(timezones=st.just(UTC)), st.none() | st.dates()
_PLACE = _TEXT, _TEXT, _TEXT
_UNIT = st.builds(UnitKey, _TEXT, _TEXT)
_PERSON, _STEP, _STATE = map(st.sampled_from, (Person, Step, ActionState))
_WORK = st.builds(
    Work, _TEXT, _PERSON, _STEP, *_PLACE, st.none() | _AT, _DAY, _TEXT, st.booleans(), _DAY, st.none() | _AT
)
_DONE = st.builds(Done, _TEXT, _PERSON, _TEXT, _TEXT, _AT, _TEXT, _TEXT)
_SET = _TEXT, _UNIT, *_PLACE, _AT, _STATE, _DAY, st.none() | _AT, st.booleans(), _TEXT, _TEXT
_OWN = st.builds(
    LearnersWork, *(st.lists(each, max_size=2).map(tuple) for each in (_WORK, _DONE, st.builds(SetAction, *_SET)))
)


def _types(own: LearnersWork) -> list[type]:
    return [type(each) for of in own for one in of for each in one]


@given(_OWN)
def test_what_is_kept_of_a_learner_is_read_again_as_it_was(own: LearnersWork) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "work.json"
        index = work_index(path)
        index.put("AAA1", "stamp", own)
        index.save()
        again = work_index(path).get("AAA1", "stamp")
        assert again == own
        assert again is not None
        assert _types(again) == _types(own)
        assert work_index(path).get("AAA1", "another") is None
