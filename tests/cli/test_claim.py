"""`markterm claim`: what is ready, what blocks the rest, and a claim from the first step to a certificate."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # it has no types
import pytest

from markterm.sheets.claims_table import CLAIM_COLUMNS
from tests.assignments import add_qualifications, register
from tests.cli.conftest import Ask

ASHA, CORA, INES = ("--as", "asha"), ("--as", "cora"), ("--as", "ines")


@pytest.fixture
def passed(centre: Path, ask: Ask) -> Path:
    """AAA1 passed T-101, which completes T-AWARD, and has the feedback."""
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[member]]\nid = "cora"\nname = "Cora Lind"\nroles = ["coordinator"]\n')
    add_qualifications(centre)
    register(centre, "AAA1", qualifications="[T-AWARD, T-CERT]")
    assert ask("mark", "AAA1", "101", "1.1", "pass", *ASHA).code == 0
    assert ask("mark", "AAA1", "101", "1.2", "pass", *ASHA).code == 0
    assert ask("mark", "AAA1", "101", "2.1", "pass", *ASHA).code == 0
    assert ask("declare", "AAA1", "--form", "e-mail", *ASHA).code == 0
    assert ask("close", "AAA1", "101", "--feedback", "All there, Rosalind.", *ASHA).code == 0
    assert ask("release", "AAA1", "101", *ASHA).code == 0
    return centre


def test_what_is_ready_is_listed_and_what_is_not_says_why_by_a_code(passed: Path, ask: Ask) -> None:
    told = ask("claim", "AAA1")
    assert "  T-AWARD Award in Tea: ready to claim\n" in told.out
    assert "  T-101 Making Tea: ready to claim\n" in told.out
    assert "    it is not closed (not-closed)\n" in told.out
    assert "2 ready to claim, 0 claimed, 2 blocked." in told.err
    assert ask("claim", "--ready").out == "AAA1 Rosalind Jones\n  T-AWARD: ready to claim\n  T-101: ready to claim\n"
    (certificate,) = ask("claim", "AAA1", "T-CERT", "--json").json
    assert [each["code"] for each in certificate["blocked_by"]] == ["rules-of-combination"]
    with (passed / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[claims]\nneeds = ["legal_name", "uln"]\n')
    (award,) = ask("claim", "AAA1", "T-AWARD", "--json").json
    assert [each["code"] for each in award["blocked_by"]] == ["no-legal-name", "no-uln"]
    refused = ask("claim", "AAA1", "T-AWARD", "--record", "claimed", *CORA)
    assert (refused.code, "the legal name is not known (no-legal-name), and 1 more" in refused.err) == (3, True)


@pytest.mark.usefixtures("passed")
def test_a_claim_goes_to_its_certificate_and_every_surface_tells_of_it_and_of_what_changed_since(ask: Ask) -> None:
    assert "coordinator to claim" in ask("status", "AAA1").out
    told = ask("claim", "AAA1", "T-AWARD", "--record", "claimed", "--on", "2026-03-02", *CORA)
    assert told.code == 3  # It was closed today.
    told = ask("claim", "AAA1", "T-AWARD", "--record", "claimed", "--number", "C-17", *CORA)
    assert (told.code, "T-AWARD claimed, number C-17" in told.out) == (0, True)
    assert "coordinator to claim" not in ask("status", "AAA1").out
    told = ask("claim", "AAA1", "T-101")
    assert "claimed with its qualification\n    it was claimed as a part of T-AWARD\n" in told.out
    assert ask("claim", "AAA1", "T-101", "--json").json[0]["claimed_with"] == "it was claimed as a part of T-AWARD"
    assert ask("claim", "AAA1", "T-AWARD", "--record", "received", "--number", "600", *CORA).code == 0
    assert ask("claim", "AAA1", "T-AWARD", "--record", "sent", *CORA).code == 0
    assert "T-AWARD Award in Tea: certificate sent, number 600" in ask("claim", "AAA1").out
    assert "claim of T-AWARD: certificate sent, number 600" in ask("show", "AAA1").out
    assert "Claim: certificate sent, number 600" in ask("progress", "AAA1").out
    assert ask("status", "state:claim-changed").out == ""
    assert "101 ✓ pass certified" in ask("status", "state:claimed").out
    assert ask("audit", "AAA1").code == 0
    reopened = ask("reopen", "AAA1", "101", "--reason", "appeal", *ASHA)
    assert (reopened.code, "AAA1 T-101: Certificate sent, number 600, " in reopened.err) == (0, True)
    assert "with T-AWARD: it was reopened since it was claimed. Take that back" in reopened.err
    (award,) = ask("claim", "AAA1", "T-AWARD", "--json").json
    assert (award["state"], award["changed_since"]) == ("sent", ["T-101: it was reopened since it was claimed"])
    assert [each["step"] for each in award["steps"]] == ["claimed", "received", "sent"]
    assert "certified ! changed since claimed" in ask("status", "state:claim-changed").out
    assert "! T-101: it was reopened since it was claimed" in ask("show", "AAA1").out
    assert "! T-101: it was reopened since it was claimed" in ask("progress", "AAA1").out
    told = ask("export", "claims", "--all", "--format", "csv", "-o", "claims.csv")
    assert (told.code, "T-101: it was reopened since" in Path("claims.csv").read_text("utf-8")) == (0, True), told.err
    audit = ask("audit", "AAA1")
    assert (audit.code, "MR40" in audit.out + audit.err) == (0, True)
    unit, _ = ask("status", "AAA1", "--json").json[0]["units"]
    assert (unit["claim"], unit["claim_changed"]) == ("sent", True)
    (claim,) = ask("show", "AAA1", "--json").json["claims"]
    assert (claim["qualification"], len(claim["changed_since"])) == ("T-AWARD", 1)
    assert ask("claim", "AAA1", "T-AWARD", "--take-back", "--text", "Sent to another learner.", *CORA).code == 0
    assert "certificate received" in ask("claim", "AAA1", "T-AWARD").out
    assert "taken back" in ask("log", "AAA1").out


@pytest.mark.usefixtures("passed")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("AAA1", "T-AWARD", "--record", "claimed", *ASHA), 3, "Only a coordinator claims"),
        (("AAA1", "T-AWARD", "--record", "claimed", "--on", "2999-01-01", *CORA), 3, "That day has not come"),
        (("AAA1", "T-AWARD", "--record", "received", *CORA), 3, "nobody said that it was claimed"),
        (("AAA1", "T-AWARD", "--record", "exempt", *CORA), 3, "Say why, in a few words: --text."),
        (("AAA1", "T-AWARD", "--record", "exempt", "--number", "1", "--text", "x", *CORA), 2, "no number of it"),
        (("AAA1", "T-AWARD", "--take-back", "--text", "x", *CORA), 3, "Nothing to take back"),
        (("AAA1", "T-AWARD", "--take-back", "--record", "sent", *CORA), 2, "One at a time"),
        (("AAA1", "T-AWARD", "--take-back", "--text", "x", "--number", "1", *CORA), 2, "no number of it"),
        (("AAA1", "T-AWARD", "--take-back", "--text", "x", "--on", "2026-01-01", *CORA), 2, "no day of its own"),
        (("AAA1", "--record", "claimed", *CORA), 2, "Claim what?"),
        (("AAA1", "T-999", "--record", "claimed", *CORA), 2, "They are on T-AWARD, T-CERT, T-101, T-102"),
        (("AAA1", "T-AWARD", "--number", "1", *CORA), 2, "Say it with --record"),
        (("AAA1", "T-AWARD", "--ready", "--record", "claimed", *CORA), 2, "List or record?"),
        (("ZZZ9",), 2, "ZZZ9"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words(ask: Ask, words: tuple[str, ...], code: int, told: str) -> None:
    answer = ask("claim", *words)
    assert (answer.code, told in answer.err) == (code, True), answer.err
    assert "claimed" not in ask("log", "AAA1").out


def test_how_the_centre_stands_in_a_qualification_is_told_where_the_learner_is(passed: Path, ask: Ask) -> None:
    with (passed / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[claims.qualification.T-AWARD]\nstatus = "certification-suspended"\nsince = 2026-03-02\n')
    told = "certification suspended since 2026-03-02"
    assert f"T-AWARD: {told}" in ask("show", "AAA1").out
    assert f"Status: {told}." in ask("progress", "AAA1").out
    assert "MC31" not in ask("check").out
    with (passed / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('[claims.qualification.T-DIP]\nstatus = "direct"\n')
    assert "MC31 warning [claims] says something of T-DIP" in ask("check").out
    award, certificate = ask("show", "AAA1", "--json").json["qualification_status"]
    assert (award["status"], award["since"], certificate["status"]) == ("certification-suspended", "2026-03-02", None)
    assert ask("progress", "AAA1", "--json").json["qualification_status"] == [award, certificate]
    assert "(certification-suspended)" in ask("claim", "AAA1", "T-AWARD").out


_COLUMNS = """
[claims.columns]
"Candidate no." = "registration"
"=Name" = "name"
Qualification = "qualification"
Achieved = "achieved"
"""


def test_what_is_ready_leaves_the_centre_in_its_own_columns_and_the_rest_is_left_out_with_codes(
    passed: Path, ask: Ask
) -> None:
    with (passed / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_COLUMNS)
    learner = passed / "learners" / "AAA1" / "learner.md"
    learner.write_text(learner.read_text("utf-8").replace("Rosalind Jones", '"=HYPERLINK(1)"'), "utf-8")
    told = ask("export", "claims", "--format", "csv", "-o", "claims.csv")
    assert told.code == 0, told.err
    assert "Left out: AAA1 T-CERT: " in told.err
    assert "(rules-of-combination)" in told.err
    with (passed / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, row = csv.reader(file)
    assert heads == ["Candidate no.", "'=Name", "Qualification", "Achieved"]
    assert row == ["AAA1", "'=HYPERLINK(1)", "T-AWARD", date.today().isoformat()]
    assert ask("audit", "--against", "claims.csv.heads").code == 0
    assert ask("export", "claims", "--units", "--all", "-o", "claims.xlsx").code == 0
    sheet = openpyxl.load_workbook("claims.xlsx")["claims"]
    told_of = {tuple(cell.value for cell in each)[:2] for each in sheet.iter_rows()}
    assert ("AAA1", "=HYPERLINK(1)") in told_of
    assert not any(cell.data_type == "f" for each in sheet.iter_rows() for cell in each)
    assert ask("claim", "AAA1", "T-AWARD", "--record", "claimed", *CORA).code == 0
    nothing = ask("export", "claims", "--qualification", "AWARD", "-o", "other.csv")
    assert (nothing.code, "Nothing is ready to claim" in nothing.err) == (2, True)
    preview = ask("export", "claims", "--all", "--preview", "--json").json
    assert preview["left_out"] == []
    assert ask("export", "claims", "--qualification", "T-DIP").code == 2
    assert not (passed / "other.csv").exists()


def test_a_list_of_claims_says_in_every_column_what_the_file_of_the_learner_says(passed: Path, ask: Ask) -> None:
    facts = 'legal_name: Rosalind M Jones\nborn: 2001-05-09\nuln: 1234567899\nfunded: no\nsite: ""\n'
    learner = passed / "learners" / "AAA1" / "learner.md"
    learner.write_text(learner.read_text("utf-8").replace("assessor:", f"{facts}assessor:"), "utf-8")
    columns = "".join(f'{each} = "{each}"\n' for each in CLAIM_COLUMNS)
    with (passed / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[claims.columns]\n{columns}")
    assert ask("export", "claims", "--units", "-o", "claims.csv").code == 0
    with (passed / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert tuple(row) == CLAIM_COLUMNS
    assert (row["legal_name"], row["born"], row["uln"], row["funded"]) == (
        "Rosalind M Jones",
        "2001-05-09",
        "1234567899",
        "no",
    )
    # The unit counts in two of their qualifications: none of them is named for it.
    assert (row["unit"], row["unit_title"], row["qualification"], row["credits"]) == ("T-101", "Making Tea", "", "1")
    assert (row["centre_number"], row["status"], row["blocked_by"]) == ("012345", "ready to claim", "")


@pytest.mark.usefixtures("passed")
def test_the_list_is_narrowed_by_a_filter_and_the_same_leaves_the_centre(ask: Ask) -> None:
    told = ask("claim", "--only", "state:blocked what:unit AAA1")
    assert told.out == "AAA1 Rosalind Jones\n  T-102: blocked\n    it is not closed (not-closed)\n"
    assert told.err == "0 ready to claim, 0 claimed, 1 blocked.\n"
    only = ask("claim", "AAA1", "--only", "why:rules", "--json").json
    assert [(each["registration"], each["code"]) for each in only] == [("AAA1", "T-CERT")]
    told = ask("export", "claims", "--only", "state:blocked what:unit AAA1", "--format", "csv", "-o", "blocked.csv")
    assert told.code == 0, told.err
    rows = list(csv.DictReader(Path("blocked.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["Registration"], row["Unit"], row["Blocked by"]) for row in rows] == [("AAA1", "T-102", "not-closed")]
    for words, wrong in (
        (("claim", "--only", "state:gone"), "There is no state:gone"),
        (("claim", "AAA1", "T-AWARD", "--only", "x", "--record", "sent", *CORA), "nothing was recorded"),
        (("export", "claims", "--only", "assessor:asha"), "There is no field assessor"),
        (("export", "claims", "--only", "why:left"), "lets nothing through"),
        (("export", "claims", "--only", "why:left", "--all"), "--only says it"),
    ):
        answer = ask(*words)
        assert (answer.code, wrong in answer.err) == (2, True), answer.err


def test_how_the_centre_stands_in_each_qualification_is_told_with_what_it_means(passed: Path, ask: Ask) -> None:
    with (passed / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[claims]\nneeds = ["uln"]\n[claims.qualification.T-AWARD]\nstatus = "sign-off"\n')
    told = ask("claim", "--standing")
    assert "T-AWARD Award in Tea: claimed after the sign-off of the external quality assurer\n" in told.out
    assert "  Nothing is signed off yet.\n  Needed of a learner: uln.\n" in told.out
    award, certificate = ask("claim", "--standing", "--json").json
    assert (award["status"], award["needs"], certificate["status"]) == ("sign-off", ["uln"], None)
    assert ask("claim", "AAA1", "--standing").code == 2
