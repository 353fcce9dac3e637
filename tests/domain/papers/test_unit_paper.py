from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.level import Level
from markterm.domain.assessed.unit import Marks
from markterm.domain.papers.paper_units import read_units
from markterm.domain.papers.unit_paper import UnitRead
from tests.domain.papers import unit_papers as papers


def read(text: str) -> UnitRead:
    (one,) = read_units(text)
    return one


def wordings(one: UnitRead) -> dict[str, str]:
    return {each.number: each.text for each in one.unit.criteria}


def told(one: UnitRead) -> list[str]:
    return [each.message for each in one.doubts]


def outcomes(one: UnitRead) -> list[tuple[int, str, list[str]]]:
    return [(each.number, each.title, [one.number for one in each.criteria]) for each in one.unit.outcomes]


def test_a_mark_sheet_gives_outcomes_criteria_descriptors_and_marks() -> None:
    one = read(papers.MARK_SHEET)
    assert one.unit.title == "Keeping a tea room"
    assert outcomes(one) == [
        (1, "Be able to plan a tea room", ["1.1", "1.2"]),
        (2, "Know how to keep it clean", ["2.1"]),
    ]
    first = one.unit.criteria[0]
    assert (first.text, first.marks) == ("Explain why tea is served", Marks(20, 10))
    assert [(each.standing.value, each.text) for each in first.descriptors] == [
        ("refer", "No reason; No place"),
        ("pass", "A reason is given"),
        ("good", "Reasons are weighed"),
    ]
    assert one.unit.criteria[2].marks is None
    assert told(one) == []


def test_points_of_a_descriptor_that_were_extracted_as_one_line_are_told_apart() -> None:
    one = read(papers.MARK_SHEET.replace("• No reason<br>• No place", "• No reason • No place"))
    assert one.unit.criteria[0].descriptors[0].text == "No reason; No place"


def test_what_stands_between_criteria_and_is_none_of_theirs_is_told() -> None:
    assert [each.text for each in read(papers.MARK_SHEET).left_out] == [
        "Section comments (optional): | Verification comments (optional):"
    ]


def test_outcomes_to_the_left_of_their_criteria_and_points_within_them_are_read() -> None:
    one = read(papers.TWO_COLUMNS)
    assert (one.unit.code, one.number, one.unit.title) == ("M/615/1234", "210", "Serve tea to guests")
    assert (one.unit.level, one.unit.credit, one.unit.glh) == (2, 4, 30)
    assert outcomes(one) == [
        (1, "Understand how tea is made", ["1.1", "1.2"]),
        (2, "Be able to serve tea", ["2.1", "2.2"]),
    ]
    assert wordings(one)["1.2"] == "Explain how each is made, including: • green tea • black tea"
    assert wordings(one)["2.2"] == "Serve tea to: a) one guest b) several guests"


def test_numbers_that_come_again_in_guidance_change_no_criterion() -> None:
    assert wordings(read(papers.TWO_COLUMNS))["1.1"] == "Identify kinds of tea"


def test_graded_criteria_stand_under_their_aim_with_those_of_a_pass_first() -> None:
    one = read(papers.GRADED)
    assert outcomes(one) == [
        (1, "Investigate how stalls are run", ["A.P1", "A.P2", "A.M1", "A.D1"]),
        (2, "Plan a stall", ["B.P3", "B.M2", "BC.D2"]),
    ]
    assert (one.unit.code, one.number) == ("", "3")
    assert told(one)[0].startswith("A.M1, A.D1, B.M2, BC.D2 were read as of a merit and a distinction")
    assert one.unit.graded
    assert [each.level for each in one.unit.criteria][:3] == [Level.PASS, Level.PASS, Level.MERIT]


def test_letters_are_levels_only_where_the_paper_says_so() -> None:
    one = read("LO1 Know it\nP1 Name it\nM1 Weigh it\n")
    assert one.unit.graded is None
    assert told(one)[0] == "M1: of a merit and a distinction? The sheet has to say `graded: yes` or `graded: no`."


def test_the_foot_of_a_page_within_a_criterion_does_not_end_it_and_other_lines_do() -> None:
    one = read(
        "LO1 Know it\n1.1 Name the kinds of tea that\n© Tea Awards 2026\nare grown here\nTea is old.\nand so on\n"
    )
    assert wordings(one) == {"1.1": "Name the kinds of tea that are grown here"}
    assert [each.text for each in read("LO1 A\n1.1 Name it.\nTea is old.\nand so on\n1.2 Go\n").left_out] == [
        "Tea is old.",
        "and so on",
    ]


