"""Markdown of our own making, a feedback or a sheet, drawn as evidence is: without its marks, or as it is written."""

from __future__ import annotations

from markterm.domain.words.foreign_text import clean
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from markterm.tui.evidence.page import EvidencePage


class DrawnPage(EvidencePage):
    """Shows a text in Markdown. As an `EvidencePage` it draws only the rows in sight."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.text = ""
        """What is shown, as it is written."""
        self.is_source = False
        """Whether it is shown as it is written, with its marks."""

    def show_text(self, markdown: str, line: int = 0) -> None:
        """Show this text, with that line of it at the top, from 0."""
        text = clean(markdown)
        self.text = text.text
        kind = EvidenceKind.TEXT if self.is_source else EvidenceKind.MARKDOWN
        self.show(EvidenceDocument.of(EvidenceText(text.text, text.replaced, ""), kind), "")
        self.go_to_line(line)

    def switch(self) -> None:
        """Show it as it is written, or drawn again; what stands at the top stays there."""
        self.is_source = not self.is_source
        self.show_text(self.text, self.top_line)

    def go_to_line(self, line: int) -> None:
        """Put that line of the text at the top, from 0, or as far up as a full last page allows."""
        if self.view is not None and line > 0:
            self.go(self.view.place_of_line(line))

    def see_line(self, line: int) -> None:
        """Have that line of the text in sight, from 0; where it is already nothing moves."""
        if line not in self.lines_in_sight:
            self.go_to_line(line)

    @property
    def lines_in_sight(self) -> range:
        """The lines of the text that are in sight, from 0: a row may stand for several."""
        rows = self.rows_in_sight()
        if self.view is None or not rows:
            return range(0)
        last, _ = rows[-1]
        if (after := self.view.moved(last, 1)) == last:
            return range(self.top_line, self.text.count("\n") + 1)
        below = self.view.row(after)
        return range(self.top_line, max(below.line if below is not None else 0, rows[-1][1].line + 1))

    @property
    def goes_on(self) -> bool:
        """Whether there is more below."""
        return self.view is not None and self.top < self.view.last_top(self.size.height)

    @property
    def how_far(self) -> str:
        """How much of it has been read when its last row in sight has been; nothing where it is all in sight."""
        if self.view is None or not (rows := self.rows_in_sight()):
            return ""
        if not self.goes_on:
            return "end" if self.top > (0, 0) else ""
        return f"{round(self.view.fraction(rows[-1][0]) * 100)} %"
