"""What learners handed in, where a centre keeps it in a store of objects that speaks S3: listed there, and read into
the user's cache.

A file in the cache lies where the tag of its bytes leads, so what is read is the very version that was listed. One that
is another by now is asked for with the tag that was listed, and the store refuses it. The keys to the store are those
of its own tools, in the environment or in their files: nothing of them is read, kept or told here.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from threading import Lock
from time import monotonic
from typing import Any
from weakref import WeakValueDictionary

from markterm.domain.words.errors import NotNow, NotSaved, Unreadable
from markterm.domain.words.foreign_text import one_line, one_name
from markterm.evidence.folder import MOST_ENTRIES, EvidenceFile, EvidenceFolder, EvidenceKind, in_order, kind_of
from markterm.evidence.handed_in import Held
from markterm.evidence.left_behind import is_left_behind, lies_left_behind
from markterm.evidence.store_asked import StoreFault, asked, filesystem

LISTED_FOR = 2.0
"""Seconds. One act looks at a learner's files several times."""
SURVEYED_FOR = 30.0
"""Seconds after which everybody's files are looked at again."""
_ATTEMPTS = 2
_SCHEME = "s3://"
_PIECE = 8 * 1024 * 1024
_SECOND = 1_000_000_000
_LONGEST_NAME = 120
_PROBE = ".markterm"
_AGAIN = "Try again in a while; if it stays so, ask whoever looks after the store."


@dataclass(frozen=True, slots=True)
class _Object:
    """A file in the store."""

    key: str
    name: str
    size: int
    tag: str
    modified: datetime

    @property
    def modified_ns(self) -> int:
        """When it was put there, as a time of a file. The store tells seconds: what is below them is made from the tag,
        so that another version of the same second is another time."""
        below = int.from_bytes(sha256(self.tag.encode("utf-8", "replace")).digest()[:4], "big") % _SECOND
        return int(self.modified.timestamp()) * _SECOND + below

    @property
    def version(self) -> str:
        """What tells its bytes from those of every other file, and of every other version of it."""
        told = f"{self.key}\n{self.tag}\n{self.size}"
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]


