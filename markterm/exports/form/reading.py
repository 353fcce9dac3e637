"""What a form asks for, and where: every place that can be filled, and those that stay empty, with why."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markterm.domain.assessed.unit import Unit
from markterm.domain.record.event import Result
from markterm.domain.words.counted import first_of
from markterm.domain.words.criterion_number import sort_key
from markterm.exports.form import blank_lines, paragraph
from markterm.exports.form.around import Around, Beside
from markterm.exports.form.cell_place import below, place_in, roomier, tick_alone
from markterm.exports.form.criteria_rows import CriteriaRows, Rowed, Rows, ends_rows, is_number, is_worded_so
from markterm.exports.form.fields import (
    OF_ALL_UNITS,
    OF_CRITERION,
    Asked,
    Field,
    Label,
    Whose,
    label_of,
    statement_of,
    whose,
)
from markterm.exports.form.form_file import FormFile
from markterm.exports.form.found import Found, Left, Reading
from markterm.exports.form.grid import Cell, Line, Story, Table, in_text_boxes, stories_of
from markterm.exports.form.mapping import FormMapping, MappedCell, key
from markterm.exports.form.meant import doubt, field_of, why_not
from markterm.exports.form.place import Blank, Boxes, Control, FormField, Place, controls_in, form_fields_in
from markterm.exports.form.repeated import settled
from markterm.exports.form.words import is_yes_or_no

_NOT_KNOWN = "its label is not known"
_OF_ANOTHER = "it is of another unit"
_LEFT = "the mapping leaves it"
_LONGEST = 60
_MOST_NAMED = 8
_TYPED_BELOW = OF_ALL_UNITS - {Field.QUALIFICATION} | {Field.COMMENTS, Field.SECTION_COMMENTS, Field.VERIFICATION}
"""What is typed below its label in the same cell, where no other is there for it."""
_ONCE = (Field.COMMENTS, Field.VERIFICATION)
"""Long texts of the unit as a whole, for which a form may have several places."""


def read_form(form: FormFile, unit: Unit, mapping: FormMapping) -> Reading:
    """Where in that form what belongs, for one unit; the mapping settles what the form's words leave open."""
    return _FormReading(form, unit, mapping).reading()


