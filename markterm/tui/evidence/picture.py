"""A picture in the rows of a page: two pixels in each cell, one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import App

from markterm.evidence.picture import Line, Picture, Pixel
from markterm.tui.evidence.rows import Row

MOST_ROWS = 40
"""Of the screen. A picture is seen as a whole where a terminal has that many, and by turning pages elsewhere."""

_HALF = "▀"
_SHADES = " ░▒▓█"


def picture_rows(picture: Picture, width: int, after: Row) -> tuple[Row, ...]:
    """A blank row and the rows of the picture, as large as `width` and its pixels allow, to stand below `after`."""
    lines = picture.within(width, 2 * MOST_ROWS).lines()
    pairs = [(), *(tuple(lines[number : number + 2]) for number in range(0, len(lines), 2))]
    # Each has an offset of its own, so that a change of width leaves the reader where they are.
    return tuple(
        Row((), after.block, after.offset + number, after.line, pair) for number, pair in enumerate(pairs, start=1)
    )


def drawn(pixels: Sequence[Line], ground: Style, app: App[object]) -> Sequence[Segment]:
    """The pixels of a row in the cells of this terminal: in their colours, or in shades where there are too few."""
    if not pixels:
        return ()
    upper, lower = pixels[0], pixels[1] if len(pixels) > 1 else None
    if app.no_color or app.console.color_system in (None, "standard", "windows"):
        return shades(upper, lower or upper, ground, dark=app.current_theme.dark)
    return half_cells(upper, lower, ground)


@lru_cache(maxsize=4 * MOST_ROWS)  # a style of its own for each cell takes long, and a page is drawn again and again
def half_cells(upper: Line, lower: Line | None, ground: Style) -> tuple[Segment, ...]:
    """Two lines of pixels as one row of cells, each half in its own colour; without a lower one, half of a row."""
    above = [Color.from_rgb(*pixel) for pixel in upper]
    below = [ground.bgcolor] * len(upper) if lower is None else [Color.from_rgb(*pixel) for pixel in lower]
    return tuple(Segment(_HALF, style) for style in map(Style.from_color, above, below))


def shades(upper: Line, lower: Line, ground: Style, *, dark: bool) -> tuple[Segment, ...]:
    """Two lines of pixels as one row of cells, each filled more or less; what is filled is light on a dark ground."""
    text = ""
    for over, under in zip(upper, lower, strict=True):
        light = (_light(over) + _light(under)) / 2
        filled = light if dark else 1 - light
        text += _SHADES[min(int(filled * len(_SHADES)), len(_SHADES) - 1)]
    return (Segment(text, ground),)


def _light(pixel: Pixel) -> float:
    """How light a colour is, 0 to 1 (ITU-R BT.601)."""
    red, green, blue = pixel
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
