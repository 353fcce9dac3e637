"""References to units, criteria, outcomes and tasks, as learners write them: `AC 1.2`, `(500: 1.2)`, `LO1 and LO4`.

One pass of one pattern finds every number; the word before it says what it is. Numbers that belong together, as in
`8580-501 AC 1.1, 1.2 & 2.1`, become one run, so that the unit and the word at its head hold for all of them. The
pattern never goes back over what it has taken: the time grows with the length of the text, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from markterm.domain.assignment import Assignment
from markterm.domain.unit import Unit, UnitKey, short_codes


class Kind(StrEnum):
    """What a reference names."""

    CRITERION = "criterion"
    OUTCOME = "outcome"
    TASK = "task"


@dataclass(slots=True)
class Item:
    """One number of a run; a range, `1.1-1.3`, has its first number in `since`."""

    kind: Kind
    number: str
    start: int
    end: int
    marked: bool
    """Whether a word (AC, LO, Task) or a unit says what the number is."""
    codes: tuple[str, ...] = ()
    """The units that the reference names, as `code_key` gives them; of units that the learner is not on, too."""
    since: str = ""


@dataclass(slots=True)
class Run:
    """References that stand together, and the units named among them. Characters `start` to `end` of the text."""

    start: int
    end: int
    items: list[Item] = field(default_factory=list)
    named: dict[str, None] = field(default_factory=dict)
    # While it is read: the units, the word and what was last read, for the next number.
    codes: tuple[str, ...] = ()
    word: Kind | None = None
    plural: bool = False
    after_unit: bool = False

    @property
    def marked(self) -> bool:
        """Whether a word or a unit says what its numbers are."""
        return any(item.marked for item in self.items)


def code_key(code: str) -> str:
    """A unit's code as it is compared: letters and digits only, small."""
    return "".join(character for character in code.casefold() if character.isalnum())


def first_words(text: str) -> tuple[str, ...]:
    """The words that a criterion's wording is known by; empty when there are too few to know it."""
    words = tuple(_WORD.findall(text.casefold())[:_WORDS_ALIKE])
    return words if len(words) == _WORDS_ALIKE else ()


_WORD = re.compile(r"[^\W\d_]+")
_WORDS_ALIKE = 3

_UNIT, _OTHER = "unit", "other"
_OTHERS = """
fig figs figure figures table tables section sections sec sect chapter chapters ch page pages p pp pg para paras
paragraph paragraphs version versions ver v release slide slides sheet room rm level levels step steps part point points
appendix annex volume vol issue session sessions week weeks day client paper papers photo photos image images chart
diagram exhibit box row line score scores scored rated rating average mean ratio grade §
"""
_WORDS: dict[str, str] = {
    **dict.fromkeys(("ac", "acs", "a.c", "a.c.s", "criterion", "criteria", "crit"), Kind.CRITERION),
    **dict.fromkeys(("lo", "los", "l.o", "outcome", "outcomes"), Kind.OUTCOME),
    **dict.fromkeys(("task", "tasks"), Kind.TASK),
    **dict.fromkeys(("unit", "units", "u"), _UNIT),
    # What makes a number the number of something else.
    **dict.fromkeys(_OTHERS.split(), _OTHER),
}
# Words that may stand between `criteria` and the numbers.
_AFTER_CRITERIA = frozenset(("met", "covered", "addressed", "claimed", "evidenced", "number", "numbers", "no", "nos"))
_LONGEST_WORD = 24
_OPENING_MARKS = "*_([{\\\"'“‘|>`<"
_BETWEEN = " \t\xa0.:#*_([\\-–"
_LAST_WORD = re.compile(r"(?:(?<![^\W_])[A-Za-z]{1,2}\.)?[^\W\d_]+\Z")
# Every number, with the letters that it runs into. A plain set at its beginning is what is searched for fast.
_NUMBER = re.compile(r"(?P<number>[0-9][0-9]*+(?:\.[0-9]++)*+)(?P<tail>\w*+)")

