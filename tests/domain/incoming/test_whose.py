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


def test_a_registration_of_signs_alone_is_found_in_no_name() -> None:
    found = Roll([OnRoll("..", "Odd One"), OnRoll("BBB2", "Nneka Okafor")]).whose(
        "Nneka Okafor_7_assignsubmission_file_/a.docx"
    )
    assert (found.sureness, found.learner) == (SURE, "BBB2")


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


def test_what_may_be_half_of_another_name_is_only_likely() -> None:
    roll = Roll([OnRoll("AAA1", "Suharto"), OnRoll("BBB2", "Mary Ann Smith")])
    assert [roll.whose(name).sureness for name in ("Suharto 501.docx", "Mary Ann 501.docx")] == [SURE, SURE]
    assert [roll.whose(name).sureness for name in ("Suharto Wijaya.docx", "Mary Ann Jones.docx")] == [LIKELY, LIKELY]


def test_a_name_in_brackets_goes_with_the_rest_of_the_name_and_says_nothing_alone() -> None:
    roll = Roll([OnRoll("AAA1", "Elizabeth (Lizzie) Jones"), OnRoll("BBB2", "Siân Llwyd (née Parry)")])
    for name in ("Elizabeth Jones", "Lizzie Jones", "Jones Lizzie"):
        assert (roll.whose(f"{name} 501.docx").learner, roll.whose(f"{name} 501.docx").sureness) == ("AAA1", SURE)
    assert roll.whose("Sian Parry_9_assignsubmission_file_/a.docx").learner == "BBB2"
    assert roll.whose("Lizzie Taylor 501.docx").sureness is NOBODY
    assert roll.whose("Jones 501.docx").sureness is LIKELY


def test_a_name_that_is_kept_with_the_family_name_first_is_found_as_others_write_it() -> None:
    roll = Roll([OnRoll("AAA1", "Kaur, Simran")])
    assert roll.whose("kaursimran_340113_7200113_a.docx").learner == "AAA1"
    assert roll.whose("Simran Kaur_9_assignsubmission_file_/a.docx").learner == "AAA1"


def test_two_who_share_the_family_name_that_stands_once_are_both_named() -> None:
    roll = Roll([OnRoll("AAA1", "Noah Frost"), OnRoll("BBB2", "Isla Frost")])
    for name in ("Noah and Isla Frost.docx", "Noah & Isla Frost.docx"):
        assert (roll.whose(name).sureness, set(roll.whose(name).learners)) == (LIKELY, {"AAA1", "BBB2"})


def test_initials_of_one_learner_are_not_two_words_of_another() -> None:
    roll = Roll([OnRoll("AAA1", "T J Hooper"), OnRoll("BBB2", "Tracy Jane Hooper")])
    assert roll.whose("T Hooper 501.docx").sureness is LIKELY
    assert roll.whose("TJ Hooper 501.docx").learner == "AAA1"


def test_initials_that_are_anothers_beside_a_registration_are_a_doubt() -> None:
    roll = Roll([OnRoll("AAA1", "Ann Lee"), OnRoll("BBB2", "Bea Lee-Jones")])
    assert roll.whose("A Lee-AAA1-012345-500(1).docx").sureness is SURE
    assert roll.whose("B Lee-Jones-BBB2-012345-500(1).docx").sureness is SURE
    assert roll.whose("A Lee-BBB2-012345-500(1).docx").sureness is LIKELY


def test_brightspace_writes_a_whole_name_behind_its_numbers() -> None:
    when = "Sep 24, 2026 926 PM"
    roll = Roll([OnRoll("442360", "Rose Summer"), OnRoll("BBB2", "Nneka Okafor")])
    assert roll.whose(f"271836-1 - Nneka Okafor - {when}/Rose Summer.docx").learner == "BBB2"
    assert roll.whose(f"271836-1 - Nneka Okafor - {when} - Rose Summer.docx").sureness is SURE
    assert roll.whose(f"271836-442360 - Hugo Bright - {when}/a.docx").sureness is NOBODY


