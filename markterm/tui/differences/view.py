"""What changed in a file, row by row: removed words struck out, added words underlined, both in marks as well."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.geometry import Offset
from textual.message import Message

from markterm.centre.differences import TextDifference
from markterm.domain.texts.difference import MOVED, Fate, Paragraph, Unchanged, folded
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.evidence.wrap import wrap
from markterm.tui.widgets.drawn_rows import Placed
from markterm.tui.widgets.line_list import Choose, LineList, Piece

_MARKS = {Fate.SAME: ("", "", ""), Fate.REMOVED: ("[-", "-]", "removed"), Fate.ADDED: ("{+", "+}", "added")}
_SIGNS = {
    Fate.SAME: " ",
    Fate.CHANGED: "~",
    Fate.REMOVED: "-",
    Fate.ADDED: "+",
    Fate.MOVED_AWAY: "<",
    Fate.MOVED_HERE: ">",
}
_INDENT = 2
_FIRST_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Entry:
    """A paragraph, or a row of unchanged ones, as a text with what styles its parts: each part ends at an offset."""

    sign: str
    text: str
    ends: tuple[int, ...]
    styles: tuple[str, ...]
    changes: tuple[int, ...]
    """The offsets at which something changed begins."""
    paragraph: Paragraph | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A difference broken into rows for a width. Making it takes as long as the text is: for a thread."""

    entries: tuple[_Entry, ...]
    rows: tuple[tuple[int, int, int], ...]
    """The number of the entry, and where the row begins and ends in its text."""
    changes: tuple[int, ...]
    """The rows in which something changed begins."""

    @classmethod
    def of(cls, told: TextDifference, width: int, *, whole: bool) -> Layout:
        """The layout for a width in cells, of all paragraphs or with unchanged ones folded."""
        found = told.difference.paragraphs if told.difference is not None else ()
        entries = tuple(_entry(each, told, whole=whole) for each in (found if whole else folded(found)))
        rows: list[tuple[int, int, int]] = []
        changes: list[int] = []
        for number, entry in enumerate(entries):
            broken = wrap(entry.text, max(width - _INDENT, 1))
            starts = [start for start, _ in broken]
            for offset in entry.changes:
                row = len(rows) + max(bisect_right(starts, offset) - 1, 0)
                if not changes or changes[-1] != row:
                    changes.append(row)
            rows += [(number, start, end) for start, end in broken]
        return cls(entries, tuple(rows), tuple(changes))


_NOTHING = Layout((), (), ())


class NextChange(Command["DifferenceView"]):
    """The next change."""

    id, key, label, words = "difference.next", "j,right_parenthesis", "next", "Next change"

    async def run(self, on: DifferenceView) -> None:
        on.move_change(1)


class ChangeBefore(Command["DifferenceView"]):
    """The change before."""

    id, key, label, words = "difference.previous", "k,left_parenthesis", "previous", "Previous change"

    async def run(self, on: DifferenceView) -> None:
        on.move_change(-1)


class OpenHere(Choose):
    """Open the file at the paragraph under the cursor."""

    id, label, words = "difference.open", "open", "Open the file at this place"


