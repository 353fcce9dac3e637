"""What is recorded when what was mapped to one version of a standard is carried to another one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Self

from markterm.domain.record.bodies.body import Fields, NotSaid, needed_text, objects, others, text, texts
from markterm.domain.record.event import Json


class CarriedStatement(NamedTuple):
    """A statement by its code in the old version, and in the new one."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class StandardCarried:
    """What the units `units` were mapped to in a version of a standard holds for these statements of another one."""

    standard: str
    old: str
    new: str
    statements: tuple[CarriedStatement, ...]
    units: tuple[str, ...]
    reason: str
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was carried. Raises `NotSaid` when no standard or version is named, or nothing was carried."""
        carried = tuple(
            CarriedStatement(needed_text(each, "old"), needed_text(each, "new")) for each in objects(body, "statements")
        )
        if not carried:
            raise NotSaid("no statement was carried")
        return cls(
            needed_text(body, "standard"),
            needed_text(body, "old"),
            needed_text(body, "new"),
            carried,
            texts(body.get("units")),
            text(body, "reason"),
            others(body, _KNOWN),
        )

    def write(self) -> dict[str, Json]:
        """The body of a carrying."""
        return {
            **self.more,
            "standard": self.standard,
            "old": self.old,
            "new": self.new,
            "statements": [{"old": each.old, "new": each.new} for each in self.statements],
            "units": list(self.units),
            "reason": self.reason,
        }

    @property
    def words(self) -> str:
        """Why."""
        return self.reason


_KNOWN = frozenset({"standard", "old", "new", "statements", "units", "reason"})
