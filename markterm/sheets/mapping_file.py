"""The mapping of a unit, `mark_sheets/mappings/*.md`: a table of its criteria and the statements that they cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping
from markterm.domain.assessed.standard import statement_link
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.finding import Finding
from markterm.sheets.codes import found, in_order, short
from markterm.sheets.front_matter import FrontMatter, Part, Span, value_text
from markterm.sheets.kinds import MAPPING
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_body import SheetBody, content_of, lines_of, title_heading
from markterm.sheets.sheet_parts import SheetWriter
from markterm.sheets.sheet_reading import OpenedSheet, open_sheet

COLUMNS = ("Criterion", "Statement", "Covers", "Note")
_KEYS = ("version", "title")
_COVERS = ", ".join(f"`{strength}`" for strength in Strength)


@dataclass(frozen=True, slots=True)
class MappingReading(SheetReading[UnitMapping]):
    """What a mapping says, and the file that it is in."""

    file: Path | None = field(default=None, repr=False, compare=False)


def read_mapping(text: str, file: Path | None = None) -> MappingReading:
    """The mapping in `text`, as far as it can be read, and what is wrong with the sheet. Never raises."""
    opened = open_sheet(MAPPING, text, file, _KEYS)
    if not isinstance(opened, OpenedSheet):
        return MappingReading(None, opened, text)
    version, title = (opened.fields.text(key) for key in _KEYS)
    body = _Body(opened.front, title_heading(opened.name, title), file)
    body.read()
    mapping = UnitMapping(opened.name, version, title, body.guidance(), tuple(body.mapped))
    findings = opened.findings(body.findings)
    return MappingReading(mapping if opened.says_which else None, findings, text, body.places, file)


def fit_mapping(reading: MappingReading, units: Mapping[str, Unit]) -> MappingReading:
    """The same reading, with what does not fit the sheet of its unit, by code, among its findings."""
    if reading.sheet is None:
        return reading
    misfits = _misfits(reading.sheet, units, reading.places, reading.file)
    return replace(reading, findings=in_order([*reading.findings, *misfits]))


def _misfits(
    mapping: UnitMapping, units: Mapping[str, Unit], places: Mapping[Part, Span], file: Path | None
) -> Iterator[Finding]:
    unit = units.get(mapping.unit)
    if unit is None:
        message = f"There is no unit {short(mapping.unit)} here: correct the code, or put its mark sheet into units."
        yield found("MS090", message, file, places["front", "unit"][0])
        return
    if mapping.version not in ("", unit.version):
        return
    for mapped in mapping.mapped:
        if unit.criterion(mapped.criterion) is None:
            message = f"{unit.code} has no criterion {short(mapped.criterion)}: correct the number."
            yield found("MS090", message, file, places[_row_part(mapped)][0])


def _row_part(mapped: Mapped) -> Part:
    return "row", mapped.criterion, str(mapped.link)


class _Body(SheetBody):
    """The body of a mapping."""

    def __init__(self, front: FrontMatter, title: str, file: Path | None) -> None:
        super().__init__(front, title, file)
        self.mapped: list[Mapped] = []

    def read(self) -> None:
        has_table = False
        for node in self._blocks():
            if node.type == "heading":
                self._take_title(node)
            elif node.type == "table" and self._is_ours(node):
                has_table = True
                self._table(node)
            elif node.type == "paragraph" and content_of(node).startswith("|"):
                message = f"`{short(content_of(node))}` is in no table: delete an empty line above, or mend its head."
                self._report("MS095", message, lines_of(node)[0])
        self._report_comments()
        if not has_table and not self.findings:
            self._report("MS097", f"The mapping has no table: begin one with `| {' | '.join(COLUMNS)} |`.", None)

    def _is_ours(self, table: SyntaxTreeNode) -> bool:
        head = [content_of(cell).strip().lower() for cell in table.children[0].children[0].children]
        return head[:2] == [column.lower() for column in COLUMNS[:2]]

    def _table(self, table: SyntaxTreeNode) -> None:
        head = [content_of(cell).strip().lower() for cell in table.children[0].children[0].children]
        first = lines_of(table)[0]
        self._is_not_free(lines_of(table))
        self.places.setdefault(("columns",), (first, first + 1))
        for row in table.children[1].children if len(table.children) > 1 else ():
            cells = dict(zip(head, (content_of(cell).strip() for cell in row.children), strict=False))
            self._row(cells, lines_of(row)[0])

    def _row(self, cells: Mapping[str, str], line: int) -> None:
        criterion, text = cells.get("criterion", ""), cells.get("statement", "")
        link = statement_link(text)
        covers = cells.get("covers", "").lower() or Strength.FULLY.value
        if not criterion or link is None:
            message = f"`{short(criterion)} | {short(text)}` names no pair: write `1.1` and `CODE K14`."
            self._report("MS095", message, line)
        elif covers not in list(Strength):
            self._report("MS095", f"`{short(covers)}` is not how far it covers: write one of {_COVERS}.", line)
        else:
            self._take_pair(Mapped(criterion, link, Strength(covers), cells.get("note", "")), line)

    def _take_pair(self, mapped: Mapped, line: int) -> None:
        part = _row_part(mapped)
        if part in self.places:
            first = self.places[part][0]
            message = f"{mapped.criterion} and {mapped.link} are already on line {first}: delete one of the two."
            self._report("MS096", message, line)
            return
        self.places[part] = (line, line)
        self.mapped.append(mapped)


def rewrite_mapping(reading: MappingReading, mapping: UnitMapping) -> str:
    """The mapping of `reading` changed to say `mapping`, with every line that need not change kept byte for byte: a row
    that is wider than the table was is written wider, and the others stay as wide as they are. Raises `WrongUse`."""
    widths = _widths(reading.sheet) if reading.sheet is not None else None
    return replace(MAPPING_WRITER, parts=lambda each: _parts(each, widths)).rewrite(reading, mapping)


def _parts(mapping: UnitMapping, widths: Sequence[int] | None = None) -> dict[Part, str]:
    """Every part of the sheet with the lines that say it, in order."""
    parts: dict[Part, str] = {("fence", "open"): "---", ("front", "kind"): "kind: mapping"}
    for key, value in {"unit": mapping.unit, "version": mapping.version, "title": mapping.title}.items():
        if value:
            parts["front", key] = f"{key}: {value_text(value)}"
    parts["fence", "close"] = "---"
    parts["title",] = title_heading(mapping.unit, mapping.title)
    if mapping.overview:
        parts["guidance",] = mapping.overview
    widths = widths or _widths(mapping)
    parts["columns",] = f"{_line(COLUMNS, widths)}\n|{'|'.join('-' * (width + 2) for width in widths)}|"
    for mapped in mapping.mapped:
        parts[_row_part(mapped)] = _line(_cells(mapped), widths)
    return parts


def _widths(mapping: UnitMapping) -> list[int]:
    rows = (COLUMNS, *map(_cells, mapping.mapped))
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def _cells(mapped: Mapped) -> tuple[str, ...]:
    return mapped.criterion, str(mapped.link), mapped.strength.value, mapped.note.replace("|", "\\|")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"


MAPPING_WRITER = SheetWriter(
    MAPPING, _parts, "Give it the code of its unit, and each pair once, with a note of one line."
)
"""Writes mappings; one in which a pair stands twice, for one, cannot be written."""
