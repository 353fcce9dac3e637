"""Which learner is meant, and who may be where nobody is."""

from __future__ import annotations

import pytest

from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.who_is_meant import nearly, the_one_meant
from markterm.domain.words.errors import WrongUse

ROWS = tuple(
    CaseloadRow(registration, registration, name)
    for registration, name in (
        ("JON2041", "Rosalind Jones"),
        ("JON2042", "Rosamund Jonas"),
        ("GUE3342", "Zoé Guérin-Núñez"),
        ("SHE5191", "Олена Шевченко"),
        ("LIW5084", "李文 (Li Wen)"),
        ("NAM0000", ""),
    )
)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("rosalnd", ["JON2041"]),
        ("Rosalind Jonse", ["JON2041"]),
        ("zoe guerin nunes", ["GUE3342"]),
        ("JON2O41", ["JON2041"]),
        ("JON204", ["JON2041", "JON2042"]),
        ("GUE3324", ["GUE3342"]),
        ("шевчинко", ["SHE5191"]),
        ("nobody", []),
        ("", []),
    ],
)
def test_whoever_is_spelt_nearly_so_is_named_the_nearest_first(text: str, who: list[str]) -> None:
    assert [row.registration for row in nearly(ROWS, text)][: len(who) or 3] == who


def test_three_are_named_at_most() -> None:
    assert len(nearly([CaseloadRow(str(n), str(n), "Rosalind") for n in range(10)], "rosalnd")) == 3


def test_who_means_nobody_is_asked_whether_they_mean_somebody() -> None:
    with pytest.raises(WrongUse) as raised:
        the_one_meant(ROWS, "rosalnd")
    assert raised.value.next_step == "Did you mean Rosalind Jones (JON2041)?"


def test_what_is_spelt_nearly_so_is_marked_for_nobody() -> None:
    for text in ("rosalnd", "JON2O41"):
        with pytest.raises(WrongUse):
            the_one_meant(ROWS, text)
