"""CSV and TSV files: one table. What looks like a formula is text like any other."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from markterm.domain.words.errors import Unreadable
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.readers.draft import Draft
from markterm.evidence.text_file import LARGEST, EvidenceText, read_evidence

MOST_ROWS = 20_000
MOST_COLUMNS = 200
# The library guesses by expressions whose time grows with the square of the sample.
_SAMPLE = 4 * 1024
_SAID = re.compile(r"sep=([^\n])\n", re.IGNORECASE)
_DIVIDERS = ",;\t|"
# A quotation mark that nobody closed makes one cell of all that follows: that is shown, not refused.
csv.field_size_limit(LARGEST)


def read(path: Path) -> Converted:
    """The rows of `path` that are not empty, the first as header. Raises NotReadable when it is no text."""
    text = _text(path)
    draft = Draft()
    if text.encoding_note:
        draft.notes.append(text.encoding_note)
    if text.replaced:
        draft.notes.append(f"Control or invisible characters that stand as visible signs: {text.replaced}.")
    rows = list(islice(_rows(text.text), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        rows.pop()
        draft.notes.append(f"Only the first {MOST_ROWS:,} rows are shown; open the file outside to see the others.")
    if any(len(row) > MOST_COLUMNS for _, row in rows):
        draft.notes.append(f"Only the first {MOST_COLUMNS} columns are shown; open the file outside to see the others.")
    draft.add_table([row[:MOST_COLUMNS] for _, row in rows], [f"line {line}" for line, _ in rows])
    return draft.converted()


def _text(path: Path) -> EvidenceText:
    try:
        return read_evidence(EvidenceFile("It", path, 0, 0, EvidenceKind.TEXT))
    except Unreadable as error:
        raise NotReadable(error.what) from error


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of the line where it begins."""
    said = _SAID.match(text)  # To Excel, and not by the learner.
    stream = io.StringIO(text[said.end() :] if said else text, newline="")
    reader = csv.reader(stream, delimiter=said[1] if said else _divider(text[:_SAMPLE]))
    line = before = 2 if said else 1
    for row in reader:
        if any(row):
            yield line, row
        line = reader.line_num + before


def _divider(sample: str) -> str:
    try:
        return csv.Sniffer().sniff(sample, _DIVIDERS).delimiter
    except csv.Error:
        return ","  # one column, or nothing to go by
