"""One after the other in one folder: who comes second waits, though not for ever, and no promise rests on it."""

from __future__ import annotations

import errno
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from markterm.system import platform
from markterm.system.platform import alone_in
from tests.pace import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such lock there")


def test_who_comes_second_is_in_when_the_first_has_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, is_in = Event(), Event()
    sleep = time.sleep

    def waiting(seconds: float) -> None:
        waits.set()
        sleep(seconds)

    def second() -> None:
        with alone_in(tmp_path):
            is_in.set()

    monkeypatch.setattr(platform, "sleep", waiting)
    thread = Thread(target=second)
    with alone_in(tmp_path):
        thread.start()
        assert waits.wait(PATIENCE)
        assert not is_in.is_set()
    thread.join(PATIENCE)
    assert is_in.is_set()


def test_nobody_waits_in_another_folder_or_for_who_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.setattr(platform, "sleep", lambda _: pytest.fail("waited"))
    with pytest.raises(ZeroDivisionError), alone_in(tmp_path), alone_in(tmp_path / "other"):
        raise ZeroDivisionError
    with alone_in(tmp_path):
        pass


def test_who_has_waited_for_two_seconds_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(platform, "sleep", slept.append)
    with alone_in(tmp_path), alone_in(tmp_path):
        assert sum(slept) == pytest.approx(2)


def test_where_a_share_has_no_locks_everybody_goes_on_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def has_none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", has_none)
    monkeypatch.setattr(platform, "sleep", lambda _: pytest.fail("waited"))
    with alone_in(tmp_path), alone_in(tmp_path):
        pass
