"""How much each member does at the same time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from markterm.domain.words.errors import Refused


class AtOnce:
    """At most so `many` of something for each member; one more is refused in these words."""

    def __init__(self, many: int, title: str, what: str, next_step: str) -> None:
        self.many = many
        self._words = (title, what, next_step)
        self._going_on: Counter[str] = Counter()

    @contextmanager
    def one_more(self, member: str) -> Iterator[None]:
        """While that member does one. Raises `Refused`."""
        if self._going_on[member] >= self.many:
            raise Refused(*self._words)
        self._going_on[member] += 1
        try:
            yield
        finally:
            self._going_on[member] -= 1
