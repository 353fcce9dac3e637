"""The three panes of a screen with evidence: which has the keys, and which is seen where there is room for one."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.screen import Screen

from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.widgets.criteria_list import CriteriaList
from markterm.tui.widgets.text_pane import TextPane

NAMES = ("criteria", "evidence", "criterion")


class Panes:
    """The panes of a screen, whose classes say which one is seen: `-criteria`, `-evidence`, `-criterion`."""

    def __init__(
        self,
        screen: Screen[None],
        criteria: CriteriaList,
        criterion: TextPane,
        reader: EvidenceReader,
        draw: Callable[[], None],
    ) -> None:
        self.criteria = criteria
        self.criterion = criterion
        self.reader = reader
        self._screen = screen
        self._draw = draw

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
        self.show(name)
        self._screen.set_focus(panes[name])

    def tabs(self, place: CriterionPlace | None) -> Content:
        """The names of the panes, the one that is seen marked."""
        seen = self.seen
        pieces: list[Content | str] = []
        for pane in NAMES:
            name = f"{pane} {place.criterion.number}" if pane == "criterion" and place else pane
            pieces += [Content.styled(f" {name} ", "bold reverse $primary" if pane == seen else "$quiet"), " "]
        return Content.assemble(*pieces)
