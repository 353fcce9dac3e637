from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Marks, Unit
from markterm.domain.words.finding import Finding, Severity
from markterm.sheets.assignment_cells import MOST_CELLS
from markterm.sheets.assignment_file import AssignmentReading, fit_assignment, read_assignment
from markterm.sheets.assignment_writer import ASSIGNMENT_WRITER
from markterm.sheets.codes import CODES
from tests.examples import examples
from tests.pace import grows_evenly

SHEET = (Path(__file__).parent / "data" / "assignment.md").read_text(encoding="utf-8")
FILE = Path("assignments/tea.md")
TEA, CUPS = "T-101", "T-102"


def unit(code: str, *outcomes: tuple[str, ...]) -> Unit:
    return Unit(
        code,
        code,
        outcomes=tuple(
            LearningOutcome(place, "Know", tuple(Criterion(number, f"Say {number}") for number in numbers))
            for place, numbers in enumerate(outcomes, 1)
        ),
    )


WITH_MARKS = Unit(
    "T-104", "", outcomes=(LearningOutcome(1, "Know", (Criterion("1.1", "Say 1.1", marks=Marks(20, 10)),)),)
)
UNITS = {
    each.code: each
    for each in (unit(TEA, ("1.1", "1.2", "1.3"), ("2.1", "2.2")), unit(CUPS, ("1.1", "1.2")), WITH_MARKS)
}


def cells(code: str, *numbers: str) -> tuple[Cell, ...]:
    return tuple(Cell(code, number) for number in numbers)


def assignment_of(text: str) -> Assignment:
    reading = fit_assignment(read_assignment(text), UNITS)
    assert reading.sheet is not None
    assert reading.findings == ()
    return reading.sheet


def findings_of(text: str, units: dict[str, Unit] | None = None) -> tuple[Finding, ...]:
    return fit_assignment(read_assignment(text, FILE), UNITS if units is None else units).findings


def test_a_sheet_is_read_whole() -> None:
    brief = "Ten people come to tea. Bring:\n\n- a list of what is needed\n- a plan: who does what\n\nSay **why**."
    assert assignment_of(SHEET) == Assignment(
        code="T-IA-1",
        title="Tea for Ten",
        units=(TEA, CUPS),
        tasks=(
            Task(
                1,
                "Plan it",
                brief,
                (*cells(TEA, "1.1", "1.2", "1.3", "2.1"), Cell(CUPS, "1.1")),
                "list and plan",
                frozenset(cells(TEA, "2.1")),
            ),
            Task(2, "Do it", "Make the tea, and wash up.", (*cells(TEA, "2.1", "2.2"), Cell(CUPS, "1.2"))),
        ),
        approved=date(2026, 3, 2),
        approval="QM-118",
        guidance="Read this first.",
    )


