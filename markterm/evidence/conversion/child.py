"""The process in which a file is converted: it limits itself, then reads one file and writes what it became.

It is started as `python -I -B -m markterm.evidence.conversion.process FILE READER`, or forked from one that was
started with `--serve` (see `reader_server`), which is the same process with its libraries loaded before. Whatever
happens to it, its parent only waits. Limits of time and memory hold on Linux and macOS. It is shut in besides, where
the system can do that: see `cage`. With `--try` as its reader it says what it can still do when it is shut in.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
from dataclasses import replace
from pathlib import Path

from markterm.evidence.conversion import cage
from markterm.evidence.conversion.wire import refusal_to_bytes, to_bytes
from markterm.evidence.conversion.zip_check import check_zip
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers import ZIPPED

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space, in which the libraries that are loaded count."""
CPU_SECONDS = 10
TRY = "--try"
SERVE = "--serve"
OPEN_FILES = 64

_DAMAGED = "It is damaged, cut short, or something else than its name says."
_NOTHING = "MarkTerm found nothing in it that it can show: open it outside to see whether it holds anything."


def limit(cpu_seconds: int | None = None, open_files: int = OPEN_FILES) -> None:
    """Take from this process what a conversion does not need: memory, time, and the right to write any file.

    Windows has no such limits: there the parent's clock and its limit on the answer are all.
    """
    try:
        import resource
    except ImportError:
        return
    seconds = CPU_SECONDS if cpu_seconds is None else cpu_seconds
    for kind, soft, hard in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_CPU, seconds, seconds + 1),  # the first is a signal that tells the parent what it was
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, open_files, open_files),
    ):
        # A limit that this system does not know, or that is already lower, stays as it is.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))


def load(reader: str) -> None:
    """Load what reads that kind of file, while it can still be found; `answer` tells when it cannot."""
    with contextlib.suppress(Exception):
        importlib.import_module(f"markterm.evidence.readers.{reader}")


def answer(path: Path, reader: str) -> bytes:
    """What the parent is told about the file: its conversion, or in one sentence why there is none."""
    try:
        notes = check_zip(path) if path.suffix.lower() in ZIPPED else ()
        module = importlib.import_module(f"markterm.evidence.readers.{reader}")
        converted = module.read(path)
        return to_bytes(never_silent(replace(converted, notes=(*notes, *converted.notes))))
    except NotReadable as refusal:
        return refusal_to_bytes(str(refusal))
    except MemoryError:
        return refusal_to_bytes(f"It needs more than {MEMORY // 1024**3} GB of memory to be read.")
    except RecursionError:
        return refusal_to_bytes("Its parts are nested too deeply to be read.")
    except ImportError as error:
        reason = f"A part of MarkTerm that reads this kind of file is not installed: {error.name}."
        return refusal_to_bytes(reason, installed=False)
    except Exception:  # the libraries raise anything at all for a damaged file
        return refusal_to_bytes(_DAMAGED)


def never_silent(converted: Converted) -> Converted:
    """The conversion, which says so if nothing came of the file: an empty page looks like a learner who wrote none."""
    if str(converted.markdown).strip() or converted.notes or converted.picture is not None:
        return converted
    return replace(converted, notes=(_NOTHING,))


def tell(path: Path, reader: str, out: int) -> None:
    """Shut this process in, read the file, and write what is to be said of it to the descriptor `out`."""
    if reader == TRY:
        cage.shut_in(Path(os.devnull))
        data = json.dumps(cage.left_open()).encode()
    else:
        load(reader)
        cage.shut_in(path)
        data = answer(path, reader)
    with os.fdopen(out, "wb") as stream:
        stream.write(data)
