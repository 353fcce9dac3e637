"""A learner's file, opened so that nothing but that file is read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from markterm.domain.words.errors import Unreadable
from markterm.evidence.folder import EvidenceFile, EvidenceKind


@contextmanager
def opened(file: EvidenceFile) -> Iterator[BinaryIO]:
    """The bytes of `file`, to be read inside. Whatever the system refuses, then or now, is raised as Unreadable."""
    if file.kind is EvidenceKind.LINK:
        raise Unreadable(
            "A link, not a file",
            f"{file.name} points to another place, and MarkTerm does not follow it.",
            "Ask the learner for the file itself, or copy it into the evidence folder.",
            file=file.path,
        )
    if file.fetch is not None:
        file.fetch()
    try:
        # A link or a pipe may have taken the file's place since it was listed: neither may be followed or waited for.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(file.path, flags), "rb") as stream:
            yield stream
    except FileNotFoundError:
        raise Unreadable(
            "The file is gone",
            f"{file.name} was listed, and is not there any more.",
            "Look at the folder again: it may have been renamed or moved.",
            file=file.path,
        ) from None
    except PermissionError:
        raise Unreadable(
            "No permission to read it",
            f"The system does not let you read {file.name}.",
            "Ask whoever looks after the folder to give you the right to read it.",
            file=file.path,
        ) from None
    except (OSError, ValueError) as error:
        raise Unreadable(
            "The file cannot be read",
            f"{file.name}: {error.strerror if isinstance(error, OSError) and error.strerror else error}.",
            "Try again; if it stays so, ask for the file once more.",
            file=file.path,
        ) from None
