"""`markterm visit`: a visit, its report and its actions, and the claims that wait for them."""

from __future__ import annotations

import csv
import io
from hashlib import sha256
from pathlib import Path

import pytest

from markterm.exports.csv.guarded import unguarded
from tests.assignments import add_qualifications, register
from tests.cli.conftest import Ask
from tests.cli.test_claim import ASHA, CORA, INES, passed

__all__ = ["passed"]

VISIT = ("visit", "--on", "2026-03-02", "--by", "Pat Reed", "--rating", "green", "--organisation", "Tea & Co")


def test_a_claim_waits_for_the_sign_off_and_for_an_action_of_the_visit(passed: Path, ask: Ask) -> None:
    with (passed / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[claims.qualification.T-AWARD]\nstatus = "sign-off"\n')
    assert "nothing is signed off (no-sign-off)" in ask("claim", "AAA1", "T-AWARD").out
    (passed / "report.pdf").write_bytes(b"Sound.")
    told = ask(*VISIT, "--report", "report.pdf", "--sign-off", "AWARD", "--scope", "T-AWARD", *CORA)
    assert (told.code, "2026-03-02, Tea & Co (Pat Reed), rated green" in told.out) == (0, True), told.err
    # What was closed today was not there on that day.
    assert "signed off to 2026-03-02 (no-sign-off)" in ask("claim", "AAA1", "T-AWARD").out
    (visit,) = ask("visit", "--json").json
    assert (visit["report"], visit["signed_off"], len(visit["sha256"])) == ("report.pdf", ["T-AWARD"], 64)
    asking = ("--action", "A plan for 101", "--owner", "asha", "--due", "2999-01-01")
    told = ask("visit", visit["uid"][:6], *asking, "--holds", "claims", "--qualification", "T-AWARD", *CORA)
    assert "! holds claims of T-AWARD" in told.out
    (action,) = ask("action", "--json").json
    assert (action["source"], action["owner"], action["holds_claims"]) == ("visit", "asha", True)
    assert "the visit of Tea & Co, 2026-03-02, holds claims of T-AWARD\n" in ask("action", "--owner", "asha").out
    assert "1 action of minutes, briefs and visits" in ask("status").err
    assert "A plan for 101" in ask("report", "actions", "--decisions").out
    blocked = ask("claim", "AAA1", "T-AWARD", "--json").json[0]["blocked_by"]
    assert [each["code"] for each in blocked] == ["no-sign-off", "eqa-action"]
    named = action["uid"][:10]
    assert ask("action", "--id", named, "--done", "plan.pdf, by e-mail", *ASHA).code == 0
    assert ask("action", "--id", named, "--accept", *INES).code == 3
    assert ask("action", "--id", named, "--accept", "--word", "E-mail of Pat Reed", *INES).code == 0
    blocked = ask("claim", "AAA1", "T-AWARD", "--json").json[0]["blocked_by"]
    assert [each["code"] for each in blocked] == ["no-sign-off"]
    assert (
        "visit of Tea & Co on 2026-03-02, rated green, signs off T-AWARD"
        in ask("log").out + ask("log", "--of-centre").out
    )
    assert ask("visit", visit["uid"][:6], "--drop", "Of another centre", *CORA).code == 0
    assert "nothing is signed off (no-sign-off)" in ask("claim", "AAA1", "T-AWARD").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((*VISIT, *ASHA), 3, "neither coordinates nor verifies"),
        ((*VISIT[:1], "--on", "2999-01-01", "--organisation", "T", *INES), 3, "That day has not come"),
        ((*VISIT[:3], *INES), 3, "Whose visit?"),
        ((*VISIT, "--sign-off", "T-DIP", *INES), 2, "No such qualification"),
        ((*VISIT, "--report", "none.pdf", *INES), 2, "none.pdf is no file"),
        ((*VISIT, "--report", "learners", *INES), 2, "learners is no file"),
        ((*VISIT, "--action", "x", *INES), 2, "One at a time"),
        (("visit", "abc", *VISIT[1:], *INES), 2, "Leave the id out"),
        (("visit", "--rating", "green", *INES), 2, "Of which visit?"),
        (("visit", "abc", "--owner", "asha", *INES), 2, "Of which visit?"),
        (("visit", "--action", "x", *INES), 2, "Which visit?"),
        (("visit", "abc", "--action", "x", *INES), 2, "By whom, until when?"),
        (("visit", "abc", "--drop", "x", *INES), 2, "No such visit"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words(
    centre: Path, ask: Ask, words: tuple[str, ...], code: int, told: str
) -> None:
    add_qualifications(centre)
    register(centre, "AAA1", qualifications="[T-CERT]")
    answer = ask(*words)
    assert (answer.code, told in answer.err) == (code, True), answer.err
    assert ask("visit", "--json").json == []


def test_visits_leave_the_centre_with_what_each_asks_for_and_where_that_stands(
    passed: Path, ask: Ask, tmp_path: Path
) -> None:
    (passed / "report.pdf").write_bytes(b"Sound.")
    assert ask(*VISIT, "--report", "report.pdf", "--text", "=A word.", *CORA).code == 0
    assert ask("visit", "--on", "2026-03-03", "--organisation", "Another", *CORA).code == 0
    first, second = (each["uid"] for each in ask("visit", "--json").json)
    asking = ("--owner", "asha", "--due", "2999-01-01", "--holds", "retention")
    for uid, what in ((first, "+A plan"), (first, "A list"), (second, "A chair")):
        assert ask("visit", uid, "--action", what, *asking, *CORA).code == 0
    (done,) = [each for each in ask("action", "--json").json if each["text"] == "A list"]
    assert ask("action", "--id", done["uid"], "--done", "@list.pdf", *ASHA).code == 0
    assert ask("visit", second, "--drop", "Of another centre", *CORA).code == 0
    to = str(tmp_path / "v")
    assert ask("export", "verification", "--only", "visits", "--format", "csv", "-o", to).code == 0

    def told(name: str) -> list[dict[str, str]]:
        text = (tmp_path / "v" / f"{name}.csv").read_text("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        return [{key: unguarded(cell) for key, cell in row.items()} for row in rows]

    stands, dropped = told("visits")
    assert [(row["Visit on"], row["State"]) for row in (stands, dropped)] == [
        ("2026-03-02", "stands"),
        ("2026-03-03", "dropped"),
    ]
    assert (stands["Who came"], stands["What is said of it"], stands["Report"]) == (
        "Pat Reed",
        "=A word.",
        "report.pdf",
    )
    assert stands["SHA-256 of the report"] == sha256(b"Sound.").hexdigest()
    assert [(row["Asked for"], row["State"]) for row in told("visits Asked for by visits")] == [
        ("+A plan", "open"),
        ("A list", "done"),
        ("A chair", "dropped with the visit"),
    ]
    assert told("visits Asked for by visits")[1]["Steps"].endswith("@list.pdf")
    assert {row["Until it is accepted it holds"] for row in told("visits Asked for by visits")} == {"retention"}
    assert ask("audit", "--against", to).code == 0
