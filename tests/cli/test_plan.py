"""`markterm plan` and `markterm why`: proposed, adopted and explained."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.centres import add_learner
from tests.cli.conftest import Ask
from tests.cli.planned import DAYS, adopted, not_in_it


@pytest.mark.usefixtures("assessed")
def test_a_plan_is_proposed_and_nothing_is_recorded_until_it_is_adopted(ask: Ask) -> None:
    first = ask("plan", *DAYS)
    assert first.code == 0
    assert "samples proposed: --adopt records the plan with them." in first.out
    assert ask("plan", *DAYS).out == first.out, "the same question, the same plan"
    assert ask("why", "AAA1", "101").code == 3
    samples = adopted(ask)
    assert {each["state"] for each in samples} == {"planned", "not closed yet"}
    assert all(each["verifier"] in ("ines", "omar") and each["because"] for each in samples)
    shown = ask("plan")
    assert f"Sampling plan 2020-01-01 to 2099-12-31: {len(samples)} samples" in shown.out
    assert "proposed" not in shown.out


@pytest.mark.usefixtures("assessed")
def test_the_least_of_an_assessor_counts_what_another_plan_holds(ask: Ask) -> None:
    today = date.today()
    assert ask("plan", "--from", "2020-01-01", "--until", today.isoformat(), "--adopt", "--as", "ines").code == 0
    tomorrow, later = today + timedelta(1), today + timedelta(30)
    told = ask("plan", "--from", tomorrow.isoformat(), "--until", later.isoformat(), "--rules").out
    assert "at least 1 assessed by asha in 12 months, 1 of them beside this plan: " in told


@pytest.mark.usefixtures("assessed")
def test_who_joins_is_added_and_nobody_else_changes(assessed: Path, ask: Ask) -> None:
    before = adopted(ask)
    add_learner(assessed, "DDD4", "Ben Ode", assessor="ben")
    assert ask("mark", "DDD4", "T-101", "1.1", "refer", "--note", "Why?", "--as", "ben").code == 0
    after = ask("plan", "--json").json["samples"]
    assert [each for each in after if each["registration"] != "DDD4"] == before
    assert [(each["registration"], each["state"]) for each in after if each not in before] == [("DDD4", "proposed")]


@pytest.mark.usefixtures("assessed")
def test_it_is_told_which_plans_there_are(ask: Ask) -> None:
    assert ask("plan", "--list").out == "There is no plan yet.\n"
    count = len(adopted(ask))
    days = ("--from", "2010-01-01", "--until", "2010-12-31")
    assert ask("plan", *days, "--add", *not_in_it(ask), "--why", "x", "--as", "ines").code == 0
    first, second = ask("plan", "--list").out.splitlines()
    assert first == "2010-01-01 to 2010-12-31: 1 sample, nothing adopted"
    assert second == f"2020-01-01 to 2099-12-31: {count} samples, adopted by ines on {date.today()}"
    told = ask("plan", "--list", "--json").json
    assert [(each["begins"], each["samples"]) for each in told] == [("2010-01-01", 1), ("2020-01-01", count)]


@pytest.mark.usefixtures("assessed")
def test_the_samples_are_narrowed_and_sorted_and_what_the_plan_proves_stays_that_of_all(ask: Ask) -> None:
    samples = adopted(ask)
    key = next((each["registration"], each["unit"]) for each in samples if each["state"] == "planned")
    assert ask("plan", "--date", *key, "--on", "2020-01-02", "--why", "x", "--as", "ines").code == 0
    shown = ask("plan", "state:overdue", "--sort", "due").out
    assert f"2020-01-01 to 2099-12-31: 1 of {len(samples)} samples" in shown
    told = ask("plan", f"unit:{key[1]}", "--json").json
    assert {each["unit"] for each in told["samples"]} == {key[1]}
    assert told["proves"] == ask("plan", "--json").json["proves"]


@pytest.mark.usefixtures("assessed")
def test_what_a_verifier_has_begun_with_is_not_finished_and_no_answer_yet(ask: Ask) -> None:
    adopted(ask)
    words = ("verify", "AAA1", "T-101", "--agree", "1.1", "--looked", "1.1", "--unfinished", "--as", "omar")
    assert ask(*words).code == 0
    (sample,) = ask("plan", "AAA1", "unit:101", "state:not-finished", "--json").json["samples"]
    assert (sample["actual"], sample["report"]) == (None, "")
    assert ask("verify", "AAA1", "T-101", "--agree", "--as", "omar").code == 0
    (sample,) = ask("plan", "AAA1", "unit:101", "--json").json["samples"]
    assert (sample["state"], sample["actual"]) == ("agreed", str(date.today()))


@pytest.mark.usefixtures("assessed")
def test_the_report_of_a_sample_is_told_until_its_assessor_has_read_it(ask: Ask) -> None:
    adopted(ask)
    assert ask("verify", "AAA1", "T-101", "--agree", "1.1", "--looked", "1.1", "--as", "omar").code == 0

    def report() -> str:
        (sample,) = ask("plan", "AAA1", "unit:101", "--json").json["samples"]
        return str(sample["report"])

    assert report() == "not acknowledged yet"
    assert ask("action", "AAA1", "T-101", "--acknowledge", "--as", "asha").code == 0
    assert report() == "acknowledged by asha"


@pytest.mark.usefixtures("assessed")
def test_why_is_answered_from_the_plan_that_the_unit_is_in_when_its_days_are_over(ask: Ask) -> None:
    over = ("--from", "2020-01-01", "--until", (date.today() - timedelta(1)).isoformat())
    learner, unit = not_in_it(ask)
    assert ask("plan", *over, "--add", learner, unit, "--why", "Asked for.", "--as", "ines").code == 0
    told = ask("why", learner, unit)
    assert told.code == 0
    assert told.out == ask("why", learner, unit, *over).out
    now = ("--from", date.today().isoformat(), "--until", "2099-12-31")
    assert ask("plan", *now, "--adopt", "--as", "ines").code == 0
    assert ask("why", learner, unit, "--json").json["sampled"], "in the plan of today, or else in the last one"
    assert ask("why", "nobody", unit).code == 2


@pytest.mark.usefixtures("assessed")
def test_why_is_answered_from_the_plan_as_it_was_adopted_whatever_is_recorded_since(ask: Ask) -> None:
    adopted(ask)
    learner, unit = not_in_it(ask)
    before = ask("why", learner, unit, "--json").json
    assert before["sampled"] is False
    assert before["rules"]
    assert (before["of"], before["day"]) == (6, str(date.today()))
    ask("mark", "AAA1", "T-102", "1.1", "refer", "--note", "Why?", "--as", "asha")
    assert ask("why", learner, unit, "--json").json == before
    assert ask("why", learner, unit).out.endswith(f"Number {before['place']} of 6 in the random order.\n")


@pytest.mark.usefixtures("assessed")
def test_a_sample_that_was_verified_shows_when_and_what_the_drawn_part_proves(ask: Ask) -> None:
    adopted(ask)
    assert ask("verify", "AAA1", "T-101", "--agree", "--as", "omar").code == 0
    told = ask("plan", "--json").json
    states = {(each["registration"], each["unit"]): each for each in told["samples"]}
    assert states["AAA1", "T-101"]["state"] == "agreed"
    assert states["AAA1", "T-101"]["actual"] == str(date.today())
    assert "drawn" in told["proves"]


@pytest.mark.usefixtures("assessed")
def test_a_learner_who_left_stays_in_the_plan_and_is_said_to_be_gone(assessed: Path, ask: Ask) -> None:
    samples = adopted(ask)
    learner = str(samples[0]["registration"])
    shutil.rmtree(assessed / "learners" / learner)
    states = [each["state"] for each in ask("plan", "--json").json["samples"] if each["registration"] == learner]
    assert set(states) == {"not there any more"}
    answer = ask("plan", "--drop", learner, str(samples[0]["unit"]), "--why", "left the course", "--as", "ines")
    assert answer.code == 0, answer.err


def test_in_a_centre_where_nothing_is_assessed_nothing_is_planned(centre: Path, ask: Ask) -> None:
    assert centre.exists()
    assert "Nothing was assessed in these days that could be sampled." in ask("plan").out
    assert ask("plan", "--adopt", "--as", "ines").code == 3


def test_of_a_centre_with_one_person_it_is_said_that_nobody_may_look(assessed: Path, ask: Ask) -> None:
    file = assessed / "centre.toml"
    text = file.read_text("utf-8").replace('roles = ["verifier"]', 'roles = ["tutor"]')
    file.write_text(text.replace('roles = ["assessor"]', 'roles = ["assessor", "verifier"]', 1), "utf-8")
    out = ask("plan", *DAYS).out
    assert "an awarding organisation will ask for a verifier from outside" in out
    assert "! nobody may look at it: asha decided or closed something in it" in out


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--adopt",), 3, "Who is marking?"),
        (("--adopt", "--as", "asha"), 3, "Only a verifier plans"),
        (("--add", "AAA1", "101", "--as", "ines"), 3, "A change needs a reason"),
        (("--drop", "nobody", "101", "--why", "x", "--as", "ines"), 2, "No such learner"),
        (("--drop", "AAA1", "999", "--why", "x", "--as", "ines"), 2, "No such unit"),
        (("--date", "AAA1", "101", "--why", "x", "--as", "ines"), 2, "Which day?"),
        (("--assign", "AAA1", "101", "--why", "x", "--as", "ines"), 2, "Which verifier?"),
        (("--add", "AAA1", "101", "--to", "asha", "--why", "x", "--as", "ines"), 2, "No such verifier"),
        (("--on", "2026-01-31"), 2, "What is on that day?"),
        (("--method", "AAA1", "101", "--why", "x", "--as", "ines"), 2, "Which method?"),
        (("--method", "AAA1", "101", "--by", " ", "--why", "x", "--as", "ines"), 3, "Not in the plan"),
        (("--by", "interview"), 2, "What is verified so?"),
        (("--to", "ines"), 2, "What is to be theirs?"),
        (("--adopt", "--add", "AAA1", "101"), 2, "One thing at a time"),
        (("jones", "--drop", "AAA1", "101"), 2, "One thing at a time"),
        (("colour:red",), 2, "No such field"),
        (("state:lost",), 2, "There is no state:lost"),
        (("--from", "2026-01-01"), 2, "Which days?"),
        (("--from", "2026-02-01", "--until", "2026-01-01"), 2, "Which days?"),
        (("--from", "today", "--until", "2026-01-01"), 2, "today is no day"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(ask: Ask, words: tuple[str, ...], code: int, told: str) -> None:
    answer = ask("plan", *words)
    assert (answer.code, told in answer.err) == (code, True), answer.err


@pytest.mark.usefixtures("assessed")
def test_a_plan_for_some_of_the_same_days_is_refused(ask: Ask) -> None:
    adopted(ask)
    answer = ask("plan", "--from", "2026-01-01", "--until", "2026-12-31")
    assert (answer.code, "There is a plan for some of these days" in answer.err) == (3, True)


@pytest.mark.usefixtures("assessed")
def test_what_is_adopted_is_sampled_in_the_learners_records_for_whom_and_until_when(ask: Ask) -> None:
    samples = {(each["registration"], each["unit"]): each for each in adopted(ask)}
    for (learner, unit), sample in samples.items():
        log = ask("log", learner, "--unit", unit, "--kind", "sampled", "--json").json
        (body,) = [event["body"] for event in log]
        assert (body["verifier"], body["due"]) == (sample["verifier"], sample["planned_for"])
        assert body["why"] == "; ".join(sample["because"])  # Printed from there: a report has every reason.
    again = ask("plan", "--adopt", "--as", "ines")
    assert (again.code, again.err) == (0, "All of it is adopted already.\n")
    (learner, unit), sample = next(iter(samples.items()))
    other = "omar" if sample["verifier"] == "ines" else "ines"
    assert ask("plan", "--assign", learner, unit, "--to", other, "--why", "away", "--as", "ines").code == 0
    log = ask("log", learner, "--unit", unit, "--kind", "sampled", "--json").json
    assert log[-1]["body"]["verifier"] == other


@pytest.mark.usefixtures("assessed")
def test_nobody_gets_a_sample_of_a_learner_with_whom_they_have_a_conflict_of_interest(ask: Ask) -> None:
    for learner in ("AAA1", "BBB2", "CCC3"):
        assert ask("interest", "omar", learner, "--why", "A cousin.", "--as", "ines").code == 0
    assert {each["verifier"] for each in adopted(ask)} == {"ines"}
    sample = ask("plan", "--json").json["samples"][0]
    words = ("plan", "--assign", sample["registration"], sample["unit"], "--to", "omar", "--why", "x", "--as", "ines")
    assert (ask(*words).code, "omar has a conflict of interest" in ask(*words).err) == (3, True)


def test_a_member_who_decided_is_given_nothing_that_they_decided(assessed: Path, ask: Ask) -> None:
    file = assessed / "centre.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('roles = ["assessor"]', 'roles = ["assessor", "verifier"]', 1), "utf-8")
    assert {each["verifier"] for each in adopted(ask)} <= {"ines", "omar"}


def test_a_strategy_for_a_qualification_without_a_sheet_is_found(assessed: Path, ask: Ask) -> None:
    assert "MC31" not in ask("check").out
    with (assessed / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[verification.qualification."T-DPL"]\nleast = 2\n')
    assert "MC31 warning [verification] says something of T-DPL" in ask("check").out


def test_a_registration_that_was_corrected_and_a_unit_that_was_renumbered_are_the_same_samples(
    assessed: Path, ask: Ask
) -> None:
    before = {(each["registration"], each["unit"]): each["because"] for each in adopted(ask)}
    learner, unit = next(iter(before))
    assert ask("rename", learner, "NEW9", "--as", "asha").code == 0
    told = ask("plan", "--json").json["samples"]
    after = {(each["registration"], each["unit"]): each["because"] for each in told}
    assert after["NEW9", unit] == before[learner, unit]
    assert (learner, unit) not in after
    assert not [each for each in told if each["state"] in ("proposed", "not there any more")]
    assert ask("why", "NEW9", unit, "--json").json["sampled"] is True

    file = assessed / "mark_sheets" / "units" / f"{unit}.md"
    file.write_text(file.read_text("utf-8").replace(unit, "T-901"), "utf-8")
    file.rename(file.with_name("T-901.md"))
    members = assessed / "centre.toml"
    members.write_text(members.read_text("utf-8").replace('["T-101", "T-102"]', '["T-101", "T-102", "T-901"]'), "utf-8")
    carried = ask("carry", unit, "--into", "T-901", "--reason", "Renumbered.", "--as", "asha")
    assert carried.code == 0, carried.err
    told = ask("plan", "--json").json["samples"]
    after = {(each["registration"], each["unit"]): each["because"] for each in told}
    assert after["NEW9", "T-901"] == before[learner, unit]
    assert unit not in {each["unit"] for each in told}
    assert not [each for each in told if each["state"] in ("proposed", "not there any more")]
    assert ask("why", "NEW9", "T-901", "--json").json["sampled"] is True


def test_the_plan_says_who_is_to_be_observed_and_what_a_lead_looks_at_of_the_verifiers(
    assessed: Path, ask: Ask
) -> None:
    file = assessed / "centre.toml"
    text = file.read_text("utf-8").replace("[verification]\n", "[verification]\nverifiers = 10\n")
    text += "\n[verification.observations]\nobservation = 12\n"
    file.write_text(text + '\n[[member]]\nid = "iva"\nname = "Iva Nowak"\nroles = ["verifier"]\nlead = true\n', "utf-8")
    adopted(ask)
    assert ask("verify", "AAA1", "T-101", "--agree", "--as", "ines").code == 0
    told = ask("plan").out
    assert "✗ observation of asha, every 12 months: none yet; not planned" in told
    assert "✗ verified by ines: a Lead IV looks at 1 of 1, looked at 0: AAA1 T-101" in told
    assert "due and not planned: asha (observation)" in ask("status").err
    assert "observation of asha, every 12 months: none yet; not planned" in ask("check").out
    beside = ask("plan", "--json").json
    assert [each["assessor"] for each in beside["observations_due"]] == ["asha", "ben"]
    (ines,) = beside["verifiers"]
    assert (ines["asked"], ines["to_look_at"]) == (1, [{"registration": "AAA1", "unit": "T-101"}])
    assert ask("countersign", "AAA1", "T-101", "--verification", "--as", "iva").code == 0
    seen = ("assessor-observation", "asha", "--on", "2024-01-05", "--record", "She waits.", "--as", "ines")
    assert ask(*seen).code == 0
    told = ask("plan").out
    assert "✓ verified by ines: a Lead IV looks at 1 of 1, looked at 1" in told
    assert "observation of asha, every 12 months: last on 2024-01-05, due by 2025-01-05" in told


def test_a_qualification_says_what_waits_for_its_samples(assessed: Path, ask: Ask) -> None:
    adopted(ask)
    assert "Held for verification" in ask("release", "AAA1", "T-101", "--as", "asha").err
    file = assessed / "learners" / "AAA1" / "learner.md"
    file.write_text(file.read_text("utf-8").replace("units:", "qualification: NVQ\nunits:"), "utf-8")
    centre = assessed / "centre.toml"
    own = '\n[verification.qualification.NVQ]\nsummative_before = "claim"\n'
    centre.write_text(centre.read_text("utf-8") + own, "utf-8")
    rows = ask("status", "--json").json
    units = next(row["units"] for row in rows if row["registration"] == "AAA1")
    due = {each["code"]: [step["step"] for step in each["waiting"]] for each in units}["T-101"]
    assert {"release", "verify"} <= set(due), "the claim waits for it, the feedback does not"
    assert "Held for verification" not in ask("release", "AAA1", "T-101", "--as", "asha").err
