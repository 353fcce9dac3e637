"""What a form of ours sends: its fields, or files piece by piece. What no browser sends is refused, and no fault."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

_WHOLE_WITHIN = 10.0
"""Seconds for a form without files to come whole."""
_STALLED = 60.0
"""Seconds in which something more of a file has to come."""
_PIECE = 1 << 18


async def fields_of(request: web.Request) -> Mapping[str, str]:
    """The fields of a form without files. Raises `HTTPBadRequest`, and `TimeoutError` where it does not come whole."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPBadRequest
    with _read():
        async with asyncio.timeout(_WHOLE_WITHIN):
            return {name: str(value) for name, value in (await request.post()).items()}


async def parts_of(request: web.Request) -> AsyncIterator[BodyPartReader]:
    """The parts of a form with files, one after the other. Raises `HTTPBadRequest`."""
    if request.content_type != "multipart/form-data":
        raise web.HTTPBadRequest
    with _read():
        parts = await request.multipart()
    while True:
        with _read():
            part = await parts.next()
        if part is None:
            return
        if isinstance(part, BodyPartReader):
            yield part


async def pieces_of(part: BodyPartReader) -> AsyncIterator[bytes]:
    """What is in a part. Raises `HTTPBadRequest`, and `TimeoutError` where nothing more comes."""
    while True:
        with _read():
            async with asyncio.timeout(_STALLED):
                piece: bytes = await part.read_chunk(_PIECE)
        if not piece:
            return
        yield piece


@contextmanager
def _read() -> Iterator[None]:
    try:
        yield
    except (ValueError, LookupError, HttpProcessingError) as error:  # As whoever reads forms says that it cannot.
        raise web.HTTPBadRequest from error
