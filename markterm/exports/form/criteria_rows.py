"""Which rows of a form's tables belong to which criterion, outcome and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.words.letters import plain
from markterm.exports.form.fields import OF_CRITERION, Asked, Label, label_of
from markterm.exports.form.grid import Cell, Line, Story, Table
from markterm.exports.form.place import is_blank

_PREFIX = r"(?:(?:assessment\s+)?criteri(?:on|a)|a\.?\s?c\.?|p\.?c\.?|no\.?)?\s*[:.]?\s*"
_BEHIND = r"(?!\d|\.\d|[a-z]\b)"
_LOOKS_LIKE_ONE = re.compile(
    rf"{_PREFIX}((?:[A-Z]{{1,2}}\.)?[A-Z]?\d{{1,3}}(?:\.\d{{1,3}}){{1,3}}[a-z]?|(?:[A-Z]\.)?[PMD]\d{{1,2}}){_BEHIND}",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\s*(?:learning\s+outcome|outcome|l\.?o\.?|section|element)\s*[:.]?\s*(\d{1,3})\b", re.IGNORECASE
)
_UNIT = re.compile(r"\s*unit\s*(?:no\.?|number|code)?\s*[:.]?\s*([A-Za-z0-9][\w.-]*\d\w*)(?![\w/])", re.IGNORECASE)
_MOST_BEFORE = 2
"""In one of so many cells that are not empty a row says its criterion."""
_SAME_WORDS = 0.6
_FEW = 3
_LONGEST_HEAD = 14


@dataclass(eq=False)
class Rows:
    """The rows of a table that belong to one criterion, from the one with its number on. `criterion` is empty for one
    that the unit does not have."""

    criterion: str
    table: Table
    first: int
    last: int
    words: str = ""
    """How the form words the criterion, as far as it does."""
    columns: range | None = None
    """Those of the grid that are its own, where criteria stand side by side; None where the rows are."""


@dataclass
class Rowed:
    """What the rows of one story's tables belong to."""

    blocks: list[Rows] = field(default_factory=list)
    sections: dict[tuple[int, int], int] = field(default_factory=dict)
    """By table and row, the number of the learning outcome under whose heading it stands."""
    elsewhere: set[int | tuple[int, int]] = field(default_factory=set)
    """What stands under the heading of another unit: lines, by the identity of their elements, and rows, by table."""
    others: set[str] = field(default_factory=set)
    """Numbers of criteria in the form that the unit does not have."""

    def has(self, table: Table) -> bool:
        """Whether criteria stand in that table."""
        return any(each.table is table for each in self.blocks)

    def block(self, table: Table, cell: Cell) -> Rows | None:
        """The criterion to which that cell belongs."""
        own = (each for each in self.blocks if each.table is table and each.first <= cell.row <= each.last)
        return next((each for each in own if each.columns is None or cell.left in each.columns), None)


