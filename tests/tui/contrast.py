"""How well what is drawn can be told from its ground: WCAG 2.2, relative luminance and contrast ratio."""

from __future__ import annotations

from collections.abc import Iterator

from rich.color import ColorType
from rich.style import Style
from textual.color import Color
from textual.screen import Screen

LEAST = 4.5
"""WCAG AA for text (1.4.3)."""
LEAST_OF_MARKS = 3.0
"""WCAG AA for what is no text, such as bars and frames (1.4.11)."""

_EDGES = frozenset("▏▕▔▁")


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


def least(text: str) -> float:
    """How much contrast that text needs: none where it is nothing but the edge of a pane, whose ground is another."""
    if set(text) <= _EDGES:
        return 1.0
    return LEAST_OF_MARKS if all("\u2500" <= sign <= "\u259f" or sign.isspace() for sign in text) else LEAST


def drawn(screen: Screen[object]) -> Iterator[tuple[str, Color, Color]]:
    """Every text that can be acted on where it stands, with the colour that it has and that of its ground; what is
    dimmed below something that opened over it is not."""
    tops = [each.region for each in screen.query(".frame, CommandInput, CommandList").results()]
    strips = screen._compositor.render_strips()
    for region in tops if screen.is_modal else [screen.region]:
        for strip in strips[region.y : region.bottom]:
            for segment in strip.crop(region.x, region.right):
                if segment.text.strip() and segment.style is not None:
                    yield (segment.text.strip(), *_colours(segment.style))


def _colours(style: Style) -> tuple[Color, Color]:
    text, ground = style.color, style.bgcolor
    assert text is not None, style
    assert ground is not None, style
    assert text.type is ground.type is ColorType.TRUECOLOR, style
    of_text, of_ground = Color.from_rich_color(text), Color.from_rich_color(ground)
    if style.dim:
        of_text = of_ground.blend(of_text, 0.66)
    return (of_ground, of_text) if style.reverse else (of_text, of_ground)
