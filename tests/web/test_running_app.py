"""One session, and a browser that takes nothing any more."""

from __future__ import annotations

import asyncio
import socket
from contextlib import nullcontext
from threading import RLock
from typing import Any

import pytest
from textual_serve.download_manager import DownloadManager

from markterm.centre.saving import Saving
from markterm.tui.browser import Browser
from markterm.web import running_app
from markterm.web.running_app import RunningApp
from markterm.web.sign_ins import SignIn
from markterm.web.warmed import Process
from tests.pace import PATIENCE
from tests.web.serving import Echoes


class _Stuck:
    """A browser at the other end of a line that takes nothing."""

    def __init__(self) -> None:
        self.closed = asyncio.Event()

    async def send_bytes(self, _: bytes) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        self.closed.set()


async def test_a_browser_that_takes_nothing_is_let_go_and_the_session_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_app, "_SLOW", 0.01)
    app = RunningApp(SignIn("asha", "", 0.0, 0.0), "t", Echoes(), DownloadManager(), 1, lambda _: None)
    stuck: Any = _Stuck()
    await app.attach(stuck, "page", None)
    await app.on_data(b"drawn")
    assert app.alone_since is not None
    await asyncio.wait_for(stuck.closed.wait(), PATIENCE)
    # What is drawn for nobody is not waited for.
    await asyncio.wait_for(app.on_data(b"drawn"), PATIENCE)


class _StandsStill(Echoes):
    """A session that takes nothing any more, and ends by force alone."""

    async def start(self, member: str, size: tuple[int, int], memory: int) -> Process:  # noqa: ARG002
        ours, self.theirs = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=ours)
        return Process(1, reader, writer)

    async def end(self, process: int, *, at_once: bool = False) -> None:  # noqa: ARG002
        if at_once:
            self.theirs.close()


async def test_a_session_that_stands_still_and_whose_pipe_is_full_is_ended_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running_app, "_GOODBYE", 0.05)
    ended: list[RunningApp] = []
    app = RunningApp(SignIn("asha", "", 0.0, 0.0), "t", _StandsStill(), DownloadManager(), 1, ended.append)
    await app.begin(80, 24)
    keys = asyncio.create_task(app.send_bytes(b"x" * 10_000_000))
    await asyncio.sleep(0)
    await asyncio.wait_for(app.end(), PATIENCE)
    await asyncio.wait_for(keys, PATIENCE)
    async with asyncio.timeout(PATIENCE):
        while not ended:
            await asyncio.sleep(0.01)


class _Recording(Browser):
    """What a session says to whoever serves it, and no screen."""

    def __init__(self) -> None:
        self._writing = RLock()
        self.said: list[bytes] = []
        self._write = self.said.append  # type: ignore[assignment]  # called as what it stands for


async def test_a_session_that_stands_still_while_it_records_is_not_ended_before_that_is_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running_app, "_GOODBYE", 0.01)
    stands_still, driver, saving = _StandsStill(), _Recording(), Saving()
    saving.changed = lambda: driver.say_recording(saving)
    app = RunningApp(SignIn("asha", "", 0.0, 0.0), "t", stands_still, DownloadManager(), 1, lambda _: None)
    await app.begin(80, 24)
    with saving.one_more():
        stands_still.theirs.sendall(b"__GANGLION__\n" + driver.said.pop())
        async with asyncio.timeout(PATIENCE):
            while app._records_nothing.is_set():
                await asyncio.sleep(0)
        ending = asyncio.create_task(app.end())
        done, _ = await asyncio.wait([ending], timeout=0.2)
        assert not done
    stands_still.theirs.sendall(driver.said.pop())
    await asyncio.wait_for(ending, PATIENCE)
    assert stands_still.theirs.fileno() == -1


def test_whoever_waits_for_the_place_of_one_that_stands_still_waits_for_ten_seconds_at_most() -> None:
    assert 3 * running_app._GOODBYE <= 10


