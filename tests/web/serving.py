"""A server in this process, for tests: what it serves are no screens, but says again what it is told."""

from __future__ import annotations

import asyncio
import io
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from argon2 import PasswordHasher

from markterm.web import passwords as of_passwords
from markterm.web.log import Log
from markterm.web.passwords import Passwords
from markterm.web.server import WebServer, Where
from markterm.web.warmed import Process, Warmed
from tests.centres import make_centre_in, places_in
from tests.pace import PATIENCE

GOOD = "correct horse battery"
TAB, PAGE = "a" * 24, "b" * 24


class Echoes(Warmed):
    """Starts no process: a session is a task that sends back whatever comes, and ends when it is asked to."""

    def __init__(self) -> None:
        super().__init__(Path(), [])
        self.members: list[str] = []
        self.sessions: dict[int, asyncio.Task[None]] = {}

    @property
    def number(self) -> int | None:
        return 1

    def load(self) -> None:
        pass

    def close(self) -> None:
        pass

    async def start(self, member: str, size: tuple[int, int], memory: int) -> Process:
        ours, theirs = socket.socketpair()
        self.members.append(member)
        number = len(self.members)
        self.sessions[number] = asyncio.create_task(_echo(theirs, f"{member} {size[0]}x{size[1]} {memory}"))
        reader, writer = await asyncio.open_connection(sock=ours)
        return Process(number, reader, writer)


async def _echo(end: socket.socket, greeting: str) -> None:
    reader, writer = await asyncio.open_connection(sock=end)

    def say(kind: bytes, data: bytes) -> None:
        writer.write(kind + len(data).to_bytes(4, "big") + data)

    writer.write(b"__GANGLION__\n")
    say(b"D", greeting.encode())
    try:
        while True:
            kind, size = await reader.readexactly(1), int.from_bytes(await reader.readexactly(4), "big")
            data = await reader.readexactly(size)
            if kind == b"M" and b'"quit"' in data:
                say(b"M", b'{"type": "exit"}')
                say(b"M", b'{"type": "ended", "code": 0}')
                break
            if (found := re.search(rb"ends with (\d+)", data)) is not None:
                say(b"M", b'{"type": "exit"}')
                say(b"M", b'{"type": "ended", "code": %s}' % found[1])
                break
            say(b"D", data)
    except asyncio.IncompleteReadError:
        pass
    finally:
        writer.close()


@dataclass
class Serving:
    """A server that runs, and how to ask it."""

    server: WebServer
    port: int
    echoes: Echoes
    said: io.StringIO
    sessions: list[aiohttp.ClientSession] = field(default_factory=list)

    @property
    def at(self) -> str:
        return f"http://localhost:{self.port}"

    def browser(self) -> aiohttp.ClientSession:
        """A browser: it keeps what it is told to, and says where its forms come from."""
        made = aiohttp.ClientSession(
            base_url=self.at, headers={"Origin": self.at}, cookie_jar=aiohttp.CookieJar(unsafe=True)
        )
        self.sessions.append(made)
        return made

    async def signed_in(self, member: str = "asha", password: str = GOOD) -> aiohttp.ClientSession:
        """A browser in which that member signed in."""
        browser = self.browser()
        assert (await sign_in(browser, member, password)).status == 200
        return browser

    async def shown(self, browser: aiohttp.ClientSession, tab: str = TAB, page: str = PAGE) -> Any:
        """The connection by which a session is shown in that browser."""
        return await browser.ws_connect(f"/ws/{tab}/{page}?width=90&height=30")

    async def token(self, browser: aiohttp.ClientSession, path: str = "/files") -> str:
        """What a form of that page sends along."""
        return token_in(await (await browser.get(path)).text())


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


async def sign_in(browser: aiohttp.ClientSession, member: str, password: str) -> aiohttp.ClientResponse:
    token = token_in(await (await browser.get("/sign-in")).text())
    return await browser.post("/sign-in", data={"token": token, "member": member, "password": password})


async def raw(at: Serving, request: bytes | str) -> bytes:
    """The answer to these bytes, until the server closes or waits for more."""
    reader, writer = await asyncio.open_connection("127.0.0.1", at.port)
    writer.write(request if isinstance(request, bytes) else request.encode("utf-8"))
    try:
        return await asyncio.wait_for(reader.read(), PATIENCE)
    finally:
        writer.close()


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


def quick_passwords(monkeypatch: Any) -> None:
    """Hashes that take no time: they say themselves how they were made."""
    monkeypatch.setattr(of_passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@asynccontextmanager
async def serving(tmp_path: Path, table: str = "", **where: Any) -> AsyncIterator[Serving]:
    """A centre that is served, with `table` for what its file says of that; asha and ben have passwords."""
    centre, places, port = make_centre_in(tmp_path / "centre"), places_in(tmp_path), free_port()
    file = centre / "centre.toml"
    file.write_text(file.read_text("utf-8") + "\n[server]\n" + table.replace("PORT", str(port)), "utf-8")
    passwords = Passwords(places.of_centre(centre).passwords)
    for member in ("asha", "ben"):
        passwords.set(member, GOOD)
    said, echoes = io.StringIO(), Echoes()
    server = WebServer(centre, Where(port=port, **where), places, Log(said))
    server.warmed = server.served.apps._warmed = echoes
    ready = asyncio.Event()
    runs = asyncio.create_task(server.run(ready.set))
    made = Serving(server, port, echoes, said)
    try:
        await asyncio.wait_for(ready.wait(), PATIENCE)
        yield made
    finally:
        for each in made.sessions:
            await each.close()
        runs.cancel()
        await asyncio.gather(runs, return_exceptions=True)


async def text_of(shown: Any, words: str) -> str:
    """What a session drew, until it has these words."""
    drawn = ""
    while words not in drawn:
        message = await asyncio.wait_for(shown.receive(), PATIENCE)
        if message.type is not aiohttp.WSMsgType.BINARY:
            raise AssertionError(f"It ended with {message.type!r} after {drawn!r}.")
        drawn += message.data.decode("utf-8", "replace")
    return drawn
