"""Copies of a centre for commands that may change it.

copies = Copies(original, lambda: tmp_path_factory.mktemp("copy"))
centre = copies.lent()
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree


@dataclass
class Copies:
    """Copies of a centre, each in a folder of its own: one that was left as it was is left to the next who asks, with
    what the user's own folders beside it know of it."""

    original: Path
    folder: Callable[[], Path]
    _last: Path | None = None
    _as_made: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def lent(self) -> Path:
        """Where one is that nobody changed."""
        if self._last is None or _files(self._last) != self._as_made:
            self._last = copytree(self.original, self.folder() / "centre")
            self._as_made = _files(self._last)
        return self._last


def _files(folder: Path) -> dict[Path, tuple[int, int]]:
    """All that lies there: a name, a size or a time is another one whenever something was written."""
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}
