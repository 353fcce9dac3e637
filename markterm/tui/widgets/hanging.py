"""A text to read, whose long lines go on below where they begin: what belongs to a line is seen to."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_DEEPEST = 12


class HangingText(Visual):
    """What a `Static` shows in place of a `Content`."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._laid_out: tuple[int, Content] = (0, content)

    def laid_out(self, width: int) -> Content:
        """The text in lines that are no wider than that; each line that goes on has the indent of the one before."""
        if self._laid_out[0] != width:
            self._laid_out = (
                width,
                Content("\n").join(
                    part for line in self._content.split("\n", allow_blank=True) for part in _hung(line, width)
                ),
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


def _hung(line: Content, width: int) -> list[Content]:
    indent = min(len(line.plain) - len(line.plain.lstrip(" ")), _DEEPEST, width // 2)
    if line.cell_length <= width or not indent:
        return [line]
    return [Content(" " * indent) + each for each in line[indent:].wrap(width - indent)]
