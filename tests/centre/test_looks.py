"""Every look of an external quality assurer is noted, before anything of the learner is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.export.verification import Read
from markterm.centre.looks import Looks
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from markterm.domain.words.errors import NotSaved, WrongUse
from markterm.own.places import Places
from markterm.records.query import EVERYTHING
from tests.seeing import DAY, EXTERNAL, LIMITED, Open, notes, opening, registrations


@pytest.fixture
def opened(path: Path, places: Places) -> Iterator[Open]:
    yield from opening(path, places)


READING: dict[str, Callable[[Centre], object]] = {
    "a portfolio": lambda centre: centre.learners.portfolio("AAA1"),
    "a glance": lambda centre: centre.glances.of("AAA1"),
    "a history": lambda centre: centre.history.of("AAA1"),
    "a history with all": lambda centre: centre.history.of_learner("AAA1", EVERYTHING),
    "everybody's history": lambda centre: [each for each in centre.history.of_everybody(EVERYTHING) if each.every],
    "the last decisions": lambda centre: centre.history.recent(9),
    "a criterion across": lambda centre: list(centre.across.look(centre.sheets.units.named("T-101"), "1.1")),
    "evidence": lambda centre: centre.evidence.listed("AAA1"),
    "actions": lambda centre: [each for each in centre.actions.of_everybody() if each],
    "actions as listed": lambda centre: [
        each for each in centre.actions.listed(centre.caseload.rows, finished_too=True) if each
    ],
    "cases": lambda centre: [each for each in centre.cases.of_everybody() if each],
    "the log of verification": lambda centre: list(centre.verification_exports.reading(Read())),
}

OPENED = {"a portfolio", "a history", "a history with all", "evidence"}
"""What opens one learner; all else shows them among others."""


@pytest.fixture
def read_by_pat(opened: Open) -> Centre:
    asha, ines = opened("asha", EXTERNAL), opened("ines", EXTERNAL)
    asha.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "Cold.", shown=OPEN_CRITERION)
    ines.actions.set("AAA1", "T-101", "Look again.", owner="asha", due=DAY.date())
    ines.cases.open("AAA1", CaseAbout.COMPLAINT, "They complain.")
    pat = opened("pat", EXTERNAL)
    pat.caseload.now()
    assert notes(pat) == []
    return pat


@pytest.mark.parametrize("what", READING)
def test_whatever_shows_a_learner_is_a_look_that_is_noted_before(read_by_pat: Centre, what: str) -> None:
    assert READING[what](read_by_pat)
    step = "opened" if what in OPENED else "listed"
    assert notes(read_by_pat) == [("pat", step, "AAA1")]


@pytest.mark.parametrize("what", READING)
def test_what_cannot_be_noted_is_refused_and_not_shown_as_nothing(
    read_by_pat: Centre, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def fails(*_: object) -> None:
        raise NotSaved("Not recorded", "The disk is full.", "Make room.")

    monkeypatch.setattr(read_by_pat.recorder, "record_of_centre", fails)
    if what == "the log of verification":  # Whoever is not read is left out of it by name, and why.
        read = Read()
        list(read_by_pat.verification_exports.reading(read))
        assert [each.why for each in read.left_out] == ["Not recorded"]
        return
    with pytest.raises(NotSaved):
        READING[what](read_by_pat)


def test_whoever_sees_some_learners_is_told_of_no_others_that_they_were_looked_at(opened: Open) -> None:
    limited = EXTERNAL + '\n[visibility]\nassessors = ["assigned"]\n'
    pat = opened("pat", limited)
    pat.learners.portfolio("AAA1")
    pat.visit_lists.pick("AAA1")
    (told_asha,), (told_ben,) = (opened(each, limited).visit_lists.every() for each in ("asha", "ben"))
    assert ([*told_asha.looked], told_asha.has_picked("AAA1")) == (["AAA1"], True)
    assert ([*told_ben.looked], told_ben.picked) == ([], ())


def test_a_look_is_noted_once_a_learner_and_visit_and_before_it_is_shown(opened: Open) -> None:
    pat = opened("pat", EXTERNAL)
    assert registrations(pat) == {"AAA1"}
    for _ in range(3):
        pat.learners.portfolio("AAA1")
    opened("pat", EXTERNAL).learners.portfolio("AAA1")
    with pytest.raises(WrongUse):
        pat.learners.portfolio("BBB2")
    asha = opened("asha", EXTERNAL)
    asha.learners.portfolio("AAA1")
    assert notes(asha) == [("pat", "opened", "AAA1")]
    (told,) = asha.visit_lists.every()
    assert (list(told.looked), told.picked) == (["AAA1"], ())


def test_lists_and_reports_are_told_apart_from_what_was_opened(opened: Open) -> None:
    pat = opened("pat", EXTERNAL)
    pat.caseload.now()
    pat.glances.of("AAA1")
    assert list(pat.history.of_everybody(EVERYTHING))
    assert list(pat.claims.of_each(["AAA1"]))
    assert list(pat.retention.of_everybody())
    pat.history.recent(10)
    assert notes(pat) == [("pat", "listed", "AAA1")]
    pat.history.of("AAA1")
    pat.evidence.listed("AAA1")
    pat.learners.portfolio("AAA1")
    pat.glances.of("AAA1")
    assert notes(pat) == [("pat", "listed", "AAA1"), ("pat", "opened", "AAA1")]
    again = opened("pat", EXTERNAL)
    again.glances.of("AAA1")
    again.history.of("AAA1")
    assert len(notes(again)) == 2


def test_nobody_is_told_as_looked_at_whom_whoever_looks_may_not_see(opened: Open) -> None:
    ben = opened("ben", LIMITED)
    ben.caseload.now()
    looks = Looks(ben.seeing, lambda: pytest.fail("it was noted"))
    for tell in (looks.opened, looks.listed):
        tell(["BBB2"])
        with pytest.raises(WrongUse, match="AAA1"):
            tell(["BBB2", "AAA1"])


def test_a_list_that_was_read_before_is_not_noted_again_by_another_window(opened: Open) -> None:
    for _ in range(2):
        opened("pat", EXTERNAL).caseload.now()
        opened("pat", EXTERNAL).glances.of("AAA1")
    assert notes(opened("pat", EXTERNAL)) == [("pat", "listed", "AAA1")]
    opened("pat", EXTERNAL).learners.portfolio("AAA1")
    opened("pat", EXTERNAL).glances.of("AAA1")
    assert notes(opened("pat", EXTERNAL))[1:] == [("pat", "opened", "AAA1")]


def test_whoever_comes_for_no_visit_picked_nobody(opened: Open) -> None:
    pat = opened("pat", EXTERNAL)
    pat.visit_lists.pick("AAA1")
    assert [[*pat.visit_lists.picked_by(pat.details.named(each))] for each in ("pat", "asha")] == [["AAA1"], []]
