"""The plain form of backups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.exports.backup.checking import CheckedBackup
    from markterm.exports.backup.last import LastBackup


def backup_as_json(file: Path, checked: CheckedBackup, damaged: Sequence[str], destroyed_since: int | None) -> Json:
    """A backup that was written, or checked, as a JSON object; `destroyed_since` is None where no centre was asked."""
    facts = checked.facts
    return {
        "file": str(file),
        "bytes": checked.size,
        "centre": {"number": facts.number, "name": facts.name},
        "made_at": facts.made_at,
        "version": facts.version,
        "records": facts.records,
        "events": facts.events,
        "files": facts.files,
        "evidence": str(facts.evidence),
        "evidence_files": facts.evidence_files,
        "links": list(facts.links),
        "unread": list(facts.unread),
        "damaged": list(damaged),
        "destroyed": facts.destroyed,
        "destroyed_since": destroyed_since,
    }


def restored_as_json(
    into: Path, checked: CheckedBackup, kept_away: int, evidence_kept_away: int, *, were_in_database: bool
) -> Json:
    """A centre that was made of a backup again, as a JSON object."""
    facts = checked.facts
    return {
        "centre": str(into),
        "made_at": facts.made_at,
        "records": facts.records - kept_away,
        "evidence": str(facts.evidence),
        "kept_away": kept_away,
        "evidence_kept_away": evidence_kept_away,
        "were_in_database": were_in_database,
        "unread": list(facts.unread),
    }


def last_backup_as_json(last: LastBackup | None) -> Json:
    """The backup that was made last, as it was noted, in a JSON object: null where none is known."""
    return {"last": asdict(last) if last is not None else None}
