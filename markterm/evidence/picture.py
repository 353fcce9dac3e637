"""A picture as far as a terminal can show it: small, and nothing but colours, so that drawing it can do no harm."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

LARGEST_SIDE = 200
"""Pixels. More than a terminal has cells to draw them in."""
_CHANNELS = 3

Pixel = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""
Line = tuple[Pixel, ...]
"""Pixels beside each other."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels from the top left, line by line. Raises ValueError when there are none, too many, or others than said."""

    width: int
    height: int
    pixels: bytes
    """Red, green and blue, a byte each."""

    def __post_init__(self) -> None:
        sides = (self.width, self.height)
        if not all(0 < side <= LARGEST_SIDE for side in sides) or len(self.pixels) != size_of(*sides):
            raise ValueError("no picture")

    def lines(self) -> list[Line]:
        """The pixels from the top down."""
        length = self.width * _CHANNELS
        lines = (self.pixels[start : start + length] for start in range(0, len(self.pixels), length))
        return [tuple(zip(line[::3], line[1::3], line[2::3], strict=True)) for line in lines]

    def within(self, width: int, height: int) -> Picture:
        """The picture made small enough to fit, in its own proportions. It is never made larger."""
        factor = min(1.0, width / self.width, height / self.height)
        return self._scaled(max(int(self.width * factor), 1), max(int(self.height * factor), 1))

    def _scaled(self, width: int, height: int) -> Picture:
        """Each pixel the mean of those that it takes the place of."""
        length = self.width * _CHANNELS
        columns = _parts(self.width, width)
        scaled = bytearray()
        for top, bottom in _parts(self.height, height):
            rows = (self.pixels[number * length : (number + 1) * length] for number in range(top, bottom))
            sums = [*map(sum, zip(*rows, strict=True))]
            # What stands left of a column, for each channel.
            until = [[*accumulate(sums[channel::_CHANNELS], initial=0)] for channel in range(_CHANNELS)]
            for left, right in columns:
                count = (right - left) * (bottom - top)
                scaled.extend((line[right] - line[left]) // count for line in until)
        return Picture(width, height, bytes(scaled))


def size_of(width: int, height: int) -> int:
    """The bytes of the pixels of a picture."""
    return width * height * _CHANNELS


def _parts(length: int, count: int) -> list[tuple[int, int]]:
    """`length` pixels divided into `count` parts: where each begins and ends."""
    return [(part * length // count, (part + 1) * length // count) for part in range(count)]
