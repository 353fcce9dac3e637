"""Records from one store to another, byte for byte, and the proof that both have the same.

Nothing is ever taken from where it stands. What was stopped is done again and goes on: a record that is there whole is
left, one that is there in part gets the rest, and what says something else than the source stops the copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.records.chain import Chain
from markterm.records.store import Head, RawFile, Stamps
from markterm.system.platform import CENTRE_RECORD

_AT_ONCE = 200
_LARGEST_AT_ONCE = 2**24


class Source(Protocol):
    """A store as a copy sees it."""

    def stamps(self) -> Stamps:
        """As every store has it."""
        ...

    def raw(self, record: str) -> tuple[RawFile, ...]:
        """As every store has it."""
        ...


class Target(Source, Protocol):
    """A store that records are copied to."""

    def bring(self, records: Mapping[str, Sequence[RawFile]]) -> None:
        """Have these records, of which it has nothing: all of them or none, and durable. Raises `Refused`, `NotSaved`,
        and what reading the files raises."""
        ...

    def go_on(self, record: str, files: Sequence[RawFile]) -> None:
        """Have the rest of that record, of which it has the beginning of each file, or nothing; durable. Raises
        `NotSaved`, and what reading the files raises."""
        ...


class _Beside(Enum):
    """Ours beside theirs: the same files of the same bytes; going on from theirs; or two things."""

    SAME = auto()
    GOES_ON = auto()
    UNLIKE = auto()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `done` of the records, the last one of that name; `proving` once all were brought."""

    done: int
    of: int
    record: str
    proving: bool = False


@dataclass(slots=True)
class Compared:
    """Two stores beside each other: how far the records go that are the same in both, and the names of the others.

    `only_here` and `only_there` are in one of them, `behind` goes further here than there, `further` further there, and
    `unlike` are two things. `lines` counts what was compared and is the same.
    """

    heads: dict[str, dict[str, Head]] = field(default_factory=dict)
    lines: int = 0
    only_here: list[str] = field(default_factory=list)
    only_there: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    further: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)

    @property
    def are_equal(self) -> bool:
        """Whether both have the same records, and each to the same byte."""
        return not (self.only_here or self.only_there or self.behind or self.further or self.unlike)

    @property
    def events(self) -> int:
        """How many of the lines are behind the first of their segment."""
        return self.lines - sum(map(len, self.heads.values()))


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy came to: how many records it brought, how many it completed, and the proof."""

    brought: int
    completed: int
    compared: Compared


def copy_records(source: Source, target: Target, told: Callable[[Progress], None] = lambda _: None) -> Copy:
    """Bring every record of `source` to `target`, the centre's own last, and prove that both have the same.

    Raises `Refused` when the target says something else, or more: nothing is brought then; `Unreadable`, and
    `NotSaved`. Stopped, it is done again and goes on. What is recorded meanwhile is found by the proof: it is `behind`.
    """
    ours, theirs = set(source.stamps()), set(target.stamps())
    partly: list[str] = []
    for record in sorted(ours & theirs):
        beside = _beside(source.raw(record), target.raw(record))
        if beside is _Beside.UNLIKE:
            raise _says_something_else(record)
        if beside is _Beside.GOES_ON:
            partly.append(record)
    if theirs - ours:
        raise _says_something_else(sorted(theirs - ours)[0])
    coming = sorted(ours - theirs, key=lambda record: (record == CENTRE_RECORD, record))
    of = len(ours)
    done = of - len(coming)
    for some in _some_at_once(coming, source.raw):
        target.bring(some)
        done += len(some)
        told(Progress(done, of, list(some)[-1]))
    for record in partly:
        target.go_on(record, source.raw(record))
    return Copy(len(coming), len(partly), compare_records(source, target, told))


def compare_records(here: Source, there: Source, told: Callable[[Progress], None] = lambda _: None) -> Compared:
    """Every record of both stores beside each other, to the last byte. Raises `Unreadable`."""
    found = Compared()
    ours, theirs = set(here.stamps()), set(there.stamps())
    every = sorted(ours | theirs)
    for done, record in enumerate(every, 1):
        if record not in theirs:
            found.only_here.append(record)
        elif record not in ours:
            found.only_there.append(record)
        else:
            _compare(record, here, there, found)
        told(Progress(done, len(every), record, proving=True))
    return found


def _compare(record: str, here: Source, there: Source, found: Compared) -> None:
    ours, theirs = here.raw(record), there.raw(record)
    chains: list[Chain] = []
    beside = _beside(ours, theirs, chains)
    if beside is _Beside.SAME:
        found.heads[record] = _heads(chains)
        found.lines += sum(chain.lines for chain in chains)
    elif beside is _Beside.GOES_ON:
        found.behind.append(record)
    elif _beside(theirs, ours) is _Beside.GOES_ON:
        found.further.append(record)
    else:
        found.unlike.append(record)


def _beside(ours: Sequence[RawFile], theirs: Sequence[RawFile], chains: list[Chain] | None = None) -> _Beside:
    """How two records stand beside each other; the chains of what is the same are added to those that are given."""
    known = {file.name: file for file in ours}
    if any(each.name not in known or each.size > known[each.name].size for each in theirs):
        return _Beside.UNLIKE
    same = len(ours) == len(theirs)
    for their in theirs:
        our = known[their.name]
        same = same and our.size == their.size
        chain = Chain(our.name)
        with our.open() as mine, their.open() as other:
            left = their.size
            while left > 0:
                line = mine.readline(left)
                if not line or other.read(len(line)) != line:
                    return _Beside.UNLIKE
                left -= len(line)
                if chains is not None and line.endswith(b"\n"):
                    chain.add(line)
        if chains is not None:
            chains.append(chain)
    return _Beside.SAME if same else _Beside.GOES_ON


def _heads(chains: Iterable[Chain]) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    for chain in chains:
        if chain.lines and (chain.segment not in heads or heads[chain.segment].lines < chain.lines):
            heads[chain.segment] = chain.head
    return heads


def _some_at_once(
    records: Iterable[str], raw: Callable[[str], tuple[RawFile, ...]]
) -> Iterator[dict[str, tuple[RawFile, ...]]]:
    """The records with their files, as many at a time as are soon brought."""
    some: dict[str, tuple[RawFile, ...]] = {}
    size = 0
    for record in records:
        some[record] = files = raw(record)
        size += sum(file.size for file in files)
        if len(some) == _AT_ONCE or size > _LARGEST_AT_ONCE:
            yield some
            some, size = {}, 0
    if some:
        yield some


def _says_something_else(record: str) -> Refused:
    return Refused(
        "The other store says something else",
        f"What it has of {one_line(record) or 'the centre'} is not the beginning of what is here. Nothing was copied.",
        "Look which of the two goes further, and copy from that one into an empty store.",
    )
