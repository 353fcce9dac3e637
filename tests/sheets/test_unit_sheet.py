from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Marks, Standing, Unit
from markterm.sheets.reading import SheetReading
from markterm.sheets.unit_sheet import read_unit
from tests.examples import examples

DATA = Path(__file__).parent / "data"
PLAIN = (DATA / "plain.md").read_text(encoding="utf-8")
WRAPPED = (DATA / "wrapped.md").read_text(encoding="utf-8")
HEAD = "---\nkind: unit\ncode: X-1\ntitle: X\n---\n"


def unit_of(text: str) -> Unit:
    reading = read_unit(text)
    assert reading.sheet is not None
    assert reading.findings == ()
    return reading.sheet


def test_a_plain_sheet_is_read_whole() -> None:
    refer, passed, good = Standing.REFER, Standing.PASS, Standing.GOOD
    plan = (
        Descriptor(refer, "the plan has no aim"),
        Descriptor(passed, "aim, points, time and place are planned"),
        Descriptor(good, "questions from the team are foreseen"),
    )
    review = Criterion(
        "1.2",
        "Review the briefing with somebody who was there",
        (Descriptor(refer, "no second person is involved"),),
        ("LSICM01 K14", "LSICM03 P3"),
        Marks(20, 10),
    )
    run = (Criterion("1.1", "Plan a briefing for own team", plan), review)
    assert unit_of(PLAIN) == Unit(
        code="DEMO-001",
        title="Running a Team Briefing",
        level=3,
        credit=1,
        glh=4,
        version="2026-01",
        guidance="Free text for the assessor.",
        outcomes=(
            LearningOutcome(1, "Be able to run a team briefing", run),
            LearningOutcome(
                2, "Be able to follow a briefing up", (Criterion("2.1", "Send a summary of the briefing"),)
            ),
        ),
    )


def test_a_sheet_wrapped_by_hand_is_read_with_its_lines_joined() -> None:
    unit = unit_of(WRAPPED)
    first = unit.criterion("1.1")
    assert first is not None
    assert first.text == "Explain what feedback is for, in own words and with an example"
    assert [descriptor.text for descriptor in first.descriptors] == [
        "only a definition, without an example",
        "a purpose and an example",
    ]
    assert [criterion.number for criterion in unit.criteria] == ["1.1", "1.10", "P1", "M1"]
    assert unit.title == "Feedback: giving and taking it"
    assert unit.version == "1.10"
    assert unit.outcomes[1].title == "Be able to give feedback"


def test_free_text_is_kept_as_written_wherever_it_stands() -> None:
    guidance = unit_of(WRAPPED).guidance
    assert guidance.startswith(
        "Read this first: it is wrapped\nby hand, and has a list of its own.\n\n1. one\n2. two\n\n```\n"
    )
    assert (
        "```\n\nLook at the log before you mark.\n\nAsk, if the log is missing.\n\n### What was observed\n\n|"
        in guidance
    )
    assert guidance.endswith("| yes  | jb |")


@pytest.mark.parametrize("number", ["1.1", "1.10", "P1", "M2", "A.P1", "1.2.3", "1.1a", "K1"])
def test_every_shape_of_number_is_read(number: str) -> None:
    unit = unit_of(f"{HEAD[:-4]}graded: no\n---\n## LO1 Know\n\n- **{number}** Say\n")
    assert [criterion.number for criterion in unit.criteria] == [number]


def test_wording_is_kept_as_written() -> None:
    wording = r"Use *both* \* and `x`  <b> & &amp; [a](b) “quotes” 1 < 2"
    (criterion,) = unit_of(f"{HEAD}## LO1 *Know*\n\n- **1.1** {wording}\n").criteria
    assert criterion.text == wording


def test_a_byte_order_mark_and_any_line_ends_make_no_difference() -> None:
    for source in ("\ufeff" + PLAIN, PLAIN.replace("\n", "\r\n"), PLAIN.replace("\n", "\r")):
        reading = read_unit(source)
        assert reading.sheet == unit_of(PLAIN)
        assert reading.findings == ()
        assert reading.source == source


def test_level_credit_and_hours_are_optional() -> None:
    unit = unit_of(f"{HEAD}## LO1 Know\n\n- **1.1** Say\n")
    assert (unit.level, unit.credit, unit.glh, unit.version, unit.guidance) == (None, None, None, "", "")


@pytest.mark.parametrize(
    "text", ["", PLAIN.replace("kind: unit", "kind: learner"), PLAIN.replace("code: DEMO-001", "")]
)
def test_a_sheet_that_does_not_say_which_unit_it_is_gives_none(text: str) -> None:
    assert read_unit(text).sheet is None


def test_a_sheet_with_errors_is_read_as_far_as_it_can_be() -> None:
    reading = read_unit(PLAIN.replace("**1.2**", "**1.2").replace("title: Running a Team Briefing", "title:"))
    assert reading.sheet is not None
    assert [criterion.number for criterion in reading.sheet.criteria] == ["1.1", "2.1"]


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert isinstance(read_unit(text), SheetReading)
    assert isinstance(read_unit(HEAD + text), SheetReading)


_MARKUP = [
    "\n",
    " ",
    "  ",
    "\t",
    "---\n",
    "- ",
    "* ",
    "1. ",
    "**",
    "**1.1**",
    "## LO1 ",
    "# ",
    "LO",
    ":",
    "{1/2}",
    ">",
    "|",
]
_SNIPPETS = [*_MARKUP, "```\n", "pass: ", "refer:", "standards: ", "[", "&a ", "\x1b", "\u202e", "\r", "\\", "\ud800"]


@settings(deadline=None, max_examples=examples(80))
@given(
    st.sampled_from([PLAIN, WRAPPED]),
    st.lists(
        st.tuples(st.integers(0, 700), st.integers(0, 30), st.sampled_from(_SNIPPETS) | st.text(max_size=5)), max_size=6
    ),
)
def test_no_slip_in_a_sheet_makes_the_reader_fail(text: str, slips: list[tuple[int, int, str]]) -> None:
    for place, length, instead in slips:
        text = text[:place] + instead + text[place + length :]
    reading = read_unit(text)
    lines = text.count("\n") + text.count("\r") + 1
    assert reading.source == text
    assert all(1 <= (finding.line or 1) <= lines for finding in reading.findings)
    assert all(1 <= first <= last <= lines for first, last in reading.places.values())


def test_a_unit_is_regulated_unless_its_sheet_says_that_it_is_not() -> None:
    def regulated(line: str) -> bool:
        unit = read_unit(
            f"---\nkind: unit\ncode: OWN-1\ntitle: Tea\n{line}---\n\n## LO1 Brew\n\n- **1.1** Boil.\n"
        ).sheet
        assert unit is not None
        return unit.regulated

    assert [regulated(line) for line in ("", "regulated: yes\n", "regulated: no\n", "regulated: nope\n")] == [
        *(True, True, False, True)
    ]