def test_particulars_below_the_criteria_are_not_those_of_the_unit() -> None:
    assert read("Unit X-1: Tea\nLO1 Know it\n1.1 Name it\nLevel: 7\n").unit.level is None
    assert read("Unit X-1: Tea\nLevel: 7\nLO1 Know it\n1.1 Name it\n").unit.level == 7


def test_a_number_below_the_heading_of_guidance_is_asked_about_unless_it_is_known() -> None:
    text = "LO1 Know it\n1.1 Name it\nDelivery guidance\n| 1.1 | Taste it |\n| --- | --- |\n| 1.4 | Sip it |\n"
    one = read(text)
    assert wordings(one) == {"1.1": "Name it"}
    assert told(one)[0] == "`1.4` stands where no criteria are read any more: is it one?"


def test_a_title_that_was_read_with_the_criterion_above_it_is_taken_out_of_it() -> None:
    one = read("LO1 Know it\n1.1 Name it and\nPour the tea\nAssessment criteria\n2.1 Pour it\n")
    assert wordings(one)["1.1"] == "Name it and"
    assert outcomes(one)[1][1] == "Pour the tea"


def test_a_number_in_a_column_of_its_own_and_labels_above_their_values_are_read() -> None:
    one = read(papers.FOUR_COLUMNS)
    assert (one.unit.code, one.unit.title, one.unit.level, one.unit.credit, one.unit.glh) == (
        "TEA-310",
        "Fill the urn",
        2,
        3,
        20,
    )
    assert outcomes(one) == [(1, "Be able to fill the urn", ["1.1", "1.2"]), (2, "Understand heat", ["2.1"])]
    assert wordings(one)["2.1"] == "Explain how water boils"


def test_plain_lines_that_break_are_joined_and_the_foot_of_a_page_is_left_out() -> None:
    one = read(papers.PLAIN)
    assert (one.unit.code, one.unit.title, one.unit.level) == ("TEA-411", "Tea and people", 4)
    assert outcomes(one)[0] == (1, "Understand what guests want from tea", ["1.1", "1.2"])
    assert wordings(one)["1.1"] == "Analyse what guests of a tea room want in the morning"
    assert wordings(one)["2.2"] == "Describe whoever washes up"
    assert [each.text for each in one.left_out] == ["© Tea Awards 2026"]


def test_a_title_without_a_number_above_its_criteria_is_taken_and_told() -> None:
    one = read(papers.UNNUMBERED)
    assert outcomes(one) == [(1, "Know own tea.", ["1.1", "1.2"]), (2, "Be able to pour.", ["2.1"])]
    assert wordings(one)["1.1"] == "Identify an important: a) kind of tea b) kind of cup."
    assert wordings(one)["2.1"] == "Pour tea which is: • hot • assessment criteria and tea"
    assert "`Know own tea.` was taken for the title of LO1: it has no number." in told(one)


def test_a_number_on_a_line_of_its_own_above_a_title_belongs_to_it() -> None:
    text = papers.UNNUMBERED.replace("Know own tea.", "1.\n\nKnow own tea.").replace(
        "Be able to pour.", "2\n\nBe able to pour."
    )
    one = read(text)
    assert [each[1] for each in outcomes(one)] == ["Know own tea.", "Be able to pour."]
    assert one.left_out == ()
    assert not any("has no number" in each for each in told(one))


def test_a_mark_sheet_whose_columns_were_lost_is_read_line_by_line() -> None:
    one = read(
        "MARK SHEET – Keeping a tea room Centre Number : Learner Registration No :\n"
        "Learning Outcome 1: Understand what a tea room is\nSufficiency Descriptors\n"
        "Assessment Criteria (AC) AC 1.1 Describe the ways of keeping a tea room of your own\n"
        "AC 1.2 Explain what is needed\n[Typical standard that, if replicated, would pass]\n"
    )
    assert one.unit.title == "Keeping a tea room"
    assert outcomes(one) == [(1, "Understand what a tea room is", ["1.1", "1.2"])]
    assert wordings(one)["1.2"] == "Explain what is needed"


def test_numbers_titles_and_words_that_all_stand_on_lines_of_their_own_are_put_together() -> None:
    one = read(
        "Learning Outcome - The learner will:\n1\n\nKnow the tea.\n\nIt is known by leaves.\n\n1.1\n\n. Name it.\n\n"
        "1.2\n\n.Sort it\n\n2\n\nBe able to pour\n\n2.1\n\nPour it\n"
    )
    assert outcomes(one) == [(1, "Know the tea.", ["1.1", "1.2"]), (2, "Be able to pour", ["2.1"])]
    assert wordings(one) == {"1.1": "Name it.", "1.2": "Sort it", "2.1": "Pour it"}
    assert [each.text for each in one.left_out] == ["It is known by leaves."]


