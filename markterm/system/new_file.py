"""A file that was not there before: it takes its name in one step, whole and durable, and never another's place."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from markterm.system.platform import make_folders, sync_file, sync_folder, take_rights
from markterm.system.regular_file import open_regular

_PIECE = 1024 * 1024


def put_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Have a new file hold these bytes; its folder is made. On the disk when this returns.

    Raises `FileExistsError` when something has the name, and OSError: nothing is left then. What `pieces` raises is
    raised as it is.
    """
    make_folders(path.parent)
    beside = path.with_name(f".{path.name[:40]}.{os.getpid()}.new")
    try:
        with beside.open("xb") as file:
            file.writelines(pieces)
            file.flush()
            sync_file(file.fileno())
        take_rights(beside, path.parent)
        give_name(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink()
    sync_folder(path.parent)


def give_name(beside: Path, path: Path) -> None:
    """Have the file `beside` be called `path`, in nobody's place; its own name may stay, and is for who made it to let
    go. Raises `FileExistsError` when something has the name, and OSError."""
    try:
        path.hardlink_to(beside)  # in one step, and only where nothing has the name
    except FileExistsError:
        raise
    except OSError:  # a disk without links, as of some shares: the name is taken before it is given
        with path.open("xb"):
            pass
        try:
            beside.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece. Raises OSError, also when it is no regular file."""
    with open_regular(path) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex. Raises as `pieces_of` does."""
    digest = sha256()
    for piece in pieces_of(path):
        digest.update(piece)
    return digest.hexdigest()
