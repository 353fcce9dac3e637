"""The line above the keys, in which a screen tells in passing: it has a place of its own, and covers nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from textual.containers import Container
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from markterm.tui.local_time import second
from markterm.tui.notices import Notice, TellingApp
from markterm.tui.widgets.how_far import HowFar

_MOST_LINES = 3
_MOST_PASSING = 2
_CUT = " …"


def messages_content(told: Iterable[Notice]) -> Content:
    """What was told, the newest first, each with its time, to be read."""
    lines = [
        Content.assemble(
            Content.styled(f"{second(each.at)}  ", "$quiet"),
            Content.styled("! ", "bold $warning") if each.stays else "  ",
            Content.styled(f"{each.title}  ", "bold") if each.title else "",
            Content(each.words),
        )
        for each in reversed(tuple(told))
    ]
    return Content("\n").join(lines) if lines else Content("Nothing was told yet since MarkTerm was opened.")


class NoticeLine(Widget):
    """Shows what the app tells now, while its screen is the one that is looked at. What passes has two
    lines at most, a refusal three: the last words say what to do."""

    DEFAULT_CSS = """
    NoticeLine { height: auto; min-height: 1; max-height: 3; width: 1fr; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._notice: Notice | None = None
        self._others = 0

    @property
    def is_telling(self) -> bool:
        """Whether something stands in it now."""
        return self._notice is not None

    def on_mount(self) -> None:
        """Follow what is told, and which screen is looked at."""
        app = cast("TellingApp", self.app)
        app.notices_changed.subscribe(self, lambda _: self._look())
        app.screen_change_signal.subscribe(self, self._look)
        self._look()

    def _look(self, screen: Screen[object] | None = None) -> None:
        app = cast("TellingApp", self.app)
        is_here = (screen or app.screen) is self.screen
        notice, others = (app.notices.now, app.notices.others) if is_here else (None, 0)
        if (notice, others) != (self._notice, self._others):
            width = self.content_size.width
            before = len(self.laid_out(width))
            self._notice, self._others = notice, others
            self.set_class(self.is_telling, "-telling")
            if isinstance(self.parent, NoticeRow):
                self.parent.set_class(self.is_telling, "-telling")
            # Its one line has room also when nothing stands in it: whatever else is shown stays where it is.
            self.refresh(layout=max(len(self.laid_out(width)), 1) != max(before, 1))
            self._fit()

    def on_resize(self) -> None:
        """What is told needs other lines in another width."""
        self._fit()

    def _fit(self) -> None:
        if isinstance(self.parent, NoticeRow):
            self.parent.styles.height = max(len(self.laid_out(self.content_size.width)), 1)

    def laid_out(self, width: int) -> list[Content]:
        """What stands in it, in lines of that width."""
        notice = self._notice
        if notice is None or width <= 0:
            return []
        more = Content.styled(f"  +{self._others}", "$quiet") if self._others else Content()
        style = "bold $warning" if notice.stays else "bold"
        told = Content.assemble(
            Content.styled("! ", style) if notice.stays else "",
            Content.styled(f"{notice.title}  ", style) if notice.title else "",
            Content(notice.words),
        )
        lines = told.wrap(max(width - more.cell_length, 1))
        most = _MOST_LINES if notice.stays else _MOST_PASSING
        if len(lines) > most:
            # Broken at a word, with a sign that more was said.
            rest = Content(" ").join(lines[most - 1 :])
            room = max(width - more.cell_length - len(_CUT), 1)
            lines = [*lines[: most - 1], Content.assemble(rest.truncate(room).rstrip(), _CUT)]
        return [*lines[:-1], Content.assemble(lines[-1], more)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's own
        """As many lines as what stands in it needs."""
        return max(len(self.laid_out(width)), 1)

    def render(self) -> Content:
        """What stands in it."""
        return Content("\n").join(self.laid_out(self.content_size.width))


class NoticeRow(Container):
    """What is told in passing, and at its right end, the same on every screen, how far long work is. It is no
    `Horizontal`: what screens say of how their panes stand would be of it, too."""

    DEFAULT_CSS = "NoticeRow { layout: horizontal; height: 1; width: 1fr; }"

    def __init__(self, how_far: Widget | None = None) -> None:
        self._how_far = how_far or HowFar()
        super().__init__(NoticeLine(), self._how_far)

    def on_mount(self) -> None:
        """How far work is, is told on the screen that is looked at alone: there is one bar at a time."""
        cast("TellingApp", self.app).screen_change_signal.subscribe(self, self._look, immediate=True)

    def _look(self, screen: Screen[object]) -> None:
        self._how_far.visible = screen is self.screen
