"""The evidence that a closing rests on: submitted before, fixed with it, or a reason why there is none."""

from __future__ import annotations

import pytest

from markterm.domain.record.event import Event, Json, Kind, Subject
from markterm.domain.record.portfolio import EMPTY_UNIT, Portfolio, UnitRecord, fold
from markterm.domain.record.submission import Changes, handed_in
from markterm.domain.rules.act import Act
from markterm.domain.rules.closing_evidence import PLAIN, Basis, Terms, closed_on, closing_evidence, fixed_at_closing
from markterm.domain.rules.marking import close
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, decision, declaration

FILES = {"log.md": "1", "essay.md": "2"}
SWAPPED = {"log.md": "9", "essay.md": "2"}
SEEN_IN_PERSON = Terms(no_evidence=" seen in person ")


def act(uid: str = "fix") -> Act:
    return Act(ASSESSOR, LEARNER, AT, uid)


def submission(files: dict[str, str], uid: str = "s", attempt: int = 1, **more: Json) -> Event:
    body: dict[str, Json] = {"attempt": attempt, "files": dict(files), **more}
    return Event(uid, Kind.SUBMITTED.value, LEARNER, AT, "jm", "assessor", Subject(KEY), body)


def record(*events: Event) -> UnitRecord:
    return fold(events).unit(KEY)


def fixed(before: UnitRecord, files: dict[str, str], terms: Terms = PLAIN) -> Event | None:
    return fixed_at_closing(act(), UNIT, before, closing_evidence(before, files), terms)


def test_evidence_that_nobody_submitted_is_fixed_and_says_that_it_was_at_the_closing() -> None:
    event = fixed(EMPTY_UNIT, FILES)
    assert event is not None
    assert (event.kind, event.subject, event.supersedes) == (Kind.SUBMITTED, Subject(KEY), ())
    assert event.body == {"attempt": 1, "files": FILES, "at_closing": True}
    after = record(event).submission
    assert after is not None
    assert (after.files, after.at_closing, after.no_evidence) == (FILES, True, "")
    assert handed_in(event) == "evidence fixed at closing: attempt 1, 2 files"


def test_what_was_submitted_and_not_changed_stands() -> None:
    assert fixed(record(submission(FILES)), FILES) is None


def test_changed_evidence_is_neither_taken_nor_passed_over_unless_somebody_says_which() -> None:
    before = record(submission(FILES, authorised_by="ines"))
    with pytest.raises(Refused, match=r"1 changed .*changed log\.md"):
        fixed(before, SWAPPED)
    assert fixed(before, SWAPPED, Terms(Basis.SUBMITTED)) is None
    now = fixed(before, SWAPPED, Terms(Basis.NOW))
    assert now is not None
    assert (now.supersedes, now.body["files"], now.body["authorised_by"]) == (("s",), SWAPPED, "ines")


def test_an_account_that_came_since_it_was_submitted_is_fixed_without_a_question_and_nothing_else_is() -> None:
    before = record(submission(FILES))
    come = {**FILES, "records of assessment/seen.md": "c" * 64}
    evidence = closing_evidence(before, come, kept=["c" * 64])
    event = fixed_at_closing(act(), UNIT, before, evidence, PLAIN)
    assert not evidence.asks_basis
    assert event is not None
    assert event.body["files"] == come
    for files, kept in ((come, ()), ({**SWAPPED, "records of assessment/seen.md": "c" * 64}, ("c" * 64,))):
        with pytest.raises(Refused, match="changed since it was submitted"):
            fixed_at_closing(act(), UNIT, before, closing_evidence(before, files, kept=kept), PLAIN)


def test_a_submission_of_an_earlier_attempt_fixes_nothing_of_this_one() -> None:
    passed = decision("d")
    later = Event("d", "decided", LEARNER, AT, "jm", "assessor", Subject(KEY, "1.1"), {**passed.body, "attempt": 2})
    before = record(submission(FILES), later)
    event = fixed(before, FILES)
    assert event is not None
    assert (event.body["attempt"], event.supersedes) == (2, ())


def test_an_empty_folder_needs_a_reason_which_is_recorded() -> None:
    for terms in (PLAIN, Terms(no_evidence="  "), Terms(Basis.NOW)):
        with pytest.raises(Refused, match="no file that the decisions could rest on"):
            fixed(EMPTY_UNIT, {}, terms)
    event = fixed(EMPTY_UNIT, {}, SEEN_IN_PERSON)
    assert event is not None
    assert event.body == {"attempt": 1, "files": {}, "at_closing": True, "no_evidence": "seen in person"}
    assert handed_in(event) == "evidence fixed at closing: attempt 1, 0 files (seen in person)"
    assert fixed(record(event), {}) is None, "it is not asked again"
    with pytest.raises(Refused, match="1 added"):
        fixed(record(event), {"late.md": "3"})


def test_evidence_that_was_taken_away_needs_a_reason_when_the_closing_is_to_rest_on_what_is_there_now() -> None:
    before = record(submission(FILES))
    with pytest.raises(Refused, match="no file that the decisions could rest on"):
        fixed(before, {}, Terms(Basis.NOW))
    assert fixed(before, {}, Terms(Basis.NOW, "seen in person")) is not None
    assert fixed(before, {}, Terms(Basis.SUBMITTED)) is None


def test_a_reason_why_there_is_none_is_refused_where_there_is_some() -> None:
    with pytest.raises(Refused, match="2 files are handed in"):
        fixed(EMPTY_UNIT, FILES, SEEN_IN_PERSON)


def test_only_what_the_person_was_told_of_is_fixed() -> None:
    assert fixed(EMPTY_UNIT, FILES, Terms(seen=FILES)) is not None
    with pytest.raises(Refused, match="others than a moment ago"):
        fixed(EMPTY_UNIT, SWAPPED, Terms(seen=FILES))
    with pytest.raises(Refused, match="others than a moment ago"):
        fixed(record(submission(FILES)), SWAPPED, Terms(Basis.SUBMITTED, seen=FILES))


def decided(*events: Event) -> Portfolio:
    return fold([*events, declaration(), *(decision(f"d{number}", number) for number in ("1.1", "1.2", "2.1"))])


def test_a_closing_names_the_submission_it_rests_on_and_what_had_changed_by_then() -> None:
    portfolio = decided(submission(FILES))
    closing = close(act("c"), UNIT, portfolio, "Sound.")
    before = portfolio.unit(KEY)
    evidence = closing_evidence(before, SWAPPED)
    event = closed_on(closing, before, Terms(Basis.SUBMITTED), evidence)
    assert event.body == {**closing.body, "submission": "s", "evidence_changed": ["changed log.md"]}
    after = portfolio.with_event(event).unit(KEY).closing
    assert after is not None
    assert after.evidence_changed == ("changed log.md",)
    plain = closed_on(closing, before, PLAIN, closing_evidence(before, FILES))
    assert plain.body == {**closing.body, "submission": "s"}


def test_changes_are_named_in_one_line_as_far_as_there_is_room() -> None:
    found = Changes(("a", "b"), ("c",), ("d",), (("e", "f"),))
    assert list(found.lines()) == ["added a", "added b", "changed c", "removed d", "renamed e to f"]
    assert found.named(3) == "added a; added b; changed c; and 2 more"
    assert found.named() == "added a; added b; changed c; removed d; renamed e to f"