class _FormReading:
    def __init__(self, form: FormFile, unit: Unit, mapping: FormMapping) -> None:
        self._form = form
        self._unit = unit
        self._mapping = mapping
        self._stories = stories_of(form)
        self._criteria = CriteriaRows(unit, mapping.tables.get(unit.code, ()))
        self._found: list[Found] = []
        self._left: list[Left] = []
        self._notes = list(form.notes)
        self._problems = list(mapping.problems)
        self._done: set[int] = set()
        """The cells and controls that were seen, by the identity of their elements, which live as long as the form."""
        self._labels_met: set[str] = set()
        self._spoken = ""
        """The words that named somebody last, among those that stand together."""
        self._spoken_at: dict[int, str] = {}
        """What had been said so when a cell was come to."""
        self._above: Label | None = None
        """What the last line that says something asks for."""
        self._of_lines: Rows | None = None
        """The criterion that the lines are about, where it does not stand in a table."""
        self._is_elsewhere = False
        """Whether what is read now stands under the heading of another unit."""

    def reading(self) -> Reading:
        self._read_mapped()
        worded: dict[str, bool] = {}
        others: set[str] = set()
        blocks: list[Rows] = []
        for story in self._stories:
            rowed = self._criteria.of(story)
            others |= rowed.others
            blocks += [each for each in rowed.blocks if each.criterion]
            self._read_story(story, rowed)
            for text in in_text_boxes(story):
                if label_of(text.split("\n")[0]) is not None:
                    where = f"{story.name}, a text box" if story.name else "a text box"
                    self._left.append(Left(where, _shown(text), "what stands in text boxes is not filled"))
        self._found, left = settled(self._found, blocks, self._unit)
        self._left += left
        for block in blocks:
            criterion = self._unit.criterion(block.criterion)
            if criterion is not None and (same := is_worded_so(block.words, criterion)) is not None:
                worded[block.criterion] = worded.get(block.criterion, False) or same
        if otherwise := [number for number, same in worded.items() if not same]:
            self._notes.append(f"It words {_some(otherwise)} otherwise than the centre's sheet of {self._unit.code}.")
        if others:
            self._notes.append(
                f"It has criteria that the centre's sheet of {self._unit.code} has not: {_some(others)}."
            )
        said = {key(text) for story in self._stories for text in story.texts}
        for label in self._mapping.labels:
            if label not in self._labels_met | said:
                self._problems.append(f"[labels] names “{label}”, which is no label of the form")
        return Reading(tuple(self._found), tuple(self._left), tuple(self._problems), tuple(self._notes))

    def _read_mapped(self) -> None:
        """The cells that the mapping names, first: nothing else is looked for in them."""
        tables = {table.number: table for table in self._stories[0].tables}
        for unit, numbers in self._mapping.tables.items():
            if gone := [number for number in numbers if number not in tables]:
                self._problems.append(f"[tables] names table {_some(gone)} for {unit}; the form has {len(tables)}")
        for each in self._mapping.of(self._unit):
            where = f"table {each.table}, row {each.row}, cell {each.column}"
            cells = tables[each.table].rows if each.table in tables else []
            row = cells[each.row - 1] if 0 < each.row <= len(cells) else []
            cell = next((cell for cell in row if cell.column == each.column), None)
            if cell is None:
                self._problems.append(f"a cell is named that the form has not: {where}")
            elif each.criterion and self._unit.criterion(each.criterion) is None:
                self._problems.append(f"{where} is for {each.criterion}, which {self._unit.code} has not")
            else:
                self._take_mapped(each, cell)

    def _take_mapped(self, mapped: MappedCell, cell: Cell) -> None:
        self._done.add(id(cell.element))
        if mapped.field is None:
            self._left.append(Left(cell.where, _shown(cell.text), _LEFT))
            return
        place, words = place_in(cell, form_alone=False)
        if place is None:  # The mapping says so: what stands there stays, and the text follows it.
            last = cell.lines[-1].element
            place = Blank(last, 0, len(paragraph.text_of(last)), anew=True)
        of = (mapped.criterion, mapped.section)
        self._found.append(Found(mapped.field, cell.where, "as the mapping says", place, *of, words))

    @property
    def _who(self) -> Whose | None:
        return whose(self._spoken)

    def _read_story(self, story: Story, rowed: Rowed) -> None:
        self._spoken = ""
        for item in story.items:
            if isinstance(item, Table):
                self._read_table(item, rowed)
                self._spoken, self._of_lines = "", None
            else:
                self._is_elsewhere = id(item.element) in rowed.elsewhere
                self._read_line(item)
        self._is_elsewhere = False
        self._read_by_title(story)

    def _read_table(self, table: Table, rowed: Rowed) -> None:
        around = Around(table, rowed, self._label)
        for row in table.rows:
            labelled = [cell for cell in row if _is_label(cell.text)]
            if not labelled and any(cell.text.strip() for cell in row):
                self._spoken = ""
            for cell in row:
                if cell in labelled and whose(cell.text) is not None:
                    self._spoken = cell.text
                self._spoken_at[id(cell)] = self._spoken
                self._read_blank(table, cell, around, rowed, choices=False)
        # What offers a choice is the label of a blank beside it, and else the place itself.
        for cell in table.cells:
            self._read_blank(table, cell, around, rowed, choices=True)
        for cell in table.cells:
            if id(cell.element) not in self._done and cell.text.strip():
                self._is_elsewhere = (table.number, cell.row) in rowed.elsewhere
                self._spoken = self._spoken_at[id(cell)]
                block, section = rowed.block(table, cell), rowed.sections.get((table.number, cell.row))
                self._read_inside(table, cell, around, block, section)

    def _read_blank(self, table: Table, cell: Cell, around: Around, rowed: Rowed, *, choices: bool) -> None:
        """A cell that shows nothing but a blank or, if `choices` are asked for, a choice."""
        if id(cell.element) in self._done or around.claimed(cell):
            return
        self._is_elsewhere = (table.number, cell.row) in rowed.elsewhere
        self._spoken = self._spoken_at[id(cell)]
        place, words = place_in(cell, form_alone=self._form.fields_alone)
        if place is None or not self._may_fill(place) or choices is (words is None):
            return
        self._done.add(id(cell.element))
        beside = around.of(cell, self._who)
        if words is not None:
            beside = Beside(_of_choice(beside.label, words, rowed.block(table, cell)), cell.text)
        block, section = rowed.block(table, cell), rowed.sections.get((table.number, cell.row))
        self._take(place, cell.where, beside.label, beside.text, block, section, words, around.near(cell))

    def _read_inside(self, table: Table, cell: Cell, around: Around, block: Rows | None, section: int | None) -> None:
        """What a cell that has words of its own asks for."""
        self._done.add(id(cell.element))
        known = [
            each
            for line in cell.lines
            for each in blank_lines.behind_labels(line.element)
            if self._label(each.label) is not None and self._may_fill(each.place)
        ]
        for each in known:
            label = self._label(each.label)
            if label is not None and not (around.claimed(cell) and len(known) == 1):
                place, near = roomier(each.place, cell), f"{around.near(cell)} {cell.text}"
                self._take(place, cell.where, label, each.label, block, section, each.choice, near)
        if known or around.claimed(cell):
            return
        boxes = blank_lines.boxes_of([line.element for line in cell.lines])
        if boxes is not None and self._may_fill(boxes):
            self._take_boxes(boxes, cell, around, block, section)
            return
        if self._form.fields_alone:
            return
        label = self._label(cell.text.strip())
        if label is None or label.asked in (Asked.PASSED, Asked.REFERRED, Asked.NOTHING, Asked.SIGNATURE):
            return
        alone = len([each for each in table.rows[cell.row - 1] if each.text.strip()]) == 1
        if block is None and (label.field not in _TYPED_BELOW if label.field is not None else not alone):
            return
        under = table.below(cell)
        if under is not None and under.text.strip() and not _is_label(under.text):
            return
        if label.asked is Asked.DECISION and label.choice is not None and len(cell.lines) == 1:
            return
        near = around.near(cell)
        self._take(below(cell), cell.where, label, cell.text, block, section, label.choice, near)

    def _take_boxes(self, boxes: Boxes, cell: Cell, around: Around, block: Rows | None, section: int | None) -> None:
        if None in boxes.boxes:
            beside = around.of(cell, self._who)
            field = statement_of(cell.text) or statement_of(around.near(cell))
            if field is not None:
                self._found.append(Found(field, cell.where, _shown(cell.text), boxes))
            elif beside.label is not None:
                near = around.near(cell)
                self._take(boxes, cell.where, beside.label, beside.text, block, section, None, near)
            else:
                self._left.append(Left(cell.where, _shown(cell.text), "what its tick would mean is not clear"))
            return
        label = _of_choice(around.of(cell, self._who).label or self._label(_before(cell.text)), boxes.words, block)
        self._take(boxes, cell.where, label, cell.text, block, section)

    def _read_line(self, line: Line) -> None:
        text = f"{line.number} {line.text}".strip()
        number = self._criteria.number_in(text)
        if number or is_number(text):  # Of another unit where this one has no such criterion.
            self._of_lines = Rows(number, Table(0, ""), 0, 0)
        elif text and ends_rows([text]):
            self._of_lines = None
        block = self._of_lines
        if line.text.strip():
            named = len(line.text) < _LONGEST and whose(line.text) is not None
            self._spoken = line.text if named else self._spoken if _is_label(line.text) else ""
        boxes = blank_lines.boxes_of([line.element])
        if boxes is not None and self._may_fill(boxes):
            field = statement_of(line.text) if None in boxes.boxes else None
            if field is not None:
                self._found.append(Found(field, line.where, _shown(line.text), boxes))
            elif None not in boxes.boxes:
                label = _of_choice(self._label(_before(line.text)) or self._above, boxes.words, block)
                self._take(boxes, line.where, label, line.text, block, None)
            return
        self._above = self._label(line.text.strip()) if line.text.strip() else self._above
        for inner in blank_lines.behind_labels(line.element):
            label = self._label(inner.label)
            if label is not None and self._may_fill(inner.place):
                self._take(inner.place, line.where, label, inner.label, block, None, inner.choice, line.text)

    def _may_fill(self, place: Place) -> bool:
        """Whether the form's protection lets it be filled."""
        parts = place.boxes.values() if isinstance(place, Boxes) else (place,)
        return not self._form.fields_alone or all(isinstance(each, Control | FormField) for each in parts)

    def _read_by_title(self, story: Story) -> None:
        """The controls and fields that no words beside them claimed, by what they are called."""
        places: list[Control | FormField] = [*controls_in(story.root), *form_fields_in(story.root)]
        for place in places:
            taken = any(_holds(each.place, place) for each in self._found)
            if taken or id(place.element) in self._done or not place.title:
                continue
            number = self._criteria.number_in(place.title)
            behind = place.title[len(number) :] if number and place.title.startswith(number) else place.title
            label = self._label(behind.strip(" _-.:")) or self._label(place.title)
            if label is not None and (not isinstance(place, Control) or place.is_blank):
                self._done.add(id(place.element))
                rows = Rows(number, Table(0, story.name), 0, 0) if number else None
                self._take(place, f"the field “{_shown(place.title)}”", label, place.title, rows, None)

    def _take(
        self,
        place: Place,
        where: str,
        label: Label | None,
        text: str,
        block: Rows | None,
        section: int | None,
        words: tuple[str, str] | None = None,
        near: str = "",
    ) -> None:
        """Say what belongs in a place whose label is known, or why it stays empty."""
        if label is None:
            text = text or (f"in the rows of {block.criterion}" if block is not None else "")
            if text:
                self._left.append(Left(where, _shown(text), _NOT_KNOWN))
            return
        if key(text) in self._mapping.labels and self._mapping.labels[key(text)] is None:
            self._left.append(Left(where, _shown(text), _LEFT))
            return
        field = label.field or field_of(label, block is not None, self._who)
        if why := doubt(
            field, label, text, near, self._spoken, in_rows=block is not None, in_section=section is not None
        ):
            self._left.append(Left(where, _shown(text), why))
            return
        if field is not None and (
            (self._is_elsewhere and field not in OF_ALL_UNITS) or (block is not None and not block.criterion)
        ):
            self._left.append(Left(where, _shown(text), _OF_ANOTHER))
            return
        if field is None or (field in OF_CRITERION and block is None):
            self._left.append(Left(where, _shown(text), why_not(label)))
            return
        if field is Field.COMMENTS and label.field is None and section is not None:
            field = Field.SECTION_COMMENTS
        if label.asked in (Asked.PASSED, Asked.REFERRED):
            place = tick_alone(place, Result.PASS if label.asked is Asked.PASSED else Result.REFER)
        if field in _ONCE and (first := next((each for each in self._found if each.field is field), None)) is not None:
            self._left.append(Left(where, _shown(text), f"it is said once, in {first.where}"))
            return
        number = block.criterion if block is not None and field in OF_CRITERION else ""
        of_section = section if field is Field.SECTION_COMMENTS else None
        self._found.append(Found(field, where, _shown(text), place, number, of_section, words or label.choice))

    def _label(self, text: str) -> Label | None:
        """What a label asks for: as the mapping says, else by its words."""
        known = key(text)
        if known in self._mapping.labels:
            self._labels_met.add(known)
            return Label(self._mapping.labels[known], Asked.NOTHING if self._mapping.labels[known] is None else None)
        return label_of(text)


def _holds(place: Place, other: Control | FormField) -> bool:
    if isinstance(place, Boxes):
        return any(_holds(each, other) for each in place.boxes.values())
    return getattr(place, "element", None) is other.element


def _some(names: Iterable[object]) -> str:
    return first_of(sorted(map(str, names), key=sort_key), _MOST_NAMED)


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _of_choice(label: Label | None, words: tuple[str, str], block: Rows | None) -> Label | None:
    """What a choice is about: what the words around it say, or a decision where its own words are those of one; None
    for a Yes or No to anybody knows what."""
    if label is not None and (label.asked is Asked.DECISION or label.field is Field.OUTCOME):
        return label
    if block is not None and not any(map(is_yes_or_no, words)):
        return Label(asked=Asked.DECISION)
    return None


def _is_label(text: str) -> bool:
    return label_of(text.strip()) is not None or label_of(text.partition(":")[0].strip()) is not None


def _before(text: str) -> str:
    """The words before the first box of a text."""
    return re.split(f"[{paragraph.BOXES}]", text)[0].strip(" :\n\t")
