"""Files of a store as they were read from there, in the user's cache.

Each version of a file has a folder of its own, with the SHA-256 of what came beside it: what is read later is found
damaged by that, and fetched anew. What was not used for the longest time goes when there is too much. Anybody may
delete all of it at any time.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex
from threading import Lock
from time import monotonic, time
from typing import BinaryIO
from weakref import WeakValueDictionary

from markterm.domain.words.errors import NotNow
from markterm.domain.words.foreign_text import one_line, one_name
from markterm.evidence.stored_object import StoredObject

LARGEST = 4 * 2**30
"""Bytes."""
_USED_LATELY = 10 * 60
"""Seconds in which nothing goes that was used: somebody may just be about to open it."""
_TOUCHED_EVERY = 5 * 60
_LOOKED_EVERY = 10 * 60
"""Seconds. Other programs of ours read into it too."""
_LONGEST_NAME = 120
_SUM = ".sha256"
_SUM_SIZE = 64
_PART = ".part"
_ONLY_OURS = 0o700

Write = Callable[[BinaryIO], None]


class StoreCache:
    """The folder `root` of such files, a folder for each learner. Safe for several threads and processes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = Lock()
        self._turns: WeakValueDictionary[str, _OneAtATime] = WeakValueDictionary()
        self._sound: dict[Path, tuple[int, int, int]] = {}
        self._looked = 0.0
        self._size = LARGEST + 1

    def path(self, learner: str, found: StoredObject) -> Path:
        """Where it lies: the name is only there for its ending, and for whom it is opened by."""
        last = one_name(one_line(found.name.rpartition("/")[2])).replace("/", "_").replace("\\", "_")
        stem, dot, ending = last.rpartition(".")
        name = f"{stem[:_LONGEST_NAME]}{dot}{ending[:20]}" if dot else last[:_LONGEST_NAME]
        return self.root / learner / found.version / (name if name not in {"", ".", "..", _SUM} else "file")

    def have(self, learner: str, found: StoredObject, write: Write) -> Path:
        """Where the file is, whole: if it was not, `write` wrote it. Raises what `write` raises, of which nothing is
        left then, and `NotNow` where this machine cannot keep it."""
        path = self.path(learner, found)
        with self._alone(found.version):
            if self._is_whole(path, found):
                return path
            try:
                self._keep(path, found, write)
            except OSError as error:
                raise NotNow(
                    "No room for the evidence",
                    f"{found.name} cannot be read into the cache: {error.strerror or error}.",
                    "Make room on the disk, or see who may write to your cache folder.",
                    file=path.parent,
                ) from error
            self._make_room(found.size + _SUM_SIZE)
        return path

    def _keep(self, path: Path, found: StoredObject, write: Write) -> None:
        for folder in (self.root, path.parent.parent, path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=_ONLY_OURS)
        beside = path.with_name(f".{token_hex(8)}{_PART}")
        try:
            with beside.open("xb") as into:
                write(into)
            with beside.open("rb") as whole:
                digest = file_digest(whole, sha256).hexdigest()
            beside.chmod(0o400)  # Whoever opens it outside sees that it is a copy.
            os.utime(beside, ns=(found.modified_ns, found.modified_ns))
            # Another process may do the same: both come to the same bytes, so either sum fits either file.
            told = beside.with_suffix(_SUM)
            told.write_text(digest, "ascii")
            told.replace(path.with_name(_SUM))
            beside.replace(path)
            self._sound[path] = _state(path)
        finally:
            for left in (beside, beside.with_suffix(_SUM)):
                with suppress(OSError):
                    left.unlink()

    def _is_whole(self, path: Path, found: StoredObject) -> bool:
        """Whether it is as it came: its size and time, and, once for each program that reads it, all its bytes."""
        with suppress(OSError, ValueError):
            facts = path.lstat()
            if not stat.S_ISREG(facts.st_mode) or (facts.st_size, facts.st_mtime_ns) != (found.size, found.modified_ns):
                return False
            told = path.with_name(_SUM)
            if self._sound.get(path) != (now := _state(path)):
                with path.open("rb") as file:
                    if file_digest(file, sha256).hexdigest() != told.read_text("ascii"):
                        return False
                self._sound[path] = now
            if time() - told.stat().st_mtime > _TOUCHED_EVERY:
                with suppress(OSError):  # A cache that may only be read is one all the same.
                    os.utime(told)
            return True
        return False

    @contextmanager
    def _alone(self, version: str) -> Iterator[None]:
        with self._lock:
            turn = self._turns.setdefault(version, _OneAtATime())
        with turn.lock:
            yield

    def _make_room(self, came: int) -> None:
        """Delete what was not used for the longest time, until the rest is small enough."""
        with self._lock:
            self._size += came
            if self._size <= LARGEST and monotonic() - self._looked < _LOOKED_EVERY:
                return
            self._looked = monotonic()
            found = sorted(_versions(self.root))
            self._size = sum(size for _, size, _ in found)
            for used, size, folder in found:
                if self._size <= LARGEST or time() - used < _USED_LATELY:
                    return
                _remove(folder)
                self._size -= size


class _OneAtATime:
    """Whose turn it is to fetch a file."""

    def __init__(self) -> None:
        self.lock = Lock()


def _state(path: Path) -> tuple[int, int, int]:
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns


def _versions(root: Path) -> Iterator[tuple[float, int, str]]:
    """When each version was used last, its size, and its folder."""
    for learner in _within(root):
        for version in _within(learner):
            used, size = 0.0, 0
            with suppress(OSError), os.scandir(version) as entries:
                for entry in entries:
                    facts = entry.stat(follow_symlinks=False)
                    used = max(used, facts.st_ctime)
                    size += facts.st_size
            yield used, size, version


def _within(folder: str | Path) -> list[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        return [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    return []


def _remove(folder: str) -> None:
    """Delete a version; what somebody else deleted, or has open on Windows, stays away or stays."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                Path(entry.path).unlink()
    with suppress(OSError):
        Path(folder).rmdir()
