"""What makes a learner's file look like another's."""

from __future__ import annotations

from markterm.domain.incoming.of_another import in_a_word, in_brief, is_of_another, of_another
from markterm.domain.words.learner_names import LearnerNames

NAMES = LearnerNames([("AAA1", "Rosalind Jones"), ("BBB2", "Nneka Okafor")], ["Asha Patel"])


def test_the_same_bytes_and_anothers_name_or_registration_are_told_and_nobody_is_named() -> None:
    files = [
        "plan.md",
        "Nneka_Okafor_plan.md",
        "BBB2/log.md",
        "Rosalind Jones AAA1.md",
        "by Asha Patel.md",
        "okafor.md",
    ]
    told = of_another(files, {"plan.md", "BBB2/log.md"}, NAMES, "AAA1")
    assert told == {
        "plan.md": "the same bytes as a file of another learner",
        "Nneka_Okafor_plan.md": "the name of another learner in its name",
        "BBB2/log.md": "the same bytes as a file of another learner, the registration of another learner in its name",
    }
    assert list(map(in_brief, told.values())) == [
        "another's bytes",
        "another's name",
        "another's bytes, another's registration",
    ]
    assert all(map(is_of_another, (*told.values(), *map(in_brief, told.values()))))
    assert (in_brief(""), in_a_word("")) == ("", "")
    assert in_a_word("discussion  another's bytes, another's name") == "discussion  another's"


def test_a_recording_of_several_learners_is_no_work_that_one_has_of_another() -> None:
    recording = "records of assessment/unit T-101/2026-03-02 presentation/board.m4a"
    assert of_another([recording], {recording}, NAMES, "AAA1") == {}


def test_who_is_named_first_on_a_first_page_is_told_and_whom_a_learner_writes_of_is_not() -> None:
    pages = {
        "own.md": "Rosalind Jones, AAA1. My client Nneka Okafor said so.",
        "other.md": "Portfolio of Nneka Okafor, BBB2",
        "member.md": "Assessed by Asha Patel",
        "late.md": "x" * 3_000 + " Nneka Okafor",
    }
    assert of_another((), (), NAMES, "AAA1", pages) == {"other.md": "the name of another learner on its first page"}
