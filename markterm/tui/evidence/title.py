"""The line above the evidence: which file, where in it, and what there is to know about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from markterm.domain.incoming.of_another import is_of_another
from markterm.domain.record.accounts import is_doubted
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.text.document import EvidenceDocument
from markterm.tui.command import key_of, keyed
from markterm.tui.evidence.pane import EvidencePane
from markterm.tui.widgets.middle_cut import middle_cut

_LEAST = 20


@dataclass(frozen=True, slots=True)
class EvidenceTitle:
    """What the line says beside what the pane knows; what is empty is not said."""

    name: str
    """Of the open file, as it is shown."""
    count: str
    """Which of how many files it is."""
    told: str
    """What is told of it: of an account, whether it was confirmed; whether it looks like another learner's."""
    reference: str
    """Which reference of a criterion the bar is on."""
    cited_by: Sequence[str]
    """The criteria that cite the passage with the bar."""
    not_found: bool
    """Whether words are being looked for that are not there."""
    reads_by_machine: bool
    """Whether a machine is reading its pictures."""

    def content(self, pane: EvidencePane) -> Content:
        """The line, for what `pane` shows now."""
        told = Content.assemble(*self._parts(pane))
        if pane.document is None:
            return told
        chosen = pane.chosen
        heading = pane.document.heading_above(chosen.first if chosen is not None else pane.top_line)
        # Where it has no room its number alone would be left, which says nothing.
        has_room = pane.size.width - told.cell_length >= _LEAST
        return Content.assemble(told, f"  {one_line(heading.text)}") if heading is not None and has_room else told

    def _parts(self, pane: EvidencePane) -> Iterator[str | Content]:
        position = pane.find_position
        if position is not None:
            yield Content.styled(f"{position[0]} of {position[1]}  ", "bold $warning")
        elif self.not_found:
            yield Content.styled("not found  ", "bold $warning")
        if self.reference:
            yield Content.styled(f"{self.reference}  ", "bold $primary")
        if self.cited_by:
            yield Content.styled(f"¶ {one_line(', '.join(self.cited_by))}  ", "bold $accent")
        if pane.selecting:
            yield Content.styled("selecting  ", "bold $primary")
        if is_doubted(self.told):
            yield Content.styled(f"{self.told}  ", "$warning")
        if self.name:
            # Beside it have to be seen which of the files it is, and where in it one is.
            name = middle_cut(self.name, max(pane.size.width // 2, _LEAST))
            yield Content.styled(name, "bold $foreground")
            yield f"  {self.count}"
        if self.told and not is_doubted(self.told):
            yield Content.styled(f"  {self.told}", "$warning" if is_of_another(self.told) else "$quiet")
        if self.reads_by_machine:
            yield Content.styled("  being read by machine…", "$warning")
        if pane.document is not None:
            chosen = pane.chosen
            yield from _about(pane.document, chosen.first if chosen is not None else pane.top_line)


def _about(document: EvidenceDocument, line: int) -> Iterator[str | Content]:
    """What there is to know about a document, with where in it `line` is."""
    if document.text.replaced:
        yield Content.styled(f"  {document.text.replaced} unsafe characters shown as signs", "$warning")
    if document.text.encoding_note:
        yield Content.styled(f"  {one_line(document.text.encoding_note)}", "$warning")
    if place := document.place_at(line):
        yield f"  {one_line(place)}"
    if document.machine is not None and document.machine.at:
        yield Content.styled(keyed("  read by machine: {evidence.picture} shows the page itself"), "$warning")
    yield from _notes(document.notes)


def _notes(notes: Sequence[str]) -> Iterator[Content]:
    """The first note as far as there is room, after how many there are and where all of them can be read whole."""
    if notes:
        count = "a note" if len(notes) == 1 else f"{len(notes)} notes"
        yield Content.styled(f"  ⚑ {count}, whole with {key_of('evidence.files')}:", "bold $warning")
        yield Content.styled(f" {one_line(notes[0])}", "$warning")
