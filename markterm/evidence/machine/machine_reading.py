"""What a machine read in the pictures of a learner's file, and how it becomes a part of its text.

It stands at the end of the text, whatever page it is from: no line of what a person wrote has another number for it,
on a machine that reads pictures or one that does not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from markterm.domain.record.machine_read import MachineRead, Region, read_by_machine
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.converted import Converted, Place
from markterm.evidence.readers.escape import escape_inline, escape_line_start


@dataclass(frozen=True, slots=True)
class MachineLine:
    """A line that a machine read: its page (from 1), its paragraph on that page, and where it stands there."""

    page: int
    paragraph: int
    text: str
    region: Region


@dataclass(frozen=True, slots=True)
class MachineReading:
    """All that an engine read in a file, in the order of reading, and what it could not."""

    engine: str
    version: str
    lines: tuple[MachineLine, ...]
    notes: tuple[str, ...] = ()

    def to_text(self) -> str:
        """As it is kept."""
        lines = [[line.page, line.paragraph, line.text, *_sides(line.region)] for line in self.lines]
        return json.dumps({"engine": self.engine, "version": self.version, "lines": lines, "notes": self.notes})

    @classmethod
    def of_text(cls, text: str) -> MachineReading:
        """What `to_text` wrote. Raises ValueError for anything else."""
        try:
            said: dict[str, Any] = json.loads(text)
            lines = tuple(
                MachineLine(int(page), int(paragraph), one_line(str(words)), Region(*map(int, sides)))
                for page, paragraph, words, *sides in said["lines"]
            )
            notes = tuple(map(one_line, map(str, said["notes"])))
            return cls(one_line(str(said["engine"])), one_line(str(said["version"])), lines, notes)
        except (KeyError, TypeError) as error:
            raise ValueError("no machine reading") from error


@dataclass(frozen=True, slots=True)
class MachineText:
    """Which lines of a text (from 0) a machine read, each with what it read there."""

    reading: MachineReading
    at: dict[int, MachineLine]
    begins: int = 0
    """The line from which on it is said that a machine read what follows."""

    @property
    def engine(self) -> str:
        """Which engine, with its version."""
        return f"{self.reading.engine} {self.reading.version}".rstrip()

    def as_json(self) -> dict[str, object]:
        """Which engine, and each line that it read (from 1) with its page and region."""
        return {
            "engine": self.reading.engine,
            "version": self.reading.version,
            "lines": [
                {"line": number + 1, "page": line.page, "region": list(_sides(line.region))}
                for number, line in self.at.items()
            ],
        }

    def read(self, first: int, last: int) -> MachineRead | None:
        """What read the lines from `first` to `last`; None when a person wrote them all."""
        lines = [self.at[line] for line in range(first, last + 1) if line in self.at]
        if not lines:
            return None
        page, region = lines[0].page, lines[0].region
        for line in lines[1:]:
            if line.page == page:
                region = region.joined(line.region)
        return MachineRead(self.reading.engine, self.reading.version, page, region)


def with_machine_text(converted: Converted, reading: MachineReading) -> tuple[Converted, MachineText]:
    """The conversion with what a machine read at its end, and which lines that are."""
    said = read_by_machine(reading.engine, reading.version)
    written = converted.markdown.rstrip("\n").split("\n") if converted.markdown.strip() else []
    places, at, begins = list(converted.places), {}, len(written) + bool(written)
    for page, on_page in groupby(reading.lines, key=lambda line: line.page):
        written += [""] if written else []
        places.append(Place(len(written), f"page {page}"))
        # Not a heading: what is quoted under it says itself that a machine read it.
        written.append(f"*Page {page}, {escape_inline(said)}:*")
        for _, lines in groupby(on_page, key=lambda line: line.paragraph):
            written.append("")
            for line in lines:
                at[len(written)] = line
                written.append(escape_line_start(escape_inline(line.text)))
    notes = (*converted.notes, *_notes(reading, said))
    markdown = "\n".join(written) + "\n" if written else ""
    return replace(converted, markdown=markdown, places=tuple(places), notes=notes), MachineText(reading, at, begins)


def _notes(reading: MachineReading, said: str) -> Sequence[str]:
    pages = sorted({line.page for line in reading.lines})
    if not pages:
        return (f"Looked at by machine ({reading.engine}), which found no words in the picture.", *reading.notes)
    shown = ", ".join(map(str, pages)) if len(pages) <= 5 else f"{pages[0]} to {pages[-1]}"
    which = f"Page {shown} was" if len(pages) == 1 else f"Pages {shown} were"
    return (
        f"{which} {said}, at the end of the text: look at the picture itself before you rely on a word.",
        *reading.notes,
    )


def _sides(region: Region) -> tuple[int, int, int, int]:
    return region.left, region.top, region.right, region.bottom
