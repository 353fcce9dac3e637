"""How far long work is: one bar, at the right end of the line above the keys of every screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.tui.widgets.how_far import Far, far_bar, say_far, stepping
from markterm.tui.widgets.key_bar import KeyBar
from tests.at_length import at_length
from tests.tui.sitting import sitting


def test_it_says_what_is_done_with_how_many_of_how_many() -> None:
    assert Far("read", 312, 2_003).words == "read 312 of 2,003 records"
    assert Far("read", 1, 1).words == "read 1 of 1 record"
    assert Far("signed", 2, 0, "entry", "entries").words == "signed 2 entries"
    assert Far("read", 9, 5).words == "read 5 of 5 records", "what was counted before came to less"


@pytest.mark.parametrize("width", [20, 26, 30, 36, 44, 60])
def test_the_words_come_first_then_the_bar_then_how_it_is_stopped(width: int) -> None:
    told = Far("read", 312, 2_003, stop="Esc stops").told(width).plain
    assert told.startswith("read 312 of 2,003 records")
    assert len(told) <= max(width, 25)
    assert ("─" in told) == (width > 30)
    assert ("Esc stops" in told) == (width >= 44)


def test_the_bar_is_as_full_as_the_work_is_done() -> None:
    assert [far_bar(done, 4, 4).plain for done in range(5)] == ["────", "━───", "━━──", "━━━─", "━━━━"]
    assert far_bar(1, 8, 4).plain == "╸───"


def test_it_is_told_now_and_then_and_every_step_is_done() -> None:
    told: list[Far] = []
    assert list(stepping(range(5_000), Far("read", 0, 5_000), told.append)) == list(range(5_000))
    assert [each.done for each in told] == list(range(100, 5_001, 100))
    told.clear()
    assert len(list(stepping(range(20), Far("read", 0, 20), told.append))) == 20
    assert told == [], "it was done at once"


@pytest.mark.parametrize("keys", at_length([["4"], [], ["4", "C"], ["3"], ["3", "tab"], ["3", "tab", "tab"]]), ids=str)
async def test_every_area_tells_it_above_its_keys_and_one_bar_at_a_time(tmp_path: Path, keys: list[str]) -> None:
    async with sitting(tmp_path, member="ines") as at:
        await at.press("1", *keys)
        screen = at.app.screen
        other = screen.query_one(KeyBar)
        say_far(other, Far("read", 312, 2_003, stop="Esc stops"))
        say_far(screen, Far("looked at", 7, 9, "learner"))
        await at.settled()
        assert at.lines[-2].rstrip().endswith("Esc stops"), at.text
        assert "read 312 of 2,003 records  ━" in at.lines[-2]
        assert "looked at" not in at.text
        await at.press("question_mark")
        assert "read 312" not in at.text, "another screen is looked at"
        await at.press("escape")
        say_far(other, None)
        await at.settled()
        assert "looked at 7 of 9 learners" in at.lines[-2]
        say_far(screen, None)
        await at.settled()
        assert "looked at" not in at.text
