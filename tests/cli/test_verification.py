"""`markterm sample`, `verify` and `interest`: a verifier's answers, and who may not give one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.verifying import Verified
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.records.folder.store import FolderStore
from tests.cli.conftest import Ask

INES, ASHA, BEN = ("--as", "ines"), ("--as", "asha"), ("--as", "ben")
_IVA = '\n[[member]]\nid = "iva"\nname = "Iva Nowak"\nroles = ["verifier"]\nlead = true\n'


@pytest.fixture
def closed(centre: Path) -> Path:
    """The centre, with T-101 of AAA1 passed by Asha and sampled, and a Lead IV beside Ines."""
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_IVA)
    desk = Centre.open(centre, member="asha")
    desk.attempts.declare("AAA1", "e-mail")
    for number in ("1.1", "1.2", "2.1"):
        desk.marking.mark("AAA1", "T-101", number, Result.PASS, f"{number} is shown.")
    desk.closings.close("AAA1", "T-101", "Passed.")
    desk.act_as("ines")
    desk.verification.sample("AAA1", "T-101", "routine")
    desk.close_down()
    return centre


@pytest.mark.usefixtures("closed")
def test_answers_to_single_criteria_are_told_by_every_command_that_tells_of_the_unit(ask: Ask) -> None:
    answer = ask(
        *("verify", "AAA1", "101", "--agree", "1.1", "--not-agreed", "1.2", "no case is named", "--looked", "1.1,1.2"),
        *("--second-assessment", "2.1=pass", "--strength", "Clear notes.", "--develop", "Name a case."),
        *("--vacsr", "valid,current", "--feedback-quality", "none", *INES),
    )
    assert "verified: attempt 1, ✗ does not agree to 1.2; agrees to 1.1, 2.1, independent second ass" in answer.out
    shown = ask("show", "AAA1", "101").out
    for line in (
        "1.2 not agreed: no case is named",
        "looked at (stated): 1.1, 1.2",
        "independent second assessment: 2.1 pass; 1 of 1 as the assessor",
        "strengths: Clear notes.",
        "to develop: Name a case.",
        "evidence found valid, current",
        "feedback found to be none of what is looked for",
    ):
        assert f"    {line}\n" in shown
    (unit,) = ask("show", "AAA1", "101", "--json").json["units"]
    assert unit["verification"]["state"] == "not agreed"
    (verified,) = unit["verification"]["verifications"]
    assert [(each["criterion"], each["agrees"], each["looked"]) for each in verified["answers"]] == [
        ("1.1", True, "stated"),
        ("1.2", False, "stated"),
        ("2.1", True, None),
    ]
    assert "iva Iva Nowak: verifier, Lead IV" in ask("members", "iva").out
    assert "1.2 not agreed: no case is named" in ask("sheet", "AAA1", "101").out
    assert "1.2: no case is named" in ask("log", "AAA1").out
    assert "! not agreed" in ask("status", "sampled:not-agreed").out
    assert ask("status", "sampled:no", "--json").json[0]["registration"] != "AAA1"
    assert "! T-101: a verifier does not agree" in ask("progress", "AAA1").out
    assert "The verifier does not agree" in ask("release", "AAA1", "101", *ASHA).err


@pytest.mark.usefixtures("closed")
def test_a_verification_is_shown_as_stale_once_the_assessor_amended_what_was_not_agreed(ask: Ask) -> None:
    ask("verify", "AAA1", "101", "--not-agreed", "1.2", "no case is named", *INES)
    ask("reopen", "AAA1", "101", "--reason", "1.2", *ASHA)
    ask("mark", "AAA1", "101", "1.2", "refer", "--note", "Name a case.", *ASHA)
    assert "! stale: 1.2 amended by the assessor since" in ask("show", "AAA1", "101").out
    assert "! verification stale" in ask("status", "sampled:stale").out
    assert "stale: 1.2 amended by the assessor since" in ask("sheet", "AAA1", "101").out


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--agree", "--disagree"], 2, "--agree and --disagree were both given"),
        (["--looked", "1.1"], 2, "Give --agree, --disagree, --not-agreed or --finish"),
        (["--agree", "9.9"], 2, "has no criterion 9.9"),
        (["--not-agreed", "1.1", "a", "--not-agreed", "1.1", "b"], 2, "given twice for 1.1"),
        (["--second-assessment", "1.1"], 2, "Write it as 1.1=pass"),
        (["--second-assessment", "1.1=pass,1.1=refer"], 2, "has two results of yours"),
        (["--agree", "--override", "x"], 2, "go together"),
        (["--agree", "--override", "x", "--authorised-by", "nobody"], 2, "is not a member"),
        (["--agree", "--vacsr", "pretty"], 2, "pretty is not looked for"),
        (["--agree", "1.1", "--interim"], 3, "an interim look comes before"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_nothing_recorded(
    ask: Ask, words: list[str], code: int, told: str
) -> None:
    before = ask("log", "AAA1").out
    answer = ask("verify", "AAA1", "101", *words, *INES)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert ask("log", "AAA1").out == before


@pytest.mark.usefixtures("closed")
def test_with_a_conflict_of_interest_a_verifier_is_refused_until_a_lead_iv_lets_it_pass(ask: Ask) -> None:
    assert ask("interest", "ines", "AAA1").err == "No conflict of interest is declared.\n"
    declared = ask("interest", "ines", "AAA1", "--why", "her nephew", "--told", "2026-01-31", *INES)
    assert "AAA1: her nephew" in declared.out
    assert "awarding organisation told 2026-01-31" in declared.out
    refused = ask("verify", "AAA1", "101", "--agree", *INES)
    assert refused.code == 3
    assert "her nephew" in refused.err
    assert "--override with the reason, and --authorised-by" in refused.err
    by_self = ask("verify", "AAA1", "101", "--agree", "--override", "x", "--authorised-by", "ines", *INES)
    assert by_self.code == 3
    passed = ask("verify", "AAA1", "101", "--agree", "--override", "Alone.", "--authorised-by", "iva", *INES)
    assert passed.code == 0
    assert "override of interest by iva: Alone." in passed.out
    assert ask("audit").code == 0
    assert ask("interest", "ines", "AAA1", "--ended", "2026-06-30", *INES).code == 3
    assert ask("interest", "ines", "--json").json[0]["why"] == "her nephew"


@pytest.mark.usefixtures("closed")
def test_an_assessor_with_a_conflict_of_interest_is_refused_or_warned_as_the_centre_says(ask: Ask) -> None:
    ask("interest", "asha", "AAA1", "--why", "her tenant", *BEN)
    assert ask("mark", "AAA1", "T-102", "1.1", "pass", *ASHA).code == 3
    file = Path("centre.toml")
    file.write_text(file.read_text("utf-8") + "\n[policy]\ninterest_bars_assessors = false\n", "utf-8")
    warned = ask("mark", "AAA1", "T-102", "1.1", "pass", *ASHA)
    assert warned.code == 0
    assert "You have a declared conflict of interest with AAA1: her tenant" in warned.err
    audited = ask("audit")
    assert audited.code == 0
    assert "MR27 warning asha assessed" in audited.out


def test_a_verification_of_ones_own_decision_written_by_hand_with_valid_hashes_is_found(
    closed: Path, ask: Ask, tmp_path: Path
) -> None:
    ask("interest", "ines", "AAA1", "--why", "her nephew", *BEN)
    (closing,) = [each["uid"] for each in ask("log", "AAA1", "--kind", "closed", "--json").json]
    unit, at = Subject(UnitKey("T-101", "2026-01")), datetime.now(UTC)
    for actor in ("asha", "ines"):
        body = Verified(closing, True, 1).write()
        forged = Event(f"by {actor}", Kind.VERIFIED.value, "AAA1", at, actor, "verifier", unit, body)
        FolderStore(closed / "records", tmp_path / f"forger {actor}").append("AAA1", forged)
    answer = ask("audit")
    assert answer.code == 1
    assert "MR26 error asha verified what they decided or closed themselves" in answer.out
    assert "MR25 error asha was no verifier" in answer.out
    assert "MR27 error ines verified a learner with whom they have a declared conflict of interest" in answer.out
    told = ask("audit", "AAA1", "--json").json
    assert {each["code"] for record in told["records"] for each in record["findings"]} >= {"MR25", "MR26", "MR27"}


@pytest.mark.usefixtures("closed")
def test_so_many_units_running_of_the_same_assessor_are_enough(ask: Ask) -> None:
    file = Path("centre.toml")
    file.write_text(file.read_text("utf-8") + "\n[verification]\nmost_running = 1\n", "utf-8")
    desk = Centre.open(Path.cwd(), member="asha")
    desk.attempts.declare("BBB2", "e-mail")
    for number in ("1.1", "1.2", "2.1"):
        desk.marking.mark("BBB2", "T-101", number, Result.PASS, f"{number} is shown.")
    desk.closings.close("BBB2", "T-101", "Passed.")
    desk.act_as("ines")
    desk.verification.sample("BBB2", "T-101", "routine")
    desk.close_down()
    assert ask("verify", "AAA1", "101", "--agree", "1.1", "--unfinished", *INES).code == 0
    assert ask("verify", "AAA1", "101", "--finish", *INES).code == 0, "the same unit again is not one more"
    refused = ask("verify", "BBB2", "101", "--agree", *INES)
    assert refused.code == 3
    assert "1 units running that asha closed" in refused.err
    ok = ask("verify", "BBB2", "101", "--agree", "--override", "Alone.", "--authorised-by", "iva", *INES)
    assert ok.code == 0
    assert "MR29" not in ask("audit").out


@pytest.mark.usefixtures("closed")
def test_a_sample_is_given_to_a_verifier_until_a_day(ask: Ask) -> None:
    answer = ask("sample", "AAA1", "T-101", "--why", "away", "--verifier", "iva", "--due", "2099-04-01", *INES)
    assert "for iva, due 2099-04-01" in answer.out
    assert "sampled, attempt 1, for Iva Nowak, due 2099-04-01, by In" in ask("show", "AAA1", "101").out
    assert ask("sample", "AAA1", "T-101", "--why", "x", "--due", "soon", *INES).code == 2
    assert "is no verifier here any more" not in ask("show", "AAA1", "101").out
    file = Path("centre.toml")
    file.write_text(file.read_text("utf-8").replace(_IVA, ""), "utf-8")
    assert "! Iva Nowak is no verifier here any more: markterm sample gives it" in ask("show", "AAA1", "101").out
    assert ask("sample", "AAA1", "T-101", "--why", "she left", "--verifier", "ines", *INES).code == 0
    assert "any more" not in ask("show", "AAA1", "101").out
    assert ask("sample", "AAA1", "T-101", "--why", "x", "--verifier", "asha", *INES).code == 3


@pytest.mark.usefixtures("closed")
def test_an_unfinished_verification_leaves_the_unit_waiting_on_every_surface_until_it_is_finished(ask: Ask) -> None:
    assert ask("verify", "AAA1", "101", "--finish", *INES).code == 3
    begun = ask("verify", "AAA1", "101", "--agree", "1.1", "--unfinished", *INES)
    assert "verified: attempt 1, agrees to 1.1, not finished" in begun.out
    assert "! answered 1 of 3 so far" in ask("show", "AAA1", "101").out
    (unit,) = ask("show", "AAA1", "101", "--json").json["units"]
    (verified,) = unit["verification"]["verifications"]
    assert unit["verification"]["state"] == "unfinished"
    assert (verified["unfinished"], verified["answered"], verified["decisions"]) == (True, 1, 3)
    assert "! 1 of 3 answered so far" in ask("status", "sampled:unfinished", "waiting:verify").out
    (row,) = ask("status", "sampled:unfinished", "--json").json
    assert [each["answered"] for each in row["units"]] == [1, 0]
    assert "! T-101: a verifier has not finished with it" in ask("progress", "AAA1").out
    assert "not finished" in ask("sheet", "AAA1", "101").out
    assert "not finished: answered 1 of 3 so far" in ask("sheet", "AAA1", "101", "--verification").out
    assert "ines has answered 1 of 3 so far" in ask("release", "AAA1", "101", *ASHA).err
    assert ask("verify", "AAA1", "101", "--finish", "--agree", "1.2", *INES).code == 2
    assert ask("verify", "AAA1", "101", "--unfinished", "--agree", *INES).code == 2
    assert ask("verify", "AAA1", "101", "--finish", "--strength", "Clear.", *INES).code == 0
    assert "strengths: Clear." in ask("show", "AAA1", "101").out
    assert ask("status", "sampled:agreed", "--json").json[0]["units"][0]["answered"] == 0
    assert ask("audit").code == 0
