"""One criterion across a centre's learners: what is read for it, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Event, Result
from markterm.domain.record.states import CriterionState
from markterm.domain.views.across import Across, Stand
from markterm.domain.words.errors import WrongUse
from markterm.records.store import EventStore
from tests.centre.conftest import Stores
from tests.centres import UNITS, add_learner, make_centre_in, places_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A tiny centre's folder with its three learners."""
    return make_centre_in(tmp_path / "centre")


@pytest.fixture
def centre(path: Path, tmp_path: Path) -> Iterator[Centre]:
    """That centre, opened."""
    opened = Centre.open(path, member="asha", places=places_in(tmp_path / "user"))
    yield opened
    opened.close_down()


def across(centre: Centre, number: str = "1.2", unit: str = "T-101") -> Across:
    """The criterion across all learners, as the folders are now."""
    centre.caseload.now()
    return list(centre.across.look(centre.sheets.units.named(unit), number))[-1]


def who(stands: tuple[Stand, ...]) -> list[str]:
    """Whose they are."""
    return [each.registration for each in stands]


def test_who_waits_and_who_was_decided_is_what_the_records_tell(centre: Centre) -> None:
    centre.marking.mark("BBB2", "T-101", "1.2", Result.REFER, "The pot is cold.")
    centre.marking.mark("CCC3", "T-101", "1.1", Result.PASS)
    found = across(centre)
    assert who(found.waiting) == ["CCC3", "AAA1"]
    assert [(each.registration, each.row.name, each.decision and each.decision.note) for each in found.decided] == [
        ("BBB2", "Nneka Okafor", "The pot is cold.")
    ]
    assert (found.looked, found.of) == (3, 3)


def test_since_when_somebody_waits_is_told_of_that_unit_whatever_is_recorded_of_their_others(centre: Centre) -> None:
    centre.marking.mark("AAA1", "T-102", "1.1", Result.PASS)
    assert [each.since for each in across(centre).waiting] == [None, None, None]
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    since = across(centre).waiting[0].since
    assert since is not None
    centre.marking.mark("AAA1", "T-102", "1.1", Result.REFER, "Not yet.")
    first = across(centre).waiting[0]
    assert (first.registration, first.since) == ("AAA1", since)


def test_a_conflict_waits_and_a_closed_unit_does_not(centre: Centre) -> None:
    centre.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    centre.marking.mark("AAA1", "T-101", "1.2", Result.REFER, "cold", shown=OPEN_CRITERION)
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("BBB2", "T-101", number, Result.PASS)
    centre.attempts.declare("BBB2", "signed sheet")
    centre.closings.close("BBB2", "T-101", "")
    found = across(centre)
    assert [(each.registration, each.state) for each in found.waiting] == [
        ("AAA1", CriterionState.CONFLICT),
        ("CCC3", CriterionState.OPEN),
    ]
    assert who(found.decided) == ["BBB2"]
    assert found.decided[0].closed


def test_whoever_handed_in_nothing_or_is_not_on_the_unit_does_not_wait(centre: Centre, path: Path) -> None:
    add_learner(path, "DDD4", "Dai Davies", evidence="")
    add_learner(path, "EEE5", "Eve Evans", units="[T-102]")
    assert who(across(centre).waiting) == ["AAA1", "BBB2", "CCC3"]
    assert "EEE5" in who(across(centre, "1.1", "T-102").waiting)


def test_another_version_of_the_unit_is_another_criterion(centre: Centre, path: Path, tmp_path: Path) -> None:
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    old = centre.sheets.units.named("101")
    newer = UNITS["T-101"].replace("2026-01", "2027-01").replace("Warm the pot", "Warm the cups")
    (path / "mark_sheets" / "units" / "T-101 new.md").write_text(newer, "utf-8")
    later = Centre.open(path, member="asha", places=places_in(tmp_path / "later"))
    assert who(across(later).waiting) == ["BBB2", "CCC3"]
    assert who(list(later.across.look(old, "1.2"))[-1].waiting) == ["AAA1"]
    later.close_down()


