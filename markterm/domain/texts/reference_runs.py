"""References to units, criteria, outcomes and tasks, as learners write them: `AC 1.2`, `(500: 1.2)`, `LO1 and LO4`.

One pass of one pattern finds every number; the word before it says what it is. Numbers that belong together, as in
`8580-501 AC 1.1, 1.2 & 2.1`, become one run, so that the unit and the word at its head hold for all of them. The
pattern never goes back over what it has taken: the time grows with the length of the text, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markterm.domain.texts.reference_vocabulary import ReferenceKind, Vocabulary, code_key


@dataclass(slots=True)
class Item:
    """One number of a run; a range, `1.1-1.3`, has its first number in `since`."""

    kind: ReferenceKind
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
    word: ReferenceKind | None = None
    plural: bool = False
    after_unit: bool = False

    @property
    def marked(self) -> bool:
        """Whether a word or a unit says what its numbers are."""
        return any(item.marked for item in self.items)


_UNIT, _OTHER, _SAID = "unit", "other", "said"
_OTHERS = """
fig figs figure figures table tables section sections sec sect chapter chapters ch page pages p pp pg para paras
paragraph paragraphs version versions ver v release rm appendix annex volume vol issue diagram exhibit score scores
scored rated rating average mean ratio grade §
"""
# What learners write of: after these, a number in brackets is a criterion's.
_TOLD_OF = """
slide slides sheet room level levels step steps part point points session sessions week weeks day client paper papers
photo photos image images chart box row line
"""
_FOR_CRITERIA = """
ac acs ac's a.c a.c.s a/c a/cs pc pcs p.c criterion criteria criterias crit crits statement statements
"""
_SAYING = """
meets meet met meeting covers cover covered covering addresses address addressed evidences demonstrates demonstrate
satisfies satisfy fulfils fulfil achieves claiming claims claim ref refs reference references
"""
# Verbs after which a number is a criterion's, if it is one at all.
_WORDS: dict[str, str] = {
    **dict.fromkeys(_SAYING.split(), _SAID),
    **dict.fromkeys(_FOR_CRITERIA.split(), ReferenceKind.CRITERION),
    **dict.fromkeys(("lo", "los", "l.o", "l.o.s", "l/o", "outcome", "outcomes"), ReferenceKind.OUTCOME),
    **dict.fromkeys(("task", "tasks"), ReferenceKind.TASK),
    **dict.fromkeys(("unit", "units", "u"), _UNIT),
    # What makes a number the number of something else.
    **dict.fromkeys(_OTHERS.split() + _TOLD_OF.split(), _OTHER),
}
_TOLD = frozenset(_TOLD_OF.split())
_IN_BRACKETS = re.compile(r"[(\[][ \t*_]*$")
# Verbs and nouns that lead to a criterion's number with one of the words for it: links to 3.1, evidence for 1.4.
_LEADS = """
link links linked relate relates related map maps mapped contribute contributes evidence proof
"""
_LEADING = frozenset(_LEADS.split())
_LED = frozenset(("to", "for", "towards", "with"))
# Words that may stand between `criteria` and the numbers.
_AFTER_CRITERIA = frozenset(("met", "covered", "addressed", "claimed", "evidenced", "number", "numbers", "no", "nos"))
_LONGEST_WORD = 24
_OPENING_MARKS = "*_([{\\\"'“‘|>`<"
_BETWEEN = " \t\xa0.:#*_([\\-–="
_LAST_WORD = re.compile(r"(?:(?<![^\W_])[A-Za-z]{1,2}\.)?[^\W\d_]+\Z")
# Every number, with the letters that it runs into. A plain set at its beginning is what is searched for fast.
_NUMBER = re.compile(r"(?P<number>[0-9][0-9]*+(?:\.[0-9]++)*+)(?P<tail>\w*+)")

MOST_REFERENCES = 5_000
"""What is read of one text: many times what a learner writes, and no more than a moment's work."""
_FARTHEST = 40
_LONGEST_RUN = 60
_JOIN = re.compile(
    r"(?:[ \t\xa0*_`\"'()\[\]\\,;:/&+·•✓✔☑–—→>-]|\n(?!\s*\n)|(?<=[\s,;/&])\.\Z|"
    r"(?<!\w)(?:and|or|also|including|up|to|through|mostly|mainly|plus|with|for|the|first|second|half|part|of|in|from|both|a|bit)(?!\w))*+",
    re.IGNORECASE,
)
_THROUGH = re.compile(
    r"[ \t\xa0]*+(?:[-–—]|[-=]?>|→|"
    r"(?:up[ \t]to(?:[ \t]and[ \t]including)?|through[ \t]to|to|through|thru|until)(?=[ \t]))[ \t\xa0]*+",
    re.IGNORECASE,
)
_COMMA = re.compile(r",(\d+)(?![\d.,]|[ \t]*[&]|[ \t]+and\b)")
_AND = re.compile(r"[ \t\xa0]*+(?:[,&/+]|and\b|or\b)[ \t\xa0]*+(?:(?<=[\s,&/+])\.)?", re.IGNORECASE)
_TIGHT = re.compile(r"[ \t\xa0*_]*+[:/–-]?[ \t\xa0*_]*+[(\[]?")
_BACK = re.compile(r"[)\]]?[ \t\xa0,]*+(?:[(\[]|(?:of|in|for|from)[ \t])[ \t\xa0]*+(?:the[ \t])?", re.IGNORECASE)
_NOT_BEFORE = frozenset("£$€¥#=+~≈<>≤≥×@^/\\-–−%&±")
_MEASURE = re.compile(
    r"[ \t\xa0]?(?:[%‰°£$€×+=^]|/\s?\d++(?!\.\d))|:\d+(?![.\d])|"
    r"[ \t\xa0-]?(?:hours?|hrs?|h|minutes?|mins?|m|mm|cm|km|miles?|kg|g|lb|litres?|l|"
    r"seconds?|secs?|s|ms|days?|weeks?|months?|years?|yrs?|million|millions|bn|billion|thousand|k|per[ \t]?cent|"
    r"pc|pm|am|a\.m|p\.m|points?|times|fold|x|out[ \t]of|people|persons?|staff|fte|metres?|meters?|pounds?|euros?|"
    r"dollars?|degrees?|gb|mb|tb|kb|ghz|mhz|khz|hz|kw|"
    r"volts?|amps?|tonnes?|tons?|inch(?:es)?|ft|feet|yards?|acres?|kilos?|credits?|marks?|stars?|on[ \t]average)(?!\w)",
    re.IGNORECASE,
)
_ENDS_HERE = re.compile(r"[ \t\xa0*_]*+(?:$|[^\w\s£$€%]|(?:and|or|to)\b)", re.MULTILINE)


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
        self._maybe: list[tuple[str, int, int]] = []
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
        text, vocabulary = self._text, self._vocabulary
        number = match[0]
        if start < self._read:
            # 8580-501.1.1: the code is read, and the number follows it.
            rest = text[self._read + 1 : end]
            if text[self._read : self._read + 1] == "." and rest in vocabulary.criteria:
                self._add(None, rest, self._read + 1, end)
            return
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
        unit, _, rest = number.partition(".")
        if unit in vocabulary.short and rest in vocabulary.criteria:
            yield from self._join(start)
            self._name(unit, start, start + len(unit))
            self._add(None, rest, start + len(unit) + 1, end)
            return
        word, word_start = _word_before(text, start)
        if word and (lettered := vocabulary.lettered(text[word_start:start] + number)) is not None:
            number, start = lettered, word_start  # P1, A.P1
            word, word_start = _word_before(text, start)
        kind = _WORDS.get(word)
        if kind is None and word in _LED and _word_before(text, word_start)[0] in _LEADING:
            kind = _SAID
        if kind == _SAID:
            is_one = number in vocabulary.criteria and _MEASURE.match(text, end) is None
            kind, word = (ReferenceKind.CRITERION if is_one else None), ""
        if kind is None and word:
            if text[start - 1].isalpha():
                return
            if word in _AFTER_CRITERIA and _WORDS.get(_word_before(text, word_start)[0]) == ReferenceKind.CRITERION:
                kind = ReferenceKind.CRITERION
            elif word in ("objective", "objectives") and _word_before(text, word_start)[0] == "learning":
                kind = ReferenceKind.OUTCOME
        if kind == _OTHER and (word not in _TOLD or not _IN_BRACKETS.search(text, word_start, start)):
            return
        if kind == _OTHER:
            kind = None
        if kind is None:
            # Most numbers are nothing at all.
            if (
                self._run is None
                and not self._maybe
                and number not in vocabulary.criteria
                and number not in vocabulary.short
            ):
                return
            is_next_unit = self._maybe and number in vocabulary.short
            if not is_next_unit or _AND.fullmatch(text, self._maybe[-1][2], start) is None:
                yield from self._join(start)
            if not self._is_unit(number, start, end):
                self._add(None, number, start, end)
            return
        yield from self._join(word_start)
        if kind == ReferenceKind.CRITERION and number not in vocabulary.criteria:
            number, end = self._as_written(match, number, end)
        if kind != _UNIT:
            self._add(ReferenceKind(kind), number, word_start, end, plural=word.endswith(("s", "a")))
        elif "." not in number and (code_of := vocabulary.unit_of(code_key(number))) is not None:
            self._name(code_of, word_start, end)

    def _as_written(self, match: re.Match[str], number: str, end: int) -> tuple[str, int]:
        """The number of a criterion that was written with a letter after it, or with a comma for its dot."""
        comma = _COMMA.match(self._text, end)
        if comma is not None and (whole := f"{number}.{comma[1]}") in self._vocabulary.criteria:
            self._read = comma.end()
            return whole, comma.end()
        return (match["number"] if match["tail"] and match[0] == number else number), end

    def _join(self, start: int) -> Iterator[Run]:
        """Go on with the run if nothing but joining words stand between, and end it otherwise."""
        if self._maybe:
            codes, self._maybe = self._maybe, []
            begun, ended = codes[0][1], codes[-1][2]
            if start - ended <= _FARTHEST and _TIGHT.fullmatch(self._text, ended, start) is not None:
                yield from self._join(begun)
                for code in codes:
                    self._name(*code)
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
        run = self._run
        if run is not None and (run.after_unit or self._is_named_after(run, start, end)):
            self._name(number, start, end)
        elif start == 0 or self._text[start - 1] not in _NOT_BEFORE:
            self._maybe.append((number, start, end))
        return True

    def _is_named_after(self, run: Run, start: int, end: int) -> bool:
        """Whether a number without a word is the unit of what stands before it: `AC 1.2 (501)`, `LO3 of 503`."""
        return (
            bool(run.items)
            and _BACK.fullmatch(self._text, run.end, start) is not None
            and _ENDS_HERE.match(self._text, end) is not None
        )

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

    def _add(self, kind: ReferenceKind | None, number: str, start: int, end: int, *, plural: bool = False) -> None:
        run = self._run
        if run is not None:
            number, start = self._of_outcome(run, kind, number, start, end)
            if not number:
                return
        if kind is None and not self._may_be_bare(number, start, end):
            return
        run = self._run
        if run is None:
            run = self._run = Run(start, end)
        since = ""
        if run.items and not run.after_unit:
            since, number = self._range(run, number, start)
        if kind is not None:
            run.word, run.plural = kind, plural
        kind = run.word or ReferenceKind.CRITERION
        if kind is ReferenceKind.OUTCOME and "." in number:
            kind = ReferenceKind.CRITERION
        marked = run.word is not None or bool(run.codes)
        self.taken += 1
        run.items.append(Item(kind, number, start, end, marked, run.codes, since))
        run.after_unit, run.end = False, end

    def _of_outcome(self, run: Run, kind: ReferenceKind | None, number: str, start: int, end: int) -> tuple[str, int]:
        """The number in full of a criterion of an outcome, and where it begins: `LO2 AC 1`, `AC 2.1, 2 & 3`."""
        last = run.items[-1] if run.items else None
        if last is None or run.after_unit or start - run.end > _FARTHEST:
            return number, start
        if kind is ReferenceKind.CRITERION and last.kind is ReferenceKind.OUTCOME and number.isdecimal():
            if (whole := f"{last.number}.{number}") in self._vocabulary.criteria:
                run.items.pop()
                return whole, last.start
            return number, start
        own = f"{last.number}."
        is_near = number in self._vocabulary.criteria and _TIGHT.fullmatch(self._text, run.end, start) is not None
        if (
            last.kind is ReferenceKind.OUTCOME
            and number.startswith(own)
            and (kind is ReferenceKind.CRITERION or is_near)
        ):
            run.items.pop()  # LO1 AC 1.2, LO4 (4.1, 4.2)
            return number, last.start
        if (
            kind is ReferenceKind.OUTCOME
            and last.kind is ReferenceKind.CRITERION
            and last.number.startswith(f"{number}.")
        ):
            run.end = end  # AC 2.1 / LO2
            return "", start
        head = last.number.rstrip("0123456789")
        if (
            number.isdecimal()
            and head
            and last.kind is ReferenceKind.CRITERION
            and kind in (None, ReferenceKind.CRITERION)
        ):
            is_next = kind is not None or _AND.fullmatch(self._text, run.end, start) is not None
            is_one = f"{head}{number}" in self._vocabulary.criteria and (run.word is not None or head[-1].isalpha())
            is_whole = self._text[start - 1] == "." or _ENDS_HERE.match(self._text, end) is not None
            if is_next and is_one and is_whole:
                return f"{head}{number}", start
        return number, start

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
        if run is None:
            return False
        is_range = self._text[run.end : start] in ("-", "–")
        if run.word is None:
            return is_range and bool(run.items) and run.items[-1].number.rstrip("0123456789")[-1:].isalpha()
        if is_range:
            return True
        return run.plural or _ENDS_HERE.match(self._text, end) is not None

    def _range(self, run: Run, number: str, start: int) -> tuple[str, str]:
        """The number that a range begins with, if this one ends a range, and this one in full: 1.3 for `1.1-3`."""
        last = run.items[-1]
        if _THROUGH.fullmatch(self._text, run.end, start) is None:
            return "", number
        if number.isdecimal() and last.kind is ReferenceKind.CRITERION and not last.number.isdecimal():
            number = last.number.rstrip("0123456789") + number
        return last.number, number
