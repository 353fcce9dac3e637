"""The actions of a centre in a list: where each stands, in which order, and what a filter leaves of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.actions import ActionRecord, ActionState, StepTaken
from markterm.domain.record.bodies.actions import ActionStep
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.listed_actions import ListedAction, filter_actions, left_in_words, listed, sort_actions
from tests.samples import AT, KEY

TODAY = date(2026, 3, 16)
DAY = timedelta(days=1)
ROW = CaseloadRow("AAA1", "AAA1", "Rosalind Jones")


def an_action(
    uid: str,
    state: ActionState = ActionState.OPEN,
    due: date = TODAY,
    owner: str = "asha",
    last: ActionStep = ActionStep.SET,
) -> ActionRecord:
    first = StepTaken(uid, ActionStep.SET, "Look.", "ines", AT, owner, due)
    steps = (first, StepTaken(f"{uid}2", last, "", "ines", AT))
    return ActionRecord(uid, "1.1", 1, "Look for the pot.", owner, due, state, steps, (f"{uid}2",))


def shown(action: ActionRecord, row: CaseloadRow | None = ROW) -> ListedAction:
    unit, where = (None, "the minutes of T-CERT") if row is None else (KEY, KEY.code)
    return listed(row, unit, where, action, {"asha", "ben", "ines"}, TODAY)


OVERDUE = shown(an_action("overdue", due=TODAY - DAY))
DONE = shown(an_action("done", ActionState.DONE, TODAY - DAY, last=ActionStep.DONE))
OPEN = shown(an_action("open"))
LATER = shown(an_action("later", due=TODAY + DAY, owner="ben", last=ActionStep.REASSIGNED))
LEFT = shown(an_action("left", due=TODAY + 2 * DAY, owner="omar"))
MINUTES = shown(an_action("minutes", due=TODAY + 3 * DAY), row=None)
ACCEPTED = shown(an_action("accepted", ActionState.ACCEPTED, last=ActionStep.ACCEPTED))
EVERY = (ACCEPTED, MINUTES, LEFT, LATER, OPEN, DONE, OVERDUE)


def names(actions: list[ListedAction]) -> str:
    return " ".join(each.action.uid for each in actions)


def test_what_is_overdue_comes_first_then_what_is_to_be_accepted_then_by_day() -> None:
    assert names(sort_actions(EVERY)) == "overdue done open later left minutes accepted"
    states = [each.state for each in sort_actions(EVERY)]
    assert states == ["overdue", "done", "open", "reassigned", "open", "open", "accepted"]


def test_an_owner_who_left_is_told_of_and_what_is_done_is_never_overdue() -> None:
    assert [each.action.uid for each in EVERY if each.has_left] == ["left"]
    assert DONE.state == "done"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("state:overdue", "overdue"),
        ("state:reassigned", "later"),
        ("state:left", "left"),
        ("state:open", "open later left minutes"),
        ("owner:ben", "later"),
        ("-unit:501", "minutes"),
        ("minutes", "minutes"),
        ("jones -state:open pot", "overdue done accepted"),
    ],
)
def test_a_filter_leaves_what_every_part_finds(text: str, found: str) -> None:
    assert names(filter_actions(sort_actions(EVERY), text)) == found


def test_whoever_is_marked_blind_is_found_neither_by_name_nor_by_what_was_written() -> None:
    hidden = [replace(OPEN, row=replace(ROW, alias="Learner 7"))]
    assert [len(filter_actions(hidden, text)) for text in ("learner", "rosalind", "pot")] == [1, 0, 0]


def test_how_many_are_left_is_said_by_where_they_stand() -> None:
    assert left_in_words(EVERY) == "1 overdue, 1 to accept, 4 open, 1 accepted"
    assert left_in_words(()) == "no actions"


def test_an_action_concerns_its_owner_and_whoever_set_it() -> None:
    assert [LATER.concerns(each) for each in ("ben", "ines", "asha", "")] == [True, True, False, False]


def test_its_owner_does_an_action_and_a_verifier_who_is_not_accepts_it_or_sets_it_again() -> None:
    asha, ines = (
        Member(name, name, frozenset({role})) for name, role in (("asha", Role.ASSESSOR), ("ines", Role.VERIFIER))
    )
    both = replace(asha, roles=frozenset({Role.ASSESSOR, Role.VERIFIER}))
    given = {ActionStep.SET, ActionStep.REASSIGNED}
    assert OPEN.steps_for(asha) == OVERDUE.steps_for(asha) == {ActionStep.DONE}
    assert OPEN.steps_for(ines) == given
    assert DONE.steps_for(ines) == {ActionStep.ACCEPTED, *given}
    assert DONE.steps_for(both) == given  # nobody accepts their own
    assert shown(an_action("a", ActionState.ACCEPTED)).steps_for(both) == OPEN.steps_for(None) == set()
