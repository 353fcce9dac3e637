"""The processes in which files are converted, as the one that waits for them sees them.

They are forked from a server that holds the readers loaded (`reader_server`), which is started with the first of them
and anew whenever it is gone; where there is none, as on Windows, each is started by itself.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import BinaryIO, Protocol

from markterm.evidence.conversion.child import SERVE
from markterm.evidence.conversion.reader_server import LENGTH, RUNS, SAID

FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds")
PATIENCE = 5.0
"""Seconds in which a server has to fork; one that hangs is ended, and another one started."""
_TICK = 0.05
_LAST_WAIT = 0.5
"""Seconds that a server has to end when this process does."""
# How programs and libraries are found, and how texts and times are written. The rest is nobody's business.
_PASSED_ON = ("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
_PASSED_ON_TOO = "LC_"


class Child(Protocol):
    """A process that converts a file."""

    answer: BinaryIO
    """What it says."""
    forked: bool
    """Whether it was forked from the server, and not started by itself."""

    def hurry(self) -> None:
        """Let it go first after all, where the system lets anybody ask for that. It may have to be said again: the
        system hears few of those who ask at once, and the process may not have stepped back yet."""

    def kill(self) -> None:
        """End it and all that it started; Windows has no groups to end."""

    def wait(self) -> int | None:
        """How it ended, as `subprocess` has it, once its answer was read; None when the server was gone before it told:
        then nothing is known of it, and it ended as well."""

    def close(self) -> None:
        """Let go of it."""


class Stopped(Exception):
    """Somebody said stop before the process ran."""


class _ServerGone(Exception):
    """The server ended, or it hangs."""


def start(
    command: Sequence[str],
    file: Path,
    reader: str,
    stopped: Callable[[], bool],
    *,
    low: bool = False,
    forked: bool = True,
) -> Child:
    """A process that converts that file: a fork of the server, or where that cannot be, or not `forked`, started by
    itself. `low` is one that lets everything else on the machine go first.

    Raises OSError when it cannot be started, and `Stopped`.
    """
    if forked and FORKS:
        for _ in range(2):
            with contextlib.suppress(_ServerGone, OSError):
                return _server.fork(command, file, reader, stopped, low=low)
    return _Started(command, file, reader, low=low)


class _Started:
    """A process that was started by itself."""

    forked = False

    def __init__(self, command: Sequence[str], file: Path, reader: str, *, low: bool) -> None:
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        if low:
            flags |= getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        self._process = subprocess.Popen(
            (*command, str(file), reader),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=flags,
            env=_environment(),
        )
        assert self._process.stdout is not None
        self.answer: BinaryIO = self._process.stdout  # type: ignore[assignment]  # as a pipe of bytes is typed

    def hurry(self) -> None:
        pass

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def wait(self) -> int | None:
        return self._process.wait()

    def close(self) -> None:
        self.answer.close()


class _Forked:
    """A process that the server of that socket, `control`, forked, and of which it tells on `channel`."""

    forked = True

    def __init__(self, answer: BinaryIO, channel: socket.socket, control: socket.socket, process: int) -> None:
        self.answer = answer
        self._channel = channel
        self._control = control
        self._process = process

    def hurry(self) -> None:
        # It has a session of its own, and Linux shares time by sessions. Nobody may take back what `nice` gave away.
        with contextlib.suppress(OSError), Path(f"/proc/{self._process}/autogroup").open("r+b", 0) as group:
            if not group.read().endswith(b" nice 0\n"):
                group.write(b"0")

    def kill(self) -> None:
        # As long as the server has not said that it ended, no other process can have its id.
        self._channel.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            self._channel.recv(1, socket.MSG_PEEK)
            return
        for end in (os.killpg, os.kill):  # the second for one that has no group yet
            with contextlib.suppress(OSError):
                end(self._process, signal.SIGKILL)

    def wait(self) -> int | None:
        try:
            self._channel.settimeout(PATIENCE)
            return int(SAID.unpack(_exactly(self._channel, SAID.size))[1])
        except (TimeoutError, _ServerGone):
            # Not everywhere does a process end with the one that forked it.
            with contextlib.suppress(OSError):
                os.killpg(self._process, signal.SIGKILL)
            _server.end(self._control)
            return None

    def close(self) -> None:
        self.answer.close()
        self._channel.close()


class _Server:
    """The server of this process, started when it is first needed. It ends when this process does."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0
        self._command: tuple[str, ...] = ()

    def fork(
        self, command: Sequence[str], file: Path, reader: str, stopped: Callable[[], bool], *, low: bool
    ) -> _Forked:
        """A process that converts that file. Raises `_ServerGone`, OSError, and `Stopped`."""
        asked = json.dumps({"path": str(file), "reader": reader, "low": low}).encode()
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        answer = os.fdopen(reading, "rb")
        control: socket.socket | None = None
        try:
            try:
                with self._lock:
                    control = self._running(tuple(command))
                    socket.send_fds(control, [LENGTH.pack(len(asked)) + asked], [writing, theirs.fileno()])
            finally:
                os.close(writing)
                theirs.close()
            return _Forked(answer, ours, control, _heard(ours, stopped))
        except BaseException as error:
            answer.close()
            ours.close()
            if control is not None and isinstance(error, (ConnectionError, _ServerGone)):
                self.end(control)
            raise

    def end(self, control: socket.socket) -> None:
        """End the server that has that socket, unless another one took its place already."""
        with self._lock:
            if control is self._control:
                self._let_go()

    def end_with_this_process(self) -> None:
        """Let the server end, with all that it started; one that is held up would not hear that nobody is left."""
        process, control = self._process, self._control
        if process is not None and control is not None and self._owner == os.getpid():
            control.close()
            try:
                process.wait(_LAST_WAIT)
            except subprocess.TimeoutExpired:
                process.kill()

    def _running(self, command: tuple[str, ...]) -> socket.socket:
        """The socket of the server, which is started if there is none. Raises OSError."""
        if self._owner != os.getpid():  # this process was forked: the server is its parent's
            self._process = self._control = None
        if self._process is not None and (self._command != command or self._process.poll() is not None):
            self._let_go()
        if self._control is None:
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    (*command, SERVE),
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    env=_environment(),
                )
            self._control, self._owner, self._command = ours, os.getpid(), command
        return self._control

    def _let_go(self) -> None:
        process, control = self._process, self._control
        self._process = self._control = None
        if control is not None:
            control.close()
        if process is not None:
            process.kill()  # also one that is held up, which would never see that its socket was closed
            process.wait()


