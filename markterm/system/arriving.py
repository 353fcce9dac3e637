"""Putting a file where it belongs: written beside, durable and whole, and then under its name, where nothing has it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from markterm.system.new_file import give_name
from markterm.system.platform import sync_file

_BEGINS = ".coming-"


class BeingWritten(OSError):
    """Somebody else on this machine writes the same file just now."""


@contextmanager
def arriving(folder: Path, key: str) -> Iterator[tuple[Path, BinaryIO]]:
    """A file of the system's own in `folder`, to be written inside and put under its name; gone when it ends, whatever
    happened. `key` tells it from others: one that was left by who was stopped is begun again. Raises OSError, and
    `BeingWritten`."""
    beside = left_beside(folder, key)
    with _alone(beside) as file:
        try:
            yield beside, file
        finally:
            if sys.platform == "win32":
                file.close()
            with suppress(OSError):
                beside.unlink()


def put(beside: Path, file: BinaryIO, path: Path) -> None:
    """Have what was written be durable, and called `path`. Raises OSError, FileExistsError when that is there."""
    if not file.closed:
        file.flush()
        sync_file(file.fileno())
        if sys.platform == "win32":
            file.close()
    give_name(beside, path)


def left_beside(folder: Path, key: str) -> Path:
    """Where a file of the system's own for `key` is in `folder`, while it is written, or when who wrote was stopped."""
    return folder / f"{_BEGINS}{key}"


def forget(beside: Path) -> None:
    """Let it go where what was written has its name too, for whoever gave it that was stopped before they did."""
    with suppress(OSError):
        if beside.lstat().st_nlink > 1:
            beside.unlink()


@contextmanager
def _alone(beside: Path) -> Iterator[BinaryIO]:
    if sys.platform == "win32":
        with suppress(FileNotFoundError):
            beside.unlink()  # Refused while somebody has it open.
        with beside.open("xb") as file:
            yield file
        return
    import fcntl

    while True:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        with os.fdopen(descriptor, "wb") as file:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BeingWritten("somebody else writes it just now") from None
            except OSError:
                pass  # A share without locks: what is written is looked at all the same.
            if _has_no_other_name(beside, descriptor):
                os.ftruncate(descriptor, 0)
                yield file
                return
        forget(beside)


def _has_no_other_name(beside: Path, descriptor: int) -> bool:
    """Whether nothing is lost when it is begun again: it is evidence by now where somebody gave it its name, and was
    stopped before they let this one go, or does that just now."""
    opened = os.fstat(descriptor)
    try:
        return opened.st_nlink == 1 and os.path.samestat(opened, beside.lstat())
    except FileNotFoundError:
        return False
