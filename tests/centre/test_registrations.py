"""Registrations that are corrected, and records and learners that lost each other: every surface names them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.centre.registrations import JoinNeeded
from markterm.cli.hints import message_of
from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.event import Result
from markterm.domain.record.record_format import UpgradeNeeded
from markterm.domain.rules.act import Act
from markterm.domain.rules.going_on import going_on_as, going_on_from
from markterm.domain.words.errors import MarkTermError, NotSaved, Refused, WrongUse
from markterm.exports.markdown.render import render
from markterm.records.query import Query
from markterm.sheets.learner_file import read_learner, with_registration
from tests.centres import add_learner, make_centre_in, places_in, store_in
from tests.samples import AT

PASS, REFER = Result.PASS, Result.REFER


def opened(folder: Path, member: str | None = "asha", own: str = "own") -> Centre:
    return Centre.open(folder, member=member, places=places_in(folder.parent / own))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A centre in which AAA1 was marked: 1.1 passed, 1.2 referred."""
    path = make_centre_in(tmp_path / "centre")
    centre = opened(path)
    centre.marking.mark("AAA1", "T-101", "1.1", PASS, "Rosalind boils it.")
    centre.marking.mark("AAA1", "T-101", "1.2", REFER, "Warm it.")
    centre.close_down()
    return path


def stands(centre: Centre, registration: str) -> list[str]:
    shown = centre.learners.portfolio(registration)
    record = shown.portfolio.unit(shown.unit("T-101").key)
    return [f"{number} {record.criterion(number).state.value}" for number in ("1.1", "1.2", "2.1")]


def problems(centre: Centre) -> dict[str, str]:
    return {row.registration: row.problem for row in centre.caseload.now() if row.problem}


def found(centre: Centre) -> list[str]:
    return [f"{each.code} {message_of(each)}" for each in centre.registrations.findings()]


def test_a_corrected_registration_keeps_what_was_decided_under_the_old_one(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.glob("records/*/*.log")}
    centre = opened(folder)
    renamed = centre.registrations.rename("AAA1", "NEW9")
    assert (renamed.old, renamed.new, renamed.entries) == ("AAA1", "NEW9", 2)
    assert stands(centre, "NEW9") == ["1.1 pass", "1.2 refer", "2.1 open"]
    centre.marking.mark("NEW9", "T-101", "2.1", PASS)
    assert all(path.read_bytes().startswith(old) for path, old in before.items())
    assert sorted(path.name for path in (folder / "learners").iterdir()) == ["BBB2", "CCC3", "NEW9"]
    assert (folder / "learners" / "NEW9" / "evidence" / "diary.md").is_file()
    assert centre.learners.named("NEW9").name == "Rosalind Jones"
    for again in (centre, opened(folder, own="other")):
        assert stands(again, "NEW9") == ["1.1 pass", "1.2 refer", "2.1 pass"]
        assert problems(again) == {}
        assert found(again) == []
        assert [audited.findings for audited in again.audits.every()] == [(), (), ()]
        (row,) = (row for row in again.caseload.rows if row.registration == "NEW9")
        assert (row.decided, row.passed, row.earlier) == (3, 2, ("AAA1",))


def test_other_surfaces_follow_the_registration(folder: Path) -> None:
    centre = opened(folder)
    centre.remarks.refreshed()
    centre.registrations.rename("AAA1", "NEW9")
    centre.caseload.now()
    assert {each.registration for each in centre.history.recent(10)} == {"NEW9"}
    uses = [use for remark in centre.remarks.refreshed().search().remarks for use in remark.uses]
    assert {use.registration for use in uses} == {"NEW9"}
    assert len(uses) == 2
    assert len(centre.history.of("NEW9", Query(criterion="1.1"))) == 1
    assert "Warm it." in render(centre.printed.mark_sheet("NEW9", "T-101"))
    with pytest.raises(Refused, match="corrected to NEW9"):
        centre.learners.find("AAA1")


