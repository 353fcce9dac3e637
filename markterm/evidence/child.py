"""The process in which a file is converted: it limits itself, then reads one file and writes what it became.

It is started as `python -I -B -m markterm.evidence.child FILE READER`. Whatever happens to it, its parent only waits.
Limits of time and memory hold on Linux and macOS. It is shut in besides, where the system can do that: see `cage`.
Started with `--try` in place of a file, it says what it can still do when it is shut in.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from markterm.evidence import cage
from markterm.evidence.converted import NotReadable
from markterm.evidence.readers import ZIPPED
from markterm.evidence.wire import refusal_to_bytes, to_bytes
from markterm.evidence.zip_check import check_zip

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space."""
CPU_SECONDS = 10
TRY = "--try"
_OPEN_FILES = 64

_DAMAGED = "It is damaged, cut short, or something else than its name says."


def limit() -> None:
    """Take from this process what a conversion does not need: memory, time, and the right to write any file.

    Windows has no such limits: there the parent's clock and its limit on the answer are all.
    """
    try:
        import resource
    except ImportError:
        return
    for kind, soft, hard in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1),  # the first is a signal that tells the parent what it was
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
    ):
        # A limit that this system does not know, or that is already lower, stays as it is.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))


def answer(path: Path, reader: str) -> bytes:
    """What the parent is told about the file: its conversion, or in one sentence why there is none."""
    try:
        notes = check_zip(path) if path.suffix.lower() in ZIPPED else ()
        module = importlib.import_module(f"markterm.evidence.readers.{reader}")
        converted = module.read(path)
        return to_bytes(replace(converted, notes=(*notes, *converted.notes)))
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


def main() -> None:
    """Convert the file that the command line names."""
    limit()
    # Whatever a library prints must not get into the answer.
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    if sys.argv[1] == TRY:
        cage.shut_in(Path(os.devnull))
        data = json.dumps(cage.left_open()).encode()
    else:
        path, reader = Path(sys.argv[1]), sys.argv[2]
        with contextlib.suppress(Exception):  # whatever it is, `answer` meets it again and tells of it
            importlib.import_module(f"markterm.evidence.readers.{reader}")
        cage.shut_in(path)
        data = answer(path, reader)
    with os.fdopen(out, "wb") as stream:
        stream.write(data)


if __name__ == "__main__":
    main()
