"""`markterm audit`: what it proves of bytes, what it says of people, and heads that are kept outside."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.records.folder.store import FolderStore
from tests.centres import add_learner, make_centre_in
from tests.cli.conftest import Ask
from tests.samples import decision

ASHA = ("--as", "asha")


@pytest.fixture
def marked(centre: Path, ask: Ask) -> Path:
    """The centre, in which AAA1 and BBB2 were marked."""
    for learner in ("AAA1", "BBB2"):
        assert ask("mark", learner, "T-101", "1.1,1.2", "pass", *ASHA).code == 0
    return centre


@pytest.fixture
def elsewhere(marked: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The centre, looked at from a machine that wrote nothing of it."""
    for name in ("STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "auditor" / name))
    return marked


def segment(record: str) -> Path:
    (path,) = Path("records", record).glob("*.log")
    return path


def cut(path: Path, lines: int = 1) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-lines]))


def written_anew(path: Path, old: bytes, new: bytes) -> None:
    """The segment with other words in it, and every hash as it should be: what no look at the file alone can tell."""
    previous, told = "0" * 64, []
    for line in path.read_bytes().splitlines():
        body = json.loads(line[65:].replace(old, new))
        body["prev"] = previous
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
        previous = sha256(text).hexdigest()
        told.append(previous.encode() + b" " + text + b"\n")
    path.write_bytes(b"".join(told))


@pytest.mark.usefixtures("elsewhere")
def test_kept_heads_find_what_was_cut_off_written_anew_or_taken_away(ask: Ask) -> None:
    assert ask("audit", "--keep", "kept.txt").code == 0
    # Somebody else's state is deleted: this machine saw nothing before.
    shutil.rmtree(Path("..", "auditor"), ignore_errors=True)
    grown = ask("audit", "--against", "kept.txt")
    assert (grown.code, "everything is as it was" in grown.err) == (0, True)
    cut(segment("AAA1"))
    written_anew(segment("BBB2"), b'"pass"', b'"refer"')
    shutil.rmtree("records/~centre")
    shutil.rmtree(Path("..", "auditor"), ignore_errors=True)
    assert ask("audit", "AAA1").code == ask("audit", "BBB2").code == 0
    shutil.rmtree(Path("..", "auditor"), ignore_errors=True)
    answer = ask("audit", "--against", "kept.txt")
    assert answer.code == 4
    assert f"{segment('AAA1')}: MR04 error it has 2 lines where the file of kept heads had seen 3" in answer.out
    assert f"{segment('BBB2')}: MR04 error line 3 is not the one that the file of kept heads had seen" in answer.out
    assert "records/~centre" in answer.out
    assert "1 gone (the centre's own), 2 changed or cut off (AAA1, BBB2)" in answer.err
    told = ask("audit", "--against", "kept.txt", "--json").json["against"]
    of_records = {"changed": ["AAA1", "BBB2"], "gone": [""], "destroyed": [], "grew": [], "new": [], "unread": []}
    assert told == {"kept": 3, **of_records, "files": None, "signature": None}


@pytest.mark.usefixtures("marked")
def test_a_record_that_grows_and_a_new_one_are_no_findings(ask: Ask) -> None:
    Path("kept.txt").write_text(ask("audit", "--heads").out, "utf-8")
    ask("mark", "AAA1", "T-101", "2.1", "pass", *ASHA)
    ask("mark", "CCC3", "T-101", "1.1", "pass", *ASHA)
    answer = ask("audit", "--against", "kept.txt")
    assert (answer.code, answer.out) == (0, "")
    assert "1 grew as a record does (AAA1), 1 new (CCC3)" in answer.err


def test_names_are_known_again_as_they_were_printed(marked: Path, ask: Ask) -> None:
    odd = "A  B\tC"
    add_learner(marked, odd, "Odd Name", units="[T-101]")
    file = next(marked.glob("learners/A-B-C~*/learner.md"))
    file.write_text(file.read_text("utf-8").replace(odd, '"A  B\\tC"'), "utf-8")
    centre = Centre.open(marked, member="asha")
    centre.marking.mark(odd, "T-101", "1.1", Result.PASS)
    centre.close_down()
    Path("kept.txt").write_text(ask("audit", "--heads").out, "utf-8")
    answer = ask("audit", "--against", "kept.txt")
    assert (answer.code, "everything is as it was" in answer.err) == (0, True), answer


@pytest.mark.usefixtures("marked")
def test_kept_heads_are_not_written_over_unasked(ask: Ask) -> None:
    Path("kept.txt").write_text("mine", "utf-8")
    answer = ask("audit", "--keep", "kept.txt")
    assert (answer.code, "--force" in answer.err) == (2, True)
    assert Path("kept.txt").read_text("utf-8") == "mine"
    assert ask("audit", "--against", "kept.txt").code == 2
    assert ask("audit", "--against", "gone.txt").code == 2
    assert ask("audit", "--keep", "kept.txt", "--force").code == 0
    assert ask("audit", "--against", "kept.txt").code == 0
    assert ask("audit", "AAA1", "--keep", "other.txt").code == 2


