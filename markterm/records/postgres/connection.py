"""A connection on which nothing is waited for without end."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import Diagnostic, error_from_result
from psycopg.generators import execute, fetch_many
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

LONGEST = 35.0
"""Seconds: longer than the server itself lets anything take, so that it is the one to say so."""
_STOPS_WITHIN = 3.0
# A network that swallows everything is noticed within a quarter of a minute.
_OF_EVERY_CONNECTION: dict[str, Any] = {
    # Whatever the database or the environment has: of SQL_ASCII, a text would come back as bytes.
    "client_encoding": "UTF8",
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "markterm",
}


def patient(url: str) -> str:
    """The address with what every connection has, but for what it says otherwise itself. Raises `psycopg.Error`."""
    known = conninfo_to_dict(url)
    return str(make_conninfo(url, **{name: value for name, value in _OF_EVERY_CONNECTION.items() if name not in known}))


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
        self._prepared_here: dict[bytes, bytes] = {}

    def _note(self, said: Diagnostic) -> None:
        if said.severity_nonlocalized == "WARNING":
            self.warnings.append(said.message_primary or "")

    def answer(self, statement: bytes, values: Sequence[bytes | None]) -> bytes | None:
        """The one value that a statement gives, as text. Its values are its own `$1`, `$2`, … as text, the last one as
        bytes.

        For what is asked again and again while somebody waits: a cursor takes nearly as long as the server. Raises
        `psycopg.Error`.
        """
        with self.lock:
            name = self._prepared_here.get(statement)
            if name is None:
                name = self._prepared_here[statement] = b"markterm_%d" % len(self._prepared_here)
                self._result(self.pgconn.send_prepare, name, statement)
            formats = [Format.TEXT] * (len(values) - 1) + [Format.BINARY]
            value: bytes | None = self._result(self.pgconn.send_query_prepared, name, values, formats).get_value(0, 0)
            return value

    def _result(self, send: Callable[..., None], *arguments: object) -> PGresult:
        send(*arguments)
        # Most often all of it goes at once, and nothing is waited for but the answer.
        results = self.wait(execute(self.pgconn) if self.pgconn.flush() else fetch_many(self.pgconn))
        for result in results:
            if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
                raise error_from_result(result)
        if not results:
            raise psycopg.OperationalError("there was no answer")
        return results[-1]

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
