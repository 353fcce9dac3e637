"""What PostgreSQL says of whoever it does not let in, in words that lead further: it has no codes for these."""

from __future__ import annotations

from typing import Any

import pytest

psycopg = pytest.importorskip("psycopg", reason="markterm[server] is not installed")


@pytest.mark.parametrize(
    ("said", "title", "next_step"),
    [
        ('FATAL:  Peer authentication failed for user "postgres"', "does not let you in", "as that user"),
        ('FATAL:  Ident authentication failed for user "postgres"', "does not let you in", "as that user"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.7", user "markterm"', "does not let you in", "Ask whoever"),
        ('FATAL:  role "markterm" is not permitted to log in', "does not let you in", "Ask whoever"),
        ('FATAL:  password authentication failed for user "markterm"', "does not let you in", "PGPASSWORD"),
        ("fe_sendauth: no password supplied", "does not let you in", "PGPASSWORD"),
        ('FATAL:  role "root" does not exist', "does not know this role", "prepare it"),
        ('FATAL:  database "nodb" does not exist', "no such database", "make the database"),
        ("FATAL:  the database system is starting up", "not ready", "in a moment"),
        ("session is read-only", "can only be read", "is to be written to"),
        ("server is in hot standby mode", "can only be read", "is to be written to"),
        ("FATAL:  Datenbank »nodb« existiert nicht", "does not let you in", "the name of the database"),
        ('ВАЖНО:  роль "markterm" не существует', "does not let you in", "at the role"),
        ("Connection refused", "cannot be reached", "whether it runs"),
        ("server closed the connection unexpectedly", "cannot be reached", "whether it runs"),
    ],
)
def test_who_is_not_let_in_is_told_why_and_not_to_look_at_the_network(said: str, title: str, next_step: str) -> None:
    from markterm.records.postgres.faults import in_words

    told = in_words(refused(said))
    assert (title in told.title, next_step in told.next_step) == (True, True), str(told)


@pytest.mark.parametrize(
    ("said", "is_tried_again"),
    [
        ("Connection refused", True),
        ("FATAL:  the database system is starting up", True),
        ("session is read-only", True),  # Who stands by may be the one to write to in a moment.
        ('FATAL:  database "nodb" does not exist', False),
        ('FATAL:  password authentication failed for user "markterm"', False),
    ],
)
def test_what_may_pass_by_itself_is_tried_again(said: str, *, is_tried_again: bool) -> None:
    from markterm.records.postgres.faults import is_lost

    assert is_lost(refused(said)) is is_tried_again


def test_what_the_server_says_itself_stands_behind_a_whole_sentence() -> None:
    from markterm.records.postgres.faults import _BY_STATE

    assert [each.what for each in _BY_STATE.values() if not each.what.endswith(".")] == []


def refused(said: str) -> Any:
    """As the library says it."""
    return psycopg.OperationalError(f'connection failed: connection to server at "::1", port 5432 failed: {said}')
