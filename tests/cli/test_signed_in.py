"""A process that a server started for a member: who signed in is who acts, and no file of the server has a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from markterm.cli.group import markterm
from markterm.own.places import Places
from markterm.own.signed_in import SIGNED_IN
from tests.cli.conftest import Ask

pytestmark = pytest.mark.usefixtures("centre")


@pytest.fixture(autouse=True)
def _asha(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SIGNED_IN, "asha")


def test_whoever_signed_in_acts_without_being_named(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass")
    (entry,) = ask("log", "AAA1", "--json").json
    assert entry["actor"] == "asha"


@pytest.mark.parametrize("named", [("--as", "ben"), ("--as", "nobody")])
def test_nobody_who_signed_in_acts_as_somebody_else(ask: Ask, named: tuple[str, str]) -> None:
    answer = ask("mark", "AAA1", "T-101", "1.1", "pass", *named)
    assert answer.code == 3
    assert "You signed in as asha" in answer.err
    assert ask("log", "AAA1", "--json").json == []


def test_the_environment_names_nobody_else_either(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKTERM_AS", "ben")
    assert ask("status").code == 3


@pytest.mark.parametrize("id_", ["", "../ben", "Asha", "a" * 33, "asha\n"])
def test_what_is_no_id_signs_nobody_in(ask: Ask, monkeypatch: pytest.MonkeyPatch, id_: str) -> None:
    monkeypatch.setenv(SIGNED_IN, id_)
    answer = ask("status")
    assert answer.code == 2
    assert "Nobody is signed in" in answer.err


def test_whoever_signed_in_has_places_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Places.of_user()
    monkeypatch.setenv(SIGNED_IN, "ben")
    other = Places.of_user()
    assert own.state.name == own.settings.name == "asha"
    assert {own.state, own.settings, own.faults}.isdisjoint({other.state, other.settings, other.faults})


def test_no_command_takes_a_path_from_whoever_signed_in(centre: Path, ask: Ask) -> None:
    (centre / "there.md").write_text("words", "utf-8")
    taking = list(_taking_paths(markterm, ()))
    assert len(taking) > 30
    for words, parameter in taking:
        given = ("there.md",) if isinstance(parameter, click.Argument) else (parameter.opts[0], "there.md")
        answer = ask(*words, *given)
        assert answer.code in (2, 3), (words, parameter.name)
        # Where something else has to be said too, click may ask for that first: nothing was done either way.
        if answer.code == 3:
            assert "The server's files are not named here" in answer.err, (words, answer.err)


def test_what_is_called_a_file_is_a_path_or_the_name_of_a_learners_file() -> None:
    of_learners = {"differences", "cite", "case", "method", "read", "receive --to", "export scripts --shows-nobody"}
    for words, each in _parameters(markterm, ()):
        called = re.search("FILE|PATH|PLACE|DIR|FOLDER|ZIP", str(each.metavar or ""))
        named = {" ".join(words), " ".join((*words, *each.opts[:1]))}
        assert not called or isinstance(each.type, click.Path) or named & of_learners, (words, each.name)


def test_no_file_of_the_server_goes_out_as_feedback(centre: Path, ask: Ask) -> None:
    (centre / "there.md").write_text("words", "utf-8")
    answer = ask("release", "AAA1", "T-101", "--text", "there.md")
    assert answer.code == 3
    assert "The server's files are not named here" in answer.err


def test_what_whoever_signed_in_sends_along_is_no_path(ask: Ask) -> None:
    answer = ask("release", "AAA1", "T-101", "--text", "-", stdin="words")
    assert "not named here" not in answer.err


@pytest.mark.parametrize("words", [("demo", "--no-open"), ("init", "--number", "1", "--name", "x")])
def test_whoever_signed_in_makes_no_centre_on_the_server(
    ask: Ask, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "home"
    here.mkdir()
    monkeypatch.chdir(here)
    answer = ask(*words)
    assert answer.code == 3
    assert "You are signed in to a server" in answer.err
    assert list(here.iterdir()) == []


def test_whoever_signed_in_leads_the_server_to_no_database(ask: Ask) -> None:
    answer = ask("store", "prepare", "--owner", "postgresql://x@127.0.0.1:1/y", "--role", "z")
    assert answer.code == 3
    assert "Not from here" in answer.err


def test_a_path_is_refused_in_words(ask: Ask) -> None:
    answer = ask("receive", "/etc")
    assert answer.code == 3
    assert "The server's files are not named here" in answer.err


def test_whoever_signed_in_makes_no_key_on_the_server(ask: Ask) -> None:
    pytest.importorskip("cryptography")
    answer = ask("signing-key", "--make")
    assert answer.code == 3
    assert "keys to sign with do not lie on one" in answer.err


def _taking_paths(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Parameter]]:
    for of, each in _parameters(command, words):
        if each.expose_value and isinstance(each.type, click.Path):
            yield of, each


def _parameters(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Parameter]]:
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            assert inner is not None
            yield from _parameters(inner, (*words, name))
        return
    yield from ((words, each) for each in command.params)


def test_an_export_tells_no_folder_of_the_server(ask: Ask, tmp_path: Path) -> None:
    for options in ((), ("--preview",), ("--json",), ("--force",), ("--force", "--json"), ("--json", "--preview")):
        answer = ask("export", "sheet", "AAA1", "T-101", *options)
        assert "AAA1 T-101 mark sheet.pdf" in answer.out + answer.err
        assert str(tmp_path) not in answer.out + answer.err, options
