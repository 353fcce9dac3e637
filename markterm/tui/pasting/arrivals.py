"""Keys as they arrive, and pasted text among them: without bracketed paste a terminal sends it as if it were typed.

Nobody presses five keys within 15 milliseconds. So many of which two or more stand for nothing are text, and are not
obeyed; a line end among so many letters belongs to the text, and so does one that comes with letters at once behind the
command that opened the field. A burst of commands, as a slow link delivers it, and one key that repeats itself are
obeyed. Measured is when a key arrived, not when somebody had time for it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from itertools import takewhile

from textual.events import Key
from textual.message import Message

MANY = 5
"""So many keys within `WINDOW` are a burst."""

WINDOW = 0.015
"""Seconds."""

STRANGE = 2
"""So many keys of a burst that stand for nothing make it text."""

_MOMENT = 0.001
"""Seconds."""

_QUIET = 0.25
"""Seconds without a key that end a paste: a link may deliver it in pieces."""

_AFTER = 0.1
"""Seconds within which a line end behind a burst belongs to it."""

_LONGEST = 10.0
"""Seconds after which no more keys are taken for the same paste."""

_TWICE = 0.5
"""Seconds within which a key that is pressed again is the same press: nobody reads what it opened so soon."""

LINE_ENDS = frozenset({"enter", "ctrl+j", "ctrl+m"})


class Arrivals:
    """The keys of an app: those that wait to be looked at, and those that were just before.

    `waits` is for how long a key is held, in seconds: for less where keys are known to come at once, as in a test.
    """

    def __init__(self) -> None:
        self.waits = WINDOW
        self._waiting: deque[Key] = deque()
        self._past: deque[Key] = deque(maxlen=64)
        self._taken: set[Key] = set()
        self._before: tuple[float, float] = (0.0, 0.0)
        self._opened, self._typed, self._opener = -_TWICE, 0, ""

    def add(self, key: Key) -> None:
        """A key has arrived."""
        self._waiting.append(key)

    def is_due(self, key: Key) -> bool:
        """Look at the next key; whether it is still to be obeyed: not if it was taken with a paste."""
        if key in self._taken:
            self._taken.discard(key)
            return False
        if key in self._waiting:
            # Whatever arrived before it and was not looked at never will be.
            while self._waiting.popleft() is not key:
                pass
        self._before = (self._before[1], key.time)
        self._typed += key.is_printable
        self._past.append(key)
        return True

    async def window(self, key: Key) -> None:
        """Return when everything has arrived that can belong to a burst which begins with that key. What is still alone
        after a part of the window, as nearly every key is, begins none whose keys are evenly apart, and need not wait
        for the rest of it."""
        if not self._waiting:
            # For a moment at least, however late it is looked at: whoever reads the terminal has a turn.
            alone = key.time + self.waits / (MANY - 1) - _now()
            await asyncio.sleep(max(alone, min(_MOMENT, self.waits)))
        left = key.time + self.waits - _now()
        if self._waiting and left > 0:
            await asyncio.sleep(left)

    def is_text(self, key: Key, is_command: Callable[[Key], bool]) -> bool:
        """Whether that key begins a burst that is text, outside any field. Asked after `window`."""
        burst = [key, *takewhile(lambda other: other.time - key.time <= WINDOW, self._waiting)]
        if len(burst) < MANY or len({each.key for each in burst}) == 1:
            return False
        return sum(bool(text_of(each)) and not is_command(each) for each in burst) >= STRANGE

    def is_right_behind(self, key: Key) -> bool:
        """Whether that key, which is due, came so soon after the one before that both are of one paste, if that was."""
        return key.time - self._before[0] <= _QUIET

    async def take(self, key: Key) -> str:
        """The text that begins with that key, when no more of it comes. None of its keys is obeyed."""
        taken = [key]
        while True:
            while self._waiting and self._waiting[0].time - taken[-1].time <= _QUIET:
                taken.append(self._waiting.popleft())
                self._taken.add(taken[-1])
            left = taken[-1].time + _QUIET - _now()
            if left <= 0 or taken[-1].time - key.time > _LONGEST:
                self._before = (self._before[0], taken[-1].time)
                return "".join(map(text_of, taken))
            await asyncio.sleep(left)

    def drop(self, which: Callable[[Key], bool]) -> int:
        """Obey none of those that wait to be looked at; how many there were."""
        dropped = [each for each in self._waiting if which(each)]
        self._taken.update(dropped)
        self._waiting = deque(each for each in self._waiting if each not in self._taken)
        return len(dropped)

    def obeyed(self, key: Key) -> None:
        """That key was a command, outside any field; perhaps it opened one: letters from now on are typed in it."""
        self._opened, self._typed, self._opener = key.time, 0, key.key

    def is_pressed_twice(self, key: Key) -> bool:
        """Whether that key, pressed in a field, is the one that opened it, pressed again at once: it answered a
        question, and was not meant for what came behind it."""
        return key.key == self._opener and not self._typed and key.time - self._opened <= _TWICE

    def is_line_end_of_paste(self, key: Key) -> bool:
        """Whether that line end, pressed in a field, came among pasted letters or right behind them; or with letters
        at once behind the command that opened the field: nobody reads a question and answers it so soon."""
        letters = [each.time for each in (*self._past, *self._waiting) if each is not key and each.is_printable]
        if key.time - self._opened <= WINDOW and self._typed > 0:
            return True
        nearby = [time for time in letters if abs(time - key.time) <= WINDOW]
        if any(_count(nearby, begin) >= MANY - 1 for begin in (*nearby, key.time) if begin <= key.time):
            return True
        before = [time for time in letters if time <= key.time][-MANY:]
        return len(before) == MANY and before[-1] - before[0] <= WINDOW and key.time - before[-1] <= _AFTER

    def letters_behind(self, key: Key) -> int:
        """How many letters came right behind that key."""
        return sum(each.is_printable for each in self._waiting if each.time - key.time <= WINDOW)


def _count(times: Iterable[float], begin: float) -> int:
    return sum(begin <= time <= begin + WINDOW for time in times)


def text_of(key: Key) -> str:
    """What that key is in a pasted text; empty for one that stands in none, such as an arrow."""
    if key.key in LINE_ENDS:
        return "\n"
    if key.key == "tab":
        return "\t"
    if is_unread(key):
        return "\ufffd"
    return key.character or "" if key.is_printable else ""


def is_unread(key: Key) -> bool:
    """Whether the terminal sent a byte that is no part of any character in UTF-8."""
    return key.character is not None and "\ud800" <= key.character <= "\udfff"


def _now() -> float:
    """The time on the clock that keys bear."""
    return Message().time
