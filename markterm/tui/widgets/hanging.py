"""A text to read, whose long lines go on below where they begin: what belongs to a line is seen to."""

from __future__ import annotations

import re

from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

_DEEPEST = 12
# The first of the blanks of a line that goes on says what stood there before: a space, or nothing within a word. They
# are blanks that nobody types, and look as any other.
_A_SPACE, _NOTHING = "\u00a0", "\u2007"
_GOES_ON = re.compile(f"\n({_A_SPACE}|{_NOTHING}) *")


def hung(text: Content, width: int, indent: int) -> Content:
    """`text` in lines of at most `width` cells, each but the first after `indent` blanks, of which there is one."""
    plain, end = text.plain, 0
    pieces: list[Content] = []
    for line in text.wrap(max(width, 1)):
        words = line.plain.strip()
        start = max(plain.find(words, end), end)
        if pieces:
            sign = _A_SPACE if start > end else _NOTHING
            pieces.append(Content(f"\n{sign}{' ' * (indent - 1)}"))
        pieces.append(line)
        end = start + len(words)
    return Content("").join(pieces)


def unhung(text: str) -> str:
    """A text of which lines were hung, as it was before."""
    whole = _GOES_ON.sub(lambda found: " " if found[1] == _A_SPACE else "", text)
    return whole.replace(_A_SPACE, " ").replace(_NOTHING, " ")


class Hanging(Static):
    """Shows a text whose long lines hang. What is copied of it are the lines as they were."""

    def __init__(self, content: Content) -> None:
        super().__init__(HangingText(content))

    def show(self, content: Content) -> None:
        """Show this text from now on."""
        self.update(HangingText(content))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, in whole lines."""
        shown = self.visual
        if not isinstance(shown, HangingText):
            return None
        return unhung(selection.extract(shown.laid_out(self.content_size.width).plain)), "\n"


class HangingText(Visual):
    """What `Hanging` shows."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._laid_out: tuple[int, Content] = (0, content)

    def laid_out(self, width: int) -> Content:
        """The text in lines that are no wider than that; each line that goes on has the indent of the one before."""
        if self._laid_out[0] != width:
            self._laid_out = (
                width,
                Content("\n").join(_hung(line, width) for line in self._content.split("\n", allow_blank=True)),
            )
        return self._laid_out[1]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw it."""
        return self.laid_out(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as its longest line."""
        return self._content.get_optimal_width(rules, container_width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """As wide as its longest word."""
        return self._content.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines it has at that width."""
        return self.laid_out(width).get_height(rules, width)


def _hung(line: Content, width: int) -> Content:
    indent = min(len(line.plain) - len(line.plain.lstrip(" ")), _DEEPEST, width // 2)
    if line.cell_length <= width or not indent:
        return line
    return Content(" " * indent) + hung(line[indent:], width - indent, indent)