def test_what_was_begun_under_the_old_registration_is_gone_on_with(folder: Path) -> None:
    centre = opened(folder)
    key = centre.learners.portfolio("AAA1").unit("T-101").key
    centre.drafts.keep("Say why", DraftKind.REFERRAL, "AAA1", key, "2.1")
    centre.registrations.rename("AAA1", "NEW9")
    again = opened(folder)
    again.learners.portfolio("NEW9")
    assert again.drafts.begun("NEW9", key, "2.1") == (DraftKind.REFERRAL,)
    assert again.drafts.get(DraftKind.REFERRAL, "NEW9", key, "2.1") == "Say why"
    again.drafts.keep("Say why it is warmed", DraftKind.REFERRAL, "NEW9", key, "2.1")
    assert again.drafts.get(DraftKind.REFERRAL, "NEW9", key, "2.1") == "Say why it is warmed"
    again.drafts.forget(DraftKind.REFERRAL, "NEW9", key, "2.1")
    assert again.drafts.begun("NEW9", key, "2.1") == ()


@pytest.mark.on_files
def test_a_late_line_shows_in_the_caseload_though_only_the_old_record_grew(folder: Path, tmp_path: Path) -> None:
    file = folder / "centre.toml"
    file.write_text(file.read_text("utf-8") + "\n[policy]\nshared_remarks = true\n", "utf-8")
    copy = tmp_path / "copy" / "centre"
    shutil.copytree(folder, copy)
    late = opened(copy, "ben")
    late.marking.mark("AAA1", "T-101", "2.1", PASS, "Poured with care.")
    late.close_down()
    centre = opened(folder)
    centre.registrations.rename("AAA1", "NEW9")
    shown = centre.learners.portfolio("NEW9")
    rows = {row.registration: row.decided for row in centre.caseload.now()}
    assert rows["NEW9"] == 2
    assert len(centre.remarks.refreshed().search().remarks) == 2
    for path in copy.glob("records/AAA1/ben.*"):
        shutil.copy(path, folder / "records" / "AAA1")
    rows = {row.registration: row.decided for row in centre.caseload.now()}
    assert rows["NEW9"] == 3
    assert len(centre.remarks.refreshed().search().remarks) == 3
    assert centre.learners.news(shown) is not None
    (audited,) = (each for each in centre.audits.every() if each.record == "NEW9")
    assert (audited.goes_on_from, audited.late) == (("AAA1",), 1)


def test_a_learner_of_whom_nothing_is_recorded_is_only_moved(folder: Path) -> None:
    file = folder / "centre.toml"
    file.write_text(file.read_text("utf-8").replace("format = 2", "format = 1"), "utf-8")
    centre = opened(folder)
    assert not centre.registrations.needs_record("BBB2")
    assert centre.registrations.rename("BBB2", "NEW9").entries == 0
    assert centre.learners.named("NEW9").name == "Nneka Okafor"
    assert not (folder / "records" / "NEW9").exists()
    with pytest.raises(UpgradeNeeded):
        centre.registrations.rename("AAA1", "NEW8")
    assert (folder / "learners" / "AAA1").is_dir()
    assert stands(centre, "AAA1") == ["1.1 pass", "1.2 refer", "2.1 open"]


def test_where_the_format_has_it_a_correction_is_recorded_also_of_whom_nothing_else_is(folder: Path) -> None:
    centre = opened(folder)
    before = AT - timedelta(days=1)
    assert centre.registrations.rename("BBB2", "NEW9").entries == 0
    assert centre.learners.called_since("BBB2", before) == "NEW9"
    with pytest.raises(Refused, match="NEW9"):
        centre.learners.find("BBB2")
    (row,) = (row for row in centre.caseload.now() if row.registration == "NEW9")
    assert (row.problem, row.earlier) == ("", ("BBB2",))
    assert centre.registrations.rename("NEW9", "BBB2").entries == 0
    assert centre.learners.find("BBB2") == "BBB2"
    assert centre.registrations.findings() == ()


class Killed(BaseException):
    """The process ends here."""


STEPS = (
    "markterm.centre.registrations.going_on_as",
    "markterm.centre.registrations.going_on_from",
    "markterm.centre.registrations._move",
)


