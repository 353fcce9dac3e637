"""Lines as the table has them, and how they come into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import NamedTuple, TypeVar

from markterm.records.postgres.connection import LONGEST, PatientConnection
from markterm.records.postgres.database import Database
from markterm.records.postgres.faults import NotWithStandby

_ADD_LINE = b"SELECT markterm.add_line($1, $2, $3, $4, $5, $6, $7, $8)"
_ADD_LINES = (
    "SELECT markterm.add_lines(%b, %b, %b::bigint[], %b::text[], %b::int[], %b::text[], %b::text[], %b::bytea[])"
)
_WITHIN = 10.0
"""Somebody waits in front of a screen; what was not acknowledged can be done again."""
# What the database has and nobody was told of may not be with those yet that stand by for it: whatever is committed
# after it comes behind it.
_CONFIRM = "SELECT pg_logical_emit_message(true, 'markterm', '')"

_Answer = TypeVar("_Answer")


class Row(NamedTuple):
    """A line as the table has it."""

    turn: int
    file: str
    n: int
    uid: str | None
    before: str
    raw: bytes


def hash_of(raw: bytes) -> str:
    """By what the line of the next turn knows this one."""
    return sha256(raw).hexdigest()


def add_rows(database: Database, key: str, rows: Sequence[Row]) -> bool:
    """Add these lines to the record of that key: in one statement, once, and all of them or none; whether they were
    added, or the record went on meanwhile. Durable where they were.

    Raises `psycopg.Error`: `UniqueViolation` where the record has one of the events."""
    added: bool = commit(database, lambda connection: added_on(connection, database.centre, key, rows), _WITHIN)
    return added


def added_on(connection: PatientConnection, centre: str, key: str, rows: Sequence[Row]) -> bool:
    """The same on that connection, durable when its transaction is."""
    if len(rows) == 1:
        (row,) = rows
        uid = None if row.uid is None else row.uid.encode("ascii")
        named = (centre.encode("ascii"), key.encode("ascii"), b"%d" % row.turn, row.file.encode("ascii"), b"%d" % row.n)
        return connection.answer(_ADD_LINE, (*named, uid, row.before.encode("ascii"), row.raw)) == b"t"
    (is_added,) = connection.execute(_ADD_LINES, (centre, key, *map(list, zip(*rows, strict=True)))).fetchone()
    return bool(is_added)


def confirm(database: Database) -> None:
    """Return when everything that the database has is durable as what is recorded is. Raises `psycopg.Error`."""
    commit(database, lambda connection: connection.execute(_CONFIRM), _WITHIN)


def commit(database: Database, do: Callable[[PatientConnection], _Answer], within: float = LONGEST) -> _Answer:
    """What that gives, done once; return when it is durable, also with those that stand by, where the server waits for
    them.

    Raises `psycopg.Error`: `NotWithStandby` where it is committed, and that wait was ended.
    """

    def done(connection: PatientConnection) -> _Answer:
        connection.warnings.clear()
        answer = do(connection)
        # It is committed, and somebody ended the wait for those that stand by: who takes over may not have it.
        if connection.warnings:
            raise NotWithStandby(connection.warnings[0])
        return answer

    return database.once(done, within, keeps=True)
