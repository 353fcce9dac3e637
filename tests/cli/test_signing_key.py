"""`markterm signing-key`: from a key to what it signed, and what an audit finds of what nobody signed."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.signing import Signed
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.own.key_files import KeyFiles
from markterm.records import ed25519
from markterm.records.folder.line import decode, encode
from markterm.records.folder.store import FolderStore
from tests.cli.conftest import Ask

ASHA, CORA, INES, BEN = ("--as", "asha"), ("--as", "cora"), ("--as", "ines"), ("--as", "ben")
_CORA = '\n[[member]]\nid = "cora"\nname = "Cora Lind"\nroles = ["coordinator"]\n'


@pytest.fixture
def decided(centre: Path) -> Path:
    """T-101 of AAA1 and BBB2 passed by Asha, and a coordinator beside her."""
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_CORA)
    desk = Centre.open(centre, member="asha")
    for learner in ("AAA1", "BBB2"):
        desk.attempts.declare(learner, "e-mail")
        for number in ("1.1", "1.2", "2.1"):
            desk.marking.mark(learner, "T-101", number, Result.PASS, f"{number} is shown.")
    desk.close_down()
    return centre


@pytest.fixture
def key(decided: Path, ask: Ask) -> str:  # noqa: ARG001 - it is where the key is
    """The name of Asha's key, which Cora confirmed."""
    name = str(ask("signing-key", "--make", "--json", *ASHA).json["key"])
    assert ask("signing-key", "--confirm", name[:8], *CORA).code == 0
    return name


def key_files(centre: Path) -> Path:
    """The folder of the keys on this machine."""
    return Centre.open(centre).signing_keys.files.file("00").parent


def codes(ask: Ask, *words: str) -> list[str]:
    return [each["code"] for record in ask("audit", *words, "--json").json["records"] for each in record["findings"]]


def close(ask: Ask, learner: str = "AAA1") -> str:
    answer = ask("close", learner, "101", "--feedback", "All there.", *ASHA)
    assert answer.code == 0
    return answer.err


def test_a_key_is_made_confirmed_by_somebody_else_and_listed(decided: Path, ask: Ask) -> None:
    assert ask("signing-key").err == "Nobody has a key to sign with.\n"
    made = ask("signing-key", "--make", *ASHA)
    name = made.out.split()[0]
    assert made.out.startswith(f"{name} Asha Patel (asha): not confirmed\n  entered ")
    assert "It signs once it is confirmed" in made.err
    (file,) = key_files(decided).iterdir()
    assert file.name == f"{name}.pem"
    if sys.platform != "win32":
        assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert ask("signing-key", "--make", *ASHA).code == 3
    for who in (ASHA, INES):
        refused = ask("signing-key", "--confirm", name, *who)
        assert (refused.code, "It is for cora." in refused.err) == (3, True)
    assert "(asha): signs\n" in ask("signing-key", "--confirm", name[:6], *CORA).out
    (listed,) = ask("signing-key", "--json").json
    assert (listed["key"], listed["state"], listed["confirmed"][0]["by"]) == (name, "signs", "cora")
    assert f"key {name} of asha confirmed" in ask("log", "--of-centre").out


def test_closings_and_verifications_are_signed_and_every_surface_tells_of_it(key: str, ask: Ask) -> None:
    assert close(ask) == ""
    assert f"key {key}: markterm audit checks it" in ask("show", "AAA1", "101").out
    assert f"with key {key}" in ask("log", "AAA1", "--kind", "signed").out
    shown = ask("show", "AAA1", "--json").json
    (closing,) = ask("log", "AAA1", "--kind", "closed", "--json").json
    assert [(each["event"], each["key"], each["by"]) for each in shown["signatures"]] == [(closing["uid"], key, "asha")]
    ines = ask("signing-key", "--make", "--json", *INES).json["key"]
    assert ask("signing-key", "--confirm", ines, *CORA).code == 0
    ask("sample", "AAA1", "101", "--why", "routine", *INES)
    assert ask("verify", "AAA1", "101", "--agree", *INES).err == ""
    assert "signature by Inês Carvalho" in ask("show", "AAA1", "101").out
    sheet = ask("sheet", "AAA1", "101").out
    for what, who, name in (("Outcome", "Asha Patel", key), ("Answer of the verifier", "Inês Carvalho", ines)):
        (line,) = (each for each in sheet.splitlines() if each.startswith(f"{what} signed by {who}"))
        assert line.endswith(f"with key {name}: an audit checks it.")
    assert (ask("audit").code, codes(ask)) == (0, [])


