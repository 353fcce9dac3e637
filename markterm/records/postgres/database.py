"""The connections to a database: a few, kept open; asked again where one was lost; each looked at before it is used."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import uniform
from threading import RLock
from time import sleep
from typing import Any, TypeVar

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from markterm.domain.words.errors import NotSaved, Unreadable
from markterm.domain.words.hint import Hint, Way
from markterm.records.postgres.connection import LONGEST, PatientConnection, patient
from markterm.records.postgres.faults import AllInUse, in_words, is_lost
from markterm.records.postgres.keys import key_of
from markterm.records.postgres.schema import NEEDED, NEWEST

_MOST_CONNECTIONS = 4
_IDLE_SECONDS = 60.0
_WAITS_SECONDS = 10.0
_ENDS_WITHIN = 5.0
_TRIES = 3
# A server that went down by itself is up again in a moment.
_RESTS = (0.5, 1.0, 2.0)
# What was taken back, so that others' work could go on, did not happen, and is done anew.
_TAKEN_BACK = psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected
_RESTS_IF_TAKEN_BACK = (0.01, 0.05, 0.2, 0.5, 1.0)
_BEGIN = """
SELECT set_config('statement_timeout', '30s', false), set_config('lock_timeout', '10s', false),
    set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
        ELSE current_setting('synchronous_commit') END, false)
"""
_LOOK = """
SELECT (SELECT id FROM markterm.place),
    EXISTS (SELECT 1 FROM markterm.access WHERE role = session_user AND centre = %s),
    (SELECT max(version) FROM markterm.migration), (SELECT max(reads_from) FROM markterm.migration),
    (SELECT max(writes_from) FROM markterm.migration)
"""

_Answer = TypeVar("_Answer")

# What the pool has to say of a failure it says to whoever asked; a line on the screen would only be in the way.
logging.getLogger("psycopg.pool").addHandler(logging.NullHandler())
logging.getLogger("psycopg.pool").propagate = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What a connection found: which database it is, and the version of its tables; with which versions one may
    write."""

    place: str
    version: int
    writes_from: int


