"""New work in a centre: which files are, that opening them is recorded, and what the caseload says of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Kind, Result
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.errors import Refused
from markterm.evidence.folder import EvidenceFile
from tests.centres import make_centre_in, places_in


def _open(tmp_path: Path, member: str) -> Centre:
    return Centre.open(make_centre_in(tmp_path / "centre"), member=member, places=places_in(tmp_path))


def _new(centre: Centre) -> int:
    return centre.caseload.refresh_one("AAA1").new


def test_what_comes_is_new_until_an_assessor_opened_it(tmp_path: Path) -> None:
    centre = _open(tmp_path, "asha")
    listed = centre.evidence.listed("AAA1").files
    assert _new(centre) == len(listed)
    opened = centre.new_work.opened("AAA1", listed)
    assert opened is not None
    assert opened.kind == Kind.OPENED
    assert _new(centre) == 0
    assert centre.new_work.opened("AAA1", listed) is None, "each state is recorded once"
    (centre.folder.evidence("AAA1") / "more.md").write_text("more", "utf-8")
    assert _new(centre) == 1
    shown = centre.learners.portfolio("AAA1").portfolio
    assert centre.new_work.of(shown, centre.evidence.listed("AAA1").files) == ("more.md",)


def test_a_learner_is_begun_with_the_unit_for_which_new_files_came(tmp_path: Path) -> None:
    centre = _open(tmp_path, "asha")
    centre.new_work.opened("AAA1", centre.evidence.listed("AAA1").files)

    def begun() -> str:
        row = centre.caseload.refresh_one("AAA1")
        found = centre.across.next_open([row])
        assert found is not None
        return found.unit.code

    assert begun() == "T-101"
    (centre.folder.evidence("AAA1") / "unit T-102.md").write_text("more", "utf-8")
    assert begun() == "T-102"


def test_a_verifier_looks_and_nothing_is_recorded(tmp_path: Path) -> None:
    centre = _open(tmp_path, "ines")
    with pytest.raises(Refused, match="Only an assessor opens work"):
        centre.new_work.opened("AAA1", centre.evidence.listed("AAA1").files)
    assert _new(centre) > 0


def test_a_file_that_a_sync_client_writes_again_is_not_new_and_one_with_an_old_time_is(tmp_path: Path) -> None:
    centre = _open(tmp_path, "asha")
    centre.new_work.opened("AAA1", centre.evidence.listed("AAA1").files)
    evidence = centre.folder.evidence("AAA1")
    diary = evidence / "diary.md"
    (evidence / "copy.part").write_bytes(diary.read_bytes())
    (evidence / "copy.part").replace(diary)
    assert _new(centre) == 0
    old = evidence / "old.md"
    old.write_text("written long ago, handed in today", "utf-8")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    assert _new(centre) == 1


def test_what_was_written_over_after_it_was_listed_was_not_shown_and_stays_new(tmp_path: Path) -> None:
    centre = _open(tmp_path, "asha")
    evidence = centre.folder.evidence("AAA1")
    (evidence / "log.md").write_text("as it was", "utf-8")
    listed = centre.evidence.listed("AAA1").files
    (evidence / "diary.md").write_bytes(b"x" * (evidence / "diary.md").stat().st_size)
    assert centre.new_work.opened("AAA1", listed) is not None
    now = centre.evidence.listed("AAA1").files
    assert centre.new_work.of(centre.learners.portfolio("AAA1").portfolio, now) == ("diary.md",)


def test_a_renamed_file_is_read_once_and_not_with_every_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = _open(tmp_path, "asha")
    centre.new_work.opened("AAA1", centre.evidence.listed("AAA1").files)
    evidence = centre.folder.evidence("AAA1")
    (evidence / "diary.md").rename(evidence / "diary, mine.md")
    assert _new(centre) == 0
    monkeypatch.setattr("markterm.centre.same_bytes.fingerprint", _unread)
    assert centre.caseload.row_of("AAA1").new == 0


def test_that_of_a_long_file_is_known_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markterm.centre.same_bytes._LONG", 1)
    centre = _open(tmp_path, "asha")
    (diary,) = centre.evidence.listed("AAA1").files
    found = centre.same_bytes.digest(diary)
    monkeypatch.setattr("markterm.centre.same_bytes.fingerprint", _unread)
    again = Centre.open(tmp_path / "centre", member="asha", places=places_in(tmp_path))
    assert again.same_bytes.digest(diary) == found


def test_a_file_of_the_same_length_is_seen_by_its_time(tmp_path: Path) -> None:
    centre = _open(tmp_path, "asha")
    (diary,) = centre.evidence.listed("AAA1").files
    centre.new_work.opened("AAA1", [diary])
    assert _new(centre) == 0
    diary.path.write_bytes(b"x" * diary.size)
    os.utime(diary.path, ns=(0, diary.modified_ns + 60 * 10**9))
    assert centre.caseload.look_at(["AAA1"])
    assert _new(centre) == 1


@pytest.mark.on_files
def test_a_file_of_the_same_length_with_an_older_time_is_seen_and_a_copied_centre_is_not_new(tmp_path: Path) -> None:
    centre = _open(tmp_path, "asha")
    (diary,) = centre.evidence.listed("AAA1").files
    centre.new_work.opened("AAA1", [diary])
    centre.close_down()
    for copied in (shutil.copy, shutil.copy2):
        copy = shutil.copytree(tmp_path / "centre", tmp_path / copied.__name__, copy_function=copied)
        other = Centre.open(copy, member="asha", places=places_in(tmp_path / f"own of {copied.__name__}"))
        assert other.caseload.refresh_one("AAA1").new == 0
        path = other.evidence.listed("AAA1").files[0].path
        path.write_bytes(b"x" * diary.size)
        os.utime(path, ns=(0, diary.modified_ns - 60 * 10**9))
        assert other.caseload.look_at(["AAA1"])
        assert other.caseload.refresh_one("AAA1").new == 1
        other.close_down()


def test_links_and_what_assessors_wrote_are_no_new_work(tmp_path: Path) -> None:
    centre = _open(tmp_path, "asha")
    centre.new_work.opened("AAA1", centre.evidence.listed("AAA1").files)
    evidence = centre.folder.evidence("AAA1")
    (evidence / ACCOUNTS_FOLDER).mkdir()
    (evidence / ACCOUNTS_FOLDER / "talk.md").write_text("what was said", "utf-8")
    (evidence / "elsewhere").symlink_to(tmp_path)
    assert _new(centre) == 0


def test_the_first_opening_is_recorded_also_where_nothing_came_since_the_last_mark(tmp_path: Path) -> None:
    centre = _open(tmp_path, "asha")
    listed = centre.evidence.listed("AAA1").files
    os.utime(listed[0].path, (1_000_000_000, 1_000_000_000))
    centre.attempts.declare("AAA1", "signed sheet")
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    assert _new(centre) == 0
    assert centre.new_work.opened("AAA1", centre.evidence.listed("AAA1").files) is not None


def _unread(file: EvidenceFile) -> str:
    raise AssertionError(f"{file.name} was read before")


def test_a_file_that_is_written_over_where_it_is_or_lies_deep_is_seen_by_a_look_at_it(tmp_path: Path) -> None:
    centre = _open(tmp_path, "asha")
    evidence = centre.folder.evidence("AAA1")
    (evidence / "week 1" / "day 2").mkdir(parents=True)
    centre.new_work.opened("AAA1", centre.evidence.listed("AAA1").files)
    assert _new(centre) == 0
    (evidence / "week 1" / "day 2" / "log.md").write_text("deep", "utf-8")
    assert _new(centre) == 1, "a folder within the folder changed"
    assert not centre.caseload.look_at(["AAA1"])
    with (evidence / "diary.md").open("a", encoding="utf-8") as diary:
        diary.write("more\n")
    assert centre.caseload.look_at(["AAA1"])
    assert _new(centre) == 2


def test_what_lies_in_a_folder_that_cannot_be_listed_is_not_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = _open(tmp_path, "asha")
    evidence = centre.folder.evidence("AAA1")
    for week in ("week 1", "week 2"):
        (evidence / week).mkdir()
        (evidence / week / "log.md").write_text("deep", "utf-8")
    listed = centre.evidence.listed("AAA1").files
    (evidence / "diary.md").unlink()
    really = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "week 1":
            raise PermissionError(13, "Permission denied")
        return really(path)

    # Until then alone: what takes the folder of the test away lists it, too.
    with monkeypatch.context() as patched:
        patched.setattr("markterm.evidence.folder.os.scandir", scandir)
        unseen = centre.evidence.unseen("AAA1", listed)
    assert unseen == ("week 1 cannot be listed: Permission denied", "gone diary.md")