@pytest.mark.usefixtures("decided")
def test_without_a_key_nothing_is_signed_and_nothing_is_said_of_it(ask: Ask) -> None:
    assert close(ask) == ""
    assert ask("log", "AAA1", "--kind", "signed", "--json").json == []
    assert "signature" not in ask("show", "AAA1").out
    assert codes(ask) == []
    assert ask("signing-key", "--sign-missing", *ASHA).code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="who may read a file is otherwise there")
def test_a_key_that_others_may_read_signs_nothing_and_what_stands_is_signed_later(
    key: str, decided: Path, ask: Ask
) -> None:
    file = key_files(decided) / f"{key}.pem"
    file.chmod(0o640)
    assert "Recorded, and not signed. Others may read your key" in close(ask)
    told = ask("audit", "AAA1")
    assert (told.code, "MR43 warning this entry of asha, who had a key then, is not signed" in told.out) == (0, True)
    assert ask("signing-key", "--sign-missing", *ASHA).code == 3
    file.chmod(0o600)
    signed = ask("signing-key", "--sign-missing", *ASHA)
    assert (signed.out.startswith("AAA1 T-101 closed "), signed.err) == (True, "1 entry signed.\n")
    assert ask("signing-key", "--sign-missing", *ASHA).err == "0 entries signed.\n"
    assert codes(ask) == []


def test_a_key_that_is_not_here_or_is_anothers_signs_nothing(key: str, decided: Path, ask: Ask) -> None:
    file = key_files(decided) / f"{key}.pem"
    held = file.read_bytes()
    file.write_bytes(ed25519.new_key())
    assert "not signed. Another key" in close(ask)
    file.write_bytes(b"no key")
    assert ask("signing-key", "--sign-missing", *ASHA).code == 4
    file.unlink()
    assert "not signed. Your key is not on this machine" in close(ask, "BBB2")
    assert codes(ask) == ["MR43", "MR43"]
    file.write_bytes(held)
    file.chmod(0o600)
    assert ask("signing-key", "--sign-missing", *ASHA).err == "2 entries signed.\n"


def test_an_entry_that_was_altered_under_its_signature_is_found(key: str, decided: Path, ask: Ask) -> None:
    """All hashes are made anew by whoever altered it: only the signature tells."""
    close(ask)
    (segment,) = (decided / "records" / "AAA1").glob("asha.*")
    lines, previous = [], ""
    for line in decode(segment.read_bytes().splitlines()):
        assert line.body is not None
        body = {**line.body, "prev": previous} if previous and "prev" in line.body else line.body
        if body.get("kind") == Kind.CLOSED:
            body = {**body, "body": {**body["body"], "feedback": "Nothing there."}}  # type: ignore[dict-item]  # it is
        previous, written = encode(body)
        lines.append(written)
    segment.write_bytes(b"".join(lines))
    assert key
    assert "MR41" in codes(ask, "AAA1")
    assert ask("audit", "AAA1").code == 4


def test_a_signature_of_one_entry_is_none_of_another(key: str, decided: Path, ask: Ask) -> None:
    close(ask)
    close(ask, "BBB2")
    (signed,) = ask("log", "AAA1", "--kind", "signed", "--json").json
    (other,) = ask("log", "BBB2", "--kind", "closed", "--json").json
    (closing,) = (each for each in Centre.open(decided).history.of("AAA1") if each.kind == Kind.CLOSED)
    said = Signed.read(signed["body"])
    assert ed25519.proves(said, closing)
    for wrong in (replace(said, digest="0" * 64), replace(said, confirmed="x"), replace(said, key="0" * 64)):
        assert not ed25519.proves(wrong, closing)
    desk = Centre.open(decided, member="asha")
    at, unit = desk.recorder.now(), desk.sheets.units.units["T-101"].key
    body = {**signed["body"], "event": other["uid"]}
    replayed = Event("replayed", Kind.SIGNED, "BBB2", at, "asha", "assessor", Subject(unit), body)
    desk.close_down()
    store = FolderStore(decided / "records", decided / "states")
    store.append("BBB2", replayed)
    store.close()
    assert key
    assert codes(ask, "BBB2") == ["MR41"]


