"""What the screens tell in passing: what stands now, and what was told before."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from textual import on
from textual.app import App
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.signal import Signal

from markterm.domain.words.foreign_text import one_line

_KEPT = 100


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was told in passing."""

    at: datetime
    title: str
    words: str
    stays: bool
    """Whether it stays until the next key: a refusal or a failure, which nobody may miss."""

    def says_as(self, other: Notice) -> bool:
        """Whether the other one says the same."""
        return (self.title, self.words) == (other.title, other.words)


class Notices:
    """What was told in passing, in its order. What is told again while it stands is not said twice."""

    def __init__(self) -> None:
        self.told: deque[Notice] = deque(maxlen=_KEPT)
        """What was told last, the newest at the end."""
        self.waiting: Notice | None = None
        """What is waited for now, before all that stands; None where nothing is."""
        self.meanwhile: dict[str, Notice] = {}
        """What is so until it is said to be over, whatever is pressed, by what it is about."""
        self._standing: list[Notice] = []

    @property
    def now(self) -> Notice | None:
        """What stands now: a refusal before whatever else there is, of several the last; None for nothing."""
        stays = next((each for each in reversed(self._standing) if each.stays), None)
        passing = self._standing[-1] if self._standing else next(reversed(self.meanwhile.values()), None)
        return self.waiting or stays or passing

    @property
    def others(self) -> int:
        """How many stand beside it."""
        return max(len(self._standing) + len(self.meanwhile) - 1, 0)

    def tell(self, notice: Notice) -> None:
        """Tell that."""
        self._standing = [each for each in self._standing if not each.says_as(notice)] + [notice]
        self.told.append(notice)

    def end(self, notice: Notice) -> None:
        """That one was there long enough."""
        self._standing = [each for each in self._standing if each is not notice]

    def read(self) -> None:
        """A key was pressed: what stayed until then was read."""
        self._standing = [each for each in self._standing if not each.stays]

    def pass_by(self) -> None:
        """Another screen opened over the one that was told, or another area: what only passes was of that one, and of
        its keys."""
        self._standing = [each for each in self._standing if each.stays]

    def replace(self, words: Collection[str]) -> None:
        """Something was recorded since: what passes and says in these words how it stood before is true no more."""
        self._standing = [each for each in self._standing if each.stays or each.words not in words]

    def clear(self) -> None:
        """Nothing stands any more."""
        self._standing = []


class TellingApp(App[None]):
    """Tells in the line that each screen has for it, and in no box that covers anything."""

    NOTIFICATION_TIMEOUT: ClassVar[float] = 5
    """Seconds for which what is no refusal stands."""

    @dataclass
    class Told(Message, bubble=False):
        """Something is to be told in passing."""

        notice: Notice
        on: Screen[object] | None
        """The screen that was looked at when it was told; None for the first one."""

    def __init__(self) -> None:
        # Before Textual's own: it tells when it begins.
        self.notices = Notices()
        self.notices_changed: Signal[None] = Signal(self, "notices-changed")
        self._looked_at: Screen[object] | None = None
        super().__init__()

    def on_mount(self) -> None:
        """Follow which screen is looked at. What subclasses do when they are mounted, Textual does too."""
        self.screen_change_signal.subscribe(self, self._look_at, immediate=True)

    def _look_at(self, screen: Screen[object]) -> None:
        # Nothing is told of the first screen: it is looked at when the program begins.
        before, self._looked_at = self._looked_at or self.screen_stack[0], screen
        if before is screen:
            return
        if self._is_there(before):
            self.pass_notices_by()

    def _is_there(self, screen: Screen[object]) -> bool:
        # A dialog that is left is gone, and tells on the screen below; an area that is left is there still.
        return screen in self.screen_stack or self.is_screen_installed(screen)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,  # noqa: ARG002 - Textual's own; how long a notice stands is the same for all
        markup: bool = True,  # noqa: ARG002 - Textual's own; nothing that is told is taken for markup
    ) -> None:
        """Tell in passing; what is no information stays until the next key. Any thread may."""
        words = one_line(message)
        notice = Notice(datetime.now(UTC), one_line(title), words, severity != "information")
        self.post_message(self.Told(notice, self._looked_at))

    @on(Told)
    def _take(self, event: Told) -> None:
        notice, on_it = event.notice, event.on or self.screen_stack[0]
        self.notices.tell(notice)
        if on_it is not self.screen and self._is_there(on_it):
            self.notices.pass_by()  # Another screen has opened meanwhile.
        self.notices_changed.publish(None)
        if not notice.stays:
            self.set_timer(self.NOTIFICATION_TIMEOUT, lambda: self._end(notice))

    def _end(self, notice: Notice) -> None:
        self.notices.end(notice)
        self.notices_changed.publish(None)

    def read_notices(self) -> None:
        """A key was pressed: what stayed until then was read."""
        self.notices.read()
        self.notices_changed.publish(None)

    def pass_notices_by(self) -> None:
        """Another screen took the place of the one that was told: what only passes was of that one."""
        self.notices.pass_by()
        self.notices_changed.publish(None)

    def tell_waiting(self, words: str) -> None:
        """Tell what is waited for, until it is told anew; nothing, with no words. It is not among the last messages."""
        self.notices.waiting = Notice(datetime.now(UTC), "", words, stays=False) if words else None
        self.notices_changed.publish(None)

    def tell_meanwhile(self, about: str, words: str) -> None:
        """Tell what is so about something, until it is told anew; with no words it is over."""
        before, said = self.notices.meanwhile.get(about), one_line(words)
        if said == (before.words if before is not None else ""):
            return
        self.notices.meanwhile.pop(about, None)
        if said:
            notice = Notice(datetime.now(UTC), "", said, stays=True)
            self.notices.meanwhile[about] = notice
            self.notices.told.append(notice)
        self.notices_changed.publish(None)

    def tell_no_longer(self, words: Collection[str]) -> None:
        """Something was recorded since: what passes and says in these words how it stood before is true no more."""
        self.notices.replace(words)
        self.notices_changed.publish(None)

    def clear_notifications(self) -> None:
        """Nothing stands any more."""
        self.notices.clear()
        self.notices_changed.publish(None)
