"""The front desk: its verbs, its queries, and two of them at once."""

from __future__ import annotations

import errno
import json
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.folder import find_centre
from markterm.domain.assessed.assignment import Assignment
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.record.outcome import unit_state
from markterm.domain.record.portfolio import fold
from markterm.domain.record.states import CriterionState, UnitState
from markterm.domain.words.errors import NotSaved, Refused, Unreadable, WrongUse
from markterm.domain.words.hint import Hint, Way
from markterm.own.places import Places
from markterm.records.folder.line import encode
from markterm.records.folder.store import FolderStore
from markterm.records.query import Query
from markterm.system import platform
from tests.centres import places_in

TEA, WASHING = "T-101", "T-102"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def state(centre: Centre, criterion: str = "1.1", registration: str = "AAA1") -> CriterionState:
    """Where a criterion of the first unit stands for whoever looks at that centre."""
    shown = centre.learners.portfolio(registration)
    return shown.portfolio.unit(shown.unit(TEA).key).criterion(criterion).state


def test_a_decision_is_there_for_the_next_who_opens_the_centre(asha: Centre, ben: Centre) -> None:
    recorded = asha.marking.mark("AAA1", TEA, "1.1", Result.PASS, "It boils.")
    assert recorded.event.kind == Kind.DECIDED
    assert recorded.portfolio.portfolio.last == recorded.event
    assert state(ben) is CriterionState.PASS


def test_the_clock_that_is_given_dates_the_event(path: Path, places: Places) -> None:
    centre = Centre.open(path, member="asha", places=places, clock=lambda: AT)
    assert centre.marking.mark("AAA1", TEA, "1.1", Result.PASS).event.at == AT


def test_a_refused_decision_leaves_no_trace(asha: Centre, path: Path) -> None:
    with pytest.raises(Refused):
        asha.marking.mark("AAA1", TEA, "1.1", Result.REFER)
    assert asha.history.of("AAA1") == ()
    assert not (path / "records").exists()


def test_nobody_acts_before_they_said_who_they_are(path: Path, places: Places) -> None:
    centre = Centre.open(path, places=places)
    with pytest.raises(Refused, match="Who is marking"):
        centre.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    assert centre.act_as("ben").name == "Ben Whitlock"
    centre.marking.mark("AAA1", TEA, "1.1", Result.PASS)


def test_a_portfolio_folded_on_is_the_portfolio_folded_anew(asha: Centre, path: Path, places: Places) -> None:
    asha.marking.mark("AAA1", TEA, "1.1", Result.REFER, "Lukewarm.")
    asha.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    asha.marking.withdraw("AAA1", TEA, "1.1", "slip")
    asha.attempts.declare("AAA1", "e-mail", refuses_use=True)
    asha.marking.mark("AAA1", WASHING, "1.1", Result.PASS)
    asha.marking.mark("AAA1", WASHING, "1.2", Result.PASS)
    asha.closings.close("AAA1", WASHING, "Clean.")
    asha.closings.reopen("AAA1", WASHING, "Not quite.")
    folded_on = asha.learners.portfolio("AAA1")
    assert folded_on == Centre.open(path, places=places).learners.portfolio("AAA1")
    assert state(asha) is CriterionState.REFER
    shown = folded_on.unit(WASHING)
    assert unit_state(shown, folded_on.portfolio.unit(shown.key)) is UnitState.DECIDED


def test_history_is_of_the_learner_the_unit_or_the_criterion(asha: Centre) -> None:
    for unit, criterion in ((TEA, "1.1"), (TEA, "1.2"), (WASHING, "1.1")):
        asha.marking.mark("AAA1", unit, criterion, Result.PASS)
    assert len(asha.history.of("AAA1")) == 3
    assert [event.subject.criterion for event in asha.history.of("AAA1", Query(unit=TEA))] == ["1.1", "1.2"]
    assert len(asha.history.of("AAA1", Query(unit=TEA, criterion="1.2"))) == 1
    assert asha.history.of("BBB2") == ()


