"""The numbers that Word shows before paragraphs: it counts them each time it opens a file, and never writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markterm.evidence.readers import number_forms
from markterm.evidence.readers.symbols import is_symbol_font, text_shown
from markterm.evidence.readers.tick_box import TELLING
from markterm.evidence.readers.word.styles import Styles, font_of
from markterm.evidence.readers.word.xml import Element, attribute, child, children, inside, is_on, value

_DEEPEST = 8
_PLACE = re.compile(r"%([1-9])")
_PLAIN_NUMBER = re.compile(r"%[1-9]([.)]?)")
# A bullet is told from one of these: that something is ticked, or can be, is said by the learner.
_TELLING = TELLING | frozenset("✕✖□❏❐❑❒◻")
_MOST_LINKS = 20
_LEGAL = frozenset({"none", "decimalZero"})
"""Forms of numbers that a level for lawyers leaves as they are."""
_HIGHEST = 999_999_999
"""Of the numbers that begin an item in Markdown."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph."""

    level: int
    text: str
    """As Word shows it: `1.`, `1.1`, `b)`; a bullet that tells nothing is `-`."""
    number: str = ""
    """When it is a plain number, the form of it that begins an item in Markdown: `1.` or `1)`."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int = -1
    """The level, from 1, whose items begin it anew; 0 for none; -1 for each one above it."""
    is_legal: bool = False
    """Whether all numbers in it are shown as figures."""
    font: str = ""


@dataclass(slots=True)
class _List:
    """A kind of list: the levels it has, and how far it was counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    link: str = ""
    """The style in which its levels are said instead."""
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Use:
    """A list as it is used: a kind of list with levels of its own."""

    kind: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Counts the paragraphs of a file that stand in lists, in the order in which they are asked for."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._uses: dict[str, _Use] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._style_lists: dict[str, str] = {}
        for one in children(root, "abstractNum"):
            self._read_list(one)
        for one in children(root, "num"):
            self._read_use(one)

    def _read_list(self, element: Element) -> None:
        kind = attribute(element, "abstractNumId")
        found = self._lists.setdefault(kind, _List(link=value(element, "numStyleLink")))
        if style := value(element, "styleLink"):
            self._style_lists[style] = kind
        for one in children(element, "lvl"):
            index = _number(attribute(one, "ilvl"), 0)
            found.levels.setdefault(index, _level(one, index))
            if style := value(one, "pStyle"):
                self._by_style[style] = (kind, index)

    def _read_use(self, element: Element) -> None:
        use = _Use(value(element, "abstractNumId"))
        for one in children(element, "lvlOverride"):
            index = _number(attribute(one, "ilvl"), 0)
            level = child(one, "lvl")
            if level is not None:
                use.levels[index] = _level(level, index)
            start = child(one, "startOverride")
            if start is not None:
                use.starts[index] = _number(attribute(start, "val"), 0)
        self._uses[attribute(element, "numId")] = use

    def label(self, properties: Element | None, style: str) -> Label | None:
        """What stands before the next paragraph, which has these properties and this style; None for nothing.

        Each call counts the paragraph.
        """
        own = child(properties, "numPr")
        number, index = value(own, "numId"), value(own, "ilvl")
        if not number:
            for each in self._styles.chain(style):
                if each.number:
                    number, index = each.number, index or each.level
                    break
        by_style = self._by_style.get(style)
        if not number and by_style is not None:
            number = next((key for key, use in self._uses.items() if use.kind == by_style[0]), "")
        if not index and by_style is not None:
            index = str(by_style[1])
        use = self._uses.get(number)
        if use is None or number == "0":
            return None
        level = min(max(_number(index, 0), 0), _DEEPEST)
        return self._counted(use, self._kind(use.kind), level)

    def _kind(self, kind: str) -> _List:
        """A kind of list where it is said, which may be behind some links."""
        for _ in range(_MOST_LINKS):
            found = self._lists.get(kind)
            if found is None or not found.link or found.levels:
                return found or _List()
            use = self._uses.get(self._styles[found.link].number)
            linked = self._style_lists.get(found.link) or (use.kind if use is not None else "")
            if linked == kind:
                return found
            kind = linked
        return _List()

    def _counted(self, use: _Use, kind: _List, index: int) -> Label | None:
        if index not in use.levels and index not in kind.levels:
            return None
        levels = {**kind.levels, **use.levels}
        level = levels[index]
        counts = kind.counts
        if index in use.starts and index not in use.begun:
            counts[index] = use.starts[index]
        elif index in counts:
            counts[index] += 1
        else:
            counts[index] = level.start
        use.begun.add(index)
        for above in range(index):
            counts.setdefault(above, levels.get(above, level).start)
        for below in [each for each in counts if each > index]:
            restart = levels[below].restart if below in levels else -1
            if restart < 0 or index < restart:
                del counts[below]
        return _label(index, level, levels, counts)


def _level(element: Element, index: int) -> _Level:
    text = child(element, "lvlText")
    # A form of its own stands in an alternative, with one for older Word beside it.
    numbers = next(inside(element, "numFmt"), None)
    form = attribute(numbers, "format") or attribute(numbers, "val") or "decimal"
    properties = child(element, "rPr")
    return _Level(
        _number(value(element, "start"), 1),
        form,
        f"%{index + 1}." if text is None else attribute(text, "val"),
        _number(value(element, "lvlRestart"), -1),
        is_on(child(element, "isLgl")),
        font_of(child(properties, "rFonts")),
    )


def _label(index: int, level: _Level, levels: Mapping[int, _Level], counts: Mapping[int, int]) -> Label | None:
    if level.form == "bullet":
        sign = text_shown(level.font, level.text).strip() if is_symbol_font(level.font) else level.text.strip()
        return Label(index, sign if sign and sign in _TELLING else "-")
    plain = _PLAIN_NUMBER.fullmatch(level.text.strip())
    if plain is not None and number_forms.is_plain(level.form) and level.text.strip()[1] == str(index + 1):
        number = counts[index]
        if 0 <= number <= _HIGHEST:
            text = f"{number}{plain[1]}"
            return Label(index, text, f"{number}{plain[1] or '.'}")

    def shown(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        form = levels[place].form if place in levels else "decimal"
        is_changed = level.is_legal and form not in _LEGAL
        return number_forms.written(counts.get(place, 1), "decimal" if is_changed else form)

    text = " ".join(_PLACE.sub(shown, level.text).split())
    return Label(index, text) if text else None


def _number(text: str, otherwise: int) -> int:
    try:
        return int(text)
    except ValueError:
        return otherwise
