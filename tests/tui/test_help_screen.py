"""`?` tells the keys that work, on every screen, laid out for its width; F1 does so where ? is a sign."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from markterm.tui.command import keys_together
from markterm.tui.keys_now import keys_content, keys_told
from markterm.tui.keys_together import TOGETHER
from markterm.tui.settings import KEYS_FILE
from markterm.tui.widgets.help_screen import HelpScreen
from tests.tui.sitting import WIDE, sitting
from tests.tui.test_keys_and_settings import with_keys


@pytest.mark.parametrize("names", TOGETHER, ids=lambda names: names[-1].rpartition(":")[2])
def test_help_has_its_key_on_every_screen_but_itself(names: tuple[str, ...]) -> None:
    module, _, name = next(each for each in names if not each.endswith(("app:MarkTermApp", "modal:Modal"))).partition(
        ":"
    )
    index = TOGETHER.index(names)
    has_help = any(binding.id == "app.keys" for binding in keys_together()[index])
    assert has_help == (getattr(import_module(module), name) is not HelpScreen)


@pytest.mark.long
async def test_it_has_two_columns_where_there_is_room_and_no_line_is_cut(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        for width in (40, 76, 150):
            lines = keys_content(keys_told(at.app.screen), width).plain.splitlines()
            assert max(map(len, lines)) <= width
        assert any(len(re.findall(r"\b[a-z]+\.[a-z-]+\b", line)) > 1 for line in lines if "mark." in line)


@pytest.mark.long
async def test_in_a_field_f1_tells_the_keys_and_the_text_stays(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("n")
        await at.type("why?")
        await at.press("f1")
        assert "Save what is written" in at.text
        await at.press("question_mark")
        assert "why?" in at.text


@pytest.mark.long
async def test_the_keys_are_those_of_the_user_in_a_dialog_as_well(tmp_path: Path) -> None:
    await with_keys(tmp_path, KEYS_FILE, '"recent.withdraw" = "f7"\n')
    async with sitting(tmp_path, size=WIDE) as at:
        await at.app.action_do("app.recent")
        await at.settled()
        await at.press("question_mark")
        assert "Recent decisions: keys" in at.text
        assert "f7          Withdraw this decision" in at.text
