"""The three panes of a screen with evidence: which has the keys, and which is seen where there is room for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from textual import events
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.evidence.widths import MEDIUM, WIDE, criterion_height, criterion_width, list_width
from markterm.tui.settings import OwnSettings
from markterm.tui.widgets.criteria_list import CriteriaList
from markterm.tui.widgets.drawn_rows import DrawnRows
from markterm.tui.widgets.text_pane import TextPane

NAMES = ("criteria", "evidence", "criterion")
_PANE = "pane"
_CRITERION = 38
_HEIGHT = 13


class PaneTabs(Static):
    """The names of the panes, on a screen with room for one of them."""

    @dataclass
    class Clicked(Message):
        """The name of that pane was clicked."""

        pane: str

    def on_click(self, event: events.Click) -> None:
        """Tell which was clicked."""
        if pane := event.style.meta.get(_PANE):
            self.post_message(self.Clicked(pane))


class Panes:
    """The panes of a screen, whose classes say which one is seen: `-criteria`, `-evidence`, `-criterion`."""

    def __init__(
        self,
        screen: Screen[None],
        criteria: CriteriaList,
        criterion: TextPane,
        reader: EvidenceReader,
        draw: Callable[[], None],
        settings: OwnSettings,
        *,
        least_height: int = _HEIGHT,
    ) -> None:
        self.criteria = criteria
        self.criterion = criterion
        self.reader = reader
        self._screen = screen
        self._draw = draw
        self._settings = settings
        self._least_height = least_height

    @property
    def seen(self) -> str:
        """The one that is seen on a narrow screen."""
        return next((name for name in NAMES if self._screen.has_class(f"-{name}")), NAMES[0])

    def show(self, name: str) -> None:
        """Let that pane be seen where there is room for one only."""
        if self.seen != name:
            for pane in NAMES:
                self._screen.set_class(pane == name, f"-{pane}")
            self._draw()

    def focus_criteria(self) -> None:
        """Give the criteria the keys."""
        self._screen.set_focus(self.criteria)

    def step(self, step: int) -> None:
        """Give another pane the keys, that many further; on a narrow screen, show it."""
        panes = {"criteria": self.criteria, "criterion": self.criterion, "evidence": self.reader.pane}
        focused = next((name for name in NAMES if panes[name].has_focus), NAMES[0])
        current = self.seen if self._screen.has_class("-narrow") else focused
        name = NAMES[(NAMES.index(current) + step) % len(NAMES)]
        self.go_to(name)

    def go_to(self, name: str) -> None:
        """Give that pane the keys, and show it."""
        self.show(name)
        self._screen.set_focus({"criteria": self.criteria, "criterion": self.criterion}.get(name, self.reader.pane))

    # How wide they are

    def lay_out(self) -> None:
        """Give the panes the widths that they have on a screen of this size."""
        screen, now = self._screen.app.size.width, self._settings.now
        beside = list_width(screen, now.criteria_width, self.criteria.LEAST_WIDTH)
        frame = self.criteria.parent
        if screen < MEDIUM or not isinstance(frame, Widget):
            self.criteria.styles.clear_rule("width")
            self.criterion.styles.clear_rule("width")
            return
        self.criteria.styles.width = beside
        if screen < WIDE:
            frame.styles.grid_columns = f"{beside} 1fr"
            height = criterion_height(self._screen.app.size.height, self._least_height, now.criterion_height)
            frame.styles.grid_rows = f"{height} 1fr"
            self.criterion.styles.clear_rule("width")
        else:
            self.criterion.styles.width = criterion_width(screen, now.criterion_width, _CRITERION, beside)

    def drag(self, dragged: DrawnRows.EdgeDragged) -> None:
        """Follow the mouse with the edge that it holds; keep what it was let go at."""
        screen = self._screen.app.size.width
        if dragged.rows is self.criteria:
            self._set(criteria_width=dragged.column + 1, is_kept=dragged.is_let_go)
        elif dragged.rows is self.criterion and screen >= WIDE:
            self._set(criterion_width=screen - dragged.column, is_kept=dragged.is_let_go)
        elif dragged.rows is self.criterion and self.is_stacked:
            self._set(criterion_height=dragged.row - self.criterion.region.y + 1, is_kept=dragged.is_let_go)

    def widen(self, step: int) -> None:
        """Make the criteria wider by so many columns, or narrower when negative, and keep that."""
        self._set(criteria_width=self.criteria.outer_size.width + step, is_kept=True)

    @property
    def is_stacked(self) -> bool:
        """Whether the criterion stands above the evidence."""
        return MEDIUM <= self._screen.app.size.width < WIDE

    def heighten(self, step: int) -> None:
        """Make the criterion higher by so many rows, or lower when negative, and keep that."""
        self._set(criterion_height=self.criterion.outer_size.height + step, is_kept=True)

    def _set(self, *, is_kept: bool, **widths: int) -> None:
        before = self._settings.now
        settings = replace(before, **widths)  # type: ignore[arg-type]  # the widths are numbers
        self._settings.now = settings
        if is_kept:
            self._settings.change(settings)
        self.lay_out()

    def tabs(self, place: CriterionPlace | None) -> Content:
        """The names of the panes, the one that is seen marked."""
        seen = self.seen
        pieces: list[Content | str] = []
        for pane in NAMES:
            name = f"{pane} {place.criterion.number}" if pane == "criterion" and place else pane
            tab = Content.styled(f" {name} ", "bold reverse $primary" if pane == seen else "$quiet")
            pieces += [tab.stylize(Style.from_meta({_PANE: pane})), " "]
        return Content.assemble(*pieces)
