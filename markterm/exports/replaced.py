"""Which folder may go when an export is written over it: one in which nothing is but what MarkTerm wrote."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from markterm.domain.words.errors import WrongUse
from markterm.exports.anchored import heads_with, named_in
from markterm.exports.placing import HEADS

_OF_SYSTEMS = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
"""What a system leaves in a folder that somebody looked into."""


def check_may_go(target: Path, pieces: Collection[PurePosixPath]) -> None:
    """Raises `WrongUse` when `target` is a folder with a file that MarkTerm did not write, and OSError.

    What it wrote is what the new export writes again (`pieces`), what the folder's manifest or its list of heads names,
    and what carries the heads that it was made from. A note that somebody put beside the pages of a pack is none of it,
    and stays.
    """
    if target.is_symlink() or not target.is_dir():
        return
    named = named_in(target)
    for path in _files(target):
        within = PurePosixPath(path.relative_to(target).as_posix())
        known = within in pieces or str(within) in named or str(within) == HEADS or path.name in _OF_SYSTEMS
        if not known and not _carries_heads(path):
            raise WrongUse(
                "In that folder is more than an export",
                f"{target} holds what MarkTerm may not have written, such as {within}. It was left as it is.",
                "Give another name, or take what is yours out of that folder.",
                file=target,
            )


def _files(folder: Path) -> Iterator[Path]:
    """What lies in that folder and in those in it; a link is one file, wherever it leads."""
    for where, folders, files in os.walk(folder, onerror=_raised):
        here = Path(where)
        yield from (here / name for name in sorted(files))
        yield from (here / name for name in sorted(folders) if (here / name).is_symlink())


def _carries_heads(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    try:
        return bool(heads_with(path))
    except OSError:
        return False  # Whatever it is: nothing that MarkTerm wrote cannot be read by it.


def _raised(error: OSError) -> None:
    raise error
