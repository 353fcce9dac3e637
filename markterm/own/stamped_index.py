"""What was made of each record, kept by name with the stamp of what it was made from, so that ten thousand records need
not be read again.

A cache in the user's own folder, never in the centre's. Deleting it loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from threading import RLock
from typing import Any, Generic, TypeVar

from markterm.own.index_file import UNUSABLE, entries_in_file, write_index
from markterm.system.collecting import without_collecting

Made = TypeVar("Made")


class StampedIndex(Generic[Made]):
    """What was made, by name, in the file at `path`, which is read when something is first asked for.

    `header` names what the file holds and the form of it: one with another header is not used. `plain` gives the form
    in JSON, and `made` makes again what stands so; it may raise whatever is in `UNUSABLE`. Safe for several threads.
    """

    def __init__(
        self,
        path: Path,
        header: Sequence[object],
        plain: Callable[[Made], object],
        made: Callable[[Any], Made],
    ) -> None:
        self._path = path
        self._header = header
        self._plain = plain
        self._made = made
        self._lock = RLock()
        self._kept: dict[str, tuple[str, Made]] = {}
        self._is_read = False
        self._changed = False

    def get(self, name: str, stamp: str) -> Made | None:
        """What was made of that, or None when it is not known or has another stamp now."""
        with self._lock:
            self._read()
            kept = self._kept.get(name)
            return kept[1] if kept is not None and kept[0] == stamp else None

    def put(self, name: str, stamp: str, made: Made) -> None:
        """Keep what was made, with the stamp of what it was made from."""
        with self._lock:
            self._read()
            self._kept[name] = (stamp, made)
            self._changed = True

    def kept(self, name: str, stamp: str, make: Callable[[], Made]) -> Made:
        """What was made of that, or else what `make` makes of it now, which is kept from then on. What has no stamp is
        made each time."""
        made = self.get(name, stamp) if stamp else None
        if made is None:
            made = make()
            if stamp:
                self.put(name, stamp, made)
        return made

    def keep_only(self, names: Collection[str]) -> None:
        """Forget everything but these."""
        with self._lock:
            self._read()
            for name in self._kept.keys() - set(names):
                del self._kept[name]
                self._changed = True

    def save(self) -> None:
        """Write the index if it changed. A cache that cannot be written is done without."""
        with self._lock:
            if self._changed:
                self._changed = not write_index(self._path, self._header, self._entries())

    def _entries(self) -> Iterator[object]:
        for name, (stamp, made) in sorted(self._kept.items(), key=lambda each: each[0]):
            yield [name, stamp, self._plain(made)]

    def _read(self) -> None:
        """Take what the file holds; nothing when it has another header or cannot be used."""
        if self._is_read:
            return
        self._is_read = True
        try:
            with without_collecting():
                for name, stamp, plain in entries_in_file(self._path, self._header):
                    self._kept[name] = (stamp, self._made(plain))
        except UNUSABLE:
            self._kept.clear()
