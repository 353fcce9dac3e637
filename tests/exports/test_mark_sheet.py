"""The completed mark sheet: what stands in it, and that nobody's text can add to it."""

from __future__ import annotations

from datetime import UTC, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Marks, Standing, Unit
from markterm.domain.feedback.feedback import feedback_on_unit, release
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.decision import OPEN_CRITERION, Occasion
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules import marking, verification
from markterm.domain.rules.act import Act
from markterm.domain.rules.answering import Said
from markterm.domain.rules.attempt import declare
from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.markdown.render import render
from tests.exports.tea import ASHA, AT, BEN, CENTRE, INES, TEA

LEARNER = Learner("AAA1", "Rosalind Jones", units=("T-101",))
HEADINGS = [
    "Mark sheet T-101 Making Tea",
    "Statements",
    "LO1 Make tea",
    "1.1 Boil the water",
    "1.2 Warm the pot",
    "LO2 Serve tea",
    "2.1 Pour the tea",
    "Outcome",
]


class Record:
    """A portfolio that grows by the assessors' verbs, one a minute."""

    def __init__(self) -> None:
        self.portfolio = Portfolio()
        self._count = 0

    def act(self, member: Member = ASHA) -> Act:
        """The next act of that member."""
        self._count += 1
        return Act(member, "AAA1", AT + timedelta(minutes=self._count), f"u{self._count}")

    def add(self, event: Event) -> None:
        """Fold one more event."""
        self.portfolio = self.portfolio.with_event(event)

    def mark(self, number: str, result: Result = Result.PASS, note: str = "", unit: Unit = TEA) -> None:
        """Asha's decision."""
        self.add(marking.decide(self.act(), unit, self.portfolio, number, result, note))

    def close(self, feedback: str) -> None:
        """Close the unit, declared if it was not."""
        if self.portfolio.declaration is None:
            self.add(declare(self.act(), Declared("signed sheet")))
        self.add(marking.close(self.act(), TEA, self.portfolio, feedback))

    def sheet(self, unit: Unit = TEA, learner: Learner = LEARNER, centre: CentreDetails = CENTRE) -> str:
        """The sheet as it is now."""
        return render(completed_mark_sheet(centre, learner, unit, self.portfolio, zone=UTC))


