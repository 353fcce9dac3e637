"""Where a learner says that a criterion is met: the evidence references in a text, against the units the learner is on.

`1.2` alone may be a criterion of several units. Which one it is follows, in this order, from a unit in the same
reference (or the criterion's own wording after the number), the nearest heading above that names a unit, the name of
the file or its folder, and the first lines of the document. Where none of them tells, the reference is ambiguous.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.texts.reference_page import Heading, Page, Position
from markterm.domain.texts.reference_runs import Item, Run, read_runs
from markterm.domain.texts.reference_vocabulary import ReferenceKind, Vocabulary, code_key, first_words
from markterm.domain.words.file_label import LONGEST_NAME, file_label
from markterm.domain.words.letters import as_typed

_FIRST_LINES = 12
_LONGEST_START = 2_500
_GOES_ON = re.compile(r"[ \t]+[a-z]")
_IS_MET = re.compile(
    r"[ \t]+(?:is|are|was|were|has been|have been)[ \t]+(?:[a-z]+[ \t]+)?"
    r"(?:met|covered|evidenced|addressed|achieved|shown|demonstrated|claimed|in|on|at|here)\b"
)
_TITLE_LEVEL = 8  # a line that only looks like a heading stands under all that are


class Strength(IntEnum):
    """How much a reference says that the passage is meant for the criterion."""

    DOUBTFUL = 0
    """Perhaps the number of something else: a decimal, a numbered heading."""
    OUTCOME = 1
    """It names the learning outcome, or the task, as a whole."""
    MENTIONED = 2
    """It stands in running text."""
    PLACED = 3
    """It stands where learners say what a passage is for: in a heading, or at the start or end of a paragraph."""


@dataclass(frozen=True, slots=True)
class EvidenceReference:
    """A reference in a learner's text: characters `start` to `end`, which stand in line `line` (from 0) of `file`."""

    file: str
    line: int
    start: int
    end: int
    kind: ReferenceKind
    number: str
    """Of the criterion, the outcome or the task."""
    units: tuple[UnitKey, ...]
    """The units that it can mean; of a task, those whose criteria it carries. Empty for what no unit of theirs has."""
    strength: Strength
    explicit: bool
    """Whether the reference itself names its unit."""
    ambiguous: bool
    """Whether nothing tells which of `units` is meant."""


class EvidenceReferences:
    """All references of a learner's evidence, by criterion and by place."""

    def __init__(
        self,
        references: Iterable[EvidenceReference],
        vocabulary: Vocabulary,
        cut_short: tuple[str, ...] = (),
        failed: tuple[str, ...] = (),
    ) -> None:
        self.cut_short = cut_short
        """The names of texts with more references than anybody writes: those after the first 5,000 are left out."""
        self.failed = failed
        """The names of texts that could not be looked through, for a fault of MarkTerm's own."""
        self._by_criterion: dict[tuple[UnitKey, str], list[EvidenceReference]] = defaultdict(list)
        self._by_line: dict[tuple[str, int], list[EvidenceReference]] = defaultdict(list)
        self._by_file: dict[str, list[EvidenceReference]] = defaultdict(list)
        unresolved = []
        for reference in references:
            self._by_line[reference.file, reference.line].append(reference)
            self._by_file[reference.file].append(reference)
            if not reference.units and reference.kind is not ReferenceKind.TASK:
                unresolved.append(reference)
            for key in reference.units:
                for number in vocabulary.criteria_of(reference.kind, reference.number, key):
                    self._by_criterion[key, number].append(reference)
        self.unresolved = tuple(unresolved)
        """References to criteria and outcomes that no unit of the learner has, in reading order."""
        for found in self._by_criterion.values():
            found.sort(key=_rank)

    def for_criterion(self, key: UnitKey, number: str) -> tuple[EvidenceReference, ...]:
        """The references to a criterion, best first, those alike in reading order."""
        return tuple(self._by_criterion.get((key, number), ()))

    def in_file(self, file: str) -> tuple[EvidenceReference, ...]:
        """The references in a file, in reading order."""
        return tuple(self._by_file.get(file, ()))

    def at(self, file: str, line: int) -> tuple[EvidenceReference, ...]:
        """The references in a line (from 0) of a file."""
        return tuple(self._by_line.get((file, line), ()))


def find_references(
    sources: Iterable[tuple[str, str]], units: Sequence[Unit], assignments: Iterable[Assignment] = ()
) -> EvidenceReferences:
    """The references in texts, given with their names relative to the evidence folder, against the learner's `units`.

    A criterion that is referred to more than once in a line counts there once. A text that this fails at is named and
    takes nothing from the others.
    """
    vocabulary = Vocabulary(units, assignments)
    references: list[EvidenceReference] = []
    cut_short: list[str] = []
    failed: list[str] = []
    for name, text in sources:
        try:
            source = _Source(name, text, vocabulary)
            references.extend(source.references())
        except Exception:  # nothing that a learner wrote may take the references of the other files away
            failed.append(name)
            continue
        if not source.is_whole:
            cut_short.append(name)
    return EvidenceReferences(references, vocabulary, tuple(cut_short), tuple(failed))


