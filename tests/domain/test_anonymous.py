"""What leaves the centre without names has none in it, and says the rest as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member
from markterm.domain.views.anonymous import Anonymous, everybody

_LEARNERS = (("JON2041", "Rosalind Jones"), ("THA1187", "Colin Thackray"), ("HOP0001", "May Hope"))
_MEMBERS = (Member("ines", "Inês Carvalho", frozenset()), Member("will", "Will Baker", frozenset()))
_NAMES = everybody(_LEARNERS, (("JON2041", "OLD777"),), _MEMBERS)


def _anonymous(place: int = 0, centre: tuple[str, ...] = ()) -> Anonymous:
    registration, name = _LEARNERS[place]
    return Anonymous(_NAMES, Learner(registration, name, uln="1234567890"), earlier=("OLD777",), centre=centre)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Rosalind Jones made tea.", "[learner] made tea."),
        ("R. Jones and jones made tea.", "[learner] and [learner] made tea."),
        ("Rosalind_Jones7 made tea.", "[learner] made tea."),
        ("JON2041, before it OLD777", "[learner], before it [learner]"),
        ("Ask rjones41 or Jones1990.", "Ask [learner] or [learner]."),
        ("JonesDiary, RosalindLog, myrosalindjoneslog", "[learner], [learner], [learner]"),
        ("My account is rosalindj.", "My account is [learner]."),
        ("제 이름은 Jones입니다.", "제 이름은 [learner]."),
        ("thackray7, ThackrayDiary and Thackray입니다", "[name 2], [name 2] and [name 2]"),
        ("Joneses and Rosalinda are others.", "Joneses and Rosalinda are others."),
        ("I showed Colin Thackray and Inês.", "I showed [name 2] and [name 3]."),
        ("Thackray, ines carvalho, Colin", "[name 2], [name 3], [name 2]"),
        ("Write to rosalind.jones@example.org.", "Write to [e-mail]."),
        ("ULN 123 456 7890", "ULN [number]"),
        ("![me](data:image/png;base64,iVBORw0KGgo=)", "![me]([picture])"),
        ("I made tea for two.", "I made tea for two."),
    ],
)
def test_names_numbers_and_addresses_are_taken_out_and_the_rest_stays(text: str, without: str) -> None:
    assert _anonymous().without_names(text) == without
    assert not _anonymous().still_names(without)


@pytest.mark.parametrize("text", ["R o s a l i n d", "| R | O | S | A | L | I | N | D |", "J\n\no\n\nn\n\ne\n\ns"])
def test_a_name_that_is_spelt_letter_by_letter_is_found_once_more(text: str) -> None:
    assert _anonymous().still_names(text)


def test_a_term_names_the_learner_between_other_words_too() -> None:
    assert all(map(_anonymous().term_names_the_learner, ("JonesHeading", "rjones41", "Style_Jones1")))
    assert not any(map(_anonymous().term_names_the_learner, ("Heading1", "Joneses", "MsoNormal")))


def test_the_learners_own_name_is_taken_out_where_it_may_be_a_word_and_that_of_others_is_doubted() -> None:
    text = "In May Will asked, and I hope so. Hope matters."
    assert _anonymous(2).without_names(text) == "In [learner] Will asked, and I hope so. [learner] matters."
    anonymous = _anonymous()
    assert anonymous.without_names(text) == text
    assert anonymous.doubts(text) == ("May", "Will", "Hope")


def test_a_member_is_not_taken_for_the_word_that_is_their_id() -> None:
    assert _anonymous().without_names("I will do it.") == "I will do it."


def test_the_centre_is_taken_out_where_that_is_asked() -> None:
    anonymous = _anonymous(centre=("Test Centre", "012345"))
    assert anonymous.without_names("At the test centre (012345).") == "At the [centre] ([centre])."
    assert _anonymous().without_names("At the test centre.") == "At the test centre."


def test_the_name_of_a_file_tells_nobody_however_it_is_written() -> None:
    assert _anonymous().file_without_names("R Jones-JON2041-012345-501(1)") == "[learner]-012345-501(1)"
    assert _anonymous().file_without_names("myrosalindlog") == "my[learner]log"


@pytest.mark.parametrize(
    "text", ["rosalind", "J O N 2 0 4 1", "jon_2041", "Jones_2", "a@b.org", "Thackray", "R o s a l i n d J o n e s"]
)
def test_a_name_that_was_left_is_found_again(text: str) -> None:
    assert _anonymous().still_names(f"This is {text}.")


_PIECES = ("Rosalind", "Jones", "JONES", "jones", "R.", "JON2041", "Jon-2041", "jones7", "Colin", "Thackray", "tea")
_BETWEEN = (" ", ", ", "\n", "-", "_", "/", ". ")


@given(st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(_BETWEEN)), max_size=9))
def test_however_names_stand_beside_each_other_none_is_left(pieces: list[tuple[str, str]]) -> None:
    text = "".join(part for piece in pieces for part in piece)
    without = _anonymous().without_names(text).casefold()
    assert not any(each in without for each in ("rosalind", "jones", "colin", "thackray", "2041"))
    assert without.count("tea") == text.count("tea")
