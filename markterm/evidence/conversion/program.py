"""A program from outside, run on a file of a learner in the second cage, with a folder that is gone afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from errno import ENOSPC
from functools import cache as kept_once
from math import ceil
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from markterm.evidence.conversion.others_first import NICE

LARGEST_FOLDER = 512 * 1024 * 1024
"""Bytes of all that the program may have in its folder at a time."""
LARGEST_SAID = 16 * 1024 * 1024
MOST_FILES = 10_000
CAGE = (sys.executable, "-I", "-B", "-m", "markterm.evidence.conversion.program_cage")

LEAST_ROOM = 8 * 1024 * 1024
"""Bytes. A program that fails where the disk has less may have failed for that."""

_TICK = 0.05
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "TESSDATA_PREFIX", "WINDIR")


# Each is tried in a way that harms nothing: what is made is taken away again.
_TRIES = """
import json, os, socket
def write():
    os.mkdir("../markterm-tried")
    os.rmdir("../markterm-tried")
def internet():
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
def speak():
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).close()
def read():
    os.listdir("..")
open_left = []
for what, attempt in (
    ("read other files", read), ("write files", write), ("use the network", internet),
    ("speak to other programs", speak),
):
    try:
        attempt()
    except OSError:
        continue
    open_left.append(what)
print(json.dumps(open_left))
"""


class ProgramFailed(Exception):
    """Its text is the end of a sentence about the program: `takes longer than 60 seconds`."""


class ProgramBrokeOff(ProgramFailed):
    """It ended with a code that is not 0."""

    def __init__(self, code: int) -> None:
        super().__init__("breaks off")
        self.code = code


class ProgramStopped(Exception):
    """Somebody said stop."""


@contextlib.contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """A folder for a program to work in, for this user alone. Raises OSError when it cannot be made."""
    # Near the root: a socket of a program's own has to have a short name.
    with tempfile.TemporaryDirectory(prefix="markterm-", ignore_cleanup_errors=True) as name:
        yield Path(name).resolve()


def somebody_waits() -> bool:
    """Of a program for which somebody does."""
    return False


def nobody_waits() -> bool:
    """Of a program for which nobody does."""
    return True


def run(
    command: Sequence[str],
    folder: Path,
    *,
    seconds: float,
    memory: int,
    stop: Event,
    low: Callable[[], bool] = somebody_waits,
) -> bytes:
    """What a program says on its standard output, run in `folder`, to which it can write and to no other place.

    `low` says now and then whether nobody waits for it: then everything else on the machine goes first.

    Raises ProgramFailed, with what is wrong, ProgramStopped, and OSError when it does not start or the disk is full.
    """
    caged = os.name != "nt"
    limits = (str(folder), str(memory), str(ceil(seconds)))
    process = subprocess.Popen(
        (*CAGE, *limits, *command) if caged else command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),
    )
    watch = _Watch(process, folder, seconds, stop, low)
    with process, watch:
        assert process.stdout is not None
        try:
            said = process.stdout.read(LARGEST_SAID + 1)
        except BaseException:  # Ctrl+C reaches only us
            end_all(process)
            raise
        if len(said) > LARGEST_SAID:
            end_all(process)
        if hasattr(os, "waitid"):
            # What it started may outlive it. As long as its end was not asked for, its number is nobody else's.
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            end_all(process)
        process.wait()
    if stop.is_set():
        raise ProgramStopped
    if watch.reason:
        raise ProgramFailed(watch.reason)
    if len(said) > LARGEST_SAID:
        raise ProgramFailed("says more than a file can hold")
    if process.returncode != 0:
        check_room(folder)
    if process.returncode == -getattr(signal, "SIGXFSZ", 0):
        raise ProgramFailed("writes a larger file than a portfolio needs")
    if process.returncode == -getattr(signal, "SIGKILL", 0):  # by the limit on its work, or the system's on memory
        raise ProgramFailed("needs more work or memory than a file should")
    if process.returncode != 0:
        raise ProgramBrokeOff(process.returncode)
    return said


def check_room(folder: Path) -> None:
    """Raises OSError when the disk is too full for a program to have done its work in that folder."""
    if shutil.disk_usage(folder).free < LEAST_ROOM:
        raise OSError(ENOSPC, os.strerror(ENOSPC))


@kept_once
def programs_left_open() -> tuple[str, ...]:
    """What a program from outside could do beside its work on this machine, such as `use the network`.

    Empty where it is shut in as it should be, and on systems that are known to have no cage, of which the README tells.
    """
    if sys.platform not in ("linux", "darwin"):
        return ()
    try:
        with folder_of_its_own() as folder:
            command = (sys.executable, "-I", "-c", _TRIES)
            tried = json.loads(run(command, folder, seconds=20.0, memory=1024**3, stop=Event()))
        return tuple(map(str, tried))
    except (ProgramFailed, OSError, ValueError):
        return ("do what could not be found out",)


class _Watch(Thread):
    """Ends the program when its time or its room is up or somebody says stop, and lets others go first while nobody
    waits for it. Used with `with`, around the waiting."""

    def __init__(
        self, process: subprocess.Popen[bytes], folder: Path, seconds: float, stop: Event, low: Callable[[], bool]
    ) -> None:
        super().__init__(name="program", daemon=True)
        self.reason = ""
        self._process = process
        self._folder = folder
        self._seconds = seconds
        self._stop_asked = stop
        self._low = low
        self._is_low = False
        self._done = Event()

    def run(self) -> None:
        """Look now and then until it is done."""
        end = monotonic() + self._seconds
        self._let_others_first()
        while not self._done.wait(_TICK):
            self._let_others_first()
            if monotonic() > end:
                self.reason = f"takes longer than {self._seconds:g} seconds"
            elif not _fits(self._folder):
                self.reason = "fills the disk"
            if self.reason or self._stop_asked.is_set():
                end_all(self._process)
                return

    def _let_others_first(self) -> None:
        """Or not, if somebody waits for it by now."""
        if (low := self._low()) != self._is_low:
            # It has a session of its own, and where Linux shares time by sessions being nice alone says nothing.
            with contextlib.suppress(OSError), Path(f"/proc/{self._process.pid}/autogroup").open("wb", 0) as group:
                group.write(b"%d" % (NICE if low else 0))
                self._is_low = low

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()


def end_all(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started. Windows has no groups: there it is the program alone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _fits(folder: Path) -> bool:
    """Whether what lies in the folder is less than it may be."""
    size = count = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            count += 1
            with contextlib.suppress(OSError):
                facts = os.lstat(f"{parent}{os.sep}{name}")
                size += 512 * facts.st_blocks if hasattr(facts, "st_blocks") else facts.st_size
        if size > LARGEST_FOLDER or count > MOST_FILES:
            return False
    return True


def _environment(folder: Path) -> dict[str, str]:
    """Little of this process's own: no keys, no addresses of other programs, and every place in the folder."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    own = str(folder)
    places = ("HOME", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    # LibreOffice makes a socket there; one thread is enough for work in the background.
    return kept | dict.fromkeys(places, own) | {"OSL_SOCKET_PATH": own, "OMP_THREAD_LIMIT": "1"}
