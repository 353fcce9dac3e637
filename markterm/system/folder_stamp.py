"""Whether something came into a folder, went, or changed: asked of ten thousand folders again and again, so that texts
and no paths are made of it. Links are not followed."""

from __future__ import annotations

import os
from hashlib import sha256

_MOST = 20_000
"""Entries that are looked at for it."""
_ENOUGH = 16


def stamp_of_folders(root: str) -> str:
    """What is another text whenever something came into the folder `root`, or one within it, or went: the times of the
    folders alone. What is written over where it is changes none."""
    return ":".join(_stamps(root, of_files=False))


def stamp_of_files(root: str) -> str:
    """The same for what is written over as well: the names, sizes and times of the files."""
    told = "\n".join(sorted(_stamps(root, of_files=True)))
    return sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:_ENOUGH]


def _stamps(root: str, *, of_files: bool) -> list[str]:
    told: list[str] = []
    waiting, seen = [root], 0
    while waiting and seen < _MOST:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    seen += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif of_files:
                        status = entry.stat(follow_symlinks=False)
                        told.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
            if not of_files:
                told.append(str(os.stat(folder).st_mtime_ns))  # noqa: PTH116  # a Path costs more than the call
        except OSError:
            told.append("-")
    return told
