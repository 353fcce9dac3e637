"""`markterm backup`: one file, complete or absent, read back; restored to the same bytes, and without what is gone."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from markterm.centre.appending import Appending
from markterm.centre.backups import Backups
from markterm.centre.centre import Centre
from markterm.centre.destructions_on_record import DestructionsOnRecord
from markterm.centre.removal import Removal
from markterm.centre.stores import store_at
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from markterm.domain.words.errors import MarkTermError, NotSaved
from markterm.exports import anchored
from markterm.exports.backup import writing
from markterm.exports.backup.checking import check_backup
from markterm.exports.backup.last import NOTE
from markterm.exports.writing import Progress
from tests.cli.conftest import Ask
from tests.cli.test_retention import certified as certified


def _events(centre: Path) -> int:
    return sum(len(path.read_bytes().splitlines()) - 1 for path in (centre / "records").rglob("*.log"))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in {"presence", "exports", NOTE}
    }


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder that is not the centre's."""
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def backup(ask: Ask, assessed: Path, elsewhere: Path) -> Path:
    """A backup of the centre after some marking."""
    assert assessed.is_dir()
    assert ask("backup", str(elsewhere / "one.zip")).code == 0
    return elsewhere / "one.zip"


def test_a_centre_comes_back_to_the_same_bytes_and_is_audited_as_before(
    ask: Ask, centre: Path, backup: Path, elsewhere: Path
) -> None:
    assert ask("backup", "--restore", str(elsewhere / "again"), str(backup)).code == 0
    assert _files(elsewhere / "again") == _files(centre)
    assert ask("audit", "--against", str(backup)).code == 0
    assert ask("-C", str(elsewhere / "again"), "audit", "--against", str(backup)).code == 0
    assert [path.name for path in elsewhere.iterdir() if path.name.endswith(".part")] == []