class _Gone(_Stuck):
    """A browser that fails so when anything is sent to it, or when it is closed."""

    def __init__(self, raised: Exception) -> None:
        super().__init__()
        self._raised = raised
        self.code: int | None = None

    async def send_bytes(self, _: bytes) -> None:
        raise self._raised

    async def close(self, code: int = 1000, message: bytes = b"") -> None:  # noqa: ARG002 - as it is called
        self.closed.set()
        self.code = code
        raise self._raised


@pytest.mark.parametrize("raised", [ConnectionResetError(), RuntimeError(), TimeoutError()], ids=repr)
async def test_a_browser_that_is_gone_while_it_is_drawn_for_ends_no_session(raised: Exception) -> None:
    app = RunningApp(SignIn("asha", "", 0.0, 0.0), "t", Echoes(), DownloadManager(), 1, lambda _: None)
    gone: Any = _Gone(raised)
    await app.attach(gone, "page", None)
    await app.on_data(b"drawn")
    assert app.alone_since is not None
    with pytest.raises(type(raised)) if isinstance(raised, TimeoutError) else nullcontext():
        assert app._closing is not None
        await asyncio.wait_for(app._closing, PATIENCE)
    assert gone.closed.is_set()


@pytest.mark.parametrize("raised", [ConnectionResetError(), RuntimeError()], ids=repr)
async def test_a_session_moves_to_another_window_though_the_one_before_cannot_be_closed(raised: Exception) -> None:
    app = RunningApp(SignIn("asha", "", 0.0, 0.0), "t", Echoes(), DownloadManager(), 1, lambda _: None)
    before: Any = _Gone(raised)
    after: Any = _Stuck()
    await app.attach(before, "page", None)
    app.detach(after)
    assert app.alone_since is None
    await app.attach(after, "another", None)
    # By this number a page knows that it has to say where its session went on, and does not take it back.
    assert before.code == 4001
    app.detach(before)
    assert (app.alone_since, app.page) == (None, "another")


class _Ends(_StandsStill):
    """One of which it is kept how it was ended."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[bool] = []

    async def end(self, process: int, *, at_once: bool = False) -> None:
        self.asked.append(at_once)
        await super().end(process, at_once=at_once)


async def test_a_session_is_asked_to_end_before_it_is_ended_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_app, "_GOODBYE", 0.01)
    ends = _Ends()
    app = RunningApp(SignIn("asha", "", 0.0, 0.0), "t", ends, DownloadManager(), 1, lambda _: None)
    await app.begin(80, 24)
    await asyncio.wait_for(app.end(), PATIENCE)
    assert ends.asked == [False, True]


async def test_one_that_records_for_ever_is_ended_by_force_once_no_store_takes_so_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running_app, "_GOODBYE", 0.01)
    monkeypatch.setattr(running_app, "_RECORDS", 0.01)
    ends = _Ends()
    app = RunningApp(SignIn("asha", "", 0.0, 0.0), "t", ends, DownloadManager(), 1, lambda _: None)
    await app.begin(80, 24)
    await app.on_meta(b'{"type": "recording", "is_going_on": true}')
    await asyncio.wait_for(app.end(), PATIENCE)
    assert ends.asked == [False, True]


async def test_nobody_waits_for_one_that_ended_while_it_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_app, "_GOODBYE", 0.01)
    monkeypatch.setattr(running_app, "_RECORDS", 10 * PATIENCE)
    ends = _Ends()
    app = RunningApp(SignIn("asha", "", 0.0, 0.0), "t", ends, DownloadManager(), 1, lambda _: None)
    await app.begin(80, 24)
    await app.on_meta(b'{"type": "recording", "is_going_on": true}')
    ending = asyncio.create_task(app.end())
    async with asyncio.timeout(PATIENCE):
        while not ends.asked:
            await asyncio.sleep(0)
    await asyncio.sleep(3 * running_app._GOODBYE)
    ends.theirs.close()
    await asyncio.wait_for(ending, PATIENCE)
    # Its number may be another process's by now.
    assert ends.asked == [False]
