"""`[server]` of `centre.toml`: how a centre is served, with slips found on their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.assessed.serving import Serving, SignInBy
from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_file import read_centre, render_centre
from tests.centres import CENTRE_TOML


def _server(tmp_path: Path, table: str) -> Serving:
    path = tmp_path / "centre.toml"
    path.write_text(f"{CENTRE_TOML}\n[server]\n{table}", "utf-8")
    return read_centre(path).server


def test_without_a_word_it_is_this_machine_alone_and_passwords(tmp_path: Path) -> None:
    path = tmp_path / "centre.toml"
    path.write_text(CENTRE_TOML, "utf-8")
    assert read_centre(path).server == Serving()
    assert "[server]" not in render_centre(read_centre(path), with_strategy=True)


def test_what_it_says_is_read_and_written_as_it_was(tmp_path: Path) -> None:
    said = (
        'address = "https://marking.example"\nsign_in = "openid"\nproxies = ["10.0.0.0/8", "::1"]\n'
        'issuer = "https://accounts.example/realms/college"\nclient = "markterm"\nclaim = "email"\n'
        'domain = "college.example"\nsessions = 200\nsessions_of_member = 2\nmemory = 500\nidle = 10\nhours = 8\n'
        "upload = 100\n"
    )
    server = _server(tmp_path, said)
    assert server.sign_in is SignInBy.OPENID
    assert server.sessions == 200
    path = tmp_path / "again.toml"
    path.write_text(render_centre(read_centre(tmp_path / "centre.toml")), "utf-8")
    assert read_centre(path).server == server


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ('sign_in = "pasword"', "no way to sign in"),
        ('sign_in = "proxy"', "no proxy is trusted"),
        ('sign_in = "openid"', "needs issuer, client and address"),
        ('address = "marking.example"', "no address of a site"),
        ('address = "https://marking.example/path"', "no address of a site"),
        ('address = "https://user@marking.example"', "no address of a site"),
        ('address = "javascript:alert(1)"', "no address of a site"),
        ('proxies = ["localhost"]', "no address of a machine"),
        ('header = "X Remote"', "no name of a header"),
        ("sessions = 0", "not a number from 1"),
        ("memory = 100", "not a number from 300"),
        ('password = "secret"', "not a key in"),
    ],
)
def test_a_slip_is_found_on_its_line(tmp_path: Path, table: str, what: str) -> None:
    with pytest.raises(Unreadable, match=what) as error:
        _server(tmp_path, table)
    assert error.value.line == len(CENTRE_TOML.splitlines()) + 3