def test_a_number_among_the_particulars_is_no_outcome_of_the_label_below_it() -> None:
    one = read("Credits:\n3\nGuided learning hours:\n30\nLearning outcomes\nLO1 Know it\n1.1 Name it\n3.1 Pour it\n")
    assert (one.unit.credit, one.unit.glh) == (3, 30)
    assert [each[1] for each in outcomes(one)] == ["Know it", "Outcome 3"]
    assert one.left_out == ()


def test_an_outcome_with_a_dash_behind_its_number_ends_the_criterion_above_it() -> None:
    one = read(
        f"1 – Know it\n1.1 Name {'all ' * 12} it\n2 – Pour it\n2.1 Pour it in the {'long ' * 9} way\nTea is good.\n"
    )
    assert [each[1] for each in outcomes(one)] == ["Know it", "Pour it"]
    assert wordings(one)["1.1"].endswith("it")
    assert wordings(one)["2.1"].endswith("way")


def test_several_criteria_in_one_line_are_told_apart() -> None:
    one = read("LO1 Know the shop\n1.1 state when it opens 1.2 state what it sells AC 1.3 Name who buys\n")
    assert wordings(one) == {"1.1": "State when it opens", "1.2": "State what it sells", "1.3": "Name who buys"}


def test_gaps_are_told_and_1_10_comes_after_1_9() -> None:
    lines = "".join(f"1.{number} Do thing {number} well\n" for number in (1, 2, 4, 10))
    one = read(f"LO1 Know it\n{lines}LO3 Do it\n3.1 Do it well\n")
    assert "1.3, 1.5, 1.6, 1.7, 1.8, 1.9: missing, and 1.10 is there." in told(one)
    assert "LO2: missing, and LO3 is there." in told(one)


def test_a_number_that_comes_twice_with_other_words_is_told_and_the_first_stands() -> None:
    one = read("LO1 Know it\n1.1 Name the tea\n1.1 Name the cup\n")
    assert wordings(one) == {"1.1": "Name the tea"}
    assert "1.1 stands a second time, with other words (line 2 has the first)." in told(one)


def test_numbers_that_begin_again_add_nothing_to_the_outcomes_that_are_there() -> None:
    one = read("LO1 Know it\n1.1 Name it\n1.2 Sort it\nLO1 Pour it\n1.1 Fill it\n1.3 Spill it\nLO2 Go\n2.1 Leave\n")
    assert wordings(one) == {"1.1": "Name it", "1.2": "Sort it", "2.1": "Leave"}
    assert "The numbers begin again here: is this another unit, or guidance on this one?" in told(one)
    assert "1.3 Spill it" in [each.text for each in one.left_out]


def test_two_units_in_one_paper_are_two() -> None:
    again = papers.FOUR_COLUMNS.replace("TEA-310", "TEA-311").replace("Fill the urn", "Empty the urn", 1)
    assert [each.unit.code for each in read_units(papers.FOUR_COLUMNS + again)] == ["TEA-310", "TEA-311"]


def test_a_unit_that_has_a_number_and_a_code_keeps_its_title() -> None:
    (one,) = read_units("Unit 9 Tea for all\n\nUnit code: TEA-9\n\nLevel: 3\n\nLO1 Know tea\n\n1.1 Name three\n")
    assert (one.unit.code, one.unit.title, one.unit.level) == ("TEA-9", "Tea for all", 3)


def test_a_list_of_contents_measures_and_references_are_no_criteria() -> None:
    text = "1.1 About this unit ........ 3\nLO1 Know it\nUp to 2 weeks\n1.5 hours are enough\n1.1 Name the tea\n"
    assert wordings(read(text)) == {"1.1": "Name the tea"}


HANDBOOK = """Contents
Unit 301 Work safely 8
Unit 302 Lift safely 10
1.1 About this handbook 2
Units
Unit 302 Lift safely
Unit 301 Work safely
1.2 How learners register
Unit 301 Work safely
Level: 2
Learning outcomes
LO1 Know the rules
Tea Handbook
1.1 state the rules of the
Tea Handbook
workshop
Unit 302 Lift safely
Level: 3
LO1 Know how to lift
1.1 state how to lift
"""


def test_a_handbook_gives_each_unit_its_own_and_takes_no_section_for_a_criterion() -> None:
    first, second = read_units(HANDBOOK)
    assert [(each.number, each.unit.title, each.unit.level) for each in (first, second)] == [
        ("301", "Work safely", 2),
        ("302", "Lift safely", 3),
    ]
    assert wordings(first) == {"1.1": "State the rules of the workshop"}
    assert wordings(second) == {"1.1": "State how to lift"}
    assert "2 numbered lines above the criteria: read as none, from `1.1 About this handbook 2` on." in told(first)


