"""The feedback as the learner gets it: what stands in it and where, and that nobody's text can add to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.feedback.feedback import feedback_on_assignment, feedback_on_unit
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules import citing, marking
from markterm.domain.rules.act import Act
from markterm.domain.rules.attempt import declare
from markterm.exports.document.feedback_sheet import feedback_sheet
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.markdown.render import render
from tests.exports.tea import ASHA, AT, CENTRE, TEA

LEARNER = Learner("AAA1", "Rosalind Jones", units=("T-101",))
CUPS = Unit("T-102", "Washing Up", outcomes=(LearningOutcome(1, "Wash up", (Criterion("1.1", "Rinse the cups"),)),))
BOTH = Assignment("T-IA", "Tea for Two", ("T-101", "T-102"))
NOTES = {"1.1": "It boils.", "1.2": "Which pot,\nand how warm?", "2.1": ""}


def made(notes: dict[str, str], feedback: str = "Nearly there.", quote: str = "The kettle sang.") -> Portfolio:
    """Tea closed as a referral of 1.2, with one citation; the washing up not begun."""
    portfolio = Portfolio()
    count = 0

    def add(verb: Callable[..., Event], *given: object) -> None:
        nonlocal portfolio, count
        count += 1
        act = Act(ASHA, "AAA1", AT + timedelta(minutes=count), f"u{count}")
        portfolio = portfolio.with_event(verb(act, *given))

    add(declare, Declared("signed sheet"))
    add(citing.cite, TEA, portfolio, "1.1", Passage("diary.md", "0" * 64, 3, 3, quote, headings=("Monday",)))
    for number, note in notes.items():
        result = Result.REFER if number == "1.2" else Result.PASS
        add(marking.decide, TEA, portfolio, number, result, note)
    add(marking.close, TEA, portfolio, feedback)
    return portfolio


def on_unit(portfolio: Portfolio) -> str:
    return render(feedback_sheet(CENTRE, LEARNER, feedback_on_unit(TEA, portfolio), portfolio, zone=UTC))


def structure(markdown: str) -> list[str]:
    """What the document is made of, without its words."""
    return [token.type for token in MarkdownIt("commonmark").enable("table").parse(markdown)]


def test_the_feedback_on_a_unit() -> None:
    assert on_unit(made(NOTES)) == (
        "# Feedback T-101 Making Tea\n"
        "\n"
        "| | |\n"
        "|---|---|\n"
        "| Centre number | 012345 |\n"
        "| Centre name | Test Centre |\n"
        "| Learner registration number | AAA1 |\n"
        "| Learner name | Rosalind Jones |\n"
        "| Unit | version 2026-01, level 1, credit 2 |\n"
        "| Attempt | 1 |\n"
        "| Outcome | Referral: what is missing is named below |\n"
        "| Assessor | Asha Patel, 2026-03-02 |\n"
        "\n"
        "## Summary\n"
        "\n"
        "Nearly there.\n"
        "\n"
        "## LO1 Make tea\n"
        "\n"
        "**Strengths**\n"
        "\n"
        "- **1.1** Boil the water\n"
        "\n"
        "  It boils.\n"
        "\n"
        "  Evidence: diary.md, line 3, Monday: “The kettle sang.”\n"
        "\n"
        "**What is missing**\n"
        "\n"
        "- **1.2** Warm the pot\n"
        "\n"
        "  Which pot,  \n"
        "  and how warm?\n"
        "\n"
        "## LO2 Serve tea\n"
        "\n"
        "**Strengths**\n"
        "\n"
        "- **2.1** Pour the tea\n"
    )


def test_feedback_on_a_unit_that_is_not_closed_says_so_and_what_is_not_decided() -> None:
    portfolio = Portfolio().with_event(
        marking.decide(Act(ASHA, "AAA1", AT, "u"), TEA, Portfolio(), "1.1", Result.PASS, "It boils.")
    )
    sheet = on_unit(portfolio)
    assert "| Outcome | not closed yet |" in sheet
    assert sheet.endswith("*Not decided yet: 1.2, 2.1.*\n")
    assert "LO2" not in sheet


def test_feedback_on_an_assignment_goes_unit_by_unit_and_says_what_follows() -> None:
    portfolio = made(NOTES)
    feedback = feedback_on_assignment(BOTH, (TEA, CUPS), portfolio, Policy(), "AAA1")
    sheet = render(feedback_sheet(CENTRE, LEARNER, feedback, portfolio, zone=UTC))
    assert sheet.startswith("# Feedback T-IA Tea for Two\n")
    assert "## T-101 Making Tea\n\n- Unit: version 2026-01, level 1, credit 2\n- Attempt: 1\n" in sheet
    assert "### Summary\n\nNearly there.\n\n### LO1 Make tea\n" in sheet
    assert sheet.endswith("## What follows\n\n- T-102 Washing Up is still being marked; feedback on it follows.\n")


def test_a_long_passage_is_quoted_in_part() -> None:
    quoted = on_unit(made(NOTES, quote="tea " * 400)).partition("“")[2].partition("”")[0]
    assert len(quoted) <= 300
    assert quoted.endswith("…")


@given(st.text(), st.text(), st.text())
def test_no_text_of_anybody_makes_markup(note: str, summary: str, quote: str) -> None:
    plain = structure(on_unit(made(NOTES | {"1.1": "It boils."}, "Nearly there.", "The kettle sang.")))
    hostile = structure(on_unit(made(NOTES | {"1.1": f"It {note}."}, f"Nearly {summary} there.", f"The {quote} sang.")))
    paragraphs = {"paragraph_open", "inline", "paragraph_close"}
    assert [each for each in hostile if each not in paragraphs] == [each for each in plain if each not in paragraphs]


def test_what_is_not_any_more_what_was_claimed_is_said_and_nothing_while_it_is() -> None:
    portfolio = made(NOTES)
    closing = portfolio.unit(TEA.key).closing
    assert closing is not None
    claimed = Claimed(ClaimStep.CLAIMED, number="17", rests_on=(closing.uid,)).write()
    claim = Event("claim", Kind.CLAIMED.value, "AAA1", AT, "cora", "coordinator", Subject(TEA.key), claimed)
    assert "laimed" not in on_unit(portfolio.with_event(claim))
    act = Act(ASHA, "AAA1", AT + timedelta(days=1), "reopened")
    reopened = portfolio.with_event(claim).with_event(marking.reopen(act, TEA, portfolio, "An appeal."))
    assert f"**Claimed, number 17, {AT.date()}: it was reopened since it was claimed.**" in on_unit(reopened)
    sheet = render(completed_mark_sheet(CENTRE, LEARNER, TEA, reopened, zone=UTC))
    assert f"**Claimed, number 17, {AT.date()}: it was reopened since it was claimed.**" in sheet
    before = render(completed_mark_sheet(CENTRE, LEARNER, TEA, portfolio.with_event(claim), zone=UTC))
    assert f"*Claimed, number 17, {AT.date()}.*" in before
