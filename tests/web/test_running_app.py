"""One session, and a browser that takes nothing any more."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual_serve.download_manager import DownloadManager

from markterm.web import running_app
from markterm.web.running_app import RunningApp
from markterm.web.sign_ins import SignIn
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
