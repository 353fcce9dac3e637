"""The tables: how a database comes to them from each version, and what no role of a centre can do with them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from markterm.domain.words.errors import MarkTermError, NotSaved, Refused, Unreadable
from markterm.system.platform import CENTRE_RECORD
from tests.pace import PATIENCE
from tests.samples import LEARNER, decision, uids
from tests.servers.postgres import CENTRE, OWNER, PASSWORD, ROLE, PostgresServer, database_of

psycopg = pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server

_VERSIONS = (0, 1, 2, 3, 4)
_OWN_COLUMNS = """
SELECT string_agg(table_name || '.' || column_name || ' ' || data_type, E'\n' ORDER BY table_name, column_name)
FROM information_schema.columns WHERE table_schema = 'markterm'
"""


def one(url: str, asked: str, *parameters: object) -> object:
    """The one value that is answered."""
    with closing(psycopg.connect(url, autocommit=True, connect_timeout=int(PATIENCE))) as connection:
        return connection.execute(asked, parameters).fetchone()[0]


def test_a_database_that_is_not_there_is_made_by_who_may_and_by_nobody_else(postgres: PostgresServer) -> None:
    from markterm.records.postgres import schema

    postgres.execute("CREATE ROLE may LOGIN CREATEDB CREATEROLE")
    postgres.execute("CREATE ROLE may_not LOGIN CREATEROLE")
    with pytest.raises(NotSaved, match="permission denied to create database"):
        schema.prepare(postgres.by_socket("not%20there", "may_not"), CENTRE, ROLE)
    made = schema.prepare(postgres.by_socket("not%20there", "may"), CENTRE, "ours")
    assert (made.database_is_new, made.before, made.now) == (True, 0, schema.NEWEST)
    again = schema.prepare(postgres.by_socket("not%20there", "may"), CENTRE, "ours")
    assert (again.database_is_new, again.before) == (False, schema.NEWEST)
    assert one(postgres.by_socket("not%20there", "ours"), "SELECT count(*) FROM markterm.line") == 0
    for wrong in (postgres.by_socket("not%20there", "nobody"), "postgresql://may@127.0.0.1:1/not_there"):
        with pytest.raises(NotSaved, match="The database was not prepared"):
            schema.prepare(wrong, CENTRE, ROLE)


def recorded_in(postgres: PostgresServer, owner: str, *uids: str) -> None:
    """Have these decisions in the tables, byte for byte as a store has them in those of another database."""
    from markterm.records.postgres.store import PostgresStore

    with postgres.lent() as url, closing(PostgresStore(url, CENTRE)) as store:
        for uid in uids:
            store.append(LEARNER, decision(uid))
        kept = postgres.by_socket(database_of(url))
        with closing(psycopg.connect(kept)) as there, closing(psycopg.connect(owner, autocommit=True)) as here:
            for table in ("markterm.line", "markterm.head"):
                with there.cursor().copy(f"COPY {table} TO STDOUT") as out:
                    lines = list(out)
                with here.cursor().copy(f"COPY {table} FROM STDIN") as into:
                    for line in lines:
                        into.write(line)


@pytest.mark.parametrize("version", _VERSIONS)
def test_from_every_version_a_database_comes_to_the_newest_and_keeps_what_was_recorded(
    postgres: PostgresServer, version: int
) -> None:
    from markterm.records.postgres import schema
    from markterm.records.postgres.store import PostgresStore

    assert tuple(range(schema.NEWEST + 1)) == _VERSIONS
    owner = postgres.fresh()
    url = postgres.by_socket(database_of(owner), ROLE)
    recorded = ["a", "b", "c"] if version else []
    if version:
        schema.prepare(owner, CENTRE, ROLE, to=version)
        recorded_in(postgres, owner, *recorded)
    prepared = schema.prepare(owner, CENTRE, ROLE)
    assert (prepared.before, prepared.now) == (version, schema.NEWEST)
    assert one(owner, _OWN_COLUMNS) == one(postgres.by_socket(database_of(postgres.prepared())), _OWN_COLUMNS)
    with closing(PostgresStore(url, CENTRE)) as store:
        assert uids(store.load(LEARNER)) == recorded
        store.append(LEARNER, decision("d"))
        assert uids(store.load(LEARNER)) == [*recorded, "d"]
        assert store.verify(LEARNER) == ()
    assert schema.prepare(owner, CENTRE, ROLE).before == schema.NEWEST


@pytest.mark.parametrize(
    "asked",
    [
        "UPDATE markterm.line SET n = 9",
        "DELETE FROM markterm.line",
        "TRUNCATE markterm.line",
        "INSERT INTO markterm.line SELECT 'B', centre, turn, file, n, uid, before, raw FROM markterm.line",
        "UPDATE markterm.head SET turn = 9",
        "DELETE FROM markterm.head",
        "INSERT INTO markterm.access VALUES (session_user, '9')",
        "DELETE FROM markterm.migration",
        "DROP TABLE markterm.line",
        "ALTER TABLE markterm.line DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "CREATE TABLE markterm.mine (a int)",
        "SELECT markterm.remove('012345', 'ENR1234567', 'ENR1234567')",
        "SELECT markterm.remove('012345', '', '')",
        "SELECT markterm.add_line('012345', 'ENR1234567', 3, 'f', 0, 'u', '', 'x')",
        "SELECT markterm.add_lines('012345', 'B', '{1}', '{f}', '{0}', '{a}', '{\"\"}', '{a}')",
        "SELECT markterm.require_access('012345')",
        "SELECT markterm.add_line('999', 'ENR1234567', 1, 'f', 1, 'u', '', 'x')",
        "SELECT markterm.add_lines('012345', 'B', '{1,3}', '{f,f}', '{1,2}', '{a,b}', '{\"\",x}', '{a,b}')",
    ],
)
def test_the_role_of_a_centre_can_change_nothing(postgres: PostgresServer, asked: str) -> None:
    from markterm.records.postgres.store import PostgresStore

    with postgres.lent() as url:
        store = PostgresStore(url, CENTRE)
        store.append(LEARNER, decision("a"))
        with closing(psycopg.connect(url, autocommit=True)) as connection, pytest.raises(psycopg.Error):
            connection.execute(asked)
        assert store.verify(LEARNER) == ()
        assert store.to_verify() == (LEARNER,)
        store.close()


@pytest.mark.parametrize("called", ["text", "bytea", "json"])
def test_no_type_that_a_role_makes_for_itself_is_checked_as_the_owner(postgres: PostgresServer, called: str) -> None:
    heard: list[str] = []
    with postgres.lent() as url, closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.add_notice_handler(lambda said: heard.append(said.message_primary))
        connection.execute(
            f"""
            CREATE FUNCTION pg_temp.heard(of pg_catalog.{called}) RETURNS boolean LANGUAGE plpgsql
                AS $$ BEGIN RAISE NOTICE 'as %', current_user; RETURN true; END $$;
            CREATE DOMAIN pg_temp.{called} AS pg_catalog.{called} CHECK (pg_temp.heard(VALUE));
            """.encode()
        )
        line = b'%065d{"kind":"destroyed"}' % 0
        bring = "SELECT markterm.add_lines(%b, '', '{1}', '{f}', '{1}', '{u}', '{\"\"}', ARRAY[%b::pg_catalog.bytea])"
        connection.execute(bring, [CENTRE, line])
        append = "SELECT markterm.add_line(%b, '', 2, 'f', 2, 'v', %b, 'x')"
        connection.execute(append, [CENTRE, sha256(line).hexdigest()])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"SELECT markterm.remove('{CENTRE}', 'ENR1', 'ENR1')")
    assert heard == []


@pytest.mark.parametrize(
    "asked",
    [
        "UPDATE markterm.line SET n = 9",
        "DELETE FROM markterm.line",
        "TRUNCATE markterm.line",
        "SET markterm.removing = ''; DELETE FROM markterm.line",
    ],
)
def test_nor_does_the_owner_change_anything_by_mistake(postgres: PostgresServer, asked: str) -> None:
    from markterm.records.postgres.store import PostgresStore

    with postgres.lent() as url:
        store = PostgresStore(url, CENTRE)
        store.append(CENTRE_RECORD, replace(decision("a"), learner=CENTRE_RECORD))
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
            postgres.execute(asked, database_of(url))
        store.close()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("add_line('999', 'ENR1234567', 3, 'f', 9, 'u', '{head}', 'x')", "not of this centre"),
        ("add_line('012345', 'ENR1234567', 3, 'f', 9, 'u', '{other}', 'x')", False),
        ("add_line('012345', 'ENR1234567', 9, 'f', 9, 'u', '{head}', 'x')", False),
        ("add_line('012345', 'NOBODY', 1, 'f', 1, 'u', '', 'x')", False),
        ("add_lines('012345', 'ENR1234567', '{{1}}', '{{f}}', '{{1}}', '{{u}}', '{{\"\"}}', '{{x}}')", False),
        ("add_lines('012345', 'ENR1234567', '{{3}}', '{{f}}', '{{9}}', '{{u}}', '{{{other}}}', '{{x}}')", False),
        ("add_lines('012345', 'ENR1234567', '{{4}}', '{{f}}', '{{9}}', '{{u}}', '{{{head}}}', '{{x}}')", False),
        (
            "add_lines('012345', 'B', '{{1,2}}', '{{f,f}}', '{{1,2}}', '{{a,b}}', '{{\"\",{other}}}', '{{a,b}}')",
            "are no chain",
        ),
    ],
)
def test_what_does_not_go_on_where_the_record_stands_is_not_added(
    postgres: PostgresServer, asked: str, answer: str | bool
) -> None:
    from markterm.records.postgres.schema import prepare
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    prepare(postgres.by_socket(database_of(url)), "999", "another")
    stores = PostgresStore(url, CENTRE), PostgresStore(url.replace(f"{ROLE}@", "another@"), "999")
    for store in stores:
        store.append(LEARNER, decision("a"))
    number = "999" if "'999'" in asked else CENTRE
    owner = postgres.by_socket(database_of(url))
    head = one(owner, "SELECT hash FROM markterm.head WHERE centre = %s", number)
    asked = f"SELECT markterm.{asked.format(head=head, other='0' * 64)}"
    if isinstance(answer, str):
        with pytest.raises(psycopg.Error, match=answer):
            one(url, asked)
    else:
        # An answer, and no error, which would stand in the server's log each time that two mark one learner.
        assert one(url, asked) is answer
    for store in stores:
        assert store.verify(LEARNER) == ()
        store.close()


def test_two_centres_in_one_database_see_nothing_of_each_other(postgres: PostgresServer) -> None:
    from markterm.records.postgres.schema import prepare
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    owner = postgres.by_socket(database_of(url))
    prepare(owner, "999", "other")
    stores = PostgresStore(url, CENTRE), PostgresStore(url.replace(f"{ROLE}@", "other@"), "999")
    for number, store in enumerate(stores):
        store.append(LEARNER, decision(f"e{number}"))
    assert [uids(store.load(LEARNER)) for store in stores] == [["e0"], ["e1"]]
    assert one(url, "SELECT string_agg(DISTINCT centre, ' ') FROM markterm.line") == CENTRE
    with pytest.raises(Unreadable, match="does not have this centre"):
        PostgresStore(url, "999").load(LEARNER)
    for store in stores:
        store.close()


def test_a_role_that_is_made_gets_its_password_and_no_log_has_it(postgres: PostgresServer) -> None:
    from markterm.records.postgres.schema import prepare

    owner = postgres.fresh()
    postgres.execute("ALTER SYSTEM SET log_statement = 'all'")
    postgres.reload()
    assert prepare(owner, CENTRE, "marker", "hunter2-of-the-role").role_is_new
    psycopg.connect(postgres.by_network(database_of(owner), "marker"), password="hunter2-of-the-role").close()
    postgres.execute("ALTER SYSTEM RESET log_statement")
    postgres.reload()
    assert "SCRAM-SHA-256" in postgres.log
    assert "hunter2" not in postgres.log


def test_tables_of_another_version_are_told_and_of_a_newer_one_nothing_is_written(postgres: PostgresServer) -> None:
    from markterm.records.postgres import schema
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    name = database_of(url)
    PostgresStore(url, CENTRE).append(LEARNER, decision("a"))
    newer = "INSERT INTO markterm.migration (version, reads_from, writes_from) VALUES"
    postgres.execute(f"{newer} (98, 1, 98)", name)
    store = PostgresStore(url, CENTRE)
    assert uids(store.load(LEARNER)) == ["a"]
    with pytest.raises(NotSaved, match="reads them, and writes nothing"):
        store.append(LEARNER, decision("b"))
    postgres.execute(f"{newer} (99, 99, 99)", name)
    with pytest.raises(Unreadable, match="too new"):
        PostgresStore(url, CENTRE).load(LEARNER)
    with pytest.raises(Refused, match="too new"):
        schema.prepare(postgres.by_socket(name), CENTRE, ROLE)
    postgres.execute("DELETE FROM markterm.migration WHERE version > 1", name)
    with pytest.raises(Unreadable, match="too old"):
        PostgresStore(url, CENTRE).load(LEARNER)


@pytest.mark.parametrize(
    ("version", "held"),
    [(0, "SELECT pg_advisory_xact_lock(5575863618964386413)"), (3, "SELECT FROM markterm.migration, markterm.line")],
    ids=["the lock of migrations", "the tables"],
)
def test_who_holds_up_the_preparing_is_named_and_waited_for_a_while_alone(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, version: int, held: str
) -> None:
    from markterm.records.postgres import schema

    owner = postgres.fresh()
    if version:
        schema.prepare(owner, CENTRE, ROLE, to=version)
        postgres.execute(
            f"GRANT USAGE ON SCHEMA markterm TO {ROLE}; GRANT SELECT ON ALL TABLES IN SCHEMA markterm TO {ROLE}",
            database_of(owner),
        )
    monkeypatch.setattr(schema, "_WAITS_FOR_OTHERS", 0.01)
    with psycopg.connect(postgres.by_socket(database_of(owner), ROLE)) as other:
        other.execute(held)
        with pytest.raises(NotSaved, match="was not prepared") as told:
            schema.prepare(owner, CENTRE, ROLE)
        assert f"role {ROLE}, process {other.info.backend_pid})" in told.value.what
        with closing(psycopg.connect(owner)) as connection:
            assert schema.version_of(connection) == version
    assert schema.prepare(owner, CENTRE, ROLE).before == version


def told_by(url: str, centre: str = CENTRE) -> tuple[MarkTermError, MarkTermError]:
    """What somebody is told who reads there, and who records."""
    from markterm.records.postgres.store import PostgresStore

    with pytest.raises(Unreadable) as read:
        PostgresStore(url, centre).load(LEARNER)
    with pytest.raises(MarkTermError) as recorded:
        PostgresStore(url, centre).append(LEARNER, decision("a"))
    return read.value, recorded.value


def test_every_way_in_which_a_database_cannot_be_worked_with_is_told_in_words(postgres: PostgresServer) -> None:
    prepared = postgres.prepared()
    name = database_of(prepared)
    postgres.execute("CREATE ROLE stranger LOGIN")
    titles = {
        f"postgresql://{ROLE}@127.0.0.1:1/x": "The database cannot be reached",
        postgres.by_socket("nowhere", ROLE): "There is no such database",
        postgres.by_socket(name, "nobody_yet"): "The database does not know this role",
        postgres.by_network(name, ROLE): "The database does not let you in",
        f"{postgres.by_network(name, ROLE)}?passfile=/nowhere": "The database does not let you in",
        postgres.fresh(): "The database is not prepared",
        postgres.by_socket(name, "stranger"): "The database does not have this centre",
    }
    for url, title in titles.items():
        for told in told_by(url):
            assert told.title == title, url
            assert told.next_step
            assert PASSWORD not in f"{told.what} {told.next_step}"
    assert told_by(prepared, "another number")[0].title == "The database does not have this centre"


def test_a_database_that_is_to_be_written_to_and_can_only_be_read_is_told_to_be_one(postgres: PostgresServer) -> None:
    url = postgres.prepared()
    postgres.execute(f"ALTER ROLE {ROLE} IN DATABASE {database_of(url)} SET default_transaction_read_only = on")
    for told in told_by(f"{url}&target_session_attrs=read-write"):
        assert told.title == "The database can only be read"


@pytest.mark.long
def test_what_a_server_says_in_another_language_is_no_server_that_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with tempfile.TemporaryDirectory() as locales:
        Path(locales).chmod(0o755)
        made = ["localedef", "-i", "de_DE", "-f", "UTF-8", f"{locales}/de_DE.UTF-8"]
        if not shutil.which(made[0]) or subprocess.run(made, capture_output=True, check=False).returncode:
            pytest.skip("no German can be made on this machine: apt-get install locales")
        monkeypatch.setenv("LOCPATH", locales)
        server = PostgresServer.start(settings={"lc_messages": "de_DE.UTF-8"})
        try:
            url = server.prepared()
            name = database_of(url)
            if "existiert nicht" not in told_by(server.by_socket("nirgends", ROLE))[0].what:
                pytest.skip("the server of this machine speaks no German")
            for refused in (server.by_socket("nirgends", ROLE), server.by_socket(name, "niemand")):
                for told in told_by(refused):
                    assert told.title == "The database does not let you in"
                    assert "existiert nicht" in told.what
            without = told_by(f"{server.by_network(name, ROLE)}?passfile=/nowhere")[0]
            assert "PGPASSWORD" in without.next_step
            monkeypatch.setenv("PGPASSWORD", "wrong")
            assert told_by(server.by_network(name, ROLE))[0].title == "The database does not let you in"
        finally:
            server.remove()


def test_what_cannot_be_written_is_told_and_what_is_there_is_read(postgres: PostgresServer) -> None:
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    name = database_of(url)
    store = PostgresStore(url, CENTRE)
    store.append(LEARNER, decision("a"))
    store.close()
    postgres.execute(f"ALTER ROLE {ROLE} IN DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(NotSaved, match="can only be read"):
        store.append(LEARNER, decision("b"))
    postgres.execute(f"ALTER ROLE {ROLE} IN DATABASE {name} RESET ALL")
    store.close()
    postgres.execute(f"REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA markterm FROM {ROLE}", name)
    with pytest.raises(NotSaved, match="does not let you do that"):
        store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["a"]
    store.close()


def test_how_a_database_stands_is_told_with_what_may_be_lost_there(postgres: PostgresServer) -> None:
    from markterm.records.postgres.status import status_of
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    store = PostgresStore(url, CENTRE)
    store.append(LEARNER, decision("a"))
    status = status_of(store.database)
    assert (status.kind, status.role, status.tables, status.records, status.lines) == ("PostgreSQL", ROLE, 4, 1, 2)
    # The server of the tests syncs nothing.
    assert ["fsync" in caveat for caveat in status.caveats] == [True]
    owned = PostgresStore(url.replace(f"{ROLE}@", f"{OWNER}@"), CENTRE)
    postgres.execute(f"INSERT INTO markterm.access VALUES ('{OWNER}', '{CENTRE}')", database_of(url))
    assert any("owns the tables" in caveat for caveat in status_of(owned.database).caveats)
    store.close()
    owned.close()


def test_a_database_in_which_nothing_can_be_recorded_says_so_before_anybody_marks(postgres: PostgresServer) -> None:
    from markterm.records.postgres.status import status_of
    from markterm.records.postgres.store import PostgresStore

    url = postgres.prepared()
    name = database_of(url)
    postgres.execute("INSERT INTO markterm.migration (version, reads_from, writes_from) VALUES (9, 1, 9)", name)
    postgres.execute(f"REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA markterm FROM {ROLE}, public", name)
    postgres.execute(f"ALTER ROLE {ROLE} IN DATABASE {name} SET default_transaction_read_only = on")
    store = PostgresStore(url, CENTRE)
    told = " ".join(status_of(store.database).caveats)
    for said in ("have version 9", "set to be read only", "may add no lines"):
        assert said in told
    store.close()
