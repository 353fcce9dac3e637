"""The second, slower step of reading: words in pictures, read after everything else and kept on their own."""

from __future__ import annotations

import contextlib
from pathlib import Path
from threading import Lock

from markterm.domain.words.errors import NotNow, Unreadable
from markterm.evidence.conversion.conversion import LARGEST_FILE
from markterm.evidence.conversion.conversion_cache import ConversionCache
from markterm.evidence.conversion.program import ProgramStopped
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.fingerprint import fingerprint
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.machine import engines
from markterm.evidence.machine.engines import Engine, read_by
from markterm.evidence.machine.machine_reading import MachineReading
from markterm.evidence.progress import Progress
from markterm.evidence.true_kind import true_suffix

_TICK = 0.1
_one_at_a_time = Lock()
"""An engine takes a whole core, and this is work in the background."""


def can_read_pictures() -> bool:
    """Whether there is an engine on this machine."""
    return engines.engine_found() is not None


def kept_reading(sha256: str, cache: Path) -> MachineReading | None:
    """What the engine of this machine read in the file with that hash before; None when that is not kept."""
    engine = engines.engine_found()
    return None if engine is None else _kept(engine, sha256, cache)


def failed_before(sha256: str, cache: Path) -> str:
    """Why this machine's engine could not read the file with that hash, not long ago; empty when it did not try."""
    engine = engines.engine_found()
    try:
        if engine is not None:
            ConversionCache(cache).find(sha256, engine.key)
    except NotReadable as refusal:
        return str(refusal)
    return ""


def read_pictures(file: EvidenceFile, pages: tuple[int, ...], cache: Path, progress: Progress) -> bool:
    """Read these pages of the file by machine, and keep what was read; whether there is anything to show now.

    It waits until no other file is read so. `progress` can stop it: then nothing is kept. Raises Unreadable when the
    file cannot be read any more, or its pictures not now, and nothing else.
    """
    engine = engines.engine_found()
    if engine is None or not pages:
        return False
    conversions = ConversionCache(cache)
    while not _one_at_a_time.acquire(timeout=_TICK):
        if progress.stop.is_set():
            return False
    try:
        with conversions.scratch(true_suffix(file)) as copy:
            sha256 = fingerprint(file, copy, LARGEST_FILE)
            if _kept(engine, sha256, cache) is None:
                progress.converts(file.name)
                reading = read_by(engine, copy, pages, progress.stop)
                conversions.keep(sha256, engine.key, Converted(reading.to_text()))
        return True
    except NotReadable as refusal:
        with contextlib.suppress(OSError):
            conversions.keep_refusal(sha256, engine.key, str(refusal))
        return True
    except ProgramStopped:
        return False
    except OSError as error:  # a disk without room, or a program that does not start: it is tried again
        raise NotNow(
            "Not read by machine",
            f"Words in its pictures could not be read now: {error.strerror or error}.",
            "Make room on the disk, and open it again.",
            file=file.path,
        ) from error
    finally:
        _one_at_a_time.release()


def _kept(engine: Engine, sha256: str, cache: Path) -> MachineReading | None:
    with contextlib.suppress(NotReadable, ValueError, Unreadable):
        kept = ConversionCache(cache).find(sha256, engine.key)
        return None if kept is None else MachineReading.of_text(kept.converted.markdown)
    return None
