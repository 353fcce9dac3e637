"""A badge from the learner's agreement to its revocation, at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.badging import Badge, BadgeStep
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.exports.badge.credential import Achieved, signed_credential
from markterm.records import ed25519
from tests.cli.conftest import Ask

ASHA, CORA = ("--as", "asha"), ("--as", "cora")
_CORA = '\n[[member]]\nid = "cora"\nname = "Cora Lind"\nroles = ["coordinator"]\n'
AGREED = ("badge", "agree", "AAA1", "101", "--said-by", "Rosalind Jones", "--how", "e-mail", *CORA)


@pytest.fixture
def passed(centre: Path) -> Path:
    """T-101, a course of the centre's own, closed and passed for AAA1, and a coordinator."""
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_CORA)
    for sheet in (centre / "mark_sheets" / "units").glob("*.md"):
        text = sheet.read_text("utf-8")
        if "code: T-101" in text:
            sheet.write_text(text.replace("code: T-101", "code: T-101\nregulated: no"), "utf-8")
    desk = Centre.open(centre, member="asha")
    desk.attempts.declare("AAA1", "e-mail")
    for number in ("1.1", "1.2", "2.1"):
        desk.marking.mark("AAA1", "T-101", number, Result.PASS, f"{number} is shown.")
    desk.close_down()
    return centre


@pytest.fixture
def key(passed: Path, ask: Ask) -> str:  # noqa: ARG001 - it is where the key is
    """The name of Cora's key, which she confirmed as whoever may."""
    name = str(ask("signing-key", "--make", "--json", *CORA).json["key"])
    for who in ("ines", "asha", "cora"):
        if ask("signing-key", "--confirm", name[:8], "--as", who).code == 0:
            return name
    raise AssertionError("nobody confirmed it")


def _close(ask: Ask) -> None:
    assert ask("close", "AAA1", "101", "--feedback", "All there.", *ASHA).code == 0


def _codes(ask: Ask) -> list[str]:
    return [each["code"] for record in ask("audit", "--json").json["records"] for each in record["findings"]]


@pytest.fixture
def issued(key: str, ask: Ask, tmp_path: Path) -> Path:  # noqa: ARG001 - without it nothing is signed
    """The file of a badge that was issued."""
    _close(ask)
    assert ask(*AGREED).code == 0
    told = ask("badge", "issue", "AAA1", "101", "-o", str(tmp_path / "badge.json"), *CORA)
    assert told.code == 0, told.err
    return tmp_path / "badge.json"


def test_claims_and_the_visit_pack_say_where_a_badge_stands(issued: Path, ask: Ask) -> None:  # noqa: ARG001 - it is told
    (own,) = [each for each in ask("claim", "AAA1", "--json").json if each["code"] == "T-101"]
    assert ([each["code"] for each in own["blocked_by"]], own["badge"]) == (["own-course"], "issued")
    assert "T-101 Making Tea: badge issued on" in ask("claim", "AAA1").out
    assert ask("reopen", "AAA1", "101", "--reason", "A page is missing.", *ASHA).code == 0
    assert ask("export", "claims", "--units", "--all", "--format", "csv", "-o", "claims.csv").code == 0
    why = "to be revoked: it was reopened since the badge was issued"
    assert f"badge {why}" in Path("claims.csv").read_text("utf-8")
    assert ask("export", "pack", "--add", "AAA1", "--without-evidence", "-o", "pack").code == 0
    assert f"</span> is {why}" in Path("pack/index.html").read_text("utf-8")
    page = Path("pack/learners/AAA1/index.html").read_text("utf-8")
    assert why in page
    assert "cora on " in page


def test_a_badge_is_issued_written_listed_and_proved(issued: Path, ask: Ask) -> None:
    proved = ask("badge", "verify", str(issued))
    assert proved.code == 0
    assert "T-101" in proved.out
    (listed,) = ask("badge", "list", "--json").json
    assert (listed["state"], listed["learner"], listed["unit"]) == ("issued", "AAA1", "T-101")
    assert "badge issued" in ask("status").out
    assert "MR45" not in _codes(ask)
    assert "badge issued" in ask("log", "AAA1").out
    text = issued.read_text("utf-8")
    assert "BBB2" not in text
    assert "AAA1" not in text