SLIPS = [
    ("MS001", 17, "- a list", "\t- a list"),
    ("MS002", 11, "Read this", "Read \u202ethis"),
    ("MS003", 3, "code: T-IA-1", "code: &a T-IA-1"),
    ("MS010", 1, "---\nkind", "kind"),
    ("MS011", 1, "kind: assignment\n", ""),
    ("MS011", 2, "kind: assignment", "kind: unit"),
    ("MS011", 3, "code: T-IA-1", "code:"),
    ("MS011", 1, "title: Tea for Ten\n", ""),
    ("MS011", 5, "units: [T-101, T-102]", "units: []"),
    ("MS011", 1, "units: [T-101, T-102]\n", ""),
    ("MS011", 5, "units: [T-101, T-102]", "units: [T-101, T-102, T-101]"),
    ("MS011", 6, "2026-03-02 ref QM-118", "2026-02-30 ref QM-118"),
    ("MS011", 6, "2026-03-02 ref QM-118", "asked for"),
    ("MS011", 6, "approval:", "approved:"),
    ("MS011", 6, "approval: 2026-03-02 ref QM-118", "suites: some"),
    ("MS020", 15, "Bring:\n", "Bring:\n---\n"),
    ("MS021", 26, "## Task 2 Do", "## Task two: do"),
    ("MS021", 26, "## Task 2 Do", "## Task 2: Do"),
    ("MS021", 26, "## Task 2 Do", "### Task 2 Do"),
    ("MS031", 11, "Read this first.", "- T-101: 1.1"),
    ("MS032", 26, "## Task 2", "## Task 1"),
    ("MS050", 28, "Make the tea", "    Make the tea"),
    ("MS051", 22, "- T-101: 1.1-1.3, **2.1**\n- T-102: 1.1\n- ev", "1. T-101: 1.1-1.3, **2.1**\n2. T-102: 1.1\n3. ev"),
    ("MS061", 26, "## Task 1", "## Task 3"),
    ("MS070", 5, "[T-101, T-102]", "[T-101, T-102, T-103]"),
    ("MS070", 23, "T-102: 1.1\n", "T-1O2: 1.1\n"),
    ("MS070", 23, "T-102: 1.1\n", "T-102 1.1\n"),
    ("MS070", 22, "T-101: 1.1-1.3", "T-101 1.1-1.3"),
    ("MS070", 23, "T-102: 1.1\n", "T-102:\n"),
    ("MS070", 23, "T-102: 1.1\n", "cups and saucers\n"),
    ("MS070", 22, "**2.1**", "**2.1"),
    ("MS070", 31, "- T-102: 1.2", "> - T-102: 1.2"),
    ("MS070", 32, "- T-102: 1.2", "\nT-102: 1.2"),
    ("MS070", 31, "- T-102: 1.2", "  - T-102: 1.2"),
    ("MS071", 23, "T-102: 1.1\n", "T-102: 1.7\n"),
    ("MS070", 23, "T-102: 1.1\n", "T-102: 1.1 and 1.2\n"),
    ("MS071", 23, "T-102: 1.1\n", "T-102: 1,1\n"),
    ("MS072", 23, "T-102: 1.1\n", "T-102: 1.1, 1.1\n"),
    ("MS072", 22, "1.1-1.3, **2.1**", "1.1-1.3, **2.1**, 1.2"),
    ("MS072", 25, "- evidence: list and plan\n", "- evidence: list\n- evidence: plan\n"),
    ("MS073", 22, "1.1-1.3", "1.3-1.1"),
    ("MS073", 22, "1.1-1.3", "1.1-2.2"),
    ("MS073", 22, "1.1-1.3", "1.1-1.9"),
    ("MS074", 5, "[T-101, T-102]", "[T-101, T-102, T-103]"),
    ("MS075", 5, "T-101: 1.1-1.3", "T-101: 1.1-1.2"),
    ("MS075", 5, "- T-102: 1.2\n", ""),
    ("MS076", 26, "- T-101: 2.1, 2.2\n- T-102: 1.2\n", ""),
    ("MS077", 22, "- T-101: 2.1, 2.2", "- T-101: **2.1**, 2.2"),
    ("MS078", 5, "[T-101, T-102]", "[T-101, T-102, U-1]"),
    ("MS079", 5, "[T-101, T-102]", "[T-101, T-102, T-104]"),
]
# A slip can rightly be told twice: what was meant, and what it does to the whole.
BESIDE = {
    "MS001": {"MS050"},
    "MS011": {"MS070", "MS075"},
    "MS021": {"MS072"},
    "MS031": {"MS075"},
    "MS070": {"MS071", "MS074", "MS075", "MS076"},
    "MS071": {"MS075"},
    "MS073": {"MS075"},
    "MS074": {"MS070"},
    "MS076": {"MS075"},
    "MS078": {"MS070", "MS074"},
    "MS079": {"MS074"},
}


def test_the_sheet_has_no_findings_alone_or_beside_its_units() -> None:
    assert read_assignment(SHEET).findings == ()
    assert findings_of(SHEET) == ()


@pytest.mark.parametrize(("code", "line", "good", "slip"), SLIPS)
def test_each_slip_is_found_on_its_line(code: str, line: int, good: str, slip: str) -> None:
    assert SHEET.count(good) >= 1
    findings = findings_of(SHEET.replace(good, slip, 1))
    assert (code, line, FILE) in [(finding.code, finding.line, finding.file) for finding in findings]
    assert {finding.code for finding in findings} <= {code} | BESIDE.get(code, set())


