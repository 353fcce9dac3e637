"""The SHA-256 of a learner's file, whatever its kind."""

from __future__ import annotations

import os
import stat
from hashlib import sha256

from markterm.domain.errors import Unreadable
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.opened import opened

_PIECE = 1 << 20


def fingerprint(file: EvidenceFile) -> str:
    """The SHA-256 of the bytes of `file`, in hex. Raises `Unreadable`."""
    digest = sha256()
    with opened(file) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise Unreadable(
                "Not a file",
                f"{file.name} is something else that the system keeps among files.",
                "Look at the folder, and remove it if nobody needs it.",
                file=file.path,
            )
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
