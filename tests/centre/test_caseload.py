"""The rows of the caseload: what each folder comes to, and how little is read again."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from threading import Event, Thread, current_thread

import pytest

from markterm.centre.centre import Centre
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.learner_rows import LearnerRows
from markterm.centre.sheets import CentreSheets
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.event import Result
from markterm.domain.rules.answering import Said
from markterm.domain.views.caseload import CaseloadRow, QualificationCredits
from markterm.domain.views.due import Person, Step
from markterm.domain.words.errors import NotNow, Unreadable
from markterm.own.caseload_index import CentreIndex, Kept
from markterm.records.stamps_by_record import StampsByRecord
from tests.assignments import add_qualifications, register
from tests.centre.conftest import Stores
from tests.centres import add_learner, make_centre_in, places_in
from tests.pace import PATIENCE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A tiny centre's folder, without learners."""
    return make_centre_in(tmp_path / "centre", {})


@pytest.fixture
def centre(path: Path, tmp_path: Path) -> Iterator[Centre]:
    """That centre, opened."""
    opened = Centre.open(path, member="asha", places=places_in(tmp_path / "user"))
    yield opened
    opened.close_down()


def only_row(centre: Centre) -> CaseloadRow:
    """The one row that there is, as it is now."""
    (row,) = centre.caseload.now()
    return row


def test_a_centre_without_learners_has_no_rows(centre: Centre) -> None:
    assert centre.caseload.now() == ()


def test_where_the_records_cannot_be_read_and_no_row_can_say_so_nobody_is_told_that_there_are_no_learners(
    centre: Centre, path: Path, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> StampsByRecord:
        raise NotNow("The database cannot be reached", "The server does not answer.", "Do it again.")

    monkeypatch.setattr(stores.store_type, "stamps", away)
    with pytest.raises(Unreadable, match="cannot be reached"):
        centre.caseload.now()
    add_learner(path, "AAA1", "Rosalind Jones")
    assert only_row(centre).name == "Rosalind Jones"


def waits(centre: Centre) -> list[tuple[Step, Person]]:
    """What the one learner waits for, the step that waits longest first."""
    return [(due.step, due.person) for due in only_row(centre).due]


def test_whom_a_learner_waits_for_follows_the_work(centre: Centre, path: Path) -> None:
    folder = add_learner(path, "AAA1", "Rosalind Jones", evidence="", units="[T-101]")
    assert waits(centre) == [(Step.SUBMIT, Person.LEARNER)]
    (folder / "evidence" / "diary.txt").write_text("I made tea.", "utf-8")
    assert waits(centre) == [(Step.MARK, Person.ASSESSOR), (Step.SUBMIT, Person.LEARNER)]
    centre.attempts.submit("AAA1", "T-101", declared=Declared("signed sheet"))
    assert waits(centre) == [(Step.MARK, Person.ASSESSOR)]
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("AAA1", "T-101", number, Result.PASS)
    assert waits(centre) == [(Step.CLOSE, Person.ASSESSOR)]
    centre.closings.close("AAA1", "T-101", "")
    assert waits(centre) == [(Step.RELEASE, Person.ASSESSOR)]
    centre.closings.reopen("AAA1", "T-101", "A cup was missed.")
    centre.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "A cup was missed.")
    centre.closings.close("AAA1", "T-101", "")
    assert waits(centre) == [(Step.RELEASE, Person.ASSESSOR)]
    centre.act_as("ines")
    centre.verification.sample("AAA1", "T-101", "the first referral")
    assert waits(centre) == [(Step.VERIFY, Person.VERIFIER)]
    centre.verification.verify("AAA1", "T-101", Said(True))
    assert waits(centre) == [(Step.RELEASE, Person.ASSESSOR)]
    centre.act_as("asha")
    list(centre.feedback.release(centre.feedback.draft("AAA1", "T-101")))
    assert waits(centre) == [(Step.RESUBMIT, Person.LEARNER)]


def test_a_learner_whose_units_are_passed_and_told_waits_for_nobody_until_a_qualification_can_be_claimed(
    centre: Centre, path: Path
) -> None:
    add_learner(path, "AAA1", "Rosalind Jones", units="[T-101]")
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("AAA1", "T-101", number, Result.PASS)
    centre.attempts.declare("AAA1", "signed sheet")
    centre.closings.close("AAA1", "T-101", "")
    list(centre.feedback.release(centre.feedback.draft("AAA1", "T-101")))
    assert only_row(centre).due == ()
    add_qualifications(path)
    register(path, "AAA1", qualifications="[T-AWARD, T-CERT]")
    centre.close_down()
    again = Centre.open(path, member="asha", places=places_in(path.parent / "user"))
    (row,) = again.caseload.now()
    claim = next(unit.due for unit in row.units if unit.code == "T-101")
    assert [(due.step, due.person) for due in claim] == [(Step.CLAIM, Person.COORDINATOR)]
    assert claim[0].since == row.latest