def headings(markdown: str) -> list[str]:
    """The texts of the headings of a document, as they are read."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return [
        "".join(child.content for child in after.children or [])
        for token, after in pairwise(tokens)
        if token.type == "heading_open"
    ]


def test_a_sheet_of_nothing_has_every_criterion_open_and_places_to_sign() -> None:
    sheet = Record().sheet()
    assert headings(sheet) == HEADINGS
    assert sheet.count("**Decision: · Open**") == 3
    assert "- ☐ The learner confirms that this is their own work. *Not declared yet.*" in sheet
    assert "| Unit | version 2026-01, level 1, credit 2 |" in sheet
    assert "- Good pass: the kettle is descaled" in sheet
    assert "**Not closed yet**: 0 of 3 criteria passed, open so far." in sheet
    assert "| Internal verifier | \\_" in sheet


def test_a_completed_sheet_has_decisions_feedback_assessor_date_comments_and_outcome() -> None:
    record = Record()
    record.add(declare(record.act(), Declared("signed sheet", refuses_use=True)))
    record.mark("1.1", Result.PASS, "It boils.")
    record.mark("1.2", Result.REFER, "The pot is cold.\nWarm it.")
    record.mark("2.1")
    record.close("Nearly there.")
    sheet = record.sheet()
    assert headings(sheet) == HEADINGS
    assert "- ☑ The learner confirms that this is their own work (signed sheet, received by Asha Patel" in sheet
    assert "- ☑ The learner refuses anonymised use" in sheet
    assert "Assessor feedback (Asha Patel, 2026-03-02, attempt 1):\n\n> It boils.\n" in sheet
    assert "> The pot is cold.  \n> Warm it.\n" in sheet
    assert "> *No feedback on this criterion.*" in sheet
    assert "1 passed, 1 referred of 2. Referred: 1.2." in sheet
    assert "**REFERRAL** (attempt 1)\n\nSummary feedback:\n\n> Nearly there.\n" in sheet
    assert "| Assessor | Asha Patel | " in sheet


def test_a_unit_of_passes_comes_out_as_pass() -> None:
    record = Record()
    for number in ("1.1", "1.2", "2.1"):
        record.mark(number)
    record.close("")
    assert "**PASS** (attempt 1)\n\nSummary feedback:\n\n> *None.*\n" in record.sheet()


def test_a_conflict_shows_both_decisions_and_what_each_was() -> None:
    record = Record()
    record.mark("1.1", Result.PASS, "It boils.")
    record.add(marking.decide(record.act(BEN), TEA, record.portfolio, "1.1", Result.REFER, "Lukewarm.", OPEN_CRITERION))
    sheet = record.sheet()
    assert "**Decision: ! In conflict**" in sheet
    assert "(pass, Asha Patel, 2026-03-02, attempt 1):\n\n> It boils." in sheet
    assert "(refer, Ben Whitlock, 2026-03-02, attempt 1):\n\n> Lukewarm." in sheet
    assert "1 open, 1 in conflict of 2" in sheet


def test_a_decision_after_the_closing_is_not_hidden() -> None:
    record = Record()
    for number in ("1.1", "1.2", "2.1"):
        record.mark(number)
    late = marking.decide(record.act(BEN), TEA, record.portfolio, "2.1", Result.REFER, "Spilt.")
    record.close("")
    record.add(late)
    assert "that this outcome does not rest on" in record.sheet()


def test_a_wording_that_changed_since_is_said() -> None:
    record = Record()
    old = Unit(
        "T-101", "Making Tea", version="2026-01", outcomes=(LearningOutcome(1, "", (Criterion("1.1", "Boil"),)),)
    )
    record.mark("1.1", unit=old)
    assert "*Decided on another wording: Boil*" in record.sheet()


def test_a_member_who_left_is_named_by_their_id() -> None:
    record = Record()
    record.mark("1.1", note="It boils.")
    assert "(asha, 2026-03-02, attempt 1)" in record.sheet(centre=CentreDetails("1", "Alone"))


MARKED = Unit(
    "T-101",
    "Making Tea",
    version="2026-01",
    outcomes=(
        LearningOutcome(
            1,
            "Make tea",
            (
                Criterion("1.1", "Boil the water", marks=Marks(20, 10)),
                Criterion("1.2", "Warm the pot", marks=Marks(10, 5)),
                Criterion("1.3", "Pour the tea"),
            ),
        ),
    ),
)


def test_marks_are_shown_with_each_conversion_and_a_total_that_rescues_nothing() -> None:
    record = Record()
    for number, marks, note in (("1.1", 20, ""), ("1.2", 4, "The pot is cold.")):
        record.add(marking.decide_by_marks(record.act(), MARKED, record.portfolio, number, marks, note))
    record.mark("1.3", unit=MARKED)
    sheet = record.sheet(MARKED)
    assert "**Decision: ✓ Pass**\n\n20 of 20 marks, 10 to pass: Pass\n\nAssessor feedback" in sheet
    assert "**Decision: ✗ Referral**\n\n4 of 10 marks, 5 to pass: Referral\n\nAssessor feedback" in sheet
    assert (
        "Marks in total: 24 of 30, over 2 of 3 criteria. "
        "The total rescues nothing: a criterion below its own minimum is referred.\n" in sheet
    )


def test_a_sheet_without_marks_has_no_total() -> None:
    record = Record()
    record.mark("1.1", unit=MARKED)
    assert "marks" not in record.sheet(MARKED)


def test_a_decision_in_an_assignment_names_it_and_its_task() -> None:
    record = Record()
    occasion = Occasion("8580-IA-CERT", 2)
    record.add(marking.decide(record.act(), TEA, record.portfolio, "1.1", Result.PASS, "", occasion=occasion))
    assert "(Asha Patel, 2026-03-02, attempt 1, decided in 8580-IA-CERT, task 2):" in record.sheet()


def test_a_closed_unit_says_when_its_feedback_was_released() -> None:
    record = Record()
    for number in ("1.1", "1.2", "2.1"):
        record.mark(number)
    record.close("Good.")
    assert "released" not in record.sheet()
    told = feedback_on_unit(TEA, record.portfolio).units[0]
    record.add(release(record.act(), Policy(), told, record.portfolio, "# Feedback"))
    assert "> Good.\n\nFeedback released to the learner by Asha Patel on 2026-03-02.\n" in record.sheet()


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["# x", "a #", "a\n# b", "| a |\n|---|", "a\n===", "</p><h1>x</h1>", "\n\n## Outcome\n\n**PASS**", "```\n# x"]
    ),
)


@given(note=HOSTILE, feedback=HOSTILE, name=HOSTILE, title=HOSTILE, wording=HOSTILE, form=HOSTILE)
def test_nobodys_text_adds_a_heading_or_a_row(
    note: str, feedback: str, name: str, title: str, wording: str, form: str
) -> None:
    record = Record()
    record.add(declare(record.act(), Declared(form + "x")))
    record.mark("1.1", Result.REFER, note + "x")
    record.mark("1.2")
    record.mark("2.1")
    record.close(feedback)
    unit = Unit(
        "T-101",
        title,
        version="2026-01",
        outcomes=(LearningOutcome(1, title, (Criterion("1.1", wording, (Descriptor(Standing.PASS, wording),)),)),),
    )
    member = Member("asha", name, frozenset({Role.ASSESSOR}))
    sheet = record.sheet(unit, Learner("AAA1", name), CentreDetails("1", name, members=(member,)))
    wanted = ["Mark sheet T-101 {}", "Statements", "LO1 {}", "1.1 {}", "Outcome"]
    texts = [title, "", title, wording, ""]
    assert headings(sheet) == [form.format(one_line(text)).rstrip() for form, text in zip(wanted, texts, strict=True)]
    kinds = [token.type for token in MarkdownIt("commonmark").enable("table").parse(sheet)]
    assert (kinds.count("table_open"), kinds.count("tr_open")) == (2, 10)
    assert kinds.count("html_block") == kinds.count("fence") == kinds.count("code_block") == kinds.count("hr") == 0


def _verified(said: Said) -> Record:
    record = Record()
    for number in ("1.1", "1.2", "2.1"):
        record.mark(number)
    record.close("Sound.")
    record.add(verification.sample(record.act(INES), TEA, record.portfolio, "routine"))
    record.add(verification.verify(record.act(INES), TEA, record.portfolio, said))
    return record


@pytest.mark.parametrize("said", [Said(True), Said(agreed=("1.1",))])
def test_a_sheet_names_the_verifier_and_the_day_however_the_unit_was_verified(said: Said) -> None:
    sheet = _verified(said).sheet()
    assert "| Internal verifier | Inês Carvalho | " in sheet
    assert "verified, attempt 1: agrees" in sheet
