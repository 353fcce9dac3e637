"""What reports count of each record, kept packed: of a million decisions the values themselves would fill the memory.

A record is two texts, of its decisions and of the answers to them, so that a report unpacks what it counts alone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Result
from markterm.domain.reports.counted import Answered, Counted, Decided, Stage
from markterm.own.stamped_index import StampedIndex

_FORMAT = "counted 6"


class PackedRecord(NamedTuple):
    """What is kept of a record: the records that it goes on from, each with its stamp then, and what is counted of it,
    packed. Satisfies `CountedRecord`."""

    learner: str
    before: tuple[tuple[str, str], ...]
    packed_decided: str
    packed_answered: str
    conflicts: tuple[tuple[UnitKey, str], ...]
    set_aside: int
    unfound: int
    incomplete: str

    @property
    def decided(self) -> Sequence[Decided]:
        """The decisions, unpacked."""
        return _decided(self.packed_decided) if self.packed_decided else ()

    @property
    def answered(self) -> Sequence[Answered]:
        """The answers, unpacked."""
        return _answered(self.packed_answered) if self.packed_answered else ()


def packed(record: Counted, before: Iterable[tuple[str, str]] = ()) -> PackedRecord:
    """The record as it is kept."""
    return PackedRecord(
        record.learner,
        tuple(before),
        _pack(record.decided, Decided._fields) if record.decided else "",
        _pack(record.answered, Answered._fields) if record.answered else "",
        record.conflicts,
        record.set_aside,
        record.unfound,
        record.incomplete,
    )


def counted_index(path: Path, version: str) -> StampedIndex[PackedRecord]:
    """What is counted, by record. Another version of MarkTerm may count otherwise, and days are those of the place."""
    return StampedIndex(path, (_FORMAT, version, *time.tzname), _plain, _made)


def _plain(record: PackedRecord) -> list[object]:
    conflicts = [[unit.code, unit.version, number] for unit, number in record.conflicts]
    return [_check(record.packed_decided, record.packed_answered), *record[:4], conflicts, *record[5:]]


def _made(plain: list[Any]) -> PackedRecord:
    check, learner, before, decided, answered, conflicts, *rest = plain
    if check != _check(decided, answered):
        raise ValueError("what was packed is not what stands there")
    return PackedRecord(
        learner,
        tuple([(name, stamp) for name, stamp in before]),
        decided,
        answered,
        tuple([(UnitKey(code, version), number) for code, version, number in conflicts]),
        *rest,
    )


def _check(*texts: str) -> int:
    """What tells that the texts are as they were written: they are unpacked when a report asks, and have to be good."""
    return crc32("\n".join(texts).encode("utf-8", "surrogatepass"))


# A text of a record: how many there are, then for each field its column, which is the values that there are and, where
# there are several, which of them each has; or, where every one is another, the words themselves.

_UIDS = frozenset({"uid", "decision"})
_BETWEEN = " "


def _pack(every: Sequence[tuple[Any, ...]], fields: Sequence[str]) -> str:
    columns = zip(fields, zip(*every, strict=True), strict=True)
    return json.dumps([len(every), *(_column(name, values) for name, values in columns)], separators=(",", ":"))


def _column(name: str, values: Sequence[Any]) -> object:
    if name in _UIDS and all(value and _BETWEEN not in value for value in values):
        return _BETWEEN.join(values)
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    table = [_PLAIN.get(name, _as_it_is)(value) for value in places]
    return [table] if len(table) == 1 else [table, [places[value] for value in values]]


def _unpack(text: str, fields: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    count, *columns = json.loads(text)
    every = [_values(name, column) for name, column in zip(fields, columns, strict=True)]
    return zip(*(values if len(values) == count else values * count for values in every), strict=True)


def _values(name: str, column: Any) -> list[Any]:
    if isinstance(column, str):
        return column.split(_BETWEEN)
    made = _MADE.get(name, _as_it_is)
    table = [made(plain) for plain in column[0]]
    return [table[place] for place in column[1]] if len(column) > 1 else table


def _decided(text: str) -> list[Decided]:
    return list(map(Decided._make, _unpack(text, Decided._fields)))


def _answered(text: str) -> list[Answered]:
    return list(map(Answered._make, _unpack(text, Answered._fields)))


def _as_it_is(value: object) -> object:
    return value


def _result(value: str | None) -> Result | None:
    return Result(value) if value is not None else None


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)


_PLAIN: dict[str, Callable[[Any], object]] = {
    "unit": lambda unit: [unit.code, unit.version],
    "on": lambda on: on.isoformat(),
}
_MADE: dict[str, Callable[[Any], object]] = {
    "unit": lambda plain: UnitKey(*plain),
    "on": _day,
    "result": _result,
    "decided": _result,
    "own": _result,
    "stage": Stage,
}
