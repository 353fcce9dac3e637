"""A file in a store that speaks S3, as the store lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from markterm.domain.words.foreign_text import one_line, one_name
from markterm.evidence.left_behind import is_left_behind

_SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A file in the store: its `name` is the learner's, cleaned for showing."""

    key: str
    name: str
    size: int
    tag: str
    modified: datetime

    @property
    def modified_ns(self) -> int:
        """When it was put there, as a time of a file. The store tells seconds: what is below them is made from the tag,
        so that another version of the same second is another time."""
        below = int.from_bytes(sha256(self.tag.encode("utf-8", "replace")).digest()[:4], "big") % _SECOND
        return int(self.modified.timestamp()) * _SECOND + below

    @property
    def version(self) -> str:
        """What tells its bytes from those of every other file, and of every other version of it."""
        told = f"{self.key}\n{self.tag}\n{self.size}"
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def stored_object(key: str, facts: Mapping[str, Any], prefix: str) -> StoredObject | None:
    """The file that the store tells of; None of what stands for a folder, and of what has no name."""
    name = one_name(one_line(key.removeprefix(prefix)))
    if facts.get("type") != "file" or not key.startswith(prefix) or not name or name.endswith("/"):
        return None
    if is_left_behind(name.rpartition("/")[2]) and not int(facts.get("size") or 0):
        return None
    modified = facts.get("LastModified")
    modified = modified if isinstance(modified, datetime) else datetime.fromtimestamp(0, UTC)
    return StoredObject(key, name, int(facts.get("size") or 0), tag_of(facts), modified)


def tag_of(facts: Mapping[str, Any]) -> str:
    """What the store tells of the bytes."""
    return str(facts.get("ETag") or "")
