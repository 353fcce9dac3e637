"""Which of a learner's files are handed in for a unit, and as which attempt."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.domain.claim import file_claim


def handed_in(files: Mapping[str, str], code: str) -> tuple[dict[str, str], int | None]:
    """The files that are handed in for the unit of that code, and the attempt that their names give, if they do.

    `files` are SHA-256 by name. A file whose name gives another unit is not among them; the attempt is the latest that
    a name gives.
    """
    chosen: dict[str, str] = {}
    attempts = []
    for name, sha256 in files.items():
        claimed = file_claim(name)
        if claimed is not None and not code.casefold().endswith(claimed.unit.casefold()):
            continue
        chosen[name] = sha256
        if claimed is not None and claimed.attempt is not None:
            attempts.append(claimed.attempt)
    return chosen, max(attempts, default=None)
