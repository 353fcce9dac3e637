"""Sessions are processes of their own, forked from one that holds everything loaded; each ends with whoever serves."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.own.signed_in import SIGNED_IN
from markterm.web.warmed import Process, Warmed
from tests.centres import environment_in, make_centre_in
from tests.pace import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows forks no processes")


@pytest.fixture
async def warmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Warmed]:
    for key, value in environment_in(tmp_path / "home").items():
        monkeypatch.setenv(key, value)
    monkeypatch.setenv("MARKTERM_OPENID_SECRET", "a secret")
    monkeypatch.setenv("MARKTERM_AS", "ines")
    made = Warmed(make_centre_in(tmp_path / "centre"), ["open"])
    yield made
    await asyncio.to_thread(made.close)


async def _drawn(process: Process, words: str) -> str:
    drawn = ""
    while words not in drawn:
        read = await asyncio.wait_for(process.reader.read(1 << 16), PATIENCE)
        assert read, f"It ended after {drawn!r}."
        drawn += read.decode("utf-8", "replace")
    return drawn


async def test_a_session_is_its_members_and_knows_no_secret_of_the_server(warmed: Warmed) -> None:
    asha = await warmed.start("asha", (100, 30), 1_000_000_000)
    ben = await warmed.start("ben", (100, 30), 1_000_000_000)
    await asyncio.gather(_drawn(asha, "as asha"), _drawn(ben, "as ben"))
    if sys.platform == "linux":
        environment = Path(f"/proc/{asha.number}/environ").read_bytes()
        assert b"a secret" not in environment
        assert b"MARKTERM_AS" not in environment
        assert SIGNED_IN.encode() not in environment  # Of the one it was forked from; it has its own.
        limits = Path(f"/proc/{asha.number}/limits").read_text("ascii")
        assert "1000000000" in next(line for line in limits.splitlines() if line.startswith("Max data size"))
    await warmed.end(asha.number)
    await asyncio.wait_for(asha.reader.read(), PATIENCE)
    ben.writer.close()


async def test_a_session_of_which_the_server_let_go_ends(warmed: Warmed) -> None:
    asha = await warmed.start("asha", (100, 30), 1_000_000_000)
    await _drawn(asha, "as asha")
    asha.writer.write_eof()
    await asyncio.wait_for(asha.reader.read(), PATIENCE)


async def test_when_the_one_that_holds_it_loaded_was_killed_another_one_is_started(warmed: Warmed) -> None:
    await asyncio.to_thread(warmed.load)
    first = warmed.number
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while warmed.number is not None:
        await asyncio.sleep(0.01)
    asha = await warmed.start("asha", (100, 30), 1_000_000_000)
    await _drawn(asha, "as asha")
    assert warmed.number != first


async def test_an_answer_that_came_too_late_is_not_taken_for_that_of_the_next_session(
    warmed: Warmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asyncio.to_thread(warmed.load)
    number = warmed.number
    assert number is not None
    os.kill(number, signal.SIGSTOP)
    with monkeypatch.context() as hurried:
        hurried.setattr("markterm.web.warmed._IN_TIME", 0.05)
        with pytest.raises(Unreadable):
            await warmed.start("asha", (100, 30), 1_000_000_000)
        for _ in range(2):
            await warmed.end(number)
    os.kill(number, signal.SIGCONT)
    ben = await warmed.start("ben", (100, 30), 1_000_000_000)
    await _drawn(ben, "as ben")
    await warmed.end(ben.number)
    await asyncio.wait_for(ben.reader.read(), PATIENCE)
    assert warmed.number == number


async def test_a_session_says_how_it_ended(warmed: Warmed, tmp_path: Path) -> None:
    left = await warmed.start("asha", (100, 30), 1_000_000_000)
    await _drawn(left, "as asha")
    left.writer.write(b"D\x00\x00\x00\x01q")
    assert b'{"type": "ended", "code": 0}' in await asyncio.wait_for(left.reader.read(), PATIENCE)
    (tmp_path / "centre" / "centre.toml").write_text("[broken")
    failed = await warmed.start("asha", (100, 30), 1_000_000_000)
    assert b'{"type": "ended", "code": 4}' in await asyncio.wait_for(failed.reader.read(), PATIENCE)


async def test_a_session_that_stands_still_is_ended_by_force_and_no_signal_of_the_terminal_reaches_it(
    warmed: Warmed,
) -> None:
    asha = await warmed.start("asha", (100, 30), 1_000_000_000)
    await _drawn(asha, "as asha")
    loaded = warmed.number
    assert loaded is not None
    assert os.getsid(loaded) == loaded
    os.kill(asha.number, signal.SIGSTOP)
    await warmed.end(asha.number, at_once=True)
    await asyncio.wait_for(asha.reader.read(), PATIENCE)


async def test_half_of_an_answer_of_one_that_was_killed_is_no_beginning_of_the_next_ones(warmed: Warmed) -> None:
    warmed._unread = b'{"asked": 1, "proc'
    asha = await warmed.start("asha", (100, 30), 1_000_000_000)
    await _drawn(asha, "as asha")
    asha.writer.close()


async def test_what_ends_before_it_answers_started_no_session(warmed: Warmed, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    monkeypatch.setattr(warmed, "_running", lambda: ours)
    with ours, pytest.raises(Unreadable, match="No session can be started"):
        await warmed.start("asha", (100, 30), 1_000_000_000)
    with pytest.raises(ConnectionError):
        warmed._answer(_Ended())  # type: ignore[arg-type]  # it reads alone


class _Ended:
    def recv(self, _: int) -> bytes:
        return b""


async def test_a_session_that_is_asked_to_end_does_so_itself_and_says_so(warmed: Warmed) -> None:
    asha = await warmed.start("asha", (100, 30), 1_000_000_000)
    await _drawn(asha, "as asha")
    await warmed.end(asha.number)
    assert b'{"type": "ended"' in await asyncio.wait_for(asha.reader.read(), PATIENCE)


async def test_whoever_let_go_of_it_knows_that_it_ended(warmed: Warmed) -> None:
    await asyncio.to_thread(warmed.load)
    loaded = warmed.number
    assert loaded is not None
    await asyncio.to_thread(warmed.close)
    with pytest.raises(ProcessLookupError):
        os.kill(loaded, 0)
