"""Lines as the table has them, and how they come into it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

import psycopg
from psycopg.errors import Diagnostic

from markterm.records.postgres.connection import LONGEST
from markterm.records.postgres.database import Database
from markterm.records.postgres.faults import NotWithStandby

_APPEND = "SELECT markterm.append(%b, %b, %b::bigint, %b, %b::int, %b, %b, %b)"
BRING = "SELECT markterm.bring(%b, %b, %b::bigint[], %b::text[], %b::int[], %b::text[], %b::text[], %b::bytea[])"
"""Adds the lines of a record that `brought` gives for it."""
_WITHIN = 10.0
"""Somebody waits in front of a screen; what was not acknowledged can be done again."""
# What the database has and nobody was told of may not be with those yet that stand by for it: whatever is committed
# after it comes behind it.
_CONFIRM = "SELECT pg_logical_emit_message(true, 'markterm', '')"


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


def brought(rows: Sequence[Row]) -> list[object]:
    """The rows as `BRING` takes them: each column by itself."""
    return [list(column) for column in zip(*rows, strict=True)]


def add_rows(database: Database, key: str, rows: Sequence[Row]) -> None:
    """Add these lines to the record of that key: in one statement, once, and all of them or none.

    Raises `psycopg.Error`: `UniqueViolation` where the record went on meanwhile, or has one of the events."""
    values: list[object] = list(rows[0]) if len(rows) == 1 else brought(rows)
    statement = _APPEND if len(rows) == 1 else BRING
    commit(database, statement, [database.centre, key, *values], within=_WITHIN)


def confirm(database: Database) -> None:
    """Return when everything that the database has is durable as what is recorded is. Raises `psycopg.Error`."""
    commit(database, _CONFIRM, [], within=_WITHIN)


def commit(database: Database, statement: str, parameters: Sequence[object], within: float = LONGEST) -> None:
    """Do that once; return when it is durable, also with those that stand by, where the server waits for them.

    Raises `psycopg.Error`: `NotWithStandby` where it is committed, and that wait was ended.
    """

    def add(connection: psycopg.Connection) -> None:
        warnings: list[str] = []

        def warn(said: Diagnostic) -> None:
            if said.severity_nonlocalized == "WARNING":
                warnings.append(said.message_primary or "")

        connection.add_notice_handler(warn)
        try:
            connection.execute(statement, parameters)
        finally:
            connection.remove_notice_handler(warn)
        # It is committed, and somebody ended the wait for those that stand by: who takes over may not have it.
        if warnings:
            raise NotWithStandby(warnings[0])

    database.once(add, within)
