"""The combined sheet: task by task, and in agreement with the sheet of each unit line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Marks, Standing, Unit
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.citation import Passage
from markterm.domain.record.decision import OPEN_CRITERION, Occasion
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules import citing, marking, withdrawal
from markterm.domain.rules.act import Act
from markterm.domain.rules.attempt import declare
from markterm.domain.rules.commenting import comment_on_task
from markterm.domain.rules.decided_before import NothingNew
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.combined_sheet import combined_mark_sheet
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.document.model import Comments, Quote
from markterm.exports.markdown.render import render
from tests.exports.tea import ASHA, AT, BEN, CENTRE, TEA
from tests.pace import grows_evenly

LEARNER = Learner("AAA1", "Rosalind Jones", assignments=("T-IA",))
CUPS = Unit(
    "T-102",
    "Washing Up",
    level=2,
    version="2026-01",
    outcomes=(
        LearningOutcome(
            1, "", (Criterion("1.1", "Rinse the cups", marks=Marks(20, 10)), Criterion("1.2", "Dry the cups"))
        ),
    ),
)
UNITS = (TEA, CUPS)


def cells(unit: str, *numbers: str) -> tuple[Cell, ...]:
    return tuple(Cell(unit, number) for number in numbers)


ASSIGNMENT = Assignment(
    "T-IA",
    "Tea for Two",
    ("T-101", "T-102"),
    (
        Task(
            1,
            "Make a pot",
            "Make tea for two.\n\nSay what you did.",
            (*cells("T-101", "1.1", "1.2"), *cells("T-102", "1.1")),
        ),
        Task(
            2,
            "Serve and clear",
            cells=(*cells("T-101", "1.2"), *cells("T-102", "1.2")),
            evidence="photographs",
            decides=frozenset(cells("T-101", "1.2")),
        ),
    ),
)
"""T-101 1.2 is in both tasks and decided in the second; no task covers T-101 2.1."""


class Record:
    """A portfolio that grows by the assessors' verbs, one a minute; what a rule refuses is left out."""

    def __init__(self) -> None:
        self.portfolio = Portfolio()
        self._count = 0

    def do(self, verb: Callable[[Act], Event], member: Member = ASHA) -> None:
        """Do what `verb` says as that member."""
        self._count += 1
        with suppress(Refused, NothingNew):
            act = Act(member, "AAA1", AT + timedelta(minutes=self._count), f"u{self._count}")
            self.portfolio = self.portfolio.with_event(verb(act))

    def mark(
        self, unit: Unit, number: str, result: Result = Result.PASS, note: str = "", occasion: Occasion | None = None
    ) -> None:
        """Asha's decision."""
        where = occasion or Occasion()
        self.do(lambda act: marking.decide(act, unit, self.portfolio, number, result, note, occasion=where))

    def close(self, unit: Unit, feedback: str = "") -> None:
        """Close a unit, declared if it was not."""
        if self.portfolio.declaration is None:
            self.do(lambda act: declare(act, Declared("signed sheet")))
        self.do(lambda act: marking.close(act, unit, self.portfolio, feedback))

    def sheet(
        self,
        assignment: Assignment = ASSIGNMENT,
        units: Iterable[Unit] = UNITS,
        learner: Learner = LEARNER,
        centre: CentreDetails = CENTRE,
    ) -> str:
        """The combined sheet as it is now."""
        return render(combined_mark_sheet(centre, learner, assignment, units, self.portfolio, zone=UTC))

    def unit_sheet(self, unit: Unit) -> str:
        """The unit's own sheet as it is now."""
        return render(completed_mark_sheet(CENTRE, LEARNER, unit, self.portfolio, zone=UTC, assignments=(ASSIGNMENT,)))


