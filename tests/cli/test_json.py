"""What a program reads with `--json` stays as it is: every command's answer on one small centre is kept as a file."""

from __future__ import annotations

import pytest

from markterm.cli.group import COMMANDS as EVERY_COMMAND
from tests.cli.json_answers import COMMANDS, DATA, NAMES, answers


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What every step printed, by name."""
    return answers(tmp_path_factory.mktemp("json"))


@pytest.mark.parametrize("name", NAMES)
def test_a_command_prints_the_json_that_it_printed_before(name: str, told: dict[str, str]) -> None:
    assert told[name] == (DATA / f"{name}.json").read_text("utf-8"), "python -m tests.cli.json_answers writes it anew"


def test_every_command_that_prints_json_is_kept() -> None:
    # One shows the screen, one makes a centre of its own and only says where, one grows with every key; two are of a
    # server, which is not there where these answers are kept.
    assert set(EVERY_COMMAND) - COMMANDS == {"open", "demo", "keys", "serve", "password"}
    assert {file.stem for file in DATA.glob("*.json")} == set(NAMES)
