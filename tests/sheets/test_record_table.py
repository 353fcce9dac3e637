"""`[record]` of `centre.toml`: an address that everybody may read, for it has no password."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.words.database_address import role_in
from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_file import read_centre, render_centre
from markterm.sheets.record_table import with_record_store
from tests.centres import CENTRE_TOML

_URL = "postgresql://markterm@db.example/markterm"


def written(folder: Path, record: str) -> Path:
    file = folder / "centre.toml"
    file.write_text(f"{CENTRE_TOML}\n[record]\n{record}\n", "utf-8")
    return file


def test_the_address_of_the_database_is_read_and_written_as_it_stands(tmp_path: Path) -> None:
    details = read_centre(written(tmp_path, f'store = "{_URL}"'))
    assert details.record_store == _URL
    (tmp_path / "centre.toml").write_text(render_centre(details), "utf-8")
    assert read_centre(tmp_path / "centre.toml") == details


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://markterm:hunter2@db.example/markterm",
        "postgresql://:hunter2@db.example/markterm",
        "postgresql://db.example/markterm?user=markterm&password=hunter2",
        "postgresql:///markterm?sslpassword=hunter2",
    ],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(tmp_path: Path, address: str) -> None:
    with pytest.raises(Unreadable, match="password") as refused:
        read_centre(written(tmp_path, f'store = "{address}"'))
    assert "hunter2" not in f"{refused.value} {refused.value.next_step}"
    assert "PGPASSWORD" in refused.value.next_step
    assert refused.value.line == len((CENTRE_TOML + "\n[record]\n").splitlines()) + 1


@pytest.mark.parametrize(
    "address", ["mysql://a@b/c", "postgres:/a@b/c", "db.example", "postgresql://[::1/x", "host=a dbname=b", "füße"]
)
def test_what_is_no_address_of_a_database_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(Unreadable, match="no address"):
        read_centre(written(tmp_path, f'store = "{address}"'))


def test_the_role_is_the_one_that_the_address_names() -> None:
    assert role_in(_URL) == "markterm"
    assert role_in("postgresql:///x?host=/run&user=marker") == "marker"
    assert role_in("postgresql:///x") == ""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_centre_goes_to_a_database_and_back_and_nothing_else_of_its_file_changes(tmp_path: Path, end: str) -> None:
    file = tmp_path / "centre.toml"
    before = f"{CENTRE_TOML}\n# what I must not forget\n".replace("\n", end).encode()
    file.write_bytes(before)
    there = with_record_store(file, _URL)
    assert there == before + f'{end}[record]{end}store = "{_URL}"{end}'.encode()
    file.write_bytes(there)
    assert (read_centre(file).record_store, with_record_store(file, "")) == (
        _URL,
        there.replace(b"[record]", b"# [record]").replace(b"store =", b"# store ="),
    )
    file.write_bytes(with_record_store(file, ""))
    assert read_centre(file).record_store == ""
    again = with_record_store(file, "postgresql://markterm@other/markterm")
    file.write_bytes(again)
    assert read_centre(file).record_store == "postgresql://markterm@other/markterm"


def test_where_only_a_person_can_say_where_the_records_are_it_is_said_what_to_write(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text(f'record.store = "{_URL}"\n{CENTRE_TOML}', "utf-8")
    assert read_centre(file).record_store == _URL
    for address, words in (("postgresql://a@b/c", "store = "), ("", "Take")):
        with pytest.raises(Unreadable) as refused:
            with_record_store(file, address)
        assert words in refused.value.next_step
