"""Every remark by its words: found as one types, those first that were written on the same or a like criterion."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_

from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.record.event import Result
from markterm.domain.remarks.remark import CriterionKey, Remark, RemarkState, Use, words_alone
from markterm.domain.remarks.remark_naming import Whom, names_another, whom
from markterm.domain.remarks.remark_places import Pronouns, without_places
from markterm.domain.texts.likeness import Wording
from markterm.domain.words.learner_names import LearnerNames
from markterm.domain.words.letters import plain

Near = Sequence[frozenset[CriterionKey]]
"""Criteria in the order in which their remarks are wanted: those of the first group before all others."""

_ALIKE_ENOUGH = 0.15
_MOST_KEPT = 64
# Beginnings of so many letters are shared by thousands of remarks: which ones is known before anybody asks.
_COMMON = 2
_AHEAD = 4096
_FEW = 16
# A remark weighs so much for each use and a second for each second until the last one: one number sorts fastest.
_OF_ONE_USE = 1e12
_UNUSED = 0.0
_LETTERS = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)) + bytes(128)
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text as they are looked for: in small letters, without accents and signs."""
    folded = plain(text)
    if folded.isascii():
        return folded.encode("ascii").translate(_LETTERS).decode("ascii").split()
    return _WORD.findall(folded)


def near(unit: Unit, number: str, units: Iterable[Unit]) -> Near:
    """That criterion, the others of its outcome, then those of `units` whose wording is like it, each by itself."""
    key = CriterionKey(unit.key, number)
    criterion = unit.criterion(number)
    if criterion is None:
        return (frozenset({key}),)
    outcome = next(each for each in unit.outcomes if criterion in each.criteria)
    beside = frozenset(CriterionKey(unit.key, each.number) for each in outcome.criteria) - {key}
    others = [(CriterionKey(each.key, c.number), c) for each in units for c in each.criteria]
    others = [(other, c) for other, c in others if other != key and other not in beside]
    return frozenset({key}), beside, *(frozenset({other}) for other in _alike(criterion, others))


def _alike(criterion: Criterion, others: Sequence[tuple[CriterionKey, Criterion]]) -> list[CriterionKey]:
    # Words as they stand: what a stemmer adds is not worth loading it while somebody waits.
    wording = Wording([criterion, *(each for _, each in others)], str)
    return [others[place - 1][0] for place in wording.like(0, 1) if wording.likeness(0, place) >= _ALIKE_ENOUGH]


@dataclass(frozen=True, slots=True)
class FoundRemarks:
    """The best of the remarks that were found, and how many there are in all."""

    remarks: tuple[Remark, ...] = ()
    count: int = 0


