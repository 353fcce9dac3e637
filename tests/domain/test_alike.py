"""What is told of learners' work that is alike: what counts as given, who may see it, and what a case says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.citation import Passage
from markterm.domain.rules.seeing_alike import may_see_alike
from markterm.domain.views.alike import (
    AlikePair,
    AlikePassage,
    AlikeSeen,
    Cohorts,
    OddFile,
    Side,
    case_text,
    hidden_told,
    in_order,
    not_told_twice,
)

HERE = Side("AAA1", "Ada", Passage("diary.md", "a" * 64, 12, 14, "I warmed the pot", "page 2"), "I warmed the pot")
THERE = Side("BBB2", "Ben", Passage("log.docx", "b" * 64, 3, 3, "I warmed the pot"), "I warmed the pot")


def member(*roles: Role) -> Member:
    return Member("m", "M", frozenset(roles))


@pytest.mark.parametrize(
    ("who", "assessors", "may"),
    [
        (member(Role.VERIFIER), ((), ()), True),
        (member(Role.ASSESSOR), (("m", "x"), ("m",)), True),
        (member(Role.ASSESSOR), (("m",), ("x",)), False),
        (member(Role.COORDINATOR), (("m",), ("m",)), False),
        (member(Role.TUTOR), (("m",), ("m",)), False),
        (None, (("m",), ("m",)), False),
    ],
    ids=["a verifier", "who assesses both", "who assesses one", "a coordinator", "a tutor", "nobody named"],
)
def test_verifiers_see_it_and_who_assesses_both_and_nobody_else(
    who: Member | None, assessors: tuple[tuple[str, ...], tuple[str, ...]], may: bool
) -> None:
    assert may_see_alike(who, assessors) is may


def test_what_most_of_a_unit_have_was_given_to_them() -> None:
    eight = Cohorts({f"L{number}": ("U",) for number in range(8)})
    assert not eight.were_given({"L1", "L2"})
    assert not eight.were_given({"L1", "L2", "L3", "L4"})
    assert eight.were_given({"L1", "L2", "L3", "L4", "L5"})


def test_two_of_a_small_unit_may_have_copied_and_three_of_three_were_given_it() -> None:
    three = Cohorts({"A": ("U",), "B": ("U",), "C": ("U",)})
    assert not three.were_given({"A", "B"})
    assert three.were_given({"A", "B", "C"})


def test_what_more_than_ten_have_was_given_however_many_there_are() -> None:
    many = Cohorts({f"L{number}": ("U",) for number in range(500)})
    assert not many.were_given({f"L{number}" for number in range(10)})
    assert many.were_given({f"L{number}" for number in range(11)})


def test_learners_of_several_units_are_counted_on_each() -> None:
    cohorts = Cohorts({"A": ("U",), "B": ("V",), "C": ("V",), "D": ("U",), "E": ("U",), "F": ("U",), "G": ("U",)})
    assert not cohorts.were_given({"A", "B", "C"})
    assert cohorts.size("B", "C") == 2
    assert cohorts.size("A", "B") == 5


def test_what_most_of_one_unit_have_was_given_whatever_else_some_of_them_are_on() -> None:
    cohorts = Cohorts({"A": ("U", "V"), "B": ("U",), "C": ("U",), **{f"V{number}": ("V",) for number in range(9)}})
    assert cohorts.were_given({"A", "B", "C"})


def test_two_of_one_unit_are_beside_who_is_on_it_though_more_are_on_others_of_theirs() -> None:
    cohorts = Cohorts({"A": ("U", "V"), "B": ("U", "W"), **{f"V{number}": ("V", "W") for number in range(9)}})
    assert cohorts.size("A", "B") == 2
    assert cohorts.size("A", "nobody who was read") == 10
    assert cohorts.size("nobody", "neither") == 11


def test_a_case_says_where_it_stands_on_both_sides_and_does_not_name_the_other_learner() -> None:
    told = case_text("Task 2.", [AlikePassage(HERE, THERE, 84, 41, 2, 38)])
    assert told.startswith("Task 2.\n\n84 words alike, the longest row 41; 2 learners of 38 have it.")
    assert f"Here: page 2, lines 12–14 in diary.md (SHA-256 {'a' * 64})." in told
    assert f"There: line 3 in a file of another learner of the centre (SHA-256 {'b' * 64})." in told
    assert told.endswith("It is no verdict.")
    assert "BBB2" not in told
    assert "Ben" not in told
    assert "log.docx" not in told


def test_what_both_quote_comes_last_and_is_counted_apart() -> None:
    copied = AlikePair("A", "A", "B", "B", (AlikePassage(HERE, THERE, 40, 40, 2, 9),))
    quoting = AlikePair("C", "C", "D", "D", (AlikePassage(HERE, THERE, 90, 90, 2, 9, quoted=True),))
    assert in_order([quoting, copied]) == (copied, quoting)
    assert (quoting.words, quoting.quoted) == (0, 90)
    assert "both quote it" in quoting.passages[0].told


def side(registration: str, file: str, start: int, text: str) -> Side:
    return Side(registration, registration, Passage(file, "c" * 64, 1, 1, text), text, (), start)


def test_a_passage_is_within_another_of_the_same_file_up_to_its_ends_and_a_file_within_none() -> None:
    whole, file = side("A", "a.md", 10, "x" * 90), side("A", "a.md", 0, "")
    for start, length, within in ((10, 90, True), (10, 3, True), (97, 3, True), (9, 5, False), (98, 3, False)):
        assert side("A", "a.md", start, "x" * length).is_within(whole) is within
    assert whole.is_within(file)
    assert file.is_within(file)
    assert not file.is_within(whole)
    assert not file.is_within(side("A", "a.md", 0, "x" * 90))
    assert not side("A", "b.md", 10, "x" * 90).is_within(whole)


def test_a_passage_is_told_with_line_and_page_and_a_file_by_its_name() -> None:
    assert HERE.where == "diary.md:12 (page 2)"
    assert THERE.where == "log.docx:3"
    assert replace(HERE, text="").where == "diary.md"


def test_figures_are_told_in_words() -> None:
    copied, same = AlikePassage(HERE, THERE, 84, 41, 2, 38), AlikePassage(HERE, THERE, 300, 0, 2, 1_038, is_file=True)
    quoted = AlikePassage(HERE, THERE, 12, 9, 3, 38, quoted=True, source="Whitmore (2009)")
    assert copied.told == "84 words alike, the longest row 41; 2 learners of 38 have it"
    assert same.told == "the same file, byte for byte, 300 words; 2 learners of 1,038 have it"
    assert replace(same, words=0).told == "the same file, byte for byte; 2 learners of 1,038 have it"
    assert quoted.told.endswith("3 learners of 38 have it; both quote it; both name Whitmore (2009)")
    pair = AlikePair("AAA1", "Ada", "BBB2", "Ben", (same, copied, quoted))
    assert (pair.words, pair.quoted, pair.files, pair.files_of_one) == (384, 12, 1, ("diary.md",))
    assert pair.told == "1 same file, 84 words in 1 passage, 12 words quoted by both"
    assert replace(pair, passages=(quoted,)).told == "12 words quoted by both"
    assert replace(pair, passages=(same,)).told == "1 same file"
    assert OddFile("AAA1", "Ada", "diary.md", 12).told.startswith("diary.md: 12 words with letters of other alphabets")


def test_what_was_left_out_is_told_of_what_there_is_and_of_nothing_else() -> None:
    assert AlikeSeen(()).left_out == ()
    assert AlikeSeen((), given=1).left_out == ("Taken as given to everybody, and left out: 1 place.",)
    assert AlikeSeen((), cited=2, left=1, unread=3).left_out == (
        "Left out, quoted by both with its source: 2 places.",
        "Not looked into: 1 more pair of files that share less.",
        "Not read: 3 files.",
    )


def test_a_pair_seen_from_the_other_learner_has_the_other_side_first() -> None:
    turned = AlikePair("AAA1", "Ada", "BBB2", "Ben", (AlikePassage(HERE, THERE, 84, 41, 2, 38),)).turned()
    assert (turned.one, turned.one_name, turned.other, turned.other_name) == ("BBB2", "Ben", "AAA1", "Ada")
    assert (turned.passages[0].one, turned.passages[0].other) == (THERE, HERE)


def test_the_words_of_a_side_come_in_pieces_and_on_one_line() -> None:
    told = replace(HERE, text="I  warmed\nthe pot well", marked=((3, 13), (14, 17)))
    assert list(told.pieces) == [("I ", False), ("warmed the", True), (" ", False), ("pot", True), (" well", False)]


def test_of_a_case_on_many_passages_the_first_are_told_and_how_many_more_there_are() -> None:
    passages = [AlikePassage(replace(HERE, text=f"Number {number}."), THERE, 12, 12, 2, 9) for number in range(10)]
    told = case_text("", passages)
    assert told.startswith("12 words alike")
    assert ("“Number 7.”" in told, "“Number 8.”" in told) == (True, False)
    assert "“Number 0.”\n\n12 words alike" in told
    assert "And 2 passages more.\n" in told
    assert "And 1 passage more.\n" in case_text("", passages[:9])
    assert "more." not in case_text("", passages[:8])
    of_a_file = case_text("", [AlikePassage(replace(HERE, text=""), replace(THERE, text=""), 0, 0, 2, 9, is_file=True)])
    assert "“" not in of_a_file


def test_who_says_something_twice_shares_it_once() -> None:
    mine, again = side("A", "a.md", 10, "x" * 90), side("A", "b.md", 0, "x" * 90)
    theirs, part = side("B", "c.md", 5, "x" * 90), side("A", "a.md", 20, "x" * 30)
    longest = AlikePassage(mine, theirs, 40, 40, 2, 9)
    within = AlikePassage(part, side("B", "c.md", 20, "x" * 30), 12, 12, 2, 9)
    elsewhere = AlikePassage(again, theirs, 38, 38, 2, 9)
    assert not_told_twice([within, longest]) == (longest,)
    assert not_told_twice([elsewhere, longest]) == (longest, elsewhere)
    turned = [replace(each, one=each.other, other=each.one) for each in (elsewhere, longest)]
    assert not_told_twice(turned) == (turned[1], turned[0])
    another = AlikePassage(side("A", "d.md", 0, "x" * 50), side("B", "d.md", 0, "x" * 50), 39, 39, 2, 9)
    assert not_told_twice([within, another, longest]) == (longest, another)


def test_a_passage_in_files_that_are_the_same_is_not_told_beside_them() -> None:
    files = AlikePassage(side("A", "a.md", 0, ""), side("B", "b.md", 0, ""), 300, 0, 2, 9, is_file=True)
    within = AlikePassage(side("A", "a.md", 7, "words"), side("B", "b.md", 7, "words"), 30, 30, 2, 9)
    assert not_told_twice([within, files]) == (files,)


def test_who_may_not_see_it_is_told_that_there_is_something_and_who_sees_it() -> None:
    assert hidden_told(0) == ""
    assert hidden_told(2) == "Work is alike in 2 pairs of learners. Verifiers see which, and who assesses both."
    assert hidden_told(1).startswith("Work is alike in 1 pair of learners.")
    assert hidden_told(3, "AAA1").startswith("Work of AAA1 is like that of 3 other learners of the centre.")
    assert hidden_told(1, "AAA1").startswith("Work of AAA1 is like that of another learner of the centre.")
