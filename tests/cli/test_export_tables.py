"""Tables are written in the form that was asked for, and say what the commands say of the same things."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # it has no types
import pytest

from markterm.exports.csv.guarded import unguarded
from tests.cli.conftest import Ask


@pytest.mark.usefixtures("centre")
def test_a_matrix_is_a_workbook_unless_its_name_or_an_option_says_otherwise(ask: Ask, tmp_path: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert ask("export", "matrix", "-o", str(tmp_path / "m.xlsx")).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx")["T-101"]
    assert [cell.value for cell in sheet[1]][:4] == ["Registration", "Learner", "1.1", "1.2"]
    assert {row[0].value: row[2].value for row in sheet.iter_rows(min_row=2)}["AAA1"] == "P"
    assert ask("audit", "--against", str(tmp_path / "m.xlsx")).code == 0
    assert ask("export", "matrix", "--unit", "101", "-o", str(tmp_path / "m.html")).code == 0
    assert (tmp_path / "m.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_what_was_decided_in_training_is_no_plain_pass(ask: Ask, centre: Path, tmp_path: Path) -> None:
    tia = '\n[[member]]\nid = "tia"\nname = "Tia Lund"\nroles = ["assessor"]\ntraining = ["T-101"]\n'
    (centre / "centre.toml").write_text((centre / "centre.toml").read_text("utf-8") + tia, "utf-8")
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--note", "Fine.", "--as", "tia").code == 0
    assert ask("mark", "AAA1", "T-101", "1.2", "pass", "--as", "asha").code == 0
    assert ask("export", "matrix", "AAA1", "--unit", "101", "-o", str(tmp_path / "m.csv")).code == 0
    (row,) = csv.DictReader(io.StringIO((tmp_path / "m.csv").read_text("utf-8-sig")))
    assert (row["1.1"], row["1.2"]) == ("pass, not countersigned", "pass")
    assert row["To look at"] == "1 decision not countersigned"


@pytest.mark.usefixtures("centre")
def test_as_csv_each_table_of_a_matrix_is_a_file(ask: Ask, tmp_path: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    told = ask("export", "matrix", "--by", "unit", "--format", "csv", "-o", str(tmp_path / "m"), "--json")
    assert {each["path"] for each in json.loads(told.out)["files"]} == {
        "matrix by unit Units.csv",
        "matrix by unit Units in detail.csv",
        "record-heads.txt",
    }


@pytest.mark.usefixtures("centre")
def test_a_filter_that_is_none_or_lets_nobody_through_is_refused_in_words(ask: Ask) -> None:
    for words in (("state:wrong",), ("nobody",), ("--unit", "999")):
        refused = ask("export", "matrix", *words)
        assert refused.code == 2
        assert "Traceback" not in refused.err


_DONE = (
    ("asha", ("mark", "AAA1", "T-101", "1.1,1.2,2.1", "pass", "--note", "=Fine.")),
    ("asha", ("declare", "AAA1", "--form", "signed sheet")),
    ("ines", ("verify", "AAA1", "T-101", "--interim", "--agree", "1.1", "--not-agreed", "1.2", "No pot.")),
    ("ines", ("action", "AAA1", "T-101", "--set", "=Come.", "--owner", "asha", "--due", "2999-01-01")),
    ("ines", ("interest", "ines", "CCC3", "--why", "@aunt")),
    ("asha", ("case", "CCC3", "T-102", "--open", "complaint", "--text", "+No room.", "--on", "2026-03-02")),
    ("ines", ("assessor-observation", "asha", "--on", "2026-03-02", "--record", "-Tea.", "--unit", "101")),
    ("ines", ("plan", "--from", "2020-01-01", "--until", "2099-12-31", "--adopt")),
)


@pytest.mark.usefixtures("centre")
def test_what_is_shown_of_verification_is_what_each_command_tells(ask: Ask, tmp_path: Path) -> None:
    for member, words in _DONE:
        assert ask(*words, "--as", member).code == 0, words
    assert ask("export", "verification", "-o", str(tmp_path / "v"), "--format", "csv").code == 0

    def told(name: str) -> list[dict[str, str]]:
        text = (tmp_path / "v" / f"verification {name}.csv").read_text("utf-8-sig")
        return [
            {key: unguarded(cell) for key, cell in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""))
        ]

    samples = ask("plan", "--json").json["samples"]
    assert [(row["Registration"], row["Unit"], row["State"]) for row in told("Sampling plan")] == [
        (each["registration"], each["unit"], each["state"]) for each in samples
    ]
    rules = ask("plan", "--json").json["rules"]
    assert [(row["Rule"], row["Got"]) for row in told("Rules of the plan")] == [
        (each["rule"], str(each["got"])) for each in rules
    ]
    (action,) = ask("action", "--json").json
    assert [(row["Action"], row["State"]) for row in told("Actions")] == [(action["text"], action["state"])]
    (case,) = ask("case", "--json").json
    (row,) = told("Cases")
    assert (row["About"], row["State"]) == (case["about"], case["state"])
    assert row["Steps"].endswith("+No room.")
    (interest,) = ask("interest", "--json").json
    assert [row["How they are close"] for row in told("Conflicts of interest")] == [interest["why"]] == ["@aunt"]
    assert [row["Record"] for row in told("Observations")] == ["-Tea."]
    assert {row["Why, or what was answered"] for row in told("Verification log") if row["What"] == "looked at"} == {
        "✗ does not agree to 1.2; agrees to 1.1\n1.2: No pot."
    }
    (found,) = [each for each in ask("members", "--json").json if each["id"] == "asha"]
    asked = [row["Code"] for row in told("Members") if row["Member"] == found["name"] and row["Code"]]
    assert asked == [each["code"] for each in found["requirements"]]
    assert ask("audit", "--against", str(tmp_path / "v")).code == 0


@pytest.mark.usefixtures("centre")
def test_one_thing_alone_is_one_file_that_is_called_so(ask: Ask, centre: Path) -> None:
    assert ask("export", "verification", "--only", "interests", "--format", "html").code == 0
    assert "Nothing." in (centre / "exports/interests.html").read_text("utf-8")
    refused = ask("export", "verification", "--only", "plan", "--from", "2026-01-01")
    assert refused.code == 2
    assert "--until" in refused.err


@pytest.mark.usefixtures("centre")
def test_a_cohort_is_a_page_whose_referrals_are_those_of_the_report(ask: Ask, tmp_path: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert ask("mark", "BBB2", "T-101", "1.1", "refer", "--note", "Cold.", "--as", "asha").code == 0
    assert ask("export", "cohort", "-o", str(tmp_path / "c.html")).code == 0
    page = (tmp_path / "c.html").read_text("utf-8")
    (row,) = ask("report", "referrals", "--by", "criterion", "--json").json["rows"]
    assert (row["referred"], row["decided"]) == (1, 2)
    assert "T-101 1.1" in page
    assert "1 of 2, 50%" in page
    assert ask("export", "cohort", "AAA1", "-o", str(tmp_path / "one.html")).code == 0
    assert "Nothing was referred." in (tmp_path / "one.html").read_text("utf-8")
    assert ask("export", "cohort", "nobody").code == 2
    assert ask("audit", "--against", str(tmp_path / "c.html")).code == 0


def test_a_list_of_claims_says_that_a_record_is_incomplete_of_which_it_tells(
    ask: Ask, centre: Path, tmp_path: Path
) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1,1.2", "pass", "--as", "asha").code == 0
    told = ask("export", "claims", "--units", "--all", "-o", str(tmp_path / "whole.html"))
    assert "incomplete" not in told.err + (tmp_path / "whole.html").read_text("utf-8")
    (segment,) = (centre / "records" / "AAA1").glob("*.log")
    lines = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(b"".join((lines[0], *lines[2:])))
    told = ask("export", "claims", "--units", "--all", "-o", str(tmp_path / "claims.html"))
    assert "1 record is incomplete" in told.err
    assert "1 record is incomplete" in (tmp_path / "claims.html").read_text("utf-8")
