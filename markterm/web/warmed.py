"""Starting sessions: each is a process of its own, forked by one that holds MarkTerm loaded (`warm.py`)."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from markterm.domain.words.errors import Unreadable
from markterm.own.signed_in import SIGNED_IN

SECRETS = "MARKTERM_"
"""What begins so in the environment is the server's own, and no session's."""

_OF_THE_SCREEN = {
    "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
    "TEXTUAL_FPS": "60",
    "TEXTUAL_COLOR_SYSTEM": "truecolor",
    "TERM_PROGRAM": "textual",
}
_ANSWER = 1 << 12
_IN_TIME = 30.0


@dataclass(frozen=True, slots=True)
class Process:
    """A session's process, and the pipe to it."""

    number: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Warmed:
    """The process that holds MarkTerm loaded: started when it is needed first, and again if it ended. What it makes
    works in `folder`, so that places are told from there on, and where the server has the centre is not."""

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        self._folder = str(folder.absolute())
        self._arguments = list(arguments)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._turn = Lock()
        self._asked = 0
        self._unread = b""

    @property
    def number(self) -> int | None:
        """The number of that process, while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    async def start(self, member: str, size: tuple[int, int], memory: int) -> Process:
        """A process in which that member works, on a screen of that size, with so many bytes of memory at most. Raises
        `Unreadable` where none can be started."""
        ours, theirs = socket.socketpair()
        width, height = size
        environment = {SIGNED_IN: member, "COLUMNS": str(width), "ROWS": str(height)}
        asked = {
            "folder": self._folder,
            "arguments": self._arguments,
            "environment": environment,
            "memory": memory,
        }
        try:
            answer = await asyncio.to_thread(self._ask, asked, theirs)
            number = int(answer["process"])
        except (OSError, ValueError, KeyError) as error:
            ours.close()
            raise Unreadable(
                "No session can be started", f"{type(error).__name__}: {error}.", "Try again in a moment."
            ) from error
        finally:
            theirs.close()
        reader, writer = await asyncio.open_connection(sock=ours)
        return Process(number, reader, writer)

    async def end(self, process: int, *, at_once: bool = False) -> None:
        """End that process; as a key does, or `at_once`."""
        with suppress(OSError, ValueError):
            number = signal.SIGKILL if at_once else signal.SIGTERM
            await asyncio.to_thread(self._ask, {"end": process, "signal": int(number)}, None)

    def close(self) -> None:
        """Let go of it: it ends every session as a key does, and itself."""
        with self._turn:
            if self._control is not None:
                self._control.close()
            if self._process is not None:
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(_IN_TIME)
            self._control = self._process = None

    def load(self) -> None:
        """Have it loaded before it is needed."""
        with self._turn:
            self._running()

    def _ask(self, asked: Mapping[str, object], given: socket.socket | None) -> dict[str, int]:
        with self._turn:
            control = self._running()
            control.settimeout(_IN_TIME)
            self._asked += 1
            data = json.dumps({**asked, "asked": self._asked}).encode() + b"\n"
            if given is None:
                control.sendall(data)
            else:
                socket.send_fds(control, [data], [given.fileno()])
            while (answer := self._answer(control))["asked"] != self._asked:
                pass  # It came too late for whoever asked.
            return answer

    def _answer(self, control: socket.socket) -> dict[str, int]:
        while b"\n" not in self._unread:
            read = control.recv(_ANSWER)
            if not read:
                raise ConnectionError("it ended")
            self._unread += read
        line, _, self._unread = self._unread.partition(b"\n")
        answer: dict[str, int] = json.loads(line)
        return answer

    def _running(self) -> socket.socket:
        if self._control is not None and self.number is not None:
            return self._control
        ours, theirs = socket.socketpair()
        environment = {key: value for key, value in os.environ.items() if not key.startswith(SECRETS)}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "markterm.web.warm"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**environment, **_OF_THE_SCREEN},
                start_new_session=True,
            )
        self._control, self._unread = ours, b""
        return ours
