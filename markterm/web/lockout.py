"""Who tried too often to sign in, and for how long nothing more is tried for them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

FREE = 5
"""Wrong tries before anybody has to wait."""
FIRST_WAIT = 30.0
"""Seconds, twice as many after each further one."""
LONGEST_WAIT = 900.0

_FORGOTTEN = 3_600.0
_MOST = 10_000


@dataclass(slots=True)
class _Tried:
    wrong: int
    last: float


class Lockout:
    """Wrong tries by what they were for, an id or a machine. Times are seconds of a clock that only goes forward."""

    def __init__(self, free: int = FREE) -> None:
        self._free = free
        self._tried: OrderedDict[str, _Tried] = OrderedDict()

    def wait(self, of: str, now: float) -> float:
        """For how many seconds nothing is tried for that; 0 where it may be now."""
        tried = self._tried.get(of)
        if tried is None or tried.wrong < self._free:
            return 0.0
        waits = min(FIRST_WAIT * 2 ** min(tried.wrong - self._free, 16), LONGEST_WAIT)
        return max(tried.last + waits - now, 0.0)

    def was_wrong(self, of: str, now: float) -> None:
        """That was wrong."""
        tried = self._tried.pop(of, None)
        wrong = 0 if tried is None or now - tried.last > _FORGOTTEN else tried.wrong
        self._tried[of] = _Tried(wrong + 1, now)
        while len(self._tried) > _MOST:
            self._tried.popitem(last=False)

    def was_right(self, of: str) -> None:
        """That was right: what went before is forgotten."""
        self._tried.pop(of, None)
