"""Destroying: what goes and what stays, that it is never said before it is so, and what audits make of it elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from markterm.centre.appending import Appending
from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.centre.recorder import Verb
from markterm.centre.retention import DESTRUCTION_UNFINISHED, THERE_AGAIN
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.bodies.developing import SkillsRated, StatementRated
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.bodies.visiting import Held, Visited, VisitStep
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.domain.record.record_format import OLDEST, UpgradeNeeded
from markterm.domain.views.kept_of import Outcome
from markterm.domain.words.errors import MarkTermError, NotSaved, Refused, WrongUse
from markterm.own.places import Places
from markterm.records.finding_codes import (
    DESTROYED,
    DESTROYED_WRONGLY,
    MISSING,
    NOT_DESTROYED,
    USED_AGAIN,
    troubling,
)
from markterm.system.platform import remove_folder, sync_folder
from tests.centres import places_in
from tests.standards import add_standard

LATER = datetime(2031, 5, 4, 9, tzinfo=UTC)
_TOML = """
[[member]]
id = "cora"
name = "Cora Cole"
roles = ["coordinator"]

[retention.Pearson]
evidence_weeks = 12
record_years = 3
"""


@pytest.fixture
def desk(path: Path, places: Places) -> Iterator[Callable[..., Centre]]:
    """Opens the centre for a member, in 2031, on this machine or on another one: AAA1 was certified in 2026."""
    with (path / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_TOML)
    opened: list[Centre] = []

    def sit_down(member: str, machine: Places = places, at: datetime = LATER) -> Centre:
        opened.append(Centre.open(path, member=member, places=machine, clock=lambda: at))
        return opened[-1]

    (path / "learners" / "AAA1" / "evidence" / "diary.md").write_text("My own tea.", "utf-8")
    marking = sit_down("asha", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    marking.attempts.declare("AAA1", "signed sheet")
    for unit, numbers in (("T-101", ("1.1", "1.2", "2.1")), ("T-102", ("1.1", "1.2"))):
        for number in numbers:
            marking.marking.mark("AAA1", unit, number, Result.PASS, shown=OPEN_CRITERION)
        marking.closings.close("AAA1", unit, "Well.")
    marking.close_down()
    certify(sit_down("cora", at=datetime(2026, 6, 1, 9, tzinfo=UTC)), ("T-101", "T-102"))
    yield sit_down
    for centre in opened:
        centre.close_down()


def certify(centre: Centre, units: Iterable[str]) -> None:
    said = Claimed(ClaimStep.RECEIVED, on=date(2026, 6, 1)).write()
    for unit in units:
        centre.recorder.record("AAA1", _received(Subject(centre.sheets.units.units[unit].key), said))


def _received(about: Subject, said: dict[str, Json]) -> Verb:
    return lambda act, _: Event(act.uid, Kind.CLAIMED, "AAA1", act.at, "cora", "coordinator", about, said)


Desk = Callable[..., Centre]


def destroy(desk: Desk, what: What = What.RECORD) -> Centre:
    desk("ines").retention.destroy("AAA1", what, "It is time.")
    cora = desk("cora")
    outcome = cora.retention.destroy("AAA1", what, "It is.")
    assert outcome.destruction.is_done
    return cora


def codes(centre: Centre) -> list[str]:
    centre.caseload.now()
    audited = [finding.code for each in centre.audits.every() for finding in troubling(each.findings)]
    whose = (*centre.registrations.findings(), *centre.retention.findings())
    return sorted(set(audited) | {each.code for each in whose})


def holding_its_name(folder: Path) -> list[Path]:
    names = [each for each in folder.rglob("*") if "AAA1" in each.name]
    files = [each for each in folder.rglob("*") if each.is_file()]
    return names + [each for each in files if b"AAA1" in each.read_bytes() or b"My own tea" in each.read_bytes()]


def test_everything_of_the_learner_goes_and_nobody_elses(desk: Desk, path: Path, places: Places) -> None:
    writer = desk("asha")
    assert codes(writer) == []
    key = writer.learners.portfolio("AAA1").unit("T-102").key
    for learner in ("AAA1", "BBB2"):
        writer.drafts.keep("begun", DraftKind.NOTE, learner, key, "1.1")
    writer.presence.be_on("asha", "BBB2")
    writer.evidence.keep("AAA1")
    writer.marking.mark("BBB2", "T-102", "1.1", Result.PASS, shown=OPEN_CRITERION)
    writer.close_down()
    cora = destroy(desk)
    assert holding_its_name(path) == []
    cora.close_down()
    assert holding_its_name(places.state) == []
    assert holding_its_name(places.cache) == []
    drafts = [each.read_text("utf-8") for each in places.of_centre(path).drafts.iterdir()]
    assert drafts == ["begun"]
    assert {row.registration for row in cora.caseload.now()} == {"BBB2", "CCC3"}
    assert len(cora.learners.portfolio("BBB2").portfolio.events) == 1
    assert codes(cora) == []


def test_the_first_time_nothing_is_destroyed_and_it_can_be_taken_back(desk: Desk, path: Path) -> None:
    cora = desk("cora")
    assert cora.retention.destroy("AAA1", What.RECORD, "It is time.").destruction.is_pending
    with pytest.raises(Refused, match="Nothing was destroyed"):
        cora.retention.destroy("AAA1", What.RECORD, "It is time.")
    (coming,) = cora.retention.of("AAA1").coming
    assert coming.is_pending
    cora.retention.take_back("AAA1")
    assert cora.retention.of("AAA1").coming == ()
    assert desk("ines").retention.destroy("AAA1", What.RECORD, "Now?").destruction.is_pending
    assert (path / "learners" / "AAA1" / "evidence" / "diary.md").exists()
    assert codes(cora) == []
    again = desk("ines", at=LATER + timedelta(days=1))
    assert again.retention.destroy("AAA1", What.RECORD, "A day later.").destruction.is_done


def test_a_hold_that_comes_between_the_two_is_kept_to(desk: Desk) -> None:
    desk("ines").retention.destroy("AAA1", What.RECORD, "It is time.")
    desk("asha").retention.hold("AAA1", "A solicitor wrote.")
    cora = desk("cora")
    with pytest.raises(Refused, match="A solicitor wrote"):
        cora.retention.destroy("AAA1", What.RECORD, "It is.")
    cora.retention.lift("AAA1", "It is over.")
    assert cora.retention.destroy("AAA1", What.RECORD, "It is.").destruction.is_done


def test_it_is_not_destroyed_before_its_day_or_while_somebody_has_it_open(desk: Desk) -> None:
    with pytest.raises(Refused, match="kept until 2029-06-01"):
        desk("cora", at=datetime(2029, 5, 31, 9, tzinfo=UTC)).retention.destroy("AAA1", What.RECORD, "Early.")
    asha = desk("asha")
    asha.presence.be_on("asha", "AAA1")
    with pytest.raises(Refused, match="open with asha"):
        desk("cora").retention.destroy("AAA1", What.RECORD, "It is time.")


def test_the_evidence_alone_goes_and_the_record_says_so_everywhere(desk: Desk, path: Path) -> None:
    cora = destroy(desk, What.EVIDENCE)
    assert not (path / "learners" / "AAA1" / "evidence").exists()
    shown = cora.learners.portfolio("AAA1").portfolio
    assert shown.evidence_destroyed is not None
    assert shown.evidence_destroyed.files == 1
    assert cora.attempts.since_submitted("AAA1") == {}
    assert codes(cora) == []
    asha = desk("asha")
    with pytest.raises(Refused, match="The evidence of T-101 of AAA1 was destroyed on 2031-05-04"):
        asha.closings.reopen("AAA1", "T-101", "Wrong.")
    sheet = str(asha.printed.mark_sheet("AAA1", "T-101"))
    assert "The evidence was " in sheet
    assert "changed since it was fixed" not in sheet
    (path / "learners" / "AAA1" / "evidence").mkdir()
    with pytest.raises(Refused, match="no evidence"):
        cora.retention.destroy("AAA1", What.EVIDENCE, "Again.")
    (path / "learners" / "AAA1" / "evidence" / "diary.md").write_text("Back.", "utf-8")
    assert codes(cora) == [THERE_AGAIN]
    # What is left goes later.
    assert desk("ines").retention.destroy("AAA1", What.RECORD, "Years.").destruction.is_pending
    assert cora.retention.destroy("AAA1", What.RECORD, "Years.").destruction.is_done


def test_another_machine_that_had_seen_the_record_accepts_its_destruction(desk: Desk, tmp_path: Path) -> None:
    other = places_in(tmp_path / "other")
    elsewhere = desk("asha", other)
    elsewhere.retention.hold("AAA1", "Wait.")
    desk("cora").retention.lift("AAA1", "Over.")
    assert codes(elsewhere) == []
    elsewhere.close_down()
    destroy(desk)
    later = desk("ines", other)
    told = [finding for each in later.audits.every() for finding in each.findings]
    assert {each.code for each in told} <= {DESTROYED}
    assert codes(later) == []
    later.retention.destroy("AAA1", What.RECORD, "Here too.")
    later.close_down()
    assert holding_its_name(other.state) == []


@pytest.mark.on_files
def test_a_record_that_is_gone_without_a_destruction_is_a_finding_still(desk: Desk, path: Path) -> None:
    cora = desk("cora")
    assert codes(cora) == []
    cora.retention.destroy("AAA1", What.RECORD, "Only meant.")
    shutil.rmtree(path / "records" / "AAA1")
    assert MISSING in codes(desk("ines"))


@pytest.mark.on_files
def test_a_record_that_comes_back_is_a_finding_and_goes_again(desk: Desk, path: Path, tmp_path: Path) -> None:
    shutil.copytree(path / "records" / "AAA1", tmp_path / "kept")
    destroy(desk)
    shutil.copytree(tmp_path / "kept", path / "records" / "AAA1")
    cora = desk("cora")
    assert codes(cora) == sorted([NOT_DESTROYED, THERE_AGAIN])
    cora.retention.destroy("AAA1", What.RECORD, "")
    assert codes(cora) == []
    assert not (path / "records" / "AAA1").exists()


@pytest.mark.on_files
def test_lines_that_the_destruction_does_not_count_are_a_finding(desk: Desk, path: Path, tmp_path: Path) -> None:
    other = places_in(tmp_path / "other")
    shutil.copytree(path / "records" / "AAA1", tmp_path / "before")
    elsewhere = desk("asha", other)
    elsewhere.retention.hold("AAA1", "Nobody saw this.")
    elsewhere.close_down()
    shutil.rmtree(path / "records" / "AAA1")
    shutil.copytree(tmp_path / "before", path / "records" / "AAA1")
    destroy(desk)
    assert codes(desk("ines", other)) == [DESTROYED_WRONGLY]


@pytest.mark.on_files
def test_a_registration_that_is_used_again_is_told(desk: Desk, path: Path) -> None:
    before = shutil.copytree(path / "learners" / "AAA1", path.parent / "kept")
    destroy(desk)
    shutil.copytree(before, path / "learners" / "AAA1")
    asha = desk("asha")
    assert codes(asha) == [THERE_AGAIN]
    asha.marking.mark("AAA1", "T-102", "1.1", Result.PASS, shown=OPEN_CRITERION)
    assert codes(asha) == [USED_AGAIN]


def test_one_who_destroys_alone_by_another_program_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = places_in(tmp_path / "other")
    elsewhere = desk("asha", other)
    assert codes(elsewhere) == []
    elsewhere.close_down()
    cora = desk("cora")
    with monkeypatch.context() as patched:
        patched.setattr("markterm.domain.rules.destroying.APART", timedelta(0))
        for _ in range(2):
            cora.retention.destroy("AAA1", What.RECORD, "It is time.")
    assert codes(desk("ines", other)) == [DESTROYED_WRONGLY]


def test_a_centre_of_the_older_format_is_asked_first(desk: Desk, path: Path) -> None:
    file = path / "centre.toml"
    file.write_text(file.read_text("utf-8").replace("format = 2", "format = 1"), "utf-8")
    cora = desk("cora")
    assert cora.format.number == OLDEST
    with pytest.raises(UpgradeNeeded):
        cora.retention.destroy("AAA1", What.RECORD, "It is time.")


class Killed(BaseException):
    """The process ended there."""


@pytest.mark.on_files
@pytest.mark.parametrize("what", What)
def test_killed_at_any_step_it_is_never_called_done_and_can_be_completed(
    desk: Desk, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: What
) -> None:
    desk("ines").retention.destroy("AAA1", what, "It is time.")
    kept = {each: shutil.copytree(each, tmp_path / f"kept {each.name}") for each in (path, tmp_path / "user")}
    for steps in count():
        for each, whole in kept.items():
            shutil.rmtree(each)
            shutil.copytree(whole, each)
        left = [steps]
        with monkeypatch.context() as patched:
            _kill_after(left, patched)
            cora = desk("cora")
            with suppress(Killed):
                cora.retention.destroy("AAA1", what, "It is.")
        after = desk("ines")
        (told,) = (each for each in after.destructions.every() if each.what is what)
        is_there = (path / "learners" / "AAA1" / "evidence").exists()
        if told.is_done:
            assert not is_there
        if left[0] > 0:
            break
        if told.is_begun and not told.is_done:
            assert DESTRUCTION_UNFINISHED in codes(after)
            with pytest.raises(MarkTermError):
                desk("asha").marking.mark("AAA1", "T-102", "1.1", Result.PASS, shown=OPEN_CRITERION)
        completed = list(after.retention.complete_all()) if told.is_unfinished else []
        if told.is_pending:
            desk("cora").retention.destroy("AAA1", what, "It is.")
        assert all(isinstance(became, Outcome) and became.destruction.is_done for _, became in completed)
        assert codes(desk("cora")) == []
        assert not (path / "learners" / "AAA1" / "evidence").exists()
        assert what is What.EVIDENCE or holding_its_name(path) == []
    assert steps > 5


def _kill_after(left: list[int], patched: pytest.MonkeyPatch) -> None:
    """Have the process end before the step of that number: a removal, or an entry."""

    def counted(step: Callable[..., object]) -> Callable[..., object]:
        def done(*args: object) -> object:
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return step(*args)

        return done

    for place in ("markterm.centre.removal", "markterm.records.folder.store"):
        patched.setattr(f"{place}.remove_folder", counted(remove_folder))
    patched.setattr("markterm.centre.removal.sync_folder", counted(sync_folder))
    patched.setattr(Appending, "append", counted(Appending.append))


@pytest.mark.on_files
def test_what_cannot_be_removed_is_said_and_it_is_not_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk("ines").retention.destroy("AAA1", What.RECORD, "It is time.")

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    cora = desk("cora")
    with monkeypatch.context() as patched:
        patched.setattr("markterm.records.folder.store.remove_folder", refuse)
        with pytest.raises(NotSaved, match="Permission denied"):
            cora.retention.destroy("AAA1", What.RECORD, "It is.")
    assert [each.is_done for each in cora.retention.unfinished()] == [False]
    assert cora.retention.destroy("AAA1", What.RECORD, "").destruction.is_done


def test_with_a_corrected_registration_the_earlier_record_goes_too(desk: Desk, path: Path) -> None:
    desk("cora").registrations.rename("AAA1", "AAB1")
    desk("ines").retention.destroy("AAB1", What.RECORD, "It is time.")
    cora = desk("cora")
    assert cora.retention.destroy("AAB1", What.RECORD, "It is.").destruction.is_done
    assert holding_its_name(path) == []
    assert [each for each in path.rglob("*") if "AAB1" in each.name] == []
    assert codes(desk("ines")) == []


def test_an_action_of_a_visit_that_holds_what_is_kept_is_kept_to(desk: Desk) -> None:
    cora = desk("cora")
    visit = cora.visits.record(
        Visited(VisitStep.RECORDED, organisation="Tea & Co", by="Pat", on=date(2031, 5, 3), rating="amber")
    )
    cora.visits.ask_for(visit.uid, "Keep all of it.", "ines", date(2031, 8, 1), (Held.RETENTION,))
    with pytest.raises(Refused, match="of the visit"):
        cora.retention.destroy("AAA1", What.RECORD, "It is time.")


@pytest.mark.on_files
def test_a_learner_of_that_registration_who_came_later_does_not_go_with_the_record_that_came_back(
    desk: Desk, path: Path, tmp_path: Path
) -> None:
    for place in ("records", "learners"):
        shutil.copytree(path / place / "AAA1", tmp_path / place)
    destroy(desk)
    for place in ("records", "learners"):
        shutil.copytree(tmp_path / place, path / place / "AAA1")
    theirs = path / "learners" / "AAA1" / "evidence" / "new.md"
    theirs.write_text("Another Rosalind's.", "utf-8")
    assert desk("cora").retention.destroy("AAA1", What.RECORD, "Again.").destruction.is_pending
    assert theirs.exists()


@pytest.mark.parametrize("what", What)
@pytest.mark.parametrize("linked", ["AAA1", "AAA1/evidence"])
def test_what_is_a_link_to_another_place_is_refused_before_anything_begins(
    desk: Desk, path: Path, tmp_path: Path, linked: str, what: What
) -> None:
    folder = path / "learners" / linked
    shutil.move(folder, tmp_path / "share")
    folder.symlink_to(tmp_path / "share")
    with pytest.raises(Refused, match="leads to"):
        desk("cora").retention.destroy("AAA1", what, "It is time.")
    assert desk("cora").retention.of("AAA1").coming == ()
    assert list((tmp_path / "share").rglob("diary.md"))


def test_a_link_among_the_evidence_is_named_and_what_it_leads_to_stays(desk: Desk, path: Path, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_text("Tea.", "utf-8")
    link = path / "learners" / "AAA1" / "evidence" / "film.mp4"
    link.symlink_to(tmp_path / "film.mp4")
    desk("ines").retention.destroy("AAA1", What.RECORD, "It is time.")
    outcome = desk("cora").retention.destroy("AAA1", What.RECORD, "It is.")
    assert f"{link} was a link: {tmp_path / 'film.mp4'} is not touched" in outcome.left
    assert (tmp_path / "film.mp4").exists()


def test_while_something_is_to_be_destroyed_the_registration_is_not_corrected(desk: Desk) -> None:
    cora = desk("cora")
    cora.retention.destroy("AAA1", What.EVIDENCE, "It is time.")
    with pytest.raises(Refused, match="meant to be destroyed"):
        cora.registrations.rename("AAA1", "AAB1")
    cora.retention.take_back("AAA1")
    assert cora.registrations.rename("AAA1", "AAB1").new == "AAB1"


def test_nothing_is_recorded_of_how_somebody_develops_once_they_are_destroyed(desk: Desk, path: Path) -> None:
    add_standard(path)
    asha = desk("asha")
    person = asha.development.person("AAA1")
    scale = asha.details.skills
    rated = (StatementRated(asha.profiles.statement("TEA01 P1"), "alone", "AAA1 said so."),)
    said = SkillsRated(rated, person.name, "in talk", date(2026, 3, 2), scale.words, scale.enough)
    asha.development.rate(person, said)
    destroy(desk).close_down()
    for records in (lambda: asha.development.rate(person, said), lambda: asha.development.of(person)):
        with pytest.raises(MarkTermError):
            records()
    with pytest.raises(WrongUse):
        desk("asha").development.person("AAA1")
    assert holding_its_name(path) == []
