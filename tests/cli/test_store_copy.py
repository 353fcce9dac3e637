"""`markterm store copy` and `markterm audit --beside`: records in another store, and both beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask


@pytest.mark.usefixtures("assessed")
def test_every_record_goes_to_another_folder_and_is_proved_to_be_the_same(ask: Ask, centre: Path) -> None:
    told = ask("store", "copy", "--to", "../other")
    assert (told.code, "4 records brought, 0 completed: ../other" in told.out) == (0, True)
    assert "The same in both, to the last byte: 4 records with " in told.out
    for path in (centre / "records").rglob("*.log"):
        assert (centre.parent / "other" / path.relative_to(centre / "records")).read_bytes() == path.read_bytes()
    assert ask("mark", "BBB2", "T-101", "1.2", "pass", "--as", "asha").code == 0
    beside = ask("audit", "--beside", "../other", "--json")
    # The centre's own record says who omar is, since he was written into centre.toml.
    assert (beside.code, beside.json["beside"]["behind"], beside.json["beside"]["equal"]) == (1, ["", "BBB2"], False)
    assert "Behind in the other store: 2 records (the centre's own, BBB2)" in ask("audit", "--beside", "../other").out
    again = ask("store", "copy", "--to", "../other", "--json")
    assert (again.code, again.json["brought"], again.json["completed"], again.json["equal"]) == (0, 0, 2, True)
    assert ask("audit", "--beside", "../other").code == 0


@pytest.mark.usefixtures("assessed")
def test_a_store_that_says_something_else_is_left_as_it_is_and_told(ask: Ask, centre: Path) -> None:
    assert ask("store", "copy", "--to", "../other").code == 0
    segment = next((centre.parent / "other/AAA1").glob("*.log"))
    segment.write_bytes(segment.read_bytes()[:-9] + b"x" * 9)
    refused = ask("store", "copy", "--to", "../other")
    assert (refused.code, "says something else" in refused.err) == (3, True)
    told = ask("audit", "--beside", "../other")
    assert (told.code, "Two different things in both: 1 record (AAA1)" in told.out) == (4, True)


@pytest.mark.usefixtures("assessed")
def test_a_centre_goes_on_in_its_own_folder_or_in_a_database_and_nowhere_else(ask: Ask, centre: Path) -> None:
    before = (centre / "centre.toml").read_bytes()
    refused = ask("store", "copy", "--to", "../other", "--go-on-there")
    assert (refused.code, "A centre does not go on there" in refused.err) == (2, True)
    assert not (centre.parent / "other").exists()
    assert (centre / "centre.toml").read_bytes() == before


def test_a_place_that_is_none_is_refused_in_words_that_repeat_no_password(ask: Ask, centre: Path) -> None:
    assert centre.is_dir()
    for place, words in (
        ("records", "That is where the records are"),
        ("postgresql://markterm:secret@127.0.0.1/x", "has a password in it"),
    ):
        refused = ask("store", "copy", "--to", place)
        assert (refused.code, words in refused.err, "secret" in refused.err) == (2, True, False)
    nowhere = ask("audit", "--beside", "../nowhere")
    assert (nowhere.code, "No records are there" in nowhere.err) == (2, True)
    assert "Two whole stores" in ask("audit", "AAA1", "--beside", "../other").err
    gone = ask("store", "copy", "--to", "postgresql://markterm@127.0.0.1:1/x")
    assert gone.code == 4
