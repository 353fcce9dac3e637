"""Which files of a centre's folder a backup has: all but what is made again, and what is being written just now."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from markterm.centre.folder import CentreFolder
from markterm.domain.words.foreign_text import one_line
from markterm.exports.backup.form import OF_THE_BACKUP
from markterm.exports.backup.last import NOTE
from markterm.exports.placing import is_work

_MADE_AGAIN = frozenset(("presence", "exports", NOTE))
"""Who looks now, what was drawn from the records, and when that was backed up."""
_BEING_WRITTEN = (".registering", ".coming-")


@dataclass(slots=True)
class ListedFiles:
    """The files of a folder in their order, each with its place in it; what leads elsewhere and is not followed, and
    what cannot be listed."""

    files: list[tuple[PurePosixPath, Path]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def files_of(centre: CentreFolder, without: Collection[PurePosixPath]) -> ListedFiles:
    """The files of a centre's folder, but for those `without` which it is to be."""
    found, root = ListedFiles(), centre.path
    own = {each.name for each in centre.own}
    waiting = [PurePosixPath()]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue  # Somebody took it away.
        except OSError:
            found.unread.append(one_line(str(folder)))
            continue
        for entry in entries:
            path = folder / entry.name
            is_top = folder == PurePosixPath()
            if path in without or (is_top and entry.name in _MADE_AGAIN | OF_THE_BACKUP):
                continue
            if entry.name.startswith(_BEING_WRITTEN) or is_work(Path(entry.name)):
                continue
            # The centre's own folders may lie on another disk; what else leads elsewhere is not followed: whoever may
            # write here would have who makes backups read what they themselves may not.
            if entry.is_symlink() and not (is_top and entry.name in own and Path(entry.path).exists()):
                found.links.append(one_line(str(path)))
            elif entry.is_dir():
                waiting.append(path)
            else:
                found.files.append((path, Path(entry.path)))
    return found
