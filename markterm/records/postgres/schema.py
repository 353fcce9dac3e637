"""The tables in PostgreSQL, and how a database comes from each version of them to the next."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.resources import files

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from markterm.domain.words.errors import NotSaved, Refused
from markterm.domain.words.foreign_text import one_line
from markterm.records.postgres.connection import PatientConnection, patient
from markterm.records.postgres.faults import not_saved, said_by
from markterm.records.postgres.keys import key_of
from markterm.records.store_status import Prepared

_WITHIN = 600.0
"""Seconds that a step may take: it may go through every line that there is."""
_ALWAYS_THERE = "postgres"
"""The database of every server."""
_ONE_AT_A_TIME = 0x4D61726B5465726D
"""The number of the lock that a migration holds. Every role of the database can hold it, and the tables, too."""
_WAITS_FOR_OTHERS = 30
"""Seconds that a lock is waited for."""
_HOLDERS = """
SELECT DISTINCT a.pid, a.usename, a.client_addr FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
WHERE l.granted AND a.pid <> pg_backend_pid() AND l.database = (
    SELECT oid FROM pg_database WHERE datname = current_database()
) AND (l.locktype = 'advisory' AND (l.classid::bigint << 32 | l.objid::bigint) = %s AND l.objsubid = 1
    OR l.relation IN (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace('markterm')))
ORDER BY a.pid
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """A step to that `version` of the tables. From it on, whoever reads or writes has to know these versions."""

    version: int
    file: str
    reads_from: int
    writes_from: int


MIGRATIONS = (
    Migration(1, "0001_lines.sql", reads_from=1, writes_from=1),
    Migration(2, "0002_removal.sql", reads_from=1, writes_from=1),
    Migration(3, "0003_own_types.sql", reads_from=1, writes_from=1),
    Migration(4, "0004_whether_added.sql", reads_from=1, writes_from=4),
)
"""Every step that there ever was, in order. One that was released is never changed."""
NEWEST = MIGRATIONS[-1].version
NEEDED = 4
"""The oldest version of the tables with which this MarkTerm works."""

_FOR_THE_ROLE = """
GRANT USAGE ON SCHEMA markterm TO {role};
GRANT SELECT ON markterm.migration, markterm.place, markterm.access, markterm.line, markterm.head TO {role};
GRANT EXECUTE ON FUNCTION markterm.add_line(text, text, bigint, text, integer, text, text, bytea) TO {role};
GRANT EXECUTE ON FUNCTION markterm.add_lines(text, text, bigint[], text[], integer[], text[], text[], bytea[])
    TO {role};
GRANT EXECUTE ON FUNCTION markterm.remove(text, text, bytea) TO {role};
INSERT INTO markterm.access (role, centre) VALUES ({name}, {centre}) ON CONFLICT DO NOTHING;
ANALYZE markterm.access;  -- The server looks by itself only at tables of many rows, and this is read for every line.
"""


def prepare(owner: str, centre: str, role: str, password: str = "", *, to: int = NEWEST) -> Prepared:
    """Make the tables as they are to be, and let the role work in the centre: all of it or nothing.

    What is there stays. `owner` says where the database is, as whoever may make tables and roles, and the database
    where it is missing; a role that is new gets the `password`, or none. Raises `NotSaved`, and `Refused` where the
    database is newer than this MarkTerm.
    """
    try:
        database_is_new = _make_database(owner)
        with PatientConnection.connect(patient(owner)) as connection:
            connection.answers_within = _WITHIN
            connection.execute("SELECT set_config('lock_timeout', %s, true)", [f"{_WAITS_FOR_OTHERS}s"])
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
            before = version_of(connection)
            if before > NEWEST:
                raise Refused(
                    "The database is too new",
                    f"Its tables have version {before}, and this MarkTerm knows up to version {NEWEST}.",
                    "Install the newest MarkTerm.",
                )
            for step in MIGRATIONS:
                if before < step.version <= to:
                    connection.execute((files(__package__) / step.file).read_bytes())
                    connection.execute(
                        "INSERT INTO markterm.migration (version, reads_from, writes_from) VALUES (%s, %s, %s)",
                        [step.version, step.reads_from, step.writes_from],
                    )
            is_new = _make_role(connection, role, password)
            if to == NEWEST:
                connection.execute(
                    sql.SQL(_FOR_THE_ROLE).format(
                        role=sql.Identifier(role), name=sql.Literal(role), centre=sql.Literal(key_of(centre))
                    )
                )
            return Prepared(before, max(before, to), role, is_new, database_is_new)
    except psycopg.errors.LockNotAvailable as error:
        raise NotSaved(
            "The database was not prepared",
            f"Nothing in it was changed. {_who_holds(owner)} does something there, which has to end first: "
            f"{_WAITS_FOR_OTHERS} seconds were waited for it.",
            "If they prepare it as well, do it again when they have. If they do not go on, have whoever looks after "
            "the server end that process.",
        ) from error
    except psycopg.Error as error:
        told = not_saved(error)
        raise NotSaved(
            "The database was not prepared", f"Nothing in it was changed. It said: {said_by(error)}", told.next_step
        ) from error


def _who_holds(owner: str) -> str:
    """Who has something of the database that preparing it waits for, as far as that can be told now."""
    with suppress(psycopg.Error), closing(PatientConnection.connect(patient(owner), autocommit=True)) as connection:
        holders = connection.execute(_HOLDERS, [_ONE_AT_A_TIME]).fetchall()
        told = (f"role {role}, process {pid}{f' from {place}' if place else ''}" for pid, role, place in holders)
        return one_line(f"Somebody else ({'; '.join(told)})" if holders else "Somebody else")
    return "Somebody else"


def version_of(connection: psycopg.Connection) -> int:
    """The version of the tables; 0 where there are none."""
    (there,) = connection.execute("SELECT to_regclass('markterm.migration')").fetchone()
    if there is None:
        return 0
    (version,) = connection.execute("SELECT coalesce(max(version), 0) FROM markterm.migration").fetchone()
    return int(version)


def _make_database(owner: str) -> bool:
    """Make the database that `owner` names, where its server has none of that name; whether it was made."""
    try:
        PatientConnection.connect(patient(owner)).close()
    except psycopg.OperationalError as refused:
        # Why one is not let in is told in the server's own language: which databases there are is asked of it.
        name = str(conninfo_to_dict(owner).get("dbname") or "")
        try:
            server = PatientConnection.connect(patient(make_conninfo(owner, dbname=_ALWAYS_THERE)), autocommit=True)
        except psycopg.OperationalError:
            raise refused from None
        with closing(server) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not name or known is not None:
                raise
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )
            return True
    return False


def _make_role(connection: psycopg.Connection, role: str, password: str) -> bool:
    """Make the role that does not own the tables, unless it is there; whether it was made."""
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None:
        return False
    made = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS").format(sql.Identifier(role))
    if password:
        # The server is told a hash of it alone: what it logs gives nothing away.
        kept = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        made += sql.SQL(" PASSWORD {}").format(sql.Literal(kept))
    connection.execute(made)
    return True
