from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Marks, Standing, Unit
from markterm.domain.words.errors import WrongUse
from markterm.sheets.unit_sheet import read_unit
from markterm.sheets.unit_writer import UNIT_WRITER
from tests.examples import examples
from tests.seen_text import seen_text

DATA = Path(__file__).parent / "data"
PLAIN = (DATA / "plain.md").read_text(encoding="utf-8")
WRAPPED = (DATA / "wrapped.md").read_text(encoding="utf-8")

_words = seen_text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=30)
_lines = _words.map(lambda text: " ".join(text.split())).filter(bool)
# What a sheet gives a meaning of its own: marks at the end, and a comma between links.
_texts = _lines.filter(lambda text: not text.endswith("}"))
_links = st.lists(_lines.filter(lambda text: "," not in text), max_size=3).map(tuple)
_counts = st.none() | st.integers(0, 400)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Units that a sheet can hold."""
    outcomes = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        criteria = []
        for second in range(1, draw(st.integers(1, 3)) + 1):
            standings = draw(st.lists(st.sampled_from(Standing), unique=True))
            descriptors = tuple(Descriptor(standing, draw(_lines)) for standing in standings)
            marks = draw(st.none() | st.builds(Marks, st.integers(10, 99), st.integers(0, 10)))
            criteria.append(Criterion(f"{number}.{second}", draw(_texts), descriptors, draw(_links), marks))
        outcomes.append(LearningOutcome(number, draw(_lines), tuple(criteria)))
    return Unit(
        code=draw(_lines),
        title=draw(_lines),
        level=draw(_counts),
        credit=draw(_counts),
        glh=draw(_counts),
        version=draw(st.just("") | _words),
        guidance="\n\n".join(
            draw(st.lists(st.from_regex(r"[A-Za-z][A-Za-z .,\n]{0,40}[a-z.]", fullmatch=True), max_size=2))
        ),
        outcomes=tuple(outcomes),
    )


def read(text: str) -> Unit:
    unit = read_unit(text).sheet
    assert unit is not None
    return unit


def changed_lines(before: str, after: str) -> list[str]:
    differences = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    return [line for line in differences[2:] if not line.startswith("@@")]


def with_criterion(unit: Unit, number: str, criterion: Criterion | None) -> Unit:
    """`unit` with that criterion replaced, or taken out."""
    outcomes = []
    for outcome in unit.outcomes:
        kept = [criterion if old.number == number else old for old in outcome.criteria]
        outcomes.append(replace(outcome, criteria=tuple(each for each in kept if each is not None)))
    return replace(unit, outcomes=tuple(outcomes))


def criterion_of(unit: Unit, number: str) -> Criterion:
    criterion = unit.criterion(number)
    assert criterion is not None
    return criterion


@settings(deadline=None, max_examples=examples(30))
@given(units())
def test_a_written_unit_is_read_back_as_it_was(unit: Unit) -> None:
    assert read(UNIT_WRITER.render(unit)) == unit


@settings(deadline=None, max_examples=examples(20))
@given(units(), units())
def test_a_sheet_changed_to_say_another_unit_says_it(before: Unit, after: Unit) -> None:
    reading = read_unit(UNIT_WRITER.render(before))
    assert read(UNIT_WRITER.rewrite(reading, after)) == after
    assert UNIT_WRITER.rewrite(reading, before) == reading.source


def test_the_plain_form_of_a_plain_sheet_is_that_sheet() -> None:
    assert UNIT_WRITER.render(read(PLAIN)) == PLAIN


@pytest.mark.parametrize("sheet", [PLAIN, WRAPPED, PLAIN.replace("\n", "\r\n"), "\ufeff" + WRAPPED, PLAIN.rstrip("\n")])
def test_a_sheet_with_nothing_changed_stays_byte_for_byte(sheet: str) -> None:
    reading = read_unit(sheet)
    assert reading.sheet is not None
    assert reading.findings == ()
    assert UNIT_WRITER.rewrite(reading, reading.sheet) == sheet


def test_one_changed_descriptor_touches_only_its_line() -> None:
    unit = read(PLAIN)
    old = criterion_of(unit, "1.1")
    new = replace(old, descriptors=(*old.descriptors[:2], Descriptor(Standing.GOOD, "more")))
    assert changed_lines(PLAIN, UNIT_WRITER.rewrite(read_unit(PLAIN), with_criterion(unit, "1.1", new))) == [
        "-  - good: questions from the team are foreseen",
        "+  - good: more",
    ]


def test_a_changed_criterion_wrapped_by_hand_touches_only_its_lines_and_keeps_its_marker() -> None:
    unit = read(WRAPPED)
    new = replace(criterion_of(unit, "1.1"), text="Say what feedback is for")
    assert changed_lines(WRAPPED, UNIT_WRITER.rewrite(read_unit(WRAPPED), with_criterion(unit, "1.1", new))) == [
        "-*   **1.1** Explain what feedback is for,",
        "-    in own words and with",
        "-    an example",
        "+*   **1.1** Say what feedback is for",
    ]


def test_a_changed_value_touches_only_its_line_and_a_remark_beside_it_stays() -> None:
    after = UNIT_WRITER.rewrite(read_unit(WRAPPED), replace(read(WRAPPED), version="1.20", glh=7))
    assert changed_lines(WRAPPED, after) == ["-version: 1.10", "+glh: 7", "+version: 1.20"]


def test_a_new_title_changes_the_front_matter_and_the_heading() -> None:
    assert changed_lines(
        PLAIN, UNIT_WRITER.rewrite(read_unit(PLAIN), replace(read(PLAIN), title="Briefing: a start"))
    ) == [
        "-title: Running a Team Briefing",
        '+title: "Briefing: a start"',
        "-# DEMO-001 Running a Team Briefing",
        "+# DEMO-001 Briefing: a start",
    ]


def test_a_new_title_leaves_a_sheet_without_heading_as_it_is() -> None:
    after = UNIT_WRITER.rewrite(read_unit(WRAPPED), replace(read(WRAPPED), title="Feedback"))
    assert changed_lines(WRAPPED, after) == ['-title: "Feedback: giving and taking it"', "+title: Feedback"]


def test_an_outcome_that_ends_in_a_hash_keeps_it() -> None:
    unit = Unit("X", "X", outcomes=(LearningOutcome(1, "Write in C #", (Criterion("1.1", "Write"),)),))
    assert read(UNIT_WRITER.render(unit)) == unit


def test_an_added_criterion_and_descriptor_touch_no_other_line() -> None:
    unit = read(PLAIN)
    old = criterion_of(unit, "2.1")
    added = Criterion("2.2", "Ask for a reply", (Descriptor(Standing.PASS, "a reply is asked for"),))
    last = unit.outcomes[1]
    more = replace(last, criteria=(replace(old, descriptors=(Descriptor(Standing.PASS, "it is sent"),)), added))
    assert UNIT_WRITER.rewrite(read_unit(PLAIN), replace(unit, outcomes=(unit.outcomes[0], more))) == PLAIN + (
        "  - pass: it is sent\n- **2.2** Ask for a reply\n  - pass: a reply is asked for\n"
    )


def test_an_added_outcome_touches_no_other_line_even_if_the_last_one_has_no_end() -> None:
    unit = read(PLAIN)
    third = LearningOutcome(3, "Be able to stop", (Criterion("3.1", "Stop"),))
    after = UNIT_WRITER.rewrite(read_unit(PLAIN.rstrip("\n")), replace(unit, outcomes=(*unit.outcomes, third)))
    assert after == PLAIN + "\n## LO3 Be able to stop\n\n- **3.1** Stop\n"


def test_a_criterion_taken_out_takes_its_descriptors_with_it() -> None:
    assert changed_lines(PLAIN, UNIT_WRITER.rewrite(read_unit(PLAIN), with_criterion(read(PLAIN), "1.2", None))) == [
        "-- **1.2** Review the briefing with somebody who was there {20/10}",
        "-  - refer: no second person is involved",
        "-  - standards: LSICM01 K14, LSICM03 P3",
    ]


def test_changed_guidance_touches_only_its_lines() -> None:
    after = UNIT_WRITER.rewrite(read_unit(PLAIN), replace(read(PLAIN), guidance="- one\n- two"))
    assert changed_lines(PLAIN, after) == ["-Free text for the assessor.", "+- one", "+- two"]


def test_a_changed_sheet_keeps_its_line_ends_and_its_byte_order_mark() -> None:
    source = "\ufeff" + PLAIN.replace("\n", "\r\n")
    after = UNIT_WRITER.rewrite(read_unit(source), replace(read(PLAIN), credit=2))
    assert after == source.replace("credit: 1", "credit: 2")


def test_a_change_of_order_writes_the_sheet_anew_and_loses_no_free_text() -> None:
    unit = read(WRAPPED)
    last = unit.outcomes[1]
    turned = replace(unit, outcomes=(unit.outcomes[0], replace(last, criteria=last.criteria[::-1])))
    after = UNIT_WRITER.rewrite(read_unit("\ufeff" + WRAPPED.replace("\n", "\r\n")), turned)
    assert after.startswith("\ufeff---\r\nkind: unit\r\n")
    assert read(after) == turned


def test_free_text_that_stands_in_several_places_can_be_changed() -> None:
    changed = replace(read(WRAPPED), guidance="One text.")
    assert read(UNIT_WRITER.rewrite(read_unit(WRAPPED), changed)) == changed


def test_an_empty_value_is_filled_in_where_it_stands() -> None:
    sheet = PLAIN.replace("version: 2026-01", "version:")
    assert UNIT_WRITER.rewrite(read_unit(sheet), replace(read(sheet), version="2026-01")) == PLAIN


def test_a_sheet_of_no_unit_is_written_anew() -> None:
    assert UNIT_WRITER.rewrite(read_unit("nothing"), read(PLAIN)) == PLAIN


@pytest.mark.parametrize(
    "unit",
    [
        Unit("", "No code"),
        Unit("X", "Two lines", outcomes=(LearningOutcome(1, "Know", (Criterion("1.1", "a\nb"),)),)),
        Unit(
            "X", "Same number", outcomes=(LearningOutcome(1, "Know", (Criterion("1.1", "a"), Criterion("1.1", "b"))),)
        ),
        Unit("X", "Not a number", outcomes=(LearningOutcome(1, "Know", (Criterion("one", "a"),)),)),
        Unit("X", "Unclosed", guidance="```", outcomes=(LearningOutcome(1, "Know", (Criterion("1.1", "a"),)),)),
    ],
)
def test_a_unit_that_no_sheet_can_hold_is_refused_and_not_written_differently(unit: Unit) -> None:
    with pytest.raises(WrongUse) as refusal:
        UNIT_WRITER.render(unit)
    assert refusal.value.title == "This unit cannot be written"