def _rank(reference: EvidenceReference) -> tuple[int, bool, int, bool]:
    """What the references to a criterion are sorted by. A clear mention is worth more than a placed one of any unit."""
    return (
        -min(reference.strength, Strength.MENTIONED),
        reference.ambiguous,
        -reference.strength,
        not reference.explicit,
    )


Naming = Mapping[UnitKey, frozenset[str]]
"""Units that are named somewhere, each with the numbers that are given along with it."""


class _Source:
    """One text with what its name, its first lines and its headings say about units."""

    def __init__(self, name: str, text: str, vocabulary: Vocabulary) -> None:
        self._name = name
        self._vocabulary = vocabulary
        self._text = text = as_typed(text)
        self._page = Page(text)
        self.is_whole = True
        criteria = vocabulary.criteria
        self._numbered = any("." in number and number not in criteria for number in self._page.numbers)
        self._headings: list[tuple[Heading, Naming]] = []
        self._heading = 0
        self._file = self._named_by_file()
        self._document: Naming = {}

    def references(self) -> list[EvidenceReference]:
        """The references in reading order, of those alike in a line the strongest."""
        runs, self.is_whole = read_runs(self._text, self._vocabulary)
        begins = self._end_of_start(runs)
        self._document = self._naming(run for run in runs if run.start < begins)
        best: dict[tuple[int, ReferenceKind, str, tuple[UnitKey, ...]], EvidenceReference] = {}
        for run in runs:
            position = self._page.position(run.start, run.end)
            self._follow_headings(run, position)
            for reference in self._references_of(run, position):
                same = (reference.line, reference.kind, reference.number, reference.units)
                if same not in best or reference.strength > best[same].strength:
                    best[same] = reference
        return sorted(best.values(), key=lambda reference: reference.start)

    def _references_of(self, run: Run, position: Position) -> Iterator[EvidenceReference]:
        line, counted = position.line, run.start
        beside = self._units_beside(position)
        for item in run.items:
            line += self._text.count("\n", counted, item.start)
            counted = item.start
            strength = self._strength(run, item, position)
            if strength is None:
                continue
            numbers: tuple[str, ...] = (item.number,)
            if item.since and strength is not Strength.DOUBTFUL:
                numbers = self._vocabulary.between(item.kind, item.since, item.number) or numbers
            for number in numbers:
                units, explicit, settled = self._settle(item, number, position, beside)
                if units or (item.marked and self._vocabulary.could_be(item.kind, number)):
                    yield EvidenceReference(
                        self._name,
                        line,
                        item.start,
                        item.end,
                        item.kind,
                        number,
                        units,
                        strength,
                        explicit,
                        not settled,
                    )

    # Which unit

    def _units_beside(self, position: Position) -> frozenset[UnitKey]:
        """The units that the other cells of a row name."""
        if position.column is None:
            return frozenset()
        keys = self._vocabulary.keys
        cells = (code_key(cell).removeprefix("unit") for cell in self._page.cells())
        return frozenset(key for cell in cells for key in keys.get(cell, ()))

    def _settle(
        self, item: Item, number: str, position: Position, beside: frozenset[UnitKey]
    ) -> tuple[tuple[UnitKey, ...], bool, bool]:
        """The units that a reference can mean, whether it names them itself, and whether that settles it."""
        units = self._vocabulary.having(item.kind, number)
        if item.kind is ReferenceKind.TASK:
            return units, False, len(self._vocabulary.tasks.get(number, ())) < 2
        if item.codes:
            named = {key for code in item.codes for key in self._vocabulary.keys.get(code, ())}
            return tuple(key for key in units if key in named), True, True
        if in_row := tuple(key for key in units if key in beside):
            return in_row, True, True
        worded = self._worded(units, number, item.end) if position.opens else ()
        if worded:
            return worded, True, len(worded) == 1
        heading = self._headings[-1][1] if self._headings else {}
        for naming in (heading, self._file, self._document):
            if len(units) < 2:
                break
            units = _narrowed(units, naming, number)
        return units, False, len(units) < 2

    def _worded(self, units: Iterable[UnitKey], number: str, end: int) -> tuple[UnitKey, ...]:
        """The units whose criterion of that number begins with the words that follow."""
        words = first_words(self._text[end : end + 80])
        return tuple(key for key in units if words and self._vocabulary.wording.get((key, number)) == words)

    def _named_by_file(self) -> Naming:
        """The units that the name of the file gives, or else the folder nearest to it."""
        parts = self._name[-LONGEST_NAME:].split("/")
        label = file_label(parts[-1])
        if label is not None and code_key(label.unit) in self._vocabulary.keys:
            return dict.fromkeys(self._vocabulary.keys[code_key(label.unit)], frozenset())
        for part in reversed(parts):
            if codes := self._vocabulary.codes_in(part):
                return {key: frozenset() for code in codes for key in self._vocabulary.keys[code]}
        return {}

    def _end_of_start(self, runs: Iterable[Run]) -> int:
        """Where the first lines of the document end: before a heading that names a unit, unless it is the title."""
        offset = seen = 0
        for line in self._text[:_LONGEST_START].splitlines(keepends=True):
            offset += len(line)
            seen += not line.isspace()
            if seen == _FIRST_LINES:
                break
        title = len(self._text) - len(self._text.lstrip())
        for run in runs:
            heading = self._page.heading_at(run.start)
            if run.start < offset and run.named and heading is not None and heading.start > title:
                return heading.start
        return offset

    def _naming(self, runs: Iterable[Run]) -> Naming:
        naming: dict[UnitKey, set[str]] = {}
        for run in runs:
            for code in run.named:
                for key in self._vocabulary.keys.get(code, ()):
                    naming.setdefault(key, set()).update(item.number for item in run.items if code in item.codes)
        return {key: frozenset(numbers) for key, numbers in naming.items()}

    def _follow_headings(self, run: Run, position: Position) -> None:
        """Forget the headings whose part of the text is over, and keep the one that this run stands in."""
        headings = self._page.headings
        while self._heading < len(headings) and headings[self._heading].start <= run.start:
            self._leave(headings[self._heading].level + 1)
            self._heading += 1
        heading = position.heading
        if heading is None and position.is_title and not run.items:
            heading = Heading(run.start, run.end, _TITLE_LEVEL)
        if run.named and heading is not None:
            naming = self._naming((run,))
            if self._headings and self._headings[-1][0] == heading:
                naming = {**self._headings.pop()[1], **naming}
            self._leave(heading.level)
            self._headings.append((heading, naming))

    def _leave(self, level: int) -> None:
        while self._headings and self._headings[-1][0].level >= level:
            self._headings.pop()

    # How strong

    def _strength(self, run: Run, item: Item, position: Position) -> Strength | None:
        """How strong a reference is; None for a number in a column of measures."""
        if item.kind is not ReferenceKind.CRITERION:
            return Strength.OUTCOME
        if position.column is not None:
            return self._strength_in_table(run, position)
        if run.marked:
            placed = position.heading is not None or position.opens or (position.closes and position.bracketed)
            return Strength.PLACED if placed else Strength.MENTIONED
        bracketed_at_end = position.bracketed and (position.opens or position.closes)
        worded = position.opens and self._worded(self._vocabulary.having(item.kind, item.number), item.number, item.end)
        if worded:
            return Strength.PLACED
        # Headings that are numbered by themselves have 4 above 4.1, or 6.3, which no unit has.
        is_numbered = self._numbered or item.number.partition(".")[0] in self._page.numbers
        if position.heading is not None and position.opens and is_numbered:
            return Strength.DOUBTFUL
        if (position.alone and position.opens) or bracketed_at_end or (position.heading is not None and position.opens):
            return Strength.PLACED
        if position.bracketed or (position.opens and not self._goes_on(run)):
            return Strength.MENTIONED
        if position.alone:
            return Strength.DOUBTFUL if position.among_numbers else Strength.MENTIONED
        return Strength.MENTIONED if len(run.items) > 1 and not position.after_quantity else Strength.DOUBTFUL

    def _goes_on(self, run: Run) -> bool:
        """Whether a number that opens a paragraph is a word in its sentence: `2.1 is what I got`."""
        if len(run.items) > 1 or _IS_MET.match(self._text, run.end) is not None:
            return False
        return _GOES_ON.match(self._text, run.end) is not None

    def _strength_in_table(self, run: Run, position: Position) -> Strength | None:
        if run.marked:
            return Strength.PLACED if position.alone else Strength.MENTIONED
        if not position.alone:
            return Strength.MENTIONED if position.bracketed else Strength.DOUBTFUL
        if position.column == "criteria":
            return Strength.PLACED
        if position.labels_row:
            return Strength.MENTIONED
        return None if position.column == "measure" else Strength.DOUBTFUL


def _narrowed(units: tuple[UnitKey, ...], naming: Naming, number: str) -> tuple[UnitKey, ...]:
    """Those of `units` that are named, and of these those named along with that very number or its outcome."""
    named = tuple(key for key in units if key in naming)
    outcome = number.partition(".")[0]
    with_number = tuple(key for key in named if naming[key] & {number, outcome})
    return with_number or named or units
