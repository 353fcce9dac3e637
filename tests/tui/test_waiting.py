"""A record that does not answer at once: it is seen, nothing is said saved before it is, and keys wait."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from textual.events import Key

from markterm.centre.saving import Saving
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.errors import NotSaved
from markterm.records.folder.store import FolderStore
from markterm.tui.browser import Browser
from markterm.tui.waiting import WaitingApp
from tests.pace import PATIENCE
from tests.tui.sitting import Sitting, sitting

_append = FolderStore.append


class Held:
    """A store that adds nothing until it may, and then perhaps cannot."""

    def __init__(self) -> None:
        self.fails = False
        self.let_go = threading.Event()

    def append(self, store: FolderStore, record: str, event: Event) -> None:
        if event.kind == Kind.DECIDED:
            assert self.let_go.wait(PATIENCE)
            if self.fails:
                raise NotSaved("Not saved", "The database did not answer.", "Try again.")
        _append(store, record, event)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    made = Held()
    monkeypatch.setattr(FolderStore, "append", lambda store, record, event: made.append(store, record, event))
    monkeypatch.setattr(WaitingApp, "TELLS_AFTER", 0.05)
    yield made
    made.let_go.set()


def _send(at: Sitting, *keys: str) -> None:
    """Press keys, and wait for nothing."""
    for key in keys:
        at.app.post_message(Key(key, key if len(key) == 1 else None))


async def _until_seen(at: Sitting, words: str) -> None:
    """Wait until that stands on the screen, while a key is not done."""
    async with asyncio.timeout(PATIENCE):
        while words not in at.text:
            await asyncio.sleep(0.01)


async def test_a_decision_that_waits_is_seen_to_and_keys_are_obeyed_once_it_is_durable(
    tmp_path: Path, held: Held
) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        _send(at, "p")
        await _until_seen(at, "Saving…")
        assert at.at == "T-101 1.1"
        assert "✓" not in at.lines[-1]
        # Esc was to end what has ended by then; the other one was meant for what comes next.
        _send(at, "escape", "p")
        await _until_seen(at, "Saving…")
        held.let_go.set()
        await at.until(lambda: at.decided() == ["1.1 pass", "1.2 pass"])
        await at.settled()
        assert at.app.screen is at.app.marking
        assert "Saving…" not in at.text
        assert at.told == []


async def test_what_was_pressed_while_a_decision_came_to_nothing_does_nothing(tmp_path: Path, held: Held) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        held.fails = True
        _send(at, "p")
        await _until_seen(at, "Saving…")
        _send(at, "p", "j", "ctrl+q")
        held.let_go.set()
        await at.shows("Not saved")
        await at.settled()
        assert at.at == "T-101 1.1"
        assert at.told == ["3 keys pressed meanwhile did nothing."]
        held.fails = False
        await at.press("escape")
        await at.press("p")
        assert at.decided() == ["1.1 pass"]


async def test_a_note_that_waits_is_seen_to_and_is_as_it_was_where_it_came_to_nothing(
    tmp_path: Path, held: Held
) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        await at.type("Say why.")
        held.fails = True
        _send(at, "enter")
        await _until_seen(at, "Saving…")
        _send(at, "x", "escape")
        held.let_go.set()
        await at.shows("The database did not answer.")
        assert "Say why.x" not in at.text
        assert "Say why." in at.text
        held.fails = False
        await at.press("enter")
        await at.until(lambda: at.decided() == ["1.1 refer"])


async def test_whoever_leaves_while_it_is_saved_leaves_when_it_is(tmp_path: Path, held: Held) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        _send(at, "p")
        await _until_seen(at, "Saving…")
        at.app.exit(return_code=129)  # As a browser that is closed.
        held.let_go.set()
        await at.until(lambda: at.decided() == ["1.1 pass"])


def test_several_that_are_saved_at_once_begin_and_end_once() -> None:
    saving, told = Saving(), []
    saving.changed = lambda: told.append(saving.is_going_on)
    with saving.one_more(), saving.one_more():
        assert saving.is_going_on
    with pytest.raises(NotSaved), saving.one_more():
        raise NotSaved("Not saved", "No.", "Again.")
    assert told == [True, False, True, False]
    assert saving.failed == 1


def test_a_browser_that_comes_back_is_drawn_to_without_waiting_for_the_keys() -> None:
    browser, soon = object.__new__(Browser), list[object]()
    browser._loop = SimpleNamespace(call_soon_threadsafe=soon.append)  # type: ignore[assignment]  # all that is asked
    browser.on_meta("redraw", {})
    assert soon == [browser._redraw]
