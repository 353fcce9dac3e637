"""Bars as a picture: each with its parts in colours and patterns, letters and figures beside them, and all of it in
words for whoever does not see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import accumulate

from markterm.domain.words.foreign_text import one_line, shortened


class Look(StrEnum):
    """How a part of a bar looks: its colour, and a pattern that is told apart without one."""

    GOOD = "good"
    BAD = "bad"
    DONE = "done"
    BEGUN = "begun"
    EMPTY = "empty"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: how much of what, with the letter that stands in it."""

    name: str
    letter: str
    count: int
    look: Look


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar under its name, with what is said at its end."""

    name: str
    parts: tuple[Part, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars, one below the other, as long as what they count."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def in_words(self) -> str:
        """Everything that the picture shows, as a text."""
        return f"{one_line(self.title)}. {'. '.join(self.lines)}."

    @property
    def lines(self) -> tuple[str, ...]:
        """Each bar in words: `8580-500: 6 pass; 2 decided; 8 learners`."""
        return tuple(f"{one_line(bar.name)}: {'; '.join((*_parts(bar), one_line(bar.said)))}" for bar in self.bars)


def _parts(bar: Bar) -> Iterator[str]:
    """The parts of a bar that has several: of one alone what is said at its end says all."""
    return (f"{part.count} {one_line(part.name)}" for part in bar.parts if part.count and len(bar.parts) > 1)


_WIDTH, _NAMES, _SAID = 720, 128, 140
_ROW, _THICK, _LEGEND, _TOP = 24, 17, 26, 4
_FONT = "Libertinus Serif, Charter, Georgia, serif"
_INK, _QUIET = "#1c2430", "#566072"
_NARROWEST = 22
"""Of a part in which its letter and figure stand."""
_COLOURS = {
    Look.GOOD: ("#cfe8d8", "#155c34"),
    Look.BAD: ("#f8d5c8", "#8f2d12"),
    Look.DONE: ("#d5e4f3", "#1f4f7a"),
    Look.BEGUN: ("#eceff3", "#4a5362"),
    Look.EMPTY: ("#ffffff", "#7a8494"),
    Look.ODD: ("#ecd8f0", "#6b2a7a"),
}
_PATTERNS = {
    Look.BAD: '<path d="M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6" stroke="{ink}" stroke-width="0.9" opacity="0.45"/>',
    Look.DONE: '<circle cx="4" cy="4" r="1" fill="{ink}" opacity="0.45"/>',
    Look.BEGUN: '<path d="M0,4 L8,4" stroke="{ink}" stroke-width="0.8" opacity="0.4"/>',
    Look.ODD: '<path d="M0,0 L8,8 M0,8 L8,0" stroke="{ink}" stroke-width="0.8" opacity="0.45"/>',
}


def bars_as_svg(bars: Bars, name: str) -> str:
    """The picture; `name` is another one for each picture of a page. All text in it is escaped; there is nothing in it
    that a program would run or fetch."""
    return "".join(_svg(bars, name))


def _svg(bars: Bars, name: str) -> Iterator[str]:
    legend = tuple(dict.fromkeys((part.look, part.letter, part.name) for bar in bars.bars for part in bar.parts))
    lines = tuple(_legend_lines(legend))
    height = _TOP + _ROW * len(bars.bars) + _LEGEND * len(lines) + 4
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        f' role="img" aria-labelledby="{name}-title {name}-words" font-family="{_FONT}" font-size="12">'
        f'<title id="{name}-title">{_text(bars.title)}</title>'
        f'<desc id="{name}-words">{_text(bars.in_words)}</desc><defs>'
    )
    for look, drawn in _PATTERNS.items():
        tint, ink = _COLOURS[look]
        yield (
            f'<pattern id="{name}-{look}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{tint}"/>{drawn.format(ink=ink)}</pattern>'
        )
    yield f'</defs><rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    longest = max((sum(part.count for part in bar.parts) for bar in bars.bars), default=0)
    room = (_WIDTH - _NAMES - _SAID) / max(longest, 1)
    for place, bar in enumerate(bars.bars):
        yield from _bar(bar, name, _TOP + place * _ROW, room)
    for place, line in enumerate(lines):
        yield from _legend(line, name, _TOP + _ROW * len(bars.bars) + _LEGEND * place + 8)
    yield "</svg>"


def _bar(bar: Bar, name: str, top: int, room: float) -> Iterator[str]:
    middle = top + _THICK - 4
    yield f'<text x="{_NAMES - 8}" y="{middle}" text-anchor="end" fill="{_INK}">{_text(shortened(bar.name, 20))}</text>'
    ends = tuple(accumulate((part.count * room for part in bar.parts), initial=float(_NAMES)))
    for part, left, right in zip(bar.parts, ends, ends[1:], strict=False):
        if part.count:
            yield _box(part.look, name, left, top, right - left)
            if right - left >= _NARROWEST:
                _, ink = _COLOURS[part.look]
                told = f"{part.letter} {part.count}" if right - left >= 2 * _NARROWEST else part.letter
                # Behind letters there is no pattern: they are read, not guessed.
                wide = 7 * len(told) + 4
                yield (
                    f'<rect x="{(left + right - wide) / 2:.1f}" y="{top + 2}" width="{wide}" height="{_THICK - 4}"'
                    f' fill="{_COLOURS[part.look][0]}"/><text x="{(left + right) / 2:.1f}" y="{middle}"'
                    f' text-anchor="middle" font-weight="bold" fill="{ink}">{_text(told)}</text>'
                )
    yield f'<text x="{ends[-1] + 8:.1f}" y="{middle}" fill="{_QUIET}">{_text(bar.said)}</text>'


def _box(look: Look, name: str, left: float, top: float, width: float) -> str:
    tint, ink = _COLOURS[look]
    fill = f"url(#{name}-{look})" if look in _PATTERNS else tint
    place = f'x="{left:.1f}" y="{top:.1f}" width="{max(width, 1.5):.1f}" height="{_THICK}"'
    return f'<rect {place} fill="{fill}" stroke="{ink}" stroke-width="0.8"/>'


_Entry = tuple[Look, str, str]


def _legend_lines(legend: tuple[_Entry, ...]) -> Iterator[tuple[_Entry, ...]]:
    """What the looks mean, in as many lines as it takes."""
    line: list[_Entry] = []
    taken = 0
    for each in legend:
        width = _wide(each)
        if line and taken + width > _WIDTH - _NAMES:
            yield tuple(line)
            line, taken = [], 0
        line.append(each)
        taken += width
    if line:
        yield tuple(line)


def _wide(each: _Entry) -> int:
    return 34 + 6 * (len(each[1]) + len(each[2]) + 1)


def _legend(line: tuple[_Entry, ...], name: str, top: int) -> Iterator[str]:
    left = _NAMES
    for look, letter, meaning in line:
        yield _box(look, name, left, top, 16)
        yield (
            f'<text x="{left + 22}" y="{top + _THICK - 4}" fill="{_QUIET}">'
            f'<tspan font-weight="bold">{_text(letter)}</tspan> {_text(meaning)}</text>'
        )
        left += _wide((look, letter, meaning))


def _text(text: str) -> str:
    return escape(one_line(text))