class ObjectStore:
    """The learners' files at `url` (`s3://bucket/prefix`, and below that the learners' folders), read into the folder
    `cache`. Safe for several threads. Nothing is asked before somebody wants to know something."""

    def __init__(self, url: str, cache: Path) -> None:
        self.url = url
        self.root = cache
        self._place = url.removeprefix(_SCHEME).strip("/")
        self._lock = Lock()
        self._reading: Any = None
        self._putting: Any = None
        self._everybody: dict[str, list[_Object]] | None = None
        self._surveyed = -SURVEYED_FOR
        self._surveying = Lock()
        self._forgotten = 0
        """How often something was put there, which the listing that is made just now may not know."""
        self._of: dict[str, tuple[float, list[_Object]]] = {}
        self._fetching: WeakValueDictionary[str, _OneAtATime] = WeakValueDictionary()
        self._keeps_what_is_there = False

    # Looking

    def listed(self, learner: str, relied_on: Collection[str] = ()) -> EvidenceFolder:
        """The learner's files, in their order. Where the store does not say them, why is among the problems."""
        try:
            return self._folder(learner, self._objects(learner), relied_on)
        except StoreFault as fault:
            return _unreachable(str(fault))

    def known(self, learner: str) -> EvidenceFolder:
        """The learner's files as everybody's were looked at."""
        everybody = self._survey()
        if everybody is None:
            return _unreachable("the store did not say it")
        return self._folder(learner, everybody.get(learner, ()), ())

    def _folder(self, learner: str, objects: Sequence[_Object], relied_on: Collection[str]) -> EvidenceFolder:
        left_out = [each.name for each in objects if lies_left_behind(each.name) and each.name not in relied_on]
        names = set(left_out)
        files = [self._file(learner, each) for each in objects if each.name not in names]
        return EvidenceFolder(
            in_order(files[:MOST_ENTRIES]),
            truncated=len(files) > MOST_ENTRIES,
            left_out=tuple(sorted(left_out[:MOST_ENTRIES])),
        )

    def stamp_of_folders(self, learner: str) -> str | None:
        """What is another text when a file came, went or changed, as far as everybody's were looked at; None when the
        store does not say."""
        everybody = self._survey()
        if everybody is None:
            return None
        told = "\n".join(sorted(f"{each.version} {each.modified_ns}" for each in everybody.get(learner, ())))
        return sha256(told.encode()).hexdigest()[:16]

    def stamp_of_files(self, learner: str) -> str | None:
        """The same: the store tells both at once."""
        return self.stamp_of_folders(learner)

    def held(self, learner: str) -> Iterator[Held]:
        """The learner's files as everybody's were looked at."""
        for each in (self._survey() or {}).get(learner, ()):
            if not lies_left_behind(each.name):
                yield Held(learner, each.name, str(self._path(learner, each)), each.size, each.modified_ns)

    def file(self, held: Held) -> EvidenceFile:
        """That file; where it is there no more, one that says so when it is read."""
        for each in (self._survey() or {}).get(held.folder, ()):
            if each.name == held.name:
                return self._file(held.folder, each)
        return EvidenceFile(held.name, Path(held.path), held.size, held.modified_ns, EvidenceKind.OTHER)

    def has(self, learner: str, name: str, size: int, digest: str) -> bool:
        """Whether the file of that name has those bytes now. Raises `Unreadable`."""
        try:
            objects = self._look_again(learner)
        except StoreFault as fault:
            raise _not_now(name, fault) from None
        there = next((each for each in objects if each.key == self._key(learner, name)), None)
        if there is None or there.size != size:
            return False
        path = self._path(learner, there)
        self._fetch(learner, there)
        with path.open("rb") as file:
            own = sha256()
            while piece := file.read(_PIECE):
                own.update(piece)
        return own.hexdigest() == digest

    def why_away(self) -> str:
        """Why the store does not say now what it has; empty when it does."""
        return self.listed("").unreachable

    # Putting

    def put_new(self, learner: str, name: str, source: Path) -> None:
        """Have the bytes of `source` be in the store under that name. Returns when the store has them for good.

        Raises FileExistsError when something is there, which is left as it is, `NotSaved`, and `Unreadable` when the
        store does not answer.
        """
        try:
            self._require_it_keeps()
            with asked():
                self._fs_once.put_file(str(source), self._key(learner, name), mode="create")
        except StoreFault as fault:
            raise NotSaved("It could not be kept", f"{name}: {fault}. Nothing was recorded.", _AGAIN) from None
        finally:
            with suppress(StoreFault):
                self._look_again(learner)

    def _require_it_keeps(self) -> None:
        """Raises `NotSaved` where the store writes over what is there though it is asked not to, as some do. It is
        tried with an empty file of MarkTerm's own, once."""
        if self._keeps_what_is_there:
            return
        probe = f"{self._place}/{_PROBE}"
        with suppress(FileExistsError), asked():
            self._fs_once.pipe_file(probe, b"", mode="create")
        try:
            with asked():
                self._fs_once.pipe_file(probe, b"", mode="create")
        except FileExistsError:
            self._keeps_what_is_there = True
            return
        raise NotSaved(
            "This store writes over what is there",
            "The store does not know how to put a file only where none is, and nothing was put into it.",
            "Use a store that has conditional writes, or put the files there with its own tools.",
        )

    # What the store says

    def _objects(self, learner: str) -> list[_Object]:
        with self._lock:
            kept = self._of.get(learner)
        if kept is not None and monotonic() - kept[0] < LISTED_FOR:
            return kept[1]
        at = f"{self._place}/{learner}"
        with asked(missing_is_none=True):
            said = self._fs.find(at, detail=True)
            objects = [found for key, facts in said.items() if (found := _object(key, facts, f"{at}/")) is not None]
            with self._lock:
                self._of[learner] = monotonic(), objects
            return objects
        return []

    def _survey(self) -> Mapping[str, list[_Object]] | None:
        """Everybody's files by learner; None when the store does not say. Ten thousand learners are one listing, for
        which nobody waits who has the one before."""
        if monotonic() - self._surveyed < SURVEYED_FOR:
            return self._everybody
        if not self._surveying.acquire(blocking=self._everybody is None):
            return self._everybody
        try:
            if monotonic() - self._surveyed >= SURVEYED_FOR:
                began = self._forgotten
                # One that fails is not asked again for each of ten thousand: a store that is slow is slow for all.
                self._everybody = self._listed_for_everybody()
                self._surveyed = monotonic() if began == self._forgotten else -SURVEYED_FOR
            return self._everybody
        finally:
            self._surveying.release()

    def _listed_for_everybody(self) -> dict[str, list[_Object]] | None:
        found: dict[str, list[_Object]] = {}
        try:
            with asked(missing_is_none=True):
                for key, facts in self._fs.find(self._place, detail=True).items():
                    learner, slash, _ = key.removeprefix(f"{self._place}/").partition("/")
                    if slash and (own := _object(key, facts, f"{self._place}/{learner}/")) is not None:
                        found.setdefault(learner, []).append(own)
        except StoreFault:
            return None
        return found

    def _look_again(self, learner: str) -> list[_Object]:
        """The learner's files as they are now; everybody else's are known as before. Raises `StoreFault`."""
        with self._lock:
            self._of.pop(learner, None)
            self._forgotten += 1
        try:
            objects = self._objects(learner)
        except StoreFault:
            self._surveyed = -SURVEYED_FOR
            raise
        if self._everybody is not None:
            self._everybody[learner] = objects
        return objects

    def _file(self, learner: str, found: _Object) -> EvidenceFile:
        path = self._path(learner, found)
        kind = kind_of(path.suffix)
        return EvidenceFile(
            found.name, path, found.size, found.modified_ns, kind, fetch=partial(self._fetch, learner, found)
        )

    def _path(self, learner: str, found: _Object) -> Path:
        """Where it lies in the cache: the name is only there for its ending, and for whom it is opened by."""
        last = one_name(one_line(found.name.rpartition("/")[2])).replace("/", "_").replace("\\", "_")
        stem, dot, ending = last.rpartition(".")
        name = f"{stem[:_LONGEST_NAME]}{dot}{ending[:20]}" if dot else last[:_LONGEST_NAME]
        return self.root / learner / found.version / (name if name not in {"", ".", ".."} else "file")

    def _key(self, learner: str, name: str) -> str:
        return f"{self._place}/{learner}/{name}"

    # Reading

    def _fetch(self, learner: str, found: _Object) -> None:
        """Have the file be in the cache, whole. Raises `Unreadable`."""
        path = self._path(learner, found)
        with self._alone(found.version):
            if _is_whole(path, found):
                return
            beside = path.with_name(f".{token_hex(8)}.part")
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._download(found, beside)
                beside.chmod(0o400)  # Whoever opens it outside sees that it is a copy.
                os.utime(beside, ns=(found.modified_ns, found.modified_ns))
                beside.replace(path)
            except StoreFault as fault:
                raise _not_now(found.name, fault) from None
            except OSError as error:
                raise NotNow(
                    "No room for the evidence",
                    f"{found.name} cannot be read into the cache: {error.strerror or error}.",
                    "Make room on the disk, or see who may write to your cache folder.",
                    file=path.parent,
                ) from error
            finally:
                with suppress(OSError):
                    beside.unlink()

    def _download(self, found: _Object, into: Path) -> None:
        """Write its bytes to the file `into`. Raises `Unreadable`, `StoreFault`, and OSError of this machine's disk."""
        try:
            out = into.open("xb")
            with out:
                written = 0
                for piece in self._pieces(found):
                    written += len(piece)
                    out.write(piece)
        except FileNotFoundError:
            raise Unreadable(
                "The file is gone",
                f"{found.name} was listed, and is not in the store any more.",
                "Look at the list again: it may have been renamed or taken away.",
            ) from None
        if written != found.size:
            raise StoreFault(f"it gave {written:,} of {found.size:,} bytes")

    def _pieces(self, found: _Object) -> Iterator[bytes]:
        with asked():
            stream = self._fs.open(found.key, "rb", block_size=_PIECE, cache_type="readahead")
        with stream:
            # The stream itself asks for no other version than it began with.
            if _tag(stream.details) != found.tag:
                raise _changed(found)
            while True:
                try:
                    with asked():
                        piece = stream.read(_PIECE)
                except FileExistsError:
                    raise _changed(found) from None
                if not piece:
                    return
                yield piece

    @contextmanager
    def _alone(self, version: str) -> Iterator[None]:
        with self._lock:
            turn = self._fetching.setdefault(version, _OneAtATime())
        with turn.lock:
            yield

    # Asking it

    @property
    def _fs(self) -> Any:
        """What reads; it asks again by itself where the store asks for patience."""
        with _MAKING:
            self._reading = self._reading or filesystem(_ATTEMPTS)
            return self._reading

    @property
    def _fs_once(self) -> Any:
        """What puts: asked again after an answer that was lost, the store would tell of its own file as another's."""
        with _MAKING:
            self._putting = self._putting or filesystem(1)
            return self._putting


