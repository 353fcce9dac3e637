"""What a server does again and again: whatever goes wrong in it is seen, and it goes on."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import pytest

from markterm.web.background import Background
from markterm.web.log import Log
from tests.pace import PATIENCE
from tests.web.serving import Serving


@pytest.mark.parametrize("fault", [OSError("/home/asha"), RuntimeError(), ValueError(), TimeoutError()])
async def test_a_look_that_fails_is_seen_and_made_again(fault: Exception) -> None:
    said, looks = io.StringIO(), iter([fault, fault, None, None])
    background, seen = Background(Log(said)), []

    async def look() -> None:
        seen.append(list(background.failing))
        if (coming := next(looks, None)) is not None:
            raise coming

    background.keep("files_swept", look, 0.0)
    async with asyncio.timeout(PATIENCE):
        while len(seen) < 4:
            await asyncio.sleep(0)
    await background.end()
    assert seen[:4] == [[], ["files_swept"], ["files_swept"], []]
    (line,) = [json.loads(each) for each in said.getvalue().splitlines()]
    assert (line["event"], line["kind"]) == ("files_swept_failed", type(fault).__name__)
    assert "asha" not in said.getvalue()


async def test_health_tells_what_fails_and_nothing_that_looks_again_and_again_is_outside_of_it(at: Serving) -> None:
    background = at.server.background
    assert len(background._going_on) == 3
    background.failing["health_looked_at"] = None
    answer = await at.browser().get("/healthz")
    assert (answer.status, (await answer.json())["failing"]) == (503, ["health_looked_at"])


async def test_a_session_that_could_not_be_ended_is_ended_by_the_next_look(
    at: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, apps = await at.signed_in(), at.server.served.apps
    await at.shown(browser)
    async with asyncio.timeout(PATIENCE):
        while not len(apps):
            await asyncio.sleep(0)
    (app,) = apps
    app.last_key -= 31 * 60

    async def fails(**_: Any) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(app, "end", fails)
        await apps.look()
        await asyncio.sleep(0)
    assert "session_not_ended" in at.said.getvalue()
    async with asyncio.timeout(PATIENCE):
        while len(apps):
            await apps.look()
            await asyncio.sleep(0)
