"""Excel workbooks: the cells that hold something, as they were shown, and what stands beside them on each sheet.

The parts are read here and not by a library: those that there are give up a whole workbook for one odd style, leave out
what is drawn, linked and ticked, and tell values and not what people saw.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.embedded import Embedded
from markterm.evidence.readers.escape import escape_inline, escape_line_start, link, markdown_table, struck
from markterm.evidence.readers.office import OfficeFile, Relation, is_on
from markterm.evidence.readers.sheet import MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, column_name, some
from markterm.evidence.readers.xlsx.cells import Book, Cells, place_of, read_cells
from markterm.evidence.readers.xlsx.comments import sheet_comments
from markterm.evidence.readers.xlsx.controls import sheet_controls
from markterm.evidence.readers.xlsx.drawings import drawn, objects
from markterm.evidence.readers.xlsx.rich_values import cell_pictures
from markterm.evidence.readers.xlsx.rules import rule_formats
from markterm.evidence.readers.xlsx.styles import styles
from markterm.evidence.readers.xlsx.texts import STRUCK, UNSTRUCK, shared_strings

_STRUCK = re.compile(f"{STRUCK}(.*?){UNSTRUCK}", re.DOTALL)
_KINDS = {"chartsheet": "a sheet that is one chart", "dialogsheet": "a sheet that is a dialog"}


@dataclass(slots=True)
class Sheet:
    """A sheet of a workbook; `relation` is None where its part is not there."""

    name: str
    is_hidden: bool
    relation: Relation | None
    cells: Cells = field(default_factory=Cells)


def read(path: Path) -> Converted:
    """The sheets of `path`, hidden ones too. Raises NotReadable when it is not a workbook."""
    with damage_said("a workbook"), path.open("rb") as stream:
        office = OfficeFile(stream)
        main = office.main("a workbook")
        workbook = office.root(main)
        sheets = [] if workbook is None else list(sheets_of(office, main, workbook))
        if workbook is None or not sheets:
            raise NotReadable("This is not a workbook, or one without sheets.")
        book = book_of(office, main, workbook)
        room = MOST_LETTERS
        for sheet in sheets:
            if sheet.relation is not None:
                sheet.cells = read_cells(office, sheet.relation.target, book, MOST_ROWS, room)
                room -= sheet.cells.size
        draft = Draft()
        writer = _Writer(office, main, sheets, _names(workbook), draft, Embedded(office))
        for sheet in sheets:
            writer.write(sheet)
        writer.write_other_books()
        draft.notes.extend((*office.notes, *writer.embedded.attached.notes()))
        return draft.converted(pages=len(sheets), attachments=writer.embedded.attached.files)


def book_of(office: OfficeFile, main: str, workbook: Any) -> Book:
    """What the cells of all sheets of a workbook share."""
    book = Book(from_1904=any(is_on(each.get("date1904")) for each in workbook.iterfind("{*}workbookPr")))
    book.pictures = cell_pictures(office, main)
    for relation in office.related(main, "sharedStrings"):
        book.strings = shared_strings(office, relation.target)
    for relation in office.related(main, "styles"):
        root = office.root(relation.target)
        book.styles, book.rule_formats = styles(root), rule_formats(root)
    return book


def sheets_of(office: OfficeFile, main: str, workbook: Any) -> Iterator[Sheet]:
    """The sheets of a workbook in their order, hidden ones too; what is in them is not read yet."""
    for element in workbook.iterfind("{*}sheets/{*}sheet"):
        # Excel's first versions of the format had other names for the space of its ids.
        relation = office.target(main, next((value for key, value in element.items() if key.endswith("}id")), ""))
        there = relation is not None and not relation.external and office.has(relation.target)
        name = " ".join((element.get("name") or "").split())
        yield Sheet(name, element.get("state", "visible") != "visible", relation if there else None)


def _names(workbook: Any) -> Mapping[str, str]:
    """What the names of a workbook stand for."""
    names = workbook.iterfind("{*}definedNames/{*}definedName")
    return {(each.get("name") or "").lower(): each.text or "" for each in names}


@dataclass(slots=True)
class _Writer:
    office: OfficeFile
    main: str
    sheets: list[Sheet]
    names: Mapping[str, str]
    draft: Draft
    embedded: Embedded

    def write(self, sheet: Sheet) -> None:
        """A sheet: its name, its cells, and what stands beside them."""
        draft = self.draft
        draft.at(f"sheet {sheet.name}")
        draft.add(f"# {escape_inline(sheet.name)}{' (hidden sheet)' if sheet.is_hidden else ''}")
        if sheet.is_hidden:
            draft.notes.append(f"Sheet {sheet.name} is hidden in the workbook, and shown here.")
        if sheet.relation is None:
            draft.add("*[this sheet is not in the file]*")
            draft.notes.append(f"Sheet {sheet.name} is named in the workbook, and is not in the file.")
            return
        kind = _KINDS.get(sheet.relation.kind)
        if kind:
            draft.add(f"*[{kind}]*")
        elif sheet.cells.rows:
            self._write_cells(sheet)
        else:
            draft.add("*[no cells]*")
        self._write_beside(sheet, sheet.relation.target)
        _note_cells(sheet, draft)

    def _write_cells(self, sheet: Sheet) -> None:
        cells = sheet.cells
        columns = cells.columns[:MOST_COLUMNS]
        rows = []
        for number, (place, filled) in enumerate(sorted(cells.rows.items())):
            # A line that is not in the file stands under the header.
            self.draft.at(f"sheet {sheet.name} row {place}", number + 1 if number else 0)
            rows.append([_linked(filled.get(column, ""), cells.links.get((place, column), "")) for column in columns])
        self.draft.add(markdown_table(rows, header=True))

    def _write_beside(self, sheet: Sheet, part: str) -> None:
        draft = self.draft
        controls = list(sheet_controls(self.office, part, sheet.cells, lambda where: self._entries(where, sheet)))
        beside = [(place, f"- {escape_inline(words)}") for place, words in self._comments(part)]
        beside += [(control.row, f"- {escape_line_start(escape_inline(control.said))}") for control in controls]
        numbers = {*sheet.cells.controls, *(control.shape for control in controls)}
        beside += list(drawn(self.office, part, f"sheet {sheet.name}", numbers))
        beside += [(0, f"- {said}") for said in objects(self.office, part, sheet.cells.objects, self.embedded)]
        prompts = sheet.cells.rules.prompts.items()
        beside += [(0, f"- [prompt on {where}: {escape_inline(words)}]") for words, where in prompts]
        beside += [(0, f"- In the {where}: {escape_inline(words)}") for where, words in sheet.cells.ends]
        # Blocks of one line each are one list.
        lines: list[str] = []
        for place, block in beside:
            if "\n" in block:
                draft.add("\n".join(lines))
                lines = []
                draft.add(block)
                continue
            draft.at(f"sheet {sheet.name}{f' row {place}' if place else ''}", len(lines))
            lines.append(block)
        draft.add("\n".join(lines))

    def _comments(self, part: str) -> Iterator[tuple[int, str]]:
        for comment in sheet_comments(self.office, part, self.main):
            at = place_of(comment.cell)
            yield at[0] if at else 0, comment.said

    def _entries(self, reference: str, own: Sheet) -> list[str]:
        """The words of the cells of a reference such as `Lists!$A$1:$A$9`, or of a name for one."""
        reference = self.names.get(reference.strip().lower(), reference)
        name, _, where = reference.rpartition("!")
        name = name.strip("'").replace("''", "'")
        sheet = next((each for each in self.sheets if each.name == name), own)
        first, _, last = where.partition(":")
        begin, end = place_of(first), place_of(last or first)
        if begin is None or end is None:
            return []
        return [
            sheet.cells.shown(row, column)
            for row in range(begin[0], min(end[0], begin[0] + MOST_ROWS) + 1)
            for column in range(begin[1], min(end[1], begin[1] + MOST_COLUMNS) + 1)
        ]

    def write_other_books(self) -> None:
        """Note which other workbooks this one refers to."""
        others = [
            posixpath.basename(unquote(there.target).replace("\\", "/"))
            for relation in self.office.related(self.main, "externalLink")
            for there in self.office.related(relation.target, "externalLinkPath")
        ]
        if others:
            self.draft.notes.append(f"It takes values from other files, which are not opened: {some(others)}.")


def _linked(text: str, address: str) -> str:
    """A cell as Markdown, with where it leads."""
    shown = " ".join((link(text, address) if address and text else escape_inline(text)).split())
    return _STRUCK.sub(lambda found: struck(found[1]), shown) if STRUCK in shown else shown


def _note_cells(sheet: Sheet, draft: Draft) -> None:
    cells, name = sheet.cells, sheet.name
    columns = cells.columns
    if sheet.relation is not None and sheet.relation.kind not in _KINDS and not cells.is_known:
        draft.notes.append(f"Sheet {name} is damaged, or in a form that MarkTerm does not know: open it outside.")
    if cells.first_left_out is not None:
        said = f"row {cells.first_left_out} and those after it"
        draft.notes.append(f"Sheet {name} is shown without {said}: open it outside.")
    if len(columns) > MOST_COLUMNS:
        said = f"column {column_name(columns[MOST_COLUMNS])} and those after it"
        draft.notes.append(f"Sheet {name} is shown without {said}: open it outside.")
    if cells.without_value:
        draft.notes.append(f"Sheet {name} has formulas without a value, shown as formulas: {cells.without_value}.")
    if cells.lost:
        draft.notes.append(f"Sheet {name} has cells whose text is not in the file: {cells.lost}.")
    if cells.unshown:
        draft.notes.append(f"Sheet {name} has cells whose format shows nothing, shown here: {cells.unshown}.")
    if cells.rules.changed:
        where = some(list(cells.rules.changed))
        draft.notes.append(f"Sheet {name} has rules that show icons or other words in place of values: {where}.")
    if cells.hidden_rows:
        draft.notes.append(f"Sheet {name} has hidden rows, shown here: {some(sorted(cells.hidden_rows))}.")
    hidden = [column for column in columns if any(column in span for span in cells.hidden_columns)]
    if hidden:
        draft.notes.append(
            f"Sheet {name} has hidden columns, shown here: {some([column_name(column) for column in hidden])}."
        )
