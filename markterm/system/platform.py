"""What differs between Linux, macOS and Windows when bytes have to reach the disk."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from platform import node
from time import sleep

# Windows turns LF into CRLF without O_BINARY; elsewhere the flags do not exist.
_CREATE = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

_NO_SUCH_CALL = {errno.EINVAL, errno.EBADF, errno.ENOTSUP}

_UNSAFE = re.compile(r"[^A-Za-z0-9._ -]|[. ]$|^[. ]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST_NAME = 80

CENTRE_RECORD = ""
"""The name of the centre's own record: a registration is never empty."""
_FOLDER_OF_CENTRE = "~centre"


def create_for_append(path: Path) -> int:
    """A descriptor for a file that did not exist before. Raises FileExistsError if it did.

    Whoever may read and write in the folder may read and write the file: a record is the centre's, and not of whoever
    begins a file of it, whatever their umask is.
    """
    descriptor = os.open(path, _CREATE | os.O_CREAT | os.O_EXCL, 0o644)
    take_rights(path, path.parent)
    return descriptor


def take_rights(path: Path, folder: Path) -> None:
    """Give what was made in `folder` the folder's own rights, where the system has such and lets us."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        of_folder = stat.S_IMODE(os.stat(folder).st_mode)  # noqa: PTH116  # the tests watch the calls of the system
        is_folder = stat.S_ISDIR(os.lstat(path).st_mode)
        os.chmod(path, of_folder if is_folder else of_folder & 0o666)  # noqa: PTH101  # as above


def open_for_append(path: Path) -> int:
    """A descriptor for a file that exists."""
    return os.open(path, _CREATE)


def sync_file(descriptor: int) -> None:
    """Return when the bytes and the length of the file are on the disk. Raises OSError."""
    if sys.platform == "darwin":
        import fcntl

        # fsync on macOS stops at the drive's cache; a share that lacks F_FULLFSYNC gets what it has.
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:
            os.fsync(descriptor)
    elif sys.platform == "win32":
        os.fsync(descriptor)
    else:
        os.fdatasync(descriptor)


def read_from_disk(descriptor: int) -> None:
    """Have what is read of the file from now on come from the disk, where the system can: not what it remembers of
    having written it."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """While somebody is in it, nobody else who asks for the same folder on this machine is. Who has waited for two
    seconds goes on, as does everybody where the system has no such lock: it is no promise, and what is found is looked
    at all the same."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        for _ in range(200):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                sleep(0.01)
            except OSError:
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """While somebody is in it, `is_held` says so of that file or folder to everybody on this machine. Raises
    OSError."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether somebody on this machine holds it, or that cannot be told. Raises OSError when it is not there."""
    if sys.platform == "win32":
        return True
    import fcntl

    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def sync_folder(folder: Path) -> None:
    """Return when the names in the folder are on the disk; Windows does that by itself. Raises OSError.

    Some shares have no such call for folders and say so: there it is the server's care.
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SUCH_CALL:
            raise
    finally:
        os.close(descriptor)


def sync_together(files: Iterable[Path]) -> None:
    """Return when these files, and the folders that they are in, are on the disk. Raises OSError.

    Of many files each would wait for the disk alone: where the system brings all that a disk holds there at once, it is
    asked for that.
    """
    every = list(files)
    if sys.platform == "linux" and every and _sync_disk_of(every[0].parent):
        return
    for file in every:
        descriptor = os.open(file, os.O_RDWR)
        try:
            sync_file(descriptor)
        finally:
            os.close(descriptor)
        sync_folder(file.parent)


def _sync_disk_of(folder: Path) -> bool:
    """Whether the system has brought everything on the disk of that folder there. Raises OSError."""
    import ctypes  # Few programs need it.

    sync_disk = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if sync_disk is None:
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if sync_disk(descriptor) == 0:
            return True
        number = ctypes.get_errno()
        if number in (errno.ENOSYS, *_NO_SUCH_CALL):
            return False
        raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def replace_file(path: Path, data: bytes) -> None:
    """Have `data` in the file `path`, whole and durable: a reader finds what was there or this. Raises OSError.

    It is written beside and takes the other's place; who may read and write the file stays as it is. Where `path` is a
    link, the file that it leads to is replaced.
    """
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(beside, _CREATE | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        try:
            while data:
                data = data[os.write(descriptor, data) :]
            sync_file(descriptor)
        finally:
            os.close(descriptor)
        with suppress(OSError):
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def make_folders(folder: Path) -> None:
    """Make the folder and those above it, each durable. Raises OSError.

    A folder that is there already may have been made a moment ago by somebody who has not synced it yet.
    """
    if not folder.is_dir():
        make_folders(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir()
            take_rights(folder, folder.parent)
    sync_folder(folder.parent)


def remove_folder(folder: Path) -> None:
    """Remove the folder with everything in it, durably; nothing happens when there is none. Raises OSError, also for a
    link to a folder: what it leads to is somewhere else."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        if folder.exists():
            raise
    with suppress(FileNotFoundError):
        sync_folder(folder.parent)


def machine() -> str:
    """A few letters and digits by which this machine is told from others."""
    return sha256(node().encode("utf-8", "surrogateescape")).hexdigest()[:8]


@lru_cache(maxsize=1024)  # Of each of ten thousand learners it is asked again and again while they are read.
def folder_name(record: str) -> str:
    """A folder's name for a record: the record's own where every system allows it, else one that is told apart."""
    if record == CENTRE_RECORD:
        return _FOLDER_OF_CENTRE
    if len(record) <= _LONGEST_NAME and not _UNSAFE.search(record) and not _RESERVED.fullmatch(record):
        return record
    return told_apart(record)


def told_apart(record: str) -> str:
    """A name for a record that every system allows, and that no other record has, whichever way names are compared."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", record)[:40].strip("-")
    return f"{readable}~{sha256(record.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
