"""A decision that could not be made durable is recorded when it is made again, though a reading found it meanwhile."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.centre import Centre
from markterm.domain.decided_before import NothingNew
from markterm.domain.errors import NotSaved
from markterm.domain.event import Event, Result
from markterm.records import platform
from markterm.records.folder_store import FolderStore
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import on_disk


def _full(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _finds(lost: Event) -> Callable[[FolderStore, str], tuple[Event, ...]]:
    """What the store reads when it finds an event that was not acknowledged."""
    load = FolderStore.load

    def found(store: FolderStore, record: str) -> tuple[Event, ...]:
        events = tuple(load(store, record))
        return events if lost in events else (*events, lost)

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
            centre.mark("AAA1", "T-101", "1.1", Result.PASS, "hot")
    ((failed,),) = centre.recorder._unsaved.values()
    if is_found:
        monkeypatch.setattr(FolderStore, "load", _finds(failed))
    recorded = centre.mark("AAA1", "T-101", "1.1", Result.PASS, "hot")
    assert recorded.event.uid == failed.uid
    assert [event.uid for event in on_disk(folder, "AAA1")] == [failed.uid]
    with pytest.raises(NothingNew):
        centre.mark("AAA1", "T-101", "1.1", Result.PASS, "hot")
    centre.close_down()
