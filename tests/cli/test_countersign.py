"""A member in training marks; another countersigns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask

ASHA, BEN, TIA = ("--as", "asha"), ("--as", "ben"), ("--as", "tia")
INES, VI = ("--as", "ines"), ("--as", "vi")


@pytest.fixture
def school(centre: Path) -> Path:
    """The tiny centre, with Tia in training for T-101."""
    file = centre / "centre.toml"
    tia = '\n[[member]]\nid = "tia"\nname = "Tia Lund"\nroles = ["assessor"]\ntraining = ["T-101"]\n'
    file.write_text(file.read_text("utf-8") + tia, "utf-8")
    return centre


@pytest.fixture
def marked(ask: Ask, school: Path) -> Path:
    """Tia decided all of T-101 of AAA1."""
    for number in ("1.1", "1.2", "2.1"):
        assert ask("mark", "AAA1", "101", number, "pass", "--note", f"Tia on {number}", *TIA).code == 0
    return school


def waiting(ask: Ask, *words: str) -> list[str]:
    return [each["criterion"] for each in ask("countersign", *words, "--json").json]


def test_a_member_in_training_marks_only_the_units_they_are_in_training_for(ask: Ask, school: Path) -> None:
    answer = ask("mark", "AAA1", "T-101", "1.1", "pass", *TIA)
    assert answer.code == 0
    assert "decided ✓ pass, in training" in answer.out
    assert ask("mark", "AAA1", "T-102", "1.1", "pass", *TIA).code == 3
    assert school.is_dir()


@pytest.mark.usefixtures("marked")
def test_what_waits_is_listed_for_the_caseload_a_learner_and_a_unit(ask: Ask) -> None:
    answer = ask("countersign")
    assert "AAA1 Rosalind Jones, T-101 1.1: ✓ pass by tia" in answer.out
    assert "    Tia on 1.2" in answer.out
    assert "3 decisions wait for a countersignature." in answer.err
    assert waiting(ask) == waiting(ask, "AAA1") == waiting(ask, "AAA1", "101") == ["1.1", "1.2", "2.1"]
    assert waiting(ask, "AAA1", "T-102") == waiting(ask, "BBB2") == []
    assert "No decisions wait" in ask("countersign", "BBB2").err
    assert "101 = decided ! 3 to countersign" in ask("status").out
    assert [row["registration"] for row in ask("status", "state:uncountersigned", "--json").json] == ["AAA1"]


@pytest.mark.usefixtures("marked")
def test_a_countersignature_is_recorded_shown_and_told(ask: Ask) -> None:
    answer = ask("countersign", "AAA1", "101", "1.1", "--note", "Read with Tia.", *ASHA)
    assert answer.code == 0
    assert "AAA1 Rosalind Jones T-101 1.1 countersigned, recorded" in answer.out
    shown = ask("show", "AAA1", "101").out
    assert "in training, countersigned by Asha Patel" in shown
    assert shown.count("waits for countersignature") == 2
    log = ask("log", "AAA1").out
    assert "decided ✓ pass, in training (countersigned by asha)" in log
    assert "Read with Tia." in log
    sheet = ask("sheet", "AAA1", "101").out
    assert "made in training, countersigned by Asha Patel" in sheet
    assert "made in training, waits for countersignature" in sheet
    decisions = ask("show", "AAA1", "101", "--json").json["units"][0]["outcomes"][0]["criteria"][0]["decisions"]
    assert [(each["in_training"], each["countersigned_by"]) for each in decisions] == [(True, "asha")]
    assert waiting(ask) == ["1.2", "2.1"]


@pytest.mark.usefixtures("marked")
def test_criteria_may_have_commas_between_as_when_they_are_marked(ask: Ask) -> None:
    events = ask("countersign", "AAA1", "101", "1.1,1.2", *ASHA, "--json").json
    assert [each["criterion"] for each in events] == ["1.1", "1.2"]


@pytest.mark.usefixtures("marked")
def test_a_unit_is_closed_after_all_of_it_is_countersigned(ask: Ask) -> None:
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    refused = ask("close", "AAA1", "101", *ASHA)
    assert refused.code == 3
    assert "1.1, 1.2, 2.1" in refused.err
    assert "markterm countersign" in refused.err
    assert ask("close", "AAA1", "101", *TIA).code == 3
    events = ask("countersign", "AAA1", "101", "--all", *BEN, "--json").json
    assert [(event["kind"], event["criterion"], event["actor"]) for event in events] == [
        ("countersigned", number, "ben") for number in ("1.1", "1.2", "2.1")
    ]
    assert ask("close", "AAA1", "101", *ASHA).code == 0


@pytest.mark.usefixtures("marked")
def test_nobody_countersigns_without_approval_or_twice(ask: Ask) -> None:
    assert ask("countersign", "AAA1", "101", "1.1", *TIA).code == 3
    assert ask("countersign", "AAA1", "101", "1.1", "--as", "ines").code == 3
    assert ask("countersign", "AAA1", "101", "1.1").code == 3
    assert ask("countersign", "AAA1", "101", "1.1", *ASHA).code == 0
    assert ask("countersign", "AAA1", "101", "1.1", *BEN).code == 3
    assert ask("countersign", "AAA1", "101", "9.9", *BEN).code == 2


@pytest.mark.usefixtures("marked")
def test_of_several_what_was_countersigned_before_one_is_refused_is_told(ask: Ask) -> None:
    answer = ask("countersign", "AAA1", "101", "1.1", "9.9", *ASHA)
    assert answer.code == 2
    assert "1.1 countersigned" in answer.out
    assert waiting(ask) == ["1.2", "2.1"]


@pytest.mark.usefixtures("marked")
def test_all_is_for_one_unit_and_without_criteria(ask: Ask) -> None:
    assert ask("countersign", "AAA1", "--all", *ASHA).code == 2
    assert ask("countersign", "AAA1", "101", "1.1", "--all", *ASHA).code == 2
    assert waiting(ask) == ["1.1", "1.2", "2.1"]
    nothing = ask("countersign", "AAA1", "T-102", "--all", *ASHA)
    assert (nothing.code, nothing.out) == (0, "")
    assert "Nothing waits" in nothing.err


def test_decisions_of_a_member_who_left_stand_and_are_countersigned(ask: Ask, marked: Path) -> None:
    file = marked / "centre.toml"
    file.write_text(file.read_text("utf-8").split('\n[[member]]\nid = "tia"')[0] + "\n", "utf-8")
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    assert "Tia Lund" in ask("show", "AAA1", "101").out
    assert ask("close", "AAA1", "101", *ASHA).code == 3
    assert ask("countersign", "AAA1", "101", "--all", *ASHA).code == 0
    assert ask("close", "AAA1", "101", *ASHA).code == 0
    assert ask("audit").code == 0


def test_a_member_approved_since_does_not_countersign_themselves(ask: Ask, marked: Path) -> None:
    file = marked / "centre.toml"
    file.write_text(file.read_text("utf-8").replace("training = ", "units = "), "utf-8")
    answer = ask("countersign", "AAA1", "101", "1.1", *TIA)
    assert answer.code == 3
    assert "Not your own decision" in answer.err
    ask("mark", "AAA1", "101", "1.1", "pass", *TIA)
    assert waiting(ask) == ["1.2", "2.1"]


@pytest.fixture
def verified(ask: Ask, centre: Path) -> Path:
    """T-101 of AAA1, closed by Asha, sampled by Inês and verified by Vi, who is in training."""
    file = centre / "centre.toml"
    vi = '\n[[member]]\nid = "vi"\nname = "Vi Lund"\nroles = ["verifier"]\nlearning_to_verify = true\n'
    file.write_text(file.read_text("utf-8") + vi, "utf-8")
    for number in ("1.1", "1.2", "2.1"):
        assert ask("mark", "AAA1", "101", number, "pass", *ASHA).code == 0
    assert ask("declare", "AAA1", "--form", "e-mail", *ASHA).code == 0
    assert ask("close", "AAA1", "101", "--feedback", "Sound.", *ASHA).code == 0
    assert ask("sample", "AAA1", "101", "--why", "New.", *INES).code == 0
    assert ask("verify", "AAA1", "101", "--agree", *VI).code == 3, "criterion by criterion"
    assert ask("verify", "AAA1", "101", "--agree", "1.1,1.2,2.1", *VI).code == 0
    return centre


@pytest.mark.usefixtures("verified")
def test_what_was_verified_in_training_waits_and_is_countersigned(ask: Ask) -> None:
    assert "in training" in ask("members", "vi").out
    assert ask("members", "vi", "--json").json[0]["learning_to_verify"] is True
    assert ask("release", "AAA1", "101", *ASHA).code == 3
    assert "in training, not countersigned" in ask("show", "AAA1").out
    assert "in training, not countersigned" in ask("log", "AAA1", "--kind", "verified").out
    assert "AAA1" in ask("status", "sampled:not-countersigned").out
    assert "countersign" in ask("verify", *INES).out
    assert "not countersigned yet" in ask("sheet", "AAA1", "101", "--verification").out
    (own,) = (each for each in ask("show", "AAA1", "--json").json["units"] if each["code"] == "T-101")
    assert own["verification"]["state"] == "not countersigned"
    assert own["verification"]["verifications"][0]["in_training"] is True
    assert ask("countersign", "AAA1", "101", "--verification", *VI).code == 3
    signed = ask("countersign", "AAA1", "101", "--verification", "--note", "Read with her.", *INES)
    assert (signed.code, "countersigns vi" in signed.out) == (0, True)
    assert "Countersigned: the answers are those of Vi Lund" in ask("sheet", "AAA1", "101", "--verification").out
    assert ask("release", "AAA1", "101", *ASHA).code == 0
    assert ask("audit").code == 0


@pytest.mark.usefixtures("verified")
@pytest.mark.parametrize("words", [("AAA1",), ("AAA1", "101", "1.1"), ("AAA1", "101", "--all")])
def test_a_countersignature_of_a_verification_is_of_one_unit(ask: Ask, words: tuple[str, ...]) -> None:
    assert ask("countersign", *words, "--verification", *INES).code == 2
