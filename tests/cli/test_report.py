"""Figures over all learners."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, put_in_conflict
from tests.cli.planned import adopted

pytestmark = pytest.mark.usefixtures("centre")


@pytest.fixture
def marked(ask: Ask, centre: Path) -> None:  # noqa: ARG001 - it is where they are marked
    """Two learners are marked in T-101, by two."""
    for learner, criterion, result, member in (
        ("AAA1", "1.1", "pass", "asha"),
        ("AAA1", "1.2", "refer", "asha"),
        ("BBB2", "1.1", "refer", "ben"),
    ):
        words = ("mark", learner, "101", criterion, result, "--note", "Say how.", "--as", member)
        assert ask(*words).code == 0


@pytest.mark.usefixtures("marked")
def test_referrals_are_told_as_a_table_as_json_and_as_csv(ask: Ask) -> None:
    told = ask("report", "referrals").out.splitlines()
    assert told[:5] == [
        "Referrals by assessor",
        "",
        "assessor  name          decided  referred   rate  resubmitted  referred  rate",
        "asha      Asha Patel          2         1   50 %            0         0     –",
        "ben       Ben Whitlock        1         1  100 %            0         0     –",
    ]
    assert max(map(len, told)) < 80
    answer = ask("report", "referrals", "--by", "unit", "--json").json
    assert [(row["unit"], row["decided"], row["rate"]) for row in answer["rows"]] == [("T-101", 3, 0.666667)]
    assert ask("report", "referrals", "--assessor", "ben", "--csv").out.splitlines() == [
        "assessor,assessor_name,decided,referred,rate,decided_again,referred_again,rate_again",
        "ben,Ben Whitlock,1,1,1,0,0,",
    ]


@pytest.mark.usefixtures("marked")
def test_a_plot_is_drawn_where_it_is_asked_for_and_none_into_a_pipe(ask: Ask) -> None:
    assert "█" not in ask("report", "referrals").out
    plotted = ask("report", "referrals", "--plot").out.splitlines()
    assert "rate, to 100 %" in plotted
    (asha,) = (line for line in plotted if line.startswith("asha") and "█" in line)
    assert asha.endswith(" 50 %")


@pytest.mark.usefixtures("marked")
def test_the_decisions_behind_the_figures_are_listed_with_their_ids(ask: Ask) -> None:
    (behind,) = ask("report", "referrals", "--assessor", "ben", "--decisions", "--json").json
    (logged,) = (each for each in ask("log", "BBB2", "--json").json if each["kind"] == "decided")
    assert (behind["learner"], behind["criterion"], behind["uid"]) == ("BBB2", "1.1", logged["uid"])
    assert ask("report", "referrals", "--assessor", "ben", "--decisions").out.split()[-1] == logged["uid"]
    assert ask("report", "referrals", "--assessor", "ben", "--decisions", "--csv").out.count("\n") == 2
    assert ask("report", "referrals", "--criterion", "1.2", "--decisions").out.split()[:3] == [
        "AAA1",
        "T-101",
        "(2026-01)",
    ]


def test_plan_actions_and_workload_are_reports_with_what_lies_behind_them(ask: Ask) -> None:
    for words in (
        ("mark", "AAA1", "101", "1.1", "pass", "--as", "asha"),
        ("plan", "--add", "AAA1", "T-101", "--why", "a visit", "--on", "2026-01-02", "--to", "ines", "--as", "ines"),
        ("action", "AAA1", "101", "--set", "Read it", "--due", "2099-01-31", "--as", "ines"),
    ):
        assert ask(*words).code == 0
    (planned,) = ask("report", "plan", "--by", "verifier", "--json").json["rows"]
    assert (planned["verifier"], planned["planned"], planned["looked_at"]) == ("ines", 1, 0)
    (action,) = ask("report", "actions", "--decisions", "--json").json
    assert (action["learner"], action["by"], action["what"]) == ("AAA1", "asha", "open, due 2099-01-31: Read it")
    by_member = ask("report", "workload", "--assessor", "asha", "--json").json["rows"]
    assert [(each["member"], each["as"], each["done"]) for each in by_member] == [("asha", "assessor", 1)]
    for name in ("plan", "actions", "workload"):
        assert max(map(len, ask("report", name).out.splitlines())) < 80


def test_a_report_has_rows_of_its_own(ask: Ask) -> None:
    assert "It has them by owner, verifier" in ask("report", "actions", "--by", "period").err
    answer = ask("report", "workload", "--since", "2026-01-01", "--json")
    assert (answer.code, answer.error["title"]) == (2, "Of which days?")
    assert ask("report", "workload", "--verifier", "ines").code == 0
    assert ask("report", "plan").err == "No sampling plan was adopted: nothing was planned.\n"


def test_before_anything_is_decided_there_is_nothing_and_that_is_said(ask: Ask) -> None:
    assert "Nothing of that was recorded." in ask("report", "referrals").out
    assert ask("report", "referrals", "--decisions").out == "Nothing of that was recorded.\n"


@pytest.mark.usefixtures("marked")
def test_of_few_learners_it_is_not_said_whose_referrals_are_unlike_the_others(ask: Ask) -> None:
    answer = ask("report", "unlike", "--json").json
    assert [(row["assessor"], row["by_chance"]) for row in answer["rows"]] == [("asha", None), ("ben", None)]
    assert "Too few to say: 1 learner, the others 1; 20 are asked for on each side." in ask("report", "unlike").out


def test_a_conflict_is_in_no_figure_and_said(ask: Ask, centre: Path) -> None:
    put_in_conflict(centre)
    answer = ask("report", "referrals", "--json")
    assert answer.json["rows"] == []
    assert "1 criterion in conflict at an attempt is in no figure: AAA1 T-101 (2026-01) 1.2." in answer.err
    assert answer.json["warnings"] == [answer.err.strip()]


@pytest.mark.usefixtures("marked")
def test_a_damaged_record_is_said(ask: Ask, centre: Path) -> None:
    (segment,) = (centre / "records" / "BBB2").glob("*.log")
    segment.write_bytes(segment.read_bytes().replace(b"refer", b"passx"))
    assert "1 record is incomplete, and decisions may be hidden: BBB2." in ask("report", "referrals").err


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("--by", "verifier"), "By what?"),
        (("--verifier", "ines"), "Whose answers?"),
        (("--unit", "999"), "No such unit"),
        (("--criterion", "1.9"), "No such criterion"),
        (("--unit", "101", "--criterion", "1.9"), "No such criterion"),
        (("--assessor", "nobody"), "No such member"),
        (("--since", "tomorrow"), "Which day?"),
        (("--since", "2026-02-01", "--until", "2026-01-01"), "Which days?"),
        (("--csv", "--json"), "JSON or CSV?"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(ask: Ask, words: tuple[str, ...], title: str) -> None:
    answer = ask("report", "referrals", *words, "--json")
    assert (answer.code, answer.error["title"]) == (2, title)


@pytest.mark.usefixtures("assessed")
def test_by_which_day_a_sample_is_verified_is_the_same_in_plan_queue_and_workload(ask: Ask) -> None:
    adopted(ask)

    def told() -> tuple[int, int, int]:
        queue = [each for each in ask("verify", "--all", "--json").json if (each["due"] or "9") < str(date.today())]
        of_plan, of_work = (
            sum(each["overdue"] for each in ask("report", name, "--json").json["rows"]) for name in ("plan", "workload")
        )
        return len(queue), of_plan, of_work

    assert told() == (0, 0, 0)
    assert ask("plan", "--date", "AAA1", "T-101", "--on", "2020-01-02", "--why", "A visit.", "--as", "ines").code == 0
    assert told() == (1, 1, 1)
