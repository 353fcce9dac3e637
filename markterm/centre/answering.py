"""Whether what keeps the records answers, as whoever looks at them from time to time finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from markterm.domain.words.errors import NotNow

_A_MOMENT = 2.5
"""Seconds of silence that are told of nobody: a share is away for a moment now and then."""
_LONGEST_REST = 5.0
"""Seconds until it is asked again, after 1, 2 and 4: what is gone is not asked all the time by everybody."""
_OLD = 3 * _LONGEST_REST
"""Seconds after which nobody knows any more: nobody looks where another screen is open."""
_NO_ANSWER = "The records do not answer"


class Answering:
    """Of what keeps a centre's records. `now` is a clock that only goes forward. Safe to use from several threads."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._asked: float | None = None
        """When it was asked what is not answered yet."""
        self._silent_since: float | None = None
        self._rests_until = self._rest = 0.0
        self._why = ""

    @contextmanager
    def asked(self) -> Iterator[None]:
        """While it is asked. Whatever else comes of it than that it cannot be reached now is an answer."""
        with self._lock:
            self._asked = self._now()
            if self._silent_since is None:
                self._silent_since = self._asked
        try:
            yield
        except NotNow as error:
            with self._lock:
                self._asked, self._why = None, error.title
                self._rest = min(2 * self._rest or 1.0, _LONGEST_REST)
                self._rests_until = self._now() + self._rest
            raise
        except BaseException:
            self._answered()
            raise
        else:
            self._answered()

    @property
    def may_be_asked(self) -> bool:
        """Whether it did not just fail to answer."""
        return self._now() >= self._rests_until

    @property
    def told(self) -> str:
        """What is told of it: nothing while it answers, or nobody asks."""
        with self._lock:
            now = self._now()
            is_known = self._asked is not None or now - self._rests_until < _OLD
            if self._silent_since is None or not is_known or now - self._silent_since < _A_MOMENT:
                return ""
            return f"{self._why or _NO_ANSWER}. You see how it stood before. This goes away when it answers."

    def _answered(self) -> None:
        with self._lock:
            self._asked = self._silent_since = None
            self._rests_until = self._rest = 0.0
            self._why = ""