class CriteriaRows:
    """Finds the rows of one unit's criteria in a form. `tables` are those that a mapping names, if one does."""

    def __init__(self, unit: Unit, tables: tuple[int, ...] = ()) -> None:
        self._unit = unit
        self._tables = tables

    def number_in(self, text: str) -> str:
        """The criterion of the unit whose number the text begins with, however it is written; empty for none."""
        found = self._pattern.match(text.strip())
        return self._numbers[found[1].casefold()] if found is not None else ""

    def of(self, story: Story) -> Rowed:
        """What the rows of a story's tables belong to. Where it names units, those of other ones are passed over."""
        rowed = Rowed()
        names_this = any(self._names(text) for text in story.texts)
        is_this = True
        for item in story.items:
            if isinstance(item, Line):
                is_this = self._goes_on(item.text, is_this, names_this)
                if not is_this:
                    rowed.elsewhere.add(id(item.element))
            else:
                is_this = self._read(item, rowed, is_this, names_this)
        return rowed

    def _read(self, table: Table, rowed: Rowed, is_this: bool, names_this: bool) -> bool:
        block: Rows | None = None
        side_by_side: list[Rows] = []
        section: int | None = None
        for row, cells in enumerate(table.rows, start=1):
            texts = [cell.text for cell in cells if cell.text.strip()]
            for text in texts:
                is_this = self._goes_on(text, is_this, names_this)
            if not is_this:
                rowed.elsewhere.add((table.number, row))
            if (heading := next(filter(None, map(_OUTCOME.match, texts)), None)) and not self._number(texts):
                section, block = int(heading[1]), None
            elif beside := self._side_by_side(table, row, cells):
                block, side_by_side = None, beside if is_this and self._may_be_in(table) else []
                rowed.blocks += side_by_side
            elif number := self._number(texts):
                side_by_side = []
                said = [each for each in texts if label_of(each) is None and not is_blank(each)]
                words = " ".join(said[: _MOST_BEFORE + 1])
                block = Rows(number if is_this and self._may_be_in(table) else "", table, row, row, words)
                rowed.blocks.append(block)
            elif other := next(filter(None, map(_LOOKS_LIKE_ONE.match, texts[:1])), None):
                block = Rows("", table, row, row, "")
                rowed.blocks.append(block)
                if is_this:
                    rowed.others.add(other[1])
            elif (block is not None or side_by_side) and ends_rows(texts):
                block, side_by_side = None, []
            for each in [*side_by_side, *filter(None, [block])]:
                each.last = row
            if section is not None:
                rowed.sections[table.number, row] = section
        for block in [each for each in rowed.blocks if each.table is table]:
            spans = [cell.bottom for cell in table.rows[block.first - 1] if self.number_in(cell.text)]
            block.last = max([block.last, *spans])
        return is_this

    def _side_by_side(self, table: Table, row: int, cells: list[Cell]) -> list[Rows]:
        """The criteria of a row that is the head of a column for each; nothing of any other row."""
        heads = [(cell, self.number_in(cell.text)) for cell in cells if len(cell.text.strip()) <= _LONGEST_HEAD]
        found = [
            Rows(number, table, row, row, columns=range(cell.left, cell.right)) for cell, number in heads if number
        ]
        return found if len({each.criterion for each in found}) == len(found) > 1 else []

    def _number(self, texts: list[str]) -> str:
        return next(filter(None, map(self.number_in, texts[:_MOST_BEFORE])), "")

    def _may_be_in(self, table: Table) -> bool:
        return not self._tables or (table.number in self._tables and not table.story)

    def _goes_on(self, text: str, is_this: bool, names_this: bool) -> bool:
        """Whether what follows that text is of this unit still."""
        if not names_this or len(text) > 200:
            return is_this
        if self._names(text):
            return True
        return is_this and _UNIT.match(text) is None

    def _names(self, text: str) -> bool:
        """Whether a heading names this unit."""
        if len(text) > 200:
            return False
        code = self._unit.code.casefold()
        if re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text.casefold()):
            return True
        named = _UNIT.match(text)
        return named is not None and (code.endswith(f"-{named[1].casefold()}") or named[1].casefold() == code)

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """The numbers as forms write them: `A.P1` may be `P1` where no other criterion is, and the other way round."""
        own = {each.number.casefold(): each.number for each in self._unit.asked}
        shorter: dict[str, list[str]] = {}
        for each in self._unit.asked:
            if found := re.fullmatch(r"[A-Z]\.([A-Z]\d+\w*)", each.number, re.IGNORECASE):
                shorter.setdefault(found[1].casefold(), []).append(each.number)
        return {short: numbers[0] for short, numbers in shorter.items() if len(numbers) == 1} | own

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest = sorted(self._numbers, key=len, reverse=True)
        numbers = "|".join(re.escape(each) for each in longest) or r"(?!)"
        outcome = r"(?:[A-Z]\.)?" if not any("." in each[:2] and each[0].isalpha() for each in longest) else ""
        return re.compile(rf"{_PREFIX}{outcome}({numbers}){_BEHIND}", re.IGNORECASE)


def is_worded_so(words: str, criterion: Criterion) -> bool | None:
    """Whether a form words a criterion as the unit's sheet does; None where it does not word it."""
    asked = set(re.findall(r"[^\W\d_]{2,}", plain(criterion.text)))
    said = set(re.findall(r"[^\W\d_]{2,}", plain(words)))
    if len(said) < _FEW or not asked:
        return None
    return len(asked & said) >= _SAME_WORDS * len(asked)


def is_number(text: str) -> bool:
    """Whether a text begins with what looks like the number of a criterion."""
    return _LOOKS_LIKE_ONE.match(text) is not None


def ends_rows(texts: list[str]) -> bool:
    """Whether a row is of the unit or a section, and not of the criterion above it any more."""
    for text in texts:
        label: Label | None = label_of(text) or label_of(text.partition(":")[0])
        if label is None:
            continue
        if label.field is not None and label.field not in OF_CRITERION:
            return True
        if label.asked in (Asked.NAME, Asked.SIGNATURE) and label.whose is not None:
            return True
    return False
