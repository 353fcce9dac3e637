"""What comes to the centre, taken on the screen: once, and as far as whoever left let it go."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.worker import get_current_worker

from markterm.centre.receiving import Receiving, Taken
from markterm.tui.caseload.receiving_screen import Give, ReceivingScreen, TakeLikely, TakeSure
from tests.pace import PATIENCE
from tests.tui.sitting import sitting


async def test_what_is_being_taken_is_taken_once_and_who_leaves_takes_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taking, is_offered = Receiving.take, list[bool]()
    download = tmp_path / "submissions.zip"
    with zipfile.ZipFile(download, "w") as archive:
        for registration in ("AAA1", "BBB2"):
            archive.writestr(f"{registration} plan.md", registration)

    async with sitting(tmp_path, member="asha") as at:
        screen = ReceivingScreen(at.app.centre, [download])

        def left_meanwhile(*given: Any) -> Iterator[Taken]:
            is_offered.extend(each().works(screen) for each in (TakeSure, TakeLikely, Give))
            worker, is_left = get_current_worker(), Event()
            for _ in range(int(PATIENCE * 100)):
                if worker.is_cancelled:
                    break
                # The question may not have gone yet: nobody leaves what lies under it.
                at.app.call_from_thread(lambda: screen.is_active and bool(screen.dismiss(False)))
                is_left.wait(0.01)
            yield from taking(*given)

        monkeypatch.setattr(Receiving, "take", left_meanwhile)
        await at.app.push_screen(screen)
        await at.shows("2 sure")
        await at.press("enter", "down", "enter")
        await at.until(lambda: any("1 file of 1 learner received" in told for told in at.told))
    assert is_offered == [False, False, False]
    assert [path.name for path in at.folder.glob("learners/*/evidence/*plan.md")] == ["AAA1 plan.md"]
