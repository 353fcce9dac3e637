"""The queue of a verifier: what is in it, whose it is, in which order, and what a filter leaves of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.record.bodies.actions import Action, ActionStep
from markterm.domain.record.bodies.verifying import Answer, Verified
from markterm.domain.record.event import Kind
from markterm.domain.record.states import UnitState, VerificationState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Person, Step
from markterm.domain.views.queue import (
    QUEUE_FILTER,
    Queued,
    QueueOrder,
    Whose,
    due_in_words,
    filter_queue,
    left_in_words,
    next_to_verify,
    queue,
    sort_queue,
    waits_in_words,
)
from markterm.domain.views.to_verify import ToVerify, to_verify
from markterm.domain.views.waiting import steps_due
from markterm.domain.words.errors import WrongUse
from tests.domain.test_waiting import FREE, Way, again, decided
from tests.samples import AT, KEY, UNIT

TODAY = date(2026, 3, 16)
DAY = timedelta(days=1)
STEP = ToVerify(Step.VERIFY, AT, "jm", ("jm",))


def of(way: Way) -> tuple[ToVerify, ...]:
    record = way.portfolio.unit(KEY)
    return to_verify(record, steps_due(UNIT, way.portfolio, FREE))


def action(way: Way, step: ActionStep, **said: object) -> Way:
    return way.add(Kind.ACTION, Action(step, **said).write())  # type: ignore[arg-type]  # any fields


def row(
    name: str, *steps: ToVerify, unit: str = "8580-501", state: VerificationState = VerificationState.OPEN
) -> CaseloadRow:
    own = UnitProgress(unit, UnitState.CLOSED_PASS, 3, 3, 3, verification=state, answered=2, to_verify=steps)
    return CaseloadRow(name, name.upper(), name, units=(own,))


def told(queued: list[Queued]) -> list[str]:
    return [f"{each.row.name} {each.whose}" for each in queued]


def test_what_was_sampled_is_in_the_queue_with_why_and_for_whom_once_it_is_closed() -> None:
    sampled = decided().add(Kind.SAMPLED, {"attempt": 1, "why": "routine", "verifier": "vd", "due": "2026-03-20"})
    assert of(sampled) == ()
    (step,) = of(sampled.close())
    assert (step.step, step.assessor, step.people) == (Step.VERIFY, "jm", ("jm",))
    assert (step.verifier, step.due, step.why, step.attempt) == ("vd", date(2026, 3, 20), "routine", 1)
    assert step.closed == sampled.events[-1].at.date()
    assert of(sampled.verify()) == ()


def test_what_somebody_began_to_answer_is_theirs_to_finish() -> None:
    begun = decided().close().add(Kind.SAMPLED, {"attempt": 1, "why": "routine", "verifier": "vd"})
    said = Verified(
        begun.events[-2].uid, agrees=True, attempt=1, answers=(Answer("1.1", "e1", agrees=True),), unfinished=True
    )
    (step,) = of(begun.add(Kind.VERIFIED, said.write()))
    assert (step.step, step.verifier) == (Step.VERIFY, "jm")


def test_an_interim_look_and_a_resubmission_say_what_they_are() -> None:
    (look,) = of(Way().submit().decide("1.1").add(Kind.SAMPLED, {"attempt": 1, "why": "early", "stage": "interim"}))
    assert (look.step, look.why) == (Step.LOOK, "early")
    (second,) = of(again().close())
    assert (second.step, second.attempt, second.why) == (Step.VERIFY, 2, "a resubmission")


def test_each_action_that_is_done_waits_for_whoever_set_it_and_not_for_its_owner() -> None:
    way = decided().close()
    for number in ("1.1", "1.2", "2.1"):
        action(way, ActionStep.SET, criterion=number, text="Look.", owner="ow", due=TODAY, attempt=1)
    first, second, _ = (each.uid for each in way.events[-3:])
    for uid in (first, second):
        action(way, ActionStep.DONE, action=uid, text="Looked.", attempt=1)
        way.events[-1] = replace(way.events[-1], supersedes=(uid,))
    steps = of(way)
    assert [(each.step, each.criterion, each.why) for each in steps] == [
        (Step.ACCEPT, "1.1", "Looked."),
        (Step.ACCEPT, "1.2", "Looked."),
    ]
    assert {(each.verifier, each.people) for each in steps} == {("jm", ("jm", "ow"))}


def test_what_is_yours_comes_first_then_what_anybody_may_take_and_each_by_its_day() -> None:
    rows = [
        row("others", STEP._replace(verifier="vo", due=TODAY - 9 * DAY)),
        row("free", STEP),
        row("late", STEP._replace(verifier="vd", due=TODAY - DAY)),
        row("own", STEP._replace(people=("jm", "vd"))),
        row("soon", STEP._replace(verifier="vd", due=TODAY + DAY)),
        row("undated", STEP._replace(verifier="vd")),
        row("left", STEP._replace(verifier="gone", due=TODAY)),
    ]
    found = queue(rows, "vd", {"vd", "vo"}, lambda _, __, step: "your own work" if "vd" in step.people else "")
    assert told(found) == [
        *("late yours", "soon yours", "undated yours", "left anybody's", "free anybody's"),
        *("others another's", "own another's"),
    ]
    assert [each.row.name for each in found if each.has_left] == ["left"]
    assert told(queue(rows[:2], "", {"vo"})) == ["free anybody's", "others another's"]


def test_a_step_is_due_when_the_plan_says_so() -> None:
    rows = [row("a", STEP._replace(due=TODAY - DAY)), row("b", STEP._replace(due=TODAY))]
    found = queue(rows, "vd", {"vd"}, until=lambda row, _, step: TODAY + DAY if row.name == "a" else step.due)
    assert [(each.row.name, each.step.due) for each in found] == [("b", TODAY), ("a", TODAY + DAY)]


def test_what_was_given_to_somebody_who_may_not_take_it_stays_theirs_and_says_why_not() -> None:
    (found,) = queue([row("a", STEP._replace(verifier="vd"))], "vd", {"vd"}, lambda _, __, ___: "your own work")
    assert (found.whose, found.why_not) == (Whose.YOURS, "your own work")


@pytest.mark.parametrize(
    ("step", "state", "words"),
    [
        (STEP, VerificationState.OPEN, "verify"),
        (STEP._replace(attempt=2), VerificationState.OPEN, "resubmission"),
        (STEP, VerificationState.UNFINISHED, "2 of 3 answered"),
        (STEP, VerificationState.CONFLICT, "verifiers differ"),
        (STEP, VerificationState.STALE, "verification stale"),
        (STEP._replace(step=Step.LOOK), VerificationState.INTERIM, "interim look"),
        (STEP._replace(step=Step.ACCEPT), VerificationState.STALE, "accept action"),
    ],
)
def test_what_is_to_be_done_is_said_in_a_word_or_two(step: ToVerify, state: VerificationState, words: str) -> None:
    (found,) = queue([row("a", step, state=state)], "vd", {"vd"})
    assert found.what == words


def test_the_queue_is_sorted_by_what_is_asked_within_whose_it_is() -> None:
    rows = [
        row("b", STEP._replace(assessor="x", due=TODAY), unit="8580-502"),
        row("a", STEP._replace(assessor="y", since=AT - DAY), unit="8580-503"),
        row("c", STEP._replace(assessor="w", due=TODAY + DAY), unit="8580-501"),
    ]
    found = queue(rows, "vd", {"vd"})
    by = {order: "".join(each.row.name for each in sort_queue(found, order)) for order in QueueOrder}
    assert by == {"due": "bca", "waiting": "abc", "learner": "abc", "unit": "cba", "assessor": "cba"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "abc"),
        ("unit:501", "ab"),
        ("-unit:501", "c"),
        ("assessor:asha", "a"),
        ("-assessor:asha unit:501", "b"),
        ("verifier:vd", "b"),
        ("waiting:l", "c"),
        ("waiting:", "abc"),
        ("interim", "c"),
        ("bo", "b"),
        ("-bo", "ac"),
    ],
)
def test_a_filter_leaves_what_every_part_finds(text: str, names: str) -> None:
    rows = [
        row("asa", STEP._replace(assessor="asha")),
        row("bo", STEP._replace(verifier="vd")),
        row("cy", STEP._replace(step=Step.LOOK), unit="8580-502"),
    ]
    found = filter_queue(sort_queue(queue(rows, "", {"vd"}), QueueOrder.LEARNER), text)
    assert "".join(sorted(each.row.name[0] for each in found)) == names


def test_whoever_is_marked_blind_is_found_by_the_label_alone() -> None:
    hidden = [replace(row("Rosalind", STEP), alias="Learner 7")]
    assert len(filter_queue(queue(hidden, "", ()), "learner")) == 1
    assert filter_queue(queue(hidden, "", ()), "rosalind") == []


@pytest.mark.parametrize("text", ["owner:asha", "waiting:mark", "-step:look"])
def test_a_filter_that_could_let_nothing_through_is_refused(text: str) -> None:
    with pytest.raises(WrongUse):
        QUEUE_FILTER.check(text)
    QUEUE_FILTER.check("unit:501 -waiting:acc asha")


def test_days_are_told_in_words() -> None:
    told = [due_in_words(TODAY + days * DAY, TODAY) for days in (-3, -1, 0, 1, 5)]
    assert told == ["3 days over", "1 day over", "today", "in 1 day", "in 5 days"]
    assert due_in_words(None, TODAY) == ""
    assert [waits_in_words(AT - days * DAY, AT) for days in (0, 1, 4)] == ["since today", "waits 1 day", "waits 4 days"]


def test_how_much_is_left_is_said_with_what_is_over() -> None:
    late = queue([row("a", STEP._replace(due=TODAY - DAY)), row("b", STEP._replace(due=TODAY))], "", ())
    assert [left_in_words(each, TODAY) for each in (late, late[1:], [])] == [
        "2 to do, 1 over",
        "1 to do",
        "nothing to do",
    ]


def test_a_step_of_somebody_else_is_in_no_verifiers_queue() -> None:
    way = Way().submit().decide("1.1")
    assert {each.person for each in steps_due(UNIT, way.portfolio, FREE)} == {Person.ASSESSOR}
    assert of(way) == ()


def test_what_is_verified_next_comes_after_what_is_open_and_round_again_or_first_where_that_is_done() -> None:
    others, action_done = STEP._replace(verifier="vo"), STEP._replace(step=Step.ACCEPT, verifier="vd")
    rows = [row("a", STEP), row("b", others), row("c", action_done), row("d", STEP), row("e", STEP)]
    every = sort_queue(queue(rows, "vd", ("vd", "vo")), QueueOrder.LEARNER)

    def after(name: str) -> str:
        found = next_to_verify(every, name.upper(), "8580-501")
        return found.row.name if found is not None else ""

    assert [after(name) for name in ("a", "d", "e", "finished")] == ["d", "e", "a", "a"]
    assert next_to_verify([each for each in every if each.row.name in "abc"], "A", "8580-501") is None


def test_a_list_tells_the_first_reasons_of_a_sample_and_all_that_a_member_says_was_done() -> None:
    words = "at random; new assessor; at red risk; at least 3"
    assert STEP._replace(why=words).in_short == "at random; new assessor; and 2 more reasons"
    assert STEP._replace(step=Step.ACCEPT, why=words).in_short == words
