"""When a centre was backed up last, as was noted in the centre's folder: a note and no proof, which the backup is."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.backup.form import EvidenceIn
from markterm.system.platform import replace_file
from markterm.system.regular_file import open_regular

NOTE = ".last-backup.json"
"""In the centre's folder; no backup has it."""
OLD_AFTER = timedelta(days=8)
"""A week and a day: who backs up each week is not told of it."""
_LARGEST = 2**16
_EVIDENCE = {EvidenceIn.INCLUDED: "included", EvidenceIn.BY_HASH: "by hash", EvidenceIn.APART: "in its own store"}


@dataclass(frozen=True, slots=True)
class LastBackup:
    """A backup that was written and read back whole. `unread` counts the files that it is without, and `damaged` what
    of the centre was damaged already."""

    made_at: str
    place: str
    evidence: str
    records: int
    events: int
    bytes: int
    unread: int
    damaged: int

    @property
    def made(self) -> datetime:
        """When."""
        return datetime.fromisoformat(self.made_at)

    def is_old(self, now: datetime) -> bool:
        """Whether it is longer ago than a week and a day."""
        return now - self.made > OLD_AFTER

    def in_words(self, now: datetime) -> tuple[str, ...]:
        """It in sentences, one for what it is and one for each thing to know of it."""
        days = (local(now).date() - local(self.made).date()).days
        ago = {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")
        what = f"{counted(self.records, 'record')} with {counted(self.events, 'event')}"
        told = [
            f"The last backup was made {ago} ({local(self.made):%Y-%m-%d %H:%M}) and read back whole: {what}, evidence "
            f"{_EVIDENCE[EvidenceIn(self.evidence)]}, {self.bytes:,} bytes.",
            f"It went to {one_line(self.place)}; whether it is there still, nobody looked.",
        ]
        if self.unread:
            told.append(f"It is without {counted(self.unread, 'file')} that could not be read.")
        if self.damaged:
            told.append(f"{counted(self.damaged, 'thing')} in the centre was damaged already.")
        if self.is_old(now):
            told.append("It is older than a week.")
        return tuple(told)


def note_backup(centre: Path, last: LastBackup) -> bool:
    """Note it in that centre's folder; whether that could be done."""
    with suppress(OSError):
        replace_file(centre / NOTE, json.dumps(asdict(last), indent=1).encode("utf-8", "replace"))
        return True
    return False


def last_backup(centre: Path) -> LastBackup | None:
    """What was noted last in that centre's folder; None where nothing was that can be read."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError), open_regular(centre / NOTE) as file:
        said = json.loads(file.read(_LARGEST))
        made_at, place, evidence = (str(said[name]) for name in ("made_at", "place", "evidence"))
        numbers = (int(said[name]) for name in ("records", "events", "bytes", "unread", "damaged"))
        found = LastBackup(made_at, place, evidence, *numbers)
        if found.made.tzinfo is not None and found.evidence in tuple(EvidenceIn):
            return found
    return None