def test_another_policy_makes_the_rows_anew(centre: Centre, path: Path, tmp_path: Path) -> None:
    add_learner(path, "AAA1", "Rosalind Jones", units="[T-101]")
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("AAA1", "T-101", number, Result.REFER, "Where is it?")
    centre.attempts.declare("AAA1", "signed sheet")
    centre.closings.close("AAA1", "T-101", "")
    list(centre.feedback.release(centre.feedback.draft("AAA1", "T-101")))
    assert waits(centre) == [(Step.RESUBMIT, Person.LEARNER)]
    centre.close_down()
    toml = path / "centre.toml"
    toml.write_text(f"{toml.read_text('utf-8')}\n[policy]\nattempts = 1\n", "utf-8")
    again = Centre.open(path, places=places_in(tmp_path / "user"))
    assert waits(again) == [(Step.RESUBMIT, Person.COORDINATOR)]


def test_a_learner_on_no_unit_waits_for_the_coordinator(centre: Centre, path: Path) -> None:
    folder = add_learner(path, "AAA1", "Rosalind Jones")
    (folder / "learner.md").write_text("---\nkind: learner\nregistration: AAA1\nname: R\n---\n", "utf-8")
    assert waits(centre) == [(Step.MEND, Person.COORDINATOR)]


def test_a_refresh_reads_only_what_changed(centre: Centre, path: Path) -> None:
    for registration in ("AAA1", "BBB2"):
        add_learner(path, registration, "Somebody")
    before = {row.registration: row for row in centre.caseload.now()}
    centre.marking.mark("BBB2", "T-101", "1.1", Result.PASS)
    after = {row.registration: row for row in centre.caseload.now()}
    assert after["AAA1"] is before["AAA1"]
    assert after["BBB2"].decided == 1


def test_a_refresh_may_be_left_at_any_time(centre: Centre, path: Path) -> None:
    for number in range(5):
        add_learner(path, f"A{number}", "Somebody")
    assert list(islice(centre.caseload.refresh(), 2)) == [1, 2]
    assert len(centre.caseload.rows) == 2


def test_who_left_the_folder_leaves_the_caseload(centre: Centre, path: Path) -> None:
    folder = add_learner(path, "AAA1", "Rosalind Jones")
    assert only_row(centre).name == "Rosalind Jones"
    (folder / "learner.md").unlink()
    assert only_row(centre).problem == "A learner's file is missing"
    folder.rename(path / "gone")
    assert centre.caseload.now() == ()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\x00\x01\x02", "Not a text file"),
        (b"\xff\xfeA\x00", "Not UTF-8"),
        (b"x" * 3_000_000, "Too big"),
        (b"no front matter", "A learner's file cannot be used"),
        (b"---\nkind: learner\nregistration: BBB2\nname: R\n---\n", "A learner's folder has the wrong name"),
    ],
)
def test_a_learners_file_that_cannot_be_used_is_a_problem_of_that_row_alone(
    centre: Centre, path: Path, content: bytes, problem: str
) -> None:
    add_learner(path, "CCC3", "Somebody Else")
    folder = add_learner(path, "AAA1", "Rosalind Jones")
    (folder / "learner.md").write_bytes(content)
    rows = {row.folder: row for row in centre.caseload.now()}
    assert rows["AAA1"].problem == problem
    assert rows["CCC3"].problem == ""
    with pytest.raises(Unreadable) as told:
        read_learner_folder(folder)
    assert told.value.next_step


@pytest.mark.on_files
def test_a_damaged_record_is_a_problem_of_its_row(centre: Centre, path: Path) -> None:
    add_learner(path, "AAA1", "Rosalind Jones")
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    (segment,) = (path / "records" / "AAA1").glob("*.log")
    segment.write_bytes(segment.read_bytes() + b"what is this?\n")
    assert only_row(centre).problem == "record incomplete"


