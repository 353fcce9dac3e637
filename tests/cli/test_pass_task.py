"""pass-task, and withdrawing what was decided at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assignments import add_assignment, register
from tests.cli.conftest import Ask, put_in_conflict

ASHA = ("--as", "asha")
TASK_1 = ("pass-task", "AAA1", "T-IA", "1")


@pytest.fixture(autouse=True)
def on_the_assignment(centre: Path) -> Path:
    """The tiny centre with the assignment, and AAA1 on it."""
    add_assignment(centre)
    register(centre, "AAA1", units="[]", assignments="[T-IA]")
    return centre


def states(ask: Ask) -> dict[str, str]:
    """Every criterion of the learner with its state."""
    return {
        f"{unit['code']} {each['number']}": each["state"]
        for unit in ask("show", "AAA1", "--json").json["units"]
        for outcome in unit["outcomes"]
        for each in outcome["criteria"]
    }


def passed(ask: Ask) -> list[str]:
    """The criteria that are passed."""
    return [name for name, state in states(ask).items() if state == "pass"]


def test_every_open_criterion_of_a_task_is_passed_each_by_its_own_decision_in_one_batch(ask: Ask) -> None:
    answer = ask(*TASK_1, *ASHA, "--json")
    assert answer.code == 0
    assert [(event["unit"], event["criterion"]) for event in answer.json] == [
        ("T-101", "1.1"),
        ("T-101", "1.2"),
        ("T-102", "1.1"),
    ]
    assert len({event["uid"] for event in answer.json}) == 3
    assert len({event["body"]["batch"] for event in answer.json}) == 1
    assert {(event["body"]["assignment"], event["body"]["task"]) for event in answer.json} == {("T-IA", 1)}
    assert passed(ask) == ["T-101 1.1", "T-101 1.2", "T-102 1.1"]


def test_what_will_be_passed_is_listed_first_with_the_task_that_decides_it(ask: Ask) -> None:
    answer = ask(*TASK_1, *ASHA)
    assert answer.err == (
        "3 criteria to pass in task 1 of T-IA, Make a pot:\n"
        "  T-101 1.1 Boil the water\n"
        "  T-101 1.2 (task 2 decides it) Warm the pot\n"
        "  T-102 1.1 Rinse the cups\n"
        "T-IA: no approval of the awarding organisation is recorded in its sheet.\n"
    )
    assert len(answer.out.splitlines()) == 3


def test_those_that_are_excepted_stay_open(ask: Ask) -> None:
    assert ask(*TASK_1, "--except", "101 1.1 1.2", *ASHA).code == 0
    assert passed(ask) == ["T-102 1.1"]


@pytest.mark.parametrize("text", ["101 2.1", "101", "102 1.1, 101 9.9", "999 1.1"])
def test_an_exception_that_the_task_does_not_carry_is_wrong_use_and_passes_nothing(ask: Ask, text: str) -> None:
    assert ask(*TASK_1, "--except", text, *ASHA).code == 2
    assert passed(ask) == []


def test_what_is_decided_in_conflict_or_closed_is_left_as_it_is(ask: Ask) -> None:
    put_in_conflict(Path())
    ask("mark", "AAA1", "101", "1.1", "refer", "--note", "Lukewarm.", *ASHA)
    ask("mark", "AAA1", "102", "1.1,1.2", "pass", *ASHA)
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    ask("close", "AAA1", "102", *ASHA)
    answer = ask(*TASK_1, *ASHA, "--json")
    assert (answer.code, answer.json) == (0, [])
    assert answer.err == "Nothing is left to pass in task 1 of T-IA, Make a pot.\n"
    assert states(ask)["T-101 1.1"] == "refer"
    assert states(ask)["T-101 1.2"] == "conflict"


def test_whoever_may_not_mark_one_of_the_units_passes_none(ask: Ask) -> None:
    answer = ask(*TASK_1, "--as", "ben")
    assert answer.code == 3
    assert "Ben Whitlock (ben) is not approved to mark T-102" in answer.err
    assert ask("log", "AAA1").out == ""


def test_a_task_or_an_assignment_that_is_not_there_is_wrong_use(ask: Ask) -> None:
    assert "T-IA has no task 9" in ask("pass-task", "AAA1", "T-IA", "9", *ASHA).err
    assert ask("pass-task", "AAA1", "T-IB", "1", *ASHA).code == 2
    assert ask("pass-task", "AAA1", "T-IA", "one", *ASHA).code == 2


@pytest.mark.parametrize(("words", "count"), [((), 0), (("--yes",), 3)])
def testat_a_terminal_it_asks_first_unless_told_not_to(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], count: int
) -> None:
    def asked_and_refused(*_: object, **__: object) -> bool:
        return False

    monkeypatch.setattr("click.confirm", asked_and_refused)
    monkeypatch.setattr("markterm.cli.pass_task.at_a_terminal", lambda: True)
    answer = ask(*TASK_1, *words, *ASHA)
    assert answer.code == 0
    assert ("Nothing was passed." in answer.err) == (count == 0)
    assert len(passed(ask)) == count


def test_all_that_were_passed_at_once_are_withdrawn_at_once(ask: Ask) -> None:
    ask("mark", "AAA1", "101", "2.1", "pass", *ASHA)
    ask(*TASK_1, *ASHA)
    answer = ask("withdraw", "AAA1", "102", "1.1", "--batch", "--reason", "wrong learner", *ASHA, "--json")
    assert answer.code == 0
    assert {event["kind"] for event in answer.json} == {"withdrawn"}
    assert len(answer.json) == 3
    assert passed(ask) == ["T-101 2.1"]
    assert ask("log", "AAA1").out.count("(withdrawn since)") == 3


def test_one_of_those_passed_at_once_is_withdrawn_alone(ask: Ask) -> None:
    ask(*TASK_1, *ASHA)
    assert ask("withdraw", "AAA1", "101", "1.1", "--reason", "slip", *ASHA).code == 0
    assert passed(ask) == ["T-101 1.2", "T-102 1.1"]
    assert ask("withdraw", "AAA1", "101", "1.2", "--batch", "--reason", "slip", *ASHA).code == 0
    assert passed(ask) == []


def test_a_criterion_that_was_marked_again_keeps_its_new_decision_when_the_batch_goes(ask: Ask) -> None:
    ask(*TASK_1, *ASHA)
    ask("mark", "AAA1", "101", "1.1", "refer", "--note", "Lukewarm.", *ASHA)
    alone = ask("withdraw", "AAA1", "101", "1.1", "--batch", "--reason", "slip", *ASHA)
    assert alone.code == 2
    assert "was made alone, or there is none" in alone.err
    assert ask("withdraw", "AAA1", "101", "1.2", "--batch", "--reason", "slip", *ASHA).code == 0
    assert states(ask)["T-101 1.1"] == "refer"
    assert passed(ask) == []


def test_nothing_of_a_batch_is_withdrawn_when_one_of_its_units_is_closed(ask: Ask) -> None:
    ask(*TASK_1, *ASHA)
    ask("mark", "AAA1", "102", "1.2", "pass", *ASHA)
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    ask("close", "AAA1", "102", *ASHA)
    answer = ask("withdraw", "AAA1", "101", "1.1", "--batch", "--reason", "slip", *ASHA)
    assert answer.code == 3
    assert "The unit is closed" in answer.err
    assert len(passed(ask)) == 4


def test_a_batch_is_told_by_the_first_letters_of_its_identifier(ask: Ask) -> None:
    batch = ask(*TASK_1, *ASHA, "--json").json[0]["body"]["batch"]
    assert ask("log", "AAA1").out.count(f"in T-IA, task 1, batch {batch[:8]}\n") == 3
    assert ask("show", "AAA1").out.count(f"in T-IA, task 1, batch {batch[:8]}\n") == 3
    decision = ask("show", "AAA1", "--json").json["units"][0]["outcomes"][0]["criteria"][0]["decisions"][0]
    assert decision["batch"] == batch
