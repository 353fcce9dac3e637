"""A learner's text, ready to be read on a screen: cut, surveyed, and parsed where it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from markterm.evidence import markdown
from markterm.evidence.blocks import Block
from markterm.evidence.chunks import Chunk, Heading, cut_lines, cut_markdown
from markterm.evidence.converted import Converted, Place
from markterm.evidence.find import Matches, find, fold
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.markdown import Reference
from markterm.evidence.parsing import parse_chunk, raw_chunk
from markterm.evidence.picture import Picture
from markterm.evidence.text_file import EvidenceText

_NOT_PARSED = "MarkTerm could not read this part: here are its lines as they stand."


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    """A source with what is known about the whole of it. Lines count from 0. It may be made in a thread."""

    text: EvidenceText
    kind: EvidenceKind
    chunks: tuple[Chunk, ...]
    outline: tuple[Heading, ...]
    references: Mapping[str, Reference]
    line_starts: tuple[int, ...]
    folded: str
    """The source in small letters, for find."""
    places: tuple[Place, ...] = ()
    """Where in the file the lines come from, when the text was made of a file of another kind."""
    notes: tuple[str, ...] = ()
    """What to know about the file, one sentence each."""
    pages: int | None = None
    """Pages, slides or sheets, where the kind of file has them."""
    picture: Picture | None = None
    """What a picture looks like."""

    @classmethod
    def of(cls, text: EvidenceText, kind: EvidenceKind, converted: Converted | None = None) -> EvidenceDocument:
        """The document of a text, which is `converted.markdown` made safe when the file was converted.

        Markdown is understood as such, plain text is shown line by line.
        """
        about = converted or Converted("")
        notes = about.notes
        known: Mapping[str, Reference] = {}
        try:
            cut = cut_markdown(text.text) if kind is not EvidenceKind.TEXT else cut_lines(text.text)
            known = markdown.references(cut.definitions)
        except Exception:  # as below: line by line everything can be shown
            cut = cut_lines(text.text)
            notes = (_NOT_PARSED, *notes)
        return cls(
            text,
            kind,
            cut.chunks,
            cut.headings,
            known,
            cut.line_starts,
            fold(text.text),
            about.places,
            notes,
            about.pages,
            about.picture,
        )

    @property
    def source(self) -> str:
        """The whole text."""
        return self.text.text

    def blocks(self, number: int) -> tuple[Block, ...]:
        """The blocks of a chunk, parsed now. What cannot be parsed is its lines, and a sentence that says so."""
        try:
            return parse_chunk(self.chunks[number], self.source, self.references)
        except Exception:  # whoever marks has to see what the learner wrote, whatever a parser makes of it
            return self.raw(number, _NOT_PARSED)

    def raw(self, number: int, why: str) -> tuple[Block, ...]:
        """The lines of a chunk as they stand, and why they are shown so."""
        return raw_chunk(self.chunks[number], self.source, why)

    def chunk_at(self, offset: int) -> int:
        """The number of the chunk that holds the character at `offset`; 0 in an empty document."""
        return max(bisect_right(self.chunks, offset, key=lambda chunk: chunk.start) - 1, 0)

    def line_at(self, offset: int) -> int:
        """The line of the character at `offset`."""
        return bisect_right(self.line_starts, offset) - 1

    def line_start(self, line: int) -> int:
        """The offset at which `line` begins; the length of the source for a line after the last."""
        if line >= len(self.line_starts):
            return len(self.source)
        return self.line_starts[max(line, 0)]

    def heading_above(self, line: int) -> Heading | None:
        """The last heading at `line` or above it."""
        place = bisect_right(self.outline, line, key=lambda heading: heading.line)
        return self.outline[place - 1] if place else None

    def headings_above(self, line: int) -> tuple[Heading, ...]:
        """The headings that `line` stands under, the outermost first."""
        place = bisect_right(self.outline, line, key=lambda heading: heading.line)
        above: list[Heading] = []
        for heading in reversed(self.outline[:place]):
            if not above or heading.level < above[0].level:
                above.insert(0, heading)
            if heading.level == 1:
                break
        return tuple(above)

    def place_at(self, line: int) -> str:
        """Where in the file `line` comes from (`page 3`); empty when nothing is known but the line."""
        number = bisect_right(self.places, line, key=lambda place: place.line)
        return self.places[number - 1].label if number else ""

    def find(self, query: str) -> Matches:
        """The places of `query` in the source."""
        return find(self.folded, query)
