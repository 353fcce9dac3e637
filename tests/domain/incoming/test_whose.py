"""Whose a file of a download is, and what makes that doubtful."""

from __future__ import annotations

import pytest

from markterm.domain.incoming.download_name import pattern_of
from markterm.domain.incoming.whose import OnRoll, Roll, Sureness

SURE, LIKELY, NOBODY = Sureness.SURE, Sureness.LIKELY, Sureness.NOBODY
ROLL = Roll(
    [
        OnRoll("AAA1", "Rosalind Jones", "r.jones@mail.example", frozenset({"700"}), earlier=("OLD9",)),
        OnRoll("BBB2", "Nneka Okafor"),
        OnRoll("CCC3", "李文 (Li Wen)"),
    ]
)


def test_a_number_that_the_centre_keeps_tells_who_a_nameless_participant_is() -> None:
    found = ROLL.whose("Participant 4_700_assignsubmission_file_/a.docx")
    assert (found.sureness, found.learner) == (SURE, "AAA1")


def test_a_number_of_one_learner_beside_the_name_of_another_is_not_sure() -> None:
    found = ROLL.whose("Nneka Okafor_700_assignsubmission_file_/a.docx")
    assert (found.sureness, found.learner, set(found.learners)) == (LIKELY, "", {"AAA1", "BBB2"})


def test_whom_a_site_names_and_nobody_here_is_called_is_nobody_whatever_the_file_is_called() -> None:
    found = ROLL.whose("Ada Moss_9_assignsubmission_file_/Rosalind Jones AAA1.docx")
    assert (found.sureness, found.learners, found.names) == (NOBODY, (), ("AAA1",))


def test_another_learners_name_in_a_file_is_told() -> None:
    assert ROLL.whose("Nneka Okafor_9_assignsubmission_file_/plan by Rosalind Jones.docx").names == ("AAA1",)


def test_a_registration_that_was_corrected_is_the_learners_still() -> None:
    assert ROLL.whose("OLD9 log.docx").learner == "AAA1"


def test_another_name_stands_in_brackets() -> None:
    assert ROLL.whose("Li Wen_9_assignsubmission_file_/a.docx").learner == "CCC3"
    assert ROLL.whose("李文 501.docx").learner == "CCC3"


def test_an_address_is_sure_and_the_name_of_a_sender_is_likely() -> None:
    assert ROLL.sent_by("R.Jones@mail.example", "").sureness is SURE
    assert ROLL.sent_by("rosie@home.example", "Rosalind Jones").sureness is LIKELY
    assert ROLL.sent_by("x@home.example", "").sureness is NOBODY


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("Term 1/Nneka Okafor_9_assignsubmission_file_/a.docx", "Nneka Okafor_9_assignsubmission_file_/a.docx"),
        ("Unit 500/Nneka Okafor/diary.docx", "Unit 500/diary.docx"),
        ("Nneka Okafor diary.docx", "Nneka Okafor diary.docx"),
        ("Unit 500/scan.pdf", "Unit 500/scan.pdf"),
    ],
)
def test_what_is_kept_of_a_path_is_what_a_site_looks_for_and_no_folder_that_only_names_the_learner(
    path: str, kept: str
) -> None:
    assert ROLL.whose(path).kept == kept


def test_a_pattern_of_the_centre_comes_before_everything() -> None:
    pattern = pattern_of("{number}-*-{registration}.*")
    assert pattern is not None
    roll = Roll([OnRoll("AAA1", "Rosalind Jones"), OnRoll("BBB2", "Nneka Okafor")], [pattern])
    assert roll.whose("17-Rosalind Jones-BBB2.docx").learner == "BBB2"


@pytest.mark.parametrize("text", ["*", "{unit}_*", "{name}{name}", "plain"])
def test_a_pattern_that_names_no_learner_is_none(text: str) -> None:
    assert pattern_of(text) is None


def test_a_short_name_of_one_word_and_one_that_is_words_are_only_likely() -> None:
    roll = Roll([OnRoll("AAA1", "Al"), OnRoll("BBB2", "May Day"), OnRoll("CCC3", "Mary-Jane O'Neill Watson")])
    assert roll.whose("al 501.docx").sureness is LIKELY
    assert roll.whose("may day trip.docx").sureness is LIKELY
    assert roll.whose("Al_9_assignsubmission_file_/a.docx").sureness is SURE
    assert (roll.whose("Watson MJ 500.docx").learner, roll.whose("M Watson 500.docx").learner) == ("CCC3", "CCC3")
