"""Downloads, received: what is put where, what is recorded, and what never happens to what was there."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from markterm.centre import receiving
from markterm.centre.centre import Centre
from markterm.centre.receiving import Taken
from markterm.domain.incoming.arriving_file import ArrivingFile
from markterm.domain.incoming.whose import Sureness
from markterm.domain.record.arrivals import arrivals_of
from markterm.domain.record.bodies.leaving import LeftStep
from markterm.domain.words.errors import Refused, WrongUse
from markterm.own.places import Places

ADA = "Rosalind Jones_700_assignsubmission_file_"


def download(folder: Path, files: Mapping[str, str], name: str = "submissions.zip") -> Path:
    """A zip with those files."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for each, text in files.items():
            archive.writestr(each, text)
    return path


def received(
    centre: Centre, path: Path, least: Sureness = Sureness.SURE, **given: str
) -> tuple[list[ArrivingFile], list[Taken]]:
    """What a download shows, and what became of it; `given` are registrations by the first word of a file's name."""
    with centre.receiving.preview([path]) as preview:
        for _ in preview:
            pass
        shown = list(preview.every())
        for number, each in enumerate(shown):
            if (registration := given.get(each.name.split()[0])) is not None:
                shown[number] = preview.given(each, registration)
        return shown, list(centre.receiving.take(preview, shown, least))


def evidence(centre: Centre, registration: str) -> dict[str, str]:
    """The learner's files with what is in them, whatever they are called."""
    folder = centre.folder.evidence(registration)
    return {
        each.relative_to(folder).as_posix(): each.read_text("utf-8") for each in folder.rglob("*") if each.is_file()
    }


def test_of_what_comes_from_who_left_it_is_said_and_it_is_kept_all_the_same(asha: Centre, tmp_path: Path) -> None:
    asha.registrations.leave("AAA1", LeftStep.LEFT, date(2026, 3, 2), "Moved away.")
    shown, taken = received(asha, download(tmp_path, {f"{ADA}/plan.md": "plan", "BBB2 plan.md": "another"}))
    assert [(each.departed, each.has_doubts) for each in shown] == [("left on 2026-03-02", True), ("", False)]
    assert "they left on 2026-03-02: nobody is asked to look at it" in shown[0].told()
    assert len(taken) == 2
    assert evidence(asha, "AAA1")[f"{ADA}/plan.md"] == "plan"


def test_a_store_of_outlooks_is_said_to_be_opened_nowhere(asha: Centre, tmp_path: Path) -> None:
    ((store,), _) = received(asha, download(tmp_path, {"backup.PST": "!BDN"}))
    assert "a store of Outlook's, which is not opened here" in store.told()[-1]


def test_what_is_sure_lies_at_its_place_and_is_recorded_and_the_download_is_as_it_was(
    asha: Centre, tmp_path: Path
) -> None:
    path = download(tmp_path, {f"{ADA}/plan.md": "plan", "scan.pdf": "scan"})
    before = path.read_bytes()
    _, taken = received(asha, path)
    assert evidence(asha, "AAA1")[f"{ADA}/plan.md"] == "plan"
    (arrival,) = arrivals_of(asha.learners.portfolio("AAA1").portfolio.aside)
    assert (arrival.source, arrival.actor) == ("submissions.zip", "asha")
    assert [(each.name, each.was) for each in arrival.files] == [(f"{ADA}/plan.md", f"{ADA}/plan.md")]
    assert [each.learner for each in taken] == ["AAA1"]
    assert path.read_bytes() == before


def test_the_same_again_changes_nothing_and_the_same_bytes_are_taken_once(asha: Centre, tmp_path: Path) -> None:
    path = download(tmp_path, {f"{ADA}/plan.md": "plan", f"{ADA}/copy of plan.md": "plan"})
    received(asha, path)
    there = evidence(asha, "AAA1")
    shown, taken = received(asha, path)
    assert (taken, evidence(asha, "AAA1")) == ([], there)
    assert [bool(each.there) for each in shown] == [True, True]
    assert list(there.values()).count("plan") == 1