def test_every_code_of_assignments_has_a_slip() -> None:
    assert {code for code, *_ in SLIPS} >= {code for code in CODES if "MS070" <= code < "MS080"}


def test_a_criterion_that_no_task_covers_is_told_with_its_wording() -> None:
    (finding,) = findings_of(SHEET.replace("1.1-1.3", "1.1, 1.3"))
    assert (finding.code, finding.severity) == ("MS075", Severity.ERROR)
    assert finding.message == "No task covers T-101 1.2 `Say 1.2`: add it to one."


def test_each_criterion_that_no_task_covers_is_told_and_a_unit_that_is_not_used_is_told_once() -> None:
    text = SHEET.replace("1.1-1.3, ", "")
    assert [finding.code for finding in findings_of(text)] == ["MS075"] * 3
    text = SHEET.replace("- T-102: 1.1\n", "").replace("- T-102: 1.2\n", "")
    assert [finding.code for finding in findings_of(text)] == ["MS074"]


def test_a_range_is_every_criterion_between_in_the_order_of_the_units_sheet() -> None:
    units = {**UNITS, TEA: unit(TEA, ("1.1", "1.2", "1.2a", "1.5", "1.3"), ("2.1", "2.2"))}
    reading = read_assignment(SHEET)
    assert reading.sheet is not None
    assert reading.sheet.tasks[0].by_unit[TEA] == ("1.1", "1.2", "1.3", "2.1")
    reading = fit_assignment(reading, units)
    assert reading.sheet is not None
    assert reading.sheet.tasks[0].by_unit[TEA] == ("1.1", "1.2", "1.2a", "1.5", "1.3", "2.1")
    assert reading.findings == ()


@pytest.mark.parametrize("dash", ["-", " - ", "–", " – "])
def test_a_range_may_have_a_dash_as_a_word_processor_makes_it(dash: str) -> None:
    assert assignment_of(SHEET.replace("1.1-1.3", f"1.1{dash}1.3")) == assignment_of(SHEET)


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ("1.9-1.11", ("1.9", "1.10", "1.11")),
        ("P1-P3", ("P1", "P2", "P3")),
        ("1.2.1-1.2.2", ("1.2.1", "1.2.2")),
        ("1.1a-1.1c", ("1.1a", "1.1c")),
        ("1.1-1.1", ("1.1",)),
    ],
)
def test_a_range_is_counted_out_where_no_sheet_is_at_hand(written: str, counted: tuple[str, ...]) -> None:
    reading = read_assignment(SHEET.replace("1.1-1.3", written))
    assert reading.sheet is not None
    assert reading.sheet.tasks[0].by_unit[TEA][:-1] == counted
    assert reading.findings == ()


def test_several_numbers_in_one_pair_of_stars_are_all_decided_there() -> None:
    task = assignment_of(SHEET.replace("1.1-1.3, **2.1**", "**1.1-1.2, 1.3**, 2.1")).tasks[0]
    assert task.decides == frozenset(cells(TEA, "1.1", "1.2", "1.3"))


def test_a_criterion_of_three_tasks_is_found_unless_one_of_them_is_marked() -> None:
    more = SHEET + "\n## Task 3 Again\n\n- T-102: 1.1\n\n## Task 4 And again\n\n- T-102: 1.1\n"
    (finding,) = findings_of(more)
    assert (finding.code, finding.line, finding.severity) == ("MS077", 23, Severity.WARNING)
    assert "tasks 1, 3, 4" in finding.message
    assert findings_of(more.replace("Again\n\n- T-102: 1.1", "Again\n\n- T-102: **1.1**")) == ()


def test_units_of_several_suites_are_a_warning_unless_that_is_said_to_be_meant() -> None:
    text = SHEET.replace("T-102", "U-102")
    units = {TEA: UNITS[TEA], "U-102": replace(UNITS[CUPS], code="U-102")}
    (finding,) = findings_of(text, units)
    assert (finding.code, finding.line, finding.severity) == ("MS078", 5, Severity.WARNING)
    text = text.replace("approval:", "suites: mixed\napproval:")
    reading = fit_assignment(read_assignment(text), units)
    assert reading.findings == ()
    assert reading.sheet is not None
    assert reading.sheet.mixed_suites
    assert reading.sheet.suites == ("T", "U")


