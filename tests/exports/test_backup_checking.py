"""What of a backup tells that it is whole, and what is known of one that was made."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.exports.backup.checking import check_backup, is_within
from markterm.exports.backup.form import BackupFacts, EvidenceIn
from markterm.exports.backup.last import NOTE, LastBackup, last_backup, note_backup
from markterm.exports.backup.writing import backup_at, heads_text

FACTS = BackupFacts("12345", "A", "2026-11-30T10:00:00+00:00", "1", EvidenceIn.INCLUDED, 0, 0, 1, 0)


def test_a_file_that_another_zip_program_put_in_the_place_of_one_is_found_by_its_sum(tmp_path: Path) -> None:
    (tmp_path / "centre.toml").write_text('name = "A"\n')
    made, changed = tmp_path / "made.zip", tmp_path / "changed.zip"
    with backup_at(made, force=False) as (writer, _):
        writer.file(PurePosixPath("centre.toml"), tmp_path / "centre.toml")
        writer.end(FACTS, heads_text(writer, FACTS, "A"))
    check_backup(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w") as new:
        for each in old.infolist():
            data = old.read(each)
            new.writestr(each.filename, data.replace(b"A", b"B") if each.filename == "centre.toml" else data)
    with pytest.raises(Unreadable, match=r"1 file of it changed since: centre\.toml"):
        check_backup(changed)


@pytest.mark.parametrize(
    "name", ["", "/etc/x", "../x", "a/../x", "a//x", "./x", "a\\x", "C:x", "C:/x", "a/\0", "learners/", "a/./x"]
)
def test_no_name_of_a_file_leads_out_of_the_folder_on_any_system(name: str) -> None:
    assert not is_within(name)


def test_other_names_are_what_files_of_a_centre_are_called() -> None:
    assert all(map(is_within, ("centre.toml", "learners/AAA1/evidence/it: what.md", "a/..b", "a/b..")))


@pytest.mark.parametrize(
    ("name", "said"), [("made_at", "2026-11-30T10:00:00"), ("evidence", "some of it"), ("records", "many")]
)
def test_a_note_that_says_no_moment_or_nothing_we_know_is_none(tmp_path: Path, name: str, said: str) -> None:
    note_backup(tmp_path, LastBackup(FACTS.made_at, "/x.zip", "included", 1, 2, 3, 0, 0))
    assert last_backup(tmp_path) is not None
    noted = json.loads((tmp_path / NOTE).read_text("utf-8"))
    (tmp_path / NOTE).write_text(json.dumps({**noted, name: said}), "utf-8")
    assert last_backup(tmp_path) is None