def _heard(channel: socket.socket, stopped: Callable[[], bool]) -> int:
    """The id of the process, when the server has said that it runs. Raises `_ServerGone`, OSError and `Stopped`."""
    end = monotonic() + PATIENCE
    channel.settimeout(_TICK)
    while True:
        if stopped():
            raise Stopped
        try:
            what, number = SAID.unpack(_exactly(channel, SAID.size))
        except TimeoutError:
            if monotonic() > end:
                raise _ServerGone from None
        else:
            if what != RUNS:
                raise OSError(number, os.strerror(number))
            return int(number)


def _environment() -> dict[str, str]:
    """Of this process's environment what a conversion needs: no keys and passwords, which people keep there too."""
    kept = {name: value for name, value in os.environ.items() if name in _PASSED_ON or name.startswith(_PASSED_ON_TOO)}
    if sys.platform == "darwin":
        kept["OBJC_DISABLE_INITIALIZE_FORK_SAFETY"] = "YES"
    return kept


def _exactly(channel: socket.socket, length: int) -> bytes:
    data = b""
    with contextlib.suppress(ConnectionError):
        while len(data) < length and (more := channel.recv(length - len(data))):
            data += more
    if len(data) < length:
        raise _ServerGone
    return data


_server = _Server()
atexit.register(_server.end_with_this_process)
