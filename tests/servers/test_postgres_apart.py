"""What keeps the centres of one database apart, and their records from being changed: rights, triggers, policies; each
by itself, as whoever has psql and a centre's password meets them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.samples import LEARNER, decision
from tests.servers.postgres import CENTRE, ROLE, PostgresServer, database_of

psycopg = pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server

_OTHER = "another_centre"
_INDEXES = """
SELECT string_agg(DISTINCT a.attname, ' ') FROM pg_index AS i JOIN pg_attribute AS a
ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE i.indrelid = 'markterm.line'::regclass
"""


@pytest.fixture(scope="module")
def url(postgres: PostgresServer) -> Iterator[str]:
    """A database of two centres, each with a decision on a learner of the same registration: as the role of the other
    one. Nothing of either is another thing after any of these tests."""
    from markterm.records.postgres.schema import prepare
    from markterm.records.postgres.store import PostgresStore

    ours = postgres.prepared()
    prepare(postgres.by_socket(database_of(ours)), "999", _OTHER)
    others = ours.replace(f"{ROLE}@", f"{_OTHER}@")
    with closing(PostgresStore(ours, CENTRE)) as store, closing(PostgresStore(others, "999")) as its_store:
        store.append(LEARNER, decision("ours"))
        its_store.append(LEARNER, decision("theirs"))
        before = store.stamp(LEARNER), its_store.stamp(LEARNER)
        yield others
        assert (store.stamp(LEARNER), its_store.stamp(LEARNER)) == before
        assert store.verify(LEARNER) == its_store.verify(LEARNER) == ()


@pytest.mark.parametrize(
    "asked",
    [
        "INSERT INTO markterm.line SELECT record, '012345', 9, file, n, 'u', before, raw FROM markterm.line",
        "UPDATE markterm.line SET n = 9 WHERE centre = '012345'",
        "DELETE FROM markterm.line WHERE centre = '012345'",
        "SET markterm.removing = 'ENR1234567'; DELETE FROM markterm.line WHERE centre = '012345'",
        "TRUNCATE markterm.line",
        "UPDATE markterm.head SET turn = 9 WHERE centre = '012345'",
        "INSERT INTO markterm.access VALUES (session_user, '012345')",
        "UPDATE markterm.access SET centre = '012345'",
        "DROP TRIGGER only_grows ON markterm.line",
        "DROP POLICY of_the_centre ON markterm.line",
        "ALTER TABLE markterm.line DISABLE ROW LEVEL SECURITY",
        "SET row_security = off; SELECT count(*) FROM markterm.line",
        "SET session_replication_role = replica",
        f"SET ROLE {ROLE}",
        f"SET SESSION AUTHORIZATION {ROLE}",
        f"GRANT {ROLE} TO {_OTHER}",
        "SET ROLE postgres",
        "CREATE OR REPLACE FUNCTION markterm.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
        "CREATE TABLE public.line (record text)",
        "BEGIN; LOCK TABLE markterm.line IN ACCESS EXCLUSIVE MODE",
        "BEGIN; LOCK TABLE markterm.line IN SHARE MODE",
        "BEGIN; SELECT 1 FROM markterm.line FOR UPDATE",
        "SELECT markterm.add_line('012345', 'ENR1234567', 3, 'f', 9, 'u', '', 'x')",
        "SELECT markterm.add_lines('012345', 'B', '{1}', '{f}', '{1}', '{u}', '{\"\"}', '{x}')",
        "SELECT markterm.remove('012345', 'ENR1234567', 'ENR1234567')",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> session_user",
    ],
)
def test_the_role_of_another_centre_changes_nothing_of_this_one_and_is_nobody_else(url: str, asked: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(asked)
    # By somebody's right, and by no slip of the pen in what is asked.
    assert isinstance(refused.value, psycopg.errors.InsufficientPrivilege | psycopg.errors.ActiveSqlTransaction)


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT centre FROM markterm.line",
        "SELECT centre FROM markterm.head",
        "SELECT centre FROM markterm.access",
        # What looks at every line before the policy does, if it is let.
        "SELECT centre FROM markterm.line WHERE pg_temp.looks(raw)",
        # Tables that are called as ours, before ours.
        "SELECT line.centre FROM access, markterm.line",
    ],
)
def test_the_role_of_another_centre_reads_its_own_lines_alone(url: str, asked: str) -> None:
    seen: list[str] = []
    looks = "BEGIN RAISE NOTICE '%', convert_from($1, 'UTF8'); RETURN true; END"
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.add_notice_handler(lambda said: seen.append(said.message_primary))
        connection.execute(
            f"""
            CREATE FUNCTION pg_temp.looks(bytea) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ {looks} $$;
            CREATE TEMP TABLE access AS SELECT session_user AS role, '012345' AS centre;
            SET search_path = pg_temp, markterm;
            """.encode()
        )
        assert {centre for (centre,) in connection.execute(asked).fetchall()} == {"999"}
    assert "ours" not in " ".join(seen)


_CHANGES = [
    "INSERT INTO markterm.line SELECT record, centre, 9, file, n, 'u', before, raw FROM markterm.line LIMIT 1",
    "UPDATE markterm.line SET n = 9",
    "DELETE FROM markterm.line",
    "TRUNCATE markterm.line",
]


def refused(url: str, asked: str) -> str:
    """With which words a role of the centre is refused that; it would be undone all the same."""
    with (
        closing(psycopg.connect(url)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege) as told,
    ):
        connection.execute(asked)
    return str(told.value)


def test_rights_alone_keep_a_role_from_changing_a_line(postgres: PostgresServer) -> None:
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    with closing(PostgresStore(url, CENTRE)) as store:
        store.append(LEARNER, decision("a"))
        postgres.execute(
            """
            DROP TRIGGER only_grows ON markterm.line; DROP TRIGGER is_never_emptied ON markterm.line;
            ALTER TABLE markterm.line DISABLE ROW LEVEL SECURITY;
            """,
            database_of(url),
        )
        for asked in _CHANGES:
            assert "permission denied for table line" in refused(url, asked), asked
        assert store.verify(LEARNER) == ()


def test_triggers_and_policies_alone_keep_a_role_from_changing_a_line(postgres: PostgresServer) -> None:
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    with closing(PostgresStore(url, CENTRE)) as store:
        store.append(LEARNER, decision("a"))
        postgres.execute(f"GRANT ALL ON markterm.line TO {ROLE}", database_of(url))
        assert "row-level security" in refused(url, _CHANGES[0])
        # No row is one that the role may change: where it were, what is there only grows.
        postgres.execute(f"CREATE POLICY anything ON markterm.line TO {ROLE} USING (true)", database_of(url))
        for asked in _CHANGES[1:]:
            assert "a record only grows" in refused(url, asked), asked
        assert store.verify(LEARNER) == ()


def test_every_key_of_the_lines_begins_with_the_record(postgres: PostgresServer, url: str) -> None:
    with closing(psycopg.connect(postgres.by_socket(database_of(url)))) as connection:
        assert connection.execute(_INDEXES).fetchone() == ("record",)
