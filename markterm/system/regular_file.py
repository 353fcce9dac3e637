"""Opening what is certainly a file: a pipe, a device or a folder under a file's name would keep us waiting for ever."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

# O_NONBLOCK: a pipe that came in the place of a file since it was looked at is opened at once, seen, and let go.
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE = _READ | os.O_WRONLY | os.O_CREAT  # O_RDONLY is 0.
_PIECE = 1 << 20
_NO_FILE = "it is no file"


def is_regular(status: os.stat_result) -> bool:
    """Whether it is a file, as `os.stat` tells it."""
    return stat.S_ISREG(status.st_mode)


def open_regular(path: Path) -> BinaryIO:
    """The file, open for reading bytes. Raises OSError, also when it is anything but a regular file."""
    # Looked at before, because opening some devices does something; and after, because it may have been changed.
    if not is_regular(os.stat(path)):  # noqa: PTH116  # once for every segment, and a Path's takes longer
        raise OSError(errno.EINVAL, _NO_FILE)
    descriptor = os.open(path, _READ)
    try:
        if not is_regular(os.fstat(descriptor)):
            raise OSError(errno.EINVAL, _NO_FILE)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of the file. Raises OSError, also when it is no regular file or longer than `most` bytes."""
    pieces, left = [], most + 1
    with open_regular(path) as file:
        # Piece by piece: room is made for all that is asked for, and a session on a server has not so much.
        while left and (piece := file.read(min(left, _PIECE))):
            pieces.append(piece)
            left -= len(piece)
    if not left:
        raise OSError(errno.EFBIG, f"it is longer than {most:,} bytes")
    return b"".join(pieces)


def write_beside(path: Path, pieces: Iterable[bytes]) -> None:
    """Have the file hold these bytes, in one step: a reader finds what was there or this. Its folder is made.

    For what may be lost with the machine: it is not waited for until the disk has it. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.writelines(pieces)
    beside.replace(path)


def write_regular(path: Path, data: bytes) -> None:
    """Have the file hold these bytes. Raises OSError, also when something that is no regular file has its name."""
    descriptor = os.open(path, _WRITE, 0o644)
    try:
        if not is_regular(os.fstat(descriptor)):
            raise OSError(errno.EINVAL, _NO_FILE)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, data)
    finally:
        os.close(descriptor)
