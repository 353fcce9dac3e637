"""Landlock: a process of Linux gives up files, for good and without any rights, but those below some paths.

Constants and structures are those of the kernel's `linux/landlock.h`, by the version (ABI) that brought them.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # system calls, the same on every kind of machine
_VERSION_ASKED = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVS = 38

_RUN, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_SOCKETS = 1 << 9
_MAKE_DEVICES = 1 << 6 | 1 << 11
"""Devices of characters and of blocks: nobody makes one."""
_RIGHTS_SINCE = ((1, 13), (2, 14), (3, 15), (5, 16))
"""Of files: an ABI, and how many rights it knows (execute, write, read, …, refer, truncate, control of devices)."""
_TCP = 0b11
"""To bind, and to connect: since ABI 4."""
_SCOPES = 0b11
"""Abstract Unix sockets, and signals, of processes outside: since ABI 6."""
_NET_SINCE, _SCOPES_SINCE = 4, 6


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def restrict(
    library: ctypes.CDLL,
    readable: Iterable[Path],
    *,
    runnable: Iterable[Path] = (),
    writable: Iterable[Path] = (),
    sockets: Iterable[Path] = (),
) -> None:
    """Let this process read what lies below those paths, which exist, and nothing else, and write nothing.

    Programs are run, and their files read, below what is `runnable`; folders below what is `writable` are its own, and
    a file or device that is `writable` can be written to. In folders for `sockets` it can make those and nothing else.

    `library` is the C library, with `use_errno`. Raises OSError where the kernel has no Landlock or refuses it.
    """
    abi = _call(library, _CREATE_RULESET, None, 0, _VERSION_ASKED)
    rights = max(count for since, count in _RIGHTS_SINCE if since <= abi)
    rules = _Ruleset((1 << rights) - 1, _TCP if abi >= _NET_SINCE else 0, _SCOPES if abi >= _SCOPES_SINCE else 0)
    # An older kernel refuses a structure with more in it than it knows.
    size = 8 * (3 if abi >= _SCOPES_SINCE else 2 if abi >= _NET_SINCE else 1)
    ruleset = _call(library, _CREATE_RULESET, ctypes.byref(rules), size, 0)
    try:
        read, run = _READ_FILE | _READ_DIR, _RUN | _READ_FILE | _READ_DIR
        own = (1 << rights) - 1 & ~_RUN & ~_MAKE_DEVICES
        for allowed, paths in ((read, readable), (run, runnable), (own, writable), (_MAKE_SOCKETS, sockets)):
            for path in paths:
                with suppress(OSError):  # it is gone since, or of a kind that has no rights: then it is not read
                    _allow(library, ruleset, path, allowed)
        if library.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
        _call(library, _RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(library: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        # Of a file, no right is known but these.
        rule = _PathBeneath(rights if path.is_dir() else rights & (_RUN | _WRITE_FILE | _READ_FILE), parent)
        _call(library, _ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)


def _call(library: ctypes.CDLL, number: int, *arguments: object) -> int:
    """A system call; what it returned. Raises OSError."""
    longs = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    answer: int = library.syscall(ctypes.c_long(number), *longs)
    if answer < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    return answer