def test_a_day_and_a_time_are_no_registration_and_a_domain_ends_before_an_underscore() -> None:
    roll = Roll([OnRoll("AAA1", "Rose Summer", "rs@post.example"), OnRoll("BBB2", "Nneka Okafor")])
    assert roll.whose("Unit 501_nneka.okafor_attempt_2026-03-01-10-00-00.txt").learner == "BBB2"
    assert roll.whose("rs@post.example_501.docx").learner == "AAA1"


def test_blackboard_writes_with_what_somebody_signs_in_and_a_name_in_the_file_is_not_whose_it_is() -> None:
    roll = Roll([OnRoll("AAA1", "Rose Summer", "rsum3@post.example"), OnRoll("BBB2", "Nneka Okafor")])
    when = "attempt_2026-03-01-10-00-00"
    for path, sureness, learners in (
        (f"Unit 501_nneka.okafor_{when}.txt", SURE, ("BBB2",)),
        (f"Unit 501_aaa1_{when}_log.docx", SURE, ("AAA1",)),
        (f"Unit 501_rsum3_{when}_log.docx", LIKELY, ("AAA1",)),
        (f"Unit 501_rsum3_{when}_Nneka Okafor.docx", LIKELY, ("AAA1", "BBB2")),
        (f"Unit 501_x77_{when}_Nneka Okafor.docx", LIKELY, ("BBB2",)),
        (f"Unit 501_group 36_{when}_log.docx", NOBODY, ()),
    ):
        found = roll.whose(path)
        assert (path, found.sureness, found.learners) == (path, sureness, learners)


def test_with_what_somebody_signs_in_is_sure_once_they_have_a_file_of_that_name() -> None:
    roll = Roll([OnRoll("AAA1", "Rose Summer", numbers=frozenset({"rsum3"}))])
    assert roll.whose("Unit 501_rsum3_attempt_2026-03-01-10-00-00_log.docx").sureness is SURE


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Rose Summer (Rosie Summer)", "Rose SUMMER (Rosie SUMMER)_9_assignsubmission_file_/a.docx"),
        ("Rose Summer", "Rose Summer (Rosie)_9_assignsubmission_file_/a.docx"),
        ("Rose Summer", "SUMMER,ROSE-2018147546_9_assignsubmission_file_/a.docx"),
        ("李文", "M11352012@ 李文_9_assignsubmission_file_/a.docx"),
        ("Anne-Marie van der Berg", "Berg van der, Anne-Marie - log.docx"),
        ("Anne-Marie van der Berg", "Berg, Anne-Marie van der - log.docx"),
    ],
)
def test_a_name_is_found_with_another_in_brackets_a_number_behind_or_its_particles_behind(name: str, path: str) -> None:
    found = Roll([OnRoll("AAA1", name)]).whose(path)
    assert (found.sureness, found.learner) == (SURE, "AAA1")


def test_an_address_begins_behind_an_underscore() -> None:
    roll = Roll([OnRoll("AAA1", "Rose Summer", "rs@post.example")])
    assert roll.whose("log_of_rs@post.example_2026.zip").sureness is SURE


def test_what_begins_an_address_is_theirs_where_nobody_else_would_write_it() -> None:
    roll = Roll([OnRoll("AAA1", "John Smith"), OnRoll("BBB2", "Jay Smithson", "jsmith972@post.example")])
    assert roll.whose("jsmith972.pdf").learner == "BBB2"
    assert roll.whose("jsmith.pdf").learner == "AAA1"
    plain_words = Roll(
        [OnRoll("AAA1", "John Smith", "unit501@post.example"), OnRoll("BBB2", "Bo Li", "week@post.example")]
    )
    assert plain_words.whose("unit501 week.pdf").sureness is NOBODY
