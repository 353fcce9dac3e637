"""What plan and ratings need of everybody's records: kept, and read again where something changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Event, Result
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.own.places import Places
from markterm.records.store import EventStore

DECIDED = ("AAA1", "BBB2")
DIPLOMA = """\
---
kind: qualification
code: T-DIP
title: Diploma in Tea
---

## Group 1 Mandatory

| Unit  | Title      | Level | Credit | GLH |
|-------|------------|------:|-------:|----:|
| T-101 | Making Tea |     1 |      1 |   1 |
"""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the records as they are read."""
    names: list[str] = []

    def survey(self: Centre) -> EventStore:
        store: EventStore = made(self)
        load = store.load

        def told(record: str) -> tuple[Event, ...]:
            names.append(record)
            return load(record)

        monkeypatch.setattr(store, "load", told)
        return store

    made = Centre._new_store
    monkeypatch.setattr(Centre, "_new_store", survey)
    return names


def opened(path: Path, places: Places) -> Centre:
    """The centre, opened anew, as the files are now."""
    centre = Centre.open(path, member="asha", places=places)
    centre.caseload.now()
    return centre


def gathered(centre: Centre) -> Assessed:
    """What everybody's records say."""
    assessed = Assessed()
    for _ in centre.assessed.reading(assessed):
        pass
    return assessed


def decide(centre: Centre, learner: str, unit: str = "T-101") -> None:
    centre.marking.mark(learner, unit, "1.1", Result.PASS, "Good.", shown=OPEN_CRITERION)


@pytest.fixture
def kept(path: Path, places: Places) -> Path:
    """The centre, in which two learners have a decision, once everything was gathered and kept."""
    centre = opened(path, places)
    for learner in DECIDED:
        decide(centre, learner)
    centre.caseload.now()
    gathered(centre)
    centre.close_down()
    return path


def test_a_record_that_did_not_change_is_not_read_again(kept: Path, places: Places, read: list[str]) -> None:
    centre = opened(kept, places)
    assert {unit.key for unit in gathered(centre).units} == {(learner, "T-101") for learner in DECIDED}
    assert read == []
    centre.close_down()


def test_what_is_kept_is_what_would_be_read(kept: Path, places: Places) -> None:
    centre = opened(kept, places)
    of_kept = gathered(centre)
    centre.close_down()
    shutil.rmtree(places.cache)
    centre = opened(kept, places)
    anew = gathered(centre)
    assert (of_kept.by_key, of_kept.names, of_kept.hash_of_heads) == (anew.by_key, anew.names, anew.hash_of_heads)
    assert list(of_kept.counts.pairs()) == list(anew.counts.pairs()) == [("asha", "T-101")]
    centre.close_down()


def test_who_was_decided_since_is_read_and_nobody_else(kept: Path, places: Places, read: list[str]) -> None:
    centre = opened(kept, places)
    before = gathered(centre).hash_of_heads
    decide(centre, "AAA1", "T-102")
    read.clear()
    centre.caseload.now()
    after = gathered(centre)
    assert set(read) == {"AAA1"}
    assert ("AAA1", "T-102") in after.by_key
    assert after.hash_of_heads != before
    centre.close_down()


def test_a_sheet_that_changed_has_everybody_read_again(kept: Path, places: Places) -> None:
    file = kept / "learners" / "AAA1" / "learner.md"
    file.write_text(file.read_text("utf-8").replace("units:", "qualification: [T-CERT, T-DIP]\nunits:"), "utf-8")
    centre = opened(kept, places)
    assert gathered(centre).by_key["AAA1", "T-101"].cohort == "T-CERT"
    (kept / "mark_sheets" / "qualifications").mkdir()
    (kept / "mark_sheets" / "qualifications" / "T-DIP.md").write_text(DIPLOMA, "utf-8")
    assert centre.caseload.take_new_sheets()
    centre.caseload.now()
    assert gathered(centre).by_key["AAA1", "T-101"].cohort == "T-DIP"
    centre.close_down()


@pytest.mark.on_files
def test_of_a_learner_who_left_what_was_decided_still_counts_for_the_assessor(kept: Path, places: Places) -> None:
    shutil.rmtree(kept / "learners" / "AAA1")
    for _ in range(2):  # Read, and then kept.
        centre = opened(kept, places)
        assessed = gathered(centre)
        assert [unit.learner for unit in assessed.units] == ["BBB2"]
        grounds = assessed.counts.grounds("asha", "T-101", in_training=False, standardised=None)
        assert grounds.decisions == 2
        centre.close_down()
