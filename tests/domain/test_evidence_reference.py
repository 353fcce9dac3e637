"""What learners write to refer to a criterion, what only looks like it, and which unit is meant."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit, UnitKey
from markterm.domain.texts.evidence_reference import (
    EvidenceReference,
    EvidenceReferences,
    Strength,
    find_references,
)
from markterm.domain.texts.reference_vocabulary import ReferenceKind
from markterm.domain.words.file_label import FileLabel, file_label


def _unit(code: str, outcomes: dict[int, tuple[str, ...]], **wording: str) -> Unit:
    return Unit(
        code,
        f"Title of {code}",
        version="1",
        outcomes=tuple(
            LearningOutcome(
                number, f"Outcome {number}", tuple(Criterion(each, wording.get(f"w{each}", "…")) for each in criteria)
            )
            for number, criteria in outcomes.items()
        ),
    )


_OUTCOMES = {1: ("1.1", "1.2", "1.3"), 2: ("2.1", "2.2"), 3: ("3.1", "3.2")}
CASE = _unit("8580-500", _OUTCOMES, **{"w1.2": "Explain when coaching suits a need"})
PRACTICE = _unit("8580-501", {**_OUTCOMES, 4: ("4.1",)}, **{"w1.2": "Plan a programme of at least 12 hours"})
BOTH = (CASE, PRACTICE)
LETTERED = _unit("601", {1: ("P1", "P2", "P3", "M1"), 2: ("A.P1",)})


def references_in(text: str, units: Sequence[Unit] = BOTH, name: str = "evidence.md") -> EvidenceReferences:
    return find_references([(name, text)], units)


def every(references: EvidenceReferences, lines: int = 40, name: str = "evidence.md") -> list[EvidenceReference]:
    return [reference for line in range(lines) for reference in references.at(name, line)]


def numbers(text: str, units: Sequence[Unit] = (CASE,)) -> list[str]:
    return [
        reference.number for reference in every(references_in(text, units)) if reference.strength > Strength.DOUBTFUL
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AC 1.2", ["1.2"]),
        ("AC1.2", ["1.2"]),
        ("A.C. 1.2", ["1.2"]),
        ("AC\n1.2", ["1.2"]),
        ("and/or AC 1.2/AC1.3", ["1.2", "1.3"]),
        ("criterion 1.2", ["1.2"]),
        ("Assessment criteria met: 1.1, 2.2", ["1.1", "2.2"]),
        ("1.2", ["1.2"]),
        ("1.1 and 1.2", ["1.1", "1.2"]),
        ("1.1, 1.2 & 2.1", ["1.1", "1.2", "2.1"]),
        ("1.1-1.3", ["1.1", "1.2", "1.3"]),
        ("(1.2 – 2.1)", ["1.2", "1.3", "2.1"]),
        ("AC 1.1-3", ["1.1", "1.2", "1.3"]),
        ("AC 1.1 to AC 1.3", ["1.1", "1.2", "1.3"]),
        ("(500: 1.2)", ["1.2"]),
        ("500/1.2", ["1.2"]),
        ("8580-500 AC 1.2", ["1.2"]),
        ("8580–500 – 2.1", ["2.1"]),
        ("Unit 500 1.2", ["1.2"]),
        ("I did this in May (AC 1.2), and again.", ["1.2"]),
        ("AC 1.2 and 14 others", ["1.2"]),
        ("500.1.2", ["1.2"]),
        ("I did that in three sessions (1.2).", ["1.2"]),
        ("as I asked the client [2.1] and wrote down", ["2.1"]),
        ("A/C 1.2", ["1.2"]),
        ("AC 1,2", ["1.2"]),
        ("AC 1.1, 2 & 3", ["1.1", "1.2", "1.3"]),
        ("AC 1.1 → 1.3", ["1.1", "1.2", "1.3"]),
        ("LO2 AC1", ["2.1"]),
        ("Learning outcome 2: criteria 1 and 2", ["2.1", "2.2"]),
        ("LO 1 AC 1.2", ["1.2"]),
        ("This meets 2.1.", ["2.1"]),
        ("| 2.1 | Describe the plan | page 4 |", ["2.1"]),
        ("1.2 is met here", ["1.2"]),
        ("AC 1.1, .2 and .3 are here.", ["1.1", "1.2", "1.3"]),
        ("AC 1.1/1.2/1.3", ["1.1", "1.2", "1.3"]),
        ("1.1/1.2/2.1 – reflective account", ["1.1", "1.2", "2.1"]),
        ("Criteria 1.1 up to and including 1.3", ["1.1", "1.2", "1.3"]),
        ("Criteria 1.1 through to 1.3", ["1.1", "1.2", "1.3"]),
        ("I talked with my manager. {1.2}", ["1.2"]),
        ("This links to 1.1 and 2.1.", ["1.1", "2.1"]),
        ("There is evidence for 2.1 in my log.", ["2.1"]),
        ("Meets 1.1 ✓ 1.2 ✓", ["1.1", "1.2"]),
        ("LO2 (2.1): I planned it", ["2.1"]),
        ("LO2: 2.1", ["2.1"]),
        ("LO2, 1.1", ["2", "1.1"]),
    ],
)
def test_these_refer_to_criteria(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It took 1.2 hours",
        "It took 1.1 and 1.2 hours",
        "1.2 million",
        "£1.2",
        "£1.2m",
        "up 1.2%",
        "version 1.2 of the form",
        "v1.2",
        "on 1.2.2026",
        "at 1.2.26",
        "Figure 1.2",
        "Table 1.2 shows",
        "see Section 1.2",
        "page 1.2",
        "rose from 1.2 to 2.1",
        "scores of 1.2 and 2.1",
        "we met in room 2.1.",
        "a 1.2-litre engine",
        "https://example.org/1.2/",
        "1.2kg",
        "500 people",
        "P1",
        "600/5791/9",
        "a score of 2.1/5 and 1.2/10",
        "It relates to 1.2 million people",
        "linked to 2.1 hours of coaching",
    ],
)
def test_these_refer_to_nothing_or_are_doubtful(text: str) -> None:
    assert numbers(text) == []


def test_a_bare_decimal_in_running_text_is_kept_as_doubtful_and_comes_last() -> None:
    references = references_in("The index rose by 1.2 in the year.\n\nThis is how I did it. (AC 1.2)", (CASE,))
    assert [reference.strength for reference in references.for_criterion(CASE.key, "1.2")] == [
        Strength.PLACED,
        Strength.DOUBTFUL,
    ]


def test_letters_are_numbers_where_a_unit_has_them() -> None:
    assert numbers("P1-P3, M1 (A.P1)", (LETTERED,)) == ["P1", "P2", "P3", "M1", "A.P1"]


def test_an_outcome_is_a_weak_reference_to_each_of_its_criteria() -> None:
    references = references_in("Evidence for LO2\n\nHere (AC 2.1) I asked.", (CASE,))
    assert [reference.kind for reference in references.for_criterion(CASE.key, "2.1")] == [
        ReferenceKind.CRITERION,
        ReferenceKind.OUTCOME,
    ]
    assert [reference.kind for reference in references.for_criterion(CASE.key, "2.2")] == [ReferenceKind.OUTCOME]
    assert references.for_criterion(CASE.key, "1.1") == ()


@pytest.mark.parametrize("text", ["LO1 and LO3", "Learning outcomes 1 and 3", "LO 1, LO 3"])
def test_several_outcomes_may_be_named_together(text: str) -> None:
    assert [reference.number for reference in every(references_in(text))] == ["1", "3"]


@pytest.mark.parametrize("text", ["AC 9.9", "8580-502 1.2", "LO9", "500 AC 4.1"])
def test_what_no_unit_of_the_learner_has_is_unresolved(text: str) -> None:
    references = references_in(text)
    assert len(references.unresolved) == 1
    assert references.unresolved[0].units == ()


def test_a_number_that_two_units_have_is_ambiguous_in_both() -> None:
    references = references_in("(AC 1.2)")
    for unit in BOTH:
        (reference,) = references.for_criterion(unit.key, "1.2")
        assert reference.ambiguous
        assert reference.units == (CASE.key, PRACTICE.key)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "501 AC 1.2"),
        ("a.md", "AC 1.2 of unit 501"),
        ("a.md", "1.2 Plan a programme of at least six meetings"),
        ("a.md", "# Unit 501\n\n## What I did\n\n(1.2)"),
        ("a.md", "Unit 501\n========\n\n(1.2)"),
        ("a.txt", "Unit 501 - answers\n\n1.2\nI planned it."),
        ("501-log.md", "(1.2)"),
        ("Unit 501/log.md", "(1.2)"),
        ("J Smith-ABC1234-012345-501(2).docx", "(1.2)"),
        ("a.md", "For 8580-501.\n\nA text.\n\n(1.2)"),
        ("a.md", "8580-501 LO1 · also (500: 3.1)\n\n(1.2)"),
    ],
)
def test_the_unit_follows_from_reference_wording_heading_file_or_first_lines(name: str, text: str) -> None:
    references = references_in(text, name=name)
    (reference,) = [
        reference
        for reference in references.for_criterion(PRACTICE.key, "1.2")
        if reference.kind is ReferenceKind.CRITERION
    ]
    assert (reference.units, reference.ambiguous) == ((PRACTICE.key,), False)
    assert all(reference.kind is ReferenceKind.OUTCOME for reference in references.for_criterion(CASE.key, "1.2"))


def test_each_source_of_the_unit_goes_before_the_next() -> None:
    text = "For 8580-500.\n\n(1.1)\n\n# Unit 501\n\n(1.2)\n\n(500: 1.3)\n"
    outside = every(references_in(text))
    assert [reference.units for reference in outside] == [(CASE.key,), (PRACTICE.key,), (CASE.key,)]
    inside = every(references_in(text, name="501/a.md"), name="501/a.md")
    assert [reference.units for reference in inside] == [(PRACTICE.key,), (PRACTICE.key,), (CASE.key,)]


def test_a_heading_ends_what_the_headings_under_it_said() -> None:
    references = references_in("# Case\n\n## Unit 501\n\n(1.1)\n\n# Rest\n\n(1.2)")
    assert references.for_criterion(CASE.key, "1.1") == ()
    assert references.for_criterion(CASE.key, "1.2")[0].ambiguous


@pytest.mark.parametrize("text", ["Exp_Ac_8761.xml", "AC 5 of my car", "u = 0.07, 0.1 and more"])
def test_what_is_not_written_as_a_criterion_is_none_that_nobody_has(text: str) -> None:
    assert references_in(text).unresolved == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AC 1.2 (501)", [PRACTICE.key]),
        ("AC 1.2 of 501", [PRACTICE.key]),
        ("1.2 in unit 501", [PRACTICE.key]),
        ("(1.2) from 8580-501", [PRACTICE.key]),
        ("| Unit | AC |\n|---|---|\n| 501 | 1.2 |", [PRACTICE.key]),
        ("500 & 501: 1.2", [CASE.key, PRACTICE.key]),
        ("8580 501 AC 1.2", [PRACTICE.key]),
    ],
)
def test_a_unit_may_be_named_before_behind_or_beside(text: str, expected: list[UnitKey]) -> None:
    (reference,) = [each for each in every(references_in(text)) if each.number == "1.2"]
    assert (list(reference.units), reference.ambiguous) == (expected, False)


def test_a_file_in_a_folder_of_a_unit_is_for_that_unit() -> None:
    (reference,) = every(references_in("AC 1.2", name="Unit 501/plan.docx"), name="Unit 501/plan.docx")
    assert reference.units == (PRACTICE.key,)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("HSC 3045", "HSC3045 1.2"),
        ("HSC 3045", "HSC-3045: 1.2"),
        ("HSC 3045", "unit 3045 AC 1.2"),
        ("T/616/1234", "T/616/1234 AC 1.2"),
        ("T/616/1234", "T6161234: 1.2"),
        ("BT-04", "Unit 4 AC 1.2"),
    ],
)
def test_codes_of_other_suites_are_known_however_they_are_written(code: str, text: str) -> None:
    own = _unit(code, _OUTCOMES)
    (reference,) = every(references_in(text, (CASE, own)))
    assert (reference.units, reference.ambiguous) == ((own.key,), False)


def test_letters_of_criteria_may_be_left_out_where_they_tell_nothing() -> None:
    business = _unit("BT-04", {1: ("A.P1", "A.P2", "B.P3", "A.M1", "AB.D1")})
    assert numbers("P1, P2 and D1", (business,)) == ["A.P1", "A.P2", "AB.D1"]
    assert numbers("AP1; A.M1", (business,)) == ["A.P1", "A.M1"]
    assert numbers("P1-P3", (business,)) == ["A.P1", "A.P2", "B.P3"]
    assert numbers("We parked on level P1 and took the M1 home.", (business,)) == []
    assert numbers("K2 is a mountain", (_unit("X", {1: ("K1", "K2")}),)) == []


def test_a_task_leads_to_the_criteria_that_it_carries() -> None:
    carried = (Cell("8580-500", "1.2"), Cell("8580-501", "2.1"))
    assignment = Assignment("IA", "Both", ("8580-500", "8580-501"), (Task(3, "Third", cells=carried),))
    found = find_references([("evidence.md", "# Task 3\n\nI did it.\n\n# Task 4")], BOTH, (assignment,))
    assert [each.kind for each in found.for_criterion(CASE.key, "1.2")] == [ReferenceKind.TASK]
    assert [each.ambiguous for each in found.for_criterion(PRACTICE.key, "2.1")] == [False]
    assert found.for_criterion(CASE.key, "1.1") == ()
    assert found.unresolved == ()


def test_two_units_named_together_both_have_the_reference() -> None:
    (reference,) = every(references_in("Units 500 and 501: 1.1"))
    assert (len(reference.units), reference.explicit, reference.ambiguous) == (2, True, False)


def test_the_best_reference_comes_first() -> None:
    text = (
        "LO1 is here.\n\nI wrote in unit 501 that AC 1.2 of unit 500 matters to me.\n\nAs AC 1.1 of unit 500 says, "
        "it is one.\n\n### 500 AC 1.2\n\nOnce more for (AC 1.2) in the text.\n"
    )
    found = references_in(text, (CASE,)).for_criterion(CASE.key, "1.2")
    assert [(reference.line, reference.strength) for reference in found] == [
        (6, Strength.PLACED),
        (2, Strength.MENTIONED),
        (8, Strength.MENTIONED),
        (0, Strength.OUTCOME),
    ]


def test_headings_that_are_numbered_by_themselves_are_doubtful() -> None:
    references = references_in(
        "## 1. Background\n\ntext\n\n### 1.1 The firm\n\n### 1.2 Plan a programme of work\n", (PRACTICE,)
    )
    assert references.for_criterion(PRACTICE.key, "1.1")[0].strength is Strength.DOUBTFUL
    assert references.for_criterion(PRACTICE.key, "1.2")[0].strength is Strength.PLACED


def test_headings_that_are_criteria_are_references() -> None:
    assert numbers("## 1.1\n\ntext\n\n## 1.2 How I see it\n\n## 2.1\n") == ["1.1", "1.2", "2.1"]


def test_a_table_of_criteria_refers_to_them_and_a_table_of_hours_does_not() -> None:
    criteria = "| AC | Where |\n|---|---|\n| 1.1 | page 3 |\n| 1.2, 1.3 | diary |\n"
    hours = "| Hours | With |\n|--:|---|\n| 1.1 | Zoë |\n| 1.2 | Tobi |\n"
    unclear = "| What | |\n|---|---|\n| Depth | 1.1 |\n"
    assert numbers(criteria) == ["1.1", "1.2", "1.3"]
    assert every(references_in(hours, (CASE,))) == []
    assert [reference.strength for reference in every(references_in(unclear, (CASE,)))] == [Strength.DOUBTFUL]


def test_a_reference_says_where_it_stands() -> None:
    text = "# Diary\n\nShe came late. I asked what\nshe needed (AC 2.1)."
    (reference,) = every(references_in(text, (CASE,)))
    assert (reference.file, reference.line, text[reference.start : reference.end]) == ("evidence.md", 3, "AC 2.1")


def test_the_same_criterion_twice_in_a_line_is_one_reference() -> None:
    assert numbers("AC 1.1, and again (AC 1.1).\n\nAC 1.1") == ["1.1", "1.1"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("J Smith-ABC1234-012345-501(2).docx", FileLabel("501", 2, "ABC1234")),
        ("J Smith-ENR-Centre-501(1).docx", FileLabel("501", 1, "")),
        ("J Smith-Jones-ABC1234-012345-8580-501 (2).pdf", FileLabel("8580-501", 2, "ABC1234")),
        ("mail.eml/R. Jones-ABC1234-012345-500.docx", FileLabel("500", None, "ABC1234")),
        ("500-coaching-case.md", None),
        ("diary.docx", None),
        ("2026-03-04 notes-1.txt", None),
    ],
)
def test_the_name_of_a_file_sets_unit_and_attempt(name: str, expected: FileLabel | None) -> None:
    assert file_label(name) == expected


def test_a_text_of_nothing_but_references_is_cut_short_and_says_so() -> None:
    references = references_in("AC 1.1\n\n" * 6_000)
    assert references.cut_short == ("evidence.md",)
    assert references_in("AC 1.1\n\n" * 4_000).cut_short == ()


_PIECES = st.sampled_from(
    [
        *(
            "AC ",
            "1.1",
            "1.2",
            "9" * 30,
            ".",
            "-",
            "500",
            "8580-501",
            "8580-",
            "Unit ",
            "LO",
            "LO1-",
            "2",
            "|",
            "|---|",
        ),
        *(
            "# ",
            "\n",
            "\n\n",
            "(",
            ")",
            "**",
            " and ",
            " of ",
            "Task 3",
            " hours",
            "£",
            "---",
            "===",
            "\u00a0",
            "²",
            "A.C.",
        ),
    ]
)


@given(st.lists(_PIECES | st.text(max_size=6), max_size=60).map("".join))
def test_every_reference_stands_where_it_says(text: str) -> None:
    references = references_in(text, (CASE, PRACTICE, LETTERED))
    found = every(references, text.count("\n") + 1)
    assert all(text.count("\n", 0, reference.start) == reference.line for reference in found)
    assert all(0 <= reference.start < reference.end <= len(text) for reference in found)
    assert set(references.unresolved) <= set(found)
    for unit in (CASE, PRACTICE, LETTERED):
        for criterion in unit.criteria:
            assert set(references.for_criterion(unit.key, criterion.number)) <= set(found)


@given(st.text(max_size=80))
def test_any_name_may_be_asked_for_its_unit(name: str) -> None:
    file_label(name)
    references_in("AC 1.1", name=name)
