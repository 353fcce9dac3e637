"""What learners handed in, where a centre keeps it in a store of objects that speaks S3: listed there, and read into
the user's cache.

A file in the cache lies where the tag of its bytes leads, so what is read is the very version that was listed. One that
is another by now is asked for with the tag that was listed, and the store refuses it. The keys to the store are those
of its own tools, in the environment or in their files: nothing of them is read, kept or told here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, BinaryIO

from markterm.domain.words.counted import counted
from markterm.domain.words.errors import NotNow, NotSaved, Refused, Unreadable
from markterm.evidence.folder import MOST_ENTRIES, EvidenceFile, EvidenceFolder, EvidenceKind, in_order, kind_of
from markterm.evidence.handed_in import Held
from markterm.evidence.left_behind import lies_left_behind
from markterm.evidence.store_asked import StoreFault, asked, filesystem
from markterm.evidence.store_cache import StoreCache
from markterm.evidence.store_versions import every_version, remove_all
from markterm.evidence.stored_object import StoredObject, stored_object, tag_of

LISTED_FOR = 2.0
"""Seconds. One act looks at a learner's files several times."""
SURVEYED_FOR = 30.0
"""Seconds after which everybody's files are looked at again."""
AWAY_FOR = 5.0
"""Seconds in which a store that did not answer is not asked again: one look at a learner asks it several times."""
_ATTEMPTS = 2
_SCHEME = "s3://"
_PIECE = 8 * 1024 * 1024
_LARGEST_PUT = 5 * 2**30
"""Bytes. More than that a store takes in parts alone, and not every store looks then whether something is there."""
_PROBE = ".markterm"
_AGAIN = "Try again in a while; if it stays so, ask whoever looks after the store."


