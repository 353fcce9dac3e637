"""A centre moves from its folder to PostgreSQL, is backed up there, restored, and moves back: by its own commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.words.errors import NotSaved
from tests.centres import places_in
from tests.cli.conftest import Ask
from tests.cli.conftest import alone as alone
from tests.cli.conftest import ask as ask
from tests.cli.conftest import centre as centre
from tests.servers.postgres import ROLE, PostgresServer

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = pytest.mark.server


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """A database with no record."""
    with postgres.lent() as url:
        yield url


def test_a_centre_moves_is_backed_up_restored_and_moves_back_without_losing_a_byte(
    ask: Ask, centre: Path, url: str
) -> None:
    def mark(number: str) -> None:
        assert ask("mark", "AAA1", "T-101", number, "pass", "--as", "asha").code == 0

    mark("1.1")
    toml = centre / "centre.toml"
    in_folder = toml.read_text("utf-8")
    open_meanwhile = Centre.open(centre, member="asha", places=places_in(centre.parent))
    moved = ask("store", "copy", "--to", url, "--go-on-there")
    assert (moved.code, "Close every open window" in moved.err) == (0, True)
    assert toml.read_text("utf-8") == f'{in_folder.rstrip()}\n\n[record]\nstore = "{url}"\n'
    with pytest.raises(NotSaved, match="the records have moved"):
        open_meanwhile.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    open_meanwhile.close_down()
    mark("1.2")
    assert ask("audit", "--beside", "records").code == 1
    assert ask("check").code == 0
    shown = ask("log", "AAA1", "--json").json

    assert ask("backup", "../whole.zip").code == 0
    restored = ask("backup", "--restore", "../again", "../whole.zip")
    assert "The records were in a database." in restored.err
    assert ask("-C", "../again", "log", "AAA1", "--json").json == shown
    assert ask("-C", "../again", "audit", "--against", "../whole.zip").code == 0
    # What is recorded in the restored centre is not in the living one's database.
    assert ask("-C", "../again", "mark", "AAA1", "T-101", "2.1", "pass", "--as", "asha").code == 0
    assert ask("log", "AAA1", "--json").json == shown

    assert ask("store", "copy", "--to", "records", "--go-on-there").code == 0
    assert ask("audit", "--beside", url).code == 0
    assert ask("log", "AAA1", "--json").json == shown
    assert ask("audit", "--against", "../whole.zip").code == 0
    mark("2.1")
    assert ask("audit").code == 0


def test_the_password_of_a_role_that_was_there_before_stays_and_that_is_said(
    ask: Ask, centre: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert centre.is_dir()
    postgres.prepared()
    words = ("store", "prepare", "--owner", postgres.fresh(), "--role", ROLE)
    assert "its password" not in ask(*words).out
    monkeypatch.setenv("MARKTERM_STORE_PASSWORD", "another one")
    assert "its password stays as it was" in ask(*words).out