@pytest.mark.parametrize(
    "own", ["centre.toml", "records/AAA1/heads.txt", "learners/AAA1/evidence/h.txt", "mark_sheets/h"]
)
@pytest.mark.parametrize("option", ["--keep", "--page"])
def test_nothing_is_kept_where_the_centre_keeps_its_own(ask: Ask, marked: Path, option: str, own: str) -> None:
    before = {each: each.read_bytes() for each in marked.rglob("*") if each.is_file()}
    answer = ask("audit", option, own, "--force")
    assert (answer.code, "own folder" in answer.err) == (2, True)
    assert {each: each.read_bytes() for each in marked.rglob("*") if each.is_file()} == before


@pytest.mark.usefixtures("elsewhere")
def test_a_machine_that_only_audits_remembers_what_it_saw(ask: Ask) -> None:
    assert ask("audit").code == 0
    cut(segment("AAA1"))
    for _ in range(2):
        answer = ask("audit")
        assert answer.code == 4
        assert "it has 2 lines where an earlier audit of this machine had seen 3" in answer.out
    shutil.rmtree("records/BBB2")
    assert "this segment is gone; an earlier audit of this machine had seen 3 lines" in ask("audit").out


def test_a_machine_that_cannot_remember_audits_all_the_same(
    marked: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(marked / "centre.toml"))
    assert ask("audit").code == 0


def test_findings_about_people_end_with_1_and_about_bytes_with_4(marked: Path, ask: Ask, tmp_path: Path) -> None:
    store = FolderStore(marked / "records", tmp_path / "forger")
    foreign = decision("f", actor="nobody", learner="AAA1")
    store.append("AAA1", foreign)
    assert ask("audit").code == 0  # Dated before the centre's record begins.
    store.append("AAA1", replace(foreign, uid="g", at=foreign.at.replace(year=2099)))
    store.close()
    answer = ask("audit")
    assert answer.code == 1
    assert "MR24 error nobody was no member of the centre on 2099-03-04" in answer.out
    assert "MR23 warning" in answer.out
    assert "dated in the future: a clock was wrong)" in ask("log", "AAA1").out
    (fate,) = (event["fate"] for event in ask("log", "AAA1", "--json").json if event["uid"] == "g")
    assert "a clock was wrong" in fate
    cut(segment("BBB2"))
    assert ask("audit").code == 4


def test_a_wrong_clock_alone_is_told_and_ends_with_0(marked: Path, ask: Ask) -> None:
    centre = Centre.open(marked, member="asha", clock=lambda: datetime.now(UTC) + timedelta(days=2))
    centre.marking.mark("AAA1", "T-101", "2.1", Result.PASS)
    centre.close_down()
    assert ask("mark", "AAA1", "T-102", "1.1", "pass", *ASHA).code == 0
    answer = ask("audit")
    assert answer.code == 0
    assert "MR23 warning" in answer.out
    assert "MR22 warning" in answer.out
    assert "2 findings" in answer.err


def test_who_verifies_their_own_decision_past_the_program_is_found(marked: Path, ask: Ask, tmp_path: Path) -> None:
    centre = Centre.open(marked, member="asha")
    centre.attempts.declare("AAA1", "e-mail")
    centre.marking.mark("AAA1", "T-101", "2.1", Result.PASS)
    closing = centre.closings.close("AAA1", "T-101", "Passed.").event
    centre.close_down()
    unit = Subject(UnitKey("T-101", "2026-01"))
    body: dict[str, Json] = {"attempt": 1, "agrees": True, "reason": "", "rests_on": [closing.uid]}
    forged = Event("v", Kind.VERIFIED.value, "AAA1", closing.at, "asha", "assessor", unit, body)
    action: dict[str, Json] = {"step": "set", "text": "Warm it.", "owner": "ben", "attempt": 1}
    followed = replace(forged, uid="a", kind=Kind.ACTION.value, body=action)
    read = replace(forged, uid="r", kind=Kind.ACKNOWLEDGED.value, actor="ben", body={"verification": "v", "attempt": 1})
    done = replace(followed, uid="d", body={"step": "done", "text": "Done.", "action": "a", "attempt": 1})
    store = FolderStore(marked / "records", tmp_path / "forger")
    for event in (forged, followed, read, done):
        store.append("AAA1", event)
    answer = ask("audit")
    assert answer.code == 1
    assert "MR26 error asha verified what they decided or closed themselves" in answer.out
    for told in ("MR34 error asha said that an action is done that was for ben", "MR35 error ben", "MR36 error asha"):
        assert told in answer.out


