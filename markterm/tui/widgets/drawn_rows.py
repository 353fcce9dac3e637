"""A widget that draws its rows itself, of which none can end the screen."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

NOT_DRAWN = "(This could not be drawn.)"


@dataclass
class NotDrawn(Message):
    """Something could not be drawn as it should, for a fault of MarkTerm's own."""

    error: Exception


class DrawnRows(Widget):
    """Subclasses draw a row; where that fails its plain text is shown, or that there is none."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._looks: dict[str, Style] = {}

    def look(self, name: str) -> Style:
        """What that component class looks like, by itself. Textual works it out anew for every picture."""
        if name not in self._looks:
            self._looks[name] = self.get_component_rich_style(name, partial=True)
        return self._looks[name]

    def notify_style_update(self) -> None:
        """The theme changed, or the widget got the focus."""
        super().notify_style_update()
        self._looks.clear()

    def row(self, y: int) -> Strip:
        """The row `y` of the widget."""
        raise NotImplementedError

    def plain_row(self, y: int) -> str:  # noqa: ARG002 - for subclasses that know more
        """What the row `y` says, when it cannot be drawn."""
        return NOT_DRAWN

    def render_line(self, y: int) -> Strip:
        """The row `y`, in one form or the other."""
        try:
            return self.row(y)
        except Exception as error:  # whatever it is, the other rows and the keys go on
            self.post_message(NotDrawn(error))
        try:
            text = self.plain_row(y)
        except Exception:  # then nothing is known of the row
            text = NOT_DRAWN
        return Strip([Segment(text)]).adjust_cell_length(self.size.width)