def test_what_is_known_comes_at_once_and_no_record_is_read_twice(
    centre: Centre, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.marking.mark("BBB2", "T-101", "1.2", Result.PASS)
    centre.marking.mark("CCC3", "T-102", "1.1", Result.PASS)
    centre.caseload.now()
    read: list[str] = []
    load = stores.store_type.load

    def counted(store: EventStore, record: str) -> tuple[Event, ...]:
        read.append(record)
        events: tuple[Event, ...] = load(store, record)
        return events

    monkeypatch.setattr(stores.store_type, "load", counted)
    unit = centre.sheets.units.named("T-101")
    first, last = list(centre.across.look(unit, "1.2"))
    assert (who(first.waiting), who(first.decided)) == (["AAA1", "CCC3"], [])
    assert (who(last.waiting), who(last.decided)) == (["AAA1", "CCC3"], ["BBB2"])
    assert sorted(read) == ["BBB2", "CCC3"]
    again = list(centre.across.look(unit, "1.1"))
    assert who(again[0].waiting) == who(again[-1].waiting) == ["BBB2", "AAA1", "CCC3"]
    assert len(read) == 2
    centre.marking.mark("BBB2", "T-101", "1.1", Result.REFER, "cold")
    read.clear()
    assert who(list(centre.across.look(unit, "1.1"))[-1].decided) == ["BBB2"]
    assert set(read) == {"BBB2"}


def test_a_record_that_cannot_be_read_holds_up_no_other(centre: Centre, path: Path) -> None:
    centre.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    centre.marking.mark("BBB2", "T-101", "1.2", Result.PASS)
    (path / "learners" / "AAA1" / "learner.md").write_text("nobody", "utf-8")
    assert who(across(centre).decided) == ["BBB2"]


def test_the_next_open_criterion_is_that_of_the_first_learner_who_has_one(centre: Centre) -> None:
    rows = sorted(centre.caseload.now(), key=lambda row: row.registration)
    for unit, number in (("T-101", "1.1"), ("T-101", "1.2"), ("T-101", "2.1"), ("T-102", "1.1"), ("T-102", "1.2")):
        centre.marking.mark("AAA1", unit, number, Result.PASS)
    centre.marking.mark("BBB2", "T-101", "1.1", Result.PASS)
    # The rows are those from before: what is open is what the record says.
    found = centre.across.next_open(rows)
    assert found is not None
    assert (found.shown.learner.registration, found.unit.code, found.criterion.number) == ("BBB2", "T-101", "1.2")
    assert centre.across.next_open(rows[:1]) is None


@pytest.mark.parametrize(
    ("filtered", "found"),
    [("", "T-101 1.1"), ("unit:T-102", "T-102 1.1"), ("jones", "T-101 1.1"), ("102", "T-102 1.1")],
)
def test_the_next_open_criterion_is_of_a_unit_that_the_filter_names(centre: Centre, filtered: str, found: str) -> None:
    place = centre.across.next_open([row for row in centre.caseload.now() if row.registration == "AAA1"], filtered)
    assert place is not None
    assert f"{place.unit.code} {place.criterion.number}" == found


def test_the_next_open_criterion_is_in_what_was_handed_in(centre: Centre) -> None:
    centre.attempts.submit("AAA1", "T-102")
    found = centre.across.next_open([row for row in centre.caseload.now() if row.registration == "AAA1"])
    assert found is not None
    assert (found.unit.code, found.criterion.number) == ("T-102", "1.1")


def test_a_learner_in_whose_named_unit_nothing_is_open_is_passed_over(centre: Centre) -> None:
    rows = sorted(centre.caseload.now(), key=lambda row: row.registration)
    for number in ("1.1", "1.2"):
        centre.marking.mark("AAA1", "T-102", number, Result.PASS)
    found = centre.across.next_open(rows, "unit:T-102")
    assert found is not None
    assert found.shown.learner.registration == "BBB2"


def test_who_comes_next_with_a_unit_is_who_waits_by_the_records_as_they_are_now(centre: Centre) -> None:
    listed = [row.registration for row in sorted(centre.caseload.now(), key=lambda row: row.registration)]
    found = centre.across.next_with_unit("AAA1", "T-101", "asha", listed)
    assert found is not None
    assert found.registration == "BBB2"
    # The rows are those from before.
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("BBB2", "T-101", number, Result.PASS)
    centre.attempts.declare("BBB2", "e-mail")
    centre.closings.close("BBB2", "T-101", "All there.")
    found = centre.across.next_with_unit("AAA1", "T-101", "asha", listed)
    assert found is not None
    assert found.registration == "CCC3", "BBB2 is only to be released"
    assert centre.across.next_with_unit("AAA1", "T-101", "asha", listed[:1]) is None


def test_a_unit_that_there_is_not_is_refused(centre: Centre) -> None:
    with pytest.raises(WrongUse, match="T-999"):
        centre.sheets.units.named("T-999")
    with pytest.raises(WrongUse, match="No such unit"):
        centre.sheets.units.named("")


def test_a_referral_that_was_handed_in_again_waits_and_is_an_earlier_decision_too(centre: Centre, path: Path) -> None:
    for number, result in (("1.1", Result.PASS), ("1.2", Result.REFER), ("2.1", Result.PASS)):
        centre.marking.mark("AAA1", "T-101", number, result, "The pot is cold.")
    centre.attempts.declare("AAA1", "signed sheet")
    centre.closings.close("AAA1", "T-101", "")
    assert "AAA1" not in who(across(centre).waiting)
    (path / "learners" / "AAA1" / "evidence" / "pot.md").write_text("I warmed it.\n", "utf-8")
    list(centre.attempts.submit_units("AAA1", ["T-101"], authorised_by="ines"))
    found = across(centre)
    assert ("AAA1", CriterionState.RESUBMITTED) in [(each.registration, each.state) for each in found.waiting]
    assert who(found.decided) == ["AAA1"]
    assert "AAA1" not in who(across(centre, "1.1").waiting), "what was passed stands"


def test_what_was_read_of_the_sheets_as_they_were_is_read_anew_when_they_change(centre: Centre, path: Path) -> None:
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("AAA1", "T-101", number, Result.PASS)
    assert len(across(centre).decided) == 1
    sheet = path / "mark_sheets" / "units" / "T-101.md"
    first = UNITS["T-101"].replace("Boil the water", "Boil it twice")

    def with_sheet(text: str) -> CriterionState:
        sheet.write_text(text, "utf-8")
        assert centre.caseload.take_new_sheets()
        (stand,) = (each for each in across(centre).stands if each.registration == "AAA1")
        return stand.state

    # As many decisions fit the one as the other, so that the caseload tells of the learner what it told before.
    assert with_sheet(first.replace("Warm the pot", "Heat the pot")) is CriterionState.STALE
    assert with_sheet(first.replace("Pour the tea", "Serve the tea")) is CriterionState.PASS
