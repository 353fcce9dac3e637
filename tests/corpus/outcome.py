"""What became of one file, read in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic

from markterm.evidence.conversion.wire import from_bytes
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers import READERS
from tests.corpus import peers
from tests.corpus.words import recall, words

_ALONE = (
    "import sys; from pathlib import Path; from markterm.evidence.conversion.child import answer, limit; limit();"
    "sys.stdout.buffer.write(answer(Path(sys.argv[1]), sys.argv[2]))"
)
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file."""

    path: str
    kind: str
    """Its ending, without the dot."""
    how: str
    """`read`, `refused`, `empty` (no text, attachment or picture, and no note that says so) or `broke`."""
    reason: str = ""
    """Why it was refused, or how it broke."""
    notes: tuple[str, ...] = ()
    recall: float | None = None
    """The share of the peer's words that are in the text; None where there is no peer, or it found no words."""
    lost: tuple[str, ...] = ()
    """Words of the peer that are not in the text, the first ones."""
    seconds: float = 0.0
    megabytes: float = 0.0
    """The most memory that the process had."""

    @property
    def is_fault(self) -> bool:
        """Whether MarkTerm is at fault for certain."""
        return self.how in ("empty", "broke")


def read_file(path: Path, answered: Callable[[Path, str], tuple[int, bytes, float]] | None = None) -> Outcome:
    """Read a file and compare it. `answered` is how: the code, the bytes and the megabytes of the process that did."""
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        return Outcome(str(path), suffix[1:], "refused", "There is no reader for it.")
    begun = monotonic()
    code, answer, megabytes = (answered or _answered)(path, reader)
    seconds = monotonic() - begun
    how, reason, converted = _understood(code, answer)
    if converted is None:
        return Outcome(str(path), suffix[1:], how, reason, seconds=seconds, megabytes=megabytes)
    expected = peers.words_of(path)
    found, lost = recall(expected, words(converted.markdown))
    return Outcome(str(path), suffix[1:], how, reason, converted.notes, found, lost, seconds, megabytes)


def _answered(path: Path, reader: str) -> tuple[int, bytes, float]:
    with TemporaryFile() as out:
        process = subprocess.Popen(
            (sys.executable, "-B", "-c", _ALONE, str(path), reader), stdout=subprocess.PIPE, stderr=out
        )
        assert process.stdout is not None
        answer = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
    return process.returncode, answer, used.ru_maxrss / 1024


def _understood(code: int, answer: bytes) -> tuple[str, str, Converted | None]:
    if code:
        return "broke", f"The process ended with {code}.", None
    try:
        converted = from_bytes(answer)
    except NotReadable as refusal:
        return "refused", str(refusal), None
    except (ValueError, json.JSONDecodeError) as error:
        return "broke", f"No proper answer: {error}.", None
    shows = converted.markdown.strip() or converted.notes or converted.attachments or converted.picture
    return ("read" if shows else "empty"), "", converted
