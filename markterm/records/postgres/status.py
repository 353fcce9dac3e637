"""How a database stands that keeps records: whether what it says is saved is saved, and who could change it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import psycopg

from markterm.domain.words.counted import counted
from markterm.domain.words.errors import NotSaved
from markterm.records.postgres.database import Database
from markterm.records.postgres.faults import in_words
from markterm.records.store_status import StoreStatus

KIND = "PostgreSQL"

_ASKED = """
SELECT current_setting('server_version') AS server, session_user::text AS role,
    current_setting('fsync') = 'on' AS syncs, current_setting('full_page_writes') = 'on' AS whole_pages,
    current_setting('synchronous_commit') AS waits_for, current_setting('synchronous_standby_names') AS waits_for_whom,
    (SELECT count(*) FROM pg_stat_replication) AS standbys, pg_is_in_recovery() AS stands_by,
    pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'markterm.line'::regclass), 'USAGE') AS owns,
    current_setting('default_transaction_read_only') = 'on' AS is_read_only,
    has_function_privilege(to_regprocedure(%(adds)s), 'EXECUTE') IS NOT FALSE AS adds,
    (SELECT count(*) FROM markterm.head WHERE centre = %(centre)s) AS records,
    (SELECT coalesce(sum(turn), 0)::bigint FROM markterm.head WHERE centre = %(centre)s) AS lines,
    pg_total_relation_size('markterm.line') + pg_total_relation_size('markterm.head') AS size
"""


_ADDS = "markterm.add_line(text, text, bigint, text, integer, text, text, bytea)"


class _Found(NamedTuple):
    server: str
    role: str
    syncs: bool
    whole_pages: bool
    waits_for: str
    waits_for_whom: str
    standbys: int
    stands_by: bool
    owns: bool
    is_read_only: bool
    adds: bool
    records: int
    lines: int
    size: int


def status_of(database: Database) -> StoreStatus:
    """How it stands now. Raises `Unreadable`."""
    tables = database.standing().version
    try:
        with closing(database.listening()) as connection:
            found = _Found(*connection.execute(_ASKED, {"centre": database.centre, "adds": _ADDS}).fetchone())
            is_open = connection.info.host.startswith("/") or connection.info.hostaddr in ("127.0.0.1", "::1")
            is_read_on_the_way = not (is_open or connection.pgconn.ssl_in_use)
    except psycopg.Error as error:
        raise in_words(error) from error
    caveats = (*_unwritable(database, found), *_caveats(found, is_read_on_the_way=is_read_on_the_way))
    return StoreStatus(
        KIND,
        database.url,
        found.records,
        found.role,
        found.server,
        tables,
        found.lines,
        found.size,
        found.standbys,
        caveats,
    )


def _unwritable(database: Database, found: _Found) -> Iterator[str]:
    """Why nothing can be recorded there, which who marks would be the first to learn."""
    try:
        database.require_writable()
    except NotSaved as error:
        yield f"Nothing can be recorded from here. {error.what} Install the newest MarkTerm."
    if found.is_read_only and not found.stands_by:
        yield "The database is set to be read only (default_transaction_read_only): nothing can be recorded there."
    if not found.adds:
        yield f"The role {found.role} may add no lines: nothing can be recorded. Prepare the database for it again."


def _caveats(found: _Found, *, is_read_on_the_way: bool) -> Iterator[str]:
    if not (found.syncs and found.whole_pages):
        yield (
            "The server does not wait for its disk (fsync or full_page_writes is off): what it said is saved can be "
            "lost when the machine goes down."
        )
    if found.standbys and (not found.waits_for_whom or found.waits_for == "local"):
        yield (
            f"{counted(found.standbys, 'server')} {'stands' if found.standbys == 1 else 'stand'} by, and nobody waits "
            "until they have what is saved (synchronous_standby_names is empty): what was recorded last can be lost "
            "when one of them takes over."
        )
    if found.stands_by:
        yield "The server stands by for another one: nothing can be recorded there."
    if found.owns:
        yield (
            f"The role {found.role} owns the tables: it could change what keeps a record from being changed. Work as a "
            "role that does not."
        )
    if is_read_on_the_way:
        yield "The connection is not encrypted: what goes over the network can be read there. Use sslmode=verify-full."
