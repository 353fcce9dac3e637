"""A form as a person sees it: lines, and tables of cells that may span rows and columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from markterm.evidence.readers.word.numbering import Numbering
from markterm.evidence.readers.word.styles import Styles
from markterm.evidence.readers.word.xml import Element, attribute, child, children, inside, local, value
from markterm.exports.form.form_file import FormFile
from markterm.exports.form.paragraph import text_of

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "smartTag", "moveTo"})
_WIDEST = 1_000


@dataclass(frozen=True, eq=False)
class Line:
    """A paragraph, with the number that Word shows before it."""

    element: Element
    number: str
    where: str

    @property
    def text(self) -> str:
        """Its letters, without the number."""
        return text_of(self.element)


@dataclass(eq=False)
class Cell:
    """A cell. `table`, `row` and `column` are counted from 1, the column among the cells that the row shows; `left` and
    `right` are columns of the grid, the second not included, and `bottom` is the last row that it spans."""

    element: Element
    table: int
    row: int
    column: int
    left: int
    right: int
    bottom: int
    story: str
    lines: list[Line] = field(default_factory=list)

    @property
    def where(self) -> str:
        """Where it is, for a person."""
        of = f"{self.story}, " if self.story else ""
        return f"{of}table {self.table}, row {self.row}, cell {self.column}"

    @cached_property
    def text(self) -> str:
        """Its letters with the numbers that Word shows, as the form had them when it was opened."""
        return "\n".join(f"{line.number} {line.text}".strip() for line in self.lines)


@dataclass(eq=False)
class Table:
    """A table: its cells by the rows in which they begin."""

    number: int
    story: str
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def cells(self) -> Iterator[Cell]:
        """All of them, row by row."""
        return (cell for row in self.rows for cell in row)

    def row_of(self, cell: Cell) -> list[Cell]:
        """The cells that stand beside it in its first row, itself included, those that began above it too."""
        beside = [each for each in self.cells if each.row <= cell.row <= each.bottom]
        return sorted(beside, key=lambda each: each.left)

    def above(self, cell: Cell) -> list[Cell]:
        """The cells over it, the nearest first."""
        over = [each for each in self.cells if each.bottom < cell.row and each.left <= cell.left < each.right]
        return over[::-1]

    def below(self, cell: Cell) -> Cell | None:
        """The cell right under it, which begins and ends where it does; None where there is none."""
        under = (each for each in self.cells if each.row == cell.bottom + 1)
        return next((each for each in under if (each.left, each.right) == (cell.left, cell.right)), None)


@dataclass(eq=False)
class Story:
    """The document, a header or a footer: its lines and tables in order. Tables are counted in each by itself, those
    inside others too."""

    name: str
    root: Element
    items: list[Line | Table] = field(default_factory=list)

    @property
    def texts(self) -> Iterator[str]:
        """What its lines and cells say."""
        for each in self.items:
            yield from [each.text] if isinstance(each, Line) else (cell.text for cell in each.cells)

    @property
    def tables(self) -> Iterator[Table]:
        """Its tables."""
        return (each for each in self.items if isinstance(each, Table))


def stories_of(form: FormFile) -> tuple[Story, ...]:
    """All that is seen of a form: the document first."""
    styles, numbering = (
        form.office.root(part) if part else None
        for part in (
            next((each.target for each in form.office.related(form.main, kind)), "") for kind in ("styles", "numbering")
        )
    )
    counted = Numbering(numbering, Styles(styles))
    return tuple(
        _Reading("" if name == form.main else PurePosixPath(name).stem, root, counted).story()
        for name, root in form.roots.items()
    )


class _Reading:
    def __init__(self, name: str, root: Element, counted: Numbering) -> None:
        self._story = Story(name, root)
        self._counted = counted
        self._tables = self._lines = 0

    def story(self) -> Story:
        root = self._story.root
        self._blocks(root if local(root) != "document" else child(root, "body"))
        return self._story

    def _blocks(self, holder: Element) -> None:
        for each in _unwrapped(holder):
            if local(each) == "p":
                self._lines += 1
                self._story.items.append(self._line(each, f"paragraph {self._lines}"))
            elif local(each) == "tbl":
                self._table(each)

    def _line(self, element: Element, where: str) -> Line:
        properties = child(element, "pPr")
        label = self._counted.label(properties, value(properties, "pStyle"))
        of = f"{self._story.name}, " if self._story.name else ""
        return Line(element, "" if label is None or label.text == "-" else label.text, f"{of}{where}")

    def _table(self, element: Element) -> None:
        self._tables += 1
        table = Table(self._tables, self._story.name)
        self._story.items.append(table)
        open_cells: dict[int, Cell] = {}
        for number, row in enumerate((each for each in _unwrapped(element) if local(each) == "tr"), start=1):
            table.rows.append([])
            left = _number(value(child(row, "trPr"), "gridBefore"), 0)
            cells = (each for each in _unwrapped(row) if local(each) == "tc")
            for shown, each in enumerate(cells, start=1):
                properties = child(each, "tcPr")
                right = left + min(max(_number(value(properties, "gridSpan"), 1), 1), _WIDEST)
                merged = child(properties, "vMerge")
                if merged is not None and attribute(merged, "val") != "restart" and left in open_cells:
                    open_cells[left].bottom = number
                else:
                    cell = Cell(each, table.number, number, shown, left, right, number, self._story.name)
                    table.rows[-1].append(cell)
                    open_cells.pop(left, None)
                    if merged is not None:
                        open_cells[left] = cell
                    self._fill(cell)
                left = right

    def _fill(self, cell: Cell) -> None:
        for each in _unwrapped(cell.element):
            if local(each) == "p":
                cell.lines.append(self._line(each, cell.where.removeprefix(f"{self._story.name}, ")))
            elif local(each) == "tbl":
                self._table(each)


def in_text_boxes(story: Story) -> Iterator[str]:
    """The texts of the text boxes of a story, each once: Word writes them twice, for itself and for older versions."""
    seen = set()
    for box in inside(story.root, "txbxContent"):
        text = "\n".join(text_of(each) for each in children(box, "p")).strip()
        if text and text not in seen:
            seen.add(text)
            yield text


def _unwrapped(holder: Element | None) -> Iterator[Element]:
    """The children, those that stand in controls and tracked insertions among them."""
    for each in () if holder is None else holder.iterchildren():
        if local(each) in _WRAPPERS:
            yield from _unwrapped(each)
        else:
            yield each


def _number(text: str, otherwise: int) -> int:
    try:
        return int(text)
    except ValueError:
        return otherwise
