"""Files that sessions deliver: whole, or seen to be cut off."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from markterm.web.downloads import Downloads
from tests.pace import PATIENCE


class _Session:
    """A session that delivers these pieces, one each time it is asked, and is silent then."""

    app_service_id = "s1"

    def __init__(self, downloads: Downloads, pieces: list[bytes]) -> None:
        self._downloads, self._pieces = downloads, pieces

    async def send_meta(self, asked: dict[str, object]) -> bool:
        if self._pieces:
            await self._downloads.chunk_received(str(asked["key"]), self._pieces.pop(0))
        return True


async def _delivered(patience: float, pieces: list[bytes]) -> Downloads:
    downloads = Downloads(patience)
    session: Any = _Session(downloads, pieces)
    await downloads.create_download(
        app_service=session, delivery_key="k", file_name="p.pdf", open_method="download", mime_type=""
    )
    return downloads


async def test_a_file_that_came_whole_is_delivered_once() -> None:
    downloads = await _delivered(PATIENCE, [b"%P", b"DF", b""])
    assert [each async for each in downloads.download("k")] == [b"%P", b"DF"]
    with pytest.raises(KeyError):
        await downloads.get_download_metadata("k")


async def test_a_session_that_stops_answering_never_ends_a_file_as_if_it_were_whole() -> None:
    downloads = await _delivered(0.01, [b"%P"])
    pieces = downloads.download("k")
    assert await anext(pieces) == b"%P"
    with pytest.raises(ConnectionError):
        await anext(pieces)


async def test_a_session_that_ends_meanwhile_cuts_off_what_it_delivered_and_leaves_nothing() -> None:
    downloads = await _delivered(PATIENCE, [b"%P"])

    async def fetched() -> list[bytes]:
        return [each async for each in downloads.download("k")]

    fetching = asyncio.create_task(fetched())
    await asyncio.sleep(0)
    await downloads.cancel_app_downloads("s1")
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(fetching, PATIENCE)
    assert len(downloads) == 0


async def test_what_nobody_fetched_is_not_kept_longer_than_its_session() -> None:
    downloads = await _delivered(PATIENCE, [])
    other: Any = SimpleNamespace(app_service_id="s2")
    await downloads.create_download(
        app_service=other, delivery_key="l", file_name="q.pdf", open_method="download", mime_type=""
    )
    await downloads.cancel_app_downloads("s1")
    assert len(downloads) == 1
    assert (await downloads.get_download_metadata("l")).app_service is other
