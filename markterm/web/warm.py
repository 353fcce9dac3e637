"""A process that holds MarkTerm loaded, and forks one for each session of a browser: pages of memory that nobody writes
to are shared by all of them, and a session opens at once.

It is started with a socket as its standard input. A request is a line of JSON, with the socket of the session for one
that starts; the answer is a line of JSON, with the number of the request. It has one thread, so that a fork of it is
sound. When its own socket is closed, whoever serves is gone: it ends every session as a key would, and itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import resource
import runpy
import select
import signal
import socket
import sys
from typing import Any

LOADED = (
    "markterm.cli.group",
    "markterm.cli.open",
    "markterm.tui.app",
    "markterm.tui.browser",
    "markterm.tui.marking.screen",
    "markterm.tui.verifying.screen",
    "markterm.tui.feedback.screen",
    "markterm.tui.widgets.form",
    "markterm.tui.person.first_visit",
    "markterm.centre.attempts",
    "markterm.centre.marking",
    "markterm.centre.actions",
    "markterm.centre.presence",
    "markterm.centre.standardisation",
    "markterm.centre.new_work",
    "markterm.centre.of_another",
    "markterm.centre.evidence",
)
"""What every session needs, or nearly every one. By their names: nothing of a front end is known here."""

LONGEST = 1 << 16
"""Bytes of a request."""

_SOCKETS = 8
"""As many come with one reading at most."""

ENDED = "ended"
"""What the last packet of a session is called, which has its exit code."""

_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main() -> None:
    """Serve those who ask on standard input, until it is closed."""
    control = socket.socket(fileno=os.dup(0))
    for name in LOADED:
        importlib.import_module(name)
    # What there is now is shared with those that are forked: it must not be written to for counting it.
    gc.collect()
    gc.freeze()
    _Warm(control).run()


class _Warm:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._process = os.getpid()
        self._running: set[int] = set()
        self._unread = b""
        self._given: list[int] = []
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # a signal that is ignored wakes nobody
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)

    def run(self) -> None:
        """Until whoever serves is gone."""
        while True:
            ready = select.select([self._control.fileno(), self._woken], [], [])[0]
            if self._woken in ready:
                self._reap()
            if self._control.fileno() in ready and not self._answer():
                break
        for process in self._running:
            _send(process, signal.SIGTERM)

    def _answer(self) -> bool:
        """Answer what was asked: several requests, where whoever asked did not wait for the answers."""
        read, descriptors, _, _ = socket.recv_fds(self._control, LONGEST, _SOCKETS)
        self._given += descriptors
        *requests, self._unread = (self._unread + read).split(b"\n")
        return bool(read) and all(self._do(json.loads(request)) for request in requests)

    def _do(self, request: dict[str, Any]) -> bool:
        answer = {"asked": request["asked"]}
        if "end" in request:
            if request["end"] in self._running:
                _send(request["end"], request["signal"])
            return self._say(answer)
        session = self._given.pop(0)
        process = os.fork()
        if process == 0:
            self._become(request, session)
        os.close(session)
        self._running.add(process)
        return self._say({**answer, "process": process})

    def _say(self, answer: dict[str, int]) -> bool:
        try:
            self._control.sendall(json.dumps(answer).encode() + b"\n")
        except OSError:
            return False
        return True

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._woken, LONGEST):
                pass
        with contextlib.suppress(ChildProcessError):
            while (process := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                self._running.discard(process)

    def _become(self, request: dict[str, Any], session: int) -> None:
        """What the forked process does: MarkTerm, with these arguments. It never returns."""
        code: object = 1
        try:
            signal.set_wakeup_fd(-1)
            for each in (signal.SIGCHLD, signal.SIGINT):
                signal.signal(each, signal.SIG_DFL)
            os.setsid()
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGTERM, 0, 0, 0)
            if os.getppid() != self._process:
                return
            os.dup2(session, 0)
            os.dup2(session, 1)
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, 2)
            os.closerange(3, session + 16)
            resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], request["memory"]))
            os.environ.update(request["environment"])
            os.chdir(request["folder"])
            sys.argv = ["markterm", *request["arguments"]]
            runpy.run_module("markterm", run_name="__main__", alter_sys=False)
            code = 0
        except SystemExit as ended:
            code = ended.code
        finally:
            number = code if isinstance(code, int) else 0 if code is None else 1
            _tell_end(number)
            os._exit(number)


def _tell_end(code: int) -> None:
    """Say behind all that was drawn how it ended: whoever did not leave is not told that they did."""
    told = json.dumps({"type": ENDED, "code": code}).encode()
    with contextlib.suppress(OSError):
        os.write(1, b"M" + len(told).to_bytes(4, "big") + told)


def _send(process: int, number: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(process, number)


if __name__ == "__main__":
    main()
