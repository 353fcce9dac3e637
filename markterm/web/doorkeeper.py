"""Connections before anybody asked for anything: whoever takes too long to ask, or holds too many, is let go."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import cast

WITHIN = 10.0
"""Seconds in which a request has to be whole, its body apart."""
_STAYS = 3
"""So many times as long a connection is kept for the next request."""
MOST = 2_000
MOST_OF_ONE = 200
"""Connections of one machine,"""
OF_A_SESSION = 4
"""or so many for each session that there may be: one shows it and others bring pages, and a whole college may be behind
one address."""


class Doors:
    """The connections of a server of so many `sessions`. `is_proxy` tells the machines through which many come."""

    def __init__(self, is_proxy: Callable[[str], bool], sessions: int, *, within: float = WITHIN) -> None:
        self._is_proxy = is_proxy
        self.most_of_one = max(MOST_OF_ONE, OF_A_SESSION * sessions)
        self.most = max(MOST, 2 * self.most_of_one)
        self.within = within
        self._of: Counter[str] = Counter()
        self._by_transport: dict[asyncio.BaseTransport, Doorkeeper] = {}

    def of(self, transport: asyncio.BaseTransport | None) -> Doorkeeper | None:
        """The one of that connection."""
        return self._by_transport.get(transport) if transport is not None else None

    def enters(self, transport: asyncio.BaseTransport, keeper: Doorkeeper) -> bool:
        """Whether there is room for it; then it is kept."""
        machine = _machine(transport)
        if len(self._by_transport) >= self.most or (
            self._of[machine] >= self.most_of_one and not self._is_proxy(machine)
        ):
            return False
        self._of[machine] += 1
        self._by_transport[transport] = keeper
        return True

    def leaves(self, transport: asyncio.BaseTransport) -> None:
        """It is gone."""
        if self._by_transport.pop(transport, None) is not None:
            machine = _machine(transport)
            self._of[machine] -= 1
            if not self._of[machine]:
                del self._of[machine]


class Doorkeeper(asyncio.Protocol):
    """Passes on to `inner` what comes on a connection, and ends it when a request is not whole in time."""

    def __init__(self, doors: Doors, inner: asyncio.Protocol) -> None:
        self._doors = doors
        self._inner = inner
        self._transport: asyncio.Transport | None = None
        self._waits: asyncio.TimerHandle | None = None
        self._in_hand = 0
        self._entered = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in, if there is room."""
        self._transport = cast("asyncio.Transport", transport)
        self._entered = self._doors.enters(transport, self)
        if not self._entered:
            self._transport.abort()
            return
        self._inner.connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Pass it on."""
        if self._entered:
            self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        """Pass it on."""
        return self._inner.eof_received() if self._entered else None

    def pause_writing(self) -> None:
        """Pass it on."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Pass it on."""
        self._inner.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Pass it on."""
        self._wait_no_more()
        if self._entered and self._transport is not None:
            self._doors.leaves(self._transport)
            self._inner.connection_lost(exc)

    def request_began(self) -> None:
        """A request is whole, its body apart."""
        self._in_hand += 1
        self._wait_no_more()

    def request_ended(self) -> None:
        """It is answered; the next one may come a while later."""
        self._in_hand -= 1
        if not self._in_hand:
            self._wait(_STAYS)

    def _wait(self, times: float = 1) -> None:
        self._wait_no_more()
        self._waits = asyncio.get_running_loop().call_later(self._doors.within * times, self._let_go)

    def _wait_no_more(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _let_go(self) -> None:
        if self._transport is not None:
            self._transport.abort()


def _machine(transport: asyncio.BaseTransport) -> str:
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if peer else ""
