"""The places found in a learner's files, under the name of each file; then the files that could not be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from markterm.domain.words.foreign_text import one_line
from markterm.evidence.text.portfolio_find import FoundInFile, FoundPlace
from markterm.tui.widgets.line_list import LineList, Piece, fit

# From so many cells on there is room for where the place is, and for more than `sheet Log…` of it.
_MEDIUM = 50
_WIDE = 100


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file that could not be searched, and why; no name for what is wrong with the folder."""

    name: str
    why: str


class FoundList(LineList, can_focus=False):
    """One line a place, worked out when it comes into sight. The keys belong to the field above."""

    COMPONENT_CLASSES = {"found--words"}  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    FoundList > .found--words { color: $warning; text-style: bold underline; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[FoundInFile] = ()
        self._not_read: Sequence[NotRead] = ()
        self._starts = [0]

    def show(self, found: Sequence[FoundInFile], not_read: Sequence[NotRead], *, anew: bool) -> None:
        """Show these. `anew`, or when there was nothing before, the cursor goes to the first place; else it stays where
        it is, whatever came before that."""
        anew = anew or not self._found
        chosen = self.chosen()
        self._found, self._not_read = found, not_read
        self._starts = [0]
        for file in found:
            self._starts.append(self._starts[-1] + _height(file))
        if anew:
            self.move_to(0)
        elif isinstance(chosen, tuple):
            self.go_to(chosen[0].name, chosen[1].offset)
        elif chosen in not_read:
            self.move_to(self._starts[-1] + 1 + not_read.index(chosen))
        self.lines_changed()

    def chosen(self) -> tuple[FoundInFile, FoundPlace] | NotRead | None:
        """What the cursor is on."""
        if not self.can_stand_on(self.cursor):
            return None
        if self.cursor >= self._starts[-1]:
            return self._not_read[self.cursor - self._starts[-1] - 1]
        file, number = self._at(self.cursor)
        return file, file.place(number)

    def go_to(self, name: str, offset: int) -> bool:
        """Put the cursor on the place at `offset` in the file of that name, or the next that is shown; whether the
        file is here."""
        for start, file in zip(self._starts, self._found, strict=False):
            if file.name == name:
                self.move_to(start + 1 + min(file.matches.first_at(offset), len(file.matches) - 1))
                return True
        return False

    def line_count(self) -> int:
        """Each group has a heading."""
        return self._starts[-1] + (len(self._not_read) + 1 if self._not_read else 0)

    def can_stand_on(self, index: int) -> bool:
        """Headings are passed over, and the line that says how many more there are."""
        if not 0 <= index < self.line_count():
            return False
        if index >= self._starts[-1]:
            return index > self._starts[-1]
        file, number = self._at(index)
        return 0 <= number < len(file.matches)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A heading with its count, or a place with the words in the text around them."""
        if index >= self._starts[-1]:
            yield from self._line_of_not_read(index - self._starts[-1] - 1, width)
            return
        file, number = self._at(index)
        if number < 0:
            count = f"  {file.count:,} place{'s' if file.count != 1 else ''}"
            name = one_line(file.name)
            yield fit(name, min(cell_len(name), max(width - cell_len(count), 0))), "sign--heading"
            yield count, "sign--quiet"
        elif number == len(file.matches):
            more = f"  … {file.count - number:,} more in this file: open it, and find goes on there"
            yield more, "sign--quiet"
        else:
            yield from self._line_of_place(file.place(number), index, width)

    def _line_of_place(self, place: FoundPlace, index: int, width: int) -> Iterable[Piece]:
        label = place.label or f"line {place.line + 1}"
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        room = max(width - 2, 0)
        if width >= _MEDIUM:
            label = f"{fit(one_line(label), 16 if width >= _WIDE else 13)}  "
            yield label, "sign--quiet"
            room -= cell_len(label)
        # The words are in sight. What comes after them has the room that is left, which is at least half of it.
        words = fit(place.words, min(cell_len(place.words), room))
        room -= cell_len(words)
        before = _end_of(place.before, max(room - cell_len(place.after), room // 2))
        yield before, ""
        yield words, "found--words"
        yield fit(place.after, room - cell_len(before)), ""

    def _line_of_not_read(self, number: int, width: int) -> Iterable[Piece]:
        if number < 0:
            yield fit("Not read", width), "sign--heading"
            return
        each = self._not_read[number]
        yield "▸ " if self._starts[-1] + 1 + number == self.cursor else "  ", "sign--heading"
        yield f"{one_line(each.name)}  " if each.name else "", ""
        yield one_line(each.why), "sign--quiet"

    def _at(self, index: int) -> tuple[FoundInFile, int]:
        """The file that a line belongs to, and the number of the place in it; -1 in the heading."""
        group = bisect_right(self._starts, index) - 1
        return self._found[group], index - self._starts[group] - 1


def _height(file: FoundInFile) -> int:
    """A heading, the places, and a line when there are more of them."""
    return 1 + len(file.matches) + (file.count > len(file.matches))


def _end_of(text: str, width: int) -> str:
    """The end of `text` in at most `width` cells."""
    if cell_len(text) <= width:
        return text
    while text and cell_len(text) > width - 1:
        text = text[1:]
    return f"…{text}" if width > 0 else ""
