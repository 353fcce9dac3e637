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
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache as kept_once
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from weakref import WeakValueDictionary

from markterm.domain.errors import Unreadable
from markterm.evidence import children
from markterm.evidence.child import TRY
from markterm.evidence.conversion_cache import ConversionCache, Kept
from markterm.evidence.converted import Converted, NotInstalled, NotReadable
from markterm.evidence.fingerprint import fingerprint
from markterm.evidence.folder import EvidenceFile, kind_of
from markterm.evidence.libreoffice import KEY, libreoffice_found, through_libreoffice
from markterm.evidence.old_formats import OLD_FORMATS
from markterm.evidence.program import ProgramStopped
from markterm.evidence.progress import Progress
from markterm.evidence.readers import NOT_READ, READERS
from markterm.evidence.wire import from_bytes

LARGEST_FILE = 256 * 1024 * 1024
SECONDS = 20.0
"""By the clock on the wall. The process counts its own work beside that."""
LARGEST_ANSWER = 32 * 1024 * 1024
LARGEST_ATTACHED = 150 * 1024 * 1024
"""Bytes of all the files within one."""
COMMAND = (sys.executable, "-I", "-B", "-m", "markterm.evidence.child")

_TICK = 0.05
_CRASHES = frozenset(
    -getattr(signal, name) for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL") if hasattr(signal, name)
)
_NO_SIGNAL = 0
_OUTSIDE = "Open it outside, or ask for it in another form."
_BROKE_OFF = "The part of MarkTerm that reads it broke off."
_TRIED_AGAIN = "It is tried again after a day, or at once with markterm read --again."

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
    suffix = file.path.suffix.lower()
    reader = KEY if suffix in OLD_FORMATS and libreoffice_found() else READERS.get(suffix)
    if reader is None:
        missing = (
            OLD_FORMATS[suffix].missing if suffix in OLD_FORMATS else "MarkTerm has no reader for this kind of file."
        )
        reason = NOT_READ.get(suffix, missing)
        raise Unreadable("Not read by MarkTerm", f"{file.name}: {reason}", _OUTSIDE, file=file.path)
    digest = fingerprint(file, largest=LARGEST_FILE)
    conversions = ConversionCache(cache / "evidence")
    kept = None if again else _found(file, conversions, digest, reader)
    if kept is not None:
        return kept
    progress.converts(file.name)
    with _turn(file, digest, progress.stop):
        # Another thread may have converted it while this one waited for its turn.
        kept = None if again else _found(file, conversions, digest, reader)
        return kept or _made(file, conversions, digest, reader, progress)


@kept_once
def left_open() -> tuple[str, ...]:
    """What a process in which a file is converted could do beside that on this machine, such as `use the network`.

    Empty where it is shut in as it should be, and on systems that are known to have no cage, of which the README tells.
    """
    if sys.platform not in ("linux", "darwin"):
        return ()
    try:
        child = children.start(COMMAND, Path(os.devnull), TRY, Event())
        with contextlib.closing(child), _Watch(child, Event()):
            tried = json.loads(child.answer.read())
            child.wait()
        return tuple(dict.fromkeys(map(str, tried)))
    except (OSError, ValueError):
        return ("do what could not be found out",)


def _found(file: EvidenceFile, conversions: ConversionCache, digest: str, reader: str) -> Kept | None:
    try:
        return conversions.find(digest, reader)
    except NotReadable as refusal:
        raise _refused(file, refusal, f"{_OUTSIDE} {_TRIED_AGAIN}") from None


@contextlib.contextmanager
def _turn(file: EvidenceFile, digest: str, stop: Event) -> Iterator[None]:
    """No two threads convert the same bytes at once."""
    with _turns_lock:
        turn = _turns.setdefault(digest, Lock())
    while not turn.acquire(timeout=_TICK):
        if stop.is_set():
            raise _stopped(file)
    try:
        yield
    finally:
        turn.release()


def _made(file: EvidenceFile, conversions: ConversionCache, digest: str, reader: str, progress: Progress) -> Kept:
    try:
        with conversions.scratch(file.path.suffix.lower()) as copy:
            if fingerprint(file, copy, LARGEST_FILE) != digest:
                raise Unreadable(
                    "The file is changing",
                    f"{file.name} changed while it was read.",
                    "Wait until it is saved or synchronised, and open it again.",
                    file=file.path,
                )
            if reader == KEY:
                converted = through_libreoffice(
                    copy, lambda new, by: _converted(file, new, by, progress), progress.stop
                )
            else:
                converted = _converted(file, copy, reader, progress)
        return conversions.keep(digest, reader, converted)
    except NotReadable as refusal:
        if not isinstance(refusal, NotInstalled):
            with contextlib.suppress(OSError):  # then it is found out once more
                conversions.keep_refusal(digest, reader, str(refusal))
        raise _refused(file, refusal) from None
    except ProgramStopped:
        raise _stopped(file) from None
    except OSError as error:
        raise _no_cache(file, error) from error


