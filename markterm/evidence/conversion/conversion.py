"""Files that are not text, converted in a process of their own that may fail in any way without harm.

What the process may do, and on which systems, is said in `cage` and `child`.

What is converted is a private copy, so that the hash that citations rest on is of the very bytes that were read.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache as kept_once
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from weakref import WeakValueDictionary

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.hint import Hint, Way
from markterm.evidence.conversion import children
from markterm.evidence.conversion.child import TRY
from markterm.evidence.conversion.conversion_cache import ConversionCache, Kept
from markterm.evidence.conversion.cores import CORES, Core, Stopped
from markterm.evidence.conversion.program import ProgramStopped
from markterm.evidence.conversion.wire import from_bytes
from markterm.evidence.converted import Converted, NotInstalled, NotReadable
from markterm.evidence.fingerprint import fingerprint
from markterm.evidence.folder import EvidenceFile, kind_of
from markterm.evidence.hashing import Hashing, HashingStopped
from markterm.evidence.machine.libreoffice import KEY, libreoffice_found, through_libreoffice
from markterm.evidence.machine.old_formats import OLD_FORMATS
from markterm.evidence.progress import AnyOf, Progress, Urgency
from markterm.evidence.readers import READERS
from markterm.evidence.true_kind import true_suffix
from markterm.evidence.unopened import why_unopened

LARGEST_FILE = 256 * 1024 * 1024
SECONDS = 20.0
"""By the clock on the wall. The process counts its own work beside that."""
LARGEST_ANSWER = 32 * 1024 * 1024
LARGEST_ATTACHED = 150 * 1024 * 1024
"""Bytes of all the files within one."""
COMMAND = (sys.executable, "-I", "-B", "-m", "markterm.evidence.conversion.process")

_TICK = 0.05
_LONGER = 3
"""Times as long one may take that lets everything else go first."""
_CRASHES = frozenset(
    -getattr(signal, name) for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL") if hasattr(signal, name)
)
_NO_SIGNAL = 0
_OUTSIDE = "Open it outside, or ask for it in another form."
_TOO_LONG = f"It takes too long: more than {SECONDS:.0f} seconds, or more work than a file needs."
_BROKE_OFF = "The part of MarkTerm that reads it broke off."
_TRIED_AGAIN = "It is tried again after a day."

_turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()
_turns_lock = Lock()


def convert(file: EvidenceFile, cache: Path, progress: Progress | None = None) -> Converted:
    """What `file` becomes, with its attachments. Raises Unreadable, and nothing else."""
    kept = kept_conversion(file, cache, progress)
    try:
        return kept.whole()
    except OSError as error:
        raise _no_cache(file, error) from error


def attached_files(file: EvidenceFile, cache: Path, progress: Progress | None = None) -> tuple[EvidenceFile, ...]:
    """The files that lie directly within `file`, named `mail.eml/plan.docx`. Raises Unreadable.

    They lie in the cache, and may be gone when it is emptied: ask again then.
    """
    kept = kept_conversion(file, cache, progress)
    found = []
    for name, path in kept.attached:
        with contextlib.suppress(OSError):
            size = path.stat().st_size
            kind = kind_of(Path(name).suffix)
            found.append(EvidenceFile(f"{file.name}/{name}", path, size, file.modified_ns, kind, file.depth + 1))
    return tuple(found)


def kept_conversion(file: EvidenceFile, cache: Path, progress: Progress | None = None, *, again: bool = False) -> Kept:
    """The conversion of `file` from the cache, made now if it is not there. `cache` is the user's cache folder.

    `progress` is told when it has to be made, and can stop that at once; `again` makes it anew whatever is kept.
    Raises Unreadable, and nothing else. Why a file cannot be read is kept as well, when that is the file's own fault.
    """
    progress = progress or Progress()
    suffix = true_suffix(file)
    reader = _reader_of(suffix)
    if reader is None:
        old = OLD_FORMATS.get(suffix)
        unread = why_unopened(suffix) or "MarkTerm has no reader for this kind of file."
        reason = unread if old is None else old.missing
        raise Unreadable("Not read by MarkTerm", f"{file.name}: {reason}", _OUTSIDE, file=file.path)
    digest = fingerprint(file, largest=LARGEST_FILE)
    conversions = ConversionCache(cache)
    kept = None if again else _found(file, conversions, digest, reader)
    if kept is not None:
        return kept
    progress.converts(file.name)
    with _turn(file, digest, progress):
        # Another thread may have converted it while this one waited for its turn.
        kept = None if again else _found(file, conversions, digest, reader)
        while kept is None:  # what is made ahead makes room for what somebody waits for, and begins anew
            with contextlib.suppress(_MadeRoom):
                kept = _made(file, conversions, digest, reader, progress)
        return kept


def needs_libreoffice(file: EvidenceFile) -> bool:
    """Whether LibreOffice converts it. False when it cannot be read."""
    try:
        return _reader_of(true_suffix(file)) == KEY
    except Unreadable:
        return False


def _reader_of(suffix: str) -> str | None:
    return KEY if suffix in OLD_FORMATS and libreoffice_found() else READERS.get(suffix)


@kept_once
def left_open() -> tuple[str, ...]:
    """What a process in which a file is converted could do beside that on this machine, such as `use the network`.

    Empty where it is shut in as it should be, and on systems that are known to have no cage, of which the README tells.
    """
    if sys.platform not in ("linux", "darwin"):
        return ()
    try:
        child = children.start(COMMAND, Path(os.devnull), TRY, Event().is_set)
        with contextlib.closing(child), _Watch(child, Event().is_set, SECONDS):
            tried = json.loads(child.answer.read())
            child.wait()
        return tuple(dict.fromkeys(map(str, tried)))
    except (OSError, ValueError):
        return ("do what could not be found out",)


def _found(file: EvidenceFile, conversions: ConversionCache, digest: str, reader: str) -> Kept | None:
    try:
        return conversions.find(digest, reader)
    except NotReadable as refusal:
        raise _refused(file, refusal, f"{_OUTSIDE} {_TRIED_AGAIN}", Hint(Way.READ_AGAIN)) from None


@contextlib.contextmanager
def _turn(file: EvidenceFile, digest: str, progress: Progress) -> Iterator[None]:
    """No two threads convert the same bytes at once; whoever is in a hurry hurries the one that does."""
    with _turns_lock:
        turn = _turns.setdefault(digest, Lock())
    if not turn.acquire(blocking=False):
        with CORES.hurrying(digest, progress.urgency):
            while not turn.acquire(timeout=_TICK):
                if progress.stop.is_set():
                    raise _stopped(file)
    try:
        yield
    finally:
        turn.release()


class _MadeRoom(Exception):
    """It was ended for one that somebody waits for."""


def _made(file: EvidenceFile, conversions: ConversionCache, digest: str, reader: str, progress: Progress) -> Kept:
    """The conversion, made and kept. Raises Unreadable, and `_MadeRoom`."""
    try:
        with CORES.one(digest, progress.urgency, progress.stop.is_set) as core:
            with conversions.scratch(true_suffix(file)) as copy:
                if fingerprint(file, copy, LARGEST_FILE, Hashing(stop=progress.stop)) != digest:
                    raise Unreadable(
                        "The file is changing",
                        f"{file.name} changed while it was read.",
                        "Wait until it is saved or synchronised, and open it again.",
                        file=file.path,
                    )
                conversion = _Conversion(file, copy, reader, progress, core)
                if reader == KEY:
                    converted = through_libreoffice(copy, conversion.of_newer, conversion.stop, low=conversion.low)
                else:
                    converted = conversion.converted()
            return conversions.keep(digest, reader, converted)
    except NotReadable as refusal:
        if not isinstance(refusal, NotInstalled):
            with contextlib.suppress(OSError):  # then it is found out once more
                conversions.keep_refusal(digest, reader, str(refusal))
        raise _refused(file, refusal) from None
    except (Stopped, HashingStopped):
        raise _stopped(file) from None
    except ProgramStopped:
        raise (_stopped(file) if progress.stop.is_set() else _MadeRoom()) from None
    except OSError as error:
        raise _no_cache(file, error) from error


@dataclass(frozen=True, slots=True)
class _Ended:
    """A process that converted, and how it ended: as `children.Child` has it."""

    answer: bytes
    code: int | None
    too_long: bool
    forked: bool


@dataclass(frozen=True, slots=True)
class _Conversion:
    """A file that is converted by a process."""

    file: EvidenceFile
    copy: Path
    reader: str
    progress: Progress
    core: Core

    @property
    def stop(self) -> Event:
        """Set when somebody said stop, or it has to make room."""
        return AnyOf(self.progress.stop.is_set, lambda: self.core.wanted_back)

    def low(self) -> bool:
        """Whether nobody waits for it: everything else on the machine goes first."""
        return self.core.urgency is not Urgency.NOW

    def of_newer(self, copy: Path, reader: str) -> Converted:
        """What the file becomes of which `copy` is a form that this reader reads. Raises as `converted`."""
        return replace(self, copy=copy, reader=reader).converted()

    def converted(self) -> Converted:
        """What it becomes. Raises NotReadable for what is the file's own fault and comes back, Unreadable for what may
        pass, and `_MadeRoom`."""
        most = LARGEST_ANSWER + LARGEST_ATTACHED
        ended = self._ended(most)
        # A server that is gone says nothing of the file, and a crash might have been its own: once more without it.
        if ended.code is None:
            ended = self._ended(most)
        if ended.forked and (ended.code is None or ended.code in _CRASHES):
            ended = self._ended(most, forked=False)
        if ended.code == -getattr(signal, "SIGXCPU", _NO_SIGNAL):
            raise NotReadable(_TOO_LONG)
        if ended.too_long:
            if self.core.urgency is Urgency.NOW:
                raise NotReadable(_TOO_LONG)
            raise _refused(self.file, _TOO_LONG)  # the machine had other things to do: not held against the file
        answer = ended.answer
        if len(answer) > most or answer.find(b"\n", 0, LARGEST_ANSWER) < 0 < len(answer) - LARGEST_ANSWER:
            raise NotReadable(f"It becomes more than {LARGEST_ANSWER // 1024 // 1024} MB of text.")
        if ended.code in _CRASHES:
            raise NotReadable(_BROKE_OFF)
        if ended.code != 0:  # somebody ended it, or the system ran out of memory
            raise _refused(self.file, _BROKE_OFF)
        try:
            return from_bytes(answer)
        except (ValueError, RecursionError):
            raise _refused(self.file, "The part of MarkTerm that reads it gave no proper answer.") from None

    def _ended(self, most: int, *, forked: bool = True) -> _Ended:
        """Let a process convert the file, and wait for it."""
        low = self.low()
        try:
            child = children.start(COMMAND, self.copy, self.reader, self.stop.is_set, low=low, forked=forked)
        except children.Stopped:
            raise self._why_stopped() from None
        except OSError as error:
            reason = f"The part of MarkTerm that reads it does not start: {error.strerror or error}."
            raise _refused(self.file, reason) from error
        seconds = SECONDS * (_LONGER if low else 1)
        hurried = self._is_hurried if low else lambda: False
        with contextlib.closing(child), _Watch(child, self.stop.is_set, seconds, hurried) as watch:
            try:
                answer = child.answer.read(most + 1)
            except BaseException:  # Ctrl+C reaches only us
                child.kill()
                raise
            if len(answer) > most:
                child.kill()
            code = child.wait()
        if watch.stopped:
            raise self._why_stopped()
        return _Ended(answer, code, watch.too_long, child.forked)

    def _is_hurried(self) -> bool:
        return self.core.urgency is Urgency.NOW

    def _why_stopped(self) -> Exception:
        return _stopped(self.file) if self.progress.stop.is_set() else _MadeRoom()


class _Watch(Thread):
    """Kills the process when its time is up or somebody says stop, and hurries it when somebody waits for it. Used with
    `with`, around the waiting for it."""

    def __init__(
        self,
        child: children.Child,
        stopped: Callable[[], bool],
        seconds: float,
        hurried: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(name="conversion", daemon=True)
        self.too_long = False
        self.stopped = False
        self._child = child
        self._asked_to_stop = stopped
        self._asked_to_hurry = hurried
        self._end = monotonic() + seconds
        self._done = Event()

    def run(self) -> None:
        """Look now and then until it is done."""
        while not self._done.wait(_TICK):
            if self._asked_to_hurry():
                self._child.hurry()
            self.stopped = self._asked_to_stop()
            self.too_long = not self.stopped and monotonic() > self._end
            if self.too_long or self.stopped:
                self._child.kill()
                return

    def __enter__(self) -> _Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()


def _refused(file: EvidenceFile, reason: object, next_step: str = _OUTSIDE, hint: Hint | None = None) -> Unreadable:
    return Unreadable("Cannot be read", f"{file.name}: {reason}", next_step, hint=hint, file=file.path)


def _stopped(file: EvidenceFile) -> Unreadable:
    return Unreadable("Stopped", f"{file.name} was not read.", "Open it again to read it.", file=file.path)


def _no_cache(file: EvidenceFile, error: OSError) -> Unreadable:
    return Unreadable(
        "No room for the conversion",
        f"{file.name} cannot be converted, for the cache folder cannot be used: {error.strerror or error}.",
        "Make room on the disk, or see who may write to your cache folder.",
        file=file.path,
    )