class Remarks:
    """The remarks of many records. A record's notes are put as they are now; what changed alone is worked out anew.

    Equal notes are one remark. Each has a number; a set of remarks is a byte for each number, 1 for those that are in
    it, for what machines do with bytes costs a hundredth of what Python does with numbers.
    """

    def __init__(self, names: LearnerNames | None = None) -> None:
        self._names = names or LearnerNames()
        self._whom: list[Whom] = []
        self._naming = bytearray()
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []
        self._uses: list[dict[str, tuple[Use, ...]]] = []
        self._weights: list[float] = []
        self._of_record: dict[str, tuple[int, ...]] = {}
        self._newest_first: dict[int, tuple[Use, ...]] = {}
        self._used = bytearray()
        self._with_result = {result: bytearray() for result in Result}
        self._on_criterion: dict[CriterionKey, set[int]] = defaultdict(set)
        self._with_word: dict[str, list[int]] = defaultdict(list)
        self._with_beginning: dict[str, bytearray] = defaultdict(bytearray)
        self._words: list[str] = []
        self._order: list[int] = []
        self._is_sorted = True
        self._found: dict[str, int] = {}

    @property
    def names(self) -> LearnerNames:
        """Whose names are looked for."""
        return self._names

    @property
    def records(self) -> Collection[str]:
        """The records whose notes are here."""
        return self._of_record.keys()

    def take_names(self, names: LearnerNames) -> None:
        """Have remarks that name one of these learners offered to nobody else from now on."""
        if names is self._names:
            return
        self._names = names
        for number, text in enumerate(self._texts):
            self._whom[number] = self._named_in(text, words_of(without_places(text)))
            self._look_whom_it_names(number)

    def put(self, record: str, uses: Iterable[Use]) -> None:
        """Take the notes of a record in, instead of those that it had; none to forget it."""
        for number in self._of_record.pop(record, ()):
            del self._uses[number][record]
            self._forget_uses(number)
        by_number: dict[int, list[Use]] = defaultdict(list)
        for use in uses:
            by_number[self._number(use.text)].append(use)
        for number, added in by_number.items():
            self._uses[number][record] = tuple(added)
            self._count(number, added)
        if by_number:
            self._of_record[record] = tuple(by_number)

    def pronouns_of(self, record: str) -> Pronouns | None:
        """The pronouns that the notes of a record used; None when they used none, or not the same ones."""
        numbers = self._of_record.get(record, ())
        spoken = {use.pronouns for number in numbers for use in self._uses[number][record]} - {None}
        return spoken.pop() if len(spoken) == 1 else None

    def find(
        self,
        query: str,
        near: Near = (),
        result: Result | None = None,
        chosen: Iterable[Remark] = (),
        most: int | None = None,
        *,
        with_retired: bool = False,
        record: str | None = "",
    ) -> FoundRemarks:
        """The `most` best remarks in which each word of `query` begins a word, in any order; all without `most`.

        Pinned ones come first, then those that were used on the criteria of `near`, group by group, then all others; in
        each of these those that stood with `result` before those that did not, those used most before others, and then
        the latest. `chosen` are the member's choices; retired ones are left out unless `with_retired`.

        Those that name somebody are found for the learner of that `record` whom they were written for, and with None.
        """
        states = {self._number(remark.text): remark.state for remark in chosen}
        wanted = bytearray(self._used)
        for number, state in states.items():
            wanted[number] = state is RemarkState.PINNED or with_retired
        if record is not None:
            self._leave_out_naming(wanted, record)
        found = self._matching(query, wanted)
        pinned = [number for number, state in states.items() if state is RemarkState.PINNED and found[number]]
        best: dict[int, None] = {}
        for number in self._ranked(found, reversed(pinned), near, result):
            best.setdefault(number)
            if len(best) == most:
                break
        usual = RemarkState.USUAL
        return FoundRemarks(tuple(self._remark(number, states.get(number, usual)) for number in best), found.count(1))

    def naming(self, record: str) -> int:
        """How many remarks are left out for that record because they name somebody."""
        left_out = bytearray(self._used)
        self._leave_out_naming(left_out, record)
        return self._used.count(1) - left_out.count(1)

    def _leave_out_naming(self, wanted: bytearray, record: str) -> None:
        own = {number: wanted[number] for number in self._of_record.get(record, ()) if self._naming[number]}
        kept = int.from_bytes(wanted, "little") & ~int.from_bytes(self._naming, "little")
        wanted[:] = kept.to_bytes(len(wanted), "little")
        for number, flag in own.items():
            wanted[number] = flag

    def _named_in(self, text: str, words: Collection[str]) -> Whom:
        return whom(text, self._names) if "@" in text or self._names.may_name(words) else ()

    def _look_whom_it_names(self, number: int) -> None:
        named = self._whom[number]
        own = {use.registration for use in chain(*self._uses[number].values())} if named else set()
        self._naming[number] = names_another(named, own)

    def _ranked(self, found: bytearray, pinned: Iterable[int], near: Near, result: Result | None) -> Iterator[int]:
        """All that were found, the best first, some of them again later; one at a time, for few are asked for."""
        yield from self._by_result(list(pinned), result)
        for group in near:
            there = {number for key in group for number in self._on_criterion.get(key, ()) if found[number]}
            yield from self._by_result(self._by_weight(there), result)
        yield from self._others(found, result)

    def _remark(self, number: int, state: RemarkState) -> Remark:
        uses = self._newest_first.get(number)
        if uses is None:
            every = chain(*self._uses[number].values())
            uses = self._newest_first[number] = tuple(sorted(every, key=lambda use: use.at, reverse=True))
        return Remark(uses[0].text if uses else self._texts[number], uses, state)

    def _matching(self, query: str, wanted: bytearray) -> bytearray:
        """Those of the wanted remarks that have all the words."""
        found = int.from_bytes(wanted, "little")
        for word in set(words_of(query)):
            found &= self._beginning_with(word)
        return bytearray(found.to_bytes(len(wanted), "little"))

    def _beginning_with(self, beginning: str) -> int:
        """The remarks with a word that begins so. Kept while one types on."""
        if len(beginning) <= _COMMON:
            there = [flags for common, flags in self._with_beginning.items() if common.startswith(beginning)]
            return reduce(or_, (int.from_bytes(flags, "little") for flags in there), 0)
        known = self._found.get(beginning)
        if known is None:
            if len(self._words) != len(self._with_word):
                self._words = sorted(self._with_word)
            start = bisect_left(self._words, beginning)
            end = bisect_left(self._words, f"{beginning}\U0010ffff", start)
            flags = bytearray(len(self._texts))
            for word in self._words[start:end]:
                for number in self._with_word[word]:
                    flags[number] = 1
            if len(self._found) >= _MOST_KEPT:
                self._found.clear()
            known = self._found[beginning] = int.from_bytes(flags, "little")
        return known

    def _others(self, found: bytearray, result: Result | None) -> Iterator[int]:
        """All that were found, by weight, one at a time: the list is left when there are enough."""
        if found.count(1) < len(found) // _FEW:
            yield from self._by_result(self._by_weight(_numbers_in(found)), result)
            return
        if not self._is_sorted:
            # Nearly in order from the time before, which costs next to nothing.
            self._order.sort(key=self._weights.__getitem__, reverse=True)
            self._is_sorted = True
        if result is not None:
            with_it = self._with_result[result]
            yield from (number for number in self._order if found[number] and with_it[number])
        yield from (number for number in self._order if found[number])

    def _by_weight(self, numbers: Iterable[int]) -> list[int]:
        return sorted(numbers, key=self._weights.__getitem__, reverse=True)

    def _by_result(self, numbers: list[int], result: Result | None) -> list[int]:
        """Those that stood with that result first."""
        if result is None:
            return numbers
        with_it = self._with_result[result]
        return [number for number in numbers if with_it[number]] + [number for number in numbers if not with_it[number]]

    def _number(self, text: str) -> int:
        """The number of the remark with these words; a new one if there was none."""
        key = words_alone(text)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._texts)
            self._texts.append(text)
            self._uses.append({})
            words = set(words_of(without_places(text)))
            self._whom.append(self._named_in(text, words))
            self._weights.append(_UNUSED)
            self._order.append(number)
            self._is_sorted = False
            for flags in (self._used, self._naming, *self._with_result.values()):
                flags.append(0)
            self._look_whom_it_names(number)
            self._take_words(number, words)
        return number

    def _take_words(self, number: int, words: set[str]) -> None:
        for word in words:
            self._with_word[word].append(number)
        for beginning in {word[:_COMMON] for word in words}:
            flags = self._with_beginning[beginning]
            try:
                flags[number] = 1
            except IndexError:
                flags.extend(bytes(number + _AHEAD - len(flags)))
                flags[number] = 1
        if self._found:
            self._found.clear()

    def _count(self, number: int, added: Sequence[Use]) -> None:
        """Take note of more uses of a remark."""
        count, last = divmod(self._weights[number], _OF_ONE_USE)
        self._weights[number] = (count + len(added)) * _OF_ONE_USE + max(last, *(use.at.timestamp() for use in added))
        for use in added:
            self._on_criterion[use.criterion].add(number)
            self._with_result[use.result][number] = 1
        self._used[number] = 1
        self._look_whom_it_names(number)
        self._newest_first.pop(number, None)
        self._is_sorted = False

    def _forget_uses(self, number: int) -> None:
        """Count the uses of a remark anew: some are gone."""
        for numbers in self._on_criterion.values():
            numbers.discard(number)
        for flags in (self._used, *self._with_result.values()):
            flags[number] = 0
        self._weights[number] = _UNUSED
        self._newest_first.pop(number, None)
        self._is_sorted = False
        left = list(chain(*self._uses[number].values()))
        if left:
            self._count(number, left)
        else:
            self._look_whom_it_names(number)


def _numbers_in(flags: bytearray) -> Iterator[int]:
    number = flags.find(1)
    while number >= 0:
        yield number
        number = flags.find(1, number + 1)
