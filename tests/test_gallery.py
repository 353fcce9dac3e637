"""The gallery has a picture of every screen, and the ten that are kept are there."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from textual.screen import Screen

from markterm.tui.key_list import every_key
from markterm.tui.keys_together import TOGETHER
from tests.gallery.pictures import KEPT, NOT_DRAWN, RECORDING, SITTINGS
from tests.gallery.recording import one_after_the_other
from tests.reference import commands_without_key

ROOT = Path(__file__).parents[1]
_PICTURES = [picture for sat in SITTINGS for picture in sat.pictures]


def test_every_screen_with_keys_is_in_a_picture() -> None:
    names = {name.split(":")[1]: name.split(":")[0] for names in TOGETHER for name in names}
    screens = {name for name, module in names.items() if issubclass(getattr(import_module(module), name), Screen)}
    assert screens - {picture.screen for picture in _PICTURES} - set(NOT_DRAWN) == set()


def test_pictures_have_names_of_their_own_and_are_come_to_by_commands_that_there_are() -> None:
    assert len({picture.name for picture in _PICTURES}) == len(_PICTURES)
    known = {line.id for line in every_key()} | {command.id for command in commands_without_key()}
    keys = {key for picture in _PICTURES for key in picture.keys if "." in key}
    assert keys - known == set()


def test_ten_pictures_and_the_recording_are_kept_and_no_other() -> None:
    kept = {f"{name}.svg" for name in (*KEPT, RECORDING)}
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {line.removeprefix("!gallery/") for line in ignored if line.startswith("!gallery/")} == kept
    assert len(KEPT) == 10
    assert [name for name in kept if not (ROOT / "gallery" / name).exists()] == []


def test_the_recording_shows_one_moment_after_the_other() -> None:
    moments = [f'<svg viewBox="0 0 9 9.5" id="{each}"/>' for each in "ab"]
    whole = one_after_the_other(moments)
    assert whole.startswith('<svg viewBox="0 0 9 9.5"')
    assert [f"animation-delay: {seconds}s" in whole for seconds in (0, 3, 6)] == [True, True, False]
    assert "50.0000%, 100% { visibility: hidden }" in whole
