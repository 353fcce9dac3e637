"""Files that sessions deliver to browsers, piece by piece: each comes whole, or a browser sees that it did not."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncGenerator

from textual_serve.download_manager import DOWNLOAD_CHUNK_SIZE, Download, DownloadManager

_PATIENCE = 60.0
"""Seconds for the next piece: a session may have much else to do."""


class Downloads(DownloadManager):
    """Those of all sessions. What nobody fetched is kept as long as its session, and no longer."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        super().__init__()
        self._patience = patience
        self._fetched: set[str] = set()
        """Those that somebody is fetching: their pieces come once, and two who took them would have some each."""

    def __len__(self) -> int:
        return len(self._active_downloads)

    async def get_download_metadata(self, delivery_key: str) -> Download:
        """What there is to know of that file. Raises `KeyError` where there is none, or somebody is fetching it."""
        if delivery_key in self._fetched:
            raise KeyError(delivery_key)
        return await super().get_download_metadata(delivery_key)

    async def download(self, delivery_key: str) -> AsyncGenerator[bytes, None]:
        """The pieces of that file. Raises `KeyError` where there is none to deliver, or somebody is fetching it, and
        `ConnectionError` where its session ends, or does not answer, before all of it came."""
        download = await self.get_download_metadata(delivery_key)
        self._fetched.add(delivery_key)
        asked = {"type": "deliver_chunk_request", "key": delivery_key, "size": DOWNLOAD_CHUNK_SIZE}
        try:
            while True:
                try:
                    async with asyncio.timeout(self._patience):
                        await download.app_service.send_meta({**asked, "name": download.name})
                        piece = await download.incoming_chunks.get()
                except TimeoutError:
                    piece = None
                if piece is None:
                    raise ConnectionError("the session did not deliver all of it")
                if not piece:
                    return
                yield piece
        finally:
            self._active_downloads.pop(delivery_key, None)
            self._fetched.discard(delivery_key)

    async def cancel_app_downloads(self, app_service_id: str) -> None:
        """That session is over: whoever fetches something of it gets no more, and nothing of it is kept."""
        await super().cancel_app_downloads(app_service_id)
        for key, each in list(self._active_downloads.items()):
            if each.app_service.app_service_id == app_service_id:
                del self._active_downloads[key]


def cut_off(transport: asyncio.BaseTransport) -> None:
    """End a connection so that nobody takes the part of a file that came for the whole: a proxy that asks by HTTP/1.0
    knows the end of a file by that of its connection, and sees a reset alone to be none."""
    end = transport.get_extra_info("socket")
    if end is not None:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()  # type: ignore[attr-defined]  # as every transport that is written to
