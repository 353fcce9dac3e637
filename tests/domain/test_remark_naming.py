"""A remark that still names a learner."""

from __future__ import annotations

import pytest

from markterm.domain.remarks.remark_naming import doubts, names_another, said, to_look_at, whom
from markterm.domain.remarks.remark_places import Person, place
from markterm.domain.words.learner_names import LearnerNames

PEOPLE = {"AAA1": "Rosalind Jones", "BBB2": "Nneka Okafor", "HHH8": "Hope Marks", "BER7": "Zoé van der Berg"}
NAMES = LearnerNames(PEOPLE.items())


@pytest.mark.parametrize(
    "note",
    [
        *("As Nneka did it", "OKAFOR's plan", "okafor’s plan", "nneka okafor", "See BBB2.", "Hope Marks helped"),
        *("VAN DER BERG", "Vanderberg", "zoe berg", "Ask Mr Marks", "Write to a@b.example"),
    ],
)
def test_what_names_another_learner_is_seen_in_every_form(note: str) -> None:
    text = place(note, Person("Rosalind Jones", "AAA1")).text
    assert names_another(whom(text, NAMES), {"AAA1"})


@pytest.mark.parametrize("note", ["Marks on the plan", "Hope so", "In May", "Rosalind Jones, JONES, Ms Jones", "x @ y"])
def test_a_word_and_the_learners_own_name_name_nobody_else(note: str) -> None:
    text = place(note, Person("Rosalind Jones", "AAA1")).text
    assert not names_another(whom(text, NAMES), {"AAA1"})


def test_what_may_be_the_name_of_one_it_was_written_for_is_in_doubt() -> None:
    text = "Marks on the plan, as Rosalind Franklin had it; he says so."
    assert said(text, doubts(text, NAMES, {"HHH8"})) == "“Marks”"
    assert said(text, doubts(text, NAMES, {"AAA1"})) == "“Rosalind”"
    assert to_look_at(text, doubts(text, NAMES, {"HHH8"})) == (
        "“Marks” may be the name of one it was written for.",
        "It says “he”: look whether that is this learner.",
    )


def test_what_was_said_of_several_learners_is_a_word() -> None:
    assert doubts("Marks on the plan", NAMES, {"HHH8", "AAA1", "BBB2"}) == ()