def test_one_that_stands_is_written_again_byte_for_byte_and_not_issued_twice(
    issued: Path, ask: Ask, tmp_path: Path
) -> None:
    assert ask("badge", "issue", "AAA1", "101", "-o", str(tmp_path / "again.json"), *CORA).code == 0
    assert (tmp_path / "again.json").read_bytes() == issued.read_bytes()
    assert len(ask("badge", "list", "--json").json) == 1


def test_every_surface_says_where_a_badge_stands(key: str, ask: Ask, tmp_path: Path) -> None:  # noqa: ARG001
    def everywhere(state: str, filtered: str) -> None:
        assert f"badge {state}" in ask("status").out
        assert [each["registration"] for each in ask("status", f"state:{filtered}", "--json").json] == ["AAA1"]
        assert f"badge {state}" in ask("show", "AAA1").out.lower()
        assert ask("show", "AAA1", "101", "--json").json["units"][0]["badge"] == state
        assert [each["state"] for each in ask("progress", "AAA1", "--json").json["badges"]] == [state]
        assert f"Badge {state}" in ask("progress", "AAA1").out
        assert [each["state"] for each in ask("badge", "list", "--json").json] == [state]

    _close(ask)
    everywhere("offered", "badge-offered")
    assert ask(*AGREED).code == 0
    everywhere("agreed", "badge-agreed")
    assert ask("badge", "issue", "AAA1", "101", "-o", str(tmp_path / "badge.json"), *CORA).code == 0
    everywhere("issued", "badge-issued")
    assert ask("reopen", "AAA1", "101", "--reason", "A mistake.", *ASHA).err.count("Badge to be revoked") == 1
    everywhere("to be revoked", "badge-to-revoke")
    sheet = ask("sheet", "AAA1", "101").out
    assert "Badge to be revoked: it was reopened since the badge was issued." in sheet
    assert ask("badge", "revoke", "AAA1", "101", "--why", "Reopened.", *CORA).code == 0
    everywhere("revoked", "badge-revoked")


def test_a_badge_that_is_shown_is_asked_for_in_the_records(issued: Path, ask: Ask, tmp_path: Path) -> None:
    def known() -> tuple[int, str | None]:
        told = ask("badge", "verify", str(issued), "--json")
        here = told.json["known_here"]
        return told.code, here["state"] if here is not None else None

    assert known() == (0, "issued")
    assert ask("reopen", "AAA1", "101", "--reason", "A mistake.", *ASHA).code == 0
    assert known() == (1, "to be revoked")
    assert ask("badge", "revoke", "AAA1", "101", "--why", "Reopened.", *CORA).code == 0
    assert known() == (1, "revoked")
    assert "Badge revoked: Reopened." in ask("badge", "verify", str(issued)).out
    other = tmp_path / "other.json"
    pem = ed25519.new_key()
    other.write_text(_badge(pem, "f" * 32), "utf-8")
    told = ask("badge", "verify", str(other))
    assert (told.code, "Not known here" in told.out) == (1, True)
    uid = json.loads(issued.read_text("utf-8"))["id"].removeprefix("urn:uuid:").replace("-", "")
    other.write_text(_badge(pem, uid), "utf-8")
    told = ask("badge", "verify", str(other))
    assert (told.code, "says something else" in told.out) == (1, True)


def _badge(pem: bytes, uid: str) -> str:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    achieved = Achieved(uid, "Leeds", "Rosalind Jones", "T-101", "Forged", "1", "None.", ("1.1 So.",), "pass", at, at)
    return signed_credential(
        achieved, ed25519.public_of(pem), lambda message: bytes.fromhex(ed25519.sign_bytes(pem, message))
    )


