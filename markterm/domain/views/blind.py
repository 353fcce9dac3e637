"""Blind marking: who a learner is stays hidden until what is marked is closed, so that the work alone is judged.

Only what is shown is covered. Everything is recorded under the registration, as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from threading import Lock

from markterm.domain.record.states import CLOSED, UnitState
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.letters import plain
from markterm.domain.words.ordinary_words import ORDINARY_WORDS, is_ordinary

Span = tuple[int, int]
"""From where to where in a text."""

_SHORT = 3
"""Fewer letters than this stand in many words: they are covered only where they are a word."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TOKEN = re.compile(r"\S+")
_LIKE_A_FILE = re.compile(r"[^\W_]\.[A-Za-z][A-Za-z0-9]{1,4}(?![A-Za-z0-9])|_|…")
_CUT = re.compile(r"[^\W_]{2,}(?=…)")
_BETWEEN = re.compile(r"[\s.,_-]{0,2}")
_NOTHING = r"(?!)"
_BEGINS, _ENDS, _APART = r"(?<![^\W_])", r"(?![^\W_])", r"[\W_]{0,3}"


class Blind:
    """Labels for learners, the same for as long as this lives. `random` decides which, so that neither a registration
    nor a place in a list leads to one or back. Safe to use from several threads.

    `unit` is the code of the one unit that is marked blind; empty when all of them are.
    """

    def __init__(self, random: Random, unit: str = "") -> None:
        self.unit = unit
        self._random = random
        self._labels: dict[str, str] = {}
        self._lock = Lock()

    def meet(self, registrations: Iterable[str]) -> None:
        """Give these learners their labels."""
        with self._lock:
            new = sorted(set(registrations) - self._labels.keys())
            self._random.shuffle(new)
            first = len(self._labels) + 1
            self._labels.update((registration, f"Learner {number}") for number, registration in enumerate(new, first))

    def label(self, registration: str) -> str:
        """What the learner is called."""
        self.meet((registration,))
        return self._labels[registration]

    def hides(self, units: Iterable[tuple[str, UnitState]]) -> bool:
        """Whether a learner on these units, by code, is hidden: until the unit that is marked is closed, or all are."""
        every = tuple(units)
        if not self.unit:
            return not every or any(state not in CLOSED for _, state in every)
        return any(code == self.unit and state not in CLOSED for code, state in every)

    def rows(self, rows: Iterable[CaseloadRow]) -> tuple[CaseloadRow, ...]:
        """The rows of a caseload, those that are hidden under their labels."""
        every = tuple(rows)
        hidden = {row.registration for row in every if self.hides((unit.code, unit.state) for unit in row.units)}
        self.meet(hidden)
        return tuple(row.under(self._labels[row.registration]) if row.registration in hidden else row for row in every)

    def row(self, row: CaseloadRow) -> CaseloadRow:
        """One row in the same way."""
        return self.rows((row,))[0]


