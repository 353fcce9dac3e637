"""Records that go on from others: their registration was corrected. Each keeps its segments; they are read as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markterm.domain.event import Event
from markterm.domain.renaming import Renaming, renaming_of


def earlier_records(record: str, renamings_of: Callable[[str], Sequence[Renaming]]) -> tuple[str, ...]:
    """The records that this one goes on from, the oldest first. A circle, of one that was renamed back, ends."""
    found: dict[str, None] = {}

    def look(name: str) -> None:
        for each in renamings_of(name):
            if each.goes_on_from and each.goes_on_from != record and each.goes_on_from not in found:
                found[each.goes_on_from] = None
                look(each.goes_on_from)
                found[each.goes_on_from] = found.pop(each.goes_on_from)

    look(record)
    return tuple(found)


def events_as_one(record: str, events_of: Callable[[str], Sequence[Event]]) -> tuple[Event, ...]:
    """The events of a record with those of the records that it goes on from, each record's in its own order.

    An earlier record's come first, also those that arrived there late. Where a registration was renamed back, what was
    recorded under each comes in turn. Every event comes once.
    """
    stretches: dict[str, list[_Stretch]] = {}
    done: set[tuple[str, int]] = set()
    merged: dict[str, Event] = {}

    def of(name: str) -> list[_Stretch]:
        if name not in stretches:
            stretches[name] = _stretches(events_of(name))
        return stretches[name]

    def emit(name: str, last: int) -> None:
        if last < 0 or (name, last) in done:
            return
        done.add((name, last))
        stretch = of(name)[last]
        if stretch.goes_on_from in _left(of(name)[:last]):
            emit(name, last - 1)
        if stretch.goes_on_from:
            turn = sum(each.goes_on_from == stretch.goes_on_from for each in of(name)[: last + 1])
            emit(stretch.goes_on_from, _until(of(stretch.goes_on_from), name, turn))
        emit(name, last - 1)
        for event in stretch.events:
            merged.setdefault(event.uid, event)

    emit(record, len(of(record)) - 1)
    return tuple(merged.values())


@dataclass(slots=True)
class _Stretch:
    """What a record holds between one renaming to it and the next; the first begins with the record."""

    goes_on_from: str = ""
    goes_on_as: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def _stretches(events: Sequence[Event]) -> list[_Stretch]:
    found = [_Stretch()]
    for event in events:
        renaming = renaming_of(event)
        if renaming is not None and renaming.goes_on_from:
            found.append(_Stretch(renaming.goes_on_from))
        elif renaming is not None:
            found[-1].goes_on_as.append(renaming.goes_on_as)
        found[-1].events.append(event)
    return found


def _left(stretches: Sequence[_Stretch]) -> set[str]:
    return {name for stretch in stretches for name in stretch.goes_on_as}


def _until(stretches: Sequence[_Stretch], name: str, turn: int) -> int:
    """The number of the stretch in which a record went on as `name` for that time; the last one if it does not say."""
    for number, stretch in enumerate(stretches):
        turn -= stretch.goes_on_as.count(name)
        if turn <= 0:
            return number
    return len(stretches) - 1
