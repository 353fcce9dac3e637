"""Hashing is told when it takes long, and can be stopped; what cannot be listed whole is not fixed."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.evidence import Evidence
from markterm.centre.fixing import Fixing
from markterm.centre.folder import CentreFolder
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.words.errors import Refused
from markterm.evidence import folder as folder_module
from markterm.evidence import hashing as hashing_module
from markterm.evidence.hashing import Hashing, HashingStopped
from markterm.evidence.progress import Step
from tests.centres import make_centre_in, places_in


@pytest.fixture
def files(tmp_path: Path) -> Fixing:
    evidence = tmp_path / "learners" / "AAA1" / "evidence"
    evidence.mkdir(parents=True)
    for name in ("a.md", "b.md", "c.bin"):
        (evidence / name).write_bytes(b"x" * 3_000_000)
    return Fixing(Evidence(CentreFolder(tmp_path), tmp_path / "cache"))


def test_what_takes_long_is_told_in_bytes_and_what_does_not_is_not(
    files: Fixing, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Step] = []
    with files.hashed_by(Hashing(told.append)):
        files.fingerprints("AAA1")
    assert told == []
    monkeypatch.setattr(hashing_module, "_PATIENCE", 0.0)
    monkeypatch.setattr(hashing_module, "_TOLD_EVERY", 0.0)
    again = Fixing(files._evidence)
    with again.hashed_by(Hashing(told.append)):
        again.fingerprints("AAA1")
    assert {step.of for step in told} == {9_000_000}
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert told[-1] == Step(9_000_000, 9_000_000, "c.bin")
    # What was hashed is known.
    told.clear()
    with again.hashed_by(Hashing(told.append)):
        again.fingerprints("AAA1")
    assert {step.of for step in told} <= {0}


def test_it_is_stopped_within_a_file_and_what_was_done_is_known(files: Fixing) -> None:
    stopping = Hashing()

    def stop_in_the_second(step: Step) -> None:
        if step.name == "b.md":
            stopping.stop.set()

    stopping._tell = stop_in_the_second
    stopping.begin(0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hashing_module, "_PATIENCE", 0.0)
        patched.setattr(hashing_module, "_TOLD_EVERY", 0.0)
        with files.hashed_by(stopping), pytest.raises(HashingStopped):
            files.fingerprints("AAA1")
    assert stopping.step.name == "b.md"
    assert stopping.step.done < 6_000_000
    assert len(files.fingerprints("AAA1")) == 3


def test_a_stop_reaches_only_the_hashing_that_is_watched(files: Fixing) -> None:
    stopped = Hashing()
    stopped.stop.set()
    with files.hashed_by(stopped), pytest.raises(HashingStopped):
        files.fingerprints("AAA1")
    assert len(files.fingerprints("AAA1")) == 3


def test_a_submission_that_is_stopped_records_nothing(tmp_path: Path) -> None:
    centre = Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places_in(tmp_path))
    stopped = Hashing()
    stopped.stop.set()
    with centre.fixing.hashed_by(stopped):
        with pytest.raises(Refused, match="Stopped"):
            centre.attempts.submit("AAA1", "T-101", declared=Declared("e-mail"))
        with pytest.raises(Refused, match="Stopped"):
            centre.attempts.coming("AAA1", ("T-101",))
    assert centre.history.of("AAA1") == ()
    centre.close_down()


def test_a_folder_that_cannot_be_listed_whole_is_neither_submitted_nor_closed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places_in(tmp_path))
    evidence = centre.folder.evidence("AAA1")
    for number in range(5):
        (evidence / f"empty {number}").mkdir()
    monkeypatch.setattr(folder_module, "MOST_ENTRIES", 5)
    with pytest.raises(Refused, match="Too many files and folders"):
        centre.attempts.submit("AAA1", "T-101", declared=Declared("e-mail"))
    with pytest.raises(Refused, match="Too many files and folders"):
        centre.attempts.coming("AAA1", ("T-101",))
    with pytest.raises(Refused, match="Too many files and folders"):
        centre.closings.evidence("AAA1", "T-101")
    assert centre.history.of("AAA1") == ()
    centre.close_down()


@pytest.mark.long
def test_a_hundred_thousand_empty_folders_are_listed_up_to_the_limit(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    for number in range(folder_module.MOST_ENTRIES + 1):
        (evidence / str(number)).mkdir(parents=True)
    listed = folder_module.list_evidence(tmp_path / "evidence")
    assert listed.truncated
    assert listed.files == ()
