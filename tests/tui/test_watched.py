"""Learners on a screen, looked at while they are shown: not before everybody was read, and at once where it is told."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

from markterm.centre.answering import Answering
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import Unreadable
from markterm.tui.caseload.watched import Watched

ROWS = [CaseloadRow(each, each, each) for each in ("AAA1", "BBB2", "CCC3")]


class _Screen:
    """A screen that is seen, and does at once what it does in a thread. One learner of its centre cannot be read."""

    def __init__(self) -> None:
        self.app = SimpleNamespace(screen=self)
        self.done: list[str] = []
        news = SimpleNamespace(hear=lambda _: self.done.append("hears"), unhear=lambda _: self.done.append("ends"))
        caseload = SimpleNamespace(look_at=self.look_at, work_came=lambda _: False, known=str, refresh_one=self.refresh)
        self.watched = Watched(
            cast("Any", self),
            cast("Any", SimpleNamespace(answering=Answering(), caseload=caseload, news=news)),
            cast("Any", SimpleNamespace(rows=ROWS, in_sight=[0])),
            cast("Any", SimpleNamespace(everybody=ROWS)),
            lambda: self.done.append("shown"),
        )

    def run_worker(self, look: Callable[[], None], **_: object) -> None:
        look()

    def look_at(self, folders: list[str]) -> bool:
        self.done += folders
        return True

    def refresh(self, folder: str) -> CaseloadRow:
        if folder == "BBB2":
            raise Unreadable("Cannot be read", "It cannot.", "Wait.")
        self.done.append(folder)
        return CaseloadRow(folder, folder, folder)


def test_nobody_is_looked_at_before_everybody_was_read_or_while_another_screen_is_seen() -> None:
    screen = _Screen()
    screen.watched.look()
    assert screen.done == []
    screen.watched.begin()
    screen.app.screen = None
    screen.watched.look()
    assert screen.done == ["hears"]
    screen.app.screen = screen
    screen.watched.look()
    assert screen.done == ["hears", "AAA1", "shown"]


def test_of_whom_it_is_told_is_read_at_once_past_who_cannot_be_read_and_nobody_else() -> None:
    screen = _Screen()
    screen.watched.heard({"BBB2", "CCC3", "nobody here"})
    assert screen.done == ["CCC3", "shown"]
    screen.watched.heard({"nobody here"})
    assert screen.done == ["CCC3", "shown"]


def test_nothing_is_heard_any_more_when_it_ends() -> None:
    screen = _Screen()
    screen.watched.begin()
    screen.watched.begin()
    screen.watched.end()
    assert screen.done == ["hears", "ends"]
