"""The bank of remarks: every note is there by itself, and what a member chose is in the centre's own record."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.remarks import RemarkBank
from markterm.domain.record.event import Result
from markterm.domain.remarks.remark_places import Pronouns
from markterm.domain.words.errors import Refused, WrongUse
from markterm.system.platform import CENTRE_RECORD, folder_name
from tests.centres import add_learner, make_centre_in, places_in


def opened(tmp_path: Path, member: str | None = "asha") -> Centre:
    folder = tmp_path / "centre"
    if not folder.exists():
        make_centre_in(folder)
    return Centre.open(folder, member=member, places=places_in(tmp_path / "own"))


def noted(centre: Centre, note: str, learner: str = "AAA1", criterion: str = "1.1") -> None:
    centre.marking.mark(learner, "T-101", criterion, Result.PASS, note)


def texts(bank: RemarkBank, words: str = "") -> list[str]:
    return [remark.text for remark in bank.refreshed().search(words).remarks]


def share(folder: Path) -> None:
    with (folder / "centre.toml").open("a", encoding="utf-8") as file:
        file.write("\n[policy]\nshared_remarks = true\n")


def test_a_note_is_a_remark_as_soon_as_it_is_recorded(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    assert texts(centre.remarks) == []
    noted(centre, "Rosalind boils it well.")
    assert texts(centre.remarks) == ["{given} boils it well."]
    centre.marking.withdraw("AAA1", "T-101", "1.1", "slip")
    assert texts(centre.remarks) == ["{given} boils it well."]


def test_the_same_note_on_two_learners_is_one_remark(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    noted(centre, "Rosalind boils it well.")
    noted(centre, "Nneka boils it well.", "BBB2")
    (remark,) = centre.remarks.refreshed().search("boil").remarks
    assert set(remark.learners) == {"AAA1", "BBB2"}


def test_each_member_has_their_own_notes_unless_the_centre_shares_them(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    noted(centre, "mine")
    ben = opened(tmp_path, "ben")
    noted(ben, "ben's", "BBB2")
    assert texts(ben.remarks) == ["ben's"]
    assert texts(centre.remarks) == ["mine"]
    centre.act_as("ben")
    assert texts(centre.remarks) == ["ben's"]
    share(centre.folder.path)
    assert set(texts(opened(tmp_path).remarks)) == {"mine", "ben's"}
    assert set(texts(opened(tmp_path, None).remarks)) == {"mine", "ben's"}


def test_nobody_has_no_bank(tmp_path: Path) -> None:
    noted(opened(tmp_path), "mine")
    with pytest.raises(Refused, match="Whose remarks"):
        opened(tmp_path, None).remarks.refreshed()


def test_a_remark_is_filled_with_the_pronouns_that_earlier_notes_used(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    noted(centre, "Rosalind knows how: she boils it.")
    bank = centre.remarks.refreshed()
    assert bank.person(centre.learners.named("AAA1")).pronouns is Pronouns.SHE
    assert bank.person(centre.learners.named("BBB2")).pronouns is None


def test_from_nothing_it_finds_what_it_finds_with_what_it_kept(tmp_path: Path) -> None:
    odd = add_learner(make_centre_in(tmp_path / "centre"), "ENR-12", "Odd Name")
    file = odd / "learner.md"
    file.write_text(file.read_text("utf-8").replace("ENR-12", "ENR/12"), "utf-8")
    odd.rename(odd.with_name(folder_name("ENR/12")))
    centre = opened(tmp_path)
    noted(centre, "Rosalind, one")
    noted(centre, "two", "ENR/12")
    centre.remarks.refreshed()
    noted(centre, "three", "BBB2")
    noted(centre, "four", "ENR/12", "1.2")
    (learner := tmp_path / "centre" / "learners" / "AAA1" / "learner.md").write_text(
        learner.read_text("utf-8").replace("Rosalind", "Ros"), "utf-8"
    )
    changed = centre.remarks.refreshed().search()
    centre.close_down()
    kept = opened(tmp_path).remarks.refreshed().search()
    shutil.rmtree(tmp_path / "own" / "cache")
    anew = opened(tmp_path).remarks.refreshed().search()
    assert set(changed.remarks) == set(kept.remarks) == set(anew.remarks)
    assert "Rosalind, one" in {remark.text for remark in anew.remarks}


def test_a_start_with_what_was_kept_reads_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = opened(tmp_path)
    noted(centre, "mine")
    centre.remarks.refreshed()
    centre.close_down()
    again = opened(tmp_path)
    monkeypatch.setattr(RemarkBank, "_read", None)
    assert texts(again.remarks) == ["mine"]


def test_a_refresh_can_be_stopped_and_goes_on_where_it_was(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    noted(centre, "one", "AAA1")
    noted(centre, "two", "BBB2")
    looking = centre.remarks.refresh()
    next(looking)
    del looking
    assert [remark.text for remark in centre.remarks.search().remarks] == ["one"]
    assert set(texts(centre.remarks)) == {"one", "two"}


@pytest.mark.on_files
def test_the_notes_of_a_record_that_is_taken_away_are_gone(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    noted(centre, "one", "AAA1")
    noted(centre, "two", "BBB2")
    assert len(texts(centre.remarks)) == 2
    shutil.rmtree(centre.folder.path / "records" / "AAA1")
    assert texts(centre.remarks) == ["two"]


def test_notes_are_there_without_the_learners_file(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    noted(centre, "Rosalind AAA1")
    shutil.rmtree(centre.folder.path / "learners" / "AAA1")
    assert texts(centre.remarks) == ["Rosalind {registration}"]


def test_a_record_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    noted(centre, "two", "BBB2")
    (centre.folder.path / "records" / "AAA1" / "x.log").mkdir(parents=True)
    assert texts(centre.remarks) == ["two"]


def test_whoever_came_while_the_centre_is_open_is_looked_for_in_remarks(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    centre.caseload.now()
    noted(centre, "As Bronwen did it.")
    assert texts(centre.remarks) == ["As Bronwen did it."]
    add_learner(centre.folder.path, "DDD4", "Bronwen Davies")
    assert texts(centre.remarks) == []
    assert centre.remarks.naming() == 1
    found = centre.remarks.search(learner="AAA1").remarks
    assert [remark.text for remark in found] == ["As Bronwen did it."]


def test_pins_are_the_members_own_and_outlive_the_session(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    for number, note in enumerate(("one", "two", "three")):
        noted(centre, note, ("AAA1", "BBB2", "CCC3")[number])
    bank = centre.remarks.refreshed()
    bank.pin(bank.by_id(bank.search("one").remarks[0].id[:8]))
    bank.retire(bank.search("two").remarks[0])
    centre.close_down()
    again = opened(tmp_path).remarks
    assert texts(again) == ["one", "three"]
    states = {remark.text: remark.state.value for remark in again.search(with_retired=True).remarks}
    assert states == {"one": "pinned", "two": "retired", "three": "usual"}
    again.restore(again.by_id(again.search("two", with_retired=True).remarks[0].id))
    again.unpin(again.search("one").remarks[0])
    assert texts(again) == ["three", "two", "one"]


def test_what_another_process_chose_is_seen_before_it_is_chosen_again(tmp_path: Path) -> None:
    centre, other = opened(tmp_path), opened(tmp_path)
    noted(centre, "one")
    remark = centre.remarks.refreshed().search().remarks[0]
    other.remarks.pin(remark)
    with pytest.raises(Refused, match="pinned already"):
        centre.remarks.pin(remark)


@pytest.mark.on_files
def test_the_audit_verifies_the_centres_own_record(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    noted(centre, "one")
    bank = centre.remarks.refreshed()
    bank.pin(bank.search().remarks[0])
    assert {each.record: (each.events, each.findings) for each in centre.audits.every()} == {
        "": (4, ()),
        "AAA1": (1, ()),
    }
    (segment,) = (centre.folder.path / "records" / folder_name(CENTRE_RECORD)).glob("*.log")
    segment.write_bytes(segment.read_bytes().replace(b'"one"', b'"two"'))
    assert [bool(each.findings) for each in opened(tmp_path).audits.every()] == [True, False]
    shutil.rmtree(segment.parent)
    assert [(each.record, bool(each.findings)) for each in opened(tmp_path).audits.every()] == [
        ("", True),
        ("AAA1", False),
    ]


@pytest.mark.parametrize("registration", ["~centre", "centre", " ", "-centre"])
def test_no_registration_leads_to_the_centres_own_record(registration: str) -> None:
    assert folder_name(registration) != folder_name(CENTRE_RECORD)


@pytest.mark.parametrize("beginning", ["", "abc", "zzzzzzzz"])
def test_an_id_that_is_none_is_told(tmp_path: Path, beginning: str) -> None:
    with pytest.raises(WrongUse, match="Which remark"):
        opened(tmp_path).remarks.refreshed().by_id(beginning)


@pytest.mark.long
def test_a_note_of_a_megabyte_is_a_remark(tmp_path: Path) -> None:
    centre = opened(tmp_path)
    noted(centre, "Rosalind " + "she said it again. " * 55_000)
    (text,) = texts(centre.remarks, "again sai")
    assert text.startswith("{given} {they} said it")
    assert len(text) > 1_000_000