class _OneAtATime:
    """Whose turn it is to fetch a file."""

    def __init__(self) -> None:
        self.lock = Lock()


_MAKING = Lock()


def _unreachable(why: str) -> EvidenceFolder:
    return EvidenceFolder(problems=(f"evidence cannot be listed: {why}.",), unreachable=why)


def _object(key: str, facts: Mapping[str, Any], prefix: str) -> _Object | None:
    """The file that the store tells of; None of what stands for a folder, and of what has no name."""
    name = one_name(one_line(key.removeprefix(prefix)))
    if facts.get("type") != "file" or not key.startswith(prefix) or not name or name.endswith("/"):
        return None
    if is_left_behind(name.rpartition("/")[2]) and not int(facts.get("size") or 0):
        return None
    modified = facts.get("LastModified")
    modified = modified if isinstance(modified, datetime) else datetime.fromtimestamp(0, UTC)
    return _Object(key, name, int(facts.get("size") or 0), _tag(facts), modified)


def _tag(facts: Mapping[str, Any]) -> str:
    return str(facts.get("ETag") or "")


def _is_whole(path: Path, found: _Object) -> bool:
    """Whether it is in the cache as it was put there: whoever changed it there changed its time."""
    with suppress(OSError):
        facts = path.lstat()
        own = (facts.st_size, facts.st_mtime_ns)
        return stat.S_ISREG(facts.st_mode) and own == (found.size, found.modified_ns)
    return False


def _not_now(name: str, fault: StoreFault) -> NotNow:
    return NotNow("The store does not give it", f"{name}: {fault}.", _AGAIN)


def _changed(found: _Object) -> Unreadable:
    return Unreadable(
        "Changed since it was listed",
        f"{found.name} is another file by now than the one that was listed.",
        "Look at the list again, and open it anew.",
    )
