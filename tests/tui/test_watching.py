"""The look at who came and what came, again and again: one at a time, and past whoever cannot be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import pytest

from markterm.centre.answering import Answering
from markterm.centre.caseload import Caseload
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import NotNow, Unreadable
from markterm.tui.caseload import watching
from markterm.tui.caseload.watching import Watching


class _Folders:
    """Ten learners, of whom the second cannot be looked at and each other one has something new at every look."""

    def __init__(self) -> None:
        self.looked_at: list[str] = []
        self.meanwhile: Watching | None = None

    def look_at(self, folders: Iterable[str]) -> bool:
        return [self.refresh_one(folder) for folder in folders] != []

    def work_came(self, folder: str) -> bool:
        return bool(folder)

    def known(self, folder: str) -> CaseloadRow:
        return _row(folder)

    def refresh_one(self, folder: str) -> CaseloadRow:
        if self.meanwhile is not None:
            assert not self.meanwhile.look([_row(folder)], [])
        if folder == "1":
            raise Unreadable("Cannot be read", "It cannot.", "Wait.")
        self.looked_at.append(folder)
        return _row(folder)


def _row(folder: str) -> CaseloadRow:
    return CaseloadRow(folder, folder, folder)


def test_whoever_cannot_be_looked_at_keeps_nobody_else_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_RESTS", 0)
    folders = _Folders()
    watch = Watching(cast("Caseload", folders), Answering())
    assert watch.look([_row("1"), _row("2")], []), "what came to the other in sight is told"
    for _ in range(4):
        watch.look([], [_row(each) for each in "0123"])
    assert folders.looked_at == ["2", "0", "2", "3"]


def test_one_looks_at_a_time_and_rests_for_as_long_as_it_took() -> None:
    folders = _Folders()
    watch = Watching(cast("Caseload", folders), Answering())
    folders.meanwhile = watch
    assert watch.look([_row("0")], [])
    assert folders.looked_at == ["0"]
    watch._next_look = float("inf")
    assert not watch.look([_row("0")], [])


def test_of_however_many_no_more_are_looked_at_at_once_and_everybody_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_RESTS", 0)
    folders = _Folders()
    watch = Watching(cast("Caseload", folders), Answering())
    everybody = [_row(f"L{number}") for number in range(10_000)]
    watch.look([], everybody)
    once = len(folders.looked_at)
    assert once <= 260
    within_a_minute = 60 / watching.EVERY
    assert len(everybody) / once < within_a_minute
    for _ in range(len(everybody) // once):
        watch.look([], everybody)
    assert {*folders.looked_at} == {row.folder for row in everybody}


def test_a_store_that_is_away_is_not_asked_about_each_learner_in_turn() -> None:
    asked: list[str] = []

    class _Away(_Folders):
        def look_at(self, folders: Iterable[str]) -> bool:
            asked.extend(folders)
            raise NotNow("The database cannot be reached", "It is away.", "Wait.")

    watch = Watching(cast("Caseload", _Away()), Answering())
    watch.look([_row(each) for each in "0123"], [])
    assert asked == ["0"]
