"""What somebody meant who named a thing that there is not."""

from __future__ import annotations

import pytest

from markterm.domain.words.nearly import did_you_mean, nearest

UNITS = ("8580-500", "8580-501")


@pytest.mark.parametrize(
    ("typed", "among", "meant"),
    [
        ("ash", ("ben", "asha"), "asha"),
        ("ASHA", ("ben", "asha"), "asha"),
        ("5001", UNITS, "8580-500"),
        ("8580-51", UNITS, "8580-501"),
        ("510", UNITS, "8580-501"),
        ("pfd", ("csv", "pdf"), "pdf"),
        ("3.1", ("1.3",), ""),
        ("13", ("1.1", "1.3"), "1.3"),
        ("4.33", ("4.3", "4.13"), "4.3"),
        ("1.9", ("1.1", "1.2"), ""),
        ("zzz", ("ben", "asha"), ""),
        ("", ("ben",), ""),
        ("ash", (), ""),
    ],
)
def test_what_is_spelt_most_nearly_so_is_meant_and_nothing_far_from_it(
    typed: str, among: tuple[str, ...], meant: str
) -> None:
    assert nearest(typed, among) == meant


def test_a_thing_may_be_named_in_several_ways() -> None:
    names = {"asha": "Asha Patel", "ines": "Inês Carvalho"}
    assert nearest("carvalo", names, lambda each: (each, *names[each].split())) == "ines"


def test_it_is_asked_before_it_is_said_what_there_is() -> None:
    assert did_you_mean("asa", ["asha"], "There is asha.") == "Did you mean asha? There is asha."
    assert did_you_mean("zzz", ["asha"], "There is asha.") == "There is asha."