def test_a_unit_of_another_suite_never_stands_in_for_one_that_is_named() -> None:
    units = {TEA: UNITS[TEA], "U-102": UNITS[CUPS]}
    (finding,) = findings_of(SHEET, units)
    assert (finding.code, finding.line) == ("MS070", 5)
    assert "T-102" in finding.message


def test_what_cannot_be_checked_without_sheets_is_not_reported_without_them() -> None:
    text = SHEET.replace("1.1-1.3", "1.1").replace("T-102: 1.2", "T-102: 1.7")
    assert read_assignment(text).findings == ()
    assert [finding.code for finding in findings_of(text)] == ["MS075", "MS075", "MS075", "MS071"]


def test_a_sheet_without_units_or_tasks_is_found_whole() -> None:
    head = SHEET[: SHEET.index("## Task 1")]
    assert [finding.code for finding in read_assignment(head).findings] == ["MS076", "MS074", "MS074"]
    text = SHEET.replace("units: [T-101, T-102]\n", "")
    assert {finding.code for finding in read_assignment(text).findings} == {"MS011", "MS070"}


def test_an_approval_may_be_a_date_or_a_reference_alone() -> None:
    day = assignment_of(SHEET.replace(" ref QM-118", ""))
    assert (day.approved, day.approval) == (date(2026, 3, 2), "")
    reference = assignment_of(SHEET.replace("2026-03-02 ", ""))
    assert (reference.approved, reference.approval) == (None, "QM-118")


def test_a_task_that_is_read_from_a_heading_with_a_slip_keeps_its_criteria() -> None:
    reading = read_assignment(SHEET.replace("## Task 2 Do it", "### task 2: Do it"))
    assert reading.sheet is not None
    assert [(task.number, task.title, len(task.cells)) for task in reading.sheet.tasks] == [
        (1, "Plan it", 5),
        (2, "Do it", 3),
    ]


@pytest.mark.parametrize("text", ["", "nothing", SHEET.replace("kind: assignment", "kind: unit"), "---\n---\n"])
def test_a_text_that_is_no_assignment_gives_none_and_says_why(text: str) -> None:
    reading = read_assignment(text)
    assert reading.sheet is None
    assert reading.findings
    assert fit_assignment(reading, UNITS) == reading


@pytest.mark.long
def test_an_enormous_range_is_cut_off_and_told() -> None:
    text = SHEET.replace("1.1-1.3", ", ".join(f"{place}.1-{place}.9999" for place in range(3, 20)))
    reading = read_assignment(text)
    assert reading.sheet is not None
    assert len(reading.sheet.criteria) <= MOST_CELLS
    assert ("MS073", 22) in [(finding.code, finding.line) for finding in reading.findings]


@pytest.mark.long
def test_many_units_are_read_and_linted_with_no_more_work_for_each_than_few() -> None:
    numbers = tuple(tuple(f"{outcome}.{place}" for place in range(1, 11)) for outcome in range(1, 6))
    units = {f"T-{place}": unit(f"T-{place}", *numbers) for place in range(80)}

    def text(count: int) -> str:
        codes = list(units)[:count]
        tasks = "".join(
            f"\n## Task {task} Do\n\nBrief.\n\n" + "".join(f"- {code}: {task}.1-{task}.10\n" for code in codes)
            for task in range(1, 6)
        )
        return SHEET[: SHEET.index("\n## Task 1")].replace("T-101, T-102", ", ".join(codes)) + tasks

    assert grows_evenly(lambda count: fit_assignment(read_assignment(text(count)), units), 20)
    reading = fit_assignment(read_assignment(text(80)), units)
    assert reading.findings == ()
    assert reading.sheet is not None
    assert len(reading.sheet.criteria) == 4_000
    assert [finding.code for finding in findings_of(text(80).replace("1.1-1.10", "1.2-1.10"), units)] == ["MS075"] * 80


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    head = SHEET[: SHEET.index("## Task 1")]
    for source in (text, head + text, head + "## Task 1 Do\n\n- T-101: " + text):
        assert isinstance(fit_assignment(read_assignment(source), UNITS), AssignmentReading)


