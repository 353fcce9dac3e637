"""Rich text files: paragraphs, tables, forms, notes, comments, text boxes and files inside, read from their tokens."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

from markterm.evidence.converted import Converted, NotReadable, Place
from markterm.evidence.readers.rtf.flow import Table
from markterm.evidence.readers.rtf.reading import Reading
from markterm.evidence.readers.rtf.words import take

# Some programs leave out the heading, and write the paragraphs alone.
_BEGINNING = re.compile(rb"\{\s*\\(?:rtf|pard|trowd)(?![a-z])")
_LARGEST = 100 * 1024 * 1024


def read(path: Path) -> Converted:
    """The text of `path`, its paragraphs and tables counted as places. Raises NotReadable."""
    if path.stat().st_size > _LARGEST:
        raise NotReadable(f"It is larger than {_LARGEST // 1024 // 1024} MB.")
    data = path.read_bytes().lstrip(b"\xef\xbb\xbf\0 \t\r\n")
    if not _BEGINNING.match(data):
        raise NotReadable("It is named like a rich text file, and holds something else.")
    reading = Reading(data, take)
    blocks, notes = reading.read(), reading.notes()
    lines: list[str] = []
    places: list[Place] = []
    counts = {"paragraph": 0, "table": 0}
    for block in blocks:
        if markdown := block.markdown():
            kind = "table" if isinstance(block, Table) else "paragraph"
            counts[kind] += 1
            places.append(Place(len(lines), f"{kind} {counts[kind]}"))
            lines.extend(chain(markdown.split("\n"), ("",)))
    if not lines and not notes:
        notes.append("There is no text in it.")
    return Converted("\n".join(lines), tuple(places), tuple(notes), attachments=tuple(reading.attached.files))
