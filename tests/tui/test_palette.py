"""The palette has every command of ours by the words that a person would type, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette

from markterm.tui.command import command_of, keys_together
from markterm.tui.palette import ALSO_CALLED, Entry, entries_now
from tests.at_length import at_length
from tests.tui.sitting import Sitting, sitting


def _found(at: Sitting, typed: str) -> list[str]:
    entries = [each for each in entries_now(at.app, at.app.screen) if each.worth(typed.split())]
    return [each.id for each in sorted(entries, key=lambda each: -each.worth(typed.split()))]


def test_other_words_are_of_commands_that_there_are() -> None:
    keys_together()
    for name in ALSO_CALLED:
        assert command_of(name).id == name


def test_what_is_called_so_is_worth_more_than_what_means_it_and_a_beginning_is_enough() -> None:
    entry = Entry("mark.withdraw", "u", "Take back your last act", "", lambda: None)
    assert entry.worth(["take", "ba"]) > entry.worth(["undo"]) > 0
    assert entry.worth(["take"]) > entry.worth(["last"])
    assert entry.worth(["undo", "take"]) > 0
    assert entry.worth(["ndo"]) == entry.worth(["undo", "nothing"]) == 0


@pytest.mark.parametrize(
    ("typed", "name"),
    at_length(
        [
            ("undo", "mark.withdraw"),
            ("save", "app.save"),
            ("print", "app.export"),
            ("search", "find.start"),
            ("exit", "app.quit"),
            ("fail", "mark.refer"),
            ("dark", "app.theme"),
            ("shortcuts", "app.change-keys"),
            ("help", "app.keys"),
            ("comment", "mark.note"),
        ],
        names=2,
    ),
)
async def test_a_command_is_found_by_the_word_of_other_programs(tmp_path: Path, typed: str, name: str) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        assert name in _found(at, typed)[:2]


@pytest.mark.long
async def test_nothing_in_it_is_the_frameworks_and_nothing_stands_twice(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        titles = [each.title for each in entries_now(at.app, at.app.screen)]
        assert not {"Quit", "Screenshot", "Maximize", "Keys"} & set(titles)
        assert len(titles) == len(set(titles))
        assert len([each for each in titles if "Leave MarkTerm" in each]) == 1
        assert titles[0].startswith("Open the learner")
        await at.press("ctrl+p")
        await at.type("save")
        await at.until(lambda: "nothing to save" in at.text)
        await at.press("enter")
        await at.until(lambda: any("Everything is saved already" in told for told in at.told))
        assert not isinstance(at.app.screen, CommandPalette)


@pytest.mark.long
async def test_what_the_screen_below_shows_is_exported_from_the_palette(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("ctrl+p")
        await at.type("print")
        await at.until(lambda: "Export what this screen shows" in at.text)
        await at.press("enter")
        await at.until(lambda: type(at.app.screen).__name__ == "ExportScreen")