def test_another_version_gets_its_day_and_what_was_submitted_stays(asha: Centre, tmp_path: Path) -> None:
    received(asha, download(tmp_path, {f"{ADA}/plan.md": "first"}))
    received(asha, download(tmp_path, {f"{ADA}/PLAN.md": "second"}))
    names = [name for name in evidence(asha, "AAA1") if name.startswith(ADA)]
    assert evidence(asha, "AAA1")[f"{ADA}/plan.md"] == "first"
    assert len(names) == 2
    (second,) = set(names) - {f"{ADA}/plan.md"}
    assert second.startswith(f"{ADA}/PLAN 20")


def test_a_person_says_whose_it_is_and_what_is_likely_waits_for_that(asha: Centre, tmp_path: Path) -> None:
    path = download(tmp_path, {"okafor log.md": "log", "scan 1.md": "scan"})
    shown, taken = received(asha, path, scan="CCC3")
    assert [each.sureness for each in shown] == [Sureness.LIKELY, Sureness.SURE]
    assert [each.learner for each in taken] == ["CCC3"]
    assert [each.learner for each in received(asha, path, Sureness.LIKELY)[1]] == ["BBB2"]


def test_the_same_bytes_at_two_learners_are_told_of_both(asha: Centre, tmp_path: Path) -> None:
    shown, _ = received(asha, download(tmp_path, {"AAA1 a.md": "same", "BBB2 a.md": "same"}))
    assert [each.elsewhere for each in shown] == [("BBB2",), ("AAA1",)]
    asha.same_bytes.look()
    assert asha.same_bytes.elsewhere("AAA1")["AAA1 a.md"] == ("BBB2",)


