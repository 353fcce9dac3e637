"""OpenDocument spreadsheets: each sheet as a table whose rows have places, with what stands beside its cells."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from markterm.evidence.converted import Converted
from markterm.evidence.readers.draft import Draft
from markterm.evidence.readers.escape import escape_inline, markdown_table
from markterm.evidence.readers.markup import markdown_of
from markterm.evidence.readers.odf.cells import cell_text, value_of
from markterm.evidence.readers.odf.document import (
    Element,
    OpenDocument,
    attribute,
    count,
    long,
    name,
    own_words,
    within,
    words_of,
)
from markterm.evidence.readers.odf.styles import Styles
from markterm.evidence.readers.odf.text import OdfText
from markterm.evidence.readers.sheet import MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, column_name, some

_LAST_COLUMN = 20_000
_MARGINS = (
    "style:header",
    "style:header-first",
    "style:header-left",
    "style:footer",
    "style:footer-first",
    "style:footer-left",
)
_ROW_GROUPS = frozenset({"table:table-rows", "table:table-row-group", "table:table-header-rows"})
_COLUMN_GROUPS = frozenset({"table:table-columns", "table:table-column-group", "table:table-header-columns"})


def converted(document: OpenDocument) -> Converted:
    """The sheets of `document`, hidden ones too. Raises NotReadable."""
    draft = Draft(list(document.notes))
    styles = Styles(document)
    text = OdfText(document, secrets.token_hex(8))
    sheets = [child for child in document.body if name(child) == "table:table"]
    room = MOST_LETTERS
    for element in sheets:
        sheet = _Sheet(element, styles, text, draft, room)
        sheet.write()
        room = sheet.room
    fields = text.unplaced_fields()
    beside = f"{fields}{text.ends()}"
    if beside:
        draft.at("beside the sheets")
        draft.add(markdown_of(beside)[0])
    _write_margins(document, text, draft)
    deleted = sum(1 for _ in within(document.body, "table:deletion"))
    if deleted:
        draft.notes.append(f"Cells that were deleted with changes tracked, and are not shown: {deleted}.")
    draft.notes.extend(text.notes())
    return draft.converted(pages=len(sheets), attachments=text.attached)


@dataclass(slots=True)
class _Sheet:
    """One sheet as it is read, row by row."""

    element: Element
    styles: Styles
    text: OdfText
    draft: Draft
    room: int
    """How many letters there is still room for."""
    hidden_columns: set[int] = field(default_factory=set)
    column_styles: list[str] = field(default_factory=list)
    """Of the columns from the first on, as far as any has one."""
    hidden_rows: list[int] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    without_value: int = 0

    def write(self) -> None:
        """The sheet as a heading and a table, and under it what stands beside the cells."""
        sheet = " ".join(attribute(self.element, "table:name").split())
        style = attribute(self.element, "table:style-name")
        is_hidden = self.styles.value("table", style, "style:table-properties", "table:display") == "false"
        draft = self.draft
        draft.at(f"sheet {sheet}")
        draft.add(f"# {escape_inline(sheet)}{' (hidden sheet)' if is_hidden else ''}")
        if is_hidden:
            draft.notes.append(f"Sheet {sheet} is hidden in the workbook, and shown here.")
        self._look_at_columns()
        rows = self._rows(sheet)
        self.drawn.extend(self.text.blocks(part) for part in self.element if name(part) == "table:shapes")
        columns = sorted({column for _, cells in rows for column in cells})
        if len(columns) > MOST_COLUMNS:
            beyond = column_name(columns[MOST_COLUMNS])
            draft.notes.append(f"Sheet {sheet} is shown without column {beyond} and those after it: open it outside.")
        columns = columns[:MOST_COLUMNS]
        for number, (row, _) in enumerate(rows):
            draft.at(f"sheet {sheet} row {row}", number + 1 if number else 0)
        draft.add(markdown_table([[cells.get(column, "") for column in columns] for _, cells in rows], header=True))
        if not rows:
            draft.add("*[no cells]*")
        if rows and (self.comments or any(self.drawn)):
            draft.at(f"sheet {sheet}")
        for comment in self.comments:
            draft.add(f"- {comment}")
        draft.add(markdown_of("".join(self.drawn))[0].strip("\n") if any(self.drawn) else "")
        self._say_hidden(sheet, columns)
        if self.without_value:
            draft.notes.append(f"Sheet {sheet} has formulas without a value, shown as formulas: {self.without_value}.")

    def _say_hidden(self, sheet: str, columns: list[int]) -> None:
        if self.hidden_rows:
            said = some([str(row) for row in self.hidden_rows])
            self.draft.notes.append(f"Sheet {sheet} has hidden rows, shown here: {said}.")
        if hidden := [column_name(column) for column in columns if column in self.hidden_columns]:
            self.draft.notes.append(f"Sheet {sheet} has hidden columns, shown here: {some(hidden)}.")

    def _look_at_columns(self) -> None:
        column = 1
        for element in _flattened(self.element, "table:table-column", _COLUMN_GROUPS):
            times = count(element, "table:number-columns-repeated")
            if attribute(element, "table:visibility") in ("collapse", "filter"):
                self.hidden_columns.update(range(column, column + min(times, _LAST_COLUMN)))
            style = attribute(element, "table:default-cell-style-name")
            self.column_styles += [style] * min(times, _LAST_COLUMN - len(self.column_styles))
            column += times

    def _rows(self, sheet: str) -> list[tuple[int, dict[int, str]]]:
        """The rows that hold something, as many as are shown."""
        rows: list[tuple[int, dict[int, str]]] = []
        number = 1
        for element in _flattened(self.element, "table:table-row", _ROW_GROUPS):
            times = count(element, "table:number-rows-repeated")
            cells = self._cells(element, number)
            if cells:
                letters = sum(map(len, cells.values()))
                room = min(MOST_ROWS - len(rows), self.room // letters)
                self.room -= letters * min(times, room)
                is_hidden = attribute(element, "table:visibility") in ("collapse", "filter")
                for row in range(number, number + min(times, room)):
                    rows.append((row, cells))
                    if is_hidden:
                        self.hidden_rows.append(row)
                if times > room:
                    beyond = number + room
                    self.draft.notes.append(
                        f"Sheet {sheet} is shown without row {beyond} and those after it: open it outside."
                    )
                    break
            number += times
        return rows

    def _cells(self, row: Element, number: int) -> dict[int, str]:
        filled: dict[int, str] = {}
        column = 1
        for cell in row:
            if name(cell) not in ("table:table-cell", "table:covered-table-cell"):
                continue
            times = count(cell, "table:number-columns-repeated")
            if len(cell) or cell.attrib:
                self._look_beside(cell, f"{column_name(column)}{number}")
                style = self.column_styles[column - 1] if column <= len(self.column_styles) else ""
                words = cell_text(cell, self.styles, style)
                if not words:
                    words = escape_inline(value_of(cell))
                    if not words and (formula := attribute(cell, "table:formula")):
                        words = escape_inline("=" + formula.partition(":=")[2] or formula)
                        self.without_value += 1
                if words:
                    filled.update(dict.fromkeys(range(column, column + min(times, MOST_COLUMNS + 1)), words))
            column += times
        return filled

    def _look_beside(self, cell: Element, place: str) -> None:
        """What a cell carries beside its words: comments, and what is drawn at it."""
        for child in cell:
            kind = name(child)
            if kind == "office:annotation":
                author = " ".join(child.findtext(long("dc:creator"), "").split()) or "somebody"
                words = " ".join(words_of(part) for part in child if name(part) in ("text:p", "text:list"))
                self.comments.append(f"Comment on {place} by {escape_inline(author)}: {escape_inline(words)}")
            elif kind not in ("text:p", "text:h", "text:list", "table:detective", "table:cell-range-source"):
                self.drawn.append(self.text.blocks((child,)))


def _flattened(element: Element, wanted: str, groups: frozenset[str]) -> Iterator[Element]:
    for child in element:
        kind = name(child)
        if kind == wanted:
            yield child
        elif kind in groups:
            yield from _flattened(child, wanted, groups)


def _write_margins(document: OpenDocument, text: OdfText, draft: Draft) -> None:
    """What is printed at the top and bottom of the pages, each once, where more than numbers of pages is."""
    pages = text.of_pages(document)
    said: list[str] = []
    for page in within(document.styles, "style:master-page"):
        for part in within(page, *_MARGINS):
            if attribute(part, "style:display") == "false" or not own_words(part):
                continue
            label = "Header" if "header" in name(part) else "Footer"
            said.extend(
                f"<p>[{label.lower()}] {words}</p>" for line in within(part, "text:p") if (words := pages.words(line))
            )
    if said:
        draft.at("headers and footers")
        draft.add(markdown_of("".join(dict.fromkeys(said)))[0])
