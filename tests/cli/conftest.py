"""A tiny centre in the current folder, and a way to ask it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from markterm.centre.centre import Centre
from markterm.cli.group import markterm
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from markterm.evidence.conversion import conversion
from tests.centres import environment_in, make_centre_in


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        assert self.out.isascii()
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error that was told as JSON on stderr."""
        return json.loads(self.err)["error"]


Ask = Callable[..., Answer]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty; the user's own folders are beside it."""
    for key, value in environment_in(tmp_path / "user").items():
        monkeypatch.setenv(key, value)
    monkeypatch.delenv("MARKTERM_AS", raising=False)
    monkeypatch.delenv("MARKTERM_DEBUG", raising=False)
    # What `markterm check` finds is no matter of the machine that tests it.
    monkeypatch.setattr(conversion, "left_open", tuple)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def centre(alone: Path) -> Path:
    """The current folder, a tiny centre."""
    return make_centre_in(alone)


@pytest.fixture
def ask(alone: Path) -> Ask:  # noqa: ARG001 - it is where the command runs
    """Runs a command: `ask("mark", "AAA1", …)`, `ask(…, stdin="text")`."""

    def run(*words: str, stdin: str | bytes | None = None) -> Answer:
        result = CliRunner().invoke(markterm, list(words), input=stdin, prog_name="markterm")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run


def put_in_conflict(centre: Path) -> None:
    """Have Ben pass and Asha refer T-101 1.2 of AAA1, neither having seen the other's decision."""
    for member, result in (("ben", Result.PASS), ("asha", Result.REFER)):
        opened = Centre.open(centre, member=member)
        opened.marking.mark("AAA1", "T-101", "1.2", result, f"{member}'s note", shown=OPEN_CRITERION)
        opened.close_down()


@pytest.fixture
def assessed(centre: Path, ask: Ask) -> Path:
    """The tiny centre: two units of each learner decided by Asha, one closed."""
    opened = Centre.open(centre, member="asha")
    for learner in ("AAA1", "BBB2", "CCC3"):
        for unit in ("T-101", "T-102"):
            opened.marking.mark(learner, unit, "1.1", Result.PASS, "Good.", shown=OPEN_CRITERION)
    for number in ("1.2", "2.1"):
        opened.marking.mark("AAA1", "T-101", number, Result.PASS, "Good.", shown=OPEN_CRITERION)
    opened.attempts.declare("AAA1", "signed sheet")
    opened.close_down()
    assert ask("close", "AAA1", "T-101", "--no-feedback", "--as", "asha").code == 0
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(
            "\n[verification]\nleast = 1\nleast_of_assessor = 1\nalways = []\nshares_green = [{ percent = 0 }]\n"
        )
        file.write("shares_amber = [{ percent = 0 }]\nshares_red = [{ percent = 0 }]\n")
        file.write('\n[[member]]\nid = "omar"\nname = "Omar Aziz"\nroles = ["verifier"]\n')
    return centre
