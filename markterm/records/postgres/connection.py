"""A connection on which nothing is waited for without end."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from time import monotonic
from typing import Any

import psycopg
from psycopg.errors import Diagnostic

LONGEST = 60.0
"""Seconds: longer than the server itself lets anything take, so that it is the one to say so."""
_STOPS_WITHIN = 3.0


class PatientConnection(psycopg.Connection):  # type: ignore[misc]  # Not everybody has psycopg.
    """A connection that waits `answers_within` seconds for an answer. Then the server is asked to stop; where it does
    not do that either, the connection is given up.

    What the server does not end by itself is the wait for those that stand by for it. And where something between the
    two takes every byte and passes none on, nobody else ends anything.
    """

    answers_within = LONGEST

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.warnings: list[str] = []
        """What the server warned of since somebody emptied it."""
        self.add_notice_handler(self._note)

    def _note(self, said: Diagnostic) -> None:
        if said.severity_nonlocalized == "WARNING":
            self.warnings.append(said.message_primary or "")

    def wait(self, gen: Generator[Any, Any, Any], *arguments: Any, **named: Any) -> Any:
        """What the generator comes to, as of every connection. Raises `psycopg.OperationalError` when there is none."""
        return super().wait(self._with_an_end(gen), *arguments, **named)

    def _with_an_end(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        ends = monotonic() + self.answers_within
        is_asked = False
        try:
            waits_for = next(gen)
            while True:
                ready = yield waits_for
                if monotonic() > ends:
                    if is_asked:
                        self.close()
                        raise psycopg.OperationalError(f"there was no answer within {self.answers_within:g} seconds")
                    is_asked = True
                    with suppress(psycopg.Error):
                        self.cancel_safe(timeout=_STOPS_WITHIN)
                    ends = monotonic() + _STOPS_WITHIN
                waits_for = gen.send(ready)
        except StopIteration as done:
            return done.value
