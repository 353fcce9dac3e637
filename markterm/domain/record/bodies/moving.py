"""What is recorded when decisions move to another criterion or unit, and a record to another registration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, others, text
from markterm.domain.record.event import Json
from markterm.domain.record.settlement import Settlement, Settling
from markterm.domain.words.foreign_text import one_line

Heads = Mapping[str, tuple[int, str]]
"""By segment how many lines it has, and the hash of the last one."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What did not fit the sheet is settled, criterion by criterion; `to_unit` and `to_version` say where the unit goes
    on, each None where it is as it was."""

    reason: str
    criteria: tuple[Settlement, ...]
    to_unit: str | None = None
    to_version: str | None = None
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was settled. Raises `NotSaid` when one of it is not understood."""
        criteria = body.get("criteria")
        if not isinstance(criteria, list):
            raise NotSaid("no criteria")
        return cls(
            text(body, "reason"),
            tuple(map(_read_settlement, criteria)),
            _text_or_none(body, "to_unit"),
            _text_or_none(body, "to_version"),
            others(body, frozenset({"reason", "criteria", "to_unit", "to_version"})),
        )

    def write(self) -> dict[str, Json]:
        """The body of what is settled."""
        criteria: list[Json] = [_write_settlement(each) for each in self.criteria]
        body: dict[str, Json] = {**self.more, "reason": self.reason, "criteria": criteria}
        if self.to_unit is not None:
            body["to_unit"] = self.to_unit
        if self.to_version is not None:
            body["to_version"] = self.to_version
        return body

    @property
    def words(self) -> str:
        """The reason."""
        return self.reason


_SETTLINGS = {settling.value: settling for settling in Settling}


def _text_or_none(body: Fields, key: str) -> str | None:
    if key not in body:
        return None
    said = body[key]
    if not isinstance(said, str):
        raise NotSaid(f"{key} is no text")
    return said


def _read_settlement(said: Json) -> Settlement:
    if not isinstance(said, dict):
        raise NotSaid("a settlement is no object")
    criterion, to, wording = said.get("criterion"), said.get("to", ""), said.get("wording", "")
    settling = _SETTLINGS.get(str(said.get("settling")))
    if not (isinstance(criterion, str) and isinstance(to, str) and isinstance(wording, str)):
        raise NotSaid("a settlement names no criterion")
    if settling is None or (settling is Settling.CARRIED) is not bool(to):
        raise NotSaid("it is not understood how a criterion is settled")
    return Settlement(criterion, settling, _uids(said.get("decisions")), _uids(said.get("citations")), to, wording)


def _uids(said: Json) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(uid, str) for uid in said):
        raise NotSaid("what is settled is no list of texts")
    return tuple(uid for uid in said if isinstance(uid, str))


def _write_settlement(settlement: Settlement) -> dict[str, Json]:
    body: dict[str, Json] = {
        "criterion": settlement.criterion,
        "settling": settlement.settling.value,
        "decisions": list(settlement.decisions),
        "citations": list(settlement.citations),
    }
    carried = settlement.settling is Settling.CARRIED
    return body | {"to": settlement.to, "wording": settlement.wording} if carried else body


@dataclass(frozen=True, slots=True)
class Renamed:
    """One side of a corrected registration: `to` is the new one, said in the old record; `origin` the old one, said in
    the new record, with its `heads` as they were then. What is not said is empty."""

    to: str = ""
    origin: str = ""
    heads: Heads = field(default_factory=dict)
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What is said about going on. Raises `NotSaid` when neither side is."""
        to, origin, heads = body.get("to"), body.get("from"), body.get("heads")
        more = others(body, frozenset({"to", "from", "heads"}))
        # A record that went on as what cannot be a registration could never be written to again.
        goes_on_as = to if isinstance(to, str) and can_be_registration(to) else ""
        if isinstance(origin, str) and origin and isinstance(heads, Mapping):
            return cls(goes_on_as, origin, _read_heads(heads), more)
        if not goes_on_as:
            raise NotSaid("neither where it goes on nor from where")
        return cls(goes_on_as, more=more)

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        body: dict[str, Json] = {**self.more, "to": self.to} if self.to else dict(self.more)
        if self.origin:
            heads: dict[str, Json] = {name: [lines, digest] for name, (lines, digest) in sorted(self.heads.items())}
            body |= {"from": self.origin, "heads": heads}
        return body

    @property
    def words(self) -> str:
        """Nothing."""
        return ""


def can_be_registration(said: str) -> bool:
    """Whether that is a learner's registration as it may be written."""
    return bool(said) and said == one_line(said)


def _read_heads(told: Mapping[str, Json]) -> Heads:
    heads: dict[str, tuple[int, str]] = {}
    for name, pair in told.items():
        if isinstance(pair, (list, tuple)) and len(pair) == 2:
            lines, digest = pair
            if type(lines) is int and lines > 0 and isinstance(digest, str):
                heads[name] = (lines, digest)
    return heads
