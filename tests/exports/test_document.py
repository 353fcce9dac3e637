"""Documents as values: what the record says stands in them, before anybody chose a form."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.learner import Learner
from markterm.domain.record.event import Result
from markterm.domain.record.states import CriterionState
from markterm.exports.document.brief import BriefLine, brief_lines
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.document.model import CriteriaTable, Run, plain, words
from markterm.exports.document.prose import paragraphs
from tests.exports.documents import LINES, TEXTS
from tests.exports.tea import CENTRE, TEA
from tests.exports.test_mark_sheet import Record

NUMBERS = ("1.1", "1.2", "2.1")
LEARNER = Learner("AAA1", "Rosalind Jones", units=("T-101",))


@given(st.dictionaries(st.sampled_from(NUMBERS), st.tuples(st.sampled_from(Result), TEXTS)))
def test_every_criterion_has_its_decision_and_note_word_for_word(decided: dict[str, tuple[Result, str]]) -> None:
    record = Record()
    marked = {
        number: (result, f"{note}x" if result is Result.REFER else note) for number, (result, note) in decided.items()
    }
    for number, (result, note) in marked.items():
        record.mark(number, result, note)
    document = completed_mark_sheet(CENTRE, LEARNER, TEA, record.portfolio, zone=UTC)
    rows = {row.number: row for block in document.blocks if isinstance(block, CriteriaTable) for row in block.rows}
    assert tuple(rows) == NUMBERS
    for number, row in rows.items():
        assert row.text == TEA.criterion(number).text  # type: ignore[union-attr]  # it is one of the unit's
        if number not in marked:
            assert (row.decision.state, row.feedback) == (CriterionState.OPEN, ())
            continue
        result, note = marked[number]
        assert row.decision.state is CriterionState(result.value)
        assert row.decision.letter == {"pass": "P", "refer": "R"}[result.value]
        (feedback,) = row.feedback
        assert " ".join(feedback.note.split()) == " ".join(note.split())
        assert "Asha Patel" in plain(feedback.by)


def test_what_nobody_may_overlook_is_a_caveat_and_whom_it_is_about_is_named() -> None:
    whole = completed_mark_sheet(CENTRE, LEARNER, TEA, Record().portfolio, zone=UTC)
    assert (whole.caveats, whole.about) == ((), "Rosalind Jones, AAA1")
    damaged = completed_mark_sheet(CENTRE, LEARNER, TEA, Record().portfolio, damaged=True, zone=UTC)
    assert damaged.caveats == ("The record behind this sheet is incomplete: decisions may be missing from it.",)


@given(LINES)
def test_a_line_is_clean_and_stays_what_it_is_when_it_is_made_again(line: str) -> None:
    once = plain(words(line))
    assert plain(words(once)) == once
    assert "\n" not in once
    assert "\x1b" not in once
    assert "\u202e" not in once


@given(TEXTS)
def test_paragraphs_have_every_word(text: str) -> None:
    told = paragraphs(text)
    assert all(lines and all(lines) for lines in told)
    assert paragraphs("\n\n".join("\n".join(lines) for lines in told)) == told


def test_empty_lines_part_paragraphs_and_line_ends_stay() -> None:
    assert paragraphs("\n one\r\ntwo \n \n\nthree\n") == (("one", "two"), ("three",))
    assert paragraphs(" \n") == ()


def test_a_brief_has_lists_and_words_that_stand_out_and_nothing_else() -> None:
    text = "# Head #\nSome **bold**, *it* and \\*no\\* <b>x</b>\n- one\n  - two\n    - three\n1. first"
    lines = list(brief_lines(text))
    assert [(line.marker, line.depth) for line in lines] == [("", 0), ("", 0), ("-", 0), ("-", 1), ("-", 2), ("1.", 0)]
    assert lines[0] == BriefLine("Head", heading=True)
    assert lines[0].words == (Run("Head", bold=True),)
    assert Run("bold", bold=True) in lines[1].words
    assert Run("it", italic=True) in lines[1].words
    assert plain(lines[1].words) == "Some bold, it and *no* <b>x</b>"
