"""The key bar of the queue, the plan and the actions tells what can be done with the line under the cursor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.actions import ActionRecord, ActionState
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.listed_actions import ListedAction, Standing
from markterm.tui.command import keys_together
from markterm.tui.samples.here import Planned, told_of_actions, told_of_plan, told_of_queue
from tests.tui.sitting import WIDE, sitting
from tests.tui.test_action_list import to_actions, with_actions
from tests.tui.test_plan import at_the_plan, planned_centre
from tests.tui.test_queue import with_samples

INES = Member("ines", "Inês", frozenset({Role.VERIFIER}))
ASHA = Member("asha", "Asha", frozenset({Role.ASSESSOR}))
ACTION = ActionRecord("u", "1.2", 1, "Show it.", "asha", date(2026, 9, 1), ActionState.OPEN, (), (), verification="v")
A_ROW, A_UNIT = cast("CaseloadRow", object()), cast("UnitKey", object())


def of_action(standing: Standing, who: Member, action: ActionRecord = ACTION) -> dict[str, str]:
    listed = ListedAction(A_ROW, A_UNIT, "T-101", action, standing)
    return dict(told_of_actions(listed, who, mine=False, finished=False))


def test_what_is_done_is_accepted_or_sent_back_by_a_verifier_and_by_nobody_else() -> None:
    done = of_action(Standing.DONE, INES)
    assert list(done)[:2] == ["action.accept", "action.again"]
    assert done["action.again"] == "send back"
    assert not {"action.accept", "action.again", "action.reassign"} & set(of_action(Standing.DONE, ASHA))
    own = of_action(Standing.DONE, replace(INES, id="asha"))
    assert "action.accept" not in own, "nobody accepts what they own"


def test_what_is_to_be_done_is_done_by_its_owner_alone() -> None:
    assert next(iter(of_action(Standing.OVERDUE, ASHA))) == "action.done"
    verifiers = of_action(Standing.OPEN, INES)
    assert not {"action.done", "action.accept"} & set(verifiers)
    assert verifiers["action.again"] == "set again"


def test_of_what_was_accepted_nothing_is_left_to_do() -> None:
    accepted = replace(ACTION, state=ActionState.ACCEPTED)
    left = {"action.accept", "action.again", "action.done", "action.reassign"}
    assert not left & set(of_action(Standing.ACCEPTED, INES, accepted))


def test_an_action_of_the_centre_has_no_sample_to_open_and_no_learner() -> None:
    listed = ListedAction(None, None, "the minutes", replace(ACTION, criterion=""), Standing.OPEN)
    told = dict(told_of_actions(listed, INES, mine=False, finished=False))
    assert not {"action.open", "action.wider", "samples.learner"} & set(told)
    assert {"action.open", "action.wider", "samples.learner"} <= set(of_action(Standing.OPEN, INES))


def test_a_switch_of_a_list_is_called_by_what_it_would_show() -> None:
    for mine, finished, expected in (
        (False, False, ["mine", "accepted too"]),
        (True, True, ["everybody's", "open"]),
    ):
        told = dict(told_of_actions(None, INES, mine=mine, finished=finished))
        assert [told["action.mine"], told["action.finished"]] == expected
    assert dict(told_of_queue(None, others=3, with_others=False, decides_first=False))["queue.others"] == "3 of others"
    assert "queue.others" not in dict(told_of_queue(None, others=0, with_others=False, decides_first=False))


def test_marked_samples_are_changed_together_and_who_is_no_verifier_changes_none() -> None:
    marked = dict(told_of_plan(Planned(is_sample=True, has_samples=True, marked=3), INES))
    assert (marked["plan.date"], marked["plan.drop"]) == ("date 3", "take out 3")
    assert "plan.open" not in marked
    one = dict(told_of_plan(Planned(is_sample=True, has_samples=True), ASHA))
    assert next(iter(one)) == "plan.open"
    assert not {"plan.date", "plan.assign", "plan.drop", "plan.mark-line", "plan.add", "plan.propose"} & set(one)


def test_without_a_plan_one_is_proposed_and_what_was_taken_out_is_put_back() -> None:
    assert next(iter(told_of_plan(Planned(), INES))) == ("plan.propose", "propose")
    told = list(told_of_plan(Planned(is_taken_out=True, has_samples=True), INES))
    assert told[0] == ("plan.add", "put back")


def test_what_is_told_is_a_command_with_a_key_and_nothing_is_told_twice() -> None:
    known = {binding.id for together in keys_together() for binding in together}
    everything = (
        told_of_queue(None, others=1, with_others=True, decides_first=True),
        told_of_plan(Planned(True, False, 2, True), INES),
        told_of_plan(Planned(False, True, 0, True), INES),
        told_of_plan(Planned(), INES),
        of_action(Standing.DONE, INES).items(),
        of_action(Standing.OPEN, ASHA).items(),
    )
    for told in everything:
        names = [name for name, _ in told]
        assert set(names) <= known
        assert len(set(names)) == len(names)


async def test_the_bar_of_the_queue_says_what_enter_does_with_this_line(tmp_path: Path) -> None:
    async with sitting(tmp_path / "a", member="ines", size=WIDE, make=with_actions) as at:
        await at.shows("accept action")
        assert at.lines[-1].startswith(" ⏎ action  tab plan  / filter")
    async with sitting(tmp_path / "b", member="ines", size=WIDE, make=with_samples) as at:
        await at.shows("verify")
        assert at.lines[-1].startswith(" ⏎ verify  tab plan  / filter")
        await at.press("enter", "a", "q")
        await at.until(lambda: at.lines[-1].startswith(" ⏎ go on"))


@pytest.mark.long
async def test_the_bar_of_the_actions_follows_the_cursor_and_while_a_filter_is_typed_tells_of_that(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, member="ines", size=WIDE, make=with_actions) as at:
        await to_actions(at)
        assert at.lines[-1].startswith(" a accept  x send back  ⏎ open")
        await at.press("j")
        assert at.lines[-1].startswith(" ⏎ open  r reassign  x set again")
        await at.press("slash")
        assert at.lines[-1].startswith(" ⏎ keep")
        assert "reassign" not in at.lines[-1]


@pytest.mark.long
async def test_the_bar_of_the_plan_counts_what_is_marked(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=WIDE, make=planned_centre) as at:
        await at_the_plan(at)
        assert at.lines[-1].startswith(" ⏎ open  d date  v verifier  - take out")
        await at.press("space")
        assert at.lines[-1].startswith(" d date 1  v verifier 1  - take out 1")


@pytest.mark.long
async def test_nothing_that_is_a_verifiers_is_told_to_an_assessor(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_samples) as at:
        await at.press("3")
        await at.shows("Asha Patel is no verifier here")
        assert at.lines[-1].startswith(" tab plan  / filter  m 2 of others")