MOST_REFERENCES = 5_000
"""What is read of one text: many times what a learner writes, and no more than a moment's work."""
_FARTHEST = 40
_LONGEST_RUN = 60
_JOIN = re.compile(
    r"(?:[ \t\xa0*_`\"'()\[\]\\,;:/&+·•–—-]|\n(?!\s*\n)|"
    r"(?<!\w)(?:and|or|also|to|through|mostly|mainly|plus|with|for|the|first|second|half|part|of|both|a|bit)(?!\w))*+",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"[ \t\xa0]*+(?:[-–—]|(?:to|through)(?=[ \t]))[ \t\xa0]*+", re.IGNORECASE)
_TIGHT = re.compile(r"[ \t\xa0*_]*+[:/–-]?[ \t\xa0*_]*+[(\[]?")
_BACK = re.compile(r"[)\]]?[ \t\xa0,]*+(?:[(\[]|(?:of|in|for|from)[ \t])[ \t\xa0]*+(?:the[ \t])?", re.IGNORECASE)
_NOT_BEFORE = frozenset("£$€¥#=+~≈<>≤≥×@^/\\-–−%&±")
_MEASURE = re.compile(
    r"[ \t\xa0]?(?:[%‰°£$€×+=^]|/\s?\d)|[ \t\xa0-]?(?:hours?|hrs?|h|minutes?|mins?|m|mm|cm|km|miles?|kg|g|lb|litres?|l|"
    r"seconds?|secs?|s|ms|days?|weeks?|months?|years?|yrs?|million|millions|bn|billion|thousand|k|per[ \t]?cent|"
    r"pc|pm|am|a\.m|p\.m|points?|times|fold|x|out[ \t]of|people|persons?|staff|fte|metres?|meters?|pounds?|euros?|"
    r"dollars?|degrees?|gb|mb|tb|kb|credits?|marks?|stars?|on[ \t]average)(?!\w)",
    re.IGNORECASE,
)
_ENDS_HERE = re.compile(r"[ \t\xa0*_]*+(?:$|[^\w\s£$€%]|(?:and|or|to)\b)", re.MULTILINE)
_DIGITS = re.compile(r"\d+")


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
        short = short_codes(unit.code for unit in {unit.code: unit for unit in self.units}.values())
        for unit in self.units:
            for code in {code_key(unit.code), code_key(short[unit.code])}:
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
        self.short = {code_key(end) for end in short.values() if len(end) >= 3}
        self._short_lengths = {len(code) for code in self.short}

    def names_a_unit(self, code: str) -> bool:
        """Whether it looks like the code of one of these units, or of another one like them."""
        return code in self.keys or (code.isdecimal() and len(code) in self._short_lengths)

    def having(self, kind: Kind, number: str) -> tuple[UnitKey, ...]:
        """The units that have a criterion or an outcome of that number, or criteria that the task carries."""
        if kind is Kind.CRITERION:
            return self.criteria.get(number, ())
        if kind is Kind.OUTCOME:
            return self.outcomes.get(number, ())
        return tuple(dict.fromkeys(key for carried in self.tasks.get(number, ()) for key in carried))

    def criteria_of(self, kind: Kind, number: str, key: UnitKey) -> tuple[str, ...]:
        """The criteria of a unit that a reference is about: the one, all of the outcome, or those of the task."""
        if kind is Kind.CRITERION:
            return (number,)
        if kind is Kind.OUTCOME:
            return self._of_outcome.get((key, number), ())
        return tuple(dict.fromkeys(each for carried in self.tasks.get(number, ()) for each in carried.get(key, ())))

    def between(self, kind: Kind, first: str, last: str) -> tuple[str, ...]:
        """The numbers after `first` up to `last`, in the order of the units that have both."""
        if kind is not Kind.CRITERION:
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
        """The full code of a unit that has its first number at `start`: as it is compared, and where it stands."""
        for lead, pattern in self._codes.get(number, ()):
            begin = start - len(lead)
            if begin >= 0 and (found := pattern.match(text, begin)) is not None:
                return code_key(found[0]), begin, found.end()
        return None

    @cached_property
    def _codes(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        """By the first number in a code: what stands before it, and the pattern of the code and its whole suite."""
        codes: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for code in sorted({unit.code for unit in self.units if not unit.code.isdecimal()}):
            if (first := _DIGITS.search(code)) is None:
                continue
            suite = code.rpartition("-")[0]
            sibling = rf"|{self._loose(suite)}[-–‑/]\d{{2,4}}" if first.end() <= len(suite) else ""
            pattern = re.compile(rf"(?<!\w)(?:{self._loose(code)}{sibling})(?!\w)", re.IGNORECASE)
            codes.setdefault(first[0], []).append((code[: first.start()], pattern))
        return codes

    @staticmethod
    def _loose(code: str) -> str:
        return re.escape(code).replace(r"\-", "[-–‑/]")


def read_runs(text: str, vocabulary: Vocabulary) -> tuple[list[Run], bool]:
    """The runs of references in `text`, in order, and whether they are all: see `MOST_REFERENCES`.

    Numbers that can only be measures are not among them.
    """
    reader = _Reader(text, vocabulary)
    runs: list[Run] = []
    for match in _NUMBER.finditer(text):
        runs.extend(reader.take(match))
        if reader.taken >= MOST_REFERENCES:
            break
    runs.extend(reader.close())
    return runs, reader.taken < MOST_REFERENCES


def _word_before(text: str, start: int) -> tuple[str, int]:
    """The word before a number, in small letters, and where it begins; empty when another number stands between."""
    before = text[max(0, start - _LONGEST_WORD) : start]
    if before[-1:] == "\n":
        before = before[:-1]  # AC at the end of a line, its number in the next
    stripped = before.rstrip(_BETWEEN)
    word = stripped[stripped.rfind(" ") + 1 :].rpartition("\n")[2].lstrip(_OPENING_MARKS)
    if not word.isalpha() and word.lower() not in _WORDS and (last := _LAST_WORD.search(word)) is not None:
        word = last[0]  # 1.1/AC 1.2
    return word.lower(), max(0, start - _LONGEST_WORD) + len(stripped) - len(word)


class _Reader:
    """The run that is being read, and a short unit code that counts only if a number follows it closely."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._run: Run | None = None
        self._maybe: tuple[str, int, int] | None = None
        self.taken = 0  # references so far
        self._read = 0  # up to where the text was understood

    def close(self) -> Iterator[Run]:
        """The run so far, if there is anything in it."""
        if self._run is not None and (self._run.items or self._run.named):
            yield self._run
        self._run = None

    def take(self, match: re.Match[str]) -> Iterator[Run]:
        """Add a number to the run, or begin another; what is finished comes out."""
        start, end = match.span()
        if start < self._read:
            return
        text, vocabulary = self._text, self._vocabulary
        number = match[0]
        if (code := vocabulary.code_at(text, start, number)) is not None:
            key, begin, self._read = code
            word, word_start = _word_before(text, begin)
            if _WORDS.get(word) == _UNIT:
                begin = word_start
            yield from self._join(begin)
            self._name(key, begin, self._read)
            return
        if len(match["tail"]) > 1:
            return
        word, word_start = _word_before(text, start)
        lettered = text[word_start:start] + number
        if word and lettered in vocabulary.criteria:
            number, start = lettered, word_start  # P1, A.P1
            word, word_start = _word_before(text, start)
        kind = _WORDS.get(word)
        if kind is None and word:
            if text[start - 1].isalpha():
                return
            if word in _AFTER_CRITERIA and _word_before(text, word_start)[0] == "criteria":
                kind = Kind.CRITERION
            elif word in ("objective", "objectives") and _word_before(text, word_start)[0] == "learning":
                kind = Kind.OUTCOME
        if kind == _OTHER:
            return
        if kind is None:
            # Most numbers are nothing at all.
            if (
                self._run is None
                and self._maybe is None
                and number not in vocabulary.criteria
                and number not in vocabulary.short
            ):
                return
            yield from self._join(start)
            if not self._is_unit(number, start, end):
                self._add(None, number, start, end)
            return
        yield from self._join(word_start)
        if kind != _UNIT:
            self._add(Kind(kind), number, word_start, end, plural=word.endswith(("s", "a")))
        elif vocabulary.names_a_unit(code_key(number)):
            self._name(code_key(number), word_start, end)

    def _join(self, start: int) -> Iterator[Run]:
        """Go on with the run if nothing but joining words stand between, and end it otherwise."""
        if self._maybe is not None:
            code, begun, ended = self._maybe
            self._maybe = None
            if start - ended <= _FARTHEST and _TIGHT.fullmatch(self._text, ended, start) is not None:
                yield from self._join(begun)
                self._name(code, begun, ended)
                return
        run = self._run
        if run is not None and (
            len(run.items) + len(run.named) >= _LONGEST_RUN
            or start - run.end > _FARTHEST
            or _JOIN.fullmatch(self._text, run.end, start) is None
        ):
            yield from self.close()

    def _is_unit(self, number: str, start: int, end: int) -> bool:
        """Whether a number without a word is taken as a unit's: 501 in `500 and 501`, or in `501 AC 1.2`."""
        if number not in self._vocabulary.short:
            return False
        if self._run is not None and self._run.after_unit:
            self._name(number, start, end)
        elif start == 0 or self._text[start - 1] not in _NOT_BEFORE:
            self._maybe = (number, start, end)
        return True

    def _name(self, code: str, start: int, end: int) -> None:
        """A unit is named: for what follows, or `AC 1.2 of unit 501`, for what stands before it."""
        run = self._run
        if run is None:
            run = self._run = Run(start, end)
        run.named[code] = None
        self.taken += 1
        open_items = [item for item in run.items if not item.codes]
        if open_items and not run.after_unit and _BACK.fullmatch(self._text, run.end, start) is not None:
            for item in open_items:
                item.codes, item.marked = (code,), True
            run.codes, run.after_unit = (), False
        else:
            run.codes = (*run.codes, code) if run.after_unit and code not in run.codes else (code,)
            run.after_unit, run.word = True, None
        run.end = end

    def _add(self, kind: Kind | None, number: str, start: int, end: int, *, plural: bool = False) -> None:
        run = self._run
        if kind is None and not self._may_be_bare(number, start, end):
            return
        if run is None:
            run = self._run = Run(start, end)
        since = ""
        if run.items and not run.after_unit:
            since, number = self._range(run, number, start)
        if kind is not None:
            run.word, run.plural = kind, plural
        kind = run.word or Kind.CRITERION
        if kind is Kind.OUTCOME and "." in number:
            kind = Kind.CRITERION
        marked = run.word is not None or bool(run.codes)
        self.taken += 1
        run.items.append(Item(kind, number, start, end, marked, run.codes, since))
        run.after_unit, run.end = False, end

    def _may_be_bare(self, number: str, start: int, end: int) -> bool:
        """Whether a number without a word of its own can be a reference where it stands; a run may have to go."""
        run = self._run
        marked = run is not None and (run.word is not None or bool(run.codes))
        is_measure = _MEASURE.match(self._text, end) is not None
        if is_measure or (run is None and start and self._text[start - 1] in _NOT_BEFORE):
            if run is not None and not marked:
                self._run = None  # 1.1 and 1.2 hours
            return False
        if "." in number or not number.isdecimal():
            return number in self._vocabulary.criteria or (run is not None and run.after_unit)
        if run is None or run.word is None:
            return False
        if self._text[run.end : start] in ("-", "–"):
            return True
        return run.plural or _ENDS_HERE.match(self._text, end) is not None

    def _range(self, run: Run, number: str, start: int) -> tuple[str, str]:
        """The number that a range begins with, if this one ends a range, and this one in full: 1.3 for `1.1-3`."""
        last = run.items[-1]
        if _THROUGH.fullmatch(self._text, run.end, start) is None:
            return "", number
        if number.isdecimal() and last.kind is Kind.CRITERION and not last.number.isdecimal():
            number = last.number.rstrip("0123456789") + number
        return last.number, number
