"""`markterm verify` without an answer: the queue of whoever acts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.cli.conftest import Ask
from tests.cli.test_action import ASHA, INES, close_unit

YESTERDAY = date.today() - timedelta(1)
SOON = date.today() + timedelta(5)


def test_the_queue_says_what_waits_for_whom_until_when_and_why(centre: Path, ask: Ask) -> None:  # noqa: ARG001
    for learner in ("AAA1", "BBB2"):
        close_unit(ask, learner)
    assert ask("sample", "AAA1", "101", "--why", "routine", *INES).code == 0
    given = ("--why", "a new assessor", "--verifier", "ines", "--due", SOON.isoformat())
    assert ask("sample", "BBB2", "101", *given, *INES).code == 0
    answer = ask("verify", *INES)
    assert answer.code == 0
    mine, why, free, _ = answer.out.splitlines()
    assert ("BBB2" in mine, "for you" in mine, f"due {SOON}, in 5 days" in mine) == (True, True, True)
    assert (why.strip(), "for anybody" in free, "since today" in free) == ("a new assessor", True, True)
    assert answer.err == "2 to do.\n"
    assert [each["registration"] for each in ask("verify", "--sort", "learner", "--json").json] == ["AAA1", "BBB2"]
    assert [each["unit"] for each in ask("verify", "AAA1", "--json", *INES).json] == ["T-101"]
    assert ask("verify", "--filter", "-verifier:ines", "--json", *INES).json[0]["registration"] == "AAA1"
    assert ask("verify", "AAA1", "101", "--agree", "--reason", "Read.", *INES).code == 0
    assert ask("verify", *INES).err == "1 to do.\n"


def test_what_is_not_theirs_to_take_is_counted_and_listed_with_all(centre: Path, ask: Ask) -> None:  # noqa: ARG001
    close_unit(ask, "AAA1")
    assert ask("sample", "AAA1", "101", "--why", "routine", *INES).code == 0
    left = ask("verify", *ASHA)
    assert left.out == ""
    assert left.err == "Nothing to do; 1 given to others or not yours to take: --all.\n"
    assert "! no verifier" in ask("verify", "--all", *ASHA).out
    assert ask("interest", "ines", "AAA1", "--why", "Her aunt.", *INES).code == 0
    assert "! a conflict of interest" in ask("verify", "--all", *INES).out


def test_a_list_that_is_asked_for_wrongly_is_refused(centre: Path, ask: Ask) -> None:  # noqa: ARG001
    assert ask("verify", "--filter", "owner:asha").code == 2
    assert ask("verify", "--agree", *INES).code == 2
    assert ask("verify", "AAA1", "--disagree", "--reason", "no", *INES).code == 2
    assert ask("verify", "AAA1", "101", "--agree", "--all", *INES).code == 2
    assert "No such learner" in ask("verify", "NOBODY").err