@pytest.mark.parametrize(
    ("forged", "fault"),
    [
        (lambda text, _: text.replace("T-101", "T-102", 1), "its signature is not over what it says"),
        (lambda _, uid: _badge(ed25519.new_key(), uid), "was never entered by cora"),
        (lambda text, _: text, "it is another badge"),
    ],
    ids=["changed", "another key", "another badge"],
)
def test_a_badge_that_was_put_into_a_record_by_hand_is_found(
    issued: Path, ask: Ask, passed: Path, forged: Callable[[str, str], str], fault: str
) -> None:
    desk = Centre.open(passed, member="cora")
    uid = "a" * 32
    (closing,) = desk.learners.portfolio("AAA1").portfolio.unit(UnitKey("T-101", "2026-01")).closings
    said = Badge(BadgeStep.ISSUED, credential=forged(issued.read_text("utf-8"), uid), rests_on=closing.uid)
    at = closing.at + timedelta(minutes=1)
    subject = Subject(UnitKey("T-101", "2026-01"))
    desk.recorder.record(
        "AAA1",
        lambda _, __: Event(uid, Kind.BADGE.value, "AAA1", at, "cora", "coordinator", subject, said.write()),
    )
    desk.close_down()
    assert "MR46" in _codes(ask)
    told = ask("badge", "list", "--json")
    assert told.code == 1
    assert [fault in (each["fault"] or "") for each in told.json] == [False, True]
    assert ask("badge", "issue", "AAA1", "101", "-o", str(issued), "--force", *CORA).code == 3


def test_a_badge_that_was_changed_proves_nothing(issued: Path, ask: Ask) -> None:
    issued.write_text(issued.read_text("utf-8").replace("T-101", "T-102"), "utf-8")
    told = ask("badge", "verify", str(issued))
    assert told.code == 4
    assert "Not proved" in told.out


def test_when_the_unit_is_reopened_everything_says_that_the_badge_is_to_be_revoked(issued: Path, ask: Ask) -> None:
    assert ask("reopen", "AAA1", "101", "--reason", "A mistake.", *ASHA).code == 0
    told = ask("badge", "list")
    assert told.code == 1
    assert "to be revoked" in told.out
    assert "badge to be revoked" in ask("status").out
    assert "MR45" in _codes(ask)
    assert ask("badge", "issue", "AAA1", "101", "-o", str(issued), "--force", *CORA).code == 3
    assert ask("badge", "revoke", "AAA1", "101", "--why", "Reopened.", *ASHA).code == 3
    assert ask("badge", "revoke", "AAA1", "101", "--why", "Reopened.", *CORA).code == 0
    (listed,) = ask("badge", "list", "--json").json
    assert (listed["state"], listed["revoked"]["why"]) == ("revoked", "Reopened.")
    assert "MR45" not in _codes(ask)
    assert ask("badge", "list").code == 0
    assert "badge revoked" in ask("status").out


def test_nothing_is_issued_without_agreement_key_pass_or_for_a_regulated_unit(key: str, ask: Ask) -> None:
    def why(*words: str) -> str:
        told = ask("badge", *words)
        assert told.code == 3, told
        return str(told.err)

    assert "has not agreed" in why("issue", "AAA1", "101", *CORA)
    assert "regulated" in why("agree", "AAA1", "102", "--said-by", "Rosalind", "--how", "e-mail", *CORA)
    assert "coordinator" in why("agree", "AAA1", "101", "--said-by", "Rosalind", "--how", "e-mail", *ASHA)
    assert "not yet" in why(*AGREED[1:], "--on", "2999-01-01")
    assert ask(*AGREED).code == 0
    assert "it is not closed" in why("issue", "AAA1", "101", *CORA)
    _close(ask)
    ask("signing-key", "--end", key[:8], "--why", "Lost.", *CORA)
    assert "No key" in why("issue", "AAA1", "101", *CORA)
    assert "No badge" in why("revoke", "AAA1", "101", "--why", "x", *CORA)
    assert [each["state"] for each in ask("badge", "list", "--json").json] == ["agreed"]


def test_what_is_no_badge_is_said_to_prove_nothing(passed: Path, ask: Ask) -> None:
    (passed / "x.json").write_text(json.dumps({"type": ["OpenBadgeCredential"]}), "utf-8")
    assert ask("badge", "verify", str(passed / "x.json")).code == 4


def test_without_what_checks_badges_those_that_were_issued_are_told_and_none_that_was_agreed_to(
    key: str,  # noqa: ARG001 - one is signed
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _close(ask)
    ask(*AGREED)
    with monkeypatch.context() as without:
        without.setattr(ed25519, "is_installed", lambda: False)
        assert (_codes(ask), ask("audit").code) == ([], 0)
    assert ask("badge", "issue", "AAA1", "101", *CORA).code == 0
    monkeypatch.setattr(ed25519, "is_installed", lambda: False)
    assert _codes(ask) == ["MR44"]