def test_stopped_before_it_was_recorded_it_is_recorded_when_it_is_done_again(
    asha: Centre, path: Path, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zipped = download(tmp_path, {f"{ADA}/plan.md": "plan", f"{ADA}/log.md": "log"})

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(receiving.Receiving, "_record", killed)
        with pytest.raises(Killed):
            received(asha, zipped)
    there = evidence(asha, "AAA1")
    again = Centre.open(path, member="asha", places=places)
    _, (taken,) = received(again, zipped)
    assert evidence(again, "AAA1") == there
    assert [each.again for each in taken.kept] == [True, True]
    (arrival,) = arrivals_of(again.learners.portfolio("AAA1").portfolio.aside)
    assert {each.name for each in arrival.files} == {f"{ADA}/plan.md", f"{ADA}/log.md"}
    assert received(again, zipped)[1] == []
    again.close_down()


def test_a_file_that_was_being_written_when_the_machine_went_off_is_begun_again(asha: Centre, tmp_path: Path) -> None:
    zipped = download(tmp_path, {f"{ADA}/plan.md": "plan"})
    with asha.receiving.preview([zipped]) as preview:
        (shown,) = preview
    half = asha.folder.evidence("AAA1") / f".coming-{shown.sha256[:16]}"
    half.parent.mkdir(exist_ok=True)
    half.write_text("pl", "utf-8")
    received(asha, zipped)
    assert evidence(asha, "AAA1")[f"{ADA}/plan.md"] == "plan"
    assert not half.exists()


def test_what_a_person_put_there_by_hand_did_not_come_in(asha: Centre, tmp_path: Path) -> None:
    place = asha.folder.evidence("AAA1")
    place.mkdir(exist_ok=True)
    (place / "by hand.md").write_text("plan", "utf-8")
    assert received(asha, download(tmp_path, {f"{ADA}/plan.md": "plan"}))[1] == []
    assert arrivals_of(asha.learners.portfolio("AAA1").portfolio.aside) == ()


def test_nobody_takes_work_in_who_did_not_say_who_they_are(path: Path, places: Places, tmp_path: Path) -> None:
    centre = Centre.open(path, places=places)
    with pytest.raises(Refused, match="nobody was named"):
        received(centre, download(tmp_path, {"AAA1 a.md": "a"}))
    assert "AAA1 a.md" not in evidence(centre, "AAA1")
    centre.close_down()


def test_a_link_among_the_evidence_is_not_followed(asha: Centre, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    place = asha.folder.evidence("AAA1")
    place.mkdir(exist_ok=True)
    (place / ADA).symlink_to(outside, target_is_directory=True)
    _, (taken,) = received(asha, download(tmp_path, {f"{ADA}/plan.md": "plan"}))
    assert (taken.kept, [why for _, why in taken.failed]) == (
        (),
        [f"{ADA} among the evidence is a link, which is not followed."],
    )
    assert list(outside.iterdir()) == []


def test_one_learners_files_are_looked_at_anew_and_everybodys_once_in_a_while(
    asha: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    for learner in ("AAA1", "BBB2"):
        place = asha.folder.evidence(learner)
        place.mkdir(exist_ok=True)
        (place / "a.md").write_text("same", "utf-8")
    assert "a.md" in asha.of_another.told("AAA1")
    monkeypatch.setattr(asha.same_bytes, "look", lambda: pytest.fail("everybody was looked at again"))
    (asha.folder.evidence("AAA1") / "a.md").write_text("other", "utf-8")
    (asha.folder.evidence("AAA1") / "b.md").write_text("same", "utf-8")
    told = asha.of_another.told("AAA1")
    assert ("a.md" in told, "b.md" in told) == (False, True)


def test_what_two_take_in_at_once_comes_once_and_is_recorded_once(
    asha: Centre, path: Path, places: Places, tmp_path: Path
) -> None:
    zipped = download(tmp_path, {f"{ADA}/plan.md": "plan", f"{ADA}/log.md": "log", f"{ADA}/LOG.md": "another log"})
    other = Centre.open(path, member="asha", places=places)
    with asha.receiving.preview([zipped]) as mine, other.receiving.preview([zipped]) as theirs:
        both = (list(mine), list(theirs))
        assert len(list(asha.receiving.take(mine, both[0]))) == 1
        assert list(other.receiving.take(theirs, both[1])) == []
    assert sorted(evidence(asha, "AAA1").values()).count("plan") == 1
    assert len([name for name in evidence(asha, "AAA1") if name.startswith(ADA)]) == 3
    assert len(arrivals_of(other.learners.portfolio("AAA1").portfolio.aside)) == 1
    other.close_down()


@pytest.mark.skipif(sys.platform == "win32", reason="a name is let go there before it is given")
def test_what_is_left_beside_by_who_was_stopped_after_it_had_its_name_goes_when_it_is_done_again(
    asha: Centre, tmp_path: Path
) -> None:
    zipped = download(tmp_path, {f"{ADA}/plan.md": "plan"})
    _, (taken,) = received(asha, zipped)
    place = asha.folder.evidence("AAA1")
    left = place / f".coming-{taken.kept[0].file.sha256[:16]}"
    left.hardlink_to(place / taken.kept[0].name)
    received(asha, zipped)
    assert (left.exists(), evidence(asha, "AAA1")[f"{ADA}/plan.md"]) == (False, "plan")


def test_other_bytes_than_were_shown_are_not_taken_though_they_look_the_same(asha: Centre, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    file = shared / "AAA1 plan.md"
    file.write_text("plan", "utf-8")
    with asha.receiving.preview([shared]) as preview:
        shown = list(preview)
        facts = file.stat()
        file.write_text("evil", "utf-8")
        os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        (taken,) = asha.receiving.take(preview, shown)
    assert [why for _, why in taken.failed] == ["It changed since it was shown."]
    assert "AAA1 plan.md" not in evidence(asha, "AAA1")


def test_the_centres_own_files_are_no_download(asha: Centre) -> None:
    folder = asha.folder.path
    for each in (folder, folder.parent, asha.folder.learners, folder / "learners" / ".."):
        with pytest.raises(WrongUse, match="no download"):
            asha.receiving.preview([each])
    with asha.receiving.preview([asha.folder.evidence("AAA1")]) as preview:
        assert all(each.is_there or not each.learner for each in preview)
