"""Where a file that comes in is put, among one learner's evidence: in their folder, or in the centre's store."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Protocol

from markterm.domain.incoming.arriving_file import ArrivingFile
from markterm.domain.words.errors import NotSaved, Refused, Unreadable
from markterm.evidence.incoming.coming import ComingFile
from markterm.evidence.object_store import ObjectStore
from markterm.system.arriving import arriving, forget, left_beside, put
from markterm.system.platform import make_folders, sync_folder, take_rights

_PIECE = 1024 * 1024
_KEY = 16

Names = Callable[[], str]
"""Another name at each call, until one is free."""


class EvidencePlace(Protocol):
    """Where one learner's files are put."""

    def put(self, next_name: Names, found: ArrivingFile, file: ComingFile) -> str:
        """Have the bytes that were shown be there, whole and durable; the name that they have there, which is empty
        when somebody else put them there meanwhile, who records them. What is there is never written over. Raises
        OSError, `NotSaved`, and `Unreadable` when the download holds others by now."""

    def is_there(self, found: ArrivingFile) -> None:
        """What was put there earlier, by whoever was stopped before it was recorded, needs nothing else any more."""

    def settle(self, names: Collection[str]) -> None:
        """Have the names of what was put there be durable."""


class InFolder:
    """The folder of a learner's evidence. Raises `Refused` where that is a link, and `NotSaved` where it cannot be
    made."""

    def __init__(self, learner: str, folder: Path) -> None:
        self._folder = folder
        if folder.is_symlink():
            raise Refused(
                "The evidence lies elsewhere",
                f"The evidence folder of {learner} is a link, which is not followed.",
                "Make it a folder first.",
            )
        try:
            make_folders(folder)
        except OSError as error:
            raise NotSaved(
                "The evidence folder cannot be made",
                f"The evidence folder cannot be made: {error.strerror or error}.",
                "Check that the learner's folder may be written to.",
                file=folder,
            ) from error

    def put(self, next_name: Names, found: ArrivingFile, file: ComingFile) -> str:
        """As `EvidencePlace` has it."""
        with arriving(self._folder, found.sha256[:_KEY]) as (beside, into):
            _copied(found, file, into)
            while True:
                name = next_name()
                path = self._folder / name
                _require_within(path, self._folder)
                if not path.parent.is_dir():
                    make_folders(path.parent)
                try:
                    put(beside, into, path)
                except FileExistsError:
                    # It came there in this moment, or is a folder.
                    if _has_bytes(path, found):
                        return ""
                    continue
                take_rights(path, path.parent)
                return name

    def is_there(self, found: ArrivingFile) -> None:
        """As `EvidencePlace` has it."""
        forget(left_beside(self._folder, found.sha256[:_KEY]))

    def settle(self, names: Collection[str]) -> None:
        """As `EvidencePlace` has it."""
        for inner in dict.fromkeys((self._folder / name).parent for name in names):
            sync_folder(inner)


class InStore:
    """A learner's folder in a store."""

    def __init__(self, folder: str, store: ObjectStore) -> None:
        self._folder = folder
        self._store = store

    def put(self, next_name: Names, found: ArrivingFile, file: ComingFile) -> str:
        """As `EvidencePlace` has it."""
        with _spooled() as (whole, into):
            _copied(found, file, into)
            into.close()
            while True:
                name = next_name()
                try:
                    self._store.put_new(self._folder, name, whole)
                except FileExistsError:
                    if self._store.has(self._folder, name, found.size, found.sha256):
                        return ""
                    continue
                return name

    def is_there(self, found: ArrivingFile) -> None:
        """Nothing lies beside it."""

    def settle(self, names: Collection[str]) -> None:
        """A store has it for good when it says so."""


def kept_in_store(store: ObjectStore, learner: str, names: Iterator[str], pieces: Iterable[bytes], sha256: str) -> str:
    """The first of these names under which these bytes are in the store, or nothing was and they are now. Raises
    `NotSaved` and `Unreadable`."""
    with _spooled() as (whole, into):
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            digest.update(piece)
            size += into.write(piece)
        into.close()
        if digest.hexdigest() != sha256:
            raise NotSaved("It changed meanwhile", "What was to be kept was being written to.", "Try again.")
        for name in names:
            try:
                store.put_new(learner, name, whole)
            except FileExistsError:
                if not store.has(learner, name, size, sha256):
                    continue
            return name
    raise AssertionError("There is always another name.")


@contextmanager
def _spooled() -> Iterator[tuple[Path, BinaryIO]]:
    """A file of this machine, to be written and then sent; gone when it ends."""
    with TemporaryDirectory(prefix="markterm-") as folder:
        whole = Path(folder, "whole")
        with whole.open("xb") as into:
            yield whole, into


def _copied(found: ArrivingFile, file: ComingFile, into: BinaryIO) -> None:
    digest = hashlib.sha256()
    with file.opened() as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            into.write(piece)
    if digest.hexdigest() != found.sha256:
        raise Unreadable(
            "It changed since it was shown", "It changed since it was shown.", "Look at the download again."
        )


def _has_bytes(path: Path, found: ArrivingFile) -> bool:
    """Whether it is a file with the bytes that were shown. Raises OSError."""
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode) or facts.st_size != found.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == found.sha256


def _require_within(path: Path, place: Path) -> None:
    """Raises `Refused` when a folder on the way is a link: what it leads to is somewhere else."""
    for folder in path.parents:
        if folder == place:
            return
        if folder.is_symlink():
            raise Refused(
                "The evidence lies elsewhere",
                f"{folder.name} among the evidence is a link, which is not followed.",
                "Make it a folder first.",
            )
