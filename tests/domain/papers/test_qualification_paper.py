"""Specifications made here, in the layout in which awarding organisations print them."""

from __future__ import annotations

from datetime import date

from markterm.domain.assessed.qualification import AllOfGroup, TotalCredits
from markterm.domain.papers.qualification_paper import QualificationsRead, read_qualifications
from markterm.domain.papers.requirements_paper import read_requirements_of_staff
from markterm.domain.texts.marked_lines import lines_of_marked
from markterm.domain.texts.printed_lines import lines_of

PAPER = """
Progression Routes

These lead on to other qualifications and are a form of progression.

\tLevel 2 Award in Tea
\t· Level 2 Certificate in Tea
· Level 3 Award in Tea

Staff

\tTutors Occupational Competence Requirements
\tEvidence Indicators

\tHas made tea for others.
\t· Tea made over the last three years.
or
· A certificate in tea.

\tContinuing Professional Development in tea.
\t· [bookmark: _GoBack]Courses in the past two years.

Level 2 Award in Tea
\tQualification Accreditation No:
\t600/1234/1

\tPlanned Operational Start Date:
\t01/09/2025

\tCredit Value:
\t7

\tInduction:
\tAt least 1 hour

\tDuration:
\tTo be completed in 2 years

\tRules of Combination:
\tLearners are required to gain 7 credits to achieve this qualification from units 101 and 103 in group 1.

Refer to the overview of units table.

Level 2 Certificate in Tea
\tQualification Accreditation No:
\t600/1235/3

\tCredit Value:
\t12

\tRules of Combination:
\tLearners need a minimum of 12 credits, of which 5 are from optional units, from units 101 and 109 in group 1.

Overview of Units

Group 1
\tUnit Code
\tUnit Title
\tLevel
\tCV*
\tGLH**

\tTEA-101
\tMaking Tea for
Others
\t2
\t4
\t12

\tTEA-103
\tClearing Up
\t2
\t3
\t9

*Credit Value
"""


def read(text: str = PAPER) -> QualificationsRead:
    return read_qualifications(lines_of_marked(text))


def test_particulars_units_and_rules_are_read_of_each_qualification() -> None:
    award, certificate = read().qualifications
    assert (award.code, award.title, award.qan, award.credit) == ("TEA-AWD", "Level 2 Award in Tea", "600/1234/1", 7)
    assert (award.years, award.induction, award.tutorial, award.starts) == (2, 1, None, date(2025, 9, 1))
    assert award.rules == (TotalCredits(7), AllOfGroup(1))
    assert list(award.units) == ["TEA-101", "TEA-103"]
    assert certificate.qan == "600/1235/3"


def test_the_table_gives_each_unit_its_title_level_credit_and_hours() -> None:
    assert [(each.code, each.title, each.level, each.credit, each.glh) for each in read().units] == [
        ("TEA-101", "Making Tea for Others", 2, 4, 12),
        ("TEA-103", "Clearing Up", 2, 3, 9),
    ]


def test_a_table_of_a_document_reads_as_one_of_a_text() -> None:
    table = "| TEA-101 | Making Tea for<br>Others | 2 | 4 | 12 |\n| --- | --- | --- | --- | --- |\n"
    assert [unit.title for unit in read(table).units] == ["Making Tea for Others"]


def test_what_one_can_go_on_to_stands_with_its_qualification() -> None:
    award, certificate = read().qualifications
    assert award.progression == ("Level 2 Certificate in Tea", "Level 3 Award in Tea")
    assert certificate.progression == ()


def test_rules_that_are_not_understood_and_units_that_are_not_listed_are_told() -> None:
    told = [doubt.message for doubt in read().doubts]
    assert any(each.startswith("Level 2 Certificate in Tea: not all of the rules was understood") for each in told)
    assert "Level 2 Certificate in Tea: no unit 109 of group 1 is in the table." in told
    assert not any("Award" in each for each in told)


def test_an_accreditation_number_whose_last_figure_does_not_fit_is_told() -> None:
    told = [doubt.message for doubt in read(PAPER.replace("600/1235/3", "600/5791/8")).doubts]
    assert "Level 2 Certificate in Tea: the last figure of 600/5791/8 does not fit: was it mistyped?" in told
    assert not any("600/5791/9" in each for each in told)


def test_a_title_behind_the_heading_of_its_section_is_read_without_it() -> None:
    text = PAPER.replace("Level 2 Award in Tea\n\tQual", "Structures and Details Level 2 Award in Tea\n\tQual")
    award, _ = read(text).qualifications
    assert (award.code, award.title) == ("TEA-AWD", "Level 2 Award in Tea")


def test_labels_before_their_values_in_one_line_are_read_too() -> None:
    text = "Level 2 Award in Tea\nQRN: 600/1234/1\nCredit value: 7\nRules of combination: Gain 7 credits.\n"
    (award,) = read(f"{text}Overview of Units\nTEA-101\nMaking Tea\n2\n7\n12\n").qualifications
    assert (award.qan, award.credit, award.rules) == ("600/1234/1", 7, (TotalCredits(7),))


def test_rules_that_name_no_unit_take_all_that_are_listed_and_say_so() -> None:
    text = PAPER.replace("from units 101 and 103 in group 1", "")
    first, *_ = (each := read(text)).qualifications
    assert list(first.units) == ["TEA-101", "TEA-103"]
    assert "Level 2 Award in Tea: its rules name no units; all that the table lists were taken." in [
        doubt.message for doubt in each.doubts
    ]


def test_routes_that_could_not_be_read_are_told_where_the_document_has_some() -> None:
    told = [doubt.message for doubt in read().doubts]
    assert any(each.startswith("Level 2 Certificate in Tea: what one can go on to was not read") for each in told)
    assert not any(each.startswith("Level 2 Award in Tea: what one can go on to") for each in told)


def test_requirements_that_a_page_cuts_in_two_are_joined_and_told() -> None:
    asked = read_requirements_of_staff(
        lines_of(
            "Tutors Occupational Competence Requirements\nEvidence Indicators\n"
            "Knows what a tutor of\n· Has taught for three\ntea should know.\nyears or longer.\nAfternoons\n"
        )
    )
    (one,) = asked.for_tutors
    assert (one.text, one.evidence) == (
        "Knows what a tutor of tea should know.",
        ("Has taught for three years or longer.",),
    )
    assert [doubt.line for doubt in asked.doubts] == [5, 6, 0]


def test_a_number_a_credit_or_rules_that_are_missing_are_told() -> None:
    text = "Level 2 Award in Tea\nQualification Accreditation No:\nto come\n"
    assert [doubt.message for doubt in read(text).doubts] == [
        "Level 2 Award in Tea has no accreditation number that could be read.",
        "Level 2 Award in Tea has no credit value that could be read.",
        "Level 2 Award in Tea has no rules of combination that could be read.",
    ]


def test_requirements_of_staff_are_read_with_what_can_show_them() -> None:
    asked = read_requirements_of_staff(lines_of(PAPER))
    first, second = asked.for_tutors
    assert (first.code, first.text, first.years, first.is_cpd) == ("T1", "Has made tea for others.", 3, False)
    assert first.evidence == ("Tea made over the last three years.", "A certificate in tea.")
    assert (second.code, second.years, second.is_cpd) == ("T2", 2, True)
    assert second.evidence == ("Courses in the past two years.",)
    assert asked.for_assessors == ()
    assert len(asked.doubts) == 1


def test_a_text_that_specifies_nothing_gives_nothing() -> None:
    assert read("A tea party\n").qualifications == ()
    assert read_requirements_of_staff(lines_of("A tea party\n")).doubts == ()
