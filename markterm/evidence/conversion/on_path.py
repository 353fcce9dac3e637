"""Programs that are installed, by the PATH: never one that lies where a learner can put files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

_MARK_OF_A_CENTRE = "centre.toml"
_ENDING = ".exe" if os.name == "nt" else ""


def programs_called(*names: str) -> Iterator[Path]:
    """The programs of those names that the PATH leads to, the first name first.

    What lies in a centre's folder may be a learner's, and so may anything that the PATH names by where somebody happens
    to stand, as Windows always does: neither is one.
    """
    folders = [folder for folder in map(Path, os.get_exec_path()) if folder.is_absolute() and not _in_a_centre(folder)]
    for name in names:
        for folder in folders:
            found = shutil.which(str(folder / f"{name}{_ENDING}"))
            if found is not None and not _in_a_centre(Path(found).resolve()):
                yield Path(found)


def _in_a_centre(path: Path) -> bool:
    real = path.resolve()
    return any((folder / _MARK_OF_A_CENTRE).exists() for folder in (real, *real.parents))
