"""The server of readers: a process that holds them loaded, and forks one that converts for each file it is asked for.

It reads no file of anybody's and gives up, before it is asked, what it has no use for: see `cage.shut_in_server`. It
has one thread, so that a fork of it is sound. What it is told comes in `wire.Request`s over the socket that it is
started with, each with two descriptors: one that the conversion is written to, and a channel of its own on which the
asker hears that the process runs, and how it ended. A channel that the asker closes ends its process, and all that this
one started; when the socket is closed, the asker is gone and the server ends with all its processes.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from markterm.evidence.conversion import cage, child
from markterm.evidence.conversion.others_first import NICE
from markterm.evidence.readers import READERS

RUNS, ENDED, FAILED = b"r", b"e", b"f"
"""What is said on a channel: that the process runs, by which id; how it ended, as `subprocess` has it; and the number
of the error for which there is none."""
SAID = struct.Struct("!ci")
LENGTH = struct.Struct("!I")
"""How many bytes the request has that follows."""

_CPU_SECONDS = 600
"""Of the server itself: it does next to nothing. When they are used up another one is started."""
_OPEN_FILES = 256
_FIRST_OF_THE_CHILD = 3
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_SIZE = 1 << 16


def serve() -> None:
    """Serve those who ask on standard input, a socket, until it is closed."""
    child.limit(_CPU_SECONDS, _OPEN_FILES)
    cage.shut_in_server()
    _Server(socket.socket(fileno=0)).run()


class _Server:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._process = os.getpid()
        self._channels: dict[int, socket.socket] = {}
        """By the id of the process, until it was reaped."""
        self._given_up: set[int] = set()
        self._to_load = list(dict.fromkeys(READERS.values()))
        self._nowhere = os.open(os.devnull, os.O_RDWR)
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # a signal that is ignored wakes nobody
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)

    def run(self) -> None:
        """Until the asker is gone."""
        asked = False
        while True:
            waiting: list[socket.socket | int] = [self._control, self._woken, *self._channels.values()]
            # The readers that nobody asked for yet are loaded when there is nothing else to do.
            idle = asked and not self._channels and bool(self._to_load)
            ready = select.select(waiting, [], [], 0 if idle else None)[0]
            if self._woken in ready:
                self._reap()
            for process, channel in tuple(self._channels.items()):
                if channel in ready:  # nothing is ever said on it from there: it was closed
                    self._given_up.add(process)
                    _end(process)
            if self._control in ready:
                if not self._answer():
                    break
                asked = True
            elif idle and not ready:
                self._load(self._to_load[0])
        for process in self._channels:
            _end(process)

    def _answer(self) -> bool:
        """Take a request and fork for it; False when there is nobody any more who could ask."""
        head, descriptors, _, _ = socket.recv_fds(self._control, LENGTH.size, 2)
        if len(head) < LENGTH.size or len(descriptors) != 2:
            return False
        asked = json.loads(_exactly(self._control, LENGTH.unpack(head)[0]))
        out, channel = descriptors[0], socket.socket(fileno=descriptors[1])
        self._load(asked["reader"])
        try:
            process = os.fork()
        except OSError as error:
            os.close(out)
            _say(channel, FAILED, error.errno or 0)
            channel.close()
            return True
        if process == 0:
            self._convert(Path(asked["path"]), asked["reader"], asked["low"], out)
        self._channels[process] = channel
        os.close(out)
        # Said only when the process alone can write its answer: if the server were held up before that, the asker, who
        # reads until nobody can write any more, would read for ever.
        _say(channel, RUNS, process)
        return True

    def _load(self, reader: str) -> None:
        """Load a reader once, for all that are forked afterwards."""
        if reader in self._to_load:
            self._to_load.remove(reader)
            child.load(reader)
            # What there is now is shared with those that are forked: it must not be written to for counting it.
            gc.collect()
            gc.freeze()

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._woken, _SIZE):
                pass
        for process, status in _ended():
            with contextlib.suppress(OSError):  # what it started and did not end
                os.killpg(process, signal.SIGKILL)
            channel = self._channels.pop(process, None)
            self._given_up.discard(process)
            if channel is not None:
                _say(channel, ENDED, os.waitstatus_to_exitcode(status))
                channel.close()

    def _convert(self, path: Path, reader: str, low: bool, out: int) -> None:
        """What the forked process does. It never returns into what the server does."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
            if os.getppid() != self._process:
                return
            if low:
                _let_others_first()
            os.dup2(self._nowhere, 0)
            # The socket and the channels belong to the server. They are not closed by their objects, which are its too.
            os.dup2(out, _FIRST_OF_THE_CHILD)
            os.closerange(_FIRST_OF_THE_CHILD + 1, _OPEN_FILES)
            child.limit()
            child.tell(path, reader, _FIRST_OF_THE_CHILD)
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        finally:
            os._exit(code & 0xFF)


def _let_others_first() -> None:
    """Whatever else there is to do on this machine goes first."""
    os.nice(NICE)
    # Where Linux shares time by sessions, and this process has one of its own, nice alone says nothing.
    with contextlib.suppress(OSError), Path("/proc/self/autogroup").open("wb", 0) as group:
        group.write(b"%d" % NICE)


def _end(process: int) -> None:
    """End a process that was not reaped yet, and all that it started."""
    for end in (os.killpg, os.kill):  # the second for one that has no group yet
        with contextlib.suppress(OSError):
            end(process, signal.SIGKILL)


def _ended() -> Iterator[tuple[int, int]]:
    """The processes that ended, and with which status."""
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            yield ended


def _say(channel: socket.socket, what: bytes, number: int) -> None:
    with contextlib.suppress(OSError):  # nobody waits for it any more
        os.write(channel.fileno(), SAID.pack(what, number))  # it has given up `send`


def _exactly(control: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        more = control.recv(length - len(data))
        if not more:
            raise SystemExit(0)  # the asker is gone
        data += more
    return data