def test_news_are_what_is_not_shown(asha: Centre, ben: Centre) -> None:
    shown = asha.learners.portfolio("AAA1")
    assert asha.learners.news(shown) is None
    ben.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    told = asha.learners.news(shown)
    assert told is not None
    assert told.portfolio.last is not None
    assert told.portfolio.last.actor == "ben"
    assert asha.learners.news(told) is None
    recorded = asha.marking.mark("AAA1", TEA, "1.2", Result.PASS)
    assert asha.learners.news(recorded.portfolio) is None, "what one recorded oneself is shown"


def test_a_decision_that_was_not_shown_is_kept_as_a_conflict(asha: Centre, ben: Centre) -> None:
    seen = asha.learners.portfolio("AAA1")
    ben.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    on_screen = seen.portfolio.unit(seen.unit(TEA).key).criterion("1.1")
    asha.marking.mark("AAA1", TEA, "1.1", Result.REFER, "Lukewarm.", shown=on_screen)
    assert state(asha) is state(ben) is CriterionState.CONFLICT


def test_a_decision_without_what_was_shown_replaces_what_stands(asha: Centre, ben: Centre) -> None:
    asha.learners.portfolio("AAA1")
    ben.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    asha.marking.mark("AAA1", TEA, "1.1", Result.REFER, "Lukewarm.")
    assert state(asha) is state(ben) is CriterionState.REFER


def test_a_conflict_is_settled_with_a_reason_and_not_in_passing(asha: Centre, ben: Centre) -> None:
    ben.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    asha.marking.mark("AAA1", TEA, "1.1", Result.REFER, "Lukewarm.", shown=OPEN_CRITERION)
    with pytest.raises(Refused, match="conflict"):
        ben.marking.mark("AAA1", TEA, "1.1", Result.PASS, "It boils.")
    with pytest.raises(Refused, match="stays in conflict"):
        ben.marking.settle("AAA1", TEA, "1.1", Result.PASS, " ")
    settled = ben.marking.settle("AAA1", TEA, "1.1", Result.REFER, "We boiled it together.").event
    assert (settled.body["note"], settled.body["reason"]) == ("Lukewarm.", "We boiled it together.")
    assert len(settled.supersedes) == 2
    with pytest.raises(Refused, match="not in conflict"):
        ben.marking.settle("AAA1", TEA, "1.1", Result.PASS, "again")
    ben.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    assert state(asha) is CriterionState.PASS
    with pytest.raises(Refused, match="cannot be closed"):
        asha.closings.close("AAA1", TEA, "")


def test_two_centres_that_mark_one_learner_at_once_lose_no_decision(asha: Centre, ben: Centre) -> None:
    def mark(centre: Centre, number: str, note: str) -> Event:
        # A conflict comes and goes while the other marks: what is refused was not recorded, and is done again.
        while True:
            with suppress(Refused):
                return centre.marking.mark("AAA1", TEA, number, Result.PASS, note).event
            with suppress(Refused):
                return centre.marking.settle("AAA1", TEA, number, Result.PASS, note).event

    def mark_thirty(centre: Centre) -> list[Event]:
        return [mark(centre, number, f"{round_}") for round_ in range(10) for number in ("1.1", "1.2", "2.1")]

    with ThreadPoolExecutor(2) as threads:
        made = [event for events in threads.map(mark_thirty, (asha, ben)) for event in events]
    for centre in (asha, ben):
        assert {event.uid for event in centre.history.of("AAA1")} == {event.uid for event in made}
        assert {audit.record: audit.findings for audit in centre.audits.every()} == {"": (), "AAA1": ()}
    assert asha.learners.portfolio("AAA1").portfolio == ben.learners.portfolio("AAA1").portfolio


def _mark_without_having_seen(path: Path, user: Path, member: str, barrier: Barrier) -> None:
    centre = Centre.open(path, member=member, places=places_in(user))
    seen = centre.learners.portfolio("AAA1")
    on_screen = seen.portfolio.unit(seen.unit(TEA).key).criterion("1.1")
    barrier.wait()
    centre.marking.mark("AAA1", TEA, "1.1", Result.PASS, f"{member}'s note", shown=on_screen)
    centre.close_down()


