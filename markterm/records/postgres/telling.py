"""Who added what just now, told to others by NOTIFY and heard by LISTEN: so that a screen shows it at once.

Nothing rests on it. It is told after the commit and outside its transaction, for a notification within one would have
all of the database's commits wait for each other; where it is not told, or nobody hears it, stamps tell as ever.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Container
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from queue import Empty, SimpleQueue
from threading import Event, Thread

import psycopg
from psycopg import sql

from markterm.domain.words.errors import MarkTermError
from markterm.records.postgres.database import Database
from markterm.records.postgres.keys import key_of

_TELL = "SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, %s)"
_AT_ONCE = 100
"""Names in one notification: it may be of 8,000 bytes."""
_RESTS = 0.1
"""Seconds between two notifications: each is a transaction of its own, which who records without a pause would pay for
with every line. What comes meanwhile is told together."""
_KEEPS_SECONDS = 60.0
"""How long who records nothing keeps a connection at hand."""
_LOOKS_UP = 1.0
_LONGEST_REST = 30.0
_ENDS_WITHIN = 2.0
_TELLS_WITHIN = 5.0


def _channel(centre: str) -> str:
    return f"markterm_{sha256(centre.encode()).hexdigest()[:16]}"


@lru_cache(maxsize=1024)
def _mark(centre: str, record: str) -> str:
    """What stands for the record in a notification, which every role of the database may hear: it names nobody."""
    return sha256(f"{centre}\n{key_of(record)}".encode()).hexdigest()[:16]


class Marked:
    """The records of a centre that have one of these marks."""

    def __init__(self, centre: str, marks: Container[str]) -> None:
        self._centre = centre
        self._marks = marks

    def __contains__(self, record: object) -> bool:
        """Whether it is one of them."""
        return isinstance(record, str) and _mark(self._centre, record) in self._marks


class Anything:
    """Every record: while nobody listened any may have gone on."""

    def __contains__(self, record: object) -> bool:
        """True."""
        return True


class Teller:
    """Tells others of the records that this process added to, behind whoever adds, and before has it noted. Safe to
    call from several threads.

    `me` is who tells, so that nobody hears themselves.
    """

    def __init__(self, database: Database, note: Callable[[], object]) -> None:
        self.me = secrets.token_hex(4)
        self._database = database
        self._note = note
        self._waiting: SimpleQueue[str] = SimpleQueue()
        self._is_over = Event()
        self._thread: Thread | None = None

    def tell(self, record: str) -> None:
        """Have it told soon that the record went on."""
        self._waiting.put(_mark(self._database.centre, record))
        if self._thread is None:
            self._is_over.clear()
            self._thread = Thread(target=self._go, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Tell what waits, and end."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._is_over.set()
            self._waiting.put("")
            thread.join(_ENDS_WITHIN)

    def _go(self) -> None:
        while mark := self._next():
            marks = [mark]
            while len(marks) < _AT_ONCE and not self._waiting.empty():
                marks.append(self._waiting.get())
            is_over = "" in marks
            self._note()
            said = f"{self.me} {' '.join(dict.fromkeys(filter(None, marks)))}"
            with suppress(psycopg.Error, MarkTermError):  # They look at stamps as well.
                parameters = [_channel(self._database.centre), said]
                self._database.once(lambda connection, p=parameters: connection.execute(_TELL, p), _TELLS_WITHIN)  # type: ignore[misc]
            if is_over:
                return
            self._is_over.wait(_RESTS)

    def _next(self) -> str:
        with suppress(Empty):
            return self._waiting.get(timeout=_KEEPS_SECONDS)
        self._database.give_back()
        return self._waiting.get()


class Listener:
    """Hears what others tell, on a connection and a thread of its own, and has `tell` called with the records. It goes
    on after the connection was lost, and says then that any record may have gone on."""

    def __init__(self, database: Database, me: str, tell: Callable[[Container[str]], object]) -> None:
        self._database = database
        self._me = me
        self._tell = tell
        self._is_over = Event()
        self._thread = Thread(target=self._go, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hear nothing any more."""
        self._is_over.set()
        self._thread.join(_ENDS_WITHIN)

    def _go(self) -> None:
        rest, is_again = _LOOKS_UP, False
        while not self._is_over.is_set():
            try:
                connection = self._database.listening()
                try:
                    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(_channel(self._database.centre))))
                    if is_again:
                        self._tell(Anything())
                    rest, is_again = _LOOKS_UP, True
                    self._hear(connection)
                finally:
                    connection.close()
            except psycopg.errors.FeatureNotSupported:
                return  # A database that tells nobody anything: stamps do.
            except (psycopg.Error, MarkTermError):
                self._is_over.wait(rest)
                rest = min(2 * rest, _LONGEST_REST)

    def _hear(self, connection: psycopg.Connection) -> None:
        while not self._is_over.is_set():
            for told in connection.notifies(timeout=_LOOKS_UP, stop_after=1):
                # Every role of the database may tell something here, and anything: nothing too.
                who, *marks = told.payload.split() or [self._me]
                if who != self._me:
                    self._tell(Marked(self._database.centre, frozenset(marks)))
