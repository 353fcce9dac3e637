"""A learner's text, ready to be read on a screen: cut, surveyed, and parsed where it is looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from markterm.evidence.converted import Converted, Place
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.machine.machine_reading import MachineText
from markterm.evidence.picture import Picture
from markterm.evidence.text import markdown
from markterm.evidence.text.blocks import Block
from markterm.evidence.text.chunks import Chunk, Heading, cut_lines, cut_markdown
from markterm.evidence.text.find import Matches, find
from markterm.evidence.text.folded import Folded, fold_block, fold_markdown, fold_plain
from markterm.evidence.text.markdown import Reference
from markterm.evidence.text.parsing import parse_chunk, raw_chunk
from markterm.evidence.text.time_marks import time_places
from markterm.evidence.text_file import EvidenceText

_KEPT = 128
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
    places: tuple[Place, ...] = ()
    """Where in the file the lines come from, when the text was made of a file of another kind."""
    notes: tuple[str, ...] = ()
    """What to know about the file, one sentence each."""
    pages: int | None = None
    """Pages, slides or sheets, where the kind of file has them."""
    picture: Picture | None = None
    """What a picture looks like."""
    scans: tuple[int, ...] = ()
    """The pages, from 1, that show something and have no words of their own."""
    machine: MachineText | None = None
    """What a machine read in pictures: it is a part of the text."""
    waits_for_machine: bool = False
    """Whether a machine could still read something in it."""
    _folded: list[Folded] = field(default_factory=list, compare=False, repr=False)
    _parsed: dict[int, tuple[Block, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The blocks of the chunks that were asked for last."""
    _folded_blocks: dict[tuple[int, int], Folded] = field(default_factory=dict, compare=False, repr=False)

    @property
    def has_unread_pages(self) -> bool:
        """Whether pages of it are scans in which no machine looked for words. Of a photograph nobody expects any."""
        return bool(self.scans) and self.machine is None and self.picture is None

    def not_read_by_machine(self, why: str) -> EvidenceDocument:
        """The same, with a note that says why no machine reads it."""
        return replace(self, notes=(*self.notes, why), waits_for_machine=False)

    @classmethod
    def of(
        cls,
        text: EvidenceText,
        kind: EvidenceKind,
        converted: Converted | None = None,
        *,
        machine: MachineText | None = None,
        waits_for_machine: bool = False,
    ) -> EvidenceDocument:
        """The document of a text, which is `converted.markdown` made safe when the file was converted.

        `machine` is what of it a machine read, and whether one could still read some is `waits_for_machine`. Markdown
        is understood as such, plain text is shown line by line.
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
            about.places or (time_places(text.text) if kind is EvidenceKind.MARKDOWN else ()),
            notes,
            about.pages,
            about.picture,
            about.scans,
            machine,
            waits_for_machine,
        )

    @property
    def source(self) -> str:
        """The whole text."""
        return self.text.text

    @property
    def folded(self) -> Folded:
        """The source as it is looked through, worked out when that is done first."""
        if not self._folded:
            is_plain = self.kind is EvidenceKind.TEXT
            self._folded.append(fold_plain(self.source) if is_plain else fold_markdown(self.source))
        return self._folded[0]

    def blocks(self, number: int) -> tuple[Block, ...]:
        """The blocks of a chunk. What cannot be parsed is its lines, and a sentence that says so."""
        found = self._parsed.get(number)
        if found is None:
            try:
                found = parse_chunk(self.chunks[number], self.source, self.references)
            except Exception:  # whoever marks has to see what the learner wrote, whatever a parser makes of it
                found = self.raw(number, _NOT_PARSED)
            if len(self._parsed) >= _KEPT:
                # All at once: two threads may be reading.
                self._parsed.clear()
                self._folded_blocks.clear()
            self._parsed[number] = found
        return found

    def find_in_block(self, chunk: int, number: int, query: str) -> list[tuple[int, int]]:
        """The places of `query` in the text of a block, where Markdown's marks are gone."""
        folded = self._folded_blocks.get((chunk, number))
        if folded is None:
            folded = self._folded_blocks[chunk, number] = fold_block(self.blocks(chunk)[number])
        matches = find(folded, query)
        return [(matches.start(each), matches.end(each)) for each in range(len(matches))]

    def block_at(self, offset: int) -> tuple[int, int] | None:
        """The number of the chunk that the character at `offset` is in, and of the block there that shows its line;
        None when no block does."""
        chunk, line = self.chunk_at(offset), self.line_at(offset)
        blocks = self.blocks(chunk) if self.chunks else ()
        number = bisect_left(blocks, line, key=lambda block: block.last)
        return (chunk, number) if number < len(blocks) and blocks[number].first <= line else None

    def block_span(self, chunk: int, number: int) -> tuple[int, int]:
        """Where the lines of a block begin and end in the source; of a line in several chunks, the part in this one."""
        block, piece = self.blocks(chunk)[number], self.chunks[chunk]
        return max(self.line_start(block.first), piece.start), min(self.line_start(block.last + 1), piece.end)

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
