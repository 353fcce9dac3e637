"""Records that go on from others: their registration was corrected. Each keeps its segments; they are read as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markterm.domain.record.event import Event
from markterm.domain.record.renaming import Renaming, renaming_of
from markterm.domain.words.foreign_text import one_line
from markterm.records.store import Head

MOST_EARLIER = 100
"""So many records that one goes on from are read: a registration is corrected once or twice, and foreign lines may say
anything."""


def earlier_records(record: str, renamings_of: Callable[[str], Sequence[Renaming]]) -> tuple[str, ...]:
    """The records that this one goes on from, the oldest first. A circle, of one that was renamed back, ends."""
    found: list[str] = []
    seen = {record}

    def before(name: str) -> Iterator[str]:
        for each in renamings_of(name):
            if each.goes_on_from and each.goes_on_from not in seen and len(seen) <= MOST_EARLIER:
                seen.add(each.goes_on_from)
                yield each.goes_on_from

    # Not by calls within calls: foreign lines may make a chain of any length.
    open_names = [(record, before(record))]
    while open_names:
        name, rest = open_names[-1]
        following = next(rest, None)
        if following is not None:
            open_names.append((following, before(following)))
        else:
            found.append(name)
            open_names.pop()
    return tuple(found[:-1])


def witness(record: str, renaming: Renaming) -> tuple[str, dict[str, Head]]:
    """What the record knew of the one that it goes on from, and the words for who says so."""
    heads = {name: Head(lines, digest) for name, (lines, digest) in renaming.heads.items()}
    return f"the record {one_line(record)}, which goes on from here,", heads


def events_as_one(
    record: str, earlier: Sequence[str], events_of: Callable[[str], Sequence[Event]]
) -> tuple[Event, ...]:
    """The events of a record with those of the `earlier` ones that it goes on from, each record's in its own order.

    An earlier record's come first, also those that arrived there late. Where a registration was renamed back, what was
    recorded under each comes in turn. Every event comes once.
    """
    stretches = {name: _stretches(events_of(name)) for name in (record, *earlier)}
    done: set[tuple[str, int]] = set()
    merged: dict[str, Event] = {}

    def emit(name: str, last: int) -> Iterator[tuple[str, int]]:
        """Take in the stretches of that record up to that one; yields those that come before."""
        if last < 0 or (name, last) in done:
            return
        done.add((name, last))
        stretch = stretches[name].all[last]
        # The first stretch goes on from nothing, which is the name of the centre's own record.
        other = stretches.get(stretch.goes_on_from) if stretch.goes_on_from else None
        if other is not None:
            yield stretch.goes_on_from, other.until(name, stretch.turn)
        yield name, last - 1
        for event in stretch.events:
            merged.setdefault(event.uid, event)

    emitting = [emit(record, len(stretches[record].all) - 1)]
    while emitting:
        following = next(emitting[-1], None)
        if following is None:
            emitting.pop()
        else:
            emitting.append(emit(*following))
    return tuple(merged.values())


@dataclass(slots=True)
class _Stretch:
    """What a record holds between one renaming to it and the next; the first begins with the record.

    `turn` is for the how manieth time it goes on from that record.
    """

    goes_on_from: str = ""
    turn: int = 0
    events: list[Event] = field(default_factory=list)


@dataclass(slots=True)
class _Stretches:
    all: list[_Stretch] = field(default_factory=lambda: [_Stretch()])
    left: dict[str, list[int]] = field(default_factory=dict)
    """As what the record went on, each time in which stretch."""

    def until(self, name: str, turn: int) -> int:
        """The stretch in which the record went on as `name` for that time; the last one if it does not say."""
        places = self.left.get(name, ())
        return places[turn - 1] if turn <= len(places) else len(self.all) - 1


def _stretches(events: Sequence[Event]) -> _Stretches:
    found = _Stretches()
    turns: dict[str, int] = {}
    for event in events:
        renaming = renaming_of(event)
        if renaming is not None and renaming.goes_on_from:
            other = renaming.goes_on_from
            turns[other] = turns.get(other, 0) + 1
            found.all.append(_Stretch(other, turns[other]))
        elif renaming is not None:
            found.left.setdefault(renaming.goes_on_as, []).append(len(found.all) - 1)
        found.all[-1].events.append(event)
    return found
