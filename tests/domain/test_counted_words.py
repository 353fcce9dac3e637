"""How many there are, and which, in words."""

from __future__ import annotations

from markterm.domain.words.counted import counted, first_of, first_reasons


def test_a_number_and_its_word_agree() -> None:
    assert [counted(number, "file") for number in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
    assert counted(2, "entry", "entries") == "2 entries"


def test_of_many_the_first_are_named_and_how_many_there_are_beside_them() -> None:
    names = ("Ada", "Ben", "Cora")
    assert [first_of(names, most) for most in (2, 3, 4)] == ["Ada, Ben and 1 more", *["Ada, Ben, Cora"] * 2]
    assert first_of(names, 2, ";") == "Ada; Ben; and 1 more"
    assert first_of(names, 3, ";") == "Ada; Ben; Cora"
    assert first_of((), 3) == ""


def test_the_first_reasons_of_many_are_told_with_how_many_more_there_are_and_one_more_is_told_itself() -> None:
    assert first_reasons("a visit") == "a visit"
    assert first_reasons("at random; new; red") == "at random; new; red"
    assert first_reasons("at random; new; red; at least 3") == "at random; new; and 2 more reasons"
