"""The desk without a screen: it shows a portfolio, records, and tells whoever draws it; it knows no act of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from markterm.centre.answering import Answering
from markterm.centre.centre import Centre
from markterm.centre.recorder import Recorded
from markterm.domain.record.event import Event, Result
from markterm.domain.rules.marking import decide
from markterm.domain.words.errors import MarkTermError, NotNow, NotSaved, Refused
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.desk import Desk
from markterm.tui.widgets.history import history_content
from tests.centres import make_centre_in, places_in


class _Drawn:
    """A desk at AAA1, and what was shown of it, each time it changed."""

    def __init__(self, folder: Path) -> None:
        path = folder / "centre"
        if not path.exists():
            make_centre_in(path)
        self.centre = Centre.open(path, member="asha", places=places_in(folder / "own"))
        self.shown: list[int] = []
        self.warned: list[str] = []
        self.recorded: list[Sequence[Event]] = []
        self.desk = Desk(self.centre, self._changed, self.warned.append, self.recorded.append)
        self.desk.open(self.centre.learners.portfolio("AAA1"))

    def _changed(self) -> None:
        assert self.desk.shown is not None
        self.shown.append(sum(len(unit.events) for unit in self.desk.shown.portfolio.units.values()))

    @property
    def place(self) -> CriterionPlace:
        """The first criterion."""
        assert self.desk.shown is not None
        unit = self.desk.shown.units[0]
        return CriterionPlace(unit, unit.outcomes[0], unit.outcomes[0].criteria[0])

    def passed(self) -> Recorded:
        """Pass it."""
        return self.centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)


async def test_what_is_recorded_is_shown_once_when_it_is_durable(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)
    changes = len(drawn.shown)
    assert drawn.desk.is_open(drawn.place)
    await drawn.desk.record(drawn.passed)
    assert len(drawn.shown) == changes + 1
    assert not drawn.desk.is_open(drawn.place)
    decision = drawn.desk.decision_at(drawn.place)
    assert decision is not None
    assert decision.result is Result.PASS
    assert [[event.kind for event in act] for act in drawn.recorded] == [["decided"]]
    assert drawn.desk.saved.startswith("✓ ")


async def test_after_a_failure_what_is_there_by_then_is_shown(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)
    other = Centre.open(tmp_path / "centre", member="ben", places=places_in(tmp_path / "other"))
    other.marking.mark("AAA1", "T-101", "1.1", Result.PASS)

    def fails() -> Recorded:
        raise NotSaved("Not saved", "The disk is full.", "Make room.")

    with pytest.raises(NotSaved):
        await drawn.desk.record(fails)
    decision = drawn.desk.decision_at(drawn.place)
    assert decision is not None
    assert decision.actor == "ben"
    assert drawn.recorded == []
    assert drawn.desk.saved == ""


async def test_of_several_entries_those_before_the_one_that_failed_are_told_as_one_act(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)

    def fails_at_the_second() -> Iterator[Recorded]:
        yield drawn.passed()
        raise NotSaved("Not saved", "The disk is full.", "Make room.")

    with pytest.raises(NotSaved):
        await drawn.desk.record_each(fails_at_the_second)
    assert [[event.subject.criterion for event in act] for act in drawn.recorded] == [["1.1"]]


async def test_what_is_recorded_of_another_learner_is_not_shown_in_the_place_of_this_one(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)
    await drawn.desk.record(lambda: drawn.centre.marking.mark("BBB2", "T-101", "1.1", Result.PASS))
    assert drawn.desk.registration == "AAA1"
    assert drawn.desk.is_open(drawn.place)


async def test_a_look_shows_what_others_recorded_and_says_what_was_shown_before(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)
    assert await drawn.desk.look(lambda: True) is None
    other = Centre.open(tmp_path / "centre", member="ben", places=places_in(tmp_path / "other"))
    other.presence.be_on("ben", "AAA1")
    other.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    assert await drawn.desk.look(lambda: False) is None, "a dialog stands before it"
    assert drawn.desk.others == ("ben",)
    assert drawn.desk.is_open(drawn.place)
    seen = await drawn.desk.look(lambda: True)
    assert seen is not None
    before, now = seen
    assert (before.waits(drawn.place.unit.key, "1.1"), now.waits(drawn.place.unit.key, "1.1")) == (True, False)
    assert not drawn.desk.is_open(drawn.place)


async def test_what_was_read_when_a_dialog_opened_is_shown_once_it_is_left_and_not_before(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)
    other = Centre.open(tmp_path / "centre", member="ben", places=places_in(tmp_path / "other"))
    other.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    before_and_after = iter((True, False))
    assert await drawn.desk.look(lambda: next(before_and_after)) is None, "it opened while the record was read"
    assert drawn.desk.is_open(drawn.place), "whoever acts in the dialog acts on what they saw"
    assert await drawn.desk.look(lambda: True) is not None
    assert not drawn.desk.is_open(drawn.place)
    assert await drawn.desk.look(lambda: True) is None, "it is told once"


async def test_what_others_recorded_is_shown_also_where_something_else_read_the_record_first(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)
    other = Centre.open(tmp_path / "centre", member="ben", places=places_in(tmp_path / "other"))
    other.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    drawn.centre.learners.portfolio("AAA1")
    assert await drawn.desk.look(lambda: True) is not None
    assert not drawn.desk.is_open(drawn.place)


async def test_records_that_are_away_are_told_without_a_key_and_asked_seldom_until_they_are_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, now, asked = _Drawn(tmp_path), 0.0, 0
    answering = drawn.centre.answering = Answering(lambda: now)

    def away(_: object) -> None:
        nonlocal asked
        asked += 1
        raise NotNow("The database cannot be reached", "It is away.", "Wait.")

    told = []
    with monkeypatch.context() as patched:
        patched.setattr(drawn.centre.learners, "news", away)
        for second in range(60):
            now = float(second)
            assert await drawn.desk.look(lambda: True) is None
            told.append(answering.told)
    assert told.index(next(filter(None, told))) <= 4
    assert all("The database cannot be reached." in each for each in told[4:])
    assert asked <= 15
    now = 65.0
    await drawn.desk.look(lambda: True)
    assert answering.told == ""


def test_records_that_neither_answer_nor_fail_are_told_and_what_nobody_asks_about_is_not() -> None:
    now = 0.0
    answering = Answering(lambda: now)
    with answering.asked():
        now = 4.0
        assert "do not answer" in answering.told
    assert answering.told == ""
    with pytest.raises(NotNow), answering.asked():
        raise NotNow("Away", "", "")
    now = 8.0
    assert answering.told.startswith("Away. ")
    now = 60.0
    assert answering.told == "", "another screen is open, where nobody looks"


async def test_nobody_looks_while_something_is_being_recorded(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)
    looked: list[object] = []

    def looks_meanwhile() -> Recorded:
        looking = asyncio.run_coroutine_threadsafe(drawn.desk.look(lambda: True), loop)
        looked.append(looking.result(10))
        return drawn.passed()

    loop = asyncio.get_running_loop()
    other = Centre.open(tmp_path / "centre", member="ben", places=places_in(tmp_path / "other"))
    other.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    await drawn.desk.record(looks_meanwhile)
    assert looked == [None]


def test_a_rule_is_asked_before_anybody_types(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)
    place = drawn.place
    drawn.desk.try_rule(lambda act, now: decide(act, place.unit, now, "1.1", Result.PASS, ""))
    with pytest.raises(Refused):
        drawn.desk.try_rule(lambda act, now: decide(act, place.unit, now, "1.1", Result.REFER, ""))
    drawn.centre.member = None
    assert drawn.desk.who == ""
    with pytest.raises(MarkTermError):
        drawn.desk.try_rule(lambda act, now: decide(act, place.unit, now, "1.1", Result.PASS, ""))


async def test_what_is_recorded_and_not_signed_is_shown_and_said(tmp_path: Path) -> None:
    drawn = _Drawn(tmp_path)
    await drawn.desk.record(lambda: replace(drawn.passed(), not_signed="Your key is not on this machine."))
    assert not drawn.desk.is_open(drawn.place)
    assert drawn.warned == ["Recorded, and not signed. Your key is not on this machine."]


def test_the_history_of_a_unit_tells_of_signatures_beside_what_they_sign(tmp_path: Path) -> None:
    centre = Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places_in(tmp_path / "own"))
    centre.signing_keys.make()
    (key,) = centre.signing_keys.every()
    centre.act_as("ines")
    centre.signing_keys.confirm(key.name)
    centre.act_as("asha")
    centre.attempts.declare("AAA1", "e-mail")
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("AAA1", "T-101", number, Result.PASS)
    assert centre.closings.close("AAA1", "T-101", "Passed.").not_signed == ""
    shown = centre.learners.portfolio("AAA1")
    told = history_content(shown, shown.unit("T-101").key).plain
    assert told.index(f"with key {key.name}") < told.index("closed as pass")
