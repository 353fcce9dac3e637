"""The line of keys below what opened over a screen."""

from __future__ import annotations

from pathlib import Path

from markterm.tui.command import change_keys
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.keys_line import KeysLine, keys_line
from tests.tui.sitting import sitting


def test_a_key_stands_out_and_what_it_does_does_not() -> None:
    told = keys_line("3 lines · {choice.choose} chooses · {choice.leave} leaves")
    assert told.plain == "3 lines · Enter chooses · Esc leaves"
    bold = [told.plain[span.start : span.end] for span in told.spans if span.style == "bold $primary"]
    assert bold == ["Enter", "Esc"]


def test_a_key_of_the_users_own_is_told() -> None:
    change_keys({"choice.leave": "ctrl+x"})
    try:
        assert keys_line("{choice.leave} leaves").plain == "^X leaves"
    finally:
        change_keys({})


async def test_a_click_does_what_the_key_does_and_beside_it_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("comma")
        assert isinstance(at.app.screen, ChoiceScreen)
        line = at.app.screen.query_one(KeysLine)
        where = str(line.render()).index("leaves")
        await at.pilot.click(KeysLine, offset=(where - 7, 0))
        await at.settled()
        assert isinstance(at.app.screen, ChoiceScreen)
        await at.pilot.click(KeysLine, offset=(where + 2, 0))
        await at.settled()
        assert not isinstance(at.app.screen, ChoiceScreen)
