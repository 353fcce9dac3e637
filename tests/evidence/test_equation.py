"""Fields that Word draws from a code, in whichever file they stand."""

from __future__ import annotations

import pytest

from markterm.evidence.readers.equation import equation


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"\* jc3 \* " + r'"Font:Calibri" \* hps22 \o\al(\s\up 10(kan),漢)', "漢(kan)"),
        (r"\o\ad(\s\up 9(かん);漢)", "漢(かん)"),
        (r"\f(1;2)", r"[formula: \f(1;2)]"),
        (r"\o(a,b)", r"[formula: \o(a,b)]"),
    ],
)
def test_signs_stand_before_how_they_are_spoken_and_the_rest_is_called_a_formula(code: str, shown: str) -> None:
    assert equation(code) == shown
