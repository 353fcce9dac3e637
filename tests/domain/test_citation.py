"""Citations: words that stay tied to a decision whatever becomes of the file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.criterion import read_passage, write_passage
from markterm.domain.record.citation import CitedFile, Passage, cited_file
from markterm.domain.record.decision import CriterionRecord
from markterm.domain.record.event import Event, Result, Subject
from markterm.domain.record.outcome import unit_state
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import UnitState
from markterm.domain.rules import citing, marking
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_name
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, VERIFIER, decision, declaration, withdrawal

LOG = Passage("log.docx", "aa" * 32, 12, 14, "Met Sam for 90 minutes.", "page 4", ("Sessions", "Second session"))
NOTHING = Portfolio()
ALL_PASSED = fold([declaration(), decision("a", "1.1"), decision("b", "1.2"), decision("c", "2.1")])


def act(uid: str = "cited", member: Member | None = ASSESSOR) -> Act:
    return Act(member, LEARNER, AT, uid)


def cited(portfolio: Portfolio = NOTHING, passage: Passage = LOG, uid: str = "cited") -> Portfolio:
    return portfolio.with_event(citing.cite(act(uid), UNIT, portfolio, "1.1", passage))


def record(portfolio: Portfolio) -> CriterionRecord:
    return portfolio.unit(KEY).criterion("1.1")


def test_a_citation_keeps_the_file_its_hash_the_place_and_the_words() -> None:
    (citation,) = record(cited()).citations
    assert (citation.uid, citation.passage, citation.actor, citation.attempt) == ("cited", LOG, "jm", 1)
    assert citation.passage.locator == "page 4, Second session"


def test_an_open_criterion_with_a_citation_is_open_and_the_unit_is_being_marked() -> None:
    portfolio = cited()
    assert record(portfolio).state.value == "open"
    assert unit_state(UNIT, portfolio.unit(KEY)) is UnitState.MARKING


def test_a_decision_names_the_citations_that_it_rests_on() -> None:
    event = marking.decide(act("later"), UNIT, cited(), "1.1", Result.PASS, "")
    assert event.body["citations"] == ["cited"]


def test_a_passage_is_cited_after_the_decision_too() -> None:
    portfolio = cited(ALL_PASSED)
    assert [citation.uid for citation in record(portfolio).citations] == ["cited"]
    assert record(portfolio).decision is not None


def test_the_same_words_are_cited_once() -> None:
    with pytest.raises(Refused, match=r"cites renamed\.docx, page 4, Second session"):
        citing.cite(act("again"), UNIT, cited(), "1.1", replace(LOG, file="renamed.docx"))


def test_a_citation_that_was_taken_back_stays_in_the_record() -> None:
    before = cited()
    after = before.with_event(citing.take_back(act("back"), UNIT, before, "1.1", LOG))
    assert record(after).citations == ()
    assert [event.kind for event in record(after).events] == ["cited", "withdrawn"]


def test_taking_a_citation_back_leaves_the_decision() -> None:
    before = cited(ALL_PASSED)
    after = before.with_event(citing.take_back(act("back"), UNIT, before, "1.1", LOG))
    assert record(after).decision is not None


def test_withdrawing_the_decision_leaves_the_citation() -> None:
    after = fold([*record(cited(fold([decision("a")]))).events, withdrawal("w", "a")])
    assert (record(after).standing, len(record(after).citations)) == ((), 1)


def test_what_is_not_cited_is_not_taken_back() -> None:
    with pytest.raises(Refused, match="does not cite"):
        citing.take_back(act(), UNIT, NOTHING, "1.1", LOG)


@pytest.mark.parametrize("verb", [citing.cite, citing.take_back])
def test_only_an_approved_assessor_cites_and_only_in_an_open_unit(verb: object) -> None:
    closed = ALL_PASSED.with_event(marking.close(act("closing"), UNIT, ALL_PASSED, ""))
    assert callable(verb)
    with pytest.raises(Refused, match="closed"):
        verb(act(), UNIT, closed, "1.1", LOG)
    with pytest.raises(Refused, match="verifier"):
        verb(act(member=VERIFIER), UNIT, NOTHING, "1.1", LOG)
    with pytest.raises(WrongUse):
        verb(act(), UNIT, NOTHING, "9.9", LOG)


def test_a_citation_that_this_version_cannot_read_is_kept() -> None:
    strange = Event("x", "cited", LEARNER, AT, "jm", "assessor", Subject(KEY, "1.1"), {"file": 3})
    assert fold([strange]).unknown == (strange,)


# Of a name that two machines write differently one form is read: `tests/evidence/test_one_name.py`.
NAMES = st.text().map(one_name)


@given(st.builds(Passage, NAMES, st.text(), st.integers(1), st.integers(1), st.text(), st.text(), st.just(("A",))))
def test_a_passage_survives_the_record(passage: Passage) -> None:
    assert read_passage(write_passage(passage)) == passage


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"log.docx": LOG.sha256}, (CitedFile.THERE, "log.docx")),
        ({"log.docx": LOG.sha256, "copy.docx": LOG.sha256}, (CitedFile.THERE, "log.docx")),
        ({"old/log.docx": LOG.sha256}, (CitedFile.RENAMED, "old/log.docx")),
        ({"log.docx": "bb" * 32, "old/log.docx": LOG.sha256}, (CitedFile.RENAMED, "old/log.docx")),
        ({"log.docx": "bb" * 32}, (CitedFile.CHANGED, "log.docx")),
        ({}, (CitedFile.GONE, "")),
    ],
)
def test_a_citation_follows_the_bytes_and_not_the_name(files: dict[str, str], found: tuple[CitedFile, str]) -> None:
    assert cited_file(LOG, files) == found
