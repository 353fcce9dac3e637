"""A document that sheets are taken in from: its text, where its lines stand, and the pages that have no words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.domain.texts.printed_lines import Doubt
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceFile, kind_of

if TYPE_CHECKING:
    from markterm.centre.evidence import Evidence
    from markterm.domain.texts.printed_lines import Line
    from markterm.evidence.text.document import EvidenceDocument


@dataclass(frozen=True, slots=True)
class DocumentPlaces:
    """Where the lines stand that a person is told of: the labels of those that have one, by number."""

    labels: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: EvidenceDocument, doubts: Iterable[Doubt], left_out: Iterable[Line] = ()) -> DocumentPlaces:
        """Those of the lines that these are about."""
        numbers = {each.line for each in doubts} | {each.number for each in left_out}
        return cls({number: label for number in numbers if number and (label := document.place_at(number - 1))})

    def of_line(self, number: int) -> str:
        """Where that line stands: `page 3`, or `line 12`; empty for 0, the whole of the document."""
        return self.labels.get(number, f"line {number}") if number else ""


def document_of(file: Path, evidence: Evidence) -> EvidenceDocument:
    """The text of that document, whatever its kind: read as evidence is. Raises `Unreadable`."""
    try:
        status = file.stat()
    except OSError as error:
        raise Unreadable(
            "The file cannot be read", f"{file}: {error.strerror or error}.", "Name another one.", file=file
        ) from error
    return evidence.read(
        EvidenceFile(one_line(file.name), file, status.st_size, status.st_mtime_ns, kind_of(file.suffix))
    )


def pages_without_words(document: EvidenceDocument, noun: str) -> Iterator[Doubt]:
    """A doubt about the pages that are pictures, where there are some: a `noun` may stand on them that was not read, or
    was read by a machine."""
    if not document.scans:
        return
    pages = ", ".join(map(str, document.scans))
    if document.machine is not None:
        yield Doubt(0, f"The words of these pages were read from pictures by a machine: {pages}. Compare each {noun}.")
    elif document.has_unread_pages:
        yield Doubt(0, f"Pages without words of their own were not read: {pages}. Look for each {noun} on them.")