@pytest.mark.long
@pytest.mark.usefixtures("alone")
def test_a_centre_made_anew_in_the_same_folder_is_not_held_against_the_old_one(ask: Ask) -> None:
    make_centre_in(Path("demo"))
    assert ask("-C", "demo", "mark", "AAA1", "T-101", "1.1", "pass", *ASHA).code == 0
    assert ask("-C", "demo", "audit").code == 0
    shutil.rmtree("demo")
    assert ask("demo", "--no-open", "demo").code == 0
    answer = ask("-C", "demo", "audit")
    # A badge is to be revoked there, and nobody did yet.
    assert (answer.code, re.findall(r"MR\d\d", answer.out)) == (0, ["MR45"])


def test_a_record_that_cannot_be_read_is_not_told_to_be_as_it_was(marked: Path, ask: Ask, tmp_path: Path) -> None:
    kept = tmp_path / "heads.txt"
    assert ask("audit", "--keep", str(kept)).code == 0
    shutil.rmtree(marked / "records" / "AAA1")
    (marked / "records" / "AAA1").write_text("no folder", "utf-8")
    answer = ask("audit", "--against", str(kept))
    assert answer.code == 4
    assert "1 not compared, because they cannot be read (AAA1)" in answer.err
    assert "as it was" not in answer.err
    assert ask("audit", "--against", str(kept), "--json").json["against"]["unread"] == ["AAA1"]


@pytest.mark.parametrize("kind", ["file", "pipe"])
def test_records_that_are_no_folder_are_not_all_well(elsewhere: Path, ask: Ask, kind: str) -> None:
    records = elsewhere / "records"
    records.rename(elsewhere / "away")
    os.mkfifo(records) if kind == "pipe" else records.write_text("no folder", "utf-8")
    answer = ask("audit")
    assert answer.code == 4
    assert "The records cannot be listed" in answer.err
    assert "all is well" not in answer.err


@pytest.fixture
def divided(elsewhere: Path) -> Path:
    """The centre, in which a sync client made two folders of AAA1's record: Asha's marks lie in the other one."""
    own = elsewhere / "records" / "AAA1"
    copy = shutil.copytree(own, own.with_name("AAA1 (Ben's conflicted copy 2026-11-28)"))
    cut(segment("AAA1"))
    return copy


def test_a_part_that_lies_in_a_folder_called_like_the_record_makes_it_incomplete_everywhere(
    divided: Path, ask: Ask
) -> None:
    place = "a part of it lies in AAA1 (Ben's conflicted copy 2026-11-28) and is not read (MR12)"
    for question in (("show", "AAA1"), ("progress", "AAA1"), ("feedback", "AAA1", "101")):
        assert ask(*question, "--json").json["incomplete"] == place, question
    for question in (("show", "AAA1"), ("attempts", "AAA1", "101"), ("sheet", "AAA1", "101"), ("log", "AAA1")):
        answer = ask(*question)
        assert "incomplete" in answer.out + answer.err, question
    assert "record incomplete" in ask("status", "AAA1").out
    assert "record incomplete" in ask("across", "T-101", "1.1").out
    across = {each["registration"]: each["problem"] for each in ask("across", "T-101", "1.1", "--json").json["decided"]}
    assert across == {"AAA1": "record incomplete", "BBB2": ""}
    assert [row["problem"] for row in ask("status", "--json").json if row["registration"] == "BBB2"] == [""]
    closed = ask("close", "AAA1", "101", "--no-evidence", "seen", *ASHA)
    assert closed.code == 3
    assert place in closed.err
    (part,) = divided.glob("*.log")
    shutil.copy(part, segment("AAA1"))
    assert "incomplete" not in ask("status", "AAA1").out
    assert ask("show", "AAA1", "--json").json["incomplete"] == ""


def test_a_caseload_that_was_known_hears_of_a_part_that_came_to_lie_elsewhere(elsewhere: Path, ask: Ask) -> None:
    assert ask("status", "AAA1", "--json").json[0]["problem"] == ""
    shutil.copytree(elsewhere / "records" / "AAA1", elsewhere / "records" / "AAA1 (1)")
    assert [row["problem"] for row in ask("status", "AAA1", "--json").json] == [""], "all of it stands in the record"
    cut(segment("AAA1"))
    assert "record incomplete" in ask("status", "AAA1").out


def test_a_learner_whose_registration_begins_alike_is_nothing_to_the_record(elsewhere: Path, ask: Ask) -> None:
    add_learner(elsewhere, "AAA1-B", "Somebody Else", units="[T-101]")
    assert ask("mark", "AAA1-B", "T-101", "1.1", "refer", "--note", "cold", *ASHA).code == 0
    assert {row["problem"] for row in ask("status", "--json").json} == {""}
    assert ask("show", "AAA1", "--json").json["incomplete"] == ""
