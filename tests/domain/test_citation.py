"""Citations and submissions: words that stay tied to a decision whatever becomes of the file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain import marking
from markterm.domain.citation import Passage, Presence, presence
from markterm.domain.errors import Refused, WrongUse
from markterm.domain.event import Event, Result, Subject
from markterm.domain.handed_in import handed_in
from markterm.domain.marking import Act
from markterm.domain.member import Member
from markterm.domain.portfolio import CriterionRecord, Portfolio, UnitState, fold, unit_state
from markterm.domain.submission import Changes, changes
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, VERIFIER, decision, withdrawal

LOG = Passage("log.docx", "aa" * 32, 12, 14, "Met Sam for 90 minutes.", "page 4", ("Sessions", "Second session"))
NOTHING = Portfolio()
ALL_PASSED = fold([decision("a", "1.1"), decision("b", "1.2"), decision("c", "2.1")])


def act(uid: str = "cited", member: Member | None = ASSESSOR) -> Act:
    return Act(member, LEARNER, AT, uid)


def cited(portfolio: Portfolio = NOTHING, passage: Passage = LOG, uid: str = "cited") -> Portfolio:
    return portfolio.with_event(marking.cite(act(uid), UNIT, portfolio, "1.1", passage))


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
        marking.cite(act("again"), UNIT, cited(), "1.1", replace(LOG, file="renamed.docx"))


def test_a_citation_that_was_taken_back_stays_in_the_record() -> None:
    before = cited()
    after = before.with_event(marking.take_back(act("back"), UNIT, before, "1.1", LOG))
    assert record(after).citations == ()
    assert [event.kind for event in record(after).events] == ["cited", "withdrawn"]


def test_taking_a_citation_back_leaves_the_decision() -> None:
    before = cited(ALL_PASSED)
    after = before.with_event(marking.take_back(act("back"), UNIT, before, "1.1", LOG))
    assert record(after).decision is not None


def test_withdrawing_the_decision_leaves_the_citation() -> None:
    after = fold([*record(cited(fold([decision("a")]))).events, withdrawal("w", "a")])
    assert (record(after).standing, len(record(after).citations)) == ((), 1)


def test_what_is_not_cited_is_not_taken_back() -> None:
    with pytest.raises(Refused, match="does not cite"):
        marking.take_back(act(), UNIT, NOTHING, "1.1", LOG)


@pytest.mark.parametrize("verb", [marking.cite, marking.take_back])
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


@given(st.builds(Passage, st.text(), st.text(), st.integers(1), st.integers(1), st.text(), st.text(), st.just(("A",))))
def test_a_passage_survives_the_record(passage: Passage) -> None:
    assert Passage.of_body(passage.as_body()) == passage


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"log.docx": LOG.sha256}, (Presence.THERE, "log.docx")),
        ({"log.docx": LOG.sha256, "copy.docx": LOG.sha256}, (Presence.THERE, "log.docx")),
        ({"old/log.docx": LOG.sha256}, (Presence.RENAMED, "old/log.docx")),
        ({"log.docx": "bb" * 32, "old/log.docx": LOG.sha256}, (Presence.RENAMED, "old/log.docx")),
        ({"log.docx": "bb" * 32}, (Presence.CHANGED, "log.docx")),
        ({}, (Presence.GONE, "")),
    ],
)
def test_a_citation_follows_the_bytes_and_not_the_name(files: dict[str, str], found: tuple[Presence, str]) -> None:
    assert presence(LOG, files) == found


# Submissions

FILES = {"log.docx": "1", "diary.md": "2"}


def submitted(attempt: int | None = None, uid: str = "sub", portfolio: Portfolio = NOTHING) -> Portfolio:
    return portfolio.with_event(marking.submit(act(uid), UNIT, portfolio, FILES, attempt))


def test_a_submission_fixes_the_files_and_the_attempt() -> None:
    submission = submitted().unit(KEY).submission
    assert submission is not None
    assert (submission.attempt, submission.files, submission.actor) == (1, FILES, "jm")


def test_the_next_attempt_is_the_one_that_is_marked() -> None:
    portfolio = submitted(2, "two", submitted())
    assert portfolio.unit(KEY).attempt == 2
    assert marking.decide(act("d"), UNIT, portfolio, "1.1", Result.PASS, "").body["attempt"] == 2


def test_the_same_attempt_again_replaces_the_submission_and_keeps_it() -> None:
    portfolio = submitted(None, "two", submitted())
    assert portfolio.unit(KEY).attempt == 1
    assert [event.supersedes for event in portfolio.unit(KEY).events] == [(), ("sub",)]


@pytest.mark.parametrize("attempt", [0, 3, 99])
def test_no_attempt_is_skipped(attempt: int) -> None:
    with pytest.raises(Refused, match="is at attempt 1"):
        submitted(attempt)


def test_a_submission_without_files_and_one_of_a_closed_unit_are_refused() -> None:
    with pytest.raises(Refused, match="no evidence"):
        marking.submit(act(), UNIT, NOTHING, {})
    closed = ALL_PASSED.with_event(marking.close(act("closing"), UNIT, ALL_PASSED, ""))
    with pytest.raises(Refused, match="closed"):
        marking.submit(act(), UNIT, closed, FILES)


def test_a_submission_does_not_reopen_a_closed_unit() -> None:
    late = marking.submit(act(), UNIT, ALL_PASSED, FILES)
    closed = ALL_PASSED.with_event(marking.close(act("closing"), UNIT, ALL_PASSED, ""))
    assert closed.with_event(late).unit(KEY).closing is not None


def test_files_are_added_changed_removed_and_renamed() -> None:
    now = {"log.docx": "other", "new.md": "9", "my diary.md": "2"}
    found = changes({**FILES, "gone.md": "7"}, now)
    assert found == Changes(("new.md",), ("log.docx",), ("gone.md",), (("diary.md", "my diary.md"),))
    assert str(found) == "1 added, 1 changed, 1 removed, 1 renamed"
    assert [found.of(name) for name in now] == ["changed", "added", "renamed"]


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("123")))
def test_nothing_changed_when_the_files_are_the_same(files: dict[str, str]) -> None:
    assert not changes(files, files)


@given(*[st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("123"))] * 2)
def test_every_file_is_told_of_once(before: dict[str, str], now: dict[str, str]) -> None:
    found = changes(before, now)
    old, new = [name for name, _ in found.renamed], [name for _, name in found.renamed]
    assert sorted([*found.removed, *old]) == sorted(before.keys() - now.keys())
    assert sorted([*found.added, *new]) == sorted(now.keys() - before.keys())
    assert set(found.changed) == {name for name in before.keys() & now.keys() if before[name] != now[name]}


def test_file_names_say_unit_and_attempt() -> None:
    files = {
        "R Jones-JON2041-012345-501(2).docx": "1",
        "R Jones-JON2041-012345-503(1).docx": "2",
        "diary.md": "3",
    }
    chosen, attempt = handed_in(files, "8580-501")
    assert (sorted(chosen), attempt) == (["R Jones-JON2041-012345-501(2).docx", "diary.md"], 2)
    assert handed_in({"diary.md": "3"}, "8580-501") == ({"diary.md": "3"}, None)
