"""The SHA-256 of a learner's file, whatever its kind."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from markterm.domain.words.errors import Unreadable
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.hashing import Hashing
from markterm.evidence.opened import opened

_PIECE = 1024 * 1024


def fingerprint(
    file: EvidenceFile, copy: Path | None = None, largest: int | None = None, hashing: Hashing | None = None
) -> str:
    """The SHA-256 of the bytes of `file`, in hex; they go to `copy`, a file that is not there yet, on the way.

    `hashing` is told how far it is, and can stop it. Raises `Unreadable`, also when the file has more than `largest`
    bytes, `HashingStopped`, and OSError when the copy cannot be written.
    """
    digest = hashlib.sha256()
    with contextlib.ExitStack() as stack:
        out: BinaryIO | None = None if copy is None else stack.enter_context(copy.open("xb"))
        for piece in _pieces(file, largest):
            digest.update(piece)
            if hashing is not None:
                hashing.at(file.name, len(piece))
            if out is not None:
                out.write(piece)
    return digest.hexdigest()


def _pieces(file: EvidenceFile, largest: int | None) -> Iterator[bytes]:
    size = 0
    with opened(file) as stream:
        facts = os.fstat(stream.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise Unreadable(
                "Not a file",
                f"{file.name} is a pipe or a device.",
                "Look at the folder, and remove it if nobody needs it.",
                file=file.path,
            )
        if largest is not None and facts.st_size > largest:
            raise _too_large(file, largest)
        while piece := stream.read(_PIECE):
            size += len(piece)
            if largest is not None and size > largest:  # it grows
                raise _too_large(file, largest)
            yield piece


def _too_large(file: EvidenceFile, largest: int) -> Unreadable:
    return Unreadable(
        "Too large to read",
        f"{file.name} is larger than {largest // 1024 // 1024} MB.",
        "Open it outside, or ask for it in another form.",
        file=file.path,
    )
