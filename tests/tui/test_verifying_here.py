"""The key bar of a sample tells what can be done with it here and now, the most useful first."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from markterm.tui.command import keys_together
from markterm.tui.verifying.here import Here, told_here
from markterm.tui.verifying.screen import SampleScreen
from tests.tui.sitting import WIDE, sitting
from tests.tui.test_verifying import as_asha

pytestmark = pytest.mark.usefixtures("looks_soon")

EVERYTHING = Here(**{**dict.fromkeys(Here._fields, True), "task": "2"})  # type: ignore[arg-type]  # all but one are bool


@pytest.fixture(autouse=True)
def _looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a key brings into sight counts as looked at when it is drawn, and not a second later."""
    monkeypatch.setattr(SampleScreen, "STAYS", 0)


def names(now: Here) -> list[str]:
    return [name for name, _ in told_here(now)]


def test_what_a_decision_rests_on_is_looked_at_before_it_is_answered() -> None:
    waits = Here(has_passages=True, is_referenced=True)
    assert names(waits)[:4] == ["verify.citation", "evidence.reference", "verify.agree", "verify.not-agreed"]
    assert names(waits._replace(is_looked_at=True))[:2] == ["verify.agree", "verify.not-agreed"]
    assert "verify.citation" not in names(Here())


def test_what_was_agreed_is_not_agreed_to_again_and_what_was_not_has_a_wider_sample() -> None:
    assert "verify.agree" not in names(Here(is_agreed=True))
    assert "verify.not-agreed" in names(Here(is_agreed=True))
    against = dict(told_here(Here(is_not_agreed=True)))
    assert (against["verify.agree"], against["verify.not-agreed"]) == ("agree", "reason, action")
    assert "verify.wider" in against
    assert "verify.wider" not in names(Here())


def test_where_two_verifiers_differ_both_answers_can_be_given_again() -> None:
    told = dict(told_here(Here(is_agreed=True, is_not_agreed=True, is_in_conflict=True)))
    assert (told["verify.agree"], told["verify.not-agreed"]) == ("agree", "not agreed")


def test_whoever_decides_first_is_told_of_no_decision_and_of_nothing_that_it_cites() -> None:
    hidden = names(Here(is_hidden=True, has_passages=True, is_referenced=True))
    assert hidden[:3] == ["verify.own-pass", "verify.own-refer", "evidence.reference"]
    assert not {"verify.agree", "verify.not-agreed", "verify.citation", "verify.wider"} & set(hidden)
    assert not {"verify.own-pass", "verify.own-refer"} & set(names(Here()))


def test_when_every_decision_is_answered_the_sample_is_finished_before_anything_else() -> None:
    assert names(Here(can_finish=True, is_agreed=True, waits_elsewhere=False))[0] == "verify.finish"
    assert "verify.finish" not in names(Here())


def test_of_a_finished_sample_the_next_one_comes_first_and_it_can_be_answered_again() -> None:
    finished = names(Here(is_finished=True, is_agreed=True, waits_elsewhere=False))
    assert finished[0] == "verify.next-sample"
    assert "verify.next" not in finished
    assert {"verify.finish", "verify.not-agreed"} <= set(finished)


def test_what_was_answered_in_training_is_countersigned_first_finished_or_not() -> None:
    for now in (Here(to_countersign=True), Here(to_countersign=True, is_finished=True)):
        assert names(now)[0] == "verify.countersign"
    assert "verify.countersign" not in names(Here())


def test_where_a_rule_is_in_the_way_nothing_is_answered_and_who_can_lets_it_pass() -> None:
    assert names(Here(is_refused=True, can_let_pass=True))[:2] == ["verify.let-pass", "verify.next-sample"]
    refused = names(Here(is_refused=True))
    assert refused[0] == "verify.next-sample"
    assert not {"verify.let-pass", "verify.agree", "verify.not-agreed", "verify.next"} & set(refused)


def test_without_a_decision_nothing_is_answered_and_the_next_that_waits_comes_first() -> None:
    assert names(Here(is_decided=False))[0] == "verify.next"
    assert "verify.next" not in names(Here(waits_elsewhere=False))


def test_what_is_not_there_is_not_told() -> None:
    conditional = {
        "verify.agree-all": Here(can_agree_to_all=True),
        "evidence.next": Here(has_several_files=True),
        "verify.by-task": Here(has_assignment=True),
        "find.next": Here(is_finding=True),
    }
    assert not set(conditional) & set(names(Here()))
    for name, now in conditional.items():
        assert name in names(now)
    assert not {"find.start", "evidence.outline"} & set(names(Here(has_files=False)))
    assert dict(told_here(Here(has_assignment=True, task="2")))["verify.by-task"] == "by outcome"


def test_what_is_told_is_a_command_with_a_key_and_nothing_is_told_twice() -> None:
    known = {binding.id for together in keys_together() for binding in together}
    for is_refused in (True, False):
        for is_finished in (True, False):
            for is_hidden in (True, False):
                told = names(EVERYTHING._replace(is_refused=is_refused, is_finished=is_finished, is_hidden=is_hidden))
                assert set(told) <= known
                assert len(set(told)) == len(told)


@pytest.mark.long
async def test_the_bar_and_the_head_follow_what_is_answered(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, member="ines", make=as_asha) as at:
        await at.press("enter")
        await at.until(lambda: at.lines[-1].startswith(" ⏎ cited  e referenced  a agree  x not agreed  space next"))
        await at.press("enter")
        await at.until(lambda: at.lines[-1].startswith(" a agree  x not agreed  ⏎ cited"))
        assert "A all seen" in at.lines[-1]
        assert "0 of 3 answered, 1 looked at " in at.lines[1]
        await at.press("a", "k")
        assert at.lines[-1].startswith(" x not agreed  ⏎ cited")
        assert "1 of 3 answered, 1 looked at, 2 left; F finishes" in at.lines[1]
        await at.press("j", "e", "a", "e", "a")
        assert at.lines[-1].startswith(" F finish")
        await at.press("F", "enter")
        assert at.lines[-1].startswith(" y next sample")


async def test_of_a_decision_that_was_withdrawn_since_nothing_is_answered(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, member="ines", make=partial(as_asha, close=False)) as at:
        await at.press("enter", "e", "a", "F", "enter")
        assert at.lines[-1].startswith(" y next sample")
        at.as_other("asha").marking.withdraw("AAA1", "T-101", "1.1", "I misread it.")
        await at.shows("does not stand as it was")
        assert "y next sample" in at.lines[-1]