@pytest.mark.parametrize(
    "step", [*STEPS, "markterm.centre.registrations.sync_folder", "markterm.centre.registrations.replace_file"]
)
def test_killed_at_any_step_it_is_finished_by_doing_it_again(
    folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise Killed

    centre = opened(folder)
    with monkeypatch.context() as patched:
        patched.setattr(step, killed)
        with pytest.raises(Killed):
            centre.registrations.rename("AAA1", "NEW9")
    # Without close_down: nobody let go of anything.
    again = opened(folder)
    if step != STEPS[0]:
        assert any(problems(again).values())
        assert [told for told in found(again) if "markterm rename AAA1 NEW9" in told and told.startswith("MC11")]
        assert not [told for told in found(again) if told.startswith("MC09")]
        with pytest.raises(MarkTermError):
            again.marking.mark("AAA1", "T-101", "2.1", PASS)
    again.registrations.rename("AAA1", "NEW9")
    assert again.registrations.rename("AAA1", "NEW9").entries == 2
    assert stands(again, "NEW9") == ["1.1 pass", "1.2 refer", "2.1 open"]
    assert [event.kind for event in again.history.of("NEW9")].count("renamed") == 2
    assert sorted(path.name for path in (folder / "learners").iterdir()) == ["BBB2", "CCC3", "NEW9"]
    assert problems(again) == {}
    assert found(again) == []


def test_a_folder_that_cannot_be_moved_says_how_to_go_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = opened(folder)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.rename", refuse)
        with pytest.raises(NotSaved, match="was not moved") as told:
            centre.registrations.rename("AAA1", "NEW9")
    assert "do it again" in told.value.next_step
    centre.registrations.rename("AAA1", "NEW9")
    assert found(centre) == []


def rename_by_hand(folder: Path, old: str, new: str) -> None:
    (folder / "learners" / old).rename(folder / "learners" / new)
    file = folder / "learners" / new / "learner.md"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_a_record_that_belongs_to_nobody_is_named_by_every_surface(folder: Path) -> None:
    rename_by_hand(folder, "AAA1", "NEW9")
    for centre in (opened(folder), opened(folder, own="other")):
        assert problems(centre) == {"AAA1": "belongs to nobody"}
        (told,) = (each for each in centre.check.findings() if each.code == "MC09")
        assert "the record of AAA1 (2 entries) belongs to nobody" in told.message
    centre.registrations.rename("AAA1", "NEW9")
    assert stands(centre, "NEW9") == ["1.1 pass", "1.2 refer", "2.1 open"]
    assert problems(centre) == {}
    assert found(centre) == []


@pytest.mark.parametrize("names", [("NEW9",), ("NEW9", "AAA1"), ("NEW9", "NEW8")])
def test_of_records_that_go_on_from_each_other_the_last_alone_belongs_to_nobody(
    folder: Path, names: tuple[str, ...]
) -> None:
    centre = opened(folder)
    for old, new in pairwise(("AAA1", *names)):
        centre.registrations.rename(old, new)
    centre.close_down()
    rename_by_hand(folder, names[-1], "HAND")
    for centre in (opened(folder), opened(folder, own="other")):
        assert problems(centre) == {names[-1]: "belongs to nobody"}
    centre.registrations.rename(names[-1], "HAND")
    assert stands(centre, "HAND") == ["1.1 pass", "1.2 refer", "2.1 open"]
    assert problems(centre) == {}


def test_the_learner_it_seems_to_be_is_named_when_only_one_is_likely(folder: Path) -> None:
    centre = opened(folder)
    (folder / "learners" / "AAA1" / "evidence" / "R Jones-AAA1-501.md").write_text("# Tea", "utf-8")
    centre.close_down()
    rename_by_hand(folder, "AAA1", "NEW9")
    (told,) = found(opened(folder))
    assert "it seems to be that of NEW9: markterm rename AAA1 NEW9" in told
    add_learner(folder, "OLD7", "Somebody Else")
    (folder / "learners" / "OLD7" / "evidence" / "AAA1 too.md").write_text("# Tea", "utf-8")
    (told,) = found(opened(folder))
    assert "markterm rename AAA1 REGISTRATION" in told


def test_what_was_marked_since_the_folder_was_renamed_by_hand_is_joined_when_somebody_says_so(folder: Path) -> None:
    rename_by_hand(folder, "AAA1", "NEW9")
    centre = opened(folder)
    centre.marking.mark("NEW9", "T-101", "1.1", REFER, "Not seen.")
    with pytest.raises(JoinNeeded, match="a record of its own with 1 entries"):
        centre.registrations.rename("AAA1", "NEW9")
    assert stands(centre, "NEW9") == ["1.1 refer", "1.2 open", "2.1 open"]
    centre.registrations.rename("AAA1", "NEW9", join=True)
    # Neither decision had seen the other.
    assert stands(centre, "NEW9") == ["1.1 conflict", "1.2 refer", "2.1 open"]


def test_a_registration_that_no_folder_can_be_called_is_corrected_too(folder: Path) -> None:
    add_learner(folder, "ABC/1", "Slash Ed")
    centre = opened(folder)
    centre.marking.mark("ABC/1", "T-101", "1.1", PASS)
    centre.registrations.rename("ABC/1", "DEF/2")
    centre.marking.mark("DEF/2", "T-101", "1.2", PASS)
    centre.registrations.rename("DEF/2", "GHI3")
    assert stands(centre, "GHI3") == ["1.1 pass", "1.2 pass", "2.1 open"]
    assert problems(centre) == {}
    assert found(opened(folder, own="other")) == []


@pytest.mark.long
def test_many_records_that_were_let_go_of_since_are_no_findings(folder: Path) -> None:
    centre = opened(folder)
    names = ["AAA1", *(f"N{number}" for number in range(40))]
    for old, new in pairwise(names):
        centre.registrations.rename(old, new)
    assert centre.learners.findings(names[-1]) == ()
    assert stands(centre, names[-1]) == ["1.1 pass", "1.2 refer", "2.1 open"]
    assert centre.learners.findings(names[-1]) == ()
    assert problems(opened(folder, own="other")) == {}


def test_renamed_back_it_is_the_same_record(folder: Path) -> None:
    centre = opened(folder)
    centre.registrations.rename("AAA1", "NEW9")
    centre.marking.mark("NEW9", "T-101", "2.1", PASS)
    centre.registrations.rename("NEW9", "AAA1")
    centre.marking.mark("AAA1", "T-101", "1.2", PASS)
    assert stands(centre, "AAA1") == ["1.1 pass", "1.2 pass", "2.1 pass"]
    assert problems(centre) == {}
    assert found(centre) == []
    with pytest.raises(Refused, match="corrected to AAA1"):
        centre.learners.find("NEW9")


@pytest.mark.parametrize("new", ["", " ", " X1", "X\n1", "X\x1b[2J", "X\u202e1"])
def test_what_cannot_be_a_registration_is_refused(folder: Path, new: str) -> None:
    with pytest.raises(WrongUse, match="Not a registration"):
        opened(folder).registrations.rename("AAA1", new)


def test_renaming_never_takes_another_learners_place(folder: Path) -> None:
    centre = opened(folder)
    for old, new, said in (
        ("AAA1", "AAA1", "Nothing to rename"),
        ("AAA1", "BBB2", "There is a learner with that registration"),
        ("ZZZ1", "ZZZ2", "No such learner"),
        ("AAA1x", "BBB2", "neither a folder nor a record of AAA1x"),
    ):
        with pytest.raises(MarkTermError, match=said):
            centre.registrations.rename(old, new)
    (folder / "learners" / "CCC3").rename(folder / "learners" / "CCC4")
    with pytest.raises(WrongUse, match="Another learner's folder"):
        centre.registrations.rename("AAA9", "CCC4")
    centre.registrations.rename("AAA1", "NEW9")
    rename_by_hand(folder, "NEW9", "NEW8")
    with pytest.raises(Refused, match="corrected to NEW9"):
        centre.registrations.rename("AAA1", "NEW8")
    with pytest.raises(Refused, match="Who is marking"):
        opened(folder, member=None).registrations.rename("NEW9", "NEW8")


@pytest.mark.parametrize("named", ["AAA1", " ", "BBB2", "X\x1b[2J", "../../etc", "NEW8", "Z" * 500])
def test_no_foreign_line_makes_a_learner_unmarkable_for_ever(folder: Path, named: str) -> None:
    act = Act(Member("eve", "Eve", frozenset({Role.ASSESSOR})), "AAA1", AT, "forged")
    store_in(folder, "eve").append("AAA1", going_on_as(act, named))
    centre = opened(folder)
    with suppress(Refused):
        centre.marking.mark("AAA1", "T-101", "2.1", PASS)
        centre.marking.withdraw("AAA1", "T-101", "2.1", "again")
    centre.registrations.rename("AAA1", "TMP1")
    centre.registrations.rename("TMP1", "AAA1")
    centre.marking.mark("AAA1", "T-101", "2.1", PASS)
    assert stands(centre, "AAA1") == ["1.1 pass", "1.2 refer", "2.1 pass"]
    assert [each for each in found(centre) if not each.startswith("MC12")] == []


def test_a_record_that_is_a_learners_still_and_is_shown_for_another_one_is_a_finding(folder: Path) -> None:
    act = Act(Member("eve", "Eve", frozenset({Role.ASSESSOR})), "BBB2", AT, "forged")
    heads = {"asha.00000000": (2, "0" * 64)}
    store_in(folder, "eve").append("BBB2", going_on_from(act, "AAA1", heads))
    told = found(opened(folder))
    assert any(each.startswith("MC19 the record AAA1 goes on as those of AAA1 and BBB2") for each in told)


@pytest.mark.on_files
def test_a_record_that_goes_on_as_two_is_a_finding(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "centre"
    shutil.copytree(folder, copy)
    opened(copy, own="other").registrations.rename("AAA1", "NEW8")
    centre = opened(folder)
    centre.registrations.rename("AAA1", "NEW9")
    for path in copy.rglob("*/*"):
        there = folder / path.relative_to(copy)
        if path.is_file() and not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, there)
    (told,) = found(opened(folder))
    assert told.startswith("MC19 the record AAA1 goes on as those of NEW8 and NEW9")


@pytest.mark.on_files
def test_a_learner_whose_record_is_gone_is_named_on_the_machine_that_wrote_it(folder: Path) -> None:
    shutil.rmtree(folder / "records" / "AAA1")
    centre = opened(folder)
    assert problems(centre) == {"AAA1": "record incomplete"}
    (told,) = found(centre)
    assert told.startswith("MC10 AAA1 lacks the record that they had")
    assert problems(opened(folder, own="other")) == {}


@pytest.mark.on_files
def test_an_empty_folder_under_records_is_nobodys_record(folder: Path) -> None:
    (folder / "records" / "XXX1").mkdir()
    assert problems(opened(folder)) == {}
    assert found(opened(folder)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\nkind: learner\nregistration: AAA1\nname: A\n---\nAAA1\n", "registration: N 9"),
        ("---\r\nregistration:   'AAA1'\r\nkind: learner\r\nname: AAA1\r\n---\r\n", "registration:   N 9"),
        ("\ufeff---\nkind: learner\nregistration: AAA1 # corrected in May\nname: A\n---", "N 9 # corrected in May"),
    ],
)
def test_only_the_line_of_the_registration_changes(text: str, line: str) -> None:
    changed = with_registration(text, "N 9")
    learner = read_learner(changed).sheet
    assert learner is not None
    assert learner.registration == "N 9"
    assert line in changed
    pairs = list(zip(text.split("\n"), changed.split("\n"), strict=True))
    assert sum(before != after for before, after in pairs) == 1


@pytest.mark.parametrize(
    "text", ["", "---\nkind: learner\nname: A\n---\n", "---\nkind: learner\nregistration:\n  A\n---\n"]
)
def test_a_registration_that_only_a_person_can_change_is_left_to_a_person(text: str) -> None:
    with pytest.raises(WrongUse):
        with_registration(text, "NEW9")


@pytest.mark.skipif(os.name == "nt", reason="the names of these folders are Linux's")
@pytest.mark.parametrize("look", [lambda centre: centre.check.findings(), lambda centre: centre.caseload.now()])
def test_looking_writes_nothing_into_the_centre(folder: Path, look: Callable[[Centre], object]) -> None:
    rename_by_hand(folder, "AAA1", "NEW9")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    look(opened(folder))
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
