"""What a backup is: a zip that any program unpacks to the centre's folder, with what tells later that it is whole.

Beside the centre's own files it has `SHA256SUMS` over all of them, `record-heads.txt` with how far each record went,
`EVIDENCE-SHA256SUMS` over evidence that is not in it, and `backup.json`, which says of what it is. The records lie in
it as segments, whatever store they came from: so one form does for every store, and one restores into another.
"""

from __future__ import annotations

import json
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from markterm.domain.words.errors import Refused, Unreadable
from markterm.exports.placing import HEADS, MANIFEST

FORM = 1
"""The number of this form: a MarkTerm that knows it reads no higher one."""
FACTS = "backup.json"
EVIDENCE_SUMS = "EVIDENCE-SHA256SUMS"
RECORDS = "records"
_NO_NAME = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
OF_THE_BACKUP = frozenset((FACTS, EVIDENCE_SUMS, HEADS, MANIFEST))
"""What it has at its top that is no file of the centre's."""


class EvidenceIn(StrEnum):
    """Whether learners' files are in a backup, or their hashes alone: then they are kept in another way.

    `APART` is said of a centre that has them in a store of their own: nothing of them is in it.
    """

    INCLUDED = "included"
    BY_HASH = "by-hash"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup says of itself.

    `names` has the names of files that no text can say, by what they are called in the zip; `links` are those that lead
    elsewhere, and `unread` those that could not be read: neither are in it. `destroyed` counts the records that were
    left out because they were destroyed. `beside` are the folders among those of the records that hold no record, such
    as copies that a sync client left.
    """

    number: str
    name: str
    made_at: str
    version: str
    evidence: EvidenceIn
    records: int
    events: int
    files: int
    evidence_files: int
    names: Mapping[str, bytes] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    destroyed: int = 0
    beside: tuple[str, ...] = ()

    def render(self) -> bytes:
        """The bytes of `backup.json`."""
        said = {
            "markterm_backup": FORM,
            "centre": {"number": self.number, "name": self.name},
            "made_at": self.made_at,
            "version": self.version,
            "evidence": str(self.evidence),
            "records": self.records,
            "events": self.events,
            "files": self.files,
            "evidence_files": self.evidence_files,
            "names": {name: b64encode(real).decode("ascii") for name, real in self.names.items()},
            "links": list(self.links),
            "unread": list(self.unread),
            "destroyed": self.destroyed,
            "beside": list(self.beside),
        }
        return json.dumps(said, ensure_ascii=True, indent=1).encode("ascii") + b"\n"


def read_facts(data: bytes) -> BackupFacts:
    """What the bytes of a `backup.json` say. Raises `Unreadable`, and `Refused` where a newer MarkTerm wrote them."""
    try:
        said = json.loads(data)
        form = said["markterm_backup"]
        if type(form) is int and form > FORM:
            raise Refused(
                "A newer MarkTerm wrote this backup",
                f"It has form {form}, and this MarkTerm reads form {FORM}.",
                "Install the newest MarkTerm, and do it again.",
            )
        return BackupFacts(
            number=_text(said["centre"]["number"]),
            name=_text(said["centre"]["name"]),
            made_at=datetime.fromisoformat(_text(said["made_at"])).isoformat(timespec="seconds"),
            version=_text(said["version"]),
            evidence=EvidenceIn(said["evidence"]),
            records=int(said["records"]),
            events=int(said["events"]),
            files=int(said["files"]),
            evidence_files=int(said["evidence_files"]),
            names={_text(name): b64decode(real, validate=True) for name, real in said["names"].items()},
            links=tuple(map(_text, said["links"])),
            unread=tuple(map(_text, said["unread"])),
            destroyed=int(said["destroyed"]),
            beside=tuple(map(_text, said.get("beside", ()))),  # Those that older versions wrote have none.
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(
            "The backup cannot be read",
            f"What it says of itself ({FACTS}) is damaged.",
            "Take another copy of it.",
        ) from error


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError("a text was expected")
    return said


def is_text(name: str) -> bool:
    """Whether a file called so may be called so in a zip: every program takes it for the same text."""
    return not _NO_NAME.search(name)


def as_text(real: bytes) -> str:
    """What a file whose name is no such text is called in a zip, but for the `%` at its end that tell it from others:
    it lies in the same folders."""
    return "".join(f"%{byte:02X}" if byte < 0x20 or byte >= 0x7F or byte in b"%\\" else chr(byte) for byte in real)


def real_name(facts: BackupFacts, name: str) -> str:
    """What a file that is called `name` in the zip is called in the centre, on this system."""
    real = facts.names.get(name)
    return name if real is None or os.name != "posix" else os.fsdecode(real)


def is_evidence(path: PurePosixPath) -> bool:
    """Whether that file of a centre's folder is what a learner handed in."""
    return len(path.parts) > 3 and path.parts[0] == "learners" and path.parts[2] == "evidence"