class DifferenceView(WithCommands, LineList):
    """The rows of a difference, of which only those in sight are drawn."""

    COMPONENT_CLASSES = {"difference--removed", "difference--added", "difference--place"}  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    DifferenceView > .difference--removed { color: $error; text-style: strike; }
    DifferenceView > .difference--added { color: $success; text-style: underline; }
    DifferenceView > .difference--place { color: $quiet; }
    """
    DOES = (NextChange, ChangeBefore, OpenHere)
    BINDINGS = bindings(*DOES)

    class WidthChanged(Message):
        """The rows have to be broken anew."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = _NOTHING
        self._width = 0

    @property
    def row_width(self) -> int:
        """The cells that a row may take: all but the bar."""
        return self.size.width - 1

    def on_resize(self) -> None:
        """Tell when the width is another one."""
        if self._width != self.size.width:
            self._width = self.size.width
            self.post_message(self.WidthChanged())

    @property
    def changes(self) -> Sequence[int]:
        """The rows in which something changed begins."""
        return self._layout.changes

    @property
    def at_change(self) -> int:
        """How many changes there are up to the cursor."""
        return bisect_right(self._layout.changes, self.cursor)

    def show(self, layout: Layout | None, *, keep: bool) -> None:
        """Show another layout, with the cursor at the first change; `keep` it where it is, for the same text."""
        paragraph = self.paragraph if keep else None
        self._layout = layout or _NOTHING
        self.select_nothing()
        row = self._row_of(paragraph) if paragraph is not None else min(self._layout.changes, default=0)
        self._go_to(row)

    @property
    def paragraph(self) -> Paragraph | None:
        """The paragraph under the cursor."""
        if self.cursor >= len(self._layout.rows):
            return None
        return self._layout.entries[self._layout.rows[self.cursor][0]].paragraph

    def line_count(self) -> int:
        """The rows."""
        return len(self._layout.rows)

    def line(self, index: int, width: int) -> Iterable[Piece]:  # noqa: ARG002  # it is broken for the width already
        """The sign of the paragraph, in its first row, and the words of a row."""
        number, start, end = self._layout.rows[index]
        entry = self._layout.entries[number]
        yield f"{entry.sign if start == 0 else ' ':<{_INDENT}}", "sign--heading"
        part = bisect_right(entry.ends, start)
        while start < end:
            till = min(entry.ends[part], end)
            style = entry.styles[part]
            yield entry.text[start:till], f"difference--{style}" if style else ""
            start, part = till, part + 1

    def placed(self, y: int) -> Iterable[Placed]:
        """The words of the row, by where they stand in their paragraph."""
        index = self._top + y
        if index < len(self._layout.rows):
            number, start, end = self._layout.rows[index]
            yield Placed(_INDENT, self._layout.entries[number].text[start:end], Offset(start, number))

    def source_lines(self, first: int, last: int) -> Iterator[tuple[int | None, str]]:
        """The paragraphs, however they are broken here."""
        for number, entry in enumerate(self._layout.entries[first : last + 1], first):
            yield number, entry.text

    def move_change(self, step: int) -> None:
        """The next or the previous change."""
        changes = self._layout.changes
        number = bisect_right(changes, self.cursor) if step > 0 else bisect_left(changes, self.cursor) - 1
        if 0 <= number < len(changes):
            self._go_to(changes[number])

    def _row_of(self, paragraph: Paragraph) -> int:
        """The first row of a paragraph, or of the next one that is there, which stands no higher."""
        for row, (number, _, _) in enumerate(self._layout.rows):
            other = self._layout.entries[number].paragraph
            if other is paragraph or (other is not None and other.line > paragraph.line):
                return row
        return 0

    def _go_to(self, row: int) -> None:
        """Put the cursor there, with what comes before it in sight."""
        self._top = max(0, row - self.size.height // 3)
        self.move_to(row)
        self.post_message(self.Moved(self, row))


def _entry(each: Paragraph | Unchanged, told: TextDifference, *, whole: bool) -> _Entry:
    if isinstance(each, Unchanged):
        text = f"… {each}"
        return _Entry(" ", text, (len(text),), ("place",), (), None)
    parts = [(f"{told.place_of(each)}  ", "place")]
    begins = len(parts[0][0])
    if each.fate in MOVED:
        words = str(each).split()
        is_short = each.fate is Fate.MOVED_AWAY and not whole and len(words) > _FIRST_WORDS
        parts += [
            (f"{each.fate}: ", "place"),
            (f"{' '.join(words[:_FIRST_WORDS])} …" if is_short else " ".join(words), ""),
        ]
        changes = [begins]
    else:
        changes = []
        was_same = True
        at = begins
        for run in each.runs:
            opening, closing, style = _MARKS[run.fate]
            words_of = f"{opening}{run}{closing}"
            if run.fate is not Fate.SAME and was_same:
                changes.append(at)
            was_same = run.fate is Fate.SAME
            parts += [(words_of, style), (" ", "")]
            at += len(words_of) + 1
    ends: list[int] = []
    for text, _ in parts:
        ends.append((ends[-1] if ends else 0) + len(text))
    joined = "".join(text for text, _ in parts)
    return _Entry(_SIGNS[each.fate], joined, tuple(ends), tuple(style for _, style in parts), tuple(changes), each)