class ObjectStore:
    """The learners' files at `url` (`s3://bucket/prefix`, and below that the learners' folders), read into the folder
    `cache`. Safe for several threads. Nothing is asked before somebody wants to know something."""

    def __init__(self, url: str, cache: Path) -> None:
        self.url = url
        self.root = cache
        self._cache = StoreCache(cache)
        self._place = url.removeprefix(_SCHEME).strip("/")
        self._bucket, _, self._within = self._place.partition("/")
        self._lock = Lock()
        self._reading: Any = None
        self._putting: Any = None
        self._everybody: dict[str, list[StoredObject]] | None = None
        self._surveyed = -SURVEYED_FOR
        self._surveying = Lock()
        self._forgotten = 0
        """How often something was put there, which the listing that is made just now may not know."""
        self._of: dict[str, tuple[float, list[StoredObject]]] = {}
        self._keeps_what_is_there = False
        self._away: tuple[float, StoreFault] | None = None

    # Looking

    def listed(self, learner: str, relied_on: Collection[str] = ()) -> EvidenceFolder:
        """The learner's files, in their order. Where the store does not say them, why is among the problems, and the
        files are those that it said last."""
        try:
            return self._folder(learner, self._objects(learner), relied_on)
        except StoreFault as fault:
            with self._lock:
                known = self._of.get(learner)
            if known is None:
                return _unreachable(str(fault))
            said, objects = known
            ago = counted(int(monotonic() - said) // 60 + 1, "minute")
            then = _unreachable(f"{fault}; what is listed is what it said within the last {ago}")
            folder = self._folder(learner, objects, relied_on)
            return replace(folder, problems=then.problems, unreachable=str(fault))

    def known(self, learner: str) -> EvidenceFolder:
        """The learner's files as everybody's were looked at."""
        everybody = self._survey()
        if everybody is None:
            return _unreachable("the store did not say it")
        return self._folder(learner, everybody.get(learner, ()), ())

    def _folder(self, learner: str, objects: Sequence[StoredObject], relied_on: Collection[str]) -> EvidenceFolder:
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
                yield Held(learner, each.name, str(self._cache.path(learner, each)), each.size, each.modified_ns)

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
        there = next((each for each in objects if each.key == f"{self._place}/{learner}/{name}"), None)
        if there is None or there.size != size:
            return False
        with self._fetch(learner, there).open("rb") as file:
            return file_digest(file, sha256).hexdigest() == digest

    def why_away(self) -> str:
        """Why the store does not say now what it has; empty when it does."""
        try:
            with asked(missing_is_none=True):
                self._fs.call_s3("list_objects_v2", Bucket=self._bucket, Prefix=f"{self._within}/", MaxKeys=1)
        except StoreFault as fault:
            return str(fault)
        return ""

    # Putting

    def put_new(self, learner: str, name: str, source: Path) -> None:
        """Have the bytes of `source` be in the store under that name. Returns when the store has them for good.

        Raises FileExistsError when something is there, which is left as it is, `NotSaved`, and `Unreadable` when the
        store does not answer.
        """
        if source.stat().st_size > _LARGEST_PUT:
            raise NotSaved(
                "It is too large for the store",
                f"{name} has more than {_LARGEST_PUT // 2**30} GB, which no store takes at once. Nothing was recorded.",
                "Put it there with the store's own tools, or ask for it in several files.",
            )
        try:
            self._require_it_keeps()
            # At once, whatever its size: what comes in parts some stores let take the place of what is there.
            with asked(), source.open("rb") as body:
                self._put(f"{self._prefix(learner)}{name}", body)
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
        probe = f"{self._within}/{_PROBE}"
        with suppress(FileExistsError), asked():
            self._put(probe, b"")
        try:
            with asked():
                self._put(probe, b"")
        except FileExistsError:
            self._keeps_what_is_there = True
            return
        raise NotSaved(
            "This store writes over what is there",
            "The store does not know how to put a file only where none is, and nothing was put into it.",
            "Use a store that has conditional writes, or put the files there with its own tools.",
        )

    def _put(self, key: str, body: bytes | BinaryIO) -> None:
        self._fs_once.call_s3("put_object", Bucket=self._bucket, Key=key, Body=body, IfNoneMatch="*")

    # Taking away

    def has_anything(self, learner: str) -> bool:
        """Whether the store has anything of the learner, in earlier versions too. Raises `Refused` where it does not
        tell, so that nobody could say later that it is gone."""
        try:
            return bool(every_version(self._fs, self._bucket, self._prefix(learner)))
        except StoreFault as fault:
            raise Refused(
                "Whether it goes cannot be known",
                f"What the store keeps of {learner}, in earlier versions too, it does not tell: {fault}. Nothing was "
                "destroyed.",
                "Have whoever looks after the store let you list and delete versions there, then do it again.",
            ) from None

    def remove(self, learner: str) -> None:
        """Remove everything that the store has of the learner, with every earlier version; return when it says that
        nothing is left. Raises `NotSaved`; done again it goes on."""
        try:
            remove_all(self._fs, self._bucket, self._prefix(learner))
        except StoreFault as fault:
            raise NotSaved(
                "Not everything was destroyed",
                f"The evidence of {learner} in the store: {fault}. What is gone is gone.",
                "Have whoever looks after the store let you delete it there, every version too; then do it again: it "
                "goes on where it stopped.",
            ) from None
        finally:
            with suppress(StoreFault):
                self._look_again(learner)

    def move(self, learner: str, to: str) -> None:
        """Have what the store has of `learner` be that of `to`; return when it says so. What is there already is left.
        Raises `StoreFault`, and `Unreadable`; nothing is lost then, and done again it goes on."""
        old, new = f"{self._place}/{learner}/", f"{self._place}/{to}/"
        coming = self._look_again(learner)
        there = {each.key: each for each in self._look_again(to)}
        for each in coming:
            target = new + each.key.removeprefix(old)
            if (known := there.get(target)) is None:
                with asked():
                    self._fs.cp_file(each.key, target)
            elif not self._are_same(learner, each, to, known):
                raise StoreFault(f"of {to} there is another {each.name}, which was left as it is")
        sizes = {each.key: each.size for each in self._look_again(to)}
        for each in coming:
            if sizes.get(new + each.key.removeprefix(old)) != each.size:
                raise StoreFault(f"it did not copy {each.name}")
            with asked(missing_is_none=True):
                self._fs.call_s3("delete_object", Bucket=self._bucket, Key=each.key.removeprefix(f"{self._bucket}/"))
        self._look_again(learner)

    def _are_same(self, learner: str, one: StoredObject, other_learner: str, other: StoredObject) -> bool:
        if one.size != other.size or one.tag == other.tag:
            return one.size == other.size
        # The tag of what came in parts is another one after a copy.
        digests = set()
        for whose, found in ((learner, one), (other_learner, other)):
            with self._fetch(whose, found).open("rb") as file:
                digests.add(file_digest(file, sha256).digest())
        return len(digests) == 1

    # What the store says

    def _objects(self, learner: str) -> list[StoredObject]:
        with self._lock:
            kept = self._of.get(learner)
        if kept is not None and monotonic() - kept[0] < LISTED_FOR:
            return kept[1]
        at = f"{self._place}/{learner}/"
        objects = []
        with self._noticed(), asked(missing_is_none=True):
            said = self._fs.find(at.rstrip("/"), detail=True)
            objects = [found for key, facts in said.items() if (found := stored_object(key, facts, at)) is not None]
        with self._lock:
            self._of[learner] = monotonic(), objects
        return objects

    @contextmanager
    def _noticed(self) -> Iterator[None]:
        """Raises `StoreFault` at once where the store did not answer just now."""
        if self._away is not None and monotonic() - self._away[0] < AWAY_FOR:
            raise self._away[1]
        try:
            yield
        except StoreFault as fault:
            if fault.away:
                self._away = monotonic(), fault
            raise
        self._away = None

    def _survey(self) -> Mapping[str, list[StoredObject]] | None:
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

    def _listed_for_everybody(self) -> dict[str, list[StoredObject]] | None:
        found: dict[str, list[StoredObject]] = {}
        try:
            with self._noticed(), asked(missing_is_none=True):
                for key, facts in self._fs.find(self._place, detail=True).items():
                    learner, slash, _ = key.removeprefix(f"{self._place}/").partition("/")
                    if slash and (own := stored_object(key, facts, f"{self._place}/{learner}/")) is not None:
                        found.setdefault(learner, []).append(own)
        except StoreFault:
            return None
        return found

    def _look_again(self, learner: str) -> list[StoredObject]:
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

    def _file(self, learner: str, found: StoredObject) -> EvidenceFile:
        path = self._cache.path(learner, found)

        def fetch() -> None:
            self._fetch(learner, found)

        return EvidenceFile(found.name, path, found.size, found.modified_ns, kind_of(path.suffix), fetch=fetch)

    def _prefix(self, learner: str) -> str:
        return f"{self._within}/{learner}/"

    # Reading

    def _fetch(self, learner: str, found: StoredObject) -> Path:
        """Where the file is in the cache, whole. Raises `Unreadable`."""
        try:
            return self._cache.have(learner, found, partial(self._download, found))
        except StoreFault as fault:
            raise _not_now(found.name, fault) from None

    def _download(self, found: StoredObject, into: BinaryIO) -> None:
        """Write its bytes. Raises `Unreadable`, `StoreFault`, and OSError of this machine's disk."""
        written = 0
        try:
            with self._noticed():
                for piece in self._pieces(found):
                    written += into.write(piece)
        except FileNotFoundError:
            raise Unreadable(
                "The file is gone",
                f"{found.name} was listed, and is not in the store any more.",
                "Look at the list again: it may have been renamed or taken away.",
            ) from None
        if written != found.size:
            raise StoreFault(f"it gave {written:,} of {found.size:,} bytes")

    def _pieces(self, found: StoredObject) -> Iterator[bytes]:
        with asked():
            stream = self._fs.open(found.key, "rb", block_size=_PIECE, cache_type="readahead")
        with stream:
            # The stream itself asks for no other version than it began with.
            if tag_of(stream.details) != found.tag:
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


_MAKING = Lock()


def _unreachable(why: str) -> EvidenceFolder:
    return EvidenceFolder(problems=(f"evidence cannot be listed: {why}.",), unreachable=why)


def _not_now(name: str, fault: StoreFault) -> NotNow:
    return NotNow("The store does not give it", f"{name}: {fault}.", _AGAIN)


def _changed(found: StoredObject) -> Unreadable:
    return Unreadable(
        "Changed since it was listed",
        f"{found.name} is another file by now than the one that was listed.",
        "Look at the list again, and open it anew.",
    )
