"""A decision that could not be made durable is recorded when it is made again, though a reading found it meanwhile."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.rules.decided_before import NothingNew
from markterm.domain.words.errors import NotSaved, Refused
from markterm.records.folder.store import FolderStore
from markterm.system import platform
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import on_disk

pytestmark = pytest.mark.on_files


def _full(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _finds(lost: Event) -> Callable[[FolderStore, str], tuple[Event, ...]]:
    """What the store reads when it finds an event that was not acknowledged."""
    load = FolderStore.load

    def found(store: FolderStore, record: str) -> tuple[Event, ...]:
        events = tuple(load(store, record))
        return events if record != lost.learner or lost in events else (*events, lost)

    return found


@pytest.mark.parametrize("is_found", [False, True], ids=["lost", "found meanwhile"])
def test_the_same_again_after_a_failure_is_recorded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_found: bool
) -> None:
    folder = make_centre_in(tmp_path / "centre")
    centre = Centre.open(folder, member="asha", places=places_in(tmp_path / "own"))
    with monkeypatch.context() as disk:
        disk.setattr(platform, "sync_file", _full)
        with pytest.raises(NotSaved):
            centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "hot")
    (failed,) = centre.recorder._appending.unsaved("AAA1")
    if is_found:
        monkeypatch.setattr(FolderStore, "load", _finds(failed))
    recorded = centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "hot")
    assert recorded.event.uid == failed.uid
    assert [event.uid for event in on_disk(folder, "AAA1")] == [failed.uid]
    with pytest.raises(NothingNew):
        centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "hot")
    centre.close_down()


def _fails(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    with monkeypatch.context() as disk:
        disk.setattr(platform, "sync_file", _full)
        with pytest.raises(NotSaved):
            act()


@pytest.mark.parametrize("words", ["It boils.", "Zoë boils it – hot."], ids=["plain", "other letters"])
def test_what_is_done_a_third_time_after_a_failure_is_recorded_and_not_taken_for_what_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    folder = make_centre_in(tmp_path / "centre")
    centre = Centre.open(folder, member="asha", places=places_in(tmp_path / "own"))
    centre.attempts.submit("AAA1", "T-101")
    passage = Passage("diary.md", "0" * 64, 3, 3, words)
    _fails(monkeypatch, lambda: centre.marking.cite("AAA1", "T-101", "1.1", passage))
    failed = centre.marking.cite("AAA1", "T-101", "1.1", passage).event
    assert centre.recorder._appending.unsaved("AAA1") == ()
    centre.marking.take_back_citations("AAA1", "T-101", "1.1", (failed.uid,))
    again = centre.marking.cite("AAA1", "T-101", "1.1", passage).event
    assert again.uid != failed.uid
    assert [event.uid for event in on_disk(folder, "AAA1") if event.kind == Kind.CITED][-1] == again.uid
    centre.close_down()


@pytest.mark.parametrize("sound", range(6))
def test_members_who_could_not_be_recorded_are_recorded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: int
) -> None:
    folder = make_centre_in(tmp_path / "centre")
    centre = Centre.open(folder, member="asha", places=places_in(tmp_path / "own"))
    real, left = platform.sync_file, sound

    def full_after_a_while(descriptor: int) -> None:
        nonlocal left
        left -= 1
        real(descriptor) if left >= 0 else _full(descriptor)

    with monkeypatch.context() as disk, suppress(NotSaved):
        disk.setattr(platform, "sync_file", full_after_a_while)
        for number in ("1.1", "1.2", "2.1"):
            centre.marking.mark("AAA1", "T-101", number, Result.PASS)
    centre.marking.mark("AAA1", "T-102", "1.1", Result.PASS)
    members = [event.body["member"] for event in on_disk(folder, "") if event.kind == Kind.MEMBER_CHANGED]
    assert sorted(map(str, members)) == ["asha", "ben", "ines"]
    centre.close_down()


@pytest.mark.parametrize("is_found", [False, True], ids=["lost", "found meanwhile"])
@pytest.mark.parametrize("sound", range(4))
def test_a_choice_of_the_bank_that_failed_is_recorded_once_when_it_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: int, is_found: bool
) -> None:
    folder = make_centre_in(tmp_path / "centre")
    centre = Centre.open(folder, member="asha", places=places_in(tmp_path / "own"))
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "The water boils.")
    bank = centre.remarks.refreshed()
    (remark,) = bank.search().remarks
    real, left = platform.sync_file, sound

    def full_after_a_while(descriptor: int) -> None:
        nonlocal left
        left -= 1
        real(descriptor) if left >= 0 else _full(descriptor)

    choices = (bank.pin, bank.unpin, bank.retire, bank.restore)
    with monkeypatch.context() as disk:
        disk.setattr(platform, "sync_file", full_after_a_while)
        for choice in choices[:sound]:
            remark = choice(remark)
        with pytest.raises(NotSaved):
            choices[sound](remark)
    (failed,) = centre.recorder._appending.unsaved("")
    if is_found:
        monkeypatch.setattr(FolderStore, "load", _finds(failed))
    for choice in choices[sound:]:
        remark = choice(remark)
    made = [event for event in on_disk(folder, "") if event.kind != Kind.MEMBER_CHANGED]
    assert [event.kind for event in made] == ["remark_pinned", "remark_unpinned", "remark_retired", "remark_restored"]
    assert failed.uid == made[sound].uid
    with pytest.raises(Refused):
        bank.restore(remark)
    centre.close_down()


@pytest.mark.parametrize("is_found", [False, True], ids=["lost", "found meanwhile"])
def test_that_somebody_is_the_same_person_is_recorded_once_when_it_failed_and_they_may_act_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_found: bool
) -> None:
    folder = make_centre_in(tmp_path / "centre")
    places = places_in(tmp_path / "own")
    before = Centre.open(folder, member="asha", places=places)
    before.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    before.close_down()
    file = folder / "centre.toml"
    file.write_text(file.read_text("utf-8").replace("Ben Whitlock", "Zoë Adeyemi"), "utf-8")
    centre = Centre.open(folder, member="ben", places=places)
    with pytest.raises(Refused, match="somebody else's"):
        centre.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    _fails(monkeypatch, lambda: centre.staff.same_person("ben"))
    (failed,) = centre.recorder._appending.unsaved("")
    if is_found:
        monkeypatch.setattr(FolderStore, "load", _finds(failed))
    centre.staff.same_person("ben")
    said = [event for event in on_disk(folder, "") if event.body.get("same_person")]
    assert [event.uid for event in said] == [failed.uid]
    centre.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    centre.close_down()
