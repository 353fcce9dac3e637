"""A learner who is marked on a published standard as on a unit: every surface has it, and none lets it be claimed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assignments import add_qualifications
from tests.centres import add_learner
from tests.cli.conftest import Ask
from tests.standards import STANDARD, add_standard

ASHA = ("--as", "asha")
NUMBERS = "P1,P2,P3,K1,K2"


@pytest.fixture(autouse=True)
def on_a_standard(centre: Path) -> Path:
    """The tiny centre with DDD4, who is on T-101 and on TEA01, which asha may mark."""
    add_standard(centre)
    folder = add_learner(centre, "DDD4", "Ida Lund", units="[T-101]")
    file = folder / "learner.md"
    file.write_text(file.read_text("utf-8").replace("assessor:", "standards: [TEA01]\nassessor:"), "utf-8")
    toml = centre / "centre.toml"
    toml.write_text(toml.read_text("utf-8").replace('"T-101", "T-102"', '"T-101", "T-102", "TEA01"'), "utf-8")
    return centre


def close(ask: Ask) -> None:
    """Pass every statement and close the standard."""
    assert ask("mark", "DDD4", "TEA01", NUMBERS, "pass", *ASHA).code == 0
    ask("declare", "DDD4", "--form", "signed sheet", *ASHA)
    assert ask("close", "DDD4", "TEA01", *ASHA).code == 0


def test_its_statements_are_marked_cited_and_noted_as_criteria_and_a_duty_is_none(ask: Ask) -> None:
    assert ask("cite", "DDD4", "TEA01", "P1", "diary.md", "--lines", "3", *ASHA).code == 0
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", *ASHA).code == 0
    assert ask("mark", "DDD4", "TEA01", "K1", "refer", *ASHA).code == 3, "a referral needs a note"
    assert ask("mark", "DDD4", "TEA01", "D1", "pass", *ASHA).code == 2
    told = ask("show", "DDD4", "TEA01").out
    assert "Make and serve tea (a standard, not claimable)" in told
    assert "I made tea." in told
    assert "Performance criteria" in told
    assert "LO1" not in told
    assert "- D1 Look after the guests of the house" in told


def test_the_caseload_counts_it_and_its_sheet_and_feedback_say_what_it_is(ask: Ask) -> None:
    assert "TEA01" in ask("status", "ddd4").out
    close(ask)
    sheet = ask("sheet", "DDD4", "TEA01").out
    assert "version 1.0, a standard, not claimable" in sheet
    assert "## Performance criteria" in sheet
    assert "LO1" not in sheet
    feedback = ask("feedback", "DDD4", "TEA01").out
    assert "a standard, not claimable" in feedback
    assert "LO1" not in feedback


def test_it_evidences_its_own_statements_down_to_the_decision(ask: Ask) -> None:
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", *ASHA).code == 0
    told = ask("portfolio-index", "DDD4", "TEA01").out
    assert "P1 ✓ evidenced" in told
    assert "P2 not evidenced yet: TEA01 P2 not decided" in told


def test_it_is_never_claimed_and_the_reason_is_that_it_is_no_qualification(ask: Ask, centre: Path) -> None:
    close(ask)
    ask("release", "DDD4", "TEA01", *ASHA)
    toml = centre / "centre.toml"
    carol = '\n[[member]]\nid = "carol"\nname = "Carol"\nroles = ["coordinator"]\n'
    toml.write_text(toml.read_text("utf-8") + carol, "utf-8")
    unit = next(each for each in ask("claim", "DDD4", "--json").json if each["unit"] == "TEA01")
    assert "standard" in [each["code"] for each in unit["blocked_by"]]
    answer = ask("claim", "DDD4", "TEA01", "--record", "claimed", "--number", "1", "--as", "carol")
    assert answer.code == 3
    assert "no qualification" in answer.err


def test_it_gives_no_credit_though_a_qualification_should_call_one_of_its_units_so(ask: Ask, centre: Path) -> None:
    add_qualifications(centre)
    sheet = centre / "mark_sheets" / "qualifications" / "T-AWARD.md"
    sheet.write_text(sheet.read_text("utf-8").replace("T-101", "TEA01"), "utf-8")
    file = centre / "learners" / "DDD4" / "learner.md"
    file.write_text(file.read_text("utf-8").replace("assessor:", "qualification: [T-AWARD]\nassessor:"), "utf-8")
    close(ask)
    (award,) = ask("progress", "DDD4", "--json").json["qualifications"]
    assert (award["credits"], award["complete"]) == (0, False)
    told = ask("progress", "DDD4").out
    assert "TEA01 Make and serve tea (a standard, not claimable): 5 of 5 statements passed, and no credit" in told


def test_a_new_version_is_for_whoever_begins_and_who_has_begun_stays_on_theirs(ask: Ask, centre: Path) -> None:
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", *ASHA).code == 0
    add_standard(centre, version="2.0")
    add_learner(centre, "EEE5", "Odo Falk", units="[T-101]")
    file = centre / "learners" / "EEE5" / "learner.md"
    file.write_text(file.read_text("utf-8").replace("assessor:", "standards: [TEA01]\nassessor:"), "utf-8")
    versions = [
        unit["version"]
        for who in ("DDD4", "EEE5")
        for unit in ask("show", who, "--json").json["units"]
        if unit["code"] == "TEA01"
    ]
    assert versions == ["1.0", "2.0"]
    assert "TEA01 (1.0)" in ask("portfolio-index", "DDD4", "TEA01").out


def test_one_whose_sheet_has_errors_or_is_gone_is_marked_by_nobody(ask: Ask, centre: Path) -> None:
    file = centre / "mark_sheets" / "standards" / "TEA01-1.0.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("- **P2**", "- **P1**"), "utf-8")
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", *ASHA).code == 3
    file.write_text(text, "utf-8")
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", *ASHA).code == 0
    file.unlink()
    told = ask("show", "DDD4", "TEA01").out
    assert "is gone" in told
    found = ask("check", "--json").json
    assert any("there is no sheet of standard TEA01" in each["message"] for each in found)


def test_a_unit_named_as_a_standard_and_a_standard_named_as_a_unit_are_not_taken_for_each_other(
    ask: Ask, centre: Path
) -> None:
    file = centre / "learners" / "DDD4" / "learner.md"
    text = file.read_text("utf-8")
    add_standard(centre, text=STANDARD.replace("TEA01", "TEA09")).rename(
        centre / "mark_sheets" / "standards" / "TEA09.md"
    )
    add_standard(centre)
    file.write_text(text.replace("[T-101]", "[T-101, TEA09]").replace("[TEA01]", "[TEA01, T-102]"), "utf-8")
    told = ask("show", "DDD4", "--json").json
    assert [unit["code"] for unit in told["units"]] == ["T-101", "TEA01"]
    assert told["without_mark_sheet"] == ["TEA09", "T-102"]
    found = " ".join(each["message"] for each in ask("check", "--json").json)
    assert "no mark sheet for unit TEA09" in found
    assert "no sheet of standard T-102" in found


def test_a_standard_that_nobody_may_mark_is_found_and_refused(ask: Ask) -> None:
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", "--as", "ben").code == 3


def test_it_is_across_learners_in_the_log_in_the_matrix_and_in_the_audit(ask: Ask) -> None:
    close(ask)
    assert "DDD4" in ask("across", "TEA01", "P1").out
    assert "TEA01" in ask("log", "--unit", "TEA01", "--kind", "closed").out
    assert ask("export", "matrix", "--unit", "TEA01", "--format", "csv", "-o", "matrix.csv").code == 0
    assert "P1" in Path("matrix.csv").read_text("utf-8-sig")
    assert ask("audit").code == 0
