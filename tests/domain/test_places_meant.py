"""The criteria and units that somebody means by a number, a code or both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.views.places_meant import places_meant

PLACES = [
    *(("8580-500", number) for number in ("1.1", "1.2", "2.1")),
    *(("8580-501", number) for number in ("1.1", "1.10", "2.1", "5.1")),
    *(("HSC 3", number) for number in ("1.1", "3.1")),
]


def meant(text: str, here: str = "8580-501") -> str:
    return ", ".join(
        f"{code.removeprefix('8580-')} {number}".strip() for code, number in places_meant(text, PLACES, here)
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "500, 501, HSC 3"),
        ("2.1", "501 2.1, 500 2.1"),
        ("1.1", "501 1.1, 500 1.1, HSC 3 1.1, 501 1.10"),
        ("1.2", "500 1.2"),
        ("500", "500"),
        ("8580-500", "500"),
        ("500 2.1", "500 2.1"),
        ("8580-500 2", "500 2.1"),
        ("500 1", "500 1.1, 500 1.2"),
        ("501 1.1", "501 1.1, 501 1.10"),
        ("50 2.1", "501 2.1, 500 2.1"),
        ("50", "500, 501"),
        ("5", "501 5.1, 500, 501"),
        ("hsc", "HSC 3"),
        ("HSC3", "HSC 3"),
        ("2", "501 2.1, 500 2.1"),
        ("9.9", ""),
        ("01", ""),
        ("500 2.1 3", ""),
        ("nothing", ""),
    ],
)
def test_the_likeliest_comes_first(text: str, found: str) -> None:
    assert meant(text) == found


def test_a_number_is_first_of_all_one_of_this_unit() -> None:
    assert meant("2.1", here="8580-500") == "500 2.1, 501 2.1"
    assert meant("2.1", here="HSC 3") == "500 2.1, 501 2.1"


@pytest.mark.parametrize("typed", ["K5", "k5", "KSB k5"])
def test_a_number_with_a_letter_is_found_however_it_is_typed(typed: str) -> None:
    places = [("8580-500", "5.1"), ("MTM-KSB", "K50"), ("MTM-KSB", "K5"), ("MTM-KSB", "P5")]
    assert places_meant(typed, places, "8580-500") == [("MTM-KSB", "K5"), ("MTM-KSB", "K50")]


@given(st.sampled_from(PLACES), st.sampled_from([code for code, _ in PLACES]))
def test_a_whole_code_with_a_number_means_that_criterion_first(place: tuple[str, str], here: str) -> None:
    code, number = place
    if " " not in code:
        assert places_meant(f"{code} {number}", PLACES, here)[0] == place


@given(st.text(max_size=12))
def test_whatever_is_typed_means_what_is_there_and_each_once(text: str) -> None:
    found = places_meant(text, PLACES, "8580-500")
    assert len(found) == len(set(found))
    assert all(each in PLACES or (each[1] == "" and any(each[0] == code for code, _ in PLACES)) for each in found)
