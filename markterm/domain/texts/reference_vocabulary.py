"""What a learner's units call themselves, their outcomes and their criteria: what references are looked up in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cached_property

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import Unit, UnitKey

_DIGITS = re.compile(r"\d+")
_GROUPS = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_APART = r"[-–/ ._]?"
"""What stands between the parts of a code, if anything does."""
_TELLING = 3


class ReferenceKind(StrEnum):
    """What a reference names."""

    CRITERION = "criterion"
    OUTCOME = "outcome"
    TASK = "task"


def code_key(code: str) -> str:
    """A unit's code as it is compared: letters and digits only, small."""
    return "".join(character for character in code.casefold() if character.isalnum())


def first_words(text: str) -> tuple[str, ...]:
    """The words that a criterion's wording is known by; empty when there are too few to know it."""
    words = tuple(_WORD.findall(text.casefold())[:_WORDS_ALIKE])
    return words if len(words) == _WORDS_ALIKE else ()


_WORD = re.compile(r"[^\W\d_]+")
_WORDS_ALIKE = 3


class Vocabulary:
    """What the learner's units call themselves, their outcomes and their criteria, and the pattern to find it by."""

    def __init__(self, units: Sequence[Unit], assignments: Iterable[Assignment] = ()) -> None:
        self.units = tuple(units)
        self.tasks: dict[str, list[dict[UnitKey, tuple[str, ...]]]] = {}
        """The criteria that each task carries, by unit; tasks of that number of several assignments."""
        self.criteria: dict[str, tuple[UnitKey, ...]] = {}
        self.outcomes: dict[str, tuple[UnitKey, ...]] = {}
        self.keys: dict[str, tuple[UnitKey, ...]] = {}
        self.wording: dict[tuple[UnitKey, str], tuple[str, ...]] = {}
        self._order: dict[UnitKey, dict[str, int]] = {}
        self._of_outcome: dict[tuple[UnitKey, str], tuple[str, ...]] = {}
        codes = tuple({unit.code: unit for unit in self.units})
        ends = _ends(codes)
        for unit in self.units:
            for code in {code_key(unit.code), code_key(ends.get(unit.code, unit.code))}:
                self.keys[code] = (*self.keys.get(code, ()), unit.key)
            for outcome in unit.outcomes:
                number = str(outcome.number)
                self.outcomes[number] = (*self.outcomes.get(number, ()), unit.key)
                self._of_outcome[unit.key, number] = tuple(criterion.number for criterion in outcome.criteria)
            self._order[unit.key] = {criterion.number: place for place, criterion in enumerate(unit.criteria)}
            for criterion in unit.criteria:
                self.criteria[criterion.number] = (*self.criteria.get(criterion.number, ()), unit.key)
                self.wording[unit.key, criterion.number] = first_words(criterion.text)
        for assignment in assignments:
            for task in assignment.tasks:
                carried = {unit.key: task.by_unit[unit.code] for unit in self.units if unit.code in task.by_unit}
                self.tasks.setdefault(str(task.number), []).append(carried)
        # What a number alone may be the code of, and how long such codes are: Unit 502 is one too, of another unit.
        self.short = {code_key(end) for end in ends.values() if len(end) >= _TELLING}
        self._short_lengths = {len(code) for code in self.short}
        # Unit 4 is BT-04, where that is the only one.
        counted = {str(int(digits[-1])): code_key(code) for code in codes if (digits := _DIGITS.findall(code))}
        self._counted = counted if len(counted) == len(codes) else {}
        self._forms = _forms(self.criteria)

    def unit_of(self, number: str) -> str | None:
        """The code that a number after the word unit is: of one of these units, or of another one like them."""
        if number in self.keys or (number.isdecimal() and len(number) in self._short_lengths):
            return number
        return self._counted.get(str(int(number))) if number.isdecimal() and len(number) < _TELLING else None

    def lettered(self, written: str) -> str | None:
        """The number of a criterion that has letters, however it is written: `A.P1`, `AP1`, or `P1` if it is the only
        one that ends so."""
        return self._forms.get(written.replace(".", "")) if written[:1].isupper() and " " not in written else None

    def could_be(self, kind: ReferenceKind, number: str) -> bool:
        """Whether it is written as criteria are: where theirs have a dot or letters, 8761 is none."""
        return kind is not ReferenceKind.CRITERION or not number.isdecimal() or any(map(str.isdecimal, self.criteria))

    def having(self, kind: ReferenceKind, number: str) -> tuple[UnitKey, ...]:
        """The units that have a criterion or an outcome of that number, or criteria that the task carries."""
        if kind is ReferenceKind.CRITERION:
            return self.criteria.get(number, ())
        if kind is ReferenceKind.OUTCOME:
            return self.outcomes.get(number, ())
        return tuple(dict.fromkeys(key for carried in self.tasks.get(number, ()) for key in carried))

    def criteria_of(self, kind: ReferenceKind, number: str, key: UnitKey) -> tuple[str, ...]:
        """The criteria of a unit that a reference is about: the one, all of the outcome, or those of the task."""
        if kind is ReferenceKind.CRITERION:
            return (number,)
        if kind is ReferenceKind.OUTCOME:
            return self._of_outcome.get((key, number), ())
        return tuple(dict.fromkeys(each for carried in self.tasks.get(number, ()) for each in carried.get(key, ())))

    def between(self, kind: ReferenceKind, first: str, last: str) -> tuple[str, ...]:
        """The numbers after `first` up to `last`, in the order of the units that have both."""
        if kind is not ReferenceKind.CRITERION:
            if first not in self.outcomes or last not in self.outcomes:
                return ()
            return tuple(number for number in self.outcomes if int(first) < int(number) <= int(last))
        numbers: dict[str, None] = {}
        for order in self._order.values():
            if first in order and last in order:
                numbers.update(dict.fromkeys(list(order)[order[first] + 1 : order[last] + 1]))
        return tuple(numbers)

    def codes_in(self, name: str) -> tuple[str, ...]:
        """The codes of the learner's units that stand in the name of a file or folder."""
        found = {code_key(match[1] or match[0]) for match in self._in_names.finditer(name)}
        return tuple(sorted(found & self.keys.keys()))

    @cached_property
    def _in_names(self) -> re.Pattern[str]:
        codes = "|".join(
            sorted({self._loose(unit.code) for unit in self.units} | {re.escape(end) for end in self.short})
        )
        return re.compile(rf"(?<![^\W_])(?:(?:units?|u)[ _.-]?(\w+?)|{codes or '(?!)'})(?![^\W_])", re.IGNORECASE)

    def code_at(self, text: str, start: int, number: str) -> tuple[str, int, int] | None:
        """The full code of a unit that has its first number at `start`: as it is compared, and where it stands. Of a
        unit of the same suite that the learner is not on, too: what is said of HSC 103 is not said of HSC 101."""
        for lead, pattern in (*self._codes.get(number, ()), *self._relatives.get(len(number), ())):
            for begin in (start - lead, start - lead - 1) if lead else (start,):
                if begin >= 0 and (found := pattern.match(text, begin)) is not None and found.end() > start:
                    return code_key(found[0]), begin, found.end()
        return None

    @cached_property
    def _codes(self) -> dict[str, list[tuple[int, re.Pattern[str]]]]:
        """By the first number in a code: how many letters stand before it, and the pattern of code and suite."""
        codes: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for code in sorted({unit.code for unit in self.units if not unit.code.isdecimal()}):
            if (first := _DIGITS.search(code)) is None:
                continue
            suite = code.rpartition("-")[0]
            sibling = rf"|{self._loose(suite)}[-–/]\d{{2,4}}" if first.end() <= len(suite) else ""
            pattern = re.compile(rf"(?<!\w)(?:{self._loose(code)}{sibling})(?!\w)", re.IGNORECASE)
            for digits in {first[0], "".join(_DIGITS.findall(code))}:
                codes.setdefault(digits, []).append((len(code_key(code[: first.start()])), pattern))
        return codes

    @cached_property
    def _relatives(self) -> dict[int, list[tuple[int, re.Pattern[str]]]]:
        """By how many digits it has: the letters that codes of letters and a number share, written as the units do."""
        written = [_PARTS.findall(unit.code) for unit in self.units]
        two = [parts for parts in written if len(parts) == 2 and parts[1].isdecimal() and min(map(len, parts)) > 1]
        shared = {(letters, len(digits)) for letters, digits in two}
        relatives: dict[int, list[tuple[int, re.Pattern[str]]]] = {}
        for letters, digits in sorted(shared):
            pattern = re.compile(rf"(?<!\w){re.escape(letters)}{_APART}\d{{{digits}}}(?![\w.]\d|\w)")
            relatives.setdefault(digits, []).append((len(letters), pattern))
        return relatives

    @staticmethod
    def _loose(code: str) -> str:
        return _APART.join(map(re.escape, _PARTS.findall(code)))


def _ends(codes: Sequence[str]) -> dict[str, str]:
    """For each code its last part, 501 of 8580-501, unless two of them end alike or the end says too little."""
    ends = {code: _GROUPS.findall(code)[-1] if _GROUPS.search(code) else code for code in codes}
    seen = Counter(ends.values())
    return {code: end for code, end in ends.items() if seen[end] == 1 and len(end) >= _TELLING}


def _forms(numbers: Iterable[str]) -> dict[str, str]:
    """How the numbers that have letters may be written, without dots."""
    lettered = [number for number in numbers if any(map(str.isalpha, number)) and number[:1].isupper()]
    ends = Counter(number.rpartition(".")[2] for number in lettered)
    forms = {number.rpartition(".")[2]: number for number in lettered if ends[number.rpartition(".")[2]] == 1}
    return {form: number for form, number in forms.items() if form[:1].isupper()} | {
        number.replace(".", ""): number for number in lettered
    }
