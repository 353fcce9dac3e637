"""Evidence that takes long to hash: the screen says how far it is, and Esc stops it with nothing recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from textual.events import Key

from markterm.evidence import fingerprint as fingerprint_module
from markterm.evidence.folder import EvidenceFile
from markterm.tui.evidence.hashing import HashingScreen
from markterm.tui.requests import OpenLearner
from markterm.tui.widgets.choice import ChoiceScreen
from tests.tui.sitting import Sitting, sitting


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Event:
    """A disk that is fast while the event is set; then it gives a byte now and then and never comes to an end."""
    fast = Event()
    fast.set()

    def pieces(_: EvidenceFile, __: int | None) -> Iterator[bytes]:
        while not fast.wait(0.01):
            yield b"x"

    monkeypatch.setattr(fingerprint_module, "_pieces", pieces)
    return fast


def press(at: Sitting, key: str) -> None:
    """Press a key without waiting for what it begins."""
    at.app.post_message(Key(key, key if len(key) == 1 else None))


def another_version(at: Sitting, disk: Event) -> None:
    """The learner changes a file, on a disk that has become slow."""
    (at.folder / "learners" / "AAA1" / "evidence" / "diary.md").write_text("# Diary\n\nAnother one.\n", "utf-8")
    disk.clear()


async def test_esc_stops_the_hashing_of_a_submission_and_nothing_is_recorded(tmp_path: Path, disk: Event) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        another_version(at, disk)
        press(at, "S")
        await at.until(lambda: isinstance(at.app.screen, HashingScreen))
        await at.until(lambda: "read 0 of 1 KB" in at.text and "Esc stops" in at.text)
        press(at, "escape")
        await at.until(lambda: any(told.startswith("Stopped") for told in at.told))
        assert at.app.screen is at.app.marking
        assert at.events() == ()
        # And again, to its end: what was not shown is shown first.
        disk.set()
        await at.press("S")
        await at.until(lambda: "Another one." in at.text)
        await at.press("S")
        assert isinstance(at.app.screen, ChoiceScreen)


@pytest.mark.long
async def test_hashing_that_comes_to_its_end_goes_on(tmp_path: Path, disk: Event) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        another_version(at, disk)
        press(at, "S")
        await at.until(lambda: isinstance(at.app.screen, HashingScreen))
        disk.set()
        await at.until(lambda: any("were listed: changed diary.md" in told for told in at.told))
        assert at.app.screen is at.app.marking


@pytest.mark.long
async def test_esc_stops_the_hashing_of_a_closing(tmp_path: Path, disk: Event) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "p", "p", "D", "enter", "enter")
        before = at.events()
        another_version(at, disk)
        press(at, "F")
        await at.until(lambda: isinstance(at.app.screen, HashingScreen))
        press(at, "escape")
        await at.until(lambda: any(told.startswith("Stopped") for told in at.told))
        assert at.app.screen is at.app.marking
        assert at.events() == before


@pytest.mark.long
async def test_what_is_hashed_in_the_background_ends_with_the_learner_and_with_the_program(
    tmp_path: Path, disk: Event
) -> None:
    async with sitting(tmp_path) as at:
        disk.clear()
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: at.app.marking.work.evidence.fingerprints.looking.step.of > 0)
        first = at.app.marking.work.evidence.fingerprints.looking
        await at.app.answer(OpenLearner("BBB2"))
        await at.until(first.stop.is_set)
        await at.until(
            lambda: (
                at.app.marking.work.evidence.fingerprints.looking is not first
                and at.app.marking.work.evidence.fingerprints.looking.step.of > 0
            )
        )
        second = at.app.marking.work.evidence.fingerprints.looking
    assert second.stop.is_set()
