"""The rows of a register, as a person sees them in a spreadsheet or a text of columns, read when they are asked for."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice, starmap
from pathlib import Path
from typing import NamedTuple

from markterm.domain.words.errors import Unreadable

MOST_ROWS = 100_000
MOST_BYTES = 64 * 1024 * 1024
_DIVIDERS = "\t;,|"
_SAID = re.compile(r"sep=([^\n])\r?\n", re.IGNORECASE)
_BEGINNING = 20
"""So many lines tell which sign divides the columns."""


class Row(NamedTuple):
    """A line with its number, as the file counts them, and whether a workbook hides it."""

    number: int
    cells: list[str]
    is_hidden: bool = False


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of the register `path`, a workbook or a text of columns, empty ones left out.

    Raises `Unreadable` when it is neither, or larger than any register.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(
            "The register cannot be read",
            f"The system said: {error.strerror or error}.",
            "Give the file's name as it is, or a file that you may read.",
            file=path,
        ) from error
    if len(data) > MOST_BYTES:
        raise Unreadable(
            "Larger than any register",
            f"It has more than {MOST_BYTES // 1024 // 1024} MB.",
            "Save the sheet with the learners alone, and give that.",
            file=path,
        )
    rows = _workbook(path) if data.startswith(b"PK\3\4") else _text(data, path)
    for count, row in enumerate(rows):
        if count == MOST_ROWS:
            raise Unreadable(
                "More lines than any register",
                f"It has more than {MOST_ROWS:,} lines. Nothing was taken.",
                "Give it in parts.",
                file=path,
            )
        yield row


def _text(data: bytes, path: Path) -> Iterator[Row]:
    from markterm.evidence.charset import decoded

    # An older Mac ends lines so, and Excel there writes "CSV (Macintosh)" to this day.
    found = decoded(data, "macintosh" if b"\r" in data and b"\n" not in data else "")
    if "\0" in found.text or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "Not a register",
            "It is neither a workbook (XLSX) nor text in columns (CSV).",
            "Save it as CSV or XLSX in the program that it came from, and give that.",
            file=path,
        )
    said = _SAID.match(found.text)  # What Excel writes for itself.
    text = found.text[said.end() :] if said else found.text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=said[1] if said else _divider(text))
    begins = line = 2 if said else 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)
            line = reader.line_num + begins
    except csv.Error as error:
        raise Unreadable(
            "The register cannot be read on",
            f"A cell begins in line {line} and does not end where it could: {error}.",
            "Look at the quotation marks there, and mend them.",
            file=path,
            line=line,
        ) from error


def _divider(text: str) -> str:
    """The sign that divides the columns: the one that most of the first lines have, and most often."""
    lines = [line for line in islice(io.StringIO(text), _BEGINNING) if line.strip()]
    return max(
        _DIVIDERS, key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines))
    )


def _workbook(path: Path) -> Iterator[Row]:
    from lxml import etree  # type: ignore[import-untyped]  # the library has no types

    from markterm.evidence.conversion.zip_check import check_zip
    from markterm.evidence.converted import NotReadable
    from markterm.evidence.readers.xlsx.sheet_rows import sheet_rows

    try:
        check_zip(path)
        yield from starmap(Row, sheet_rows(path, MOST_ROWS + 1))
    except (NotReadable, zipfile.BadZipFile, etree.LxmlError, ValueError, KeyError, OSError) as error:
        what = str(error) if isinstance(error, NotReadable) else "It is damaged, or no workbook."
        raise Unreadable(
            "The workbook cannot be read",
            what,
            "Open it in the program that it came from, save it as XLSX or CSV, and give that.",
            file=path,
        ) from error
