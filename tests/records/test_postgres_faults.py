"""What PostgreSQL says of whoever it does not let in, in words that lead further: it has no codes for these."""

from __future__ import annotations

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
        ("Connection refused", "cannot be reached", "whether it runs"),
    ],
)
def test_who_is_not_let_in_is_told_why_and_not_to_look_at_the_network(said: str, title: str, next_step: str) -> None:
    from markterm.records.postgres.faults import in_words

    told = in_words(psycopg.OperationalError(f"connection failed: {said}"))
    assert (title in told.title, next_step in told.next_step) == (True, True), str(told)
