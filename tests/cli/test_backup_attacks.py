"""A backup in the hands of somebody who knows how it is made, and a centre in the hands of one who wants it read."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from markterm.centre import restoring
from markterm.centre.centre import Centre
from markterm.domain.words.errors import Unreadable
from markterm.exports.backup import writing
from markterm.exports.backup.checking import CheckedBackup, check_backup
from tests.cli.conftest import Ask
from tests.cli.test_backup import backup as backup
from tests.cli.test_backup import elsewhere as elsewhere


def _written_anew(backup: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup by somebody who changes it, and knows how its sums are made."""
    with zipfile.ZipFile(backup) as old:
        files = {each.filename: old.read(each) for each in old.infolist()}
    change(files)
    files.pop("SHA256SUMS")
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    anew = backup.with_name("anew.zip")
    with zipfile.ZipFile(anew, "w") as new:
        for name, data in (*files.items(), ("SHA256SUMS", sums.encode())):
            new.writestr(name, data)
    return anew


def _without_the_end(files: dict[str, bytes]) -> None:
    name = next(each for each in files if each.startswith("records/AAA1/"))
    files[name] = b"".join(files[name].splitlines(keepends=True)[:-1])


def _with_a_segment_more(files: dict[str, bytes]) -> None:
    name = next(each for each in files if each.startswith("records/AAA1/"))
    files["records/BBB2/forged.log"] = files[name]


def _called(real: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        facts = json.loads(files["backup.json"])
        facts["names"] = {"learners/AAA1/learner.md": base64.b64encode(real).decode("ascii")}
        files["backup.json"] = json.dumps(facts).encode()

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_without_the_end, "AAA1 does not end as was noted"),
        (_with_a_segment_more, "nothing was noted"),
        (_called(b"records/AAA1/forged.log"), "would lie elsewhere"),
        (_called(b"../../out"), "would lie elsewhere"),
        (_called(b"learners/AAA1/\0"), "would lie elsewhere"),
    ],
)
def test_one_that_was_written_anew_by_somebody_who_knows_how_is_refused(
    ask: Ask, backup: Path, elsewhere: Path, change: Callable[[dict[str, bytes]], None], told: str
) -> None:
    refused = ask("backup", "--restore", str(elsewhere / "again"), str(_written_anew(backup, change)))
    assert (refused.code, told in refused.err) == (4, True)
    assert not (elsewhere / "again").exists()


def test_what_changes_between_looking_and_unpacking_is_not_restored(
    ask: Ask, backup: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def checked_then_another(file: Path) -> CheckedBackup:
        found = check_backup(file)
        changed = _written_anew(file, lambda files: files.update({"centre.toml": files["centre.toml"] + b"#"}))
        sums = zipfile.ZipFile(file).read("SHA256SUMS")
        with zipfile.ZipFile(changed) as old, zipfile.ZipFile(file, "w") as new:
            for each in old.namelist():
                new.writestr(each, sums if each == "SHA256SUMS" else old.read(each))
        return found

    monkeypatch.setattr(restoring, "check_backup", checked_then_another)
    refused = ask("backup", "--restore", str(elsewhere / "again"), str(backup))
    assert (refused.code, "centre.toml changed since the backup was checked" in refused.err) == (4, True)
    assert not (elsewhere / "again").exists()


@pytest.mark.skipif(os.name != "posix", reason="links and rights as there")
def test_nobody_else_reads_a_backup_and_no_link_has_it_read_what_is_elsewhere(
    ask: Ask, assessed: Path, elsewhere: Path
) -> None:
    secret = elsewhere / "secret"
    secret.mkdir()
    (secret / "key").write_text("of whoever makes backups")
    (assessed / "more").symlink_to(secret)
    made = ask("backup", str(elsewhere / "one.zip"))
    assert "A link to elsewhere, and not followed: more" in made.err
    assert not [each for each in check_backup(elsewhere / "one.zip").members if "key" in each]
    assert (elsewhere / "one.zip").stat().st_mode & 0o077 == 0
    (assessed / "learners").rename(elsewhere / "learners")
    (assessed / "learners").symlink_to(elsewhere / "learners")
    assert "A backup lies elsewhere" in ask("backup", str(elsewhere / "learners" / "two.zip")).err
    assert ask("backup", str(elsewhere / "two.zip")).code == 0
    assert "learners/AAA1/learner.md" in check_backup(elsewhere / "two.zip").members


def test_a_file_that_is_written_to_meanwhile_is_read_again_and_else_named(
    assessed: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary, times = assessed / "learners" / "AAA1" / "evidence" / "diary.md", [1]

    def written_to(file: BinaryIO) -> Iterator[bytes]:
        yield file.read()
        if os.path.sameopenfile(file.fileno(), opened.fileno()) and times and times.pop():
            diary.write_bytes(diary.read_bytes() + b"more")

    opened = diary.open("rb")
    monkeypatch.setattr(writing, "_pieces", written_to)
    Centre.open(assessed).backups.write(elsewhere / "one.zip")
    with zipfile.ZipFile(elsewhere / "one.zip") as archive:
        assert archive.read("learners/AAA1/evidence/diary.md") == diary.read_bytes()
    assert diary.read_bytes().endswith(b"more")
    times[:] = [1, 1]
    with pytest.raises(Unreadable, match=r"diary\.md"):
        Centre.open(assessed).backups.write(elsewhere / "two.zip")
    opened.close()
    assert not (elsewhere / "two.zip").exists()