@dataclass(frozen=True)
class Disguise:
    """What covers a learner's name and registration in texts: whole, in parts, in either order and with initials.

    `files` are the names of the learner's files, in which a part is covered however it is written.
    """

    registration: str
    name: str
    label: str
    files: tuple[str, ...] = ()

    def covered(self, text: str) -> str:
        """`text` with the label in the place of what tells who the learner is.

        In running text a part of a name alone is covered where it is written as a name, with a capital, and is no
        ordinary word: May Hope, but not may, nor May.
        """
        return self._labelled(text, self.spans(text))

    def covered_file(self, name: str) -> str:
        """The name of a file in the same way, with the parts of a name however they are written."""
        return self._labelled(name, _joined(name, self._in_file_name(name)))

    def spans(self, text: str) -> list[Span]:
        """What is covered in `text`, in order; no two of them meet."""
        folded, places = _folded(text)
        # Nearly every line of a screen: what none of them stands in needs no closer look.
        if self._signs and "…" not in text and not any(sign in folded for sign in self._signs):
            return []
        return self._looked_for(text, folded, places)

    def _looked_for(self, text: str, folded: str, places: Sequence[int]) -> list[Span]:
        wholes = ((places[match.start()], places[match.end()]) for match in self._whole.finditer(folded))
        found = [(start, end) for start, end in wholes if not _are_words(text[start:end])]
        parts = [(places[match.start()], places[match.end()]) for match in self._part.finditer(folded)]
        found += [part for part in parts if not text[part[0]].islower()]
        for name in self._telling:
            for match in re.finditer(re.escape(name), text):
                found += self._in_file_name(name, match.start())
        for token in _TOKEN.finditer(text):
            if _LIKE_A_FILE.search(token.group()):
                found += self._in_file_name(token.group(), token.start())
        return _joined(text, found)

    def _in_file_name(self, name: str, at: int = 0) -> Iterator[Span]:
        folded, places = _folded(name)
        for pattern in (self._whole, self._anywhere):
            for match in pattern.finditer(folded):
                yield at + places[match.start()], at + places[match.end()]
        for match in _CUT.finditer(name):
            if any(known.startswith(plain(match.group())) for known in (*self._parts, *self._registrations)):
                yield at + match.start(), at + match.end()

    def _labelled(self, text: str, spans: Sequence[Span]) -> str:
        pieces, end = [], 0
        for start, after in spans:
            pieces += [text[end:start], self.label]
            end = after
        return "".join((*pieces, text[end:]))

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return _plain(_WORD.findall(self.name))

    @cached_property
    def _registrations(self) -> tuple[str, ...]:
        """The registration; nothing when it has no letter and no figure, for that stands everywhere."""
        return _plain((self.registration,))

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """The parts that tell who it is: no initials, and no `de` or `van`."""
        words = [word for word in _WORD.findall(self.name) if len(word) > 1]
        named = [word for word in words if not word.islower()]
        return _plain(named or words)

    @cached_property
    def _signs(self) -> tuple[str, ...]:
        """One of these stands in every text that tells who the learner is; none where a letter alone may tell it."""
        ends = (*self._words[:1], *self._words[-1:])
        if not self._parts or not self._registrations or any(len(word) < 2 for word in ends):
            return ()
        return (*ends, *self._parts, *self._registrations)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        """The registration, and the name as a whole or with initials."""
        words = [re.escape(word) for word in self._words]
        wholes = [re.escape(each) for each in self._registrations]
        if len(words) > 1:
            wholes += [_APART.join(words), words[-1] + _APART + _APART.join(words[:-1])]
            wholes += [f"{words[0][:1]}{_APART}{words[-1]}", f"{words[-1]}{_APART}{words[0][:1]}"]
        return re.compile("|".join(f"{_BEGINS}{whole}{_ENDS}" for whole in wholes) or _NOTHING)

    @cached_property
    def _part(self) -> re.Pattern[str]:
        telling = (part for part in self._parts if part not in ORDINARY_WORDS)
        return _one_of(f"{_BEGINS}{re.escape(part)}{_ENDS}" for part in telling)

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        """The parts inside other words as well, if they are long enough to tell anything there."""
        known = (*self._parts, *self._registrations)
        return _one_of(
            re.escape(each) if len(each) >= _SHORT else f"{_BEGINS}{re.escape(each)}{_ENDS}" for each in known
        )

    @cached_property
    def _telling(self) -> tuple[str, ...]:
        """The names of files that tell who the learner is."""
        return tuple(name for name in self.files if any(self._in_file_name(name)))


def _are_words(text: str) -> bool:
    """Whether a text is written in small letters, of ordinary words alone: may hope, and not May Hope."""
    return text.islower() and all(is_ordinary(word) for word in _WORD.findall(text))


def _one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(patterns), key=len, reverse=True)
    return re.compile("|".join(longest_first) or _NOTHING)


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    """The words as they are looked for, without those of which nothing is left."""
    return tuple(folded for folded in map(plain, words) if folded)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """`text` in lower case and without accents, and the place in `text` of each of its characters and of its end."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in plain(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), (*places, len(text))


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in order; those with nothing but a space or a sign between them are one, so that they tell no parts."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or _BETWEEN.fullmatch(text, joined[-1][1], start)):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
