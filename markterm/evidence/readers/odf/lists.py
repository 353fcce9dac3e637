"""The lists of an OpenDocument: how their items are numbered, and how one item stands in another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markterm.evidence.readers import number_forms
from markterm.evidence.readers.numerals import HIGHEST_ROMAN, letters, roman

_FORMS = {
    "1st": "ordinal",
    "One": "cardinalText",
    "First": "ordinalText",
    "01, 02, 03, ...": "decimalZero",
    "001, 002, 003, ...": "001",
    "а, б, .., аа, аб, ... (ru)": "russianLower",
    "А, Б, .., Аа, Аб, ... (ru)": "russianUpper",
    "א, י, ק, ...": "hebrew1",
    "א, ב, ג, ...": "hebrew2",
    "أ, ب, ت, ...": "arabicAlpha",
    "ا, ب, ج, ...": "arabicAbjad",
    "ก, ข, ค, ...": "thaiLetters",
    "①, ②, ③, ...": "decimalEnclosedCircle",
    "一, 二, 三, ...": "chineseCounting",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
    "가, 나, 다, ...": "ganada",
    "ㄱ, ㄴ, ㄷ, ...": "chosung",
    "ア, イ, ウ, ...": "aiueo",
    "ｱ, ｲ, ｳ, ...": "aiueo",
    "イ, ロ, ハ, ...": "iroha",
    "ｲ, ﾛ, ﾊ, ...": "iroha",
}
"""Ways of counting by the first numbers, as LibreOffice writes them down."""
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class Level:
    """How the items of one level of a list are marked."""

    format: str = ""
    """`1`, `a`, `A`, `i`, `I`, or the first numbers of another way of counting; empty for no number."""
    prefix: str = ""
    suffix: str = ""
    levels: int = 1
    """How many levels, down to this one, are in its number."""
    start: int = 1
    pattern: str = ""
    """The whole number with `%1%` in the place of the first level's, which newer programs write."""
    bullet: str = ""
    """A bullet that is a tick, a cross or a box; any other is not told."""

    @property
    def is_plain(self) -> bool:
        """Whether Markdown numbers in the same way: 1, 2, 3."""
        plain = self.levels == 1 and not self.prefix and self.suffix in ("", ".", ")")
        return self.format == "1" and plain and (not self.pattern or self.pattern.count("%") == 2)


NO_LEVEL = Level()
"""Of a list whose style says nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """What stands in a list."""

    depth: int
    kind: str
    """`li`, `h` for a heading that is numbered as an item, empty for what goes on with the item before."""
    number: int
    """Where Markdown numbers it; 0 elsewhere."""
    html: str


def nested(items: Iterable[Item]) -> str:
    """Items as lists in lists, each no deeper than one below the last."""
    out: list[str] = []
    open_lists: list[tuple[str, int]] = []  # the tag of each and the number of its next item

    def close(depth: int) -> None:
        while len(open_lists) > depth:
            out.append(f"</li></{open_lists.pop()[0]}>")

    for item in items:
        if item.kind == "h":
            close(0)
            out.append(item.html)
            continue
        depth = min(item.depth, len(open_lists) + 1)
        if not item.kind and len(open_lists) >= depth:
            close(depth)
            out.append(item.html)
            continue
        close(depth)
        tag = "ol" if item.number else "ul"
        if len(open_lists) == depth:
            out.append("</li>")
            if open_lists[-1] != (tag, item.number):
                out.append(f"</{open_lists.pop()[0]}>")
        if len(open_lists) < depth:
            out.append(f'<ol start="{item.number}">' if item.number else "<ul>")
            open_lists.append((tag, 0))
        open_lists[-1] = (tag, item.number + 1 if item.number else 0)
        out.append(f"<li>{item.html}")
    close(0)
    return "".join(out)


@dataclass(slots=True)
class Counting:
    """The numbers of the items of a list, level by level, as far as it has come."""

    at: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, levels: dict[int, Level], start: int | None = None) -> int:
        """The number of the next item at `depth`; those below it begin anew."""
        first = levels.get(depth, NO_LEVEL).start
        self.at[depth] = start if start is not None else self.at.get(depth, first - 1) + 1
        for below in [level for level in self.at if level > depth]:
            del self.at[below]
        return self.at[depth]

    def label(self, depth: int, levels: dict[int, Level]) -> str:
        """The number of the item just counted as it is shown: `2.`, `b)`, `1.3`."""
        level = levels.get(depth, NO_LEVEL)
        if not level.format and not level.pattern:
            return level.bullet
        if level.pattern:
            return _PLACE.sub(lambda found: self._number(int(found[1]), levels), level.pattern).strip()
        first = max(depth - level.levels + 1, 1)
        parts = filter(None, (self._number(at, levels) for at in range(first, depth + 1)))
        return f"{level.prefix}{'.'.join(parts)}{level.suffix}".strip()

    def _number(self, depth: int, levels: dict[int, Level]) -> str:
        level = levels.get(depth, NO_LEVEL)
        return number_shown(self.at.get(depth, level.start), level.format)


def number_shown(number: int, kind: str) -> str:
    """A number in one of the ways of counting (see `Level.format`); empty for no way, in figures for an unknown one."""
    if not kind:
        return ""
    if kind in "aA" and 0 < number < 1000:
        return letters(number).upper() if kind == "A" else letters(number)
    if kind in "iI" and 0 < number <= HIGHEST_ROMAN:
        return roman(number).upper() if kind == "I" else roman(number)
    return number_forms.written(number, _FORMS.get(kind, "decimal"))
