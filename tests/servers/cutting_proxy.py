"""Something between a client and a server that goes dead after so many bytes, wherever in a message that is.

It cuts the connection, or goes on taking every byte and passes none on.

    with CuttingProxy(postgres) as proxy:
        proxy.cut_after(17, to_server=True)

It listens on a socket in a folder of its own, as the server does in its own, so that a database is reached through it
by another address alone; and by TCP, where nobody is asked for a password either.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from tests.servers.postgres import database_of

if TYPE_CHECKING:
    from types import TracebackType

    from tests.servers.postgres import PostgresServer

_PIECE = 65_536


class CuttingProxy:
    """Passes on what both sides say, until it is to be cut: then both lose the connection, once."""

    def __init__(self, server: PostgresServer) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="markterm-cut-"))
        self._server = server
        self._lock = Lock()
        self._is_silent = False
        self.is_dead = False
        """Whether it takes every byte of every connection and passes none on."""
        self._left: dict[bool, int | None] = {True: None, False: None}
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.folder / f".s.PGSQL.{server.port}"))
        self._by_network = socket.create_server(("127.0.0.1", 0))
        for listening in (self._listening, self._by_network):
            listening.listen(64)
            Thread(target=self._accept, args=(listening,), daemon=True).start()

    def __enter__(self) -> CuttingProxy:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.close()
        self._by_network.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, url: str) -> str:
        """That address of the server's, through here."""
        return url.replace(f"host={self._server.folder}", f"host={self.folder}")

    def by_network(self, url: str) -> str:
        """The same by TCP."""
        return f"{url.partition('@')[0]}@127.0.0.1:{self._by_network.getsockname()[1]}/{database_of(url)}"

    def cut_after(self, bytes_passed: int, *, to_server: bool, is_silent: bool = False) -> None:
        """From now on let so many bytes more pass in that direction, and then cut the connection that they are on; or
        swallow what comes behind them without a word, and leave it open."""
        with self._lock:
            self._is_silent = is_silent
            self._left[to_server] = bytes_passed

    def was_cut(self) -> bool:
        """Whether it was cut since it was to be; from now on it is not to be cut any more."""
        with self._lock:
            was = self._left[True] is self._left[False] is None
            self._left = {True: None, False: None}
            return was

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(str(self._server.folder / f".s.PGSQL.{self._server.port}"))
                except OSError:
                    client.close()
                    continue
                for source, into, to_server in ((client, server, True), (server, client, False)):
                    Thread(target=self._pass_on, args=(source, into, to_server), daemon=True).start()

    def _pass_on(self, source: socket.socket, into: socket.socket, to_server: bool) -> None:  # a thread's
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                if self.is_dead:
                    continue
                with self._lock:
                    left, is_silent = self._left[to_server], self._is_silent
                    is_cut = left is not None and len(piece) >= left
                    if left is not None:
                        self._left[to_server] = None if is_cut else left - len(piece)
                into.sendall(piece[:left] if is_cut else piece)
                if is_cut and is_silent:
                    while source.recv(_PIECE):
                        pass
                if is_cut:
                    break
        for each in (source, into):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