def test_a_key_that_ended_signs_no_more_and_what_its_thief_dates_back_does_not_stand(
    key: str, decided: Path, ask: Ask
) -> None:
    close(ask)
    pem = (key_files(decided) / f"{key}.pem").read_bytes()
    assert ask("signing-key", "--end", key, *ASHA).code == 3
    assert ask("signing-key", "--end", key, "--why", "stolen", "--from", "2026-01-01", *ASHA).code == 3
    told = ask("signing-key", "--end", key[:5], "--why", "stolen", *ASHA)
    assert (told.code, "it had signed 1 entry" in told.out) == (0, True)
    assert close(ask, "BBB2") == ""
    assert codes(ask) == []
    # The thief signs the other closing, and dates it before the end.
    desk = Centre.open(decided, member="asha")
    (closing,) = (each for each in desk.history.of("BBB2") if each.kind == Kind.CLOSED)
    (known,) = desk.signing_keys.every()
    confirmed = known.confirmed[0]
    body = {
        "event": closing.uid,
        "digest": ed25519.digest_of(closing),
        "key": known.public,
        "confirmed": confirmed.uid,
        "signature": ed25519.sign(pem, closing, confirmed.uid),
    }
    forged = Event("forged", Kind.SIGNED, "BBB2", confirmed.at, "asha", "assessor", closing.subject, body)
    desk.close_down()
    store = FolderStore(decided / "records", decided / "states")
    store.append("BBB2", forged)
    store.close()
    assert "MR42" in codes(ask, "BBB2")
    assert codes(ask, "AAA1") == []
    assert ask("signing-key", "--make", *ASHA).code == 0


def test_what_a_renamed_record_holds_stays_signed(key: str, decided: Path, ask: Ask) -> None:
    (key_files(decided) / f"{key}.pem").rename(decided / "away.pem")
    close(ask)
    assert ask("rename", "AAA1", "NEW9", *CORA).code == 0
    (decided / "away.pem").rename(key_files(decided) / f"{key}.pem")
    assert ask("signing-key", "--sign-missing", *ASHA).out.startswith("NEW9 T-101 closed ")
    assert codes(ask) == []


def test_a_key_that_could_not_be_entered_is_entered_the_next_time(
    decided: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = KeyFiles(key_files(decided)).make()
    monkeypatch.setattr(KeyFiles, "make", None)
    assert ask("signing-key", "--make", "--json", *ASHA).json["public"] == made


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("words", "code", "title"),
    [
        (("--make",), 3, "Who is marking?"),
        (("--make", "--sign-missing", *ASHA), 2, "One at a time"),
        (("--why", "x", *ASHA), 2, "What ends?"),
        (("--confirm", "abc", *CORA), 2, "No such key"),
        (("--end", "abc", "--why", "x", "--from", "tomorrow", *CORA), 2, "Which day?"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(ask: Ask, words: tuple[str, ...], code: int, title: str) -> None:
    told = ask("signing-key", *words)
    assert (told.code, title in told.err) == (code, True)


def test_without_the_package_that_signs_nothing_fails_and_nothing_is_passed_over(
    key: str, decided: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(ask)
    monkeypatch.setattr(ed25519, "is_installed", lambda: False)
    assert "not signed. Signatures need one more package" in close(ask, "BBB2")
    assert ask("signing-key", "--make", *BEN).code == 2
    told = ask("audit", "AAA1")
    assert (told.code, "MR44 error 1 signature not checked" in told.out) == (1, True)
    assert key in ask("show", "AAA1").out
    assert decided


def test_who_has_a_key_to_sign_with_leaves_the_centre_as_a_table(key: str, ask: Ask, tmp_path: Path) -> None:
    assert ask("signing-key", "--make", *BEN).code == 0
    assert ask("signing-key", "--end", key[:8], "--why", "=stolen", *CORA).code == 0
    to = tmp_path / "keys.csv"
    assert ask("export", "verification", "--only", "keys", "--format", "csv", "-o", str(to)).code == 0
    rows = list(csv.DictReader(io.StringIO(to.read_text("utf-8-sig"), newline="")))
    told = {row["Member"]: (row["State"], row["Confirmed by"], row["Why ended"]) for row in rows}
    members = {each["id"]: each["name"] for each in ask("members", "--json").json}
    expected = dict.fromkeys(members.values(), ("no key", "", ""))
    expected[members["asha"]] = ("ended", "Cora Lind", "Cora Lind: =stolen")
    expected[members["ben"]] = ("not confirmed", "", "")
    assert told == expected
    assert [row["Key"] for row in rows if row["State"] == "ended"] == [key]
    assert ask("audit", "--against", str(to)).code == 0
