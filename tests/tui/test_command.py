"""Commands: one class tells the key, the words and the deed, and everything that shows a key asks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.binding import Binding

from markterm.tui.command import Command, WithCommands, bindings, change_keys, key_of, keyed, keys_together
from markterm.tui.settings import KEYS_FILE
from tests.tui.sitting import sitting
from tests.tui.test_keys_and_settings import with_keys


class _Pour(Command["_Table"]):
    id, key, label, words = "tea.pour", "p", "pour", "Pour a cup"

    def works(self, on: _Table) -> bool:
        return on.cups < 2

    async def run(self, on: _Table) -> None:
        on.cups += 1


class _Drink(Command["_Table"]):
    id, key, words = "tea.drink", "p", "Drink what was poured"

    def works(self, on: _Table) -> bool:
        return on.cups >= 2

    async def run(self, on: _Table) -> None:
        on.cups = 0


class _Table(WithCommands, App[None]):
    DOES = (_Pour, _Drink)
    BINDINGS = bindings(*DOES)
    cups = 0


async def test_of_two_commands_on_one_key_the_one_that_works_is_done() -> None:
    table = _Table()
    async with table.run_test() as pilot:
        await pilot.press("p", "p")
        assert table.cups == 2
        await pilot.press("p")
        assert table.cups == 0


def test_only_a_command_with_a_word_stands_in_the_key_bar() -> None:
    shown = [binding.show for binding in bindings(_Pour, _Drink) if isinstance(binding, Binding)]
    assert shown == [True, False]


def test_no_two_commands_have_one_id() -> None:
    with pytest.raises(TypeError, match=r"tea\.pour"):
        type("Other", (Command,), {"id": "tea.pour", "words": "Pour another"})


@pytest.mark.parametrize(
    ("keys", "said", "short"),
    [
        ("p", "p", "p"),
        ("F", "F", "F"),
        ("slash", "/", "/"),
        ("ctrl+f", "ctrl+f", "^F"),
        ("escape,q", "Esc", "Esc"),
        ("shift+tab", "shift+Tab", "shift+Tab"),
        ("up", "↑", "↑"),
    ],
)
def test_keys_are_said_as_people_read_them(keys: str, said: str, short: str) -> None:
    change_keys({"tea.pour": keys})
    try:
        assert keyed("{tea.pour} pours {neither.} {} {a}") == f"{said} pours {{neither.}} {{}} {{a}}"
        assert key_of("tea.pour", short=True) == short
    finally:
        change_keys({})


def test_a_text_is_told_the_key_that_a_command_has_now() -> None:
    assert key_of("tea.pour") == "p"
    change_keys({"tea.pour": "slash"})
    try:
        assert key_of("tea.pour") == "/"
    finally:
        change_keys({})
    with pytest.raises(KeyError):
        key_of("tea.spill")


async def test_the_users_keys_are_told_to_texts_too(tmp_path: Path) -> None:
    await with_keys(tmp_path, KEYS_FILE, '"pasted.take" = "z"\n')
    async with sitting(tmp_path):
        assert key_of("pasted.take") == "z"
    async with sitting(tmp_path / "other"):
        assert key_of("pasted.take") == "n"


def test_every_class_in_the_registry_is_there_and_has_keys() -> None:
    assert all(keys for keys in keys_together())
