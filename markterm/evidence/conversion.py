"""Files that are not text, converted in a process of their own that may fail in any way without harm.

What is converted is a private copy, so that the hash that citations rest on is of the very bytes that were read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import BinaryIO

from markterm.domain.errors import Unreadable
from markterm.evidence.conversion_cache import ConversionCache, Kept
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.folder import EvidenceFile, kind_of
from markterm.evidence.opened import opened
from markterm.evidence.readers import CONTAINERS, NOT_READ, READERS
from markterm.evidence.wire import from_bytes

LARGEST_FILE = 256 * 1024 * 1024
SECONDS = 20.0
"""By the clock on the wall. The process counts its own work beside that."""
LARGEST_ANSWER = 32 * 1024 * 1024
LARGEST_ATTACHED = 150 * 1024 * 1024
"""Bytes of all the files in a container."""
COMMAND = (sys.executable, "-I", "-B", "-m", "markterm.evidence.child")

_PIECE = 1024 * 1024
_TICK = 0.05
_NO_SIGNAL = 0
_OUTSIDE = "Open it outside, or ask for it in another form."


def convert(file: EvidenceFile, cache: Path, stop: Event | None = None) -> Converted:
    """What `file` becomes, with its attachments. Raises Unreadable, and nothing else."""
    kept = kept_conversion(file, cache, stop)
    try:
        return kept.whole()
    except OSError as error:
        raise _no_cache(file, error) from error


def attached_files(file: EvidenceFile, cache: Path, stop: Event | None = None) -> tuple[EvidenceFile, ...]:
    """The files that an e-mail or archive holds, named `mail.eml/plan.docx`. Raises Unreadable.

    They lie in the cache, and may be gone when it is emptied: ask again then.
    """
    kept = kept_conversion(file, cache, stop)
    found = []
    for name, path in kept.attached:
        with contextlib.suppress(OSError):
            size = path.stat().st_size
            found.append(EvidenceFile(f"{file.name}/{name}", path, size, file.modified_ns, kind_of(Path(name).suffix)))
    return tuple(found)


def kept_conversion(file: EvidenceFile, cache: Path, stop: Event | None = None) -> Kept:
    """The conversion of `file` from the cache, made now if it is not there. `cache` is the user's cache folder.

    Setting `stop` ends it at once. Raises Unreadable, and nothing else.
    """
    suffix = file.path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        reason = NOT_READ.get(suffix, "MarkTerm has no reader for this kind of file.")
        raise Unreadable("Not read by MarkTerm", f"{file.name}: {reason}", _OUTSIDE, file=file.path)
    digest = _digest(file)
    conversions = ConversionCache(cache / "evidence")
    kept = conversions.find(digest, reader)
    if kept is not None:
        return kept
    try:
        with conversions.scratch(suffix) as copy:
            if _digest(file, copy) != digest:
                raise Unreadable(
                    "The file is changing",
                    f"{file.name} changed while it was read.",
                    "Wait until it is saved or synchronised, and open it again.",
                    file=file.path,
                )
            converted = _converted(file, copy, reader, stop or Event())
        return conversions.keep(digest, reader, converted)
    except OSError as error:
        raise _no_cache(file, error) from error


def _digest(file: EvidenceFile, copy: Path | None = None) -> str:
    """The SHA-256 of the file in hex; its bytes go to `copy` on the way. OSError is of the copy."""
    digest = hashlib.sha256()
    with contextlib.ExitStack() as stack:
        out: BinaryIO | None = None if copy is None else stack.enter_context(copy.open("xb"))
        for piece in _pieces(file):
            digest.update(piece)
            if out is not None:
                out.write(piece)
    return digest.hexdigest()


def _pieces(file: EvidenceFile) -> Iterator[bytes]:
    size = 0
    with opened(file) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise Unreadable("Not a file", f"{file.name} is a pipe or a device.", _OUTSIDE, file=file.path)
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > LARGEST_FILE:
                largest = LARGEST_FILE // 1024 // 1024
                raise Unreadable(
                    "Too large to read", f"{file.name} is larger than {largest} MB.", _OUTSIDE, file=file.path
                )
            yield piece


def _converted(file: EvidenceFile, copy: Path, reader: str, stop: Event) -> Converted:
    most = LARGEST_ANSWER + (LARGEST_ATTACHED if copy.suffix in CONTAINERS else 0)
    try:
        process = _started(copy, reader)
    except OSError as error:
        what = f"{file.name}: the part of MarkTerm that reads it does not start: {error.strerror or error}."
        raise Unreadable("Cannot be read", what, _OUTSIDE, file=file.path) from error
    watch = _Watch(process, stop)
    with process, watch:
        assert process.stdout is not None
        answer = process.stdout.read(most + 1)
        if len(answer) > most:
            _kill(process)
        process.wait()
    if stop.is_set():
        raise Unreadable("Stopped", f"{file.name} was not read.", "Open it again to read it.", file=file.path)
    if watch.too_long or process.returncode == -getattr(signal, "SIGXCPU", _NO_SIGNAL):
        what = f"it takes too long: more than {SECONDS:.0f} seconds, or more work than a file needs."
    elif len(answer) > most:
        what = f"it becomes more than {most // 1024 // 1024} MB of text."
    elif process.returncode != 0:
        what = "the part of MarkTerm that reads it broke off."
    else:
        try:
            return from_bytes(answer)
        except NotReadable as refusal:
            raise Unreadable("Cannot be read", f"{file.name}: {refusal}", _OUTSIDE, file=file.path) from None
        except (ValueError, RecursionError):
            what = "the part of MarkTerm that reads it gave no proper answer."
    raise Unreadable("Cannot be read", f"{file.name}: {what}", _OUTSIDE, file=file.path)


def _started(copy: Path, reader: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        (*COMMAND, str(copy), reader),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


class _Watch(Thread):
    """Kills the process when its time is up or somebody says stop. Used with `with`, around the waiting for it."""

    def __init__(self, process: subprocess.Popen[bytes], stop: Event) -> None:
        super().__init__(name="conversion", daemon=True)
        self.too_long = False
        self._process = process
        self._stop_asked = stop
        self._done = Event()

    def run(self) -> None:
        """Look now and then until it is done."""
        end = monotonic() + SECONDS
        while not self._done.wait(_TICK):
            self.too_long = monotonic() > end
            if self.too_long or self._stop_asked.is_set():
                _kill(self._process)
                return

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started; Windows has no groups to end."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _no_cache(file: EvidenceFile, error: OSError) -> Unreadable:
    return Unreadable(
        "No room for the conversion",
        f"{file.name} cannot be converted, for the cache folder cannot be used: {error.strerror or error}.",
        "Make room on the disk, or see who may write to your cache folder.",
        file=file.path,
    )
