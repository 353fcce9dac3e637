"""A unit or an assignment is named by its code, or by the end that tells it from the others, everywhere alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.unit import Unit
from markterm.domain.words.code import codes_in_names, is_code, short_codes, the_one, with_code
from markterm.domain.words.errors import WrongUse

_NONE = WrongUse("No such unit", "There is none.", "Name another one.")


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("8580-501", "8580-501"),
        ("501", "8580-501"),
        ("8580/501", "8580-501"),
        ("ia-cert", "8580-IA-CERT"),
        ("103", "HSC103"),
        ("hsc 103", "HSC-103"),
        ("***", "***"),
    ],
)
def test_a_code_is_named_whole_or_by_an_end_whatever_stands_between_its_parts(named: str, code: str) -> None:
    assert is_code(named, code)


@pytest.mark.parametrize(
    ("named", "code"),
    [("01", "8580-501"), ("5011", "8580-501"), ("8580", "8580-501"), ("", "8580-501"), ("", ""), ("SC103", "HSC103")],
)
def test_the_middle_of_a_part_a_beginning_and_nothing_name_no_code(named: str, code: str) -> None:
    assert not is_code(named, code)


@given(st.text(), st.text(min_size=1))
def test_every_code_is_named_by_itself_and_by_what_follows_a_sign_in_it(before: str, after: str) -> None:
    assert is_code(after, after)
    assert is_code(after, f"{before}-{after}") == any(sign.isalnum() for sign in after)


def test_the_whole_code_goes_before_those_that_end_so() -> None:
    units = [Unit("8580-501", "Coach"), Unit("501", "Lead"), Unit("8600-501", "Plan")]
    assert [unit.title for unit in with_code(units, "501")] == ["Lead"]
    assert [unit.title for unit in with_code(units, "8600 501")] == ["Plan"]
    assert with_code(units, "") == []


def test_a_code_that_could_be_several_is_answered_with_all_of_them() -> None:
    units = [Unit("8580-501", "Coach"), Unit("8580-502", "Mentor"), Unit("8600-501", "Plan")]
    with pytest.raises(WrongUse, match=r"501 could be 8580-501, 8600-501\.") as refused:
        the_one(units, "501", "unit", _NONE)
    assert refused.value.title == "Which unit?"
    with pytest.raises(WrongUse, match="There is none"):
        the_one(units, "503", "unit", _NONE)
    assert the_one(units, "502", "unit", _NONE).title == "Mentor"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("unit 501.md", ["8580-501"]),
        ("Jo Bell_620501_assignsubmission_file_/plan.docx", []),
        ("R Jones-KLM4821-012345-8580-503(2).docx", ["8580-503"]),
        ("u_501_and-503/diary.md", ["8580-501", "8580-503"]),
        ("hsc 103.md", ["HSC-103"]),
        ("talk 103.md", []),
        ("D-650-2301/letter.docx", ["D/650/2301"]),
        ("D6502301 letter.docx", ["D/650/2301"]),
        ("IMG_2301.jpg", []),
        ("HSC-103 talk.md", ["HSC-103"]),
    ],
)
def test_for_which_units_a_file_is_its_name_says(name: str, found: list[str]) -> None:
    codes = ["8580-501", "8580-503", "HSC-103", "GRW-103", "D/650/2301"]
    assert list(codes_in_names(codes, [name])) == found


def test_a_code_is_shortened_to_the_end_that_tells_it_from_the_others() -> None:
    codes = ["8580-501", "D/650/2301", "F/616/8833", "T/650/8833", "CRAFT-07"]
    assert list(short_codes(codes).values()) == ["501", "2301", "F/616/8833", "T/650/8833", "CRAFT-07"]