@pytest.mark.on_files
def test_two_processes_that_mark_the_same_criterion_at_once_make_a_conflict(
    asha: Centre, path: Path, tmp_path: Path
) -> None:
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    processes = [
        context.Process(target=_mark_without_having_seen, args=(path, tmp_path / member, member, barrier))
        for member in ("asha", "ben")
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
    shown = asha.learners.portfolio("AAA1")
    standing = shown.portfolio.unit(shown.unit(TEA).key).criterion("1.1").standing
    assert sorted(decision.note for decision in standing) == ["asha's note", "ben's note"]
    assert state(asha) is CriterionState.CONFLICT


def test_one_centre_may_be_used_from_several_threads(asha: Centre) -> None:
    learners = ("AAA1", "BBB2", "CCC3")

    def mark(number: int) -> str:
        return asha.marking.mark(learners[number % 3], TEA, "1.1", Result.PASS, str(number)).event.uid

    with ThreadPoolExecutor(4) as threads:
        uids = set(threads.map(mark, range(60)))
    assert {event.uid for learner in learners for event in asha.history.of(learner)} == uids
    assert {state(asha, registration=learner) for learner in learners} == {CriterionState.PASS}


@pytest.mark.on_files
def test_a_later_session_goes_on_in_the_same_segment(path: Path, places: Places) -> None:
    for criterion in ("1.1", "1.2"):
        centre = Centre.open(path, member="asha", places=places)
        centre.marking.mark("AAA1", TEA, criterion, Result.PASS)
        centre.close_down()
    assert len(list((path / "records" / "AAA1").glob("*.log"))) == 1


def test_a_unit_may_be_named_by_its_end_unless_two_end_alike(asha: Centre, path: Path) -> None:
    sheet = (path / "mark_sheets" / "units" / "T-101.md").read_text("utf-8")
    (path / "mark_sheets" / "units" / "U-101.md").write_text(sheet.replace("T-101", "U-101"), "utf-8")
    file = path / "learners" / "AAA1" / "learner.md"
    file.write_text(file.read_text("utf-8").replace("[T-101,", "[T-101, U-101,"), "utf-8")
    shown = asha.learners.portfolio("AAA1")
    assert shown.unit("102").code == WASHING
    assert shown.unit("T-101").code == TEA
    with pytest.raises(WrongUse, match=r"Which unit\?: 101 could be T-101, U-101\."):
        shown.unit("101")
    for code in ("103", ""):
        with pytest.raises(WrongUse, match="No such unit") as told:
            shown.unit(code)
        assert told.value.next_step == "They are on T-101, U-101, T-102."


def test_who_names_an_assignment_where_a_unit_is_asked_for_is_told_that_it_is_one(asha: Centre) -> None:
    shown = replace(asha.learners.portfolio("AAA1"), assignments=(Assignment("T-IA", "Tea for Two"),))
    with pytest.raises(WrongUse, match="Not a unit: T-IA is no unit: it is an integrated assignment") as told:
        shown.unit("t-ia")
    assert told.value.next_step == "Name one of its units, or T-IA as the assignment."


def test_a_unit_without_a_mark_sheet_is_named_and_the_others_are_marked(path: Path, places: Places) -> None:
    (path / "mark_sheets" / "units" / "T-102.md").unlink()
    centre = Centre.open(path, member="asha", places=places)
    shown = centre.learners.portfolio("AAA1")
    assert shown.missing == (WASHING,)
    assert [unit.code for unit in shown.units] == [TEA]


def test_a_unit_whose_mark_sheet_has_errors_is_read_and_not_marked(path: Path, places: Places) -> None:
    sheet = path / "mark_sheets" / "units" / "T-101.md"
    sheet.write_text(sheet.read_text("utf-8").replace("- **1.2** Warm", "- 1.2 Warm"), "utf-8")
    centre = Centre.open(path, member="asha", places=places)
    assert centre.learners.portfolio("AAA1").unit(TEA).criterion("1.1") is not None
    with pytest.raises(Refused) as refused:
        centre.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    assert refused.value.hint == Hint(Way.CHECK_SHEETS)
    assert not centre.history.of("AAA1")
    assert centre.marking.mark("AAA1", WASHING, "1.1", Result.PASS).event.kind == Kind.DECIDED


def test_the_caseload_has_every_learner_and_follows_the_record(asha: Centre, ben: Centre) -> None:
    assert {row.registration for row in asha.caseload.now()} == {"AAA1", "BBB2", "CCC3"}
    ben.marking.mark("BBB2", TEA, "1.1", Result.PASS)
    row = next(row for row in asha.caseload.now() if row.registration == "BBB2")
    assert (row.decided, row.passed, row.criteria) == (1, 1, 5)


def test_a_caseload_from_the_index_is_the_caseload_read_anew(path: Path, places: Places) -> None:
    first = Centre.open(path, member="asha", places=places)
    first.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    rows = first.caseload.now()
    first.close_down()
    kept = Centre.open(path, places=places)
    assert sorted(kept.caseload.rows, key=str) == sorted(rows, key=str)
    anew = Centre.open(path, places=Places(places.state, places.cache / "empty", places.settings))
    assert sorted(anew.caseload.now(), key=str) == sorted(rows, key=str)


def test_an_index_is_not_used_after_a_mark_sheet_changed(path: Path, places: Places) -> None:
    first = Centre.open(path, places=places)
    first.caseload.now()
    first.close_down()
    sheet = path / "mark_sheets" / "units" / "T-102.md"
    sheet.write_text(sheet.read_text("utf-8") + "- **1.3** Put them away\n", "utf-8")
    assert Centre.open(path, places=places).caseload.now()[0].criteria == 6


def test_evidence_is_listed_and_read(asha: Centre) -> None:
    (file,) = asha.evidence.listed("AAA1").files
    assert asha.evidence.read(file).source == "# Diary\n\nI made tea.\n"


def test_an_audit_counts_the_events_and_gives_the_heads(asha: Centre) -> None:
    asha.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    asha.marking.mark("AAA1", TEA, "1.2", Result.PASS)
    (audit,) = asha.audits.one("AAA1")
    assert (audit.record, audit.events, audit.findings) == ("AAA1", 2, ())
    assert [head.lines for head in audit.heads.values()] == [3]


@pytest.mark.on_files
def test_a_record_that_cannot_be_read_at_all_is_a_finding(asha: Centre, path: Path) -> None:
    (path / "records").mkdir(exist_ok=True)
    (path / "records" / "AAA1").write_text("a file where the folder of the record should be")
    (audit,) = asha.audits.one("AAA1")
    assert [(finding.code, finding.file) for finding in audit.findings] == [("MR00", path / "records" / "AAA1")]
    assert {row.registration: row.problem for row in asha.caseload.now()}["AAA1"] == "The record cannot be read"


@pytest.mark.on_files
def test_a_part_of_a_newer_format_is_a_finding_and_stops_no_audit(asha: Centre, path: Path) -> None:
    asha.marking.mark("BBB2", TEA, "1.1", Result.PASS)
    newer = path / "records" / "AAA1" / "asha.0123abcd.log"
    newer.parent.mkdir()
    _, line = encode({"format": 99, "record": "AAA1", "segment": "asha.0123abcd", "prev": "0" * 64})
    newer.write_bytes(line)
    audits = {audit.record: audit for audit in asha.audits.every()}
    (finding,) = audits["AAA1"].findings
    assert (finding.code, finding.file) == ("MR09", newer)
    assert (audits["BBB2"].events, audits["BBB2"].findings) == (1, ())


@pytest.mark.on_files
@pytest.mark.parametrize("second", [Result.PASS, Result.REFER])
def test_marking_again_after_a_failed_write_is_no_conflict_with_oneself(
    path: Path, places: Places, monkeypatch: pytest.MonkeyPatch, second: Result
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(platform, "sync_file", _no_space)
        asha = Centre.open(path, member="asha", places=places)
        with pytest.raises(NotSaved):
            asha.marking.mark("AAA1", TEA, "1.1", Result.PASS, "hot")
        # The bytes may have reached the file; what was not acknowledged is not shown all the same.
        assert not asha.learners.portfolio("AAA1").portfolio.unit(asha.sheets.units.units[TEA].key).criteria
    asha.marking.mark("AAA1", TEA, "1.1", second, "hot" if second is Result.PASS else "it was lukewarm")
    again = Centre.open(path, places=places)
    own = again.learners.portfolio("AAA1").portfolio.unit(again.sheets.units.units[TEA].key).criterion("1.1")
    assert own.state == CriterionState(second.value)
    assert not again.learners.portfolio("AAA1").findings


@pytest.mark.on_files
def test_a_failed_write_that_reached_the_disk_and_was_done_again_is_one_event(
    path: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that goes away between writing and syncing: the line is there, and nobody was told so."""
    asha = Centre.open(path, member="asha", places=places)
    asha.marking.mark("AAA1", TEA, "1.2", Result.PASS)
    with monkeypatch.context() as broken:
        broken.setattr(platform, "sync_file", _no_space)
        with pytest.raises(NotSaved):
            asha.marking.mark("AAA1", TEA, "1.1", Result.PASS, "hot")
    recorded = asha.marking.mark("AAA1", TEA, "1.1", Result.PASS, "hot")
    asha.close_down()
    again = Centre.open(path, places=places)
    about = [event for event in again.history.of("AAA1") if event.subject.criterion == "1.1"]
    assert [event.uid for event in about] == [recorded.event.uid]
    lines = [line[65:] for file in (path / "records" / "AAA1").glob("*.log") for line in file.read_bytes().split(b"\n")]
    written = [json.loads(line)["uid"] for line in lines if b'"criterion":"1.1"' in line]
    assert set(written) == {recorded.event.uid}


def _no_space(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_centre_is_found_from_any_folder_below_it(path: Path, tmp_path: Path) -> None:
    assert find_centre(path / "learners" / "AAA1") == path.resolve()
    assert find_centre(path) == path
    with pytest.raises(WrongUse, match="No centre here"):
        find_centre(tmp_path)
    with pytest.raises(Unreadable, match="No centre in this folder"):
        Centre.open(tmp_path)


def test_opening_a_centre_writes_nothing(path: Path, places: Places) -> None:
    before = sorted(path.rglob("*"))
    Centre.open(path, member="asha", places=places).learners.portfolio("AAA1")
    assert sorted(path.rglob("*")) == before
    assert not places.state.exists()
    assert not places.cache.exists()


def test_events_dated_by_a_strange_clock_keep_the_order_of_the_record(path: Path, places: Places) -> None:
    moments = iter([AT, AT - timedelta(days=400), AT + timedelta(days=9000)])
    centre = Centre.open(path, member="asha", places=places, clock=lambda: next(moments))
    for note in ("first", "second", "third"):
        centre.marking.mark("AAA1", TEA, "1.1", Result.PASS, note)
    assert [event.body["note"] for event in centre.history.of("AAA1")] == ["first", "second", "third"]


@pytest.mark.on_files
def test_a_portfolio_is_as_the_record_also_when_another_event_of_a_known_uid_turns_out_to_be_the_first(
    asha: Centre, path: Path, tmp_path: Path
) -> None:
    asha.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    event = asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS).event
    assert asha.learners.portfolio("AAA1").portfolio.events[-1] == event
    other = FolderStore(tmp_path / "elsewhere", tmp_path / "its states")
    other.append("AAA1", replace(event, body={**event.body, "result": "refer", "note": "Theirs."}))
    other.close()
    (came,) = (tmp_path / "elsewhere" / "AAA1").iterdir()
    came.rename(path / "records" / "AAA1" / came.name)
    shown = asha.learners.portfolio("AAA1")
    assert shown.portfolio == fold(asha.history.of("AAA1"))
    assert shown.incomplete
