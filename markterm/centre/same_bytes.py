"""Which learners have the same bytes: every file that was handed in, by its size, and by its hash where sizes agree.

Of ten thousand learners' files only the sizes are looked at; a file is read when another one is as long, and once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from threading import RLock
from time import monotonic

from markterm.centre.folder import CentreFolder
from markterm.domain.words.errors import Unreadable
from markterm.evidence.fingerprint import fingerprint
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.handed_in import Held
from markterm.own.stamped_index import StampedIndex

_LONG = 16 * 1024 * 1024
_LOOKED_FOR = 60.0
"""Seconds for which what everybody has is good enough to set one learner's files beside."""


class SameBytes:
    """The files of every learner of the centre in `folder`; `index` keeps their hashes. Safe for several threads."""

    def __init__(self, folder: CentreFolder, index: StampedIndex[str]) -> None:
        self._folder = folder
        self._index = index
        self._lock = RLock()
        self._looked = -_LOOKED_FOR
        self._of: dict[str, dict[str, Held]] = {}
        self._by_size: dict[int, list[Held]] = {}
        self._by_hash: dict[int, dict[str, list[Held]]] = {}
        """Of a size that somebody asked about, the files by their hash."""

    def look(self) -> None:
        """Look at what everybody's files are now. Raises `Unreadable`."""
        with self._lock:
            self._of = {each: self._files(each) for each in self._folder.learner_folders()}
            by_size: dict[int, list[Held]] = defaultdict(list)
            for files in self._of.values():
                for held in files.values():
                    by_size[held.size].append(held)
            self._by_size, self._by_hash = dict(by_size), {}
            self._looked = monotonic()

    def look_beside(self, folder: str) -> None:
        """Look at that learner's files, and at everybody's unless that was done a moment ago: whoever goes from one
        learner to the next waits for none of it. Raises `Unreadable`."""
        with self._lock:
            if monotonic() - self._looked < _LOOKED_FOR:
                self._look_at(folder)
            else:
                self.look()

    def of(self, folder: str) -> Mapping[str, Held]:
        """The files in that learner's folder as they were looked at, by name."""
        return self._of.get(folder, {})

    def holders(self, size: int, sha256: str) -> tuple[Held, ...]:
        """The files that have those bytes, wherever they are."""
        with self._lock:
            if size not in self._by_hash:
                by_hash: dict[str, list[Held]] = defaultdict(list)
                for held in self._by_size.get(size, ()):
                    by_hash[self.hash_of(held)].append(held)
                self._by_hash[size] = dict(by_hash)
            return tuple(self._by_hash[size].get(sha256, ()))

    def elsewhere(self, folder: str) -> Mapping[str, tuple[str, ...]]:
        """Of that learner's files those whose bytes another learner has too, with the folders of those learners."""
        found: dict[str, tuple[str, ...]] = {}
        for name, held in self.of(folder).items():
            if held.size and len(self._by_size.get(held.size, ())) > 1 and (own := self.hash_of(held)):
                same = dict.fromkeys(each.folder for each in self.holders(held.size, own) if each.folder != folder)
                if same:
                    found[name] = tuple(same)
        self._index.save()
        return found

    def hash_of(self, held: Held) -> str:
        """The SHA-256 of the file; empty when it cannot be read."""
        key, stamp = f"{held.folder}/{held.name}", f"{held.size} {held.modified_ns}"
        if (known := self._index.get(key, stamp)) is not None:
            return known
        with suppress(Unreadable):
            found = fingerprint(self._folder.handed_in.file(held))
            self._index.put(key, stamp, found)
            return found
        return ""

    def digest(self, file: EvidenceFile) -> str | None:
        """The SHA-256 of a learner's file, None when it cannot be read. That of a long one is kept at once: it was
        renamed, or its time is none to go by, and that stays so the next time."""
        learner = file.path.relative_to(self._folder.handed_in.root).parts[0]
        found = self.hash_of(Held(learner, file.name, str(file.path), file.size, file.modified_ns))
        if file.size >= _LONG:
            self._index.save()
        return found or None

    def keep(self) -> None:
        """Keep the hashes that were found out for the next time."""
        self._index.save()

    def came(self, folder: str, names: Iterable[tuple[str, str]]) -> None:
        """What came into that learner's folder since it was looked at: names and hashes."""
        with self._lock:
            now = self._look_at(folder)
            for name, sha256 in names:
                if (held := now.get(name)) is not None:
                    self._index.put(f"{folder}/{name}", f"{held.size} {held.modified_ns}", sha256)

    def _look_at(self, folder: str) -> dict[str, Held]:
        """Have one learner's files be as they are now."""
        before, now = self._of.get(folder, {}), self._files(folder)
        for held in before.values():
            if now.get(held.name) != held:
                self._by_size[held.size].remove(held)
                self._by_hash.pop(held.size, None)
        for held in now.values():
            if before.get(held.name) != held:
                self._by_size.setdefault(held.size, []).append(held)
                self._by_hash.pop(held.size, None)
        self._of[folder] = now
        return now

    def _files(self, folder: str) -> dict[str, Held]:
        """A learner's files as they are now, by name."""
        return {held.name: held for held in self._folder.handed_in.held(folder)}
