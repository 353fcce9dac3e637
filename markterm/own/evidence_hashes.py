"""The hashes of learners' files, kept so that they need not be read again: by place, with size and time."""

from __future__ import annotations

from pathlib import Path

from markterm.own.stamped_index import StampedIndex

_FORMAT = "hashes 1"


def evidence_hashes(path: Path) -> StampedIndex[str]:
    """The SHA-256 of files, by learner's folder and name, each with its size and time as the stamp."""
    return StampedIndex(path, (_FORMAT,), str, str)