class Database:
    """The tables at that address, as the role that it names has them, for one centre. Safe to use from several threads.

    Nothing is connected before something is asked; a database that was let go of can be used again.
    """

    def __init__(self, url: str, centre: str) -> None:
        self.url = url
        self.centre = key_of(centre)
        self._called = centre
        self._pool: ConnectionPool[PatientConnection] | None = None
        self._at_hand: PatientConnection | None = None
        self._waiting = 0
        self._standing: Standing | None = None
        self._is_away = False
        self._lock = RLock()

    def standing(self) -> Standing:
        """Which database it is. Raises `Unreadable` where it is not one that this MarkTerm can read."""
        if self._standing is None:
            self._look()
        assert self._standing is not None
        return self._standing

    def require_writable(self) -> None:
        """Raises `NotSaved` where the tables say something that only a newer MarkTerm writes."""
        if self.standing().writes_from > NEWEST:
            raise NotSaved(
                "Not saved",
                f"The database's tables have version {self.standing().version}, and this MarkTerm knows up to version "
                f"{NEWEST}: it reads them, and writes nothing that it does not understand.",
                "Install the newest MarkTerm, then do it again.",
            )

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows that the statement gives, which changes nothing: where the connection was lost it is asked again.

        Raises `Unreadable`, most often `NotNow`.
        """
        try:
            return self._again(lambda connection: _rows(connection, statement, parameters))
        except psycopg.Error as error:
            raise in_words(error) from error

    def once(
        self, do: Callable[[PatientConnection], _Answer], within: float = LONGEST, *, keeps: bool = False
    ) -> _Answer:
        """What that gives on a connection, tried once, where every answer on it comes within so many seconds; what the
        server itself takes back, as a deadlock's, is done anew. Who `keeps` the connection has it at hand the next
        time, until it is given back: by way of the pool a decision takes a twentieth longer.

        Raises `psycopg.Error`, `AllInUse` among them, and what opening raises.
        """
        self.standing()
        if self._is_away:  # A pool only waits, which nobody at a screen should, for what is told at once.
            self.again_after_loss()
        with self._lock:
            pool = self._opened()
            connection, self._at_hand = self._at_hand, None
            self._waiting += connection is None
        keeps = keeps or connection is not None
        connection = connection or self._of_pool(pool)
        try:
            connection.answers_within = within
            answer = _done(do, connection)
        except BaseException:
            pool.putconn(connection)
            raise
        # Nothing is left to commit: what is more than one statement is a transaction of whoever does it.
        with self._lock:
            if keeps and self._at_hand is None and pool is self._pool and not self._waiting:
                self._at_hand = connection
                return answer
        pool.putconn(connection)
        return answer

    def _of_pool(self, pool: ConnectionPool[PatientConnection]) -> PatientConnection:
        """One that nobody uses, for whom it was counted that they wait."""
        try:
            free: PatientConnection = pool.getconn()
            return free
        except PoolTimeout as error:
            self._connect().close()  # Where none can be made, this says why.
            raise AllInUse(
                f"all {_MOST_CONNECTIONS} connections of this program were in use for {_WAITS_SECONDS:g} seconds"
            ) from error
        finally:
            with self._lock:
                self._waiting -= 1

    def give_back(self) -> None:
        """Keep no connection at hand any more: one that nobody uses is closed after a while."""
        with self._lock:
            pool, connection, self._at_hand = self._pool, self._at_hand, None
        if pool is not None and connection is not None:
            pool.putconn(connection)

    def again_after_loss(self) -> None:
        """Let go of every connection that was lost. Raises `psycopg.Error` when none can be made, in a few tries."""
        try:
            self._reach()
        except psycopg.Error:
            self._is_away = True
            self._let_go(0)
            raise
        self._is_away = False
        self.give_back()
        self._opened().check()

    def listening(self) -> psycopg.Connection:
        """A connection of its own, for whoever waits for what others say. Raises `psycopg.Error`."""
        return self._connect()

    def close(self) -> None:
        """Let go of every connection."""
        self._standing = None
        self._let_go(_ENDS_WITHIN)

    def _let_go(self, seconds: float) -> None:
        self.give_back()
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close(seconds)

    def _again(self, do: Callable[[PatientConnection], _Answer]) -> _Answer:
        for _ in range(_TRIES):
            try:
                return self.once(do)
            except psycopg.Error as error:
                if not is_lost(error):
                    raise
                self.again_after_loss()
        return self.once(do)

    def _reach(self) -> None:
        """Connect, in a few tries; in one where it was away the last time: nobody waits anew each time they ask."""
        for rest in () if self._is_away else _RESTS:
            try:
                self._connect().close()
                return
            except psycopg.errors.ConnectionTimeout:
                raise
            except psycopg.Error as error:
                if not is_lost(error):
                    raise
                sleep(rest)
        self._connect().close()

    def _look(self) -> None:
        """Have it said at once, and by its own reason, when the database cannot be reached or is none of ours."""
        try:
            self._connect().close()
        except psycopg.Error as error:
            raise in_words(error) from error

    def _opened(self) -> ConnectionPool[PatientConnection]:
        with self._lock:
            if self._pool is None:
                self._pool = ConnectionPool(
                    patient(self.url),
                    connection_class=PatientConnection,
                    min_size=0,
                    max_size=_MOST_CONNECTIONS,
                    max_idle=_IDLE_SECONDS,
                    timeout=_WAITS_SECONDS,
                    reconnect_timeout=_WAITS_SECONDS,
                    num_workers=1,
                    kwargs={"autocommit": True},
                    configure=self._begin,
                    open=True,
                )
            return self._pool

    def _connect(self) -> psycopg.Connection:
        connection = PatientConnection.connect(patient(self.url), autocommit=True)
        try:
            self._begin(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _begin(self, connection: psycopg.Connection) -> None:
        """Have a new connection wait for nothing without end, and look what it leads to."""
        connection.execute(_BEGIN)
        try:
            place, has_centre, version, reads_from, writes_from = connection.execute(_LOOK, [self.centre]).fetchone()
        except psycopg.errors.InsufficientPrivilege:
            # Without a right to look at the tables one cannot tell whether there are any.
            raise _no_centre(self._called) from None
        if reads_from > NEWEST:
            raise _too_new(version)
        if version < NEEDED:
            raise _too_old(version)
        if not has_centre:
            raise _no_centre(self._called)
        self._standing = Standing(place, version, writes_from)


def _done(do: Callable[[PatientConnection], _Answer], connection: PatientConnection) -> _Answer:
    for rest in _RESTS_IF_TAKEN_BACK:
        try:
            return do(connection)
        except _TAKEN_BACK:
            sleep(uniform(0, rest))
    return do(connection)


def _rows(connection: psycopg.Connection, statement: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
    return list(connection.execute(statement, parameters, binary=True).fetchall())


def _no_centre(centre: str) -> Unreadable:
    return Unreadable(
        "The database does not have this centre",
        f"No role of yours may work in the records of centre {centre} there, or it has no records at all. Nothing was "
        "read.",
        "Look whether the centre's number and the database in centre.toml are the right ones. If they are: ask whoever "
        "looks after the database to prepare it for this centre.",
        hint=Hint(Way.PREPARE_STORE),
    )


def _too_new(version: int) -> Unreadable:
    return Unreadable(
        "The database is too new",
        f"Its tables have version {version}, and this MarkTerm reads up to version {NEWEST}.",
        "Install the newest MarkTerm.",
    )


def _too_old(version: int) -> Unreadable:
    return Unreadable(
        "The database is too old",
        f"Its tables have version {version}, and this MarkTerm needs version {NEEDED}.",
        "Ask whoever looks after the database to bring it to the newest version. Nothing in it is lost by that.",
        hint=Hint(Way.PREPARE_STORE),
    )
