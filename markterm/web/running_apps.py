"""Every session that runs: whose each is, how many there may be, and when one has to end."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from textual_serve.download_manager import DownloadManager

from markterm.domain.assessed.serving import Serving
from markterm.domain.words.errors import Refused
from markterm.web.log import Log
from markterm.web.running_app import RunningApp
from markterm.web.sign_ins import SignIn, SignIns
from markterm.web.warmed import Warmed

COMES_BACK = 120.0
"""Seconds for which a session waits for its browser."""
_REMEMBERED = 2_000
_MEGABYTE = 1_000_000
_FAILURES = frozenset(range(1, 128)) - {Refused.exit_code}
"""Codes with which a session ends of itself, against the will of whoever works in it; above them are signals. One that
was drawn and is refused from then on, as when a visit is over, did not fail."""


class How(StrEnum):
    """How a session of a tab stands."""

    RUNS = "runs"
    ELSEWHERE = "elsewhere"
    LEFT = "left"
    IDLE = "idle"
    FULL = "full"
    FAILED = "failed"
    AWAY = "away"
    NOT_CONNECTED = "not-connected"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Room:
    """How many sessions run of all that may, and of whoever asks."""

    running: int
    theirs: int


class RunningApps:
    """The sessions of a server. Each belongs to whoever signed in, and to a tab of their browser."""

    def __init__(
        self, serving: Serving, warmed: Warmed, sign_ins: SignIns, downloads: DownloadManager, log: Log
    ) -> None:
        self._serving = serving
        self._warmed = warmed
        self._sign_ins = sign_ins
        self._downloads = downloads
        self._log = log
        self._apps: list[RunningApp] = []
        self._how: OrderedDict[tuple[str, str], How] = OrderedDict()
        self._turn = asyncio.Lock()
        self._ending: dict[RunningApp, asyncio.Task[None]] = {}
        self.comes_back = COMES_BACK
        self.holds: Callable[[SignIn], bool] = sign_ins.still_holds
        """Whether somebody is signed in still."""
        self.tells: Callable[[], str] = str
        """What is said in every session until it is not so any more; empty where there is nothing."""

    def __iter__(self):  # type: ignore[no-untyped-def]  # of `RunningApp`, of which mypy may know nothing
        return iter(tuple(self._apps))

    def __len__(self) -> int:
        return len(self._apps)

    def how(self, sign_in: SignIn, tab: str, page: str) -> How:
        """How the session of that tab stands, for a page that lost it."""
        app = self._of(sign_in.member, tab)
        if app is None:
            return self._how.get((sign_in.member, tab), How.ENDED)
        return How.RUNS if app.alone_since is not None or app.page == page else How.ELSEWHERE

    async def shown_in(self, sign_in: SignIn, tab: str, width: int, height: int) -> tuple[RunningApp, bool]:
        """The session to show in that tab, and whether it was begun for it just now: it is the tab's own, or one of
        theirs that no browser shows, or a new one. Raises `Refused` where there is no room for one more, and
        `Unreadable` where none starts."""
        if (there := self._to_show(sign_in, tab)) is not None:
            return there, False
        async with self._turn:
            # Whoever loads the page again while their session opens comes to that one: it takes one place, not two.
            if (there := self._to_show(sign_in, tab)) is not None:
                return there, False
            return await self._begin(sign_in, tab, width, height), True

    def _to_show(self, sign_in: SignIn, tab: str) -> RunningApp | None:
        if (own := self._of(sign_in.member, tab)) is not None:
            return own
        alone = [each for each in self._apps if each.sign_in.member == sign_in.member and each.alone_since is not None]
        return max(alone, key=lambda each: each.alone_since or 0.0, default=None)

    async def _begin(self, sign_in: SignIn, tab: str, width: int, height: int) -> RunningApp:
        try:
            self.check_room(sign_in.member)
        except Refused:
            self._remember(sign_in.member, tab, How.FULL)
            raise
        memory = self._serving.memory * _MEGABYTE
        app = RunningApp(sign_in, tab, self._warmed, self._downloads, memory, self._ended)
        await app.begin(width, height)
        self._apps.append(app)
        self._how.pop((sign_in.member, tab), None)
        self._log.say("session_began", sign_in=sign_in.name, sessions=len(self._apps))
        return app

    def not_connected(self, sign_in: SignIn, tab: str) -> None:
        """Keep that what lies between passes no websocket on: nothing could be begun for that tab."""
        self._remember(sign_in.member, tab, How.NOT_CONNECTED)
        self._log.say_seldom("websocket_not_passed_on")

    def check_room(self, member: str) -> None:
        """Raises `Refused` where one more session of theirs has no room."""
        theirs = sum(each.sign_in.member == member for each in self._apps)
        if theirs >= self._serving.sessions_of_member:
            raise Refused(
                "You have as many sessions as there may be",
                f"{theirs} sessions of yours run on this server.",
                "Leave one of them; one whose window was closed ends by itself within two minutes.",
            )
        if len(self._apps) >= self._serving.sessions:
            raise Refused(
                "The server is full",
                f"{len(self._apps)} sessions run on it, and no more may.",
                "Try again in a few minutes, or ask whoever runs the server to allow more.",
            )

    async def end_of(self, sign_in: SignIn) -> None:
        """End whatever runs for that sign-in; done when it ended."""
        await asyncio.gather(*(each.end() for each in self._apps if each.sign_in is sign_in))

    async def close(self) -> None:
        """End every session as a key does."""
        await asyncio.gather(*(each.end() for each in self._apps))

    async def look(self) -> None:
        """Begin to end what has to end: of whoever is not signed in any more, whom no browser shows for too long, or
        who pressed no key for too long. One that stands still keeps nobody from being looked at."""
        now, told = time.monotonic(), self.tells()
        for app in [each for each in self._apps if each not in self._ending]:
            is_idle = now - app.last_key > self._serving.idle * 60
            is_alone = app.alone_since is not None and now - app.alone_since > self.comes_back
            if is_idle or is_alone or not self.holds(app.sign_in):
                # It ends as by a key that nobody pressed.
                self._remember(app.sign_in.member, app.tab, How.IDLE if is_idle else How.ENDED)
                self._ending[app] = asyncio.create_task(self._end(app))
            else:
                app.say(told)
        self._sign_ins.sweep()

    async def _end(self, app: RunningApp) -> None:
        try:
            await app.end()
        except Exception as error:
            # The next look tries it again.
            self._log.say_seldom("session_not_ended", kind=type(error).__name__)
        finally:
            del self._ending[app]

    def _of(self, member: str, tab: str) -> RunningApp | None:
        return next((each for each in self._apps if (each.sign_in.member, each.tab) == (member, tab)), None)

    def _ended(self, app: RunningApp) -> None:
        if app in self._apps:
            self._apps.remove(app)
        key = (app.sign_in.member, app.tab)
        if self._how.get(key) not in (How.IDLE, How.ENDED):
            failed = not app.was_drawn or (app.code or 0) in _FAILURES
            self._remember(*key, How.LEFT if app.code == 0 else How.FAILED if failed else How.ENDED)
        event = "session_ended" if app.was_drawn else "session_not_opened"
        code = {} if app.code is None else {"code": app.code}
        self._log.say(event, sign_in=app.sign_in.name, sessions=len(self._apps), **code)

    def _remember(self, member: str, tab: str, how: How) -> None:
        self._how[member, tab] = how
        self._how.move_to_end((member, tab))
        while len(self._how) > _REMEMBERED:
            self._how.popitem(last=False)
