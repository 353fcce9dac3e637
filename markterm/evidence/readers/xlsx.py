"""Excel workbooks by openpyxl: the cells that exist in each sheet as a table, formulas as the values last seen."""

from __future__ import annotations

import datetime
import posixpath
import zipfile
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]  # the library has no types
from openpyxl.packaging.relationship import get_rels_path  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet._reader import WorkSheetParser  # type: ignore[import-untyped]

from markterm.evidence.converted import Converted
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.package import xml_part

SUFFIXES = frozenset({".xlsx", ".xlsm"})

MOST_ROWS = 2_000
MOST_COLUMNS = 60
"""Of a sheet. Only rows and columns with something in them count, wherever they stand."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"

Row = tuple[int, dict[int, str]]
"""The number of a row, from 1, and its filled cells by the number of their column."""


class _Cells(WorkSheetParser):  # type: ignore[misc]  # the library has no types
    """The library's reading of a sheet, row by row, that shows a formula where it has no value."""

    without_value = 0

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell as the library has it."""
        cell: dict[str, Any] = super().parse_cell(element)
        formula = element.findtext(f"{_MAIN}f")
        if cell["value"] is None and formula:
            cell["value"] = f"={formula}"
            self.without_value += 1
        return cell


def read(path: Path) -> Converted:
    """The sheets of `path`, hidden ones too. Raises NotReadable when it is not a workbook."""
    with damage_said("a workbook"), path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
        workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        draft = Draft()
        for sheet in workbook.worksheets:
            _write_sheet(workbook, sheet, archive, draft)
        for chart in workbook.chartsheets:
            draft.at(f"sheet {chart.title}")
            draft.add(f"# {escape_inline(chart.title)}")
            draft.add("*[a sheet that is one chart]*")
        return draft.converted(pages=len(workbook.sheetnames))


def _write_sheet(workbook: Any, sheet: Any, archive: zipfile.ZipFile, draft: Draft) -> None:
    name = " ".join(sheet.title.split())
    is_hidden = sheet.sheet_state != "visible"
    draft.at(f"sheet {name}")
    draft.add(f"# {escape_inline(name)}{' (hidden sheet)' if is_hidden else ''}")
    if is_hidden:
        draft.notes.append(f"Sheet {name} is hidden in the workbook, and shown here.")
    rows = _rows(workbook, sheet, archive, name, draft)
    columns = sorted({column for _, cells in rows for column in cells})
    if len(columns) > MOST_COLUMNS:
        column = get_column_letter(columns[MOST_COLUMNS])
        draft.notes.append(f"Sheet {name} is shown without column {column} and those after it: open it outside.")
    table = [[cells.get(column, "") for column in columns[:MOST_COLUMNS]] for _, cells in rows]
    draft.add_table(table, [f"sheet {name} row {number}" for number, _ in rows])
    if not rows:
        draft.add("*[no cells]*")
    for text in _beside(archive, sheet._worksheet_path):  # the library has no public name for it
        draft.add(f"- {escape_inline(text)}")


def _rows(workbook: Any, sheet: Any, archive: zipfile.ZipFile, name: str, draft: Draft) -> list[Row]:
    """The rows that hold something, as many as are shown."""
    rows: list[Row] = []
    # The library's own rows are padded: one cell in the last row of a sheet makes a million of them. So: its parser.
    with archive.open(sheet._worksheet_path) as source:
        cells = _Cells(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        for number, found in cells.parse():
            filled = {cell["column"]: _shown(cell["value"]) for cell in found if cell["value"] is not None}
            if filled and len(rows) == MOST_ROWS:
                draft.notes.append(f"Sheet {name} is shown without row {number} and those after it: open it outside.")
                break
            if filled:
                rows.append((number, filled))
    if cells.without_value:
        draft.notes.append(f"Sheet {name} has formulas without a value, shown as formulas: {cells.without_value}.")
    return rows


def _shown(value: object) -> str:
    """A cell's value as text: dates as ISO 8601 has them, numbers with the 15 digits that Excel keeps."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00").removesuffix(":00")
    if isinstance(value, datetime.time):
        return value.isoformat().removesuffix(":00")
    return str(value)


def _beside(archive: zipfile.ZipFile, part: str, kinds: Container[str] = ("comments", "drawing")) -> Iterator[str]:
    """What stands on a sheet beside its cells: comments, the words of text boxes and charts, pictures."""
    for kind, target in _related(archive, part):
        root = xml_part(archive, target) if kind in kinds else None
        if root is None:
            continue
        if kind == "comments":
            authors = [author.text or "" for author in root.iter(f"{_MAIN}author")]
            for comment in root.iter(f"{_MAIN}comment"):
                words = " ".join("".join(text.text or "" for text in comment.iter(f"{_MAIN}t")).split())
                author = authors[int(comment.get("authorId", 0))]
                yield f"Comment on {comment.get('ref')} by {author or 'somebody'}: {words}"
        else:
            for paragraph in root.iter(f"{_DRAWING}p"):
                words = " ".join("".join(text.text or "" for text in paragraph.iter(f"{_DRAWING}t")).split())
                if words:
                    yield f"{'On a chart' if kind == 'chart' else 'In a text box'}: {words}"
            for picture in root.iter(f"{_SHEET_DRAWING}pic"):
                facts = picture.find(f"{_SHEET_DRAWING}nvPicPr/{_SHEET_DRAWING}cNvPr")
                words = facts.get("descr") or facts.get("name") or "" if facts is not None else ""
                yield f"[image: {' '.join(words.split()) or 'no description'}]"
            if kind == "drawing":
                yield from _beside(archive, target, ("chart",))


def _related(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """Kind and name of the parts that `part` refers to within the file."""
    root = xml_part(archive, get_rels_path(part))
    for relation in () if root is None else root:
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(posixpath.dirname(part), relation.get("Target", "")))
            yield relation.get("Type", "").rsplit("/", 1)[-1], target.lstrip("/")
