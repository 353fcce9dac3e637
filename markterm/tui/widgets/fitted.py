"""A text that never ends without a sign where it has more lines than there is room for."""

from __future__ import annotations

from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widgets import Static

from markterm.domain.words.counted import counted
from markterm.tui.command import key_of


class Fitted(Static):
    """As many lines as there is room for; the last of them says how many more there are, and which key shows all."""

    @property
    def whole(self) -> Content | None:
        """All of it, where not all of it is in sight."""
        told = self._told
        width, height = self.content_size
        return told if told is not None and 0 < height < len(told.wrap(max(width, 1))) else None

    @property
    def _told(self) -> Content | None:
        content = self.content
        if self.styles.text_wrap == "nowrap":
            return None  # What is cut there ends with a sign of Textual's.
        return Content(content) if isinstance(content, str) else content if isinstance(content, Content) else None

    def render_line(self, y: int) -> Strip:
        """A row of it; the last one ends with what there is no room for."""
        width, height = self.content_size
        told = self.whole if y == height - 1 else None
        if told is None:
            return super().render_line(y)
        lines = told.wrap(width)
        more = Content.styled(f" … {counted(len(lines) - height, 'more line')}, {key_of('app.whole')}", "$quiet")
        if more.cell_length > width // 3:
            more = Content.styled(f" … {key_of('app.whole')}", "$quiet")
        last, room = lines[y].rstrip(), max(width - more.cell_length, 0)
        cut = last.truncate(room).rstrip() if last.cell_length > room else last
        line = Content.assemble(cut, more)
        return Visual.to_strips(self, line, width, 1, self.visual_style, apply_selection=False)[0]