def _converted(file: EvidenceFile, copy: Path, reader: str, progress: Progress) -> Converted:
    """Raises NotReadable for what is the file's own fault and comes back, Unreadable for what may pass."""
    most = LARGEST_ANSWER + LARGEST_ATTACHED
    ended = _ended(file, copy, reader, most, progress)
    # A server that is gone says nothing of the file, and a crash might have been its own: tried once more without it.
    if ended.code is None:
        ended = _ended(file, copy, reader, most, progress)
    if ended.forked and (ended.code is None or ended.code in _CRASHES):
        ended = _ended(file, copy, reader, most, progress, forked=False)
    if ended.too_long or ended.code == -getattr(signal, "SIGXCPU", _NO_SIGNAL):
        raise NotReadable(f"It takes too long: more than {SECONDS:.0f} seconds, or more work than a file needs.")
    answer = ended.answer
    if len(answer) > most or answer.find(b"\n", 0, LARGEST_ANSWER) < 0 < len(answer) - LARGEST_ANSWER:
        raise NotReadable(f"It becomes more than {LARGEST_ANSWER // 1024 // 1024} MB of text.")
    if ended.code in _CRASHES:
        raise NotReadable(_BROKE_OFF)
    if ended.code != 0:  # somebody ended it, or the system ran out of memory
        raise _refused(file, _BROKE_OFF)
    try:
        return from_bytes(answer)
    except (ValueError, RecursionError):
        raise _refused(file, "The part of MarkTerm that reads it gave no proper answer.") from None


@dataclass(frozen=True, slots=True)
class _Ended:
    """A process that converted, and how it ended: as `children.Child` has it."""

    answer: bytes
    code: int | None
    too_long: bool
    forked: bool


def _ended(
    file: EvidenceFile, copy: Path, reader: str, most: int, progress: Progress, *, forked: bool = True
) -> _Ended:
    """Let a process convert the file, and wait for it. Raises Unreadable when it cannot be started or was stopped."""
    try:
        child = children.start(COMMAND, copy, reader, progress.stop, forked=forked)
    except children.Stopped:
        raise _stopped(file) from None
    except OSError as error:
        reason = f"The part of MarkTerm that reads it does not start: {error.strerror or error}."
        raise _refused(file, reason) from error
    with contextlib.closing(child), _Watch(child, progress.stop) as watch:
        try:
            answer = child.answer.read(most + 1)
        except BaseException:  # Ctrl+C reaches only us
            child.kill()
            raise
        if len(answer) > most:
            child.kill()
        code = child.wait()
    if progress.stop.is_set():
        raise _stopped(file)
    return _Ended(answer, code, watch.too_long, child.forked)


class _Watch(Thread):
    """Kills the process when its time is up or somebody says stop. Used with `with`, around the waiting for it."""

    def __init__(self, child: children.Child, stop: Event) -> None:
        super().__init__(name="conversion", daemon=True)
        self.too_long = False
        self._child = child
        self._stop_asked = stop
        self._done = Event()

    def run(self) -> None:
        """Look now and then until it is done."""
        end = monotonic() + SECONDS
        while not self._done.wait(_TICK):
            self.too_long = monotonic() > end
            if self.too_long or self._stop_asked.is_set():
                self._child.kill()
                return

    def __enter__(self) -> _Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()


def _refused(file: EvidenceFile, reason: object, next_step: str = _OUTSIDE) -> Unreadable:
    return Unreadable("Cannot be read", f"{file.name}: {reason}", next_step, file=file.path)


def _stopped(file: EvidenceFile) -> Unreadable:
    return Unreadable("Stopped", f"{file.name} was not read.", "Open it again to read it.", file=file.path)


def _no_cache(file: EvidenceFile, error: OSError) -> Unreadable:
    return Unreadable(
        "No room for the conversion",
        f"{file.name} cannot be converted, for the cache folder cannot be used: {error.strerror or error}.",
        "Make room on the disk, or see who may write to your cache folder.",
        file=file.path,
    )
