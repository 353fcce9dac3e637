"""The Markdown of a file while a reader writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.conversion.zip_check import ENTITIES
from markterm.evidence.converted import Attachment, Converted, NotReadable, Place
from markterm.evidence.picture import Picture
from markterm.evidence.readers.escape import escape_inline, escape_line_start, table


@dataclass(slots=True)
class Draft:
    """Blocks of Markdown with a blank line between them, the places they came from, and notes for the assessor."""

    notes: list[str] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)
    """The pages that show something and have no words."""
    _lines: list[str] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)

    def add(self, block: str) -> None:
        """A block of Markdown, already escaped. An empty one adds nothing."""
        if block:
            self._lines.extend(block.rstrip("\n").split("\n"))
            self._lines.append("")

    def add_text(self, text: str) -> None:
        """Plain text: nothing in it is markup, its lines stay lines."""
        for paragraph in re.split(r"\n(?:[ \t]*\n)+", text.strip()):
            lines = [escape_line_start(escape_inline(line.rstrip())) for line in paragraph.split("\n")]
            self.add("\\\n".join(lines))

    def at(self, label: str, ahead: int = 0) -> None:
        """From here on, or from the line `ahead` of here, the file's place is `label`."""
        self._places.append(Place(len(self._lines) + ahead, label))

    def add_table(self, rows: Sequence[Sequence[str]], labels: Sequence[str]) -> None:
        """A table whose first row is its header; `labels` say where in the file each row stands."""
        for number, label in enumerate(labels):
            # A line that is not in the file stands under the header.
            self.at(label, number + 1 if number else 0)
        if rows:
            self.add(table(rows, header=True))

    def converted(
        self, *, pages: int | None = None, attachments: Sequence[Attachment] = (), picture: Picture | None = None
    ) -> Converted:
        """All of it. A place in which nothing stands, at the end, is none."""
        markdown = "\n".join(self._lines)
        places = tuple(place for place in self._places if place.line < len(self._lines))
        return Converted(markdown, places, tuple(self.notes), pages, tuple(attachments), picture, tuple(self.scans))


@contextmanager
def damage_said(kind: str) -> Iterator[None]:
    """Whatever goes wrong inside is said as: this is not a `kind` (with its article) that can be read."""
    try:
        yield
    except (NotReadable, MemoryError):  # the one says it better, the other is not the file's damage
        raise
    except RecursionError as error:
        raise NotReadable("Its parts are nested too deeply to be read.") from error
    except Exception as error:  # the libraries raise anything at all when bytes are missing or wrong
        if isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException):
            raise NotReadable(ENTITIES) from error
        raise NotReadable(f"This is not {kind}, or it is damaged or cut short: ask for the file once more.") from error