def test_credits_are_in_the_row_and_the_index_tells_the_same_without_reading_a_sheet(
    centre: Centre, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_learner(path, "AAA1", "Rosalind Jones")
    add_qualifications(path)
    register(path, "AAA1", qualifications="[T-AWARD, T-CERT]")
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("AAA1", "T-101", number, Result.PASS)
    centre.attempts.declare("AAA1", "signed sheet")
    centre.closings.close("AAA1", "T-101", "")
    row = only_row(centre)
    assert row.credits == (
        QualificationCredits("T-AWARD", 1, 1, True),
        QualificationCredits("T-CERT", 1, 3, False),
    )
    centre.close_down()
    again = Centre.open(path, places=places_in(tmp_path / "user"))
    monkeypatch.setattr(CentreSheets, "qualifications", property(lambda _: pytest.fail("a sheet was read")))
    assert only_row(again) == row


def test_an_index_of_an_older_format_is_built_anew(centre: Centre, path: Path, tmp_path: Path) -> None:
    add_learner(path, "AAA1", "Rosalind Jones")
    row = only_row(centre)
    centre.close_down()
    (file,) = (tmp_path / "user").rglob("caseload.json")
    header, *lines = file.read_text("ascii").split("\n")
    format_, sheets = json.loads(header)
    file.write_text(
        "\n".join([json.dumps([format_ - 1, sheets]), *(json.dumps(json.loads(line)[:-1]) for line in lines)])
    )
    again = Centre.open(path, places=places_in(tmp_path / "user"))
    assert again.caseload.rows == ()
    assert only_row(again) == row


def test_a_registration_that_no_folder_can_be_called_is_looked_at_again_like_any_other(
    centre: Centre, path: Path
) -> None:
    add_learner(path, "E/12", "Rosalind Jones")
    assert only_row(centre).units[0].decided == 0
    centre.marking.mark("E/12", "T-101", "1.1", Result.PASS)
    assert only_row(centre).units[0].decided == 1


NEW_UNIT = (
    "---\nkind: unit\ncode: T-103\ntitle: Drying\nversion: 1\n---\n\n# T-103 Drying\n\n## LO1 Dry\n\n- **1.1** Dry up\n"
)


def test_new_sheets_are_taken_without_opening_the_centre_again(centre: Centre, path: Path) -> None:
    add_learner(path, "AAA1", "Rosalind Jones", units="[T-101, T-103]")
    assert [unit.code for unit in only_row(centre).units if not unit.stale] == ["T-101"]
    assert not centre.caseload.take_new_sheets()
    (path / "mark_sheets" / "units" / "T-103.md").write_text(NEW_UNIT, "utf-8")
    assert only_row(centre).criteria == 3
    assert centre.caseload.take_new_sheets()
    assert len(centre.caseload.rows) == 1, "what was known is shown until it is read anew"
    row = only_row(centre)
    assert ([unit.code for unit in row.units], row.criteria) == (["T-101", "T-103"], 4)
    assert [unit.code for unit in centre.learners.portfolio("AAA1").units] == ["T-101", "T-103"]


def test_rows_that_were_read_of_new_sheets_are_found_again_at_the_next_start(
    centre: Centre, path: Path, tmp_path: Path
) -> None:
    add_learner(path, "AAA1", "Rosalind Jones", units="[T-101, T-103]")
    only_row(centre)
    (path / "mark_sheets" / "units" / "T-103.md").write_text(NEW_UNIT, "utf-8")
    assert centre.caseload.take_new_sheets()
    row = only_row(centre)
    centre.close_down()
    assert Centre.open(path, places=places_in(tmp_path / "user")).caseload.rows == (row,)


def test_a_sheet_that_leads_nowhere_stops_no_caseload(path: Path, tmp_path: Path) -> None:
    (path / "mark_sheets" / "units" / "T-104.md").symlink_to(tmp_path / "nowhere")
    add_learner(path, "AAA1", "Rosalind Jones")
    opened = Centre.open(path, places=places_in(tmp_path / "user"))
    assert only_row(opened).criteria == 5


@pytest.mark.on_files
@pytest.mark.parametrize("what", ["records", "learners"])
def test_what_the_system_did_not_let_us_read_for_a_moment_is_read_the_next_time(
    centre: Centre, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A scanner that holds a file, a share that is away: no file changes when it is over."""
    add_learner(path, "AAA1", "Rosalind Jones", units="[T-101]")
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    held = next((path / what / "AAA1").glob("*.log" if what == "records" else "learner.md"))
    real, real_path = os.open, Path.open

    def refuse(file: str | Path, *arguments: int) -> int:
        if Path(file) == held:
            raise PermissionError(errno.EACCES, "in use")
        return real(file, *arguments)

    def refuse_path(file: Path, *arguments: object, **more: object) -> object:
        if file == held:
            raise PermissionError(errno.EACCES, "in use")
        return real_path(file, *arguments, **more)  # type: ignore[call-overload]  # whatever it was called with

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        patched.setattr(Path, "open", refuse_path)
        seen = Centre.open(path, places=places_in(tmp_path / "another"))
        assert only_row(seen).problem in ("record incomplete", "Cannot be read")
        seen.close_down()
    again = Centre.open(path, places=places_in(tmp_path / "another"))
    assert only_row(again).problem == ""
    again.close_down()


def test_two_who_look_at_everybody_at_once_read_each_learner_once(
    centre: Centre, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AAA1", "BBB2", "CCC3"):
        add_learner(path, name, name)
    read: list[str] = []
    of, get = LearnerRows.of, CentreIndex.get
    other = Thread(target=centre.caseload.now)
    is_looking = Event()

    def noted(index: CentreIndex, folder: str) -> Kept | None:
        found = get(index, folder)
        if current_thread() is other:
            is_looking.set()
        return found

    def counted(rows: LearnerRows, folder: str) -> tuple[CaseloadRow, bool]:
        read.append(folder)
        if len(read) == 1:  # The other one begins, and finds that nothing is known of this learner yet.
            other.start()
            assert is_looking.wait(PATIENCE)
        return of(rows, folder)

    monkeypatch.setattr(CentreIndex, "get", noted)
    monkeypatch.setattr(LearnerRows, "of", counted)
    assert len(centre.caseload.now()) == 3
    other.join(PATIENCE)
    assert sorted(read) == ["AAA1", "BBB2", "CCC3"]
