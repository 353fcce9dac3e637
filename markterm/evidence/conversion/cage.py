"""A cage for the process in which a file is converted: whatever a file makes of a library, it can do little with it.

On Linux, with its libraries loaded, the process gives up for good what a conversion has no use for:

- files (Landlock, Linux 5.13 and later): it reads the one file, and the folders in which Python, its packages, fonts
  and time zones are installed, for what a library loads late. It writes, makes and deletes nothing.
- the system (seccomp, on x86-64 and ARM64): no socket of any kind, no other program, no other process, no look into or
  signal to one, and nothing that changes a file. What it can still ask is the names, sizes and times of files.

On macOS `sandbox_init` is asked for the same. That could not be tried where this was written, and may be refused by a
later macOS. Elsewhere, and where a kernel refuses, nothing is taken here: `child.limit` is all there is.
"""

from __future__ import annotations

import ctypes
import os
import sys
import sysconfig
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from markterm.evidence.conversion import landlock, seatbelt, seccomp

# For what a library reads late: tables of characters, fonts, time zones, a part of its own that is a shared library.
_SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/etc/ld.so.cache"),
    *("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/zoneinfo", "/etc/localtime", "/etc/mime.types"),
)
_PACKAGE = Path(__file__).resolve().parents[2]


def shut_in(file: Path) -> None:
    """Shut this process in for good, with `file` and what it was made of. Where the system refuses, it is as it was."""
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        with suppress(OSError):
            landlock.restrict(library, [file, *_installed()])
        with suppress(OSError):
            seccomp.restrict(library)
    elif sys.platform == "darwin":
        with suppress(OSError):
            seatbelt.restrict([file, *_installed()])


def shut_in_server() -> None:
    """Take from this process what a server of readers has no use for: on Linux no socket but those it has, no other
    program, and nothing that changes a file. Those that it forks shut themselves in further."""
    _installed()  # found out once, for all of them
    if sys.platform == "linux":
        with suppress(OSError):
            seccomp.restrict(ctypes.CDLL(None, use_errno=True), forks=True)


def left_open() -> tuple[str, ...]:
    """What this process can still do, such as `read other files`: each is tried now, in a way that harms nothing."""
    return tuple(what for what, attempt in _ATTEMPTS if _succeeds(attempt))


@cache
def _installed() -> tuple[Path, ...]:
    """The folders and files of the installed Python and its packages that are there."""
    paths = sysconfig.get_paths()
    named = {_PACKAGE, *(Path(paths[name]) for name in ("stdlib", "platstdlib", "purelib", "platlib"))}
    own = (sys.prefix, sys.base_prefix, Path(sys.executable).resolve().parents[1])
    named |= {Path(prefix) / name for prefix in own for name in ("lib", "lib64")}
    # Where else packages are found; but not a folder that the program is developed in, with whatever lies beside it.
    named |= {Path(entry) for entry in sys.path if entry} - {_PACKAGE.parent}
    return tuple(filter(Path.exists, sorted({*named, *map(Path, _SYSTEM)})))


def _read() -> None:
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() fails for a user who has none
    os.listdir(home if os.path.isdir(home) else os.sep)  # noqa: PTH112, PTH208 - nothing is made of the answer


def _write() -> None:
    os.close(os.open(os.devnull, os.O_WRONLY))


def _connect(family: str, kind: str) -> Callable[[], None]:
    def make() -> None:
        import socket

        socket.socket(getattr(socket, family), getattr(socket, kind)).close()

    return make


def _run() -> None:
    with suppress(FileNotFoundError):  # as it should: the system would have run it
        os.execv("/nowhere/no program", ["no program"])


def _part() -> None:
    process = os.fork()
    if process == 0:
        os._exit(0)
    os.waitpid(process, 0)


_ATTEMPTS: Iterable[tuple[str, Callable[[], None]]] = (
    ("read other files", _read),
    ("write files", _write),
    ("use the network", _connect("AF_INET", "SOCK_STREAM")),
    ("use the network", _connect("AF_INET", "SOCK_DGRAM")),
    ("speak to other programs", _connect("AF_UNIX", "SOCK_STREAM")),
    ("start programs", _run),
    ("start processes", _part),
)


def _succeeds(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True
