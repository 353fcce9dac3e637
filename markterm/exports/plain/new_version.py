"""The plain form of two versions of a standard beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.domain.standards.new_version import FateOfStatement, NewVersion


def new_version_as_json(shown: NewVersion) -> Json:
    """Two versions as a JSON object, with what became of each statement and what is mapped to it."""
    return {
        "standard": shown.new.code,
        "old": shown.old.version or None,
        "new": shown.new.version or None,
        "statements": [_fate_as_json(each) for each in shown.statements],
    }


def _fate_as_json(each: FateOfStatement) -> Json:
    old, new = each.of.old, each.of.new
    return {
        "fate": each.of.fate.name.lower(),
        "old": {"code": old.code, "text": old.text} if old is not None else None,
        "new": {"code": new.code, "text": new.text} if new is not None else None,
        "mapped": [
            {
                "unit": one.unit.code,
                "version": one.unit.version or None,
                "criterion": one.mapped.criterion,
                "covers": one.mapped.strength.value,
                "carried": one.is_carried,
            }
            for one in each.mapped
        ],
    }
