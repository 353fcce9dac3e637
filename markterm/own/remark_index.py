"""Every decision's note, kept so that ten thousand records need not be read to find one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Result
from markterm.domain.remarks.remark import CriterionKey, Use
from markterm.domain.remarks.remark_places import Pronouns
from markterm.own.stamped_index import StampedIndex

_FORMAT = 4

Uses = tuple[Use, ...]


def remark_index(path: Path, version: str) -> StampedIndex[Uses]:
    """The notes by record, each with the stamp of what they were read from.

    `version` is that of MarkTerm: another one may find other places in a note, and does not use what was kept.
    """
    return StampedIndex(path, (_FORMAT, version), _plain, _uses)


def _plain(uses: Uses) -> list[list[str | bool | None]]:
    return [_plain_use(use) for use in uses]


def _plain_use(use: Use) -> list[str | bool | None]:
    unit, number = use.criterion
    at = use.at.isoformat()
    whose = [use.registration, use.actor, unit.code, unit.version, number]
    return [*whose, use.result, at, use.text, use.pronouns, use.gates]


def _uses(plain: list[list[Any]]) -> Uses:
    return tuple(map(_use, plain))


_RESULTS = {result.value: result for result in Result}
_PRONOUNS = {pronouns.value: pronouns for pronouns in Pronouns}


def _use(plain: list[Any]) -> Use:
    registration, actor, code, version, number, result, at, text, pronouns, gates = plain
    criterion = CriterionKey(UnitKey(code, version), number)
    spoken = _PRONOUNS[pronouns] if pronouns is not None else None
    return Use(
        registration, actor, criterion, _RESULTS[result], datetime.fromisoformat(at), text, spoken, gates is True
    )
