"""When work is due, said and seen from the caseload with the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.sitting import sitting


async def test_a_day_is_set_for_all_who_are_shown_sorted_by_and_told_of_whoever_is_opened(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("d")
        assert "What is due" in at.text
        await at.press("enter", "j", "enter")
        assert "of 3 learners" in at.text
        await at.type("2020-01-31")
        await at.press("enter")
        await at.until(lambda: "due on 2020-01-31 for 3 learners" in at.text)
        await at.press("s", "s", "s")
        assert "Due" in at.text
        assert "! " in next(line for line in at.text.splitlines() if "AAA1" in line)
        await at.press("enter")
        await at.until(lambda: "was due 31 Jan 2020" in at.text)


@pytest.mark.long
async def test_a_day_that_is_none_is_told_in_the_form_and_the_words_stay(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("d", "enter", "enter")
        await at.type("soon")
        await at.press("enter")
        assert "soon is no day" in at.text
        await at.press("escape")
        await at.press("d", "enter", "enter", "enter")
        assert "is no day" in at.text, "a field that nobody wrote in is no answer"
        await at.type("none")
        await at.press("enter")
        assert "stands so already" in at.text