_SNIPPETS = [
    "\n",
    " ",
    "\t",
    "---\n",
    "- ",
    "1. ",
    "**",
    "## Task 2 ",
    "# ",
    ":",
    "-",
    ",",
    ">",
    "|",
    "```\n",
    "T-101: 1.1",
]
_MORE = ["evidence:", "1.1-1.3", "[", "&a ", "\x1b", "\u202e", "\r", "\\", "\ud800"]


@settings(deadline=None, max_examples=examples(80))
@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 30), st.sampled_from(_SNIPPETS + _MORE) | st.text(max_size=5)),
        max_size=6,
    )
)
def test_no_slip_makes_the_reader_fail_or_lose_a_criterion_without_a_word(slips: list[tuple[int, int, str]]) -> None:
    text = SHEET
    for place, length, instead in slips:
        text = text[:place] + instead + text[place + length :]
    reading = fit_assignment(read_assignment(text), UNITS)
    lines = text.count("\n") + text.count("\r") + 1
    assert reading.source == text
    assert all(1 <= (finding.line or 1) <= lines for finding in reading.findings)
    assert all(1 <= first <= last <= lines for first, last in reading.places.values())
    if reading.sheet is not None and not any(finding.severity is Severity.ERROR for finding in reading.findings):
        assert reading.sheet.uncovered(UNITS) == ()
        assert ASSIGNMENT_WRITER.rewrite(reading, reading.sheet) == text


def test_a_unit_whose_sheet_has_marks_is_a_warning_and_may_be_marked_pass_or_refer() -> None:
    text = SHEET.replace("[T-101, T-102]", "[T-101, T-102, T-104]").replace(
        "- T-102: 1.1\n", "- T-102: 1.1\n- T-104: 1.1\n"
    )
    (finding,) = findings_of(text)
    assert (finding.code, finding.line, finding.severity) == ("MS079", 5, Severity.WARNING)
    assert finding.message.startswith("The sheet of T-104 has marks")


def codes_of(text: str) -> list[str]:
    return [finding.code for finding in findings_of(text)]


def test_what_no_criterion_can_be_fires_the_code_that_the_readme_gives() -> None:
    assert "MS070" in codes_of(SHEET.replace("T-102: 1.1\n", "T-102: banana\n"))
    assert "MS071" not in codes_of(SHEET.replace("T-102: 1.1\n", "T-102: banana\n"))


ENTRIES_ELSEWHERE = [
    "| T-101 | 1.1, 1.2 |",
    "| Task 1 | T-101 | 1.1 |",
    "T-101 1.1, 1.2",
    "T-101 - 1.1-1.3",
    "**T-101** 1.1",
    "> T-101: 1.1",
    "`T-101: 1.1`",
]
LIKE_CRITERIA = ["- 1.1, 1.2", "- **1.2** Do it", "1.2 Do it", "| 1.2 | Do it |", "- Unit 101: 1.1", "<!-- 1.2 -->"]


@pytest.mark.parametrize("line", ENTRIES_ELSEWHERE)
def test_criteria_of_a_unit_that_are_named_outside_a_list_are_an_error(line: str) -> None:
    assert "MS070" in codes_of(SHEET.replace("Make the tea, and wash up.", f"Make the tea.\n\n{line}"))


@pytest.mark.parametrize("line", LIKE_CRITERIA)
def test_a_line_of_a_brief_that_looks_like_criteria_is_a_warning(line: str) -> None:
    findings = findings_of(SHEET.replace("Make the tea, and wash up.", f"Make the tea.\n\n{line}"))
    assert {(finding.code, finding.severity) for finding in findings} & {
        ("MS121", Severity.WARNING),
        ("MS123", Severity.WARNING),
    }


@pytest.mark.parametrize(
    "line", ["- 12 cups", "- 24.12.2026: tea", "At 12:30 it begins.", "Room 3: tea", "T-101 is about tea."]
)
def test_a_line_of_a_brief_with_figures_is_not_told(line: str) -> None:
    assert codes_of(SHEET.replace("Make the tea, and wash up.", f"Make the tea.\n\n{line}")) == []
