"""Files that sessions deliver to browsers, piece by piece: each comes whole, or a browser sees that it did not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from textual_serve.download_manager import DOWNLOAD_CHUNK_SIZE, DownloadManager

_PATIENCE = 60.0
"""Seconds for the next piece: a session may have much else to do."""


class Downloads(DownloadManager):
    """Those of all sessions. What nobody fetched is kept as long as its session, and no longer."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        super().__init__()
        self._patience = patience

    def __len__(self) -> int:
        return len(self._active_downloads)

    async def download(self, delivery_key: str) -> AsyncGenerator[bytes, None]:
        """The pieces of that file. Raises `KeyError` where there is none to deliver, and `ConnectionError` where its
        session ends, or does not answer, before all of it came."""
        download = self._active_downloads[delivery_key]
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

    async def cancel_app_downloads(self, app_service_id: str) -> None:
        """That session is over: whoever fetches something of it gets no more, and nothing of it is kept."""
        await super().cancel_app_downloads(app_service_id)
        for key, each in list(self._active_downloads.items()):
            if each.app_service.app_service_id == app_service_id:
                del self._active_downloads[key]
