"""A key that does something else than in the version before is answered with a word, and with no other act than its
own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from markterm.tui.changed_keys import CHANGED, ChangedKey, word_for
from markterm.tui.command import change_keys, keys_together
from tests.tui.sitting import sitting


@pytest.fixture(autouse=True)
def _ours_again() -> Iterator[None]:
    yield
    change_keys({})


@pytest.mark.parametrize("changed", CHANGED, ids=lambda each: f"{each.key} {each.command}")
def test_what_changed_is_a_command_that_has_another_key_by_now(changed: ChangedKey) -> None:
    (binding,) = {each for together in keys_together() for each in together if each.id == changed.command}
    assert changed.key not in binding.key.split(",")


def test_the_word_names_the_key_that_it_has_now_and_only_where_it_works() -> None:
    assert word_for("f", {"caseload.next-open"}) == "Next open is Space now."
    assert word_for("n", {"find.next", "mark.note"}) == "The next place found is ) now."
    assert word_for("n", {"mark.note"}) == ""
    assert word_for("p", {"mark.pass"}) == ""


def test_who_gave_it_a_key_of_their_own_is_told_nothing() -> None:
    change_keys({"find.next": "n", "find.previous": "left_parenthesis"})
    assert word_for("n", {"find.next"}) == ""
    assert word_for("N", {"find.previous"}) == "The place found before is ( now."


async def test_on_the_caseload_the_old_key_opens_nobody_and_says_which_one_does(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("f")
        await at.shows("Next open is Space now.")
        assert at.app.screen is at.app.caseload
        await at.press("space")
        await at.shows("T-101 1.1")


async def test_a_key_that_does_something_else_now_does_it_and_says_once_what_became_of_the_old(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("slash")
        await at.type("tea")
        await at.press("enter", "n")
        assert "Note on T-101 1.1" in at.text
        assert at.told == ["The next place found is ) now."]
        await at.press("escape", "n", "escape", "escape", "n")
        assert at.told == ["The next place found is ) now."]