def test_an_entry_level_is_no_level_of_that_number() -> None:
    one = read("Level: Entry 3\nLO1 Know it\n1.1 Name the tea\n")
    assert one.unit.level is None
    assert any("Entry 3" in each for each in told(one))


def test_an_outcome_without_criteria_and_a_criterion_without_words_are_told() -> None:
    one = read("LO1 Know it\n1.1 Name the tea\nLO2 Pour it\nLO3 Drink it\n3.1\n")
    assert "LO2 has no criteria that could be read: Pour it" in told(one)
    assert "3.1 has no words." in told(one)


def test_a_number_printed_with_a_space_is_read_and_told() -> None:
    one = read("| Learning outcomes | Assessment criteria |\n| --- | --- |\n| 1. Know it | 1. 2 Name the tea |\n")
    assert wordings(one) == {"1.2": "Name the tea"}
    assert "1.2 is printed with a space in it." in told(one)


@pytest.mark.parametrize("text", ["", "A tea party\n", "| a | b |\n| --- | --- |\n| 1 | 2 |\n", "Version 1.2\n"])
def test_a_paper_without_criteria_has_no_unit(text: str) -> None:
    assert read_units(text) == ()


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 9)), min_size=1, max_size=12, unique=True))
def test_every_criterion_of_a_table_is_read_once_under_its_outcome(numbers: list[tuple[int, int]]) -> None:
    rows = [f"| {lo} | Know part {lo} | {lo}.{ac} | Do part {lo} of {ac} |" for lo, ac in sorted(numbers)]
    head = "| Learning outcomes |  | Assessment criteria |  |\n| --- | --- | --- | --- |\n"
    one = read(head + "\n".join(rows))
    assert wordings(one) == {f"{lo}.{ac}": f"Do part {lo} of {ac}" for lo, ac in numbers}
    assert all(each.title == f"Know part {each.number}" for each in one.unit.outcomes)


@given(st.text(alphabet="LOP1.2 abA|•\n*\\[]:)-", max_size=200))
def test_no_text_stops_the_reading(text: str) -> None:
    for each in read_units(text):
        assert len({criterion.number for criterion in each.unit.criteria}) == len(each.unit.criteria)


def test_a_cell_of_nothing_but_spaces_does_not_hold_up_the_reading() -> None:
    (read,) = read_units(f"Unit 1 Tea\n\n| 1.1 | Name teas |\n| 1.2 | {' ' * 200_000}x |\n")
    assert read.unit.outcomes[0].criteria[0].number == "1.1"


def test_a_paper_whose_criteria_are_all_of_a_pass_is_not_called_graded() -> None:
    (one,) = read_units(
        "Unit 9 Tea\n\nPass | Merit | Distinction\n\nLearning aim A: Know tea\n\nA.P1 Name tea.\nA.P2 Pour.\n"
    )
    assert one.unit.graded is None


DRESSED_UP = """# 📚 UNIT 3: PERSON-CENTRED CARE
## **📋 UNIT OVERVIEW:**
**Unit Code:** J/650/2304
**Unit Name:** Tea for one in care settings
**Level:** 3
## **🎯 LEARNING OUTCOMES:**
By the end of this unit, you will be able to:
1. **Understand tea for one**
2. **Be able to serve it**
## **📖 ASSESSMENT CRITERIA:**
### **Learning Outcome 1:**
- 1.1 Describe tea for one
### **Learning Outcome 2:**
- 2.1 Serve it
## **📚 LEARNING CONTENT:**
- 2.9 Lay the tray
"""


def test_pictures_in_headings_hide_nothing_and_outcomes_that_were_listed_first_keep_their_titles() -> None:
    (one,) = read_units(DRESSED_UP)
    assert (one.unit.code, one.unit.title, one.unit.level) == ("J/650/2304", "Tea for one in care settings", 3)
    assert [each.title for each in one.unit.outcomes] == ["Understand tea for one", "Be able to serve it"]
    assert wordings(one) == {"1.1": "Describe tea for one", "2.1": "Serve it"}


@pytest.mark.parametrize(
    "head", ["UNIT 3: PERSON-CENTRED TEA", "Unit 3 RTT/PAS Teas", "Unit code: Unit 3\n\nTitle: Tea"]
)
def test_words_of_a_title_and_a_number_alone_are_no_code(head: str) -> None:
    (one,) = read_units(f"{head}\n\nLevel: 2\n\nLO1 Know tea\n\n1.1 Name three\n")
    assert (one.unit.code, one.number) == ("", "3")