def headings(markdown: str) -> list[str]:
    """The texts of the headings of a document with their levels, as they are read."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return [
        f"{token.tag[1]} {''.join(child.content for child in after.children or [])}".rstrip()
        for token, after in pairwise(tokens)
        if token.type == "heading_open"
    ]


def test_a_sheet_of_nothing_goes_task_by_task_and_writes_every_criterion_out_once() -> None:
    assert headings(Record().sheet()) == [
        "1 Combined mark sheet T-IA Tea for Two",
        "2 Statements",
        "2 Task 1 Make a pot",
        "3 T-101 Making Tea",
        "4 1.1 Boil the water",
        "3 T-102 Washing Up",
        "4 1.1 Rinse the cups",
        "2 Task 2 Serve and clear",
        "3 T-101 Making Tea",
        "4 1.2 Warm the pot",
        "3 T-102 Washing Up",
        "4 1.2 Dry the cups",
        "2 Not covered by any task",
        "3 T-101 Making Tea",
        "4 2.1 Pour the tea",
        "2 Outcomes",
        "3 T-101 Making Tea",
        "3 T-102 Washing Up",
    ]


def test_the_header_has_the_units_the_approval_and_the_task_its_brief_and_evidence() -> None:
    approved = replace(ASSIGNMENT, approved=date(2026, 3, 2), approval="QM-118")
    sheet = Record().sheet(approved)
    assert "| Learner name | Rosalind Jones |" in sheet
    assert "| Approval of the assignment | 2026-03-02, QM-118 |" in sheet
    assert "| Unit T-101 | Making Tea; version 2026-01, level 1, credit 2; attempt 1 |" in sheet
    assert "\n> Make tea for two.\n" in sheet
    assert "> Say what you did." in sheet, "the whole brief stands on the sheet"
    assert "\nEvidence: photographs\n" in sheet
    assert "| Approval of the assignment | none recorded |" in Record().sheet()


def test_a_comment_on_a_task_stands_with_what_its_criteria_come_to() -> None:
    deeds = Record()
    deeds.do(lambda act: comment_on_task(act, ASSIGNMENT, UNITS, deeds.portfolio, 1, "The talk holds together."))
    blocks = combined_mark_sheet(CENTRE, LEARNER, ASSIGNMENT, UNITS, deeds.portfolio, zone=UTC).blocks
    first, *others = (each for each in blocks if isinstance(each, Comments))
    assert Quote("The talk holds together.") in first.written
    assert not any(each.written for each in others)


def test_a_criterion_of_several_tasks_is_named_where_it_is_not_written_out() -> None:
    first, second = Record().sheet().split("## Task 2")
    assert "- 1.2 is evidenced here too, and decided in task 2\n" in first
    assert "#### 1.2 Warm the pot" in second
    assert "evidenced here too" not in second


def test_a_criterion_that_was_decided_in_another_task_than_the_assignment_says_is_not_said_to_be_decided_there() -> (
    None
):
    record = Record()
    record.mark(TEA, "1.2", occasion=Occasion("T-IA", 1))
    first, second = record.sheet().split("## Task 2")
    assert "- 1.2 is evidenced here too, and stands with task 2\n" in first
    assert "decided in T-IA, task 1" in second


def test_a_criterion_that_no_task_decides_stands_with_the_last_that_carries_it() -> None:
    tasks = tuple(Task(number, f"Task {number}", cells=cells("T-102", "1.1")) for number in (1, 2, 3))
    sheet = Record().sheet(replace(ASSIGNMENT, tasks=tasks))
    assert sheet.count("- 1.1 is evidenced here too, and stands with task 3\n") == 2
    assert sheet.split("## Task 3")[1].count("#### 1.1 Rinse the cups") == 1


def test_progress_is_counted_in_criteria_and_never_in_cells() -> None:
    record = Record()
    record.mark(TEA, "1.2", occasion=Occasion("T-IA", 2))
    sheet = record.sheet()
    first, second = sheet.split("## Task 2")
    assert "**Task comments**\n\n2 open of 2." in first
    assert "**Task comments**\n\n1 passed, 1 open of 2." in second
    assert "Criteria of all units, each counted once: 1 passed, 4 open of 5." in sheet


def test_one_unit_is_referred_without_holding_up_the_other() -> None:
    record = Record()
    for number in ("1.1", "1.2", "2.1"):
        record.mark(TEA, number)
    record.close(TEA, "Well done.")
    record.mark(CUPS, "1.1", Result.REFER, "The handle is sticky.")
    record.mark(CUPS, "1.2")
    record.close(CUPS)
    sheet = record.sheet()
    assert "### T-101 Making Tea\n\n**PASS** (attempt 1)\n\nSummary feedback:\n\n> Well done.\n" in sheet
    assert "### T-102 Washing Up\n\n**REFERRAL** (attempt 1)\n" in sheet
    assert "**Task comments**\n\n1 passed, 1 referred of 2. Referred: T-102 1.1.\n" in sheet
    assert "| Assessor, T-101 | Asha Patel | " in sheet
    assert "| Internal verifier, T-102 | " in sheet


def test_there_are_no_marks_on_it() -> None:
    record = Record()
    record.do(lambda act: marking.decide_by_marks(act, CUPS, record.portfolio, "1.1", 17, ""))
    assert "17 of 20 marks, 10 to pass: Pass" in record.unit_sheet(CUPS)
    assert "17" not in record.sheet()
    assert "marks" not in record.sheet()


def test_a_decision_says_where_it_was_made_on_both_sheets() -> None:
    record = Record()
    record.mark(TEA, "1.2", note="Warm.", occasion=Occasion("T-IA", 1))
    record.mark(CUPS, "1.2", note="Dry.")
    said = "Assessor feedback (Asha Patel, 2026-03-02, attempt 1, decided in T-IA, task 1):\n\n> Warm."
    assert said in record.sheet()
    assert said in record.unit_sheet(TEA)
    assert "Assessor feedback (Asha Patel, 2026-03-02, attempt 1):\n\n> Dry." in record.sheet()


def test_a_unit_without_a_sheet_is_said_to_be_missing_and_hides_no_other() -> None:
    sheet = Record().sheet(units=(TEA,))
    assert "| Unit T-102 | not marked: the learner's mark sheet of this unit is missing |" in sheet
    assert "### T-102\n\n*Not marked: 1.1. The learner's mark sheet of this unit is missing.*" in sheet
    assert "#### 1.1 Boil the water" in sheet


def test_a_criterion_that_the_version_begun_does_not_have_is_said_to_be_missing() -> None:
    older = replace(TEA, version="2020-01", outcomes=TEA.outcomes[1:])
    sheet = Record().sheet(units=(older, CUPS))
    assert "*Not marked: 1.1. The learner's mark sheet of this unit has no such criterion.*" in sheet
    assert "Making Tea; version 2020-01" in sheet


def test_a_damaged_record_is_said() -> None:
    sheet = render(combined_mark_sheet(CENTRE, LEARNER, ASSIGNMENT, UNITS, Portfolio(), damaged=True))
    assert "**The record behind this sheet is incomplete: decisions may be missing from it.**" in sheet


# The sheets agree

_MARKS = re.compile(r"\d+ of \d+ marks, \d+ to pass: (Pass|Referral)")
_TOTAL = "Marks in total: "
_ELSEWHERE = re.compile(r"- \S+ is evidenced here too, and ")
_END = ("**Section comments**", "**Task comments**", "**Comments**")


def written_out(markdown: str, unit: Unit, level: int) -> list[tuple[str, list[str]]]:
    """Every criterion of the unit that a sheet writes out, with the lines under it; without marks and blank lines."""
    found: list[tuple[str, list[str]]] = []
    of_unit = level == 3
    lines: list[str] | None = None
    for line in markdown.splitlines():
        if line.startswith("#"):
            hashes, _, text = line.partition(" ")
            lines = None
            if len(hashes) < level:
                of_unit = level == 3 or text == f"{unit.code} {unit.title}"
            elif len(hashes) == level and of_unit:
                lines = []
                found.append((text, lines))
        elif line in _END:
            lines = None
        elif lines is not None and line and not _MARKS.fullmatch(line) and not _ELSEWHERE.match(line):
            lines.append(line)
    # The last section has the outcomes under headings of the same kind.
    return [(text, lines) for text, lines in found if "**Decision: " in "".join(lines)]


def outcome_lines(markdown: str, heading: str) -> list[str]:
    """The lines of an outcome, from its heading to the next one or to the table of signatures."""
    lines = markdown.split(f"\n{heading}\n", 1)[1].splitlines()
    end = next(place for place, line in enumerate(lines) if line.startswith(("#", "| | Name")))
    return [line for line in lines[:end] if line and not line.startswith(_TOTAL)]


NOTES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "# 1.1 x",
            "a\n\n#### 1.2 b",
            "**Decision: ✓ Pass**",
            "- 1.1 is evidenced here too, and decided in task 9",
            "## Outcomes",
            "| a |\n|---|",
            "```",
            "17 of 20 marks, 10 to pass: Pass",
            "**Task comments**",
        ]
    ),
)
VERBS = ("pass", "refer", "marks", "cite", "withdraw", "unseen", "close", "reopen")
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.sampled_from([(unit, criterion.number) for unit in UNITS for criterion in unit.criteria]),
        NOTES,
        st.sampled_from((ASHA, BEN)),
        st.integers(0, 3),
    ),
    max_size=25,
)
"""What assessors do, in order: a verb, a criterion, a text, who, and a number for the task or the marks."""


def event(act: Act, portfolio: Portfolio, verb: str, criterion: tuple[Unit, str], text: str, number: int) -> Event:
    """The event of one such deed."""
    unit, name = criterion
    occasion = Occasion("T-IA", number) if number else Occasion()
    match verb:
        case "pass" | "refer":
            return marking.decide(act, unit, portfolio, name, Result(verb), text, occasion=occasion)
        case "unseen":
            return marking.decide(act, unit, portfolio, name, Result.REFER, text, OPEN_CRITERION, occasion)
        case "marks":
            return marking.decide_by_marks(act, unit, portfolio, name, number * 7, text)
        case "cite":
            passage = Passage(text or "diary.md", f"{number:064x}", number, number, text or "quote")
            return citing.cite(act, unit, portfolio, name, passage)
        case "withdraw":
            return withdrawal.withdraw(act, unit, portfolio, name, text)
        case "close":
            return marking.close(act, unit, portfolio, text)
        case _:
            return marking.reopen(act, unit, portfolio, text)


Deeds = list[tuple[str, tuple[Unit, str], str, Member, int]]


@given(deeds=DEEDS, finished=st.booleans())
def test_the_combined_sheet_and_the_sheets_of_the_units_agree_line_by_line(deeds: Deeds, finished: bool) -> None:
    record = Record()
    for verb, criterion, text, member, number in deeds:
        record.do(
            partial(event, portfolio=record.portfolio, verb=verb, criterion=criterion, text=text, number=number), member
        )
    if finished:
        for unit in UNITS:
            for criterion_of in unit.criteria:
                record.mark(unit, criterion_of.number, Result.PASS, "settled")
            record.close(unit, "All passed.")
    combined = record.sheet()
    for unit in UNITS:
        own = record.unit_sheet(unit)
        alone = written_out(own, unit, 3)
        assert [heading for heading, _ in alone] == [f"{each.number} {each.text}" for each in unit.criteria]
        assert sorted(written_out(combined, unit, 4)) == sorted(alone)
        of_unit = outcome_lines(combined.partition("\n## Outcomes\n")[2], f"### {unit.code} {unit.title}")
        assert of_unit == outcome_lines(own, "## Outcome")
        assert of_unit


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["# x", "a #", "a\n# b", "| a |\n|---|", "a\n===", "</p><h1>x</h1>", "\n\n## Outcomes\n\n**PASS**", "```\n# x"]
    ),
)


@given(title=HOSTILE, brief=HOSTILE, name=HOSTILE, note=HOSTILE, wording=HOSTILE, approval=HOSTILE)
def test_nobodys_text_adds_a_heading_or_a_row(
    title: str, brief: str, name: str, note: str, wording: str, approval: str
) -> None:
    criterion = Criterion("1.1", wording, (Descriptor(Standing.PASS, wording),))
    unit = Unit("T-101", title, version=name, outcomes=(LearningOutcome(1, title, (criterion,)),))
    record = Record()
    record.mark(unit, "1.1", Result.REFER, note + "x", Occasion(title, 1))
    record.close(unit, note)
    task = Task(1, title, brief, cells("T-101", "1.1", "9.9"), evidence=brief)
    assignment = Assignment("T-IA", title, ("T-101",), (task,), approval=approval)
    member = Member("asha", name, frozenset({Role.ASSESSOR}))
    sheet = record.sheet(assignment, [unit], Learner("AAA1", name), CentreDetails("1", name, members=(member,)))
    said, worded = one_line(title), one_line(wording)
    wanted = [
        *(f"1 Combined mark sheet T-IA {said}", "2 Statements", f"2 Task 1 {said}", f"3 T-101 {said}"),
        *(f"4 1.1 {worded}", "2 Outcomes", f"3 T-101 {said}"),
    ]
    assert headings(sheet) == [heading.rstrip() for heading in wanted]
    kinds = [token.type for token in MarkdownIt("commonmark").enable("table").parse(sheet)]
    assert (kinds.count("table_open"), kinds.count("tr_open")) == (2, 10)
    assert kinds.count("html_block") == kinds.count("fence") == kinds.count("code_block") == kinds.count("hr") == 0


@pytest.mark.long
def test_the_sheet_of_many_units_takes_no_more_for_each_than_that_of_few() -> None:
    criteria = tuple(Criterion(f"{number // 10 + 1}.{number % 10 + 1}", "Do it") for number in range(50))

    def sheet(count: int) -> str:
        units = [Unit(f"B-{place:03}", "Big", outcomes=(LearningOutcome(1, "", criteria),)) for place in range(count)]
        carried = [Cell(unit.code, criterion.number) for unit in units for criterion in criteria]
        each = len(carried) // 40
        tasks = tuple(
            Task(number + 1, "Big", cells=tuple(carried[number * each : (number + 2) * each])) for number in range(40)
        )
        return Record().sheet(Assignment("B-IA", "Big", tuple(unit.code for unit in units), tasks), units)

    assert grows_evenly(sheet, 10)
    assert sheet(80).count("#### ") == 4_000
    assert "Criteria of all units, each counted once: 4000 open of 4000." in sheet(80)
