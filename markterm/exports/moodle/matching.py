"""Which learner a participant is: by number, then by e-mail, then by a name that only one of them has."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.moodle.worksheet import Participant

_SAID = "as it was said"


@dataclass(frozen=True, slots=True)
class Known:
    """A learner of the centre as somebody elsewhere could name them; `numbers` are those of the downloads that their
    evidence was taken from."""

    registration: str
    name: str
    email: str = ""
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Matched:
    """Who is who, by row: `found` is the registration, `by` what tells it, in words; `doubtful` may be several, or one
    that another row is too; `nobody` is in the worksheet and not in the centre."""

    found: Mapping[int, str] = field(default_factory=dict)
    by: Mapping[int, str] = field(default_factory=dict)
    doubtful: tuple[tuple[Participant, tuple[str, ...]], ...] = ()
    nobody: tuple[Participant, ...] = ()


def match(participants: Sequence[Participant], known: Sequence[Known], given: Mapping[str, str]) -> Matched:
    """Who is who: by what comes first and tells it, unless something else says that it is others. `given` says it of a
    participant by identifier or number: a registration, or nothing where the row is nobody's."""
    by = (
        ("by the number in the names of the evidence", _index(known, lambda each: each.numbers), _number),
        ("by e-mail", _index(known, lambda each: [_like(each.email)]), lambda row: _like(row.email)),
        ("by name", _index(known, lambda each: [_like(each.name)]), lambda row: _like(row.name)),
    )
    meant: dict[int, tuple[str, ...]] = {}
    told: dict[int, str] = {}
    for row in participants:
        said = given.get(row.identifier, given.get(row.number))
        if said is not None:
            meant[row.row], told[row.row] = (said,) if said else (), _SAID
        else:
            candidates = [(index[own], way) for way, index, key in by if (own := key(row)) and own in index]
            first, told[row.row] = next(iter(candidates), ((), ""))
            others = (each for each, _ in candidates if set(first).isdisjoint(each))
            meant[row.row] = tuple(dict.fromkeys((*first, *chain(*others))))
    times = Counter(each[0] for each in meant.values() if len(each) == 1)
    found = {row: each[0] for row, each in meant.items() if len(each) == 1 and times[each[0]] == 1}
    return Matched(
        found,
        {row: told[row] for row in found},
        tuple((row, meant[row.row]) for row in participants if meant[row.row] and row.row not in found),
        tuple(row for row in participants if not meant[row.row]),
    )


def said_of(texts: Iterable[str]) -> dict[str, str]:
    """Who each participant is, by texts such as `Participant 123=JON2041`; with nothing behind the sign, nobody. Raises
    `WrongUse`."""
    return dict(map(_said_of, texts))


def _said_of(text: str) -> tuple[str, str]:
    participant, equals, learner = text.rpartition("=")
    if not equals or not participant.strip():
        raise WrongUse(
            "Whose row?",
            f"{one_line(text)} names no participant and learner.",
            'Write it as "Participant 123=JON2041".',
        )
    return participant.strip(), learner.strip()


def _number(row: Participant) -> str:
    return row.number


def _index(known: Iterable[Known], keys: Callable[[Known], Iterable[str]]) -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for each in known:
        for key in keys(each):
            index[key] = (*index.get(key, ()), each.registration)
    return index


def _like(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