def test_any_program_unpacks_a_backup_to_the_centres_folder(ask: Ask, backup: Path, elsewhere: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        archive.extractall(elsewhere / "unpacked")
    told = ask("-C", str(elsewhere / "unpacked"), "status", "--json").json
    assert told == ask("status", "--json").json
    for line in (elsewhere / "unpacked" / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((elsewhere / "unpacked" / name).read_bytes()).hexdigest() == digest
    # What tells of the backup is no file of the centre's, and is in no backup of it again.
    assert ask("-C", str(elsewhere / "unpacked"), "backup", str(elsewhere / "two.zip")).code == 0


def test_a_backup_with_any_byte_changed_is_refused(backup: Path, elsewhere: Path) -> None:
    data, whole = backup.read_bytes(), check_backup(backup)
    wrong = elsewhere / "wrong.zip"
    # Its list of files is at the end: there, every byte of what it says of the last ones.
    for place in (*range(0, len(data), max(len(data) // 150, 1)), *range(len(data) - 300, len(data))):
        changed = bytearray(data)
        changed[place] ^= 0x20
        wrong.write_bytes(changed)
        try:
            found = check_backup(wrong)
        except MarkTermError:
            continue
        # In a zip some bytes say nothing of what is in it, such as when it was written.
        assert (found.facts, found.heads) == (whole.facts, whole.heads)
    for end in range(0, len(data), max(len(data) // 50, 1)):
        wrong.write_bytes(data[:end])
        with pytest.raises(MarkTermError):
            check_backup(wrong)


@pytest.mark.parametrize("name", ["../out", "/out", "learners/../../out", "added.md", "records/AAA1/forged.log"])
def test_a_backup_with_a_file_more_is_refused_and_nothing_is_unpacked(
    ask: Ask, backup: Path, elsewhere: Path, name: str
) -> None:
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr(name, b"x")
    refused = ask("backup", "--restore", str(elsewhere / "again"), str(backup))
    assert (refused.code, "not whole" in refused.err) == (4, True)
    assert sorted(path.name for path in elsewhere.iterdir()) == [backup.name]


def test_it_is_there_whole_or_not_at_all(
    ask: Ask, assessed: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(writing, "sync_file", full)
        refused = ask("backup", str(elsewhere / "one.zip"))
    assert (refused.code, "No space left on device" in refused.err) == (4, True)

    def stopped(progress: Progress) -> None:
        if progress.done == progress.of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Centre.open(assessed).backups.write(elsewhere / "one.zip", told=stopped)
    assert list(elsewhere.iterdir()) == []


def test_what_the_disk_gives_back_otherwise_is_no_backup(
    ask: Ask, assessed: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgets(descriptor: int) -> None:
        os.pwrite(descriptor, b"\0" * 64, 4000)

    monkeypatch.setattr(writing, "sync_file", forgets)
    refused = ask("backup", str(elsewhere / "one.zip"))
    assert (refused.code, "not what was written" in refused.err) == (4, True)
    assert (list(elsewhere.iterdir()), assessed.is_dir()) == ([], True)


def test_who_marks_meanwhile_is_not_held_up_and_the_backup_is_whole(assessed: Path, elsewhere: Path) -> None:
    marking = Centre.open(assessed, member="asha")

    def marks(progress: Progress) -> None:
        if progress.done in {1, 3}:
            number = "1.2" if progress.done == 1 else "2.1"
            marking.marking.mark("CCC3", "T-101", number, Result.PASS, "Good.", shown=OPEN_CRITERION)

    written = Centre.open(assessed).backups.write(elsewhere / "one.zip", told=marks)
    assert written.damaged == ()
    assert check_backup(elsewhere / "one.zip").heads == written.checked.heads
    # The first came before the turn of the record, which is the third, and the second one after it.
    assert written.checked.facts.events == _events(assessed) - 1


def test_when_it_was_made_last_is_told_and_once_it_is_old_a_check_says_so(
    ask: Ask, assessed: Path, elsewhere: Path
) -> None:
    assert "No backup of this centre is known" in ask("backup").out
    assert ask("backup", "--json").json == {"last": None}
    assert ask("backup", "--check").code == 2
    assert ask("backup", str(elsewhere / "one.zip")).code == 0
    told = ask("backup").out
    assert "The last backup was made today" in told
    assert str(elsewhere / "one.zip") in told
    last = ask("backup", "--json").json["last"]
    assert (last["evidence"], last["events"], last["unread"]) == ("included", _events(assessed), 0)
    assert "MC49" not in ask("check").out
    note = assessed / NOTE
    note.write_text(note.read_text("utf-8").replace(last["made_at"], "2026-01-02T03:04:05+00:00"), "utf-8")
    assert "It is older than a week." in ask("backup").out
    assert "MC49 warning the last backup that is known is of 2026-01-02" in ask("check").out
    for said in ("{", "[]", '{"made_at": "yesterday"}', "9" * 5000):
        note.write_text(said, "utf-8")
        assert "No backup of this centre is known" in ask("backup").out


def test_a_place_within_the_centre_and_one_that_is_taken_are_refused(
    ask: Ask, centre: Path, backup: Path, elsewhere: Path
) -> None:
    assert "A backup lies elsewhere" in ask("backup", "mine.zip").err
    assert ask("backup", "exports").code == 2
    assert "It is there already" in ask("backup", str(backup)).err
    assert ask("backup", str(backup), "--force").code == 0
    refused = ask("backup", "--restore", str(centre), str(backup))
    assert (refused.code, "There is something already" in refused.err) == (2, True)
    into = ask("backup", str(elsewhere))
    assert (into.code, len(list(elsewhere.glob("012345 backup *.zip")))) == (0, 1)


def test_a_folder_that_is_not_there_tonight_does_not_become_a_file_of_that_name(ask: Ask, assessed: Path) -> None:
    away = assessed.parent / "backups"
    refused = ask("-C", str(assessed), "backup", str(away))
    assert (refused.code, "No such folder" in refused.err, away.exists()) == (2, True, False)


def test_evidence_by_hash_is_named_with_its_sums_and_the_rest_is_there(
    ask: Ask, assessed: Path, elsewhere: Path
) -> None:
    told = ask("backup", str(elsewhere / "one.zip"), "--evidence", "by-hash", "--json").json
    assert (told["evidence"], told["evidence_files"]) == ("by-hash", 3)
    restored = ask("backup", "--restore", str(elsewhere / "again"), str(elsewhere / "one.zip"))
    assert "sha256sum -c EVIDENCE-SHA256SUMS" in restored.err
    sums = (elsewhere / "again" / "EVIDENCE-SHA256SUMS").read_text("utf-8").splitlines()
    diary = assessed / "learners/AAA1/evidence/diary.md"
    assert f"{hashlib.sha256(diary.read_bytes()).hexdigest()}  learners/AAA1/evidence/diary.md" in sums
    assert not (elsewhere / "again/learners/AAA1/evidence").exists()
    assert (elsewhere / "again/learners/AAA1/learner.md").is_file()


def test_a_file_that_packs_a_thousandfold_does_not_have_the_backup_refused(
    ask: Ask, assessed: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchored, "_RATIO_FROM", 1_000_000)
    (assessed / "learners/AAA1/evidence/zeros.bin").write_bytes(bytes(8_000_000))
    assert ask("backup", str(elsewhere / "one.zip")).code == 0
    assert ask("backup", "--restore", str(elsewhere / "again"), str(elsewhere / "one.zip")).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="names there are no bytes, and there are no pipes among files")
def test_a_name_of_any_bytes_comes_back_and_what_cannot_be_read_is_named(
    ask: Ask, assessed: Path, elsewhere: Path
) -> None:
    evidence = assessed / "learners/AAA1/evidence"
    odd = os.fsencode(evidence) + b"/caf\xe9\n%0A.txt"
    try:
        Path(os.fsdecode(odd)).write_text("odd")
    except OSError:
        pytest.skip("this disk takes no such names")
    (evidence / "elsewhere").symlink_to(elsewhere)
    assert ask("backup", str(elsewhere / "one.zip"), "--json").json["links"] == ["learners/AAA1/evidence/elsewhere"]
    ask("backup", "--restore", str(elsewhere / "again"), str(elsewhere / "one.zip"))
    (evidence / "elsewhere").unlink()
    assert _files(elsewhere / "again") == _files(assessed)
    os.mkfifo(evidence / "pipe.md")
    refused = ask("backup", str(elsewhere / "two.zip"))
    assert (refused.code, "1 file cannot be read: learners/AAA1/evidence/pipe.md" in refused.err) == (4, True)
    written = ask("backup", str(elsewhere / "two.zip"), "--even-incomplete")
    assert (written.code, "Could not be read, and is not in it" in written.err) == (4, True)
    assert ask("backup", "--check", str(elsewhere / "two.zip")).code == 4


def test_what_was_damaged_or_lost_already_is_told_and_kept_as_it_is(ask: Ask, assessed: Path, elsewhere: Path) -> None:
    (segment,) = (assessed / "records/BBB2").glob("*.log")
    lines = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(b"".join([lines[0], lines[1].replace(b"pass", b"refe"), *lines[2:-1]]))
    told = ask("backup", str(elsewhere / "one.zip"))
    assert told.code == 4
    assert "does not verify from line 2 on" in told.err
    assert "the record of BBB2 has 2 lines" in told.err
    ask("backup", "--restore", str(elsewhere / "again"), str(elsewhere / "one.zip"))
    assert (elsewhere / "again" / segment.relative_to(assessed)).read_bytes() == segment.read_bytes()


def test_copies_that_a_sync_client_left_are_backed_up_as_what_they_are_and_count_nothing_twice(
    ask: Ask, assessed: Path, elsewhere: Path
) -> None:
    alone = ask("backup", str(elsewhere / "alone.zip")).out
    (segment,) = (assessed / "records/BBB2").glob("*.log")
    shutil.copytree(segment.parent, assessed / "records/BBB2 (1)")
    shutil.copy(segment, segment.with_name(f"{segment.stem} (conflicted copy 2026-11-30).log"))
    told = ask("backup", str(elsewhere / "one.zip"))
    assert (told.code, told.out.split(" with ")[1].split(",")[0]) == (0, alone.split(" with ")[1].split(",")[0])
    assert ask("backup", "--restore", str(elsewhere / "again"), str(elsewhere / "one.zip")).code == 0
    assert _files(elsewhere / "again") == _files(assessed)


def _destroy(ask: Ask, *words: str) -> None:
    for member in ("cora", "ines"):
        assert ask("retention", "AAA1", "--destroy", *words, "--reason", "It is time.", "--as", member).code == 0


@pytest.mark.usefixtures("certified")
def test_what_was_destroyed_since_stays_away(ask: Ask, centre: Path, elsewhere: Path) -> None:
    old, again = elsewhere / "old.zip", elsewhere / "again"
    assert ask("backup", str(old)).code == 0
    _destroy(ask)
    told = ask("backup", "--check", str(old))
    assert (told.code, "1 record in it was destroyed since" in told.err) == (0, True)
    assert ask("backup", str(elsewhere / "new.zip")).code == 0
    for newer in (centre, elsewhere / "new.zip"):
        restored = ask("backup", "--restore", str(again), str(old), "--newer", str(newer), "--json").json
        assert (restored["kept_away"], restored["evidence_kept_away"]) == (1, 0)
        assert not (again / "records/AAA1").exists()
        assert not (again / "learners/AAA1").exists()
        assert (again / "learners/BBB2").is_dir()
        shutil.rmtree(again)
    # The record came back by hand: it is in no backup again.
    with zipfile.ZipFile(old) as archive:
        archive.extractall(centre, [each for each in archive.namelist() if each.startswith("records/AAA1/")])
    assert ask("backup", str(elsewhere / "third.zip"), "--json").json["destroyed"] == 1


@pytest.mark.usefixtures("certified")
def test_evidence_that_was_destroyed_since_stays_away_and_the_record_comes(ask: Ask, elsewhere: Path) -> None:
    old, again = elsewhere / "old.zip", elsewhere / "again"
    assert ask("backup", str(old)).code == 0
    _destroy(ask, "--evidence")
    assert ask("backup", str(elsewhere / "new.zip")).code == 0
    told = ask("backup", "--restore", str(again), str(old), "--newer", str(elsewhere / "new.zip"))
    assert "Destroyed since, and kept away: the evidence of 1 learner." in told.err
    assert not (again / "learners/AAA1/evidence").exists()
    assert (again / "records/AAA1").is_dir()


def test_of_evidence_that_is_half_destroyed_and_of_files_that_are_being_written_nothing_is_in_a_backup(
    ask: Ask, certified: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Removal) -> None:
        raise NotSaved("Not everything was destroyed", "A file is open.", "Close it.")

    monkeypatch.setattr(Removal, "evidence", fails)
    asked = ("retention", "AAA1", "--destroy", "--evidence", "--reason", "It is time.", "--as")
    assert [ask(*asked, member).code for member in ("cora", "ines")] == [0, 4]
    assert (certified / "learners/AAA1/evidence").is_dir()
    for name in (".coming-0a1b", ".registering-0a1b"):
        (certified / "learners/BBB2" / name).write_text("half of it", "utf-8")
    assert ask("backup", str(elsewhere / "one.zip")).code == 0
    with zipfile.ZipFile(elsewhere / "one.zip") as archive:
        names = archive.namelist()
    assert not [each for each in names if each.startswith("learners/AAA1/evidence/") or "0a1b" in each]
    assert [each for each in names if each.startswith("learners/AAA1/")] == ["learners/AAA1/learner.md"]


def test_a_record_that_begins_to_be_destroyed_meanwhile_ends_the_backup(
    ask: Ask, certified: Path, elsewhere: Path
) -> None:
    assert ask("retention", "AAA1", "--destroy", "--reason", "It is time.", "--as", "cora").code == 0

    def destroys(progress: Progress) -> None:
        if progress.done == 1:
            ask("retention", "AAA1", "--destroy", "--reason", "It is time.", "--as", "ines")

    with pytest.raises(MarkTermError, match="began to be destroyed meanwhile"):
        Centre.open(certified).backups.write(elsewhere / "one.zip", told=destroys)
    assert list(elsewhere.iterdir()) == []


def test_other_files_are_told_apart_from_backups_in_words(ask: Ask, backup: Path, elsewhere: Path) -> None:
    (elsewhere / "text.zip").write_text("x")
    with zipfile.ZipFile(elsewhere / "other.zip", "w") as archive:
        archive.writestr("a.txt", b"a")
    with zipfile.ZipFile(backup) as archive:
        facts = archive.read("backup.json").replace(b'"markterm_backup": 1', b'"markterm_backup": 2')
    with zipfile.ZipFile(elsewhere / "newer.zip", "w") as archive:
        archive.writestr("backup.json", facts)
    for name, code, words in (
        ("text.zip", 4, "not whole"),
        ("other.zip", 2, "No backup"),
        ("newer.zip", 3, "newer MarkTerm"),
        ("nowhere.zip", 2, "No such file"),
    ):
        told = ask("backup", "--check", str(elsewhere / name))
        assert (name, told.code, words in told.err) == (name, code, True)
    assert ask("backup", str(backup), "--newer", str(backup)).code == 2


def test_checking_needs_no_centre(ask: Ask, backup: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(elsewhere)
    told = ask("backup", "--check", backup.name, "--json")
    assert (told.code, told.json["destroyed_since"]) == (0, None)


def test_a_centre_that_was_in_a_database_comes_back_to_its_folder_and_cannot_reach_the_living_one(
    ask: Ask, assessed: Path, elsewhere: Path
) -> None:
    # As a backup of a centre with a database is: the records are in it as segments, whatever store they came from.
    store = '\n[record]\nstore = "postgresql://markterm@127.0.0.1:1/markterm"  # ours\n\n'
    file = assessed / "centre.toml"
    before = file.read_text("utf-8")
    file.write_text(before.replace("\n[centre]", f"{store}[centre]"), "utf-8")
    listed = Centre.open(assessed)
    folder = store_at(str(assessed / "records"), listed.folder, listed._own, listed.details)
    on_record = DestructionsOnRecord(Appending(folder))
    backups = Backups(
        listed.folder, listed.details, folder, on_record, listed._clock, listed.seeing, listed.named_files
    )
    backups.write(elsewhere / "one.zip")
    told = ask("backup", "--restore", str(elsewhere / "again"), str(elsewhere / "one.zip"))
    assert (told.code, "The records were in a database." in told.err) == (0, True)
    again = (elsewhere / "again/centre.toml").read_text("utf-8")
    assert again.replace("# [record]\n# store", "[record]\nstore") == file.read_text("utf-8")
    status = ask("-C", str(elsewhere / "again"), "status", "--json")
    file.write_text(before, "utf-8")
    assert status.json == ask("status", "--json").json


def test_evidence_in_a_store_of_its_own_is_said_to_be_apart(ask: Ask, assessed: Path, elsewhere: Path) -> None:
    file = assessed / "centre.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[evidence]\nstore = "s3://bucket/centre"\n', "utf-8")
    told = ask("backup", str(elsewhere / "one.zip"))
    assert (told.code, "evidence apart, in its own store" in told.out) == (0, True)
    assert "store of its own" in ask("backup", str(elsewhere / "two.zip"), "--evidence", "included").err
