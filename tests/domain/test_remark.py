"""What a record's notes come to, and what a member chose to have first or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.remarks.remark import Remark, RemarkState, choices_of, choose, remark_id, uses_in
from markterm.domain.remarks.remark_places import Pronouns
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, AT, LEARNER, SECOND_ASSESSOR, decision, withdrawal


def chosen(kind: Kind, text: str, uid: str = "1", state: RemarkState = RemarkState.USUAL) -> Event:
    return choose(Act(ASSESSOR, "", AT, uid), kind, Remark(text, (), state))


def test_every_decisions_note_is_a_use_also_of_a_withdrawn_one() -> None:
    events = [
        decision("a", note="  Jo knows; she says more. "),
        withdrawal("b", "a"),
        decision("c", "1.2", Result.REFER, note="Jo, say more", actor="ak"),
        decision("d", note=" \n"),
    ]
    first, second = uses_in(events, "Jo Marsh")
    assert (first.text, first.pronouns, first.actor, first.registration) == (
        "{given} knows; {they} says more.",
        Pronouns.SHE,
        "jm",
        LEARNER,
    )
    assert (second.text, second.result, second.criterion.number) == ("{given}, say more", Result.REFER, "1.2")


@pytest.mark.parametrize("body", [{"note": 7, "result": "pass"}, {"note": "x", "result": "merit"}, {}])
def test_what_this_version_does_not_understand_is_no_use(body: dict[str, str]) -> None:
    assert uses_in([replace(decision("a"), body=body), replace(decision("b", note="x"), kind="noted")], "Jo") == ()


def test_remarks_are_the_same_by_their_words() -> None:
    assert remark_id("Say  MORE.\n") == remark_id("say more.") != remark_id("say more")
    assert remark_id("\ud800")


def test_the_last_choice_of_the_member_counts() -> None:
    events = [
        chosen(Kind.REMARK_PINNED, "One", "1"),
        chosen(Kind.REMARK_PINNED, "Two", "2"),
        chosen(Kind.REMARK_RETIRED, "one", "3", RemarkState.PINNED),
        chosen(Kind.REMARK_UNPINNED, "two", "4", RemarkState.PINNED),
        chosen(Kind.REMARK_PINNED, "Three", "5"),
    ]
    assert [(each.text, each.state.value) for each in choices_of(events, "jm").values()] == [
        ("one", "retired"),
        ("Three", "pinned"),
    ]
    assert choices_of(events, SECOND_ASSESSOR.id) == {}


def test_a_kind_of_a_newer_version_is_passed_over() -> None:
    assert choices_of([replace(chosen(Kind.REMARK_PINNED, "One"), kind="remark_lent")], "jm") == {}


def test_a_choice_names_the_remark_by_its_text_and_hash() -> None:
    event = chosen(Kind.REMARK_RETIRED, "Say more.")
    assert (event.kind, event.body) == ("remark_retired", {"remark": remark_id("Say more."), "text": "Say more."})


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Kind.REMARK_PINNED, RemarkState.PINNED),
        (Kind.REMARK_RETIRED, RemarkState.RETIRED),
        (Kind.REMARK_UNPINNED, RemarkState.USUAL),
        (Kind.REMARK_UNPINNED, RemarkState.RETIRED),
        (Kind.REMARK_RESTORED, RemarkState.PINNED),
    ],
)
def test_what_is_so_already_is_not_recorded(kind: Kind, state: RemarkState) -> None:
    with pytest.raises(Refused, match="Nothing to change"):
        chosen(kind, "One", "1", state)


@pytest.mark.parametrize("state", [RemarkState.USUAL, RemarkState.RETIRED])
def test_a_retired_remark_can_be_pinned(state: RemarkState) -> None:
    assert chosen(Kind.REMARK_PINNED, "One", "1", state).kind == Kind.REMARK_PINNED


def test_nobody_pins_without_a_name() -> None:
    with pytest.raises(Refused, match="Whose remarks"):
        choose(Act(None, "", AT, "1"), Kind.REMARK_PINNED, Remark("One"))


def test_a_colleagues_note_that_was_kept_is_no_remark_of_whoever_kept_it() -> None:
    first = decision("a", note="Names two models.", actor="jm")
    kept = decision("b", note="Names two models.", actor="ak", supersedes=["a"])
    kept = replace(kept, body={**kept.body, "note_by": ["jm"]})
    assert [use.actor for use in uses_in([first, kept], "Jo Marsh")] == ["jm"]
