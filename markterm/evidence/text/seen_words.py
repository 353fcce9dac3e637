"""Words as an engine sees them in a picture, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, in pixels from its top left."""

    left: int
    top: int
    right: int
    bottom: int

    def joined(self, other: Box) -> Box:
        """The smallest box with both in it."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def turned_back(self, quarters: int, width: int, height: int) -> Box:
        """Where the box was in a picture of that width and height, before it was turned to the left by so many quarters
        to be read."""
        if quarters == 0:
            return self
        if quarters == 2:
            return Box(width - self.right, height - self.bottom, width - self.left, height - self.top)
        if quarters == 1:
            return Box(width - self.bottom, self.left, width - self.top, self.right)
        return Box(self.top, height - self.right, self.bottom, height - self.left)

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of words, where it stands, and the number of its paragraph."""

    text: str
    box: Box
    paragraph: int = 0


# Of the height of a line: how far down the next may begin and belong to the same paragraph, and how much of two pieces
# has to stand beside each other to be one line.
_APART = 0.9
_BESIDE = 0.5


def in_lines(pieces: Iterable[tuple[str, Box]]) -> list[SeenLine]:
    """Pieces that an engine saw here and there, as lines from the top down: what stands beside each other is one line,
    and a gap begins another paragraph."""
    rows: list[list[tuple[str, Box]]] = []
    for text, box in sorted(pieces, key=lambda piece: (piece[1].top + piece[1].bottom, piece[1].left)):
        if rows and _stands_beside(rows[-1], box):
            rows[-1].append((text, box))
        else:
            rows.append([(text, box)])
    lines: list[SeenLine] = []
    paragraph = 0
    for row in rows:
        row.sort(key=lambda piece: piece[1].left)
        box = row[0][1]
        for _, other in row[1:]:
            box = box.joined(other)
        if lines and box.top - lines[-1].box.bottom > _APART * min(box.height, lines[-1].box.height):
            paragraph += 1
        lines.append(SeenLine(" ".join(text for text, _ in row), box, paragraph))
    return lines


def _stands_beside(row: list[tuple[str, Box]], box: Box) -> bool:
    """Whether a piece goes on in the line: at the same height, and over none of its pieces."""
    first = row[0][1]
    common = min(first.bottom, box.bottom) - max(first.top, box.top)
    over = any(box.left < other.right and other.left < box.right for _, other in row)
    return not over and common > _BESIDE * min(first.height, box.height)
