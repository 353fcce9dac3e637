"""`markterm keys`: the keys as the user has them, and what is wrong with their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.own.places import Places
from markterm.tui.settings import KEYS_FILE
from tests.cli.conftest import Ask


@pytest.fixture
def own(alone: Path) -> Path:  # noqa: ARG001 - it says where the user's own folders are
    """The user's file of keys, in a folder that is there."""
    file = Places.of_user().settings / KEYS_FILE
    file.parent.mkdir(parents=True)
    return file


def test_every_key_is_listed_without_a_centre(own: Path, ask: Ask) -> None:
    told = ask("keys")
    assert (told.code, told.err) == (0, f"Your own keys would lie in {own}.\n")
    lines = told.out.splitlines()
    assert lines[0] == "Caseload"
    assert "  mark.pass                  p                             Pass this criterion" in lines
    assert [line for line in lines if line.split()[:2] == ["learner.next", ">"]]


def test_a_key_of_ones_own_is_listed_as_such(own: Path, ask: Ask) -> None:
    own.write_text('"mark.pass" = ["x", "/"]\n"caseload.filter" = "f5"\n"find.start" = "f6"\n', "utf-8")
    told = ask("keys", "--json")
    assert told.code == 0
    changed = {each["id"]: each["keys"] for each in told.json["keys"] if each["changed"]}
    assert changed == {"mark.pass": ["x", "/"], "caseload.filter": ["f5"], "find.start": ["f6"]}
    assert (told.json["file"], told.json["findings"]) == (str(own), [])
    assert "Pass this criterion (your own key)" in ask("keys").out


def test_what_is_not_taken_is_told_with_its_line(own: Path, ask: Ask) -> None:
    own.write_text('# mine\n"mark.pas" = "x"\n\n[mark]\nnote = "banana"\npass = "r"\n', "utf-8")
    told = ask("keys", "--json")
    assert told.code == 1
    assert told.json["findings"] == [
        {"message": "mark.pas is not the name of a command; mark.pass is one.", "line": 2},
        {"message": "banana is not a key: mark.note keeps n.", "line": 5},
        {"message": "r is the key of mark.pass and mark.refer: both keep what they had.", "line": 6},
    ]
    assert "keys.toml:5: banana is not a key: mark.note keeps n." in ask("keys").err.splitlines()


def test_a_file_that_is_no_toml_is_told(own: Path, ask: Ask) -> None:
    own.write_text('"mark.pass" = \n', "utf-8")
    told = ask("keys")
    assert told.code == 1
    assert "keys.toml: keys.toml is left out" not in told.err
    assert "keys.toml is left out: " in told.err
    assert "Pass this criterion" in told.out


def test_a_file_of_keys_that_is_no_text_or_no_file_is_told_in_words(own: Path, ask: Ask) -> None:
    own.write_bytes(b'"mark.pass" = "\xff"\n')
    assert "keys.toml is left out: it is not saved as UTF-8 (byte 16)" in ask("keys").err.splitlines()
    own.unlink()
    own.mkdir()
    assert "keys.toml is left out: it is no file" in ask("keys").err.splitlines()
