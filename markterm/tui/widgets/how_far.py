"""How far long work is, at the right end of the line above the keys: one bar at a time, the same on every screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from markterm.tui.command import keyed

_FULL, _HALF, _EMPTY = "━", "╸", "─"
_CELLS, _LEAST = 12, 4
_TIMES = 50
"""So often it is told of work of any size: the screen does nothing else meanwhile."""
_FEW = 25
"""Steps. Less than so many are done before anybody asks how far they are."""

Step = TypeVar("Step")


@dataclass(frozen=True, slots=True)
class Far:
    """How far work is: what is done with how many of how many, `of` 0 where nobody knows. `stop` says how it is
    stopped, if it can be, with the command in braces."""

    doing: str
    done: int
    of: int
    one: str = "record"
    several: str = ""
    stop: str = ""

    @property
    def words(self) -> str:
        """It in words: `read 312 of 2,003 records`."""
        number = self.of or self.done
        what = self.one if number == 1 else self.several or f"{self.one}s"
        return f"{self.doing} {f'{min(self.done, self.of):,} of ' if self.of else ''}{number:,} {what}"

    def told(self, width: int) -> Content:
        """It in so many cells: the words first, then the bar, then how it is stopped."""
        words, stop = self.words, f"  {keyed(self.stop)}" if self.stop else ""
        room = width - cell_len(words) - 2
        if not self.of or room < _LEAST:
            return Content.assemble(words, stop if room >= cell_len(stop) else "")
        if room - cell_len(stop) < _LEAST:
            stop = ""
        return Content.assemble(words, "  ", far_bar(self.done, self.of, min(_CELLS, room - cell_len(stop))), stop)


def far_bar(done: int, of: int, cells: int) -> Content:
    """A bar of so many cells, full as far as it is."""
    halves = min(2 * cells * done // max(of, 1), 2 * cells)
    full = _FULL * (halves // 2) + _HALF * (halves % 2)
    return Content.assemble(Content.styled(full, "$primary"), _EMPTY * (cells - len(full)))


def stepping(steps: Iterable[Step], begun: Far, tell: Callable[[Far], object]) -> Iterator[Step]:
    """The steps of long work, as they are done; `tell` is given how far they are from time to time."""
    every = max(begun.of // _TIMES, _FEW)
    for number, step in enumerate(steps, 1):
        if number % every == 0:
            tell(Far(begun.doing, number, begun.of, begun.one, begun.several, begun.stop))
        yield step


def telling(node: Widget, say: Callable[[Far | None], object]) -> Callable[[Far | None], None]:
    """`say` for the thread of the worker that runs: what is still on its way when that was stopped is not said."""
    worker, app = get_current_worker(), node.app

    def tell(far: Far | None) -> None:
        app.call_from_thread(lambda: None if worker.is_cancelled else say(far))

    return tell


class HowFar(Static):
    """How far long work is; nothing while there is none. Of several, that which began first is told."""

    DEFAULT_CSS = """
    HowFar { dock: right; width: auto; max-width: 70%; height: 1; padding: 0 1 0 0; color: $quiet; display: none; }
    HowFar.-far { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[int, tuple[Widget, Far]] = {}

    @property
    def now(self) -> Far | None:
        """What is told now: of what is shown, and not of a list that is hidden."""
        return next((far for whose, far in self._told.values() if whose.display), None)

    def say(self, far: Far | None, whose: Widget) -> None:
        """Say how far the work is that it is of `whose`; None when it ended."""
        if far is None:
            self._told.pop(id(whose), None)
        else:
            self._told[id(whose)] = (whose, far)
        self.draw()

    def draw(self) -> None:
        """Tell what is to be told now."""
        far = self.now
        self.set_class(far is not None, "-far")
        if isinstance(self.parent, Widget):
            self.parent.set_class(far is not None, "-far")
        room = self.app.size.width * 7 // 10 - 1
        self.update(far.told(room) if far is not None else Content())


def say_far(whose: Widget, far: Far | None) -> None:
    """Say on the screen of `whose` how far its work is; None when it ended, or was stopped."""
    if whose.is_attached:
        for line in whose.screen.query(HowFar):
            line.say(far, whose)
